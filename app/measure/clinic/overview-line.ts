import { POINT_DAY } from '../dataset/definition.ts'
import { percent, percentRange } from '../percent-words.ts'
import type { FigureBlock, Limits } from './figure-block.ts'

/**
 * A time to an event as the overview tells it: at the one day at which every outcome is told there, not where its curve
 * happens to end. Where that day cannot be shown the line says so.
 *
 * @param block of `timedBlock`: its first table has the rows by day
 */
export function atPointDay(block: FigureBlock): FigureBlock {
  const table = block.tables[0]
  if (!block.line || !table) return block
  const row = table.rows.find(({ day }) => day === POINT_DAY)
  const still = table.columns.find(({ key }) => key === 'without')?.head ?? ''
  const share = row?.without
  if (typeof share !== 'number')
    return { ...block, line: { ...block.line, figure: `day ${POINT_DAY} cannot be shown`, interval: '–' } }
  const limits = row?.limits_95 as Limits | null | undefined
  return {
    ...block,
    line: {
      ...block.line,
      figure: `${percent(share)} ${still.charAt(0).toLowerCase()}${still.slice(1)} by day ${POINT_DAY}`,
      interval: percentRange(limits ?? undefined),
    },
  }
}
