import { type Reading, type VitalSign, vitalSigns } from '@evenkeel/vital-signs'
import type { Instant } from '../../platform/time.ts'
import type { SessionReading } from './session.ts'
import type { SessionEventId } from './session-event.ts'

/** A sign as it was last measured, and by which entry. */
export type SignTaken = {
  readonly sign: VitalSign
  readonly value: number
  readonly at: Instant
  readonly eventId: SessionEventId
}

/**
 * The person's own values before the dose, sign by sign: a reading that left something out takes nothing away from the one
 * before it.
 */
export type Baseline = {
  readonly values: Reading
  /** Where each known value comes from, in the order of the signs; at least one. */
  readonly signs: readonly SignTaken[]
  /** Entries that it rests on, each once. */
  readonly eventIds: readonly SessionEventId[]
  /** When the newest of its values was measured. */
  readonly at: Instant
  /** What was measured after this instant is compared with it: the start of the dose. Undefined before a dose. */
  readonly comparedAfter: Instant | undefined
}

/** Each sign as it was last measured, those never measured left out. */
export function signsTaken(measured: readonly SessionReading[]): SignTaken[] {
  return vitalSigns.flatMap((sign) => {
    const last = measured.findLast(({ values }) => typeof values[sign] === 'number')
    return last ? [{ sign, value: last.values[sign] as number, at: last.at, eventId: last.eventId }] : []
  })
}

/**
 * The newest known value of each sign at or before the start of the dose; before a dose, of everything measured so far.
 *
 * @param measured by bedside time, oldest first
 * @returns undefined while nothing was measured
 */
export function baselineOf(
  measured: readonly SessionReading[],
  startedAt: Instant | undefined,
): Baseline | undefined {
  const signs = signsTaken(measured.filter(({ at }) => !startedAt || at <= startedAt))
  if (signs.length === 0) return undefined
  return {
    values: Object.fromEntries(signs.map(({ sign, value }) => [sign, value])),
    signs,
    eventIds: [...new Set(signs.map(({ eventId }) => eventId))],
    at: signs.map(({ at }) => at).reduce((newest, at) => (at > newest ? at : newest)),
    comparedAfter: startedAt,
  }
}
