import { daysBetween, type LocalDate } from '../../platform/time.ts'

/** One dose that was begun here. */
export type GivenDose = {
  readonly day: LocalDate
  readonly sessionNumber: number
  /** As recorded at the end of the infusion; undefined while it runs or when nobody recorded it. */
  readonly mg: number | undefined
  /** The weight from which the order was counted; undefined when the order is not known. */
  readonly weightKg: number | undefined
}

/** A sum of which parts may be missing. */
export type KnownSum = {
  /** Undefined when there were doses and none of them is known: never 0 for that. */
  readonly known: number | undefined
  /** Doses that are not in the sum: the true one is larger. */
  readonly without: number
}

export type ExposureSpan = {
  /** Days up to and including today; undefined: all since the first. */
  readonly days: number | undefined
  readonly sessions: number
  readonly mg: KnownSum
  readonly mgPerKg: KnownSum
}

/** What a person has been given here so far. */
export type Exposure = {
  /** All, then the last 30, 90 and 365 days. */
  readonly spans: readonly ExposureSpan[]
  readonly lastDay: LocalDate | undefined
  readonly daysSinceLast: number | undefined
}

const SPANS_DAYS = [undefined, 30, 90, 365] as const

/**
 * Cumulative exposure, by definition `cumulative-exposure`: what was not recorded is counted apart, not as zero.
 *
 * @param doses in any order
 * @example exposureOf([{ day, sessionNumber: 1, mg: 40, weightKg: 80 }], day).spans[0].mgPerKg // { known: 0.5, without: 0 }
 */
export function exposureOf(doses: readonly GivenDose[], today: LocalDate): Exposure {
  const lastDay = doses
    .map(({ day }) => day)
    .sort()
    .at(-1)
  return {
    spans: SPANS_DAYS.map((days) => {
      const given = doses.filter(({ day }) => days === undefined || daysBetween(day, today) < days)
      return {
        days,
        sessions: given.length,
        mg: sumOf(given.map(({ mg }) => mg)),
        mgPerKg: sumOf(given.map(mgPerKgOf)),
      }
    }),
    lastDay,
    daysSinceLast: lastDay && daysBetween(lastDay, today),
  }
}

/** Mg for each kg of the weight of its order; undefined when either is not known. */
export function mgPerKgOf({ mg, weightKg }: GivenDose): number | undefined {
  return mg === undefined || weightKg === undefined ? undefined : mg / weightKg
}

function sumOf(amounts: readonly (number | undefined)[]): KnownSum {
  const known = amounts.filter((amount) => amount !== undefined)
  return {
    known: known.length === 0 && amounts.length > 0 ? undefined : known.reduce((sum, one) => sum + one, 0),
    without: amounts.length - known.length,
  }
}

/** "182.5", "at least 122.5", "not known". */
export function sumInWords({ known, without }: KnownSum, digits: number): string {
  if (known === undefined) return 'not known'
  return `${without > 0 ? 'at least ' : ''}${rounded(known, digits)}`
}

/** To so many digits after the point, without trailing zeros. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
