import type { Id, PersonId } from '../../platform/ids.ts'
import { type Instant, type LocalDate, localDateOf, timeInWords } from '../../platform/time.ts'
import type { AppointmentId } from '../plan.ts'

export type WishId = Id<'waiting-wish'>

/** Somebody who would take a time that becomes free. */
export type WaitingWish = {
  readonly id: WishId
  readonly personId: PersonId
  readonly typeCode: string
  /** Their own visit that would move; undefined when a new one would be booked. */
  readonly appointmentId: AppointmentId | undefined
  readonly earliest: LocalDate
  readonly latest: LocalDate
  /** 0 is Sunday; empty: any day. */
  readonly weekdays: readonly number[]
  /** On the clinic's clock. */
  readonly fromTime: string
  readonly untilTime: string
  readonly enteredAt: Instant
}

/** A time that became free. */
export type FreedTime = {
  readonly typeCode: string
  readonly startsAt: Instant
  readonly endsAt: Instant
}

/**
 * Who fits a freed time, longest waiting first.
 *
 * @param keepsRules whether the spacing of their treatment and the diary allow it: asked only of those whose wish fits
 */
export function fitting(
  wishes: readonly WaitingWish[],
  freed: FreedTime,
  timeZone: string,
  keepsRules: (wish: WaitingWish) => boolean,
): WaitingWish[] {
  return wishes
    .filter((wish) => wantsTime(wish, freed, timeZone) && keepsRules(wish))
    .sort((a, b) => a.enteredAt.localeCompare(b.enteredAt) || a.id.localeCompare(b.id))
}

/** Whether a freed time is of the kind, on a day and at an hour that somebody wants. */
export function wantsTime(wish: WaitingWish, freed: FreedTime, timeZone: string): boolean {
  const day = localDateOf(freed.startsAt, timeZone)
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
  return (
    wish.typeCode === freed.typeCode &&
    day >= wish.earliest &&
    day <= wish.latest &&
    (wish.weekdays.length === 0 || wish.weekdays.includes(weekday)) &&
    timeInWords(freed.startsAt, timeZone) >= wish.fromTime &&
    localDateOf(freed.endsAt, timeZone) === day &&
    timeInWords(freed.endsAt, timeZone) <= wish.untilTime
  )
}
