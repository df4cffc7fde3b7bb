import { POINT_DAY } from '../dataset/definition.ts'
import { pointCounts } from '../dataset/figure-queries.server.ts'
import { missingShares, type ShownShare } from './missing-shares.ts'
import type { FigureQuestion } from './topic-blocks.server.ts'
import { seesStrictFigures } from './viewer.ts'

/**
 * The shares without use in the week up to the day that is told everywhere, with the missing counted in several ways, to
 * stand beside published ones; none with fewer than ten people.
 */
export async function pointShares({
  db,
  asked,
  actor,
  frozen,
}: FigureQuestion): Promise<readonly ShownShare[]> {
  if (frozen) return frozen.pointShares()
  const [counts] = await pointCounts(db, asked, POINT_DAY, 'week')
  return (counts && missingShares(counts, { strict: seesStrictFigures(actor) })?.ways) ?? []
}
