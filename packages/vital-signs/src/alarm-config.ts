import { type AlarmLevel, defaultLimits, type Limits } from './limits.ts'
import { defaultPlausibleRanges, type PlausibleRanges } from './plausibility.ts'
import { defaultInfusionReadingPlan, type ReadingPlan } from './reading-schedule.ts'
import type { MonitoredSign } from './vital-sign.ts'
import type { TechnicalKind } from './wire.ts'

/** A step of the ladder: who is called, how long after the alarm was raised and nobody acknowledged it. */
export type LadderStep = { readonly to: string; readonly afterMs: number }

type BySign<T> = Readonly<Partial<Record<MonitoredSign, T>>>

/** Everything the alarms go by, as data. `version` goes on the record; another version is judged anew by `replay`. */
export type AlarmConfig = {
  readonly version: string
  readonly origin: string
  /** Amber and red limits, from the protocol or the clinic; null: every sign is unknown. */
  readonly limits: Limits | null
  readonly plausible: PlausibleRanges
  /** When readings are due; null: none is, and none can be overdue. */
  readonly readings: ReadingPlan | null
  /** In the order of calling; the first is called at once (`afterMs` 0). */
  readonly ladder: Readonly<Record<AlarmLevel, readonly LadderStep[]>>
  /** An acknowledged alarm whose cause is still there is raised again after this. */
  readonly raiseAgainMs: Readonly<Record<AlarmLevel, number>>
  /** An acknowledged alarm is raised again when the value is worse by this than it was then. */
  readonly worseBy: BySign<number>
  /** The cause must have been gone for this long before an alarm resolves. */
  readonly clearAfterMs: number
  /** A device that sends no value for this long is silent. */
  readonly silenceMs: number
  /** A sign from a device without a valid value for this long is stale; absent: never, its age alone is shown. */
  readonly staleMs: BySign<number>
  /**
   * Signs that a device gives all the time: only the device ends their being stale. Of the others, such as a cuff's, a value by
   * hand takes its place.
   */
  readonly continuous: readonly MonitoredSign[]
  /** A value taken by hand is taken as known for this long, or until the next reading is due. */
  readonly manualKnownMs: number
  /** The very same value for this long and this often cannot be a living person's. */
  readonly flatLine: BySign<{ readonly forMs: number; readonly samples: number }>
  /** How late a reading may be before it is an alarm. */
  readonly overdueMs: Readonly<Record<AlarmLevel, number>>
  readonly technical: Readonly<{
    silence: AlarmLevel
    lost: AlarmLevel
    /** Its clock is wrong: its values are filed by when they came, and are in doubt. */
    clock: AlarmLevel
    stale: AlarmLevel
    'flat-line': AlarmLevel
    /** `note`: on record, but no alarm. */
    notices: Readonly<Record<TechnicalKind, AlarmLevel | 'note'>>
  }>
  /** What arrives later than this after it was measured is late: judged when it arrives. Earlier, it takes its place in time. */
  readonly windowMs: number
  /** By how much what arrives may be handed to `step` out of the order of arrival. */
  readonly slackMs: number
}

const SECOND_MS = 1_000
const MINUTE_MS = 60_000

/**
 * What a clinic starts from. Every figure is a design default [D], for the medical director to sign off: no regulator
 * sets them, and this is not a certified alarm system. The limits say their own origin.
 */
export const defaultAlarmConfig: AlarmConfig = {
  version: '2026-11-23.2',
  origin: 'design defaults, to be signed off by the medical director',
  limits: defaultLimits,
  plausible: defaultPlausibleRanges,
  readings: defaultInfusionReadingPlan,
  ladder: {
    amber: [
      { to: 'nurse', afterMs: 0 },
      { to: 'second nurse', afterMs: 2 * MINUTE_MS },
      { to: 'prescriber', afterMs: 5 * MINUTE_MS },
    ],
    red: [
      { to: 'nurse', afterMs: 0 },
      { to: 'second nurse', afterMs: 30 * SECOND_MS },
      { to: 'prescriber', afterMs: 60 * SECOND_MS },
    ],
  },
  raiseAgainMs: { amber: 5 * MINUTE_MS, red: 2 * MINUTE_MS },
  worseBy: {
    systolicMmHg: 10,
    diastolicMmHg: 10,
    heartRatePerMin: 10,
    spo2Percent: 2,
    respiratoryRatePerMin: 2,
    moaas: 1,
    temperatureCelsius: 0.5,
  },
  clearAfterMs: 30 * SECOND_MS,
  silenceMs: 30 * SECOND_MS,
  staleMs: {
    spo2Percent: MINUTE_MS,
    heartRatePerMin: MINUTE_MS,
    respiratoryRatePerMin: MINUTE_MS,
    systolicMmHg: 15 * MINUTE_MS,
    diastolicMmHg: 15 * MINUTE_MS,
    meanPressureMmHg: 15 * MINUTE_MS,
    temperatureCelsius: 120 * MINUTE_MS,
  },
  continuous: ['spo2Percent', 'heartRatePerMin', 'respiratoryRatePerMin'],
  manualKnownMs: 15 * MINUTE_MS,
  flatLine: {
    heartRatePerMin: { forMs: 5 * MINUTE_MS, samples: 60 },
    respiratoryRatePerMin: { forMs: 10 * MINUTE_MS, samples: 120 },
  },
  overdueMs: { amber: MINUTE_MS, red: 5 * MINUTE_MS },
  technical: {
    silence: 'amber',
    lost: 'amber',
    clock: 'amber',
    stale: 'amber',
    'flat-line': 'amber',
    notices: {
      'lead-off': 'amber',
      'probe-off': 'amber',
      'cuff-fault': 'amber',
      'low-battery': 'amber',
      'device-fault': 'amber',
      'self-test': 'note',
      standby: 'amber',
      'alarms-paused': 'amber',
    },
  },
  windowMs: 60 * SECOND_MS,
  slackMs: 15 * SECOND_MS,
}

/**
 * The configuration of one session: the clinic's, with the limits and the reading plan of the protocol it follows. The
 * version names all three, so that a change of any is another version.
 *
 * @param ofProtocol absent parts stay the clinic's; null means that the protocol has none, and then the signs are unknown
 * @example alarmConfigOf(defaultAlarmConfig, { readings: protocol.monitoring.readings })
 */
export function alarmConfigOf(
  clinic: AlarmConfig,
  ofProtocol: { readonly limits?: Limits | null; readonly readings?: ReadingPlan | null },
): AlarmConfig {
  const { limits = clinic.limits, readings = clinic.readings } = ofProtocol
  const limitsVersion = limits?.version ?? 'none'
  const readingsVersion = readings?.version ?? 'none'
  const version = `${clinic.version}; limits ${limitsVersion}; readings ${readingsVersion}`
  return { ...clinic, version, limits, readings }
}
