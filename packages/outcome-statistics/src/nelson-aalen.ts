import { ascendingOrder } from './ascending-order.ts'
import { riskTable } from './risk-table.ts'
import { type RowsRefusal, refuseRows, type SurvivalRows } from './survival-rows.ts'

export type CumulativeHazard = {
  readonly ok: true
  readonly time: Float64Array
  readonly atRisk: Float64Array
  readonly events: Float64Array
  readonly cumulativeHazard: Float64Array
  readonly seCumulativeHazard: Float64Array
  /** exp(−H): the survival curve that goes with this hazard. */
  readonly survival: Float64Array
}

/**
 * The Nelson–Aalen estimate of the cumulative hazard H(t).
 *
 * With `ties: 'nelson'` each time adds d/n and d/n² to the variance. With `'fleming-harrington'` the d tied events are
 * taken one after another, 1/n + 1/(n − 1) + …, as if the tie came from coarse clocks.
 *
 * Source: Nelson 1969; Aalen, Ann Stat 1978;6:701; Fleming & Harrington 1984. Agrees with R's survfit (ctype 1 and 2).
 * Refuses the same rows as kaplanMeier. Cost as kaplanMeier.
 */
export function nelsonAalen(
  rows: SurvivalRows,
  options: { readonly ties?: 'nelson' | 'fleming-harrington' } = {},
): CumulativeHazard | RowsRefusal {
  const refusal = refuseRows(rows)
  if (refusal) return refusal
  const { time, atRisk, events, eventRows } = riskTable(rows, ascendingOrder(rows.time))
  const cumulativeHazard = new Float64Array(time.length)
  const seCumulativeHazard = new Float64Array(time.length)
  const survival = new Float64Array(time.length)
  let hazard = 0
  let variance = 0
  for (let i = 0; i < time.length; i++) {
    const n = atRisk[i]!
    if (options.ties === 'fleming-harrington') {
      const tied = eventRows[i]!
      const weight = tied === 0 ? 0 : events[i]! / tied
      for (let j = 0; j < tied; j++) {
        const left = n - j * weight
        hazard += weight / left
        variance += weight / (left * left)
      }
    } else {
      hazard += events[i]! / n
      variance += events[i]! / (n * n)
    }
    cumulativeHazard[i] = hazard
    seCumulativeHazard[i] = Math.sqrt(variance)
    survival[i] = Math.exp(-hazard)
  }
  return { ok: true, time, atRisk, events, cumulativeHazard, seCumulativeHazard, survival }
}
