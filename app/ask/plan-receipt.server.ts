import { clinicById } from '../identity/index.server.ts'
import type { Needs } from '../platform/command.server.ts'
import { planMail } from '../platform/mail.server.ts'
import { weekHours } from './clinic-hours.ts'
import { receipt } from './receipt.ts'
import { type RequestAnswers, type RequestId, requestReference } from './request.ts'
import { nextDue, type RequestEvent } from './request-events.ts'

/**
 * Part of a command: plans the receipt, once for a request, when an e-mail address was given.
 *
 * @param stateHref address of the state page; undefined when it is not known here
 */
export async function planReceipt(
  needs: Pick<Needs, 'db' | 'at' | 'ids' | 'actor' | 'jobs'>,
  request: {
    readonly id: RequestId
    readonly answers: RequestAnswers
    readonly stateHref?: string | undefined
  },
  events: readonly RequestEvent[],
): Promise<void> {
  const { email } = request.answers
  const clinic = email && (await clinicById(needs.db, needs.actor.clinicId))
  if (!email || !clinic) return
  const due = nextDue(events, weekHours(clinic.openingHours), clinic.timeZone)
  await planMail(needs, needs.actor.clinicId, {
    key: `request-receipt ${request.id}`,
    to: email,
    ...receipt(clinic, {
      reference: requestReference(request.id),
      answerBy: due?.by,
      stateHref: request.stateHref,
      language: request.answers.language,
    }),
  })
}
