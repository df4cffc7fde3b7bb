import type { Reading } from '@evenkeel/vital-signs'
import type { SessionEventData } from './session-event.ts'

/**
 * What a scale says as a reading. MOAA/S is a sign as well as a scale: whoever taps it on the list of scales measured the same
 * as in the fields of a reading, and limits, alarms and the conditions for leaving must hear it.
 *
 * @returns a reading of that sign alone; undefined for another scale, and for one that could not be taken
 */
export function readingOfScale({
  scale,
  score,
}: Pick<SessionEventData['scale'], 'scale' | 'score'>): Reading | undefined {
  return scale === 'moaas' && score !== null ? { moaas: score } : undefined
}
