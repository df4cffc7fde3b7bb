import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import type { ReadNeeds } from '../../platform/command.server.ts'
import { clinicPage } from '../clinic/clinic-page.server.ts'
import { firstUseBlock } from '../clinic/first-use-block.server.ts'
import { seesStrictFigures } from '../clinic/viewer.ts'
import { type CohortAsked, cohortBlocks } from './cohort-blocks.ts'
import { type CohortId, cohortById, cohortRows } from './cohort-queries.server.ts'
import { hasSmallGroup, withheldBlock } from './small-groups.ts'

/**
 * An outside cohort with its figures as asked; undefined when there is none of this id. Who does not treat people here gets
 * none when a group holds fewer than ten, unless the cohort is marked as published.
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
  return seesStrictFigures(actor) && cohort.published === undefined && hasSmallGroup(rows)
    ? { cohort, chosen: { ...figures.chosen, groups: [] }, blocks: [withheldBlock], withheld: true }
    : { cohort, ...figures, withheld: false }
}

/** The clinic's own curve of time to first use, to stand beside an outside one; small counts are withheld in it. */
export async function ownCurve(needs: ReadNeeds, clinic: ClinicProfile) {
  const { question, invented } = await clinicPage(needs, clinic, new URLSearchParams())
  return { block: await firstUseBlock(question), invented }
}
