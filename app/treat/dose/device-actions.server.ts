import { runCommand } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { instantFromMs, timeInWords } from '../../platform/time.ts'
import { sureOf } from '../bedside/one-entry.ts'
import { lotInHand } from '../ledger/lot-in-hand.server.ts'
import { entryRefusalAnswer } from '../queue/judge-form.ts'
import { refusalWords } from '../session/refusal-words.ts'
import { bedsideInstant, startUnitsForm } from '../session/session-form.ts'
import { giveDevice } from './give-device.server.ts'

type Posted = PageArgs & { readonly form: FormData }

/** The next device was sprayed; one that comes too early is told when it is due. */
export async function recordDevice(page: Posted): Promise<FormAnswer | Response> {
  const inHand = await lotInHand(page)
  if (!inHand.ok) return inHand.answer
  const parsed = parseForm(startUnitsForm, inHand.form)
  if (!parsed.ok) return parsed.answer
  const { services, actor, clinic, params } = page
  const sessionId = parseId<'session'>(params.id) ?? notFound()
  const { key, time, lotId } = parsed.value
  const outcome = await runCommand(services, actor, giveDevice, {
    sessionId,
    key,
    lotId,
    ...inHand.taken,
    ...sureOf(page.form),
    ...(time === undefined ? {} : { at: bedsideInstant(time, services.clock.now(), clinic.timeZone) }),
  })
  if (outcome.ok) return goTo(`/work/sessions/${sessionId}?done=device`)
  if (outcome.reason === 'no-such-session') notFound()
  const { dueAtMs } = (outcome.detail ?? {}) as { dueAtMs?: number }
  if (dueAtMs === undefined) {
    return entryRefusalAnswer(page.form, outcome.reason, outcome.detail, clinic.timeZone)
  }
  const from = `It is due at ${timeInWords(instantFromMs(dueAtMs), clinic.timeZone)}.`
  return formProblem(page.form, { form: `${refusalWords(outcome.reason)} ${from}` })
}
