const MOST_DAYS = 8
const LATEST_DAY = 36_600

/**
 * Times at which a curve is to be told, from an address or a form: "180, 365".
 *
 * @param unit what they are called in the answer to a wrong one
 * @param otherwise what is told when nothing was asked
 */
export function readDays(
  text: string | null,
  unit: 'days' | 'weeks',
  otherwise: readonly number[],
): {
  readonly days: readonly number[]
  readonly problem?: string
} {
  const parts = (text ?? '').split(/[\s,;]+/).filter(Boolean)
  if (parts.length === 0) return { days: otherwise }
  const days = [...new Set(parts.map((part) => (/^\d+(\.\d+)?$/.test(part) ? Number(part) : Number.NaN)))]
  if (days.length > MOST_DAYS || days.some((day) => !(day >= 0 && day <= LATEST_DAY))) {
    return {
      days: otherwise,
      problem: `Write up to ${MOST_DAYS} ${unit} as numbers with commas between them, such as ${unit === 'days' ? '90, 180, 365' : '4, 12, 24'}.`,
    }
  }
  return { days: days.sort((a, b) => a - b) }
}

/** Up to when means are to be taken, in the unit of the figure: a number above 0, or nothing for the page's own choice. */
export function readUntil(text: string | null): { readonly until?: number; readonly problem?: string } {
  const asked = (text ?? '').trim()
  if (asked === '') return {}
  const until = /^\d+(\.\d+)?$/.test(asked) ? Number(asked) : Number.NaN
  return until > 0 && until <= LATEST_DAY ? { until } : { problem: 'Write one number above 0, such as 182.' }
}
