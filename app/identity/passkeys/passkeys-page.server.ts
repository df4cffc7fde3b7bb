import * as z from 'zod'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { type Id, isUuid } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { dayInWords, momentInWords } from '../../platform/time.ts'
import { notConfirmedWords, parseSignedForm } from '../step-up.ts'
import { confirmIdentity } from './confirm-identity.server.ts'
import { registerPasskey, removePasskey } from './own-passkeys.server.ts'
import { partyOf } from './passkey-challenge.server.ts'
import { passkeysOf } from './passkey-queries.server.ts'

type Post = PageArgs & { readonly form: FormData }

/** The actor's own passkeys, and whether one can be made at this address. */
export async function passkeysView(page: PageArgs) {
  const { services, actor, clinic, url } = page
  const party = partyOf(page)
  const rows =
    actor.kind === 'member'
      ? await runQuery(services, actor, ({ db }) => passkeysOf(db, actor.clinicId, actor.membershipId))
      : []
  return {
    possible: party !== undefined,
    passkeys: rows.map((row) => ({
      id: row.id as string,
      name: row.name,
      made: dayInWords(row.created_at, clinic.timeZone),
      used: row.last_used_at ? momentInWords(row.last_used_at, clinic.timeZone) : 'not yet',
      elsewhere: party !== undefined && row.rp_id !== party.id,
    })),
    done: url.searchParams.get('done') ?? '',
  }
}

const addForm = z.object({
  name: z
    .string({ error: 'Give it a name by which you will know the device.' })
    .max(60, 'Please use at most 60 characters.'),
})

/** Keeps what the device made. The password was asked for by the challenge this answers. */
export async function postAdd(page: Post): Promise<FormAnswer | Response> {
  const { form, url } = page
  const parsed = parseForm(addForm, form)
  if (!parsed.ok) return parsed.answer
  const outcome = await registerPasskey(page, parsed.value.name)
  if (outcome.ok) return goTo(`${url.pathname}?done=added`)
  switch (outcome.reason) {
    case 'known-already':
      return formProblem(form, { name: 'This device has a passkey here already.' })
    case 'too-many':
      return formProblem(form, {
        name: 'These are as many passkeys as one account can have. Remove one first.',
      })
    default:
      return formProblem(form, { name: 'No passkey was made. Press “Make a passkey” and try again.' })
  }
}

const removeForm = z.object({ id: z.string().refine(isUuid) })

export async function postRemove(page: Post): Promise<FormAnswer | Response> {
  const { services, actor, form, url } = page
  const parsed = parseSignedForm(removeForm, form, { missing: 'Enter your password, or use a passkey.' })
  if (!parsed.ok) return parsed.answer.errors.id ? notFound() : parsed.answer
  const own = await confirmIdentity(page)
  if (!own.ok) {
    const words = notConfirmedWords(own, 'This is not the password of your account. Nothing was removed.')
    return formProblem(form, { password: words })
  }
  const id = parsed.value.id as Id<'passkey'>
  const outcome = await runCommand(services, actor, removePasskey, { id, stepUp: own.stepUp })
  return outcome.ok ? goTo(`${url.pathname}?done=removed`) : notFound()
}
