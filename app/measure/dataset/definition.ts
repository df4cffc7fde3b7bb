import { LAST_ASKED_DAY } from '../../follow-up/index.ts'

/** Where a definition comes from. What we made ourselves says so. */
export type DefinitionSource =
  | { readonly kind: 'own'; readonly words: string }
  | { readonly kind: 'paper'; readonly words: string }
  | { readonly kind: 'instrument'; readonly words: string }

/**
 * What a figure counts, in words that are printed with it. Change what is counted and the version rises; figures of
 * different versions are not compared.
 */
export type Definition = {
  /** Kept for ever: printed, downloaded and stored beside figures. */
  readonly id: string
  readonly version: number
  readonly name: string
  /** In plain words: from when, of whom, what counts, what becomes of missing answers. */
  readonly text: string
  readonly source: DefinitionSource
  readonly unit:
    | 'days'
    | 'share of people'
    | 'percent of days'
    | 'points'
    | 'share of sessions'
    | 'weeks'
    | 'none'
  /** Which way is better for a person; "neither" for what only says how a figure is made. */
  readonly direction: 'more-is-better' | 'less-is-better' | 'neither'
}

/** Days after the first dose (day 0) at which follow-up ends. */
export const FOLLOW_UP_DAYS = 365
/** Somebody whose last known day is no older than this still counts as being followed. */
export const STILL_FOLLOWED_DAYS = 14
/** Days up to and including the day of a point outcome whose check-ins and calendar days speak for it. */
export const POINT_WINDOW_DAYS = 7
/** Days after the first dose at which states and shares are told. */
export const POINT_DAYS = [28, 90, 180, 365] as const
export type PointDay = (typeof POINT_DAYS)[number]
/** The one of them that is told where only one is. */
export const POINT_DAY = 90
/** Days in a row without use that make a later use a lapse. */
export const LAPSE_AFTER_DAYS = 7
/** Relapse: so many days in a row with use … */
export const RELAPSE_DAYS_IN_A_ROW = 7
/** … or so many weeks in a row with a day of use in each. */
export const RELAPSE_WEEKS_IN_A_ROW = 4
/** A "no" in a check-in speaks for the days since the one before, but for no more than these. */
export const NO_SPEAKS_FOR_DAYS = 14
/** Without a dose or a check-in for longer than this somebody has left. */
export const LEFT_AFTER_DAYS = 28
/**
 * The last day of which losing touch can be judged: after it nobody is asked long enough for so much silence to be seen, and
 * who went on answering to the end would count as having left.
 */
export const LEAVING_JUDGED_UNTIL = LAST_ASKED_DAY - LEFT_AFTER_DAYS
/** Point days on which being in touch can be told. */
export const RETENTION_DAYS: readonly PointDay[] = POINT_DAYS.filter((day) => day <= LEAVING_JUDGED_UNTIL)
/** The share of days that must be known before somebody is said to have been without use all along. */
export const CONTINUOUS_KNOWN_SHARE = 0.9
/** Days after the last dose in which the first finished result speaks for after treatment. */
export const RESULT_WINDOW_DAYS = 28
/** With fewer people than this there is no curve. */
export const FEWEST_FOR_A_CURVE = 10
