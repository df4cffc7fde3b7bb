import type { Design } from '../design.ts'
import type { Contrast } from './contrast.ts'

export type VisitByArm = {
  readonly design: Design
  /** The second arm minus the first, at each visit. */
  readonly differences: readonly Contrast[]
  /** Least-squares means of each arm at each visit, with the covariates at their means over the rows used. */
  readonly means: readonly Contrast[]
}

/**
 * The usual design of a trial with two arms and planned visits: intercept, covariates, visit (first as reference), arm,
 * and arm by visit, with the contrasts that one asks of it.
 *
 * @param rows one entry a row; `arm` 0 or 1; rows with NaN `outcome` count for no mean
 * @example const { design, differences } = visitByArmDesign({ outcome, visit, arm, covariates: [{ name: 'baseline', values }] })
 */
export function visitByArmDesign(rows: {
  readonly outcome: Float64Array
  readonly visit: ArrayLike<number>
  readonly arm: ArrayLike<number>
  readonly covariates?: readonly { readonly name: string; readonly values: Float64Array }[]
}): VisitByArm {
  const { outcome, visit, arm, covariates = [] } = rows
  const n = outcome.length
  const used = Array.from({ length: n }, (_, row) => row).filter((row) => !Number.isNaN(outcome[row]!))
  const visits = [...new Set(used.map((row) => visit[row]!))].sort((a, b) => a - b)
  const later = visits.slice(1)
  const column = (value: (row: number) => number) => Float64Array.from({ length: n }, (_, row) => value(row))
  const design: Design = {
    names: [
      '(Intercept)',
      ...covariates.map(({ name }) => name),
      ...later.map((v) => `visit${v}`),
      'arm',
      ...later.map((v) => `visit${v}:arm`),
    ],
    columns: [
      column(() => 1),
      ...covariates.map(({ values }) => values),
      ...later.map((v) => column((row) => (visit[row] === v ? 1 : 0))),
      column((row) => arm[row]!),
      ...later.map((v) => column((row) => (visit[row] === v ? arm[row]! : 0))),
    ],
  }
  const weights = (wanted: Readonly<Record<string, number>>) => design.names.map((name) => wanted[name] ?? 0)
  const atMeans = Object.fromEntries(
    covariates.map(({ name, values }) => [
      name,
      used.reduce((sum, row) => sum + values[row]!, 0) / used.length,
    ]),
  )
  const differences = visits.map((v) => ({
    name: `arm 1 minus arm 0 at visit ${v}`,
    weights: weights({ arm: 1, [`visit${v}:arm`]: 1 }),
  }))
  const means = [0, 1].flatMap((a) =>
    visits.map((v) => ({
      name: `mean of arm ${a} at visit ${v}`,
      weights: weights({ '(Intercept)': 1, ...atMeans, [`visit${v}`]: 1, arm: a, [`visit${v}:arm`]: a }),
    })),
  )
  return { design, differences, means }
}
