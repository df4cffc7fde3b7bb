import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import type { ReadNeeds } from '../../platform/command.server.ts'
import { localDateOf } from '../../platform/time.ts'
import { timedBlock } from '../clinic/timed-block.ts'
import { seesStrictFigures } from '../clinic/viewer.ts'
import { datasetOverview, eventCounts } from '../dataset/figure-queries.server.ts'
import { inventedWords } from '../invented-words.ts'
import { type CohortAsked, cohortBlocks } from './cohort-blocks.ts'
import { type CohortId, cohortById, cohortRows } from './cohort-queries.server.ts'
import { hasSmallGroup, withheldBlock } from './small-groups.ts'

/**
 * An outside cohort with its figures as asked; undefined when there is none of this id. Who does not treat people here gets
 * none when a group holds fewer than ten: nothing says that the file is public.
 */
export async function cohortWithFigures(
  { db, actor }: Pick<ReadNeeds, 'db' | 'actor'>,
  id: CohortId,
  asked: CohortAsked,
) {
  const cohort = await cohortById(db, actor.clinicId, id)
  if (!cohort) return undefined
  const rows = await cohortRows(db, actor.clinicId, cohort)
  const figures = cohortBlocks(rows, cohort.mapping, asked)
  return seesStrictFigures(actor) && hasSmallGroup(rows)
    ? { cohort, ...figures, blocks: [withheldBlock] }
    : { cohort, ...figures }
}

/** The clinic's own curve of time to first use, to stand beside an outside one; small counts are withheld in it. */
export async function ownCurve({ db, at, actor }: ReadNeeds, clinic: ClinicProfile) {
  const asked = { clinicId: actor.clinicId, today: localDateOf(at, clinic.timeZone) }
  const { people, invented } = await datasetOverview(db, asked)
  const block = timedBlock(
    'time-to-first-use',
    await eventCounts(db, asked, 'time-to-first-use'),
    clinic.name,
    seesStrictFigures(actor),
  )
  return {
    block,
    invented: inventedWords(
      invented === 0 ? 'none' : invented === people ? 'all' : 'some',
      clinic.demonstration,
    ),
  }
}
