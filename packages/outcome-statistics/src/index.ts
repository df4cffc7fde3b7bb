export {
  ABSTINENT,
  type AbstinenceCounts,
  type AbstinenceResults,
  abstinenceByLook,
  type CountsByLook,
  carryLastForward,
  countAbstinence,
  MISSING,
  type ResultsRefusal,
  USE,
} from './abstinence/abstinence-results.ts'
export {
  type AbstinenceBounds,
  type AbstinenceEstimate,
  abstinenceDifferenceBounds,
  abstinenceWithMissing,
  type KnownAbstinence,
  type MissingRule,
} from './abstinence/abstinence-with-missing.ts'
export {
  type IntraclassCorrelation,
  type IntraclassForm,
  intraclassCorrelation,
} from './agreement/intraclass-correlation.ts'
export {
  cohensKappa,
  type FleissKappa,
  fleissKappa,
  type Kappa,
  type KappaRefusal,
  type KappaWeights,
} from './agreement/kappa.ts'
export {
  type ConcordanceCorrelation,
  concordanceCorrelation,
  cronbachsAlpha,
  type LimitsOfAgreement,
  limitsOfAgreement,
} from './agreement/method-comparison.ts'
export { betaQuantile } from './beta-distribution.ts'
export { type Adjustment, adjustPValues } from './comparisons/adjusted-p-values.ts'
export {
  type Correlation,
  type CorrelationRefusal,
  kendallTauB,
  pearsonCorrelation,
  spearmanRho,
} from './comparisons/correlation.ts'
export {
  type MannWhitney,
  mannWhitney,
  type SignedRank,
  wilcoxonSignedRank,
} from './comparisons/rank-tests.ts'
export {
  type ChangeClass,
  type PercentChange,
  percentChange,
  type ReliableChange,
  type ReliableChangeOptions,
  reliableChange,
} from './comparisons/reliable-change.ts'
export type { Sample, SampleRefusal } from './comparisons/sample.ts'
export { type QuantileDefinition, sampleQuantiles } from './comparisons/sample-quantile.ts'
export {
  type GroupsRefusal,
  kruskalWallis,
  oneWayAnova,
  type Tested,
  welchAnova,
} from './comparisons/several-groups.ts'
export { type HedgesG, hedgesG } from './comparisons/standardised-difference.ts'
export {
  type Crossover,
  crossoverComparison,
  type PairedTTest,
  pairedTTest,
  pooledTTest,
  type TTest,
  type TTestRefusal,
  welchTTest,
} from './comparisons/t-tests.ts'
export type { CompetingRows, CompetingRowsRefusal } from './competing-risks/competing-rows.ts'
export {
  type CauseCurve,
  type CumulativeIncidence,
  cumulativeIncidence,
  cumulativeIncidenceByGroup,
  type IncidenceAtTimes,
  type IncidenceOptions,
  incidenceAt,
  type ProbabilityCurve,
} from './competing-risks/cumulative-incidence.ts'
export { type FineGrayFit, fineGray } from './competing-risks/fine-gray.ts'
export { type GrayTest, grayTest } from './competing-risks/gray-test.ts'
export { type Concordance, type ConcordanceOptions, concordance } from './concordance.ts'
export { type Band, type BandKind, confidenceBand } from './confidence-band.ts'
export {
  type Bag,
  binomialLowerTail,
  binomialProbability,
  binomialUpperTail,
  hypergeometricProbability,
  hypergeometricTails,
  negativeBinomialProbability,
  negativeBinomialTails,
  poissonLowerTail,
  poissonProbability,
  poissonUpperTail,
} from './count-distributions.ts'
export {
  type CoxFit,
  type CoxOptions,
  type CoxRefusal,
  coxRegression,
  linearPredictors,
  type OverallTest,
} from './cox/cox-regression.ts'
export { type CoxResiduals, coxResiduals } from './cox/cox-residuals.ts'
export type { CoxRows, CoxRowsRefusal } from './cox/cox-rows.ts'
export {
  type BaselineHazard,
  baselineHazard,
  type CoxPerson,
  coxSurvival,
  type StratumHazard,
} from './cox/cox-survival.ts'
export type { MaximumRefusal } from './cox/newton-raphson.ts'
export type { TieMethod } from './cox/partial-likelihood.ts'
export {
  type ProportionalHazardsTest,
  proportionalHazardsTest,
  type TimeTransform,
} from './cox/proportional-hazards-test.ts'
export {
  medianSurvival,
  numbersAtRisk,
  type SurvivalAtTimes,
  type SurvivalQuantile,
  survivalAt,
  survivalQuantiles,
} from './curve-figures.ts'
export type { Design, DesignRefusal, RankDeficient } from './design.ts'
export {
  chiSquareLowerTail,
  chiSquareQuantile,
  chiSquareUpperTail,
  normalLogLowerTail,
  normalQuantile,
  normalUpperTail,
} from './distributions.ts'
export {
  type EstimatingEquations,
  type EstimatingOptions,
  type EstimatingRefusal,
  type EstimatingRows,
  generalizedEstimatingEquations,
} from './estimating-equations/generalized-estimating-equations.ts'
export {
  type LogisticRefusal,
  type LogisticRegression,
  logisticRegression,
} from './estimating-equations/logistic-regression.ts'
export type { WorkingCorrelation } from './estimating-equations/working-correlation.ts'
export { fLowerTail, fQuantile, fUpperTail } from './f-distribution.ts'
export {
  type Funnel,
  type FunnelKind,
  type FunnelLimits,
  type FunnelOptions,
  funnelLimits,
  funnelOfProportions,
  funnelRatioLimits,
} from './funnel/funnel-plot.ts'
export {
  groupSequentialDesign,
  type SequentialBoundary,
  type SequentialDesign,
  type SequentialPlan,
  type SequentialRefusal,
  stoppingProbabilities,
} from './group-sequential/group-sequential.ts'
export { regularizedIncompleteBeta } from './incomplete-beta.ts'
export {
  type GroupedCurves,
  type KaplanMeierOptions,
  kaplanMeier,
  kaplanMeierByGroup,
  type SurvivalCurve,
} from './kaplan-meier.ts'
export { digamma, logGamma, trigamma } from './log-gamma.ts'
export {
  type LogRank,
  type LogRankRefusal,
  type LogRankRows,
  logRank,
  type PetoHazardRatio,
  petoHazardRatio,
} from './log-rank.ts'
export type { Contrast, ContrastEstimate } from './mixed-models/contrast.ts'
export type { KenwardRoger } from './mixed-models/kenward-roger.ts'
export {
  type LinearMixedModel,
  type LinearMixedModelRefusal,
  linearMixedModel,
  type MixedModelOptions,
  type MixedModelRows,
} from './mixed-models/linear-mixed-model.ts'
export {
  mixedModelRepeatedMeasures,
  type RepeatedMeasures,
  type RepeatedMeasuresOptions,
  type RepeatedMeasuresRefusal,
  type RepeatedMeasuresRows,
} from './mixed-models/repeated-measures.ts'
export { type VisitByArm, visitByArmDesign } from './mixed-models/visit-by-arm-design.ts'
export type { VisitCovariance } from './mixed-models/visit-covariance.ts'
export { type CumulativeHazard, nelsonAalen } from './nelson-aalen.ts'
export { noncentralTLowerTail, noncentralTUpperTail } from './noncentral-t.ts'
export {
  type ChiSquareTest,
  type CountTable,
  chiSquareTest,
  type TableRefusal,
  type TrendTest,
  trendTest,
} from './proportions/contingency-table.ts'
export { type FisherExactTest, fisherExactTest, freemanHaltonTest } from './proportions/fisher-exact.ts'
export { type MantelHaenszel, mantelHaenszel } from './proportions/mantel-haenszel.ts'
export { type NumberNeededToTreat, numberNeededToTreat } from './proportions/number-needed-to-treat.ts'
export { type McNemarTest, mcNemarTest, type PairedCounts } from './proportions/paired-proportions.ts'
export {
  agrestiCoullInterval,
  clopperPearsonInterval,
  jeffreysInterval,
  midPInterval,
  waldInterval,
  wilsonCorrectedInterval,
} from './proportions/proportion-intervals.ts'
export {
  miettinenNurminenDifference,
  newcombeDifference,
  oddsRatio,
  type ProportionDifference,
  type Ratio,
  riskRatio,
  type TwoGroups,
  type TwoGroupsRefusal,
  waldDifference,
} from './proportions/two-proportions.ts'
export {
  type Allocated,
  type MinimisationOptions,
  type Minimised,
  minimise,
} from './randomisation/minimisation.ts'
export {
  type BlockFacts,
  blockFacts,
  permutedBlocks,
  type RandomSource,
} from './randomisation/permuted-blocks.ts'
export { coinTossImbalance } from './randomisation/simple-randomisation.ts'
export type { CountRefusal, CountRows } from './rates/log-linear-fit.ts'
export {
  type NegativeBinomialRegression,
  negativeBinomialRegression,
} from './rates/negative-binomial-regression.ts'
export {
  poissonRate,
  type Rate,
  type RateComparison,
  type RateRefusal,
  rateRatio,
  type TwoRates,
} from './rates/poisson-rate.ts'
export { type PoissonRegression, poissonRegression } from './rates/poisson-regression.ts'
export type { Refusal } from './refusal.ts'
export {
  type RestrictedMean,
  type RestrictedMeanDifference,
  restrictedMean,
  restrictedMeanDifference,
} from './restricted-mean.ts'
export {
  type LogRankPlan,
  powerLogRank,
  sampleSizeLogRank,
} from './sample-size/log-rank-size.ts'
export type { PlanRefusal, PowerPlan } from './sample-size/planning.ts'
export { powerTTest, sampleSizeTTest, type TTestPlan } from './sample-size/t-test-size.ts'
export {
  designEffect,
  powerTwoProportions,
  sampleSizeMcNemar,
  sampleSizeNonInferiorityProportions,
  sampleSizeTwoProportions,
  type TwoProportionsPlan,
  type TwoProportionsSize,
} from './sample-size/two-proportions.ts'
export { studentTLowerTail, studentTQuantile, studentTUpperTail } from './student-t.ts'
export { studentizedRangeLowerTail } from './studentized-range.ts'
export type { RowsRefusal, SurvivalRows } from './survival-rows.ts'
export {
  type WeeklyAnswer,
  type WeeklyEndpoint,
  type WeeklyRule,
  weeklyEndpoint,
  weeklyEndpoints,
} from './weekly-urine/weekly-endpoints.ts'
export {
  parseWeeklyPattern,
  type WeeklyPattern,
  type WeekReading,
  weekCode,
} from './weekly-urine/weekly-pattern.ts'
export { type ProportionInterval, wilsonInterval } from './wilson-interval.ts'
