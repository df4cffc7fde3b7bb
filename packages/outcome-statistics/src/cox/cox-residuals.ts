import type { CoxFit } from './cox-regression.ts'
import { type CoxRows, refuseCoxRows, type SortedRows, sortRows } from './cox-rows.ts'
import type { TieMethod } from './partial-likelihood.ts'
import { rowResiduals } from './score-residuals.ts'

/** Residuals of a Cox model; matrices row by row with one column a covariate, in the covariates' own units. */
export type CoxResiduals = {
  /** Event minus expected events, by row of the input: sums to 0. */
  readonly martingale: Float64Array
  /** The martingale residual made roughly symmetric: far from 0 = poorly foretold. */
  readonly deviance: Float64Array
  /** Rows × covariates: each row's share of the score, without its weight; sums to 0. */
  readonly score: Float64Array
  /** Rows × covariates: about how much each coefficient would change without the row. */
  readonly dfbeta: Float64Array
  /** One line an event, in order of stratum, time and row. */
  readonly schoenfeld: {
    readonly row: Uint32Array
    readonly time: Float64Array
    /** Events × covariates: the person's covariate minus the mean of those at risk. */
    readonly residual: Float64Array
    /** Events × covariates: scaled so that it estimates the coefficient at that time. */
    readonly scaled: Float64Array
  }
}

/**
 * Martingale, deviance, score, dfbeta and Schoenfeld residuals of a fitted model.
 *
 * Source: Therneau & Grambsch, Modeling Survival Data, 2000, chapters 4, 6 and 7; Schoenfeld, Biometrika 1982;69:239;
 * Grambsch & Therneau, Biometrika 1994;81:515. Agrees with R's residuals.coxph.
 * @param rows the very rows the model was fitted to (other rows throw)
 * Not for exact ties (throws). Cost: a sort and O(n·covariates²).
 */
export function coxResiduals(rows: CoxRows, fit: CoxFit): CoxResiduals {
  const { sorted, at, ties } = sortedForFit(rows, fit)
  const { n, size, order, scale, event, x, blockStart, blockTime } = sorted
  const inPosition = rowResiduals(sorted, ties, at)
  const martingale = new Float64Array(n)
  const deviance = new Float64Array(n)
  const score = new Float64Array(n * size)
  const dfbeta = new Float64Array(n * size)
  for (let i = 0; i < n; i++) {
    const row = order[i]!
    const m = inPosition.martingale[i]!
    martingale[row] = m
    const surprise = event[i] === 1 ? Math.log(1 - m) : 0
    deviance[row] = Math.sign(m) * Math.sqrt(Math.max(0, -2 * (m + surprise)))
    for (let j = 0; j < size; j++) score[row * size + j] = inPosition.score[i * size + j]! * scale[j]!
    times(score, row, fit.modelCovariance, size, dfbeta, row)
  }
  const events = fit.events
  const eventRow = new Uint32Array(events)
  const time = new Float64Array(events)
  const residual = new Float64Array(events * size)
  const scaled = new Float64Array(events * size)
  let line = 0
  for (let block = 0; block < blockTime.length; block++) {
    for (let i = blockStart[block]!; i < blockStart[block + 1]!; i++) {
      if (event[i] !== 1) continue
      eventRow[line] = order[i]!
      time[line] = blockTime[block]!
      for (let j = 0; j < size; j++) {
        residual[line * size + j] =
          (x[i * size + j]! - inPosition.increments.mean[block * size + j]!) * scale[j]!
      }
      times(residual, line, fit.modelCovariance, size, scaled, line)
      for (let j = 0; j < size; j++) {
        scaled[line * size + j] = scaled[line * size + j]! * events + fit.coefficients[j]!
      }
      line++
    }
  }
  return { martingale, deviance, score, dfbeta, schoenfeld: { row: eventRow, time, residual, scaled } }
}

/** One line of `from` times a square matrix, into a line of `to`. */
function times(
  from: Float64Array,
  line: number,
  matrix: Float64Array,
  size: number,
  to: Float64Array,
  toLine: number,
): void {
  for (let j = 0; j < size; j++) {
    let sum = 0
    for (let l = 0; l < size; l++) sum += from[line * size + l]! * matrix[l * size + j]!
    to[toLine * size + j] = sum
  }
}

/** The rows of a fitted model in order, with its coefficients for scaled covariates. Throws when they do not belong together. */
export function sortedForFit(
  rows: CoxRows,
  fit: CoxFit,
): { sorted: SortedRows; at: Float64Array; ties: TieMethod } {
  if (fit.ties === 'exact') throw new RangeError('not defined for exact ties')
  const refusal = refuseCoxRows(rows)
  if (refusal) throw new RangeError(`these are not the rows of the model: ${refusal.reason}`)
  if (rows.time.length !== fit.n || rows.covariates.length !== fit.coefficients.length) {
    throw new RangeError('these are not the rows of the model')
  }
  const sorted = sortRows(rows)
  return { sorted, at: fit.coefficients.map((b, j) => b * sorted.scale[j]!), ties: fit.ties }
}
