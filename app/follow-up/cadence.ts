import { daysBetween, type LocalDate } from '../platform/time.ts'

/**
 * When somebody is asked how they are: every day for 28 days after the first session, then twice a week until day 90,
 * then once a week until day 365. The day of the first session is day 0; nobody is asked on it.
 */
export const CADENCE = { dailyUntil: 28, twiceWeeklyUntil: 90, weeklyUntil: 365 } as const

/** The last day on which anybody is asked. */
export const LAST_ASKED_DAY = Array.from({ length: CADENCE.weeklyUntil + 1 }, (_, day) => day).findLast(
  isAskedOn,
)!

/** Invitations end after this many in a row that nobody answered. */
const UNANSWERED_UNTIL_STOP = 6

/** @param day whole days since the day of the first session */
export function isAskedOn(day: number): boolean {
  if (day < 1 || day > CADENCE.weeklyUntil) return false
  if (day <= CADENCE.dailyUntil) return true
  // Every third and then fourth day: two in each seven. Later the first of the two goes on alone.
  const ofSeven = (day - CADENCE.dailyUntil) % 7
  return ofSeven === 3 || (ofSeven === 0 && day <= CADENCE.twiceWeeklyUntil)
}

/**
 * How many of the last invitations went unanswered in a row. An invitation counts as answered by any check-in from its
 * day until the next invitation; today's is not counted yet.
 *
 * @param invitations days, ascending
 * @param checkIns days with a check-in
 */
export function unansweredInARow(
  invitations: readonly LocalDate[],
  checkIns: readonly LocalDate[],
  today: LocalDate,
): number {
  const latest = checkIns.reduce<LocalDate | undefined>(
    (a, b) => (a === undefined || b > a ? b : a),
    undefined,
  )
  return invitations.filter((day) => day < today && (latest === undefined || day > latest)).length
}

export type InvitationState =
  | { readonly kind: 'due' }
  | { readonly kind: 'not-today' }
  /** Before the hour of the day at which people are asked, or too late in the evening. */
  | { readonly kind: 'not-now' }
  | { readonly kind: 'invited-already' }
  | { readonly kind: 'answered-already' }
  | { readonly kind: 'person-said-stop' }
  | { readonly kind: 'not-answering'; readonly unanswered: number }
  | { readonly kind: 'not-started' }
  | { readonly kind: 'finished' }

/** Invitations go out at nine, and not after eight in the evening when the clinic's machine was off until then. */
const ASKED_FROM_HOUR = 9
const ASKED_UNTIL_HOUR = 20

/**
 * Whether somebody is to be invited now.
 *
 * | first session | said stop | unanswered in a row | day of the cadence | state |
 * |---|---|---|---|---|
 * | none | | | | not-started |
 * | yes | | | after day 365 | finished |
 * | yes | yes | | | person-said-stop |
 * | yes | no | 6 or more | | not-answering |
 * | yes | no | fewer | no | not-today |
 * | yes | no | fewer | yes | answered-already, invited-already, not-now, due: the first that holds |
 *
 * @param facts `firstDay` is the local day of the first dose; `hour` the local hour, 0 to 23; `invitations` ascending
 */
export function invitationState(facts: {
  readonly firstDay: LocalDate | undefined
  readonly today: LocalDate
  readonly hour: number
  readonly invitations: readonly LocalDate[]
  readonly checkIns: readonly LocalDate[]
  readonly saidStop: boolean
}): InvitationState {
  const { firstDay, today, hour, invitations, checkIns } = facts
  if (firstDay === undefined || firstDay > today) return { kind: 'not-started' }
  const day = daysBetween(firstDay, today)
  if (day > CADENCE.weeklyUntil) return { kind: 'finished' }
  if (facts.saidStop) return { kind: 'person-said-stop' }
  const unanswered = unansweredInARow(invitations, checkIns, today)
  if (unanswered >= UNANSWERED_UNTIL_STOP) return { kind: 'not-answering', unanswered }
  if (!isAskedOn(day)) return { kind: 'not-today' }
  if (checkIns.includes(today)) return { kind: 'answered-already' }
  if (invitations.includes(today)) return { kind: 'invited-already' }
  if (hour < ASKED_FROM_HOUR || hour >= ASKED_UNTIL_HOUR) return { kind: 'not-now' }
  return { kind: 'due' }
}
