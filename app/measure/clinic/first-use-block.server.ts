import { eventCounts } from '../dataset/figure-queries.server.ts'
import type { FigureBlock } from './figure-block.ts'
import { timedBlock } from './timed-block.ts'
import type { FigureQuestion } from './topic-blocks.server.ts'
import { seesStrictFigures } from './viewer.ts'

const FIRST_USE = 'time-to-first-use'

/** The clinic's own curve of time to first use alone, to stand beside another one; the same as on the page of use. */
export async function firstUseBlock({
  db,
  asked,
  actor,
  clinicName,
  frozen,
}: FigureQuestion): Promise<FigureBlock> {
  if (!frozen)
    return timedBlock(
      FIRST_USE,
      await eventCounts(db, asked, FIRST_USE),
      clinicName,
      seesStrictFigures(actor),
    )
  const block = (await frozen.topic('use')).find(({ id }) => id === FIRST_USE)
  if (!block) throw new Error(`no ${FIRST_USE} is kept`)
  return block
}
