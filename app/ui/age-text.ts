const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/**
 * How long ago something was, in the fewest words that are still true; always rounded down.
 *
 * @param ageMs time since then in ms; undefined when nobody knows
 * @returns for example `just now`, `40 s ago`, `3 min ago`, `2 h 5 min ago`, `4 days ago`; `age not known` for
 *   undefined or not a number; `clock differs` when the instant lies more than two seconds ahead
 * @example ageText(185_000) // '3 min ago'
 */
export function ageText(ageMs: number | undefined): string {
  if (ageMs === undefined || !Number.isFinite(ageMs)) return 'age not known'
  if (ageMs < -2 * secondMs) return 'clock differs'
  if (ageMs < 5 * secondMs) return 'just now'
  if (ageMs < minuteMs) return `${Math.floor(ageMs / secondMs)} s ago`
  if (ageMs < hourMs) return `${Math.floor(ageMs / minuteMs)} min ago`
  if (ageMs < 6 * hourMs) {
    const minutes = Math.floor((ageMs % hourMs) / minuteMs)
    return `${Math.floor(ageMs / hourMs)} h${minutes === 0 ? '' : ` ${minutes} min`} ago`
  }
  if (ageMs < 2 * dayMs) return `${Math.floor(ageMs / hourMs)} h ago`
  return `${Math.floor(ageMs / dayMs)} days ago`
}
