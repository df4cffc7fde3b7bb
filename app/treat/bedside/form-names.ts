import type { AlarmLife, Care } from '../session/care.ts'
import { CALL_TO, COMFORT_MEASURES, SCALES } from '../session/session-event.ts'

/**
 * Forms around the dose, by name: each gets its own key, so that one form sent twice is one entry. Several forms of one
 * intent have several names.
 */
const CARE_FORM_NAMES: readonly string[] = [
  'bar-stop',
  'bar-pause',
  'bar-resume',
  ...CALL_TO.flatMap((to) => [`bar-call-${to}-yes`, `bar-call-${to}-no`]),
  ...Object.keys(SCALES).flatMap((scale) => [`scale-${scale}-due`, `scale-${scale}-any`]),
  ...COMFORT_MEASURES.map((measure) => `comfort-${measure}`),
  'music',
  'sitter-me',
  'sitter-in',
  'access',
  'medicine',
  'call',
  'adverse',
  'offer',
  'take-offer',
  'take-watch',
]

/** Names of every form around the dose that a page may draw for this session as it stands. */
export function careFormNames(care: Pick<Care, 'access' | 'sitters' | 'adverseEvents' | 'alarms'>): string[] {
  return [
    ...CARE_FORM_NAMES,
    ...care.access.flatMap(({ eventId }) => [
      `access-removed-${eventId}-yes`,
      `access-removed-${eventId}-no`,
    ]),
    ...care.sitters.map(({ eventId }) => `sitter-out-${eventId}`),
    ...care.adverseEvents.map(({ eventId }) => `followed-${eventId}`),
    ...care.alarms.map(({ alarmId }: AlarmLife) => `acknowledge-${alarmId}`),
  ]
}
