export {
  type Alarm,
  type AlarmEvent,
  type AlarmInput,
  type AlarmKey,
  type AlarmKind,
  type AlarmStatus,
  type Answer,
  alarmStatus,
} from './alarm.ts'
export { type AlarmConfig, alarmConfigOf, defaultAlarmConfig, type LadderStep } from './alarm-config.ts'
export {
  type AlarmState,
  newAlarmState,
  replay,
  replayInParts,
  type Step,
  settled,
  step,
} from './alarm-state.ts'
export {
  type EscalationDue,
  escalationDue,
  nextTickMs,
  openAlarms,
  type SignShown,
  signsShown,
  worstShown,
} from './alarm-view.ts'
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
  type ScoreRule,
} from './limits.ts'
export {
  checkPlausible,
  checkReading,
  type Doubt,
  defaultPlausibleRanges,
  type Plausibility,
  type PlausibilityQuestion,
  type PlausibleRange,
  type PlausibleRanges,
  questionsAbout,
  type ReadingCheck,
  whyImpossible,
} from './plausibility.ts'
export {
  type CloserWatch,
  closerAfter,
  defaultAfterDoseReadingPlan,
  defaultEsketamineReadingPlan,
  defaultInfusionReadingPlan,
  type ReadingDue,
  type ReadingMoment,
  type ReadingPlan,
  readingMoments,
  readingSchedule,
  type SchedulePhase,
  type SessionInstants,
} from './reading-schedule.ts'
export { type SignCode, type SignCodeSystem, signCodes, signOfCode } from './sign-codes.ts'
export { type Converted, canonicalUnits, convertUnit, unitsOfDevices } from './units.ts'
export {
  type MonitoredSign,
  monitoredSigns,
  type Reading,
  type TimedReading,
  type VitalSign,
  vitalSignNames,
  vitalSigns,
  writeValue,
} from './vital-sign.ts'
export {
  type Batch,
  type BatchRefusal,
  type ParsedBatch,
  parseBatch,
  parseBatchText,
  SAMPLE_QUALITIES,
  type Sample,
  type SampleQuality,
  sampleId,
  TECHNICAL_KINDS,
  type TechnicalKind,
  type TechnicalNotice,
  WIRE_SCHEMA,
  type WireBatch,
  type WireCoding,
  type WireProblem,
  type WireProblemName,
  type WireSample,
  type WireTechnical,
  wireLimits,
} from './wire.ts'
