import * as z from 'zod'
import { confirmIdentity, confirmSecond } from '../../../identity/index.server.ts'
import { notConfirmedWords, parseSignedForm } from '../../../identity/index.ts'
import type { Command } from '../../../platform/command.server.ts'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../../platform/form.ts'
import { parseId } from '../../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../../platform/page.server.ts'
import { WITNESS_ROLES } from '../witness.server.ts'
import {
  declineRequest,
  type SignedRequest,
  type SignRefusal,
  type SignRequest,
  signRequest,
  signRequestHere,
} from './answer-request.server.ts'
import { askWitness, withdrawRequest } from './ask-witness.server.ts'
import { ANSWER_REFUSALS, actRefusalWords } from './request-words.ts'
import { requestById } from './witness-queries.server.ts'
import { actOfRequest, type WitnessedAct } from './witnessed-acts.server.ts'

type Posted = PageArgs & { readonly form: FormData }

const key = z.uuid('Reload the page and try again.')
const shown = z.string({ error: ANSWER_REFUSALS['not-as-shown'] })
const signForm = z.object({ key, shown })
const hereForm = z.object({
  key,
  shown,
  secondEmail: z.string({ error: 'Enter the e-mail address of who saw it.' }),
})
const declineForm = z.object({
  key,
  reason: z
    .string({ error: 'Say in a few words why you do not sign: who asked reads it.' })
    .max(500, 'Keep this under 500 characters.'),
})

const pageOf = (requestId: string) => `/work/witness/${requestId}`
const idOf = ({ params }: Posted) => parseId<'witness-request'>(params.id) ?? notFound()

/**
 * The one call of a page that has an act to be witnessed: asks, and leads to the page on which the asker sees it waiting.
 *
 * @param field where the page shows why it cannot be asked
 * @example return askElsewhere(page, { act: 'take-out', input: { key, kind: 'waste', lotId, from, hundredths, reason } }, 'amount')
 */
export async function askElsewhere(
  { services, actor, form }: Posted,
  asked: WitnessedAct,
  field = 'form',
): Promise<FormAnswer | Response> {
  const outcome = await runCommand(services, actor, askWitness, asked)
  if (outcome.ok) return goTo(pageOf(outcome.value.requestId))
  return formProblem(form, { [field]: actRefusalWords(outcome.reason) })
}

/** The witness signs on their own device. */
export async function postSign(page: Posted): Promise<FormAnswer | Response> {
  const parsed = parseSignedForm(signForm, page.form)
  if (!parsed.ok) return parsed.answer
  const confirmed = await confirmIdentity(page)
  if (!confirmed.ok) {
    const words = 'This is not the password of your account. Nothing was signed.'
    return formProblem(page.form, { password: notConfirmedWords(confirmed, words) })
  }
  return signed(page, signRequest, { ...parsed.value, stepUp: confirmed.stepUp }, '/work/witness?done=signed')
}

/** The witness has come to the asker's device. */
export async function postSignHere(page: Posted): Promise<FormAnswer | Response> {
  const parsed = parseSignedForm(hereForm, page.form, {
    second: true,
    missing: 'They sign with their own password, or with their passkey.',
  })
  if (!parsed.ok) return parsed.answer
  const confirmed = await confirmSecond(page, WITNESS_ROLES)
  if (!confirmed.ok) {
    const words = 'This is not the password of a colleague who may witness. Nothing was recorded.'
    return formProblem(page.form, { secondPassword: notConfirmedWords(confirmed, words) })
  }
  return signed(page, signRequestHere, { ...parsed.value, stepUp: confirmed.stepUp }, pageOf(idOf(page)))
}

async function signed(
  page: Posted,
  command: Command<SignRequest, SignedRequest, SignRefusal>,
  { key: answerKey, shown: digest, stepUp }: z.infer<typeof signForm> & Pick<SignRequest, 'stepUp'>,
  after: string,
): Promise<FormAnswer | Response> {
  const requestId = idOf(page)
  const outcome = await runCommand(page.services, page.actor, command, {
    requestId,
    key: parseId<'witness-answer'>(answerKey) ?? notFound(),
    shown: digest,
    stepUp,
  })
  // Where it could not be recorded the request's own page says why, to both.
  if (outcome.ok) return goTo(outcome.value.recorded ? after : pageOf(requestId))
  if (outcome.reason === 'not-allowed' || outcome.reason === 'no-such-request') return notFound()
  return formProblem(page.form, { form: ANSWER_REFUSALS[outcome.reason] })
}

export async function postDecline(page: Posted): Promise<FormAnswer | Response> {
  const parsed = parseForm(declineForm, page.form)
  if (!parsed.ok) return parsed.answer
  const outcome = await runCommand(page.services, page.actor, declineRequest, {
    requestId: idOf(page),
    key: parseId<'witness-answer'>(parsed.value.key) ?? notFound(),
    reason: parsed.value.reason,
  })
  if (outcome.ok) return goTo('/work/witness?done=declined')
  if (outcome.reason === 'not-allowed' || outcome.reason === 'no-such-request') return notFound()
  return formProblem(page.form, { form: ANSWER_REFUSALS[outcome.reason] })
}

/** The asker takes the request back. */
export async function postWithdraw(page: Posted): Promise<FormAnswer | Response> {
  const requestId = idOf(page)
  const outcome = await runCommand(page.services, page.actor, withdrawRequest, { requestId })
  if (outcome.ok) return goTo(pageOf(requestId))
  if (outcome.reason === 'not-allowed' || outcome.reason === 'no-such-request') return notFound()
  return formProblem(page.form, { form: actRefusalWords(outcome.reason) })
}

/** The same act once more, after nobody came or somebody did not sign. */
export async function postAgain(page: Posted): Promise<FormAnswer | Response> {
  const { services, actor, clinic } = page
  const request = await runQuery(services, actor, ({ db }) => requestById(db, clinic.id, idOf(page)))
  if (actor.kind !== 'member' || request?.askedBy !== actor.accountId) return notFound()
  return askElsewhere(page, actOfRequest(request))
}
