import { ownPersonId } from '../../platform/actor.ts'
import { type ClinicProfile, phoneHref } from '../../platform/clinic-profile.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { dayInWords, momentInWords, timeInWords } from '../../platform/time.ts'
import { answerDayBefore } from './answer-day-before.server.ts'
import { readOwnDayBefore } from './day-before-access.ts'
import { gateOpensAt, gatePhase, gateStateOf } from './gate.ts'
import { byLink, callValues, escortTold, gateValues, readGateForm, toldEarlier } from './gate-form.ts'
import { stillOpen } from './gate-words.ts'
import { nextDosingVisit } from './load-gate.server.ts'

/** Whom to call: on every page of this kind. */
export function callUs(clinic: ClinicProfile) {
  return {
    clinicName: clinic.name,
    phone: clinic.phoneDisplay,
    phoneLink: phoneHref(clinic.phoneDisplay),
  }
}

export type CallUsPage = ReturnType<typeof callUs>

/**
 * The questions about the actor's own next dosing visit. A link shows no answer that is nobody else's to read, since it may be
 * in other hands; somebody who is signed in sees what they said.
 *
 * @param page the request, with whoever may read: the bearer of a link, or the person signed in
 */
export async function ownGate({ services, actor, clinic, url }: PageArgs) {
  const personId = ownPersonId(actor) ?? notFound()
  const linked = actor.kind === 'link'
  return runQuery(services, actor, async ({ db, at, audit }) => {
    audit.read(readOwnDayBefore.id, { personId, object: 'day-before' })
    const { timeZone } = clinic
    const found = await nextDosingVisit(db, clinic.id, personId, timeZone, at)
    if (!found) return { kind: 'none', ...callUs(clinic) } as const
    const { visit, answers, dayOf } = found
    const when = { day: dayInWords(visit.startsAt, timeZone), time: timeInWords(visit.startsAt, timeZone) }
    if (gatePhase(visit.startsAt, at) !== 'open') {
      const opens = momentInWords(gateOpensAt(visit.startsAt), timeZone)
      return { kind: 'too-early', ...when, opens, ...callUs(clinic) } as const
    }
    const state = gateStateOf(answers, found, at)
    return {
      kind: 'open',
      ...when,
      ...callUs(clinic),
      byLink: linked,
      place: [...clinic.addressLines, clinic.city].filter(Boolean).join(', '),
      appointmentId: visit.id,
      path: url.pathname,
      values: linked ? gateValues(answers, true) : callValues(answers),
      earlier: linked ? {} : toldEarlier(answers, timeZone, 'You said'),
      escortTold: linked && escortTold(answers),
      begun: Object.keys(answers).length > 0,
      nobody: answers.escort?.value === 'nobody',
      wantsMove: answers.move?.value === 'yes',
      confirmed: state.kind === 'confirmed',
      looking: state.kind === 'problem',
      missing: state.kind === 'confirmed' ? '' : stillOpen(state.missing),
      dayOf: [...dayOf],
      kept: url.searchParams.has('kept'),
      empty: url.searchParams.has('empty'),
      help: url.searchParams.has('help'),
    } as const
  })
}

export type OwnGatePage = Awaited<ReturnType<typeof ownGate>>

/** Keeps what the person answers, and says field by field what must be mended; the good answers are kept all the same. */
export async function postOwnGate({
  services,
  actor,
  clinic,
  url,
  form,
}: PageArgs & { readonly form: FormData }): Promise<FormAnswer | Response> {
  const personId = ownPersonId(actor) ?? notFound()
  const appointmentId = parseId<'appointment'>(form.get('appointmentId')) ?? notFound()
  const read = readGateForm(form)
  const sent =
    actor.kind === 'link'
      ? byLink(
          read,
          await runQuery(services, actor, async ({ db, at }) => {
            const told = await nextDosingVisit(db, clinic.id, personId, clinic.timeZone, at)
            return told !== undefined && escortTold(told.answers)
          }),
        )
      : read
  const given = Object.values(sent.answers)
  const nothing = actor.kind === 'link' ? given.length === 0 : given.every((value) => value === '')
  if (nothing && noErrors(sent.errors)) return goTo(`${url.pathname}?empty`)
  const outcome = await runCommand(services, actor, answerDayBefore, {
    appointmentId,
    answers: sent.answers,
  })
  if (!outcome.ok) {
    return formProblem(form, {
      form:
        outcome.reason === 'over'
          ? 'The visit has begun. Please tell us at the desk, or call.'
          : 'Your visit was changed in the meantime. Open this page again, or call us.',
    })
  }
  if (!noErrors(sent.errors)) return formProblem(form, sent.errors)
  return goTo(`${url.pathname}?kept${outcome.value.help ? '&help' : ''}`)
}

function noErrors(errors: Readonly<Record<string, string>>): boolean {
  return Object.keys(errors).length === 0
}
