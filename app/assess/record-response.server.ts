import {
  type Answers,
  firedTriggers,
  instrumentById,
  responseStamp,
  type ScoringContext,
  score,
} from '@evenkeel/questionnaires'
import type { Needs } from '../platform/command.server.ts'
import type { PersonId } from '../platform/ids.ts'
import { insertResponse, responseOf } from './assess-queries.server.ts'
import type { InstrumentResponse, ResponseId } from './instrument-response.ts'
import { raiseConcern } from './raise-concern.server.ts'

export type NewResponse = {
  readonly id: ResponseId
  readonly personId: PersonId
  /** Where it was answered ("intake", "check-in" …) and the id there: one response per instrument at one place. */
  readonly source: string
  readonly objectId: string
  readonly instrumentId: string
  readonly answers: Answers
  /** What some bands need, such as `{ sex: 'female' }`. */
  readonly context?: ScoringContext
  /** The caller looked at every single answer when it was saved and raised what had to be raised. */
  readonly watchedAlready?: boolean
}

/**
 * Part of a command: scores and stores a response with what was asked, and raises a safety concern for every
 * critical trigger that fires. Missing answers stay missing: the stored score says what it lacks.
 *
 * @throws RangeError when we do not ship the instrument
 */
export async function recordResponse(
  needs: Needs,
  input: NewResponse,
): Promise<{ readonly response: InstrumentResponse; readonly recordedNow: boolean }> {
  const { db, at, actor, audit } = needs
  const instrument = instrumentById(input.instrumentId)
  if (!instrument) throw new RangeError(`no instrument ${input.instrumentId}`)
  const response: InstrumentResponse = {
    id: input.id,
    personId: input.personId,
    source: input.source,
    objectId: input.objectId,
    ...responseStamp(instrument),
    answers: input.answers,
    scores: score(instrument.id, input.answers, input.context),
    completedAt: at,
  }
  const by = actor.kind === 'member' ? actor.accountId : actor.kind
  if (!(await insertResponse(needs.db, actor.clinicId, response, by))) {
    return { response: (await responseOf(db, actor.clinicId, response)) ?? response, recordedNow: false }
  }
  audit.write('assess.record-response', {
    personId: input.personId,
    object: 'response',
    objectId: response.id,
    detail: { instrument: instrument.id },
  })
  if (input.watchedAlready) return { response, recordedNow: true }
  for (const trigger of firedTriggers(instrument.id, input.answers, input.context)) {
    if (trigger.severity !== 'critical') continue
    await raiseConcern(needs, {
      personId: input.personId,
      source: input.source,
      objectId: input.objectId,
      trigger: trigger.id,
      severity: trigger.severity,
    })
  }
  return { response, recordedNow: true }
}
