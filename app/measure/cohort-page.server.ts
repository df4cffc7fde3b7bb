import type { ReadNeeds } from '../platform/command.server.ts'
import { cohortFigures } from './cohort-figures.ts'
import { ONE_GROUP } from './cohort-file.ts'
import { type CohortId, cohortById, cohortRows } from './measure-queries.server.ts'

/** An outside cohort with its figures at chosen days; undefined when there is none of this id. */
export async function cohortWithFigures(
  { db, actor }: Pick<ReadNeeds, 'db' | 'actor'>,
  id: CohortId,
  days: readonly number[],
) {
  const cohort = await cohortById(db, actor.clinicId, id)
  if (!cohort) return undefined
  const title = (label: string) =>
    cohort.groupColumn === undefined || label === ONE_GROUP ? 'Everybody' : `${cohort.groupColumn} ${label}`
  return { cohort, figures: cohortFigures(await cohortRows(db, actor.clinicId, id), days, title) }
}
