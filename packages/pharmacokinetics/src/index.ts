export { type Bounds, boundsOutsideValidity } from './bounds.ts'
export {
  type CompareOptions,
  type Comparison,
  compareRegimens,
  type Regimen,
  type RegimenResult,
  type Spread,
} from './compare-regimens.ts'
export { type Confidence, type Constant, constant, type Unit } from './constant.ts'
export { type Curve, valueAt } from './curve.ts'
export { fallsBelowAt, minutesAbove, type Peak, peakOf, stretchesAbove } from './curve-figures.ts'
export { type Derivative, integrate, type OdeControl } from './dormand-prince.ts'
export { type Dose, totalDoseMg } from './dose.ts'
export { expectedVenousDraw, type VenousDraw } from './expected-venous-draw.ts'
export { type ExposureFactor, exposureFactors } from './exposure-factors.ts'
export {
  type AbsorbedRoute,
  type AbsorptionPath,
  defineModel,
  type EffectSite,
  type Model,
  type Parameter,
  type Residual,
  type Sampling,
  type Variability,
} from './model.ts'
export * from './models/index.ts'
export { RACEMATE_AS_S } from './models/parts.ts'
export type { Person } from './person.ts'
export type {
  People,
  PeopleDistribution,
  PopulationJob,
  PopulationOptions,
} from './population-options.ts'
export { log } from './portable-math.ts'
export type { Refusal, RefusalReason } from './refusal.ts'
export {
  type EffectSiteChoice,
  type Exposure,
  exposureOf,
  type SimulateOptions,
  type Simulation,
  simulate,
} from './simulate.ts'
export { type OdeOptions, type OdeSimulation, simulateByOde } from './simulate-by-ode.ts'
export {
  EXACT_UP_TO,
  emptyPart,
  type PartRunner,
  type PopulationPart,
  type PopulationResult,
  populationPart,
  simulatePopulation,
  simulatePopulationInParts,
  type Watching,
} from './simulate-population.ts'
export type { Warning } from './validity.ts'
