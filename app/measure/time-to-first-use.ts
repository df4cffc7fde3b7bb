import type { Used } from '../follow-up/index.ts'
import type { PersonId } from '../platform/ids.ts'
import { daysBetween, type LocalDate } from '../platform/time.ts'
import { FOLLOW_UP_DAYS, STILL_FOLLOWED_DAYS } from './definitions.ts'

/** What is known of people who had a first dose: local days of the clinic. */
export type OutcomeFacts = {
  /** The day on which the data is looked at. */
  readonly today: LocalDate
  readonly firstDoses: readonly { readonly personId: PersonId; readonly day: LocalDate }[]
  /** Those that count (a corrected one does not), in any order. */
  readonly checkIns: readonly {
    readonly personId: PersonId
    readonly forDate: LocalDate
    readonly used: Used
  }[]
}

/** Why somebody is no longer counted although they did not use as far as we know. */
export type CensoredWhy = 'still-followed' | 'stopped-answering' | 'never-answered' | 'end-of-follow-up'

export type FirstUseRow = {
  readonly personId: PersonId
  /** From the day of the first dose; 0 when no check-in after it answered. */
  readonly days: number
  readonly event: boolean
  /** null when the event happened. */
  readonly censoredWhy: CensoredWhy | null
}

/**
 * One row for each person with a first dose, by the definition "time-to-first-use": days until the first check-in that
 * says yes, or until the last one that answered. See `definitions.ts` for the words.
 *
 * Cost: one pass over the check-ins.
 */
export function timeToFirstUse({ today, firstDoses, checkIns }: OutcomeFacts): FirstUseRow[] {
  const start = new Map(firstDoses.map(({ personId, day }) => [personId, day]))
  const firstYes = new Map<PersonId, number>()
  const lastAnswer = new Map<PersonId, number>()
  for (const { personId, forDate, used } of checkIns) {
    const from = start.get(personId)
    if (from === undefined || used === 'unknown') continue
    const day = daysBetween(from, forDate)
    if (day < 1 || day > FOLLOW_UP_DAYS) continue
    if (day > (lastAnswer.get(personId) ?? 0)) lastAnswer.set(personId, day)
    if (used === 'yes' && day < (firstYes.get(personId) ?? Number.POSITIVE_INFINITY))
      firstYes.set(personId, day)
  }
  return firstDoses
    .filter(({ day }) => day <= today)
    .map(({ personId, day }) => {
      const yes = firstYes.get(personId)
      if (yes !== undefined) return { personId, days: yes, event: true, censoredWhy: null }
      const last = lastAnswer.get(personId)
      return {
        personId,
        days: last ?? 0,
        event: false,
        censoredWhy: whyCensored(last, daysBetween(day, today)),
      }
    })
}

function whyCensored(lastAnswer: number | undefined, daysSoFar: number): CensoredWhy {
  const expected = Math.min(daysSoFar, FOLLOW_UP_DAYS)
  if (lastAnswer === undefined) return daysSoFar <= STILL_FOLLOWED_DAYS ? 'still-followed' : 'never-answered'
  if (expected - lastAnswer > STILL_FOLLOWED_DAYS) return 'stopped-answering'
  return daysSoFar > FOLLOW_UP_DAYS ? 'end-of-follow-up' : 'still-followed'
}
