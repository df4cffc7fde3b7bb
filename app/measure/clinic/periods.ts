import { SMALLEST_SHOWN } from '../../platform/disclosure.ts'
import { type LocalDate, parseLocalDate } from '../../platform/time.ts'

/** Quarters of first doses that are told together. */
export type Period = {
  /** The first of its quarters, "2026-Q1". */
  readonly from: string
  readonly to: string
  readonly people: number
}

export type ChosenPeriod = {
  readonly firstDose: { readonly from: LocalDate; readonly to: LocalDate } | undefined
  readonly from: string | undefined
  readonly to: string | undefined
  /** By field, what was not understood. */
  readonly problems: { readonly from?: string; readonly to?: string }
}

/**
 * Quarters joined until each period holds ten people or more, so that the difference between any two choices of periods
 * holds at least as many. Quarters left over at the end join the last period.
 *
 * @param quarters ascending
 */
export function periodsOf(
  quarters: readonly { readonly group: string; readonly people: number }[],
): Period[] {
  const periods: Period[] = []
  let open: Period | undefined
  for (const { group, people } of quarters) {
    open = { from: open?.from ?? group, to: group, people: (open?.people ?? 0) + people }
    if (open.people < SMALLEST_SHOWN) continue
    periods.push(open)
    open = undefined
  }
  const last = periods.at(-1)
  if (open && last)
    periods[periods.length - 1] = { from: last.from, to: open.to, people: last.people + open.people }
  return periods
}

/**
 * The period asked for in an address ("from", "to", each the first quarter of a period). What is not offered is said and
 * leaves everybody in.
 */
export function chosenPeriod(periods: readonly Period[], query: URLSearchParams): ChosenPeriod {
  const [askedFrom, askedTo] = [query.get('from') || undefined, query.get('to') || undefined]
  const none = { firstDose: undefined, from: undefined, to: undefined }
  if (askedFrom === undefined && askedTo === undefined) return { ...none, problems: {} }
  const first = periods.findIndex(({ from }) => from === (askedFrom ?? periods[0]?.from))
  const last = periods.findIndex(({ from }) => from === (askedTo ?? periods.at(-1)?.from))
  const problems = {
    ...(first < 0 ? { from: 'Choose one of the periods in the list.' } : {}),
    ...(last < 0
      ? { to: 'Choose one of the periods in the list.' }
      : first > last
        ? { to: 'The last period must not lie before the first.' }
        : {}),
  }
  if (first < 0 || last < first) return { firstDose: undefined, from: askedFrom, to: askedTo, problems }
  return {
    firstDose: { from: daysOf(periods[first]!.from).from, to: daysOf(periods[last]!.to).to },
    from: askedFrom,
    to: askedTo,
    problems: {},
  }
}

/** When a period begins and ends: "January 2026", "June 2026". */
export function periodInWords({ from, to }: Pick<Period, 'from' | 'to'>): { begins: string; ends: string } {
  const month = (quarter: string, at: 0 | 1) => {
    const [year, number] = quarter.split('-Q')
    return `${MONTHS[Number(number) - 1]![at]} ${year}`
  }
  return { begins: month(from, 0), ends: month(to, 1) }
}

/** First and last month of each quarter. */
const MONTHS = [
  ['January', 'March'],
  ['April', 'June'],
  ['July', 'September'],
  ['October', 'December'],
] as const

/** "January to March 2026" of "2026-Q1". */
export function quarterInWords(quarter: string): string {
  const [year, number] = quarter.split('-Q')
  return `${MONTHS[Number(number) - 1]!.join(' to ')} ${year}`
}

const LAST_DAYS = ['03-31', '06-30', '09-30', '12-31']

function daysOf(quarter: string): { from: LocalDate; to: LocalDate } {
  const [year, number] = quarter.split('-Q')
  const at = Number(number) - 1
  return {
    from: parseLocalDate(`${year}-${String(at * 3 + 1).padStart(2, '0')}-01`),
    to: parseLocalDate(`${year}-${LAST_DAYS[at]}`),
  }
}
