import { groupSequentialDesign, type SequentialBoundary } from '../src/index.ts'
import { answered, type ReferenceCase } from './case.ts'

/** Cases of groupseq.json. */
export function groupSequentialFigures(c: ReferenceCase): unknown {
  const args = c.args as {
    k?: number
    information?: number[]
    type: string
    alpha: number
    sided?: 1 | 2
    gamma?: number
    beta?: number
  }
  const boundaries: Record<string, SequentialBoundary> = {
    OF: { kind: 'obrien-fleming' },
    P: { kind: 'pocock' },
    asOF: { kind: 'spending', like: 'obrien-fleming' },
    asP: { kind: 'spending', like: 'pocock' },
    asHSD: { kind: 'spending', like: 'hwang-shih-de-cani', gamma: args.gamma ?? 0 },
  }
  const { alpha, sided = 1, beta = 0.2 } = args
  const design = answered(
    groupSequentialDesign({
      looks: args.information ?? args.k!,
      boundary: boundaries[args.type]!,
      alpha,
      sided,
      power: 1 - beta,
    }),
  )
  const { cumulativePower } = design
  return {
    information: design.information,
    critical_z: design.critical,
    stage_levels_one_sided_p: design.level,
    cumulative_alpha: design.cumulativeAlpha,
    inflation_factor: design.inflation,
    drift_shift: design.shift,
    cumulative_power: cumulativePower,
    reject_probs: cumulativePower.map((value, look) => value - (cumulativePower[look - 1] ?? 0)),
    avg_n_under_h1: design.meanSize.effect,
    avg_n_under_h0: design.meanSize.noEffect,
  }
}
