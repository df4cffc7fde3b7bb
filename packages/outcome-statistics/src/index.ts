export { type Band, type BandKind, confidenceBand } from './confidence-band.ts'
export {
  medianSurvival,
  numbersAtRisk,
  type SurvivalAtTimes,
  type SurvivalQuantile,
  survivalAt,
  survivalQuantiles,
} from './curve-figures.ts'
export { chiSquareUpperTail, normalQuantile, normalUpperTail } from './distributions.ts'
export {
  type GroupedCurves,
  type KaplanMeierOptions,
  kaplanMeier,
  kaplanMeierByGroup,
  type SurvivalCurve,
} from './kaplan-meier.ts'
export {
  type LogRank,
  type LogRankRefusal,
  type LogRankRows,
  logRank,
  type PetoHazardRatio,
  petoHazardRatio,
} from './log-rank.ts'
export { type CumulativeHazard, nelsonAalen } from './nelson-aalen.ts'
export type { Refusal } from './refusal.ts'
export {
  type RestrictedMean,
  type RestrictedMeanDifference,
  restrictedMean,
  restrictedMeanDifference,
} from './restricted-mean.ts'
export type { RowsRefusal, SurvivalRows } from './survival-rows.ts'
export { type ProportionInterval, wilsonInterval } from './wilson-interval.ts'
