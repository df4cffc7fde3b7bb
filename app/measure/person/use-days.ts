import { alcoholGrams, currentDays, type DayRecord, dayInWords, drinksOfGrams } from '../../assess/index.ts'
import { type CheckIn, dayStates } from '../../follow-up/index.ts'
import { addDays, daysBetween, type LocalDate } from '../../platform/time.ts'

/** Days shown before the first dose, or up to today while there is none. */
const BEFORE_DAYS = 90

/** One day and what each of the two tellings says of it. */
export type UseDay = {
  readonly day: LocalDate
  readonly sinceFirstDose: number | undefined
  /** By definition `use-days-of-a-person`: use counts where the tellings differ. */
  readonly state: 'use' | 'no-use' | 'not-told'
  readonly checkIn: 'use' | 'no-use' | undefined
  /** `unsure`: looked at, and not known. */
  readonly calendar: 'use' | 'no-use' | 'unsure' | undefined
  readonly differ: boolean
  /** Standard drinks as the calendar has them; undefined when there was no alcohol or its amount is not known. */
  readonly drinks: number | undefined
  /** The calendar's telling in words: "3 drinks (42 g)". */
  readonly told: string | undefined
  /** Numbers of the sessions of this day in which a dose was begun. */
  readonly sessions: readonly number[]
}

/** What the days of a span say together. */
export type UseFinding = {
  readonly from: LocalDate
  readonly to: LocalDate
  readonly days: number
  readonly use: number
  readonly noUse: number
  readonly notTold: number
  readonly differ: number
  /** Days in a row that are told to be without use; 0 when there are none. */
  readonly longestNoUse: number
}

/**
 * Every day of a person's use calendar, oldest first, from 90 days before the first dose to today.
 *
 * @param checkIns those that count (`currentCheckIns`), oldest first
 * @param records every telling of the use calendar; the newest of each day holds
 * @param gramsPerDrink the clinic's standard drink, in which amounts are shown
 */
export function daysOfUse(
  {
    checkIns,
    records,
    doses,
  }: {
    readonly checkIns: readonly Pick<CheckIn, 'forDate' | 'used'>[]
    readonly records: readonly DayRecord[]
    readonly doses: readonly { readonly day: LocalDate; readonly sessionNumber: number }[]
  },
  today: LocalDate,
  gramsPerDrink: number,
): UseDay[] {
  const calendar = currentDays(records)
  const firstDose = doses
    .map(({ day }) => day)
    .sort()
    .at(0)
  const todayIsTold = calendar.has(today) || checkIns.some(({ forDate }) => forDate === today)
  const to = todayIsTold || doses.some(({ day }) => day === today) ? today : addDays(today, -1)
  const from = addDays(firstDose ?? addDays(to, 1), -BEFORE_DAYS)
  return dayStates(checkIns, from, to).map(({ day, state: byCheckIns }): UseDay => {
    const told = calendar.get(day)
    const checkIn = byCheckIns === 'used' ? 'use' : byCheckIns === 'kept' ? 'no-use' : undefined
    const byCalendar = told && ({ used: 'use', none: 'no-use', unknown: 'unsure' } as const)[told.state]
    const said = [checkIn, byCalendar]
    const grams = byCalendar === 'use' ? alcoholGrams(told) : null
    return {
      day,
      sinceFirstDose: firstDose && daysBetween(firstDose, day),
      state: said.includes('use') ? 'use' : said.includes('no-use') ? 'no-use' : 'not-told',
      checkIn,
      calendar: byCalendar,
      differ: said.includes('use') && said.includes('no-use'),
      drinks: grams ? drinksOfGrams(grams, gramsPerDrink) : undefined,
      told: told && dayInWords(told, gramsPerDrink),
      sessions: doses.filter((dose) => dose.day === day).map(({ sessionNumber }) => sessionNumber),
    }
  })
}

/** @returns undefined when there are no days */
export function findingOf(days: readonly UseDay[]): UseFinding | undefined {
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return undefined
  const count = (wanted: UseDay['state']) => days.filter(({ state }) => state === wanted).length
  let run = 0
  let longest = 0
  for (const { state } of days) {
    run = state === 'no-use' ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return {
    from: first.day,
    to: last.day,
    days: days.length,
    use: count('use'),
    noUse: count('no-use'),
    notTold: count('not-told'),
    differ: days.filter(({ differ }) => differ).length,
    longestNoUse: longest,
  }
}

/** The days before the first dose, and those from its day on; without a dose all are "before". */
export function beforeAndSince(days: readonly UseDay[]): {
  readonly before: readonly UseDay[]
  readonly since: readonly UseDay[]
} {
  const at = days.findIndex(({ sinceFirstDose }) => sinceFirstDose === 0)
  return at < 0 ? { before: days, since: [] } : { before: days.slice(0, at), since: days.slice(at) }
}

/** "41 of 90 days told; use on 6, no use on 35; the longest stretch of told days without use is 17." */
export function findingInWords({ days, use, noUse, longestNoUse, differ }: UseFinding): string {
  const told = use + noUse
  const sentence =
    told === 0
      ? `none of ${days} ${days === 1 ? 'day' : 'days'} told`
      : `${told} of ${days} ${days === 1 ? 'day' : 'days'} told; use on ${use}, no use on ${noUse}; the longest stretch of told days without use is ${longestNoUse}`
  const apart =
    differ === 0 ? '' : `; on ${differ} ${differ === 1 ? 'day' : 'days'} check-in and calendar differ`
  return `${sentence}${apart}.`
}

/** How strongly a day is shaded, by standard drinks; the figure and the frame say the same without colour. */
export function shadeOf({ state, drinks }: UseDay): 'no-number' | 'to-2' | 'to-5' | 'above-5' | undefined {
  if (state !== 'use') return undefined
  // Another substance, or an amount that was not told.
  if (drinks === undefined) return 'no-number'
  return drinks <= 2 ? 'to-2' : drinks <= 5 ? 'to-5' : 'above-5'
}
