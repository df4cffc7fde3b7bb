/** Opening hours of some days, as the clinic's profile holds them: times as `08:00`, empty when closed. */
export type Hours = { readonly days: string; readonly opens: string; readonly closes: string }

/**
 * Opening hours as people in the United States say them.
 *
 * @example hoursInWords({ days: 'Monday', opens: '08:00', closes: '16:30' }) // { days: 'Monday', open: '8 am to 4:30 pm' }
 */
export function hoursInWords({ days, opens, closes }: Hours): {
  readonly days: string
  readonly open: string
} {
  return { days, open: opens && closes ? `${hourInWords(opens)} to ${hourInWords(closes)}` : 'closed' }
}

function hourInWords(time: string): string {
  const match = /^(\d{2}):(\d{2})$/.exec(time)
  if (!match) return time
  const hour = Number(match[1])
  const minutes = match[2] === '00' ? '' : `:${match[2]}`
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes} ${hour < 12 ? 'am' : 'pm'}`
}
