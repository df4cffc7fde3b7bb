import { type LocalDate, parseLocalDate } from '../../platform/time.ts'

/** Days a list can be narrowed to; further off the calendar no ledger has a line. A design default. */
const YEARS = { first: '1900', last: '2199' }

/**
 * Reads the days a list is to be narrowed to, as they stand in an address.
 *
 * @param typed both included; left out or empty where not asked for
 * @returns messages by field for what is no day, and for a last day before the first
 * @example askedDays({ from: '2026-11-02', to: '2026-11-01' }) // { from: '2026-11-02', to: '2026-11-01', errors: { to: … } }
 */
export function askedDays(typed: { readonly from?: string | undefined; readonly to?: string | undefined }): {
  readonly from?: LocalDate
  readonly to?: LocalDate
  readonly errors: Readonly<Partial<Record<'from' | 'to', string>>>
} {
  const errors: Partial<Record<'from' | 'to', string>> = {}
  const day = (name: 'from' | 'to') => {
    const text = typed[name]
    if (!text) return {}
    try {
      const read = parseLocalDate(text)
      if (read >= YEARS.first && read.slice(0, 4) <= YEARS.last) return { [name]: read }
      errors[name] = `“${text}” lies too far off. Give a day of the years ${YEARS.first} to ${YEARS.last}.`
    } catch {
      errors[name] =
        `“${text.slice(0, 20)}” is no day of the calendar. Give year, month and day, such as 2026-11-02.`
    }
    return {}
  }
  const days: { readonly from?: LocalDate; readonly to?: LocalDate } = { ...day('from'), ...day('to') }
  if (days.from && days.to && days.to < days.from) errors.to = 'This day lies before the first one.'
  return { ...days, errors }
}
