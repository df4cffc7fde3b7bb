import type { Instant } from '../../platform/time.ts'

/** How far a dosing visit has come at the bedside, as far as that has told. */
export type VisitCourse = 'not-begun' | 'open' | 'ended-without-dose' | 'dosed'

/** A visit's state in a word, by how far it has come at the bedside. */
export const COURSE_CHIPS = {
  open: { state: 'calm', word: 'under way' },
  dosed: { state: 'calm', word: 'dose given' },
  'ended-without-dose': { state: 'due', word: 'ended without a dose' },
} as const

export type CourseRefusal = 'already-over' | 'already-dosed' | 'session-open' | 'session-ended'

/**
 * Why a visit may not be moved or cancelled, by how far it has come. With a dose it stays as it is: nobody may book its
 * session once more. An open session is ended at the bedside first; after that, without a dose, the visit is cancelled,
 * also when its time is over, and its session can be booked anew. It is not moved, since a visit has one session.
 *
 * @param visit when it ends, and how far it has come
 * @returns undefined when it may be
 */
export function courseRefusal(
  { endsAt, course }: { readonly endsAt: Instant; readonly course: VisitCourse },
  change: 'move' | 'cancel',
  at: Instant,
): CourseRefusal | undefined {
  if (course === 'dosed') return endsAt <= at ? 'already-over' : 'already-dosed'
  if (course === 'ended-without-dose') return change === 'move' ? 'session-ended' : undefined
  if (course === 'open') return 'session-open'
  return endsAt <= at ? 'already-over' : undefined
}
