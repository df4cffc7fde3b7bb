/**
 * The cubic spline through points with ascending x whose ends follow the cubic of the four outermost points on each side
 * (Forsythe, Malcolm & Moler 1977), which is what R's `spline` draws by default. Needs four points.
 */
export function curveThrough(points: readonly (readonly [number, number])[]): (x: number) => number {
  const n = points.length
  const x = points.map(([value]) => value)
  const y = points.map(([, value]) => value)
  const gap = Array.from({ length: n - 1 }, (_, i) => x[i + 1]! - x[i]!)
  const rise = Array.from({ length: n - 1 }, (_, i) => (y[i + 1]! - y[i]!) / gap[i]!)
  const below = gap.slice()
  const diagonal = x.map((_, i) =>
    i > 0 && i < n - 1 ? 2 * (gap[i - 1]! + gap[i]!) : -gap[i === 0 ? 0 : n - 2]!,
  )
  const right = x.map((_, i) => (i > 0 && i < n - 1 ? rise[i]! - rise[i - 1]! : 0))
  right[0] = thirdDifference(x, rise, 0) * gap[0]! ** 2
  right[n - 1] = -thirdDifference(x, rise, n - 4) * gap[n - 2]! ** 2
  for (let i = 1; i < n; i++) {
    const share = below[i - 1]! / diagonal[i - 1]!
    diagonal[i]! -= share * gap[i - 1]!
    right[i]! -= share * right[i - 1]!
  }
  const bend = right.slice()
  bend[n - 1]! /= diagonal[n - 1]!
  for (let i = n - 2; i >= 0; i--) bend[i] = (right[i]! - gap[i]! * bend[i + 1]!) / diagonal[i]!
  return (at) => {
    let i = 0
    while (i < n - 2 && at >= x[i + 1]!) i++
    const d = at - x[i]!
    const slope = rise[i]! - gap[i]! * (bend[i + 1]! + 2 * bend[i]!)
    const cubic = (bend[i + 1]! - bend[i]!) / gap[i]!
    return y[i]! + d * (slope + d * (3 * bend[i]! + d * cubic))
  }
}

/** The divided difference of third order of the four points from `from` on. */
function thirdDifference(x: readonly number[], rise: readonly number[], from: number): number {
  const one = (rise[from + 1]! - rise[from]!) / (x[from + 2]! - x[from]!)
  const two = (rise[from + 2]! - rise[from + 1]!) / (x[from + 3]! - x[from + 1]!)
  return (two - one) / (x[from + 3]! - x[from]!)
}
