import type { Instant } from '../../platform/time.ts'
import { byBedsideTime, type SessionState } from './session.ts'
import { type SessionEvent, type SessionEventId, THE_CLINIC } from './session-event.ts'

/**
 * The correction that a late entry brings with it: once it changes the mg of a stop, the log says so in an entry of the
 * clinic's own, so that whoever reads rows instead of folding them (the results, a printed record) reads the same mg. Pure.
 *
 * @param state what `events` fold to
 * @param nextId the id of the correction, asked for only when there is one
 * @returns undefined while the newest figure on record is the one that counts
 */
export function mgWorkedOutAnew(
  state: SessionState,
  events: readonly SessionEvent[],
  nextId: () => SessionEventId,
  at: Instant,
): SessionEvent | undefined {
  const ended = state.dose?.ended
  const stop = events.find((event) => event.id === ended?.eventId)
  if (!ended || stop?.kind !== 'dose-stopped') return undefined
  const { mgGiven } = ended
  const corrections = [...events]
    .sort(byBedsideTime)
    .flatMap((event) =>
      event.kind === 'correction' && event.data.of === stop.id ? [event.data.figures] : [],
    )
  if ((corrections.at(-1)?.mgGiven ?? stop.data.mgGiven) === mgGiven) return undefined
  const byHand = corrections.some(({ mgComputed }) => !mgComputed)
  return {
    id: nextId(),
    kind: 'correction',
    at,
    by: THE_CLINIC,
    data: {
      of: stop.id,
      figures: byHand ? { mgGiven } : { mgGiven, computedMg: mgGiven, mgComputed: true },
    },
    words: {
      reason: byHand
        ? `${mgGiven} mg, as somebody read them, count; that correction arrived late.`
        : `${mgGiven} mg by rate and times, worked out anew: an entry for before the stop arrived after it.`,
    },
  }
}
