import type { CourseStretch, Protocol, SpacingWindow } from './protocol.ts'

/**
 * How many sessions one plan by this protocol holds: those of every stretch whose number is known. An open-ended
 * stretch counts the sessions before its next review.
 */
export function plannedSessions(protocol: Pick<Protocol, 'course'>): number {
  return protocol.course.reduce((sum, stretch) => sum + (stretch.sessions.value ?? 0), 0)
}

/** The stretch a session belongs to, and its number within it (from 1); the last stretch for any beyond. */
function stretchOf(
  protocol: Pick<Protocol, 'course'>,
  sessionNumber: number,
): { readonly stretch: CourseStretch; readonly within: number } {
  let before = 0
  for (const stretch of protocol.course) {
    const count = stretch.sessions.value ?? 0
    if (sessionNumber <= before + count) return { stretch, within: sessionNumber - before }
    before += count
  }
  const last = protocol.course.at(-1)
  if (!last) throw new Error('a protocol without a course has no sessions')
  return { stretch: last, within: sessionNumber - before + (last.sessions.value ?? 0) }
}

/**
 * The days that may lie between session `sessionNumber - 1` and session `sessionNumber`.
 *
 * @param sessionNumber from 2; the first session follows none
 * @returns undefined for the first session, and where the protocol says nothing (one session, or not known)
 * @example spacingBefore(audKare, 2) // { earliestDays: 6, targetDays: 7, latestDays: 10, origin: 'default' }
 */
export function spacingBefore(
  protocol: Pick<Protocol, 'course'>,
  sessionNumber: number,
): SpacingWindow | undefined {
  if (sessionNumber < 2) return undefined
  const { stretch, within } = stretchOf(protocol, sessionNumber)
  if (!stretch.spacing) return undefined
  const turns = stretch.targetsInTurn
  const target = turns.length === 0 ? undefined : turns[(within - 1) % turns.length]
  return target === undefined ? stretch.spacing : { ...stretch.spacing, targetDays: target }
}

/**
 * Fewest calendar days between the person's last dose, of whichever plan, and this session. Where the protocol gives the
 * session no days of its own (the first one, or not known), its smallest number holds; nobody is dosed twice in a day.
 *
 * @param sessionNumber from 1
 * @returns whole days, at least 1 where the session has no window
 * @example earliestDaysSinceDose(audKare, 1) // 6
 */
export function earliestDaysSinceDose(protocol: Pick<Protocol, 'course'>, sessionNumber: number): number {
  const own = spacingBefore(protocol, sessionNumber)
  if (own) return own.earliestDays
  const known = protocol.course.flatMap(({ spacing }) => spacing?.earliestDays ?? [])
  return known.length === 0 ? 1 : Math.max(1, Math.min(...known))
}
