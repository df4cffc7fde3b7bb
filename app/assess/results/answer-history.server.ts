import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import { intakeAnswers } from '../assess-queries.server.ts'
import type { AssessmentId } from '../assessment.ts'
import type { SittingId } from '../forms/sitting.ts'
import { sittingAnswers } from '../forms/sitting-queries.server.ts'
import type { InstrumentResponse } from '../instrument-response.ts'

/** An answer that was given, and stood for a while, before the one that the result rests on. */
export type EarlierAnswer = {
  readonly item: string
  readonly value: number
  readonly answeredAt: Instant
  /** Account id, or "link". */
  readonly answeredBy: string
  readonly changedAt: Instant
  readonly changedBy: string
}

type Revision = {
  readonly item: string
  readonly revision: number
  readonly value: unknown
  readonly answeredAt: Instant
  readonly answeredBy: string
}

/**
 * What was answered otherwise while the form was filled in: a safety answer that was taken back stays in sight of whoever
 * reads the result. Empty for results whose single answers were never kept.
 */
export async function earlierAnswers(
  db: Read,
  clinicId: ClinicId,
  { source, objectId, instrumentId }: Pick<InstrumentResponse, 'source' | 'objectId' | 'instrumentId'>,
): Promise<EarlierAnswer[]> {
  return changedAnswers(await revisionsOf(db, clinicId, source, objectId, instrumentId))
}

async function revisionsOf(
  db: Read,
  clinicId: ClinicId,
  source: string,
  objectId: string,
  instrumentId: string,
): Promise<readonly Revision[]> {
  if (source === 'form' || source === 'form-set-aside') {
    const id = objectId as SittingId
    return (await sittingAnswers(db, clinicId, [id])).get(id) ?? []
  }
  if (source !== 'intake') return []
  const prefix = `${instrumentId}.`
  const all = await intakeAnswers(db, clinicId, [objectId as AssessmentId])
  return all
    .filter(({ question }) => question.startsWith(prefix))
    .map((answer) => ({ ...answer, item: answer.question.slice(prefix.length) }))
}

/** Every answer that another one followed, in the order of items and time; skipping before an answer is no answer. */
export function changedAnswers(revisions: readonly Revision[]): EarlierAnswer[] {
  return [...Map.groupBy(revisions, ({ item }) => item).values()].flatMap((ofItem) => {
    const inOrder = [...ofItem].sort((a, b) => a.revision - b.revision)
    return inOrder.slice(0, -1).flatMap((answer, place) => {
      const next = inOrder[place + 1]!
      if (typeof answer.value !== 'number') return []
      return [
        {
          item: answer.item,
          value: answer.value,
          answeredAt: answer.answeredAt,
          answeredBy: answer.answeredBy,
          changedAt: next.answeredAt,
          changedBy: next.answeredBy,
        },
      ]
    })
  })
}
