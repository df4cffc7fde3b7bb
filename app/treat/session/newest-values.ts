import {
  defaultAlarmConfig,
  interpret,
  type Limits,
  type Reading,
  type SignState,
  type VitalSign,
  vitalSignNames,
  vitalSigns,
} from '@evenkeel/vital-signs'
import type { LiveValue, SessionSamples } from '../monitors/live-samples.ts'
import type { SessionState } from './session.ts'
import { judgeReading, sessionLimits } from './session-vitals.ts'

/** Where a value comes from: somebody's hand, or a device. */
export type ValueSource =
  | { readonly by: 'hand'; readonly eventId: string; readonly accountId: string }
  | {
      readonly by: 'monitor'
      readonly device: string
      /** The device called it questionable; shown as such, and never a reason for calm. */
      readonly questionable: boolean
    }

/** The newest value of a sign at an instant, whoever took it. */
export type NewestValue = SignState & {
  readonly sign: VitalSign
  /** When it was measured, epoch milliseconds; undefined when it never was. */
  readonly atMs: number | undefined
  readonly ageMs: number | undefined
  /** It says nothing about now any more; its state is then unknown unless it was amber or red. */
  readonly stale: boolean
  readonly source: ValueSource | undefined
}

/**
 * The newest value of each sign from readings by hand and from monitors, each with source and age. Pure.
 *
 * Of the two the one measured later counts; of the same instant the hand's. A value that the device itself calls invalid is not
 * shown: the last valid one before it is, and grows old. What is too old, questionable or was never measured is unknown; an amber or
 * red value stays what it was until a newer one is there, with its age beside it. Rules about how long something lasts are
 * judged by the alarms on the server, not here.
 *
 * @param samples what monitors sent; undefined when none did
 * @param nowMs the server's clock as far as the screen knows it, epoch milliseconds
 * @param handGoodForMs how old a reading by hand may be (`valueGoodForMs`); undefined once the session is over: then nothing is stale
 */
export function newestValues(
  state: Pick<SessionState, 'measured' | 'baseline'>,
  samples: SessionSamples | undefined,
  nowMs: number,
  handGoodForMs: number | undefined,
  limits: Limits = sessionLimits,
): NewestValue[] {
  return vitalSigns.map((sign) => {
    const reading = state.measured.findLast(({ values }) => typeof values[sign] === 'number')
    const live = samples?.[sign]
    const handAtMs = reading && Date.parse(reading.at)
    if (live && live.quality !== 'invalid' && (handAtMs === undefined || live.atMs > handAtMs)) {
      const own = ownValues(state.baseline, sign, live)
      const earlier = state.measured.map(({ at, values }) => ({ atMs: Date.parse(at), values }))
      const judged = interpret({ [sign]: live.value }, limits, own, { atMs: live.atMs, earlier }).signs[sign]
      const ageMs = Math.max(0, nowMs - live.atMs)
      const goodForMs = handGoodForMs === undefined ? undefined : defaultAlarmConfig.staleMs[sign]
      const questionable = live.quality === 'questionable'
      const source = { by: 'monitor', device: live.device, questionable } as const
      return aged({ sign, ...judged, atMs: live.atMs, ageMs, stale: false, source }, goodForMs)
    }
    if (!reading || handAtMs === undefined) {
      const reason = `${vitalSignNames[sign].name}: not measured yet`
      return {
        sign,
        state: 'unknown',
        value: null,
        reason,
        rules: [],
        atMs: undefined,
        ageMs: undefined,
        stale: false,
        source: undefined,
      }
    }
    const judged = judgeReading(state, reading, limits).signs[sign]
    const source = { by: 'hand', eventId: reading.eventId, accountId: reading.by } as const
    const ageMs = Math.max(0, nowMs - handAtMs)
    return aged({ sign, ...judged, atMs: handAtMs, ageMs, stale: false, source }, handGoodForMs)
  })
}

/** What a monitor's value is compared with: the person's own values after the start of the dose, before it the value itself. */
function ownValues(baseline: SessionState['baseline'], sign: VitalSign, live: LiveValue): Reading | null {
  if (typeof baseline?.values[sign] !== 'number') return null
  const since = baseline.comparedAfter
  return since && live.atMs > Date.parse(since) ? baseline.values : { [sign]: live.value }
}

/** What is too old, or doubted by its device, is not called within limits. */
function aged(value: NewestValue, goodForMs: number | undefined): NewestValue {
  const stale = goodForMs !== undefined && (value.ageMs ?? 0) > goodForMs
  if (value.state !== 'within') return { ...value, stale }
  if (stale) return { ...value, stale, state: 'unknown', reason: 'unknown: last value too old' }
  if (value.source?.by === 'monitor' && value.source.questionable) {
    return { ...value, stale, state: 'unknown', reason: 'unknown: the monitor itself doubts this value' }
  }
  return { ...value, stale }
}
