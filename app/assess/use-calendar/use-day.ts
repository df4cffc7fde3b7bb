import type { PersonId } from '../../platform/ids.ts'
import { addDays, type Instant, type LocalDate } from '../../platform/time.ts'
import { type DrinkLine, drinksOfGrams } from './standard-drink.ts'

/** What a day can hold. Codes are those of the check-in where it has them, and what the drug-use figures count. */
export const SUBSTANCES = [
  { code: 'alcohol', label: 'Alcohol' },
  { code: 'nicotine', label: 'Nicotine' },
  { code: 'cannabis', label: 'Cannabis' },
  { code: 'cocaine', label: 'Cocaine or crack' },
  { code: 'methamphetamine', label: 'Methamphetamine or other stimulants' },
  { code: 'opioids', label: 'Heroin, fentanyl or other opioids' },
  { code: 'sedatives', label: 'Benzodiazepines or sleeping pills' },
  { code: 'ketamine', label: 'Ketamine outside treatment' },
  { code: 'other', label: 'Something else' },
] as const
export type SubstanceCode = (typeof SUBSTANCES)[number]['code']

export const AMOUNT_UNITS = ['times', 'g', 'mg', 'pills', 'joints', 'cigarettes', 'lines', 'mL'] as const
type AmountUnit = (typeof AMOUNT_UNITS)[number]

/** One substance on one day. A null amount was used, but how much is not known. */
export type UseEntry =
  | {
      readonly substance: 'alcohol'
      readonly grams: number | null
      /** As it was told: drinks by kind, or none when a number of standard drinks was given. */
      readonly drinks: readonly DrinkLine[]
    }
  | {
      readonly substance: Exclude<SubstanceCode, 'alcohol'>
      readonly amount: number | null
      readonly unit: AmountUnit | null
    }

/** `none`: no use, told as such. `unknown`: somebody looked at the day and does not know. */
export type DayState = 'none' | 'used' | 'unknown'

export type ToldDay = { readonly state: DayState; readonly entries: readonly UseEntry[] }

/** One day as it was told once; the highest revision of a day holds, the others stay readable. */
export type DayRecord = ToldDay & {
  readonly personId: PersonId
  readonly day: LocalDate
  readonly revision: number
  readonly gramsPerDrink: number
  /** The person alone, or somebody of the staff together with the person. */
  readonly saidBy: 'person' | 'with-staff'
  /** Account id. */
  readonly toldBy: string
  readonly toldAt: Instant
  readonly timeZone: string
}

/** The newest revision of each day. A day that is not in it has not been told: unknown, never "no use". */
export type Calendar = ReadonlyMap<LocalDate, DayRecord>

export function currentDays(records: readonly DayRecord[]): Calendar {
  const days = new Map<LocalDate, DayRecord>()
  for (const record of records) {
    if ((days.get(record.day)?.revision ?? 0) < record.revision) days.set(record.day, record)
  }
  return days
}

/**
 * The drink in which a day is shown for changing it: the one in which its number was told, so that sending it unchanged
 * says the same after the clinic has changed its drink; else the clinic's present one.
 *
 * @param present grams of pure alcohol in the clinic's standard drink
 */
export function drinkSizeOf(told: DayRecord | undefined, present: number): number {
  const asNumber = told?.entries.some(
    (entry) => entry.substance === 'alcohol' && entry.grams !== null && entry.drinks.length === 0,
  )
  return told && asNumber ? told.gramsPerDrink : present
}

/** How far back a day may be told. Beyond it memory of single days is worth little. */
const FURTHEST_BACK_DAYS = 365

export function earliestDay(today: LocalDate): LocalDate {
  return addDays(today, -FURTHEST_BACK_DAYS)
}

/** Why a day cannot be told; undefined when it can. */
export function whyNotTell(
  day: LocalDate,
  today: LocalDate,
): 'in-the-future' | 'more-than-a-year-ago' | undefined {
  if (day > today) return 'in-the-future'
  return day < earliestDay(today) ? 'more-than-a-year-ago' : undefined
}

/** Whether two tellings of a day say the same. */
export function saysTheSame(a: ToldDay, b: ToldDay): boolean {
  return a.state === b.state && canonical(a.entries) === canonical(b.entries)
}

/** The database keeps no order of members, so they are sorted before comparing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** Grams of pure alcohol on a day; null when nobody knows. A day with use of other things alone had none. */
export function alcoholGrams(day: ToldDay | undefined): number | null {
  if (!day || day.state === 'unknown') return null
  if (day.state === 'none') return 0
  const alcohol = day.entries.find((entry) => entry.substance === 'alcohol')
  return alcohol ? (alcohol.substance === 'alcohol' ? alcohol.grams : null) : 0
}

/** Drinking is known for this day, how much is not. */
export function drankAnUnknownAmount(day: ToldDay | undefined): boolean {
  return (
    day?.state === 'used' &&
    day.entries.some((entry) => entry.substance === 'alcohol' && entry.grams === null)
  )
}

export function substanceLabel(code: string): string {
  return SUBSTANCES.find((one) => one.code === code)?.label ?? code
}

/** A told day in words: "No use", "3 drinks (42 g), Cannabis 2 joints". */
export function dayInWords(day: ToldDay, gramsPerDrink: number): string {
  if (day.state === 'none') return 'No use'
  if (day.state === 'unknown') return 'Not known'
  return day.entries.map((entry) => entryInWords(entry, gramsPerDrink)).join(', ')
}

function entryInWords(entry: UseEntry, gramsPerDrink: number): string {
  if (entry.substance !== 'alcohol') {
    const how = entry.amount === null ? 'amount not known' : `${entry.amount} ${entry.unit ?? ''}`.trim()
    return `${substanceLabel(entry.substance)} (${how})`
  }
  if (entry.grams === null) return 'Alcohol (amount not known)'
  const drinks = drinksOfGrams(entry.grams, gramsPerDrink)
  return `${drinks} ${drinks === 1 ? 'drink' : 'drinks'} (${Math.round(entry.grams * 10) / 10} g)`
}
