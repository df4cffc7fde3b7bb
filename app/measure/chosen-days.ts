const DEFAULT_DAYS = [180, 365] as const
const MOST_DAYS = 8
const LATEST_DAY = 36_600

/** Days at which survival is to be told, from an address or a form: "180, 365". */
export function readDays(text: string | null): {
  readonly days: readonly number[]
  readonly problem?: string
} {
  const parts = (text ?? '').split(/[\s,;]+/).filter(Boolean)
  if (parts.length === 0) return { days: DEFAULT_DAYS }
  const days = [...new Set(parts.map((part) => (/^\d+(\.\d+)?$/.test(part) ? Number(part) : Number.NaN)))]
  if (days.length > MOST_DAYS || days.some((day) => !(day >= 0 && day <= LATEST_DAY))) {
    return {
      days: DEFAULT_DAYS,
      problem: `Write up to ${MOST_DAYS} days as numbers with commas between them, such as 90, 180, 365.`,
    }
  }
  return { days: days.sort((a, b) => a - b) }
}
