export {
  type Course,
  type Interpretation,
  interpret,
  type SignState,
  type State,
  worstState,
} from './interpret.ts'
export {
  type AlarmLevel,
  defaultLimits,
  type LimitOrigin,
  type LimitRule,
  type Limits,
  type LimitTest,
} from './limits.ts'
export {
  checkPlausible,
  defaultPlausibleRanges,
  type Plausibility,
  type PlausibilityQuestion,
  type PlausibleRange,
  type PlausibleRanges,
  questionsAbout,
} from './plausibility.ts'
export {
  defaultInfusionReadingPlan,
  type ReadingDue,
  type ReadingPlan,
  readingSchedule,
  type SchedulePhase,
  type SessionInstants,
} from './reading-schedule.ts'
export {
  type Reading,
  type TimedReading,
  type VitalSign,
  vitalSignNames,
  vitalSigns,
  writeValue,
} from './vital-sign.ts'
