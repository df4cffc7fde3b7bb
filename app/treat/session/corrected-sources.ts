import type { CorrectedLog } from './session.ts'
import type { SessionEventId } from './session-event.ts'

/** The entries that something rests on, each followed by the correction that its figures come from. */
export function withCorrections(
  eventIds: readonly SessionEventId[],
  correctedBy: CorrectedLog['correctedBy'],
): SessionEventId[] {
  const ids = eventIds.flatMap((id) => {
    const correction = correctedBy.get(id)
    return correction ? [id, correction.id] : [id]
  })
  return [...new Set(ids)]
}
