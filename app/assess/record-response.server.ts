import {
  type Answers,
  firedTriggers,
  type Instrument,
  instrumentById,
  responseStamp,
  type ScoringContext,
  score,
} from '@evenkeel/questionnaires'
import type { Needs } from '../platform/command.server.ts'
import type { PersonId } from '../platform/ids.ts'
import type { Instant } from '../platform/time.ts'
import { insertResponse, responseOf } from './assess-queries.server.ts'
import { listConcerns } from './concern-queries.server.ts'
import type { InstrumentResponse, Respondent, ResponseId } from './instrument-response.ts'
import { raiseConcern } from './raise-concern.server.ts'

export type NewResponse = {
  readonly id: ResponseId
  readonly personId: PersonId
  /** Where it was answered ("intake", "check-in" …) and the id there: one response per instrument at one place. */
  readonly source: string
  readonly objectId: string
  readonly instrumentId: string
  /**
   * The instrument in the wording that was shown, when that is not the one we ship (an imported edition).
   * It goes into the stamp only: scoring and triggers are always ours.
   */
  readonly instrument?: Instrument
  readonly answers: Answers
  /** What some bands need, such as `{ sex: 'female' }`. */
  readonly context?: ScoringContext
  /** When the first answer was given. */
  readonly startedAt?: Instant
  /** IANA zone in which it was answered. */
  readonly timeZone?: string
  readonly respondent?: Respondent
  /** Who answered for the person, in words; only with `respondent: 'proxy'`. */
  readonly proxy?: string
}

/**
 * Part of a command: scores and stores a response with what was asked, and raises a safety concern for every
 * critical trigger that fires and has raised none at this place yet (an answer raises its own when it is saved). A warning raises nobody: the result waits under "to be looked at". Missing answers stay
 * missing: the stored score says what it lacks.
 *
 * @throws RangeError when we do not ship the instrument, or when the wording handed in is of another one
 */
export async function recordResponse(
  needs: Needs,
  input: NewResponse,
): Promise<{ readonly response: InstrumentResponse; readonly recordedNow: boolean }> {
  const { db, at, actor, audit } = needs
  const instrument = input.instrument ?? instrumentById(input.instrumentId)
  if (instrument?.id !== input.instrumentId) throw new RangeError(`no instrument ${input.instrumentId}`)
  const by = actor.kind === 'member' ? actor.accountId : actor.kind
  const response: InstrumentResponse = {
    id: input.id,
    personId: input.personId,
    source: input.source,
    objectId: input.objectId,
    ...responseStamp(instrument),
    answers: input.answers,
    scores: score(instrument.id, input.answers, input.context),
    context: input.context,
    completedAt: at,
    startedAt: input.startedAt,
    timeZone: input.timeZone,
    respondent: input.respondent,
    proxy: input.proxy,
    recordedBy: by,
  }
  if (!(await insertResponse(needs.db, actor.clinicId, response, by))) {
    return { response: (await responseOf(db, actor.clinicId, response)) ?? response, recordedNow: false }
  }
  audit.write('assess.record-response', {
    personId: input.personId,
    object: 'response',
    objectId: response.id,
    detail: { instrument: instrument.id },
  })
  await raiseForCritical(needs, input)
  return { response, recordedNow: true }
}

async function raiseForCritical(needs: Needs, input: NewResponse): Promise<void> {
  const critical = firedTriggers(input.instrumentId, input.answers, input.context).filter(
    (trigger) => trigger.severity === 'critical',
  )
  if (critical.length === 0) return
  const known = await listConcerns(needs.db, needs.actor.clinicId, {
    notClosed: false,
    personId: input.personId,
  })
  for (const { id } of critical) {
    if (known.some((concern) => concern.objectId === input.objectId && concern.trigger === id)) continue
    await raiseConcern(needs, {
      personId: input.personId,
      source: input.source,
      objectId: input.objectId,
      trigger: id,
      severity: 'critical',
    })
  }
}
