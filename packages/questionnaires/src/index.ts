export type { ChangeDescription, ChangeStep } from './change.ts'
export { describeChange, describeChangeBy } from './change.ts'
export type { VisibleItem } from './form-flow.ts'
export { missingItems, missingItemsBy, visibleItems } from './form-flow.ts'
export { formHash } from './form-hash.ts'
export type {
  Condition,
  Instrument,
  Item,
  ItemScore,
  ItemValue,
  SafetyTrigger,
  ScoringDefinition,
  Severity,
} from './instrument.ts'
export { instrumentById, listInstruments } from './registry.ts'
export type {
  Answers,
  CategoryResult,
  MeasuredSeries,
  RejectedResponse,
  ScoredResponse,
  ScoreResult,
  ScoreStatus,
  ScoringContext,
  ScoringOutcome,
} from './response.ts'
export type { ResponseStamp } from './response-stamp.ts'
export { onOneLine, responseStamp } from './response-stamp.ts'
export { firedTriggers, score } from './score.ts'
export { scoreBy } from './scoring.ts'
