import type { PersonId } from '../../platform/ids.ts'
import type { PointDay } from './definition.ts'

/** Why somebody is no longer counted although nothing happened as far as we know. */
export type CensoredWhy = 'still-followed' | 'stopped-answering' | 'never-answered' | 'end-of-follow-up'

/** Why somebody who has not left is counted no further. */
export type StillHereWhy = 'still-here' | 'end-of-asking'

/** Outcomes that take time to come: what is counted stands under the same id in `definitions.ts`. */
export type TimedOutcome = 'time-to-first-use' | 'time-to-lapse' | 'time-to-relapse' | 'time-to-leaving'

/**
 * One person in a time to event. `days` counts from the definition's day 0 (the first dose; for a lapse the seventh
 * known day in a row without use).
 */
export type EventRow<Why extends string = CensoredWhy> = {
  readonly personId: PersonId
  readonly days: number
  readonly event: boolean
  /** null when the event happened. */
  readonly censoredWhy: Why | null
}

export type FirstUseRow = EventRow

/** Several people who share day, event and reason: what a figure needs, whoever they are. */
export type EventCount<Why extends string = string> = {
  readonly days: number
  readonly event: boolean
  readonly censoredWhy: Why | null
  readonly people: number
}

/** What is known of one person at one day; "missing" is neither use nor no use. */
export type PointState = 'no-use' | 'use' | 'missing'

export type PointRow = { readonly personId: PersonId; readonly state: PointState }

/** The days from day 1 to a point day of one person. The three add up to the point day. */
export type DayCountRow = {
  readonly personId: PersonId
  readonly at: PointDay
  readonly noUseDays: number
  readonly useDays: number
  readonly unknownDays: number
}

/** Whether somebody was still in touch with us at a point day. */
export type RetentionRow = { readonly personId: PersonId; readonly state: 'here' | 'left' }

/** A result of one instrument before the first dose beside the first one after the last. */
export type ChangeRow = {
  readonly personId: PersonId
  readonly instrumentId: string
  /** `compared`: both values are there and stand on one line. Every other state says why there is no comparison. */
  readonly state: 'compared' | 'not-yet' | 'no-baseline' | 'no-result' | 'other-edition'
  /** Points of the instrument's main score; null when not known. */
  readonly before: number | null
  readonly after: number | null
}

/** What was noted in one session in which a dose was begun. */
export type SessionRow = {
  readonly personId: PersonId
  readonly sessionId: string
  /** Days after the person's first dose. */
  readonly day: number
  /** 1 for the person's first dose. */
  readonly doseNumber: number
  /** As recorded at the end; null when nobody recorded it. */
  readonly mgGiven: number | null
  /** An entry of this topic stands in the log. Without one nobody noted it, which is not "did not have it". */
  readonly nauseaNoted: boolean
  readonly distressNoted: boolean
  /** The infusion was stopped before its end. */
  readonly stoppedEarly: boolean
  /** Let go by a second clinician although something was not met or not known. */
  readonly leftByOverride: boolean
}
