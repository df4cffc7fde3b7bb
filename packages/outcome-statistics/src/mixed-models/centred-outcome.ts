import { gathered, type Orthonormal } from '../design.ts'

/**
 * The outcome of `rows` without what least squares explains, so that sums of squares keep their digits; `removed` are the
 * coefficients on the basis that were taken out, `scale` the mean square of the outcome before.
 */
export function centredOutcome(
  outcome: Float64Array,
  rows: Uint32Array,
  { q }: Orthonormal,
): { centred: Float64Array; removed: Float64Array; scale: number } {
  const centred = gathered(outcome, rows)
  let scale = 0
  for (let i = 0; i < centred.length; i++) scale += centred[i]! * centred[i]!
  const removed = new Float64Array(q.length)
  q.forEach((column, j) => {
    let share = 0
    for (let i = 0; i < column.length; i++) share += column[i]! * centred[i]!
    removed[j] = share
    for (let i = 0; i < column.length; i++) centred[i]! -= share * column[i]!
  })
  return { centred, removed, scale: scale / Math.max(1, rows.length) }
}
