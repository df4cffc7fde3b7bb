import { confirmIdentity } from '../../identity/index.server.ts'
import { notConfirmedWords, type StepUp } from '../../identity/index.ts'
import { runCommand } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import type { Outcome } from '../../platform/outcome.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { copyProtocol, draftProtocol } from './draft-protocol.server.ts'
import {
  approveVersion,
  publishVersion,
  retireVersion,
  returnVersion,
  submitVersion,
  type WrongInItself,
} from './release-protocol.server.ts'
import { runSimulation } from './simulate/run-simulation.server.ts'

type Posted = PageArgs & { readonly form: FormData }
type Answer = FormAnswer | Response

const SHORTEST_REASON = 10

const REFUSALS: Readonly<Record<string, string>> = {
  'not-now':
    'This was done to the version in the meantime, or cannot be done in its state. Reload the page to see it.',
  'changed-meanwhile': 'Somebody saved this version in the meantime. Reload the page and read it again.',
  'own-work': 'You wrote on this version or put it forward. Another prescriber must review it.',
  'own-review': 'You approved this version. Somebody else must publish or adopt it.',
  'not-orderable': 'This version cannot be ordered, so there is nothing to adopt.',
  'not-confirmed': 'Your password or passkey was given too long ago. Give it again.',
  'not-simulated': 'This has not been tried on invented people yet. Run the simulation first.',
  'not-allowed': 'You do not have the right to do this.',
  'no-such-protocol': 'There is no such protocol.',
}

function seenIn({ form, params }: Posted) {
  return {
    protocolId: params.id ?? '',
    version: String(form.get('version') ?? ''),
    seenRevision: Number(form.get('revision') ?? 0),
  }
}

function answered(
  { form, params }: Posted,
  outcome: Outcome<{ readonly version: string }>,
  code: string,
): Answer {
  if (outcome.ok) return goTo(`/work/protocols/${params.id}?version=${outcome.value.version}&done=${code}`)
  if (outcome.reason === 'no-such-version') return notFound()
  if (outcome.reason === 'wrong-in-itself') {
    const { words } = outcome.detail as WrongInItself
    return formProblem(form, {
      form: `This version goes no further until it is mended: ${words.join(' ')} Change it in the editor; what was submitted is sent back first.`,
    })
  }
  const field = ['not-confirmed', 'own-work', 'own-review'].includes(outcome.reason) ? 'password' : 'form'
  return formProblem(form, { [field]: REFUSALS[outcome.reason] ?? 'This was refused.' })
}

/** Begins a version from the shown one and opens it in the editor. */
export async function postDraft(page: Posted): Promise<Answer> {
  const { services, actor, form, params } = page
  const outcome = await runCommand(services, actor, draftProtocol, {
    key: parseId<'protocol-version'>(form.get('key')) ?? notFound(),
    protocolId: params.id ?? '',
    basedOn: String(form.get('version') ?? ''),
  })
  return outcome.ok
    ? goTo(`/work/protocols/${params.id}/edit?version=${outcome.value.version}`)
    : answered(page, outcome, '')
}

/** Begins an own protocol under the name that was typed and opens it in the editor. */
export async function postCopy(page: Posted): Promise<Answer> {
  const { services, actor, form, params } = page
  const outcome = await runCommand(services, actor, copyProtocol, {
    key: parseId<'protocol-version'>(form.get('key')) ?? notFound(),
    protocolId: params.id ?? '',
    basedOn: String(form.get('version') ?? ''),
    title: String(form.get('title') ?? ''),
  })
  if (outcome.ok)
    return goTo(`/work/protocols/${outcome.value.protocolId}/edit?version=${outcome.value.version}`)
  if (outcome.reason === 'name-missing')
    return formProblem(form, { title: 'Give it a name of at most 120 letters and digits.' })
  if (outcome.reason === 'name-taken')
    return formProblem(form, { title: 'There is an own protocol of this name already. Give it another.' })
  return outcome.reason === 'no-such-version'
    ? notFound()
    : formProblem(form, { form: REFUSALS['not-allowed']! })
}

export async function postSubmit(page: Posted): Promise<Answer> {
  return answered(page, await runCommand(page.services, page.actor, submitVersion, seenIn(page)), 'submitted')
}

export async function postSimulate(page: Posted): Promise<Answer> {
  const seed = seedOf(String(page.form.get('key') ?? ''))
  return answered(
    page,
    await runSimulation(page, { ...seenIn(page), seed, aroundBookings: page.form.get('bookings') === 'yes' }),
    'simulated',
  )
}

export async function postReturn(page: Posted): Promise<Answer> {
  const reason = reasonIn(page.form)
  if (!reason) return tooShort(page.form, 'Say what should be changed, in at least ten letters.')
  return answered(
    page,
    await runCommand(page.services, page.actor, returnVersion, { ...seenIn(page), reason }),
    'returned',
  )
}

export async function postRetire(page: Posted): Promise<Answer> {
  const reason = reasonIn(page.form)
  if (!reason) return tooShort(page.form, 'Say why it is retired, in at least ten letters.')
  const { protocolId, version } = seenIn(page)
  return answered(
    page,
    await runCommand(page.services, page.actor, retireVersion, { protocolId, version, reason }),
    'retired',
  )
}

export async function postApprove(page: Posted): Promise<Answer> {
  const stepUp = await ownProof(page)
  if ('errors' in stepUp) return stepUp
  return answered(
    page,
    await runCommand(page.services, page.actor, approveVersion, { ...seenIn(page), stepUp }),
    'approved',
  )
}

export async function postPublish(page: Posted): Promise<Answer> {
  const stepUp = await ownProof(page)
  if ('errors' in stepUp) return stepUp
  return answered(
    page,
    await runCommand(page.services, page.actor, publishVersion, { ...seenIn(page), stepUp }),
    'published',
  )
}

async function ownProof(page: Posted): Promise<StepUp | FormAnswer> {
  if (page.actor.kind !== 'member') return notFound()
  const own = await confirmIdentity(page)
  if (own.ok) return own.stepUp
  return formProblem(page.form, {
    password: notConfirmedWords(own, 'This is not your password. Nothing was done.'),
  })
}

function reasonIn(form: FormData): string | undefined {
  const reason = String(form.get('reason') ?? '').trim()
  return reason.length >= SHORTEST_REASON ? reason.slice(0, 1000) : undefined
}

function tooShort(form: FormData, words: string): FormAnswer {
  return formProblem(form, { reason: words })
}

/** A whole number from the form's key, so that the same form sent twice draws the same people. */
function seedOf(key: string): number {
  let seed = 7
  for (const letter of key) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) | 0
  return seed >>> 1
}
