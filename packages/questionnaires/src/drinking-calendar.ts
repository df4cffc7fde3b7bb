import { dayNumber } from './calendar-date.ts'
import type { ScoringContext } from './response.ts'
import { roundHalfUp } from './rounding.ts'

/** One day of a drinking calendar. A day without drinks and grams is a day nobody knows about. */
type CalendarDay = {
  readonly day: number
  readonly drinks: number | null
  readonly grams: number | null
  readonly drugs: readonly string[]
}

type ObservedDay = {
  readonly day: number
  readonly drinks: number
  readonly grams: number
  readonly drugs: readonly string[]
}

/** Grams of pure alcohol in a standard drink when the context does not say (United States). */
const GRAMS_PER_DRINK = 14
const NOT_COUNTED_AS_DRUGS: readonly string[] = ['alcohol', 'nicotine']

function amount(value: unknown): number | null | undefined {
  if (value === undefined || value === null) return null
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

/** Reads the days of a calendar in order of date, or null when one of them does not fit or stands twice. */
export function readCalendar(answer: unknown): readonly CalendarDay[] | null {
  if (!Array.isArray(answer)) return null
  const days: CalendarDay[] = []
  const seen = new Set<number>()
  for (const entry of answer as readonly unknown[]) {
    if (typeof entry !== 'object' || entry === null) return null
    const record = entry as Record<string, unknown>
    const day = dayNumber(record.date)
    const drinks = amount(record.drinks)
    const grams = amount(record.grams)
    const drugs = record.drugs ?? []
    if (day === null || seen.has(day) || drinks === undefined || grams === undefined) return null
    if (!Array.isArray(drugs) || drugs.some((drug) => typeof drug !== 'string')) return null
    seen.add(day)
    const known = record.missing !== true
    days.push({ day, drinks: known ? drinks : null, grams: known ? grams : null, drugs })
  }
  return days.sort((a, b) => a.day - b.day)
}

function observedDays(days: readonly CalendarDay[], gramsPerDrink: number): ObservedDay[] {
  return days.flatMap(({ day, drinks, grams, drugs }) => {
    if (drinks === null && grams === null) return []
    const gramsDrunk = grams ?? (drinks as number) * gramsPerDrink
    return [{ day, drinks: drinks ?? gramsDrunk / gramsPerDrink, grams: gramsDrunk, drugs }]
  })
}

/** The longest run of abstinent days on consecutive dates. A day that is missing breaks the run. */
function longestStreak(observed: readonly ObservedDay[]): number {
  let longest = 0
  let run = 0
  let previous = Number.NaN
  for (const { day, grams } of observed) {
    run = grams > 0 ? 0 : day === previous + 1 ? run + 1 : 1
    previous = day
    if (run > longest) longest = run
  }
  return longest
}

/** Drinking level 0 (abstinent) to 4 (very high) by mean grams per day, WHO limits; each limit belongs to the lower level. */
function drinkingLevel(gramsPerDay: number, male: boolean): number {
  const limits = male ? [0, 40, 60, 100] : [0, 20, 40, 60]
  const level = limits.findIndex((limit) => gramsPerDay <= limit)
  return level === -1 ? limits.length : level
}

const UNKNOWN_METRICS = {
  abstinentDays: null,
  drinkingDays: null,
  pda: null,
  hdd: null,
  phdd: null,
  drinksPerDay: null,
  drinksPerDrinkingDay: null,
  gramsPerDay: null,
  whoLevel: null,
  longestAbstinentStreak: null,
  daysToFirstDrink: null,
  daysToFirstHeavyDay: null,
  anyDrugDays: null,
  pctDrugFreeDays: null,
  noHeavyDrinkingDays: null,
}

/**
 * Timeline-follow-back figures of a drinking calendar.
 *
 * Rates are over observed days. A missing day, listed or left out between two dates, is never abstinent. A heavy day is
 * 5 drinks or more (men) or 4 (women, and when sex is not known) by the NIAAA rule, above 60 or 40 g by the EMA rule.
 *
 * @param context `sex`, `gramsPerDrink` (14 when not given), `heavyRule` `NIAAA` (default) or `EMA`
 */
export function calendarMetrics(
  days: readonly CalendarDay[],
  context: ScoringContext,
): Record<string, number | boolean | null> {
  const male = context.sex === 'male'
  const given = context.gramsPerDrink
  const gramsPerDrink = typeof given === 'number' && given > 0 ? given : GRAMS_PER_DRINK
  const observed = observedDays(days, gramsPerDrink)
  const first = days[0]
  const last = days.at(-1)
  const missingDays = first && last ? last.day - first.day + 1 - observed.length : 0
  if (first === undefined || observed.length === 0)
    return { observedDays: 0, missingDays, ...UNKNOWN_METRICS }

  const isHeavy = (day: ObservedDay) =>
    context.heavyRule === 'EMA' ? day.grams > (male ? 60 : 40) : day.drinks >= (male ? 5 : 4)
  const count = observed.length
  const percent = (part: number) => roundHalfUp((100 * part) / count, 1)
  const drinking = observed.filter((day) => day.grams > 0)
  const heavy = observed.filter(isHeavy)
  const drinks = observed.reduce((total, day) => total + day.drinks, 0)
  const gramsPerDay = observed.reduce((total, day) => total + day.grams, 0) / count
  const drugDays = observed.filter((day) => day.drugs.some((drug) => !NOT_COUNTED_AS_DRUGS.includes(drug)))
  const dayInPeriod = (day: ObservedDay | undefined) => (day === undefined ? null : day.day - first.day + 1)
  return {
    observedDays: count,
    missingDays,
    abstinentDays: count - drinking.length,
    drinkingDays: drinking.length,
    pda: percent(count - drinking.length),
    hdd: heavy.length,
    phdd: percent(heavy.length),
    drinksPerDay: roundHalfUp(drinks / count, 2),
    drinksPerDrinkingDay: drinking.length === 0 ? null : roundHalfUp(drinks / drinking.length, 2),
    gramsPerDay: roundHalfUp(gramsPerDay, 1),
    whoLevel: drinkingLevel(roundHalfUp(gramsPerDay, 1), male),
    longestAbstinentStreak: longestStreak(observed),
    daysToFirstDrink: dayInPeriod(drinking[0]),
    daysToFirstHeavyDay: dayInPeriod(heavy[0]),
    anyDrugDays: drugDays.length,
    pctDrugFreeDays: percent(count - drugDays.length),
    noHeavyDrinkingDays: heavy.length > 0 ? false : missingDays > 0 ? null : true,
  }
}
