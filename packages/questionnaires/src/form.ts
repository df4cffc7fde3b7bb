/**
 * The lean entry `@evenkeel/questionnaires/form`, for a page that holds one form: the engine by definition, without the
 * list of all instruments and without series of records. Beside `instruments/<id>` it is under 6 kB gz
 * (bundle.test.ts); a definition whose total is made from a series is refused by name.
 */
export { missingItemsBy, type VisibleItem, visibleItemsBy } from './form-flow.ts'
export type {
  Comparison,
  Condition,
  InstrumentForm,
  Item,
  ItemRange,
  ItemScore,
  ItemValue,
  SafetyTrigger,
  ScoringDefinition,
  ScoringItem,
  Severity,
} from './instrument.ts'
export { firedItemTriggersBy, scoreItemsBy } from './item-scoring.ts'
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
