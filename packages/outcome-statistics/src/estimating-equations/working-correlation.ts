import type { Clusters } from './clusters.ts'

/** How the rows of one person are supposed to hang together; the robust errors hold when it is not so. */
export type WorkingCorrelation = 'independence' | 'exchangeable' | 'ar1'

/**
 * The moment estimate of the correlation from Pearson residuals r: the α that comes nearest, in squares over all pairs of
 * rows of a person, to r_j r_k / φ. For `exchangeable` that is their mean; for `ar1`, where the pair's correlation is
 * α^|visits apart|, it is found by Gauss and Newton's steps.
 * Source: Liang & Zeger, Biometrika 1986;73:13; Yan & Fine, Stat Med 2004;23:859 (the form of R's geepack).
 */
export function momentCorrelation(
  which: 'exchangeable' | 'ar1',
  clusters: Clusters,
  residual: Float64Array,
  scale: number,
  from: number,
): number {
  const sums = which === 'ar1' ? byLag(clusters, residual) : null
  if (!sums) return meanProduct(clusters, residual) / scale
  let alpha = from
  for (let step = 0; step < 50; step++) {
    let up = 0
    let down = 0
    for (let lag = 1; lag < sums.count.length; lag++) {
      const count = sums.count[lag]!
      if (count === 0) continue
      const slope = lag * alpha ** (lag - 1)
      up += slope * (sums.product[lag]! / scale - count * alpha ** lag)
      down += count * slope * slope
    }
    const move = down > 0 ? up / down : 0
    alpha = Math.min(0.999999, Math.max(-0.999999, alpha + move))
    if (Math.abs(move) < 1e-15) break
  }
  return alpha
}

/** Pairs of rows of one person, over everybody. */
export function pairsOf({ start, people }: Clusters): number {
  let pairs = 0
  for (let g = 0; g < people; g++) {
    const m = start[g + 1]! - start[g]!
    pairs += (m * (m - 1)) / 2
  }
  return pairs
}

function meanProduct(clusters: Clusters, residual: Float64Array): number {
  const { start, people } = clusters
  let total = 0
  for (let g = 0; g < people; g++) {
    let sum = 0
    let squares = 0
    for (let i = start[g]!; i < start[g + 1]!; i++) {
      sum += residual[i]!
      squares += residual[i]! * residual[i]!
    }
    total += (sum * sum - squares) / 2
  }
  return total / pairsOf(clusters)
}

function byLag({ start, people, visit, longestLag }: Clusters, residual: Float64Array) {
  const product = new Float64Array(longestLag + 1)
  const count = new Float64Array(longestLag + 1)
  for (let g = 0; g < people; g++) {
    const to = start[g + 1]!
    for (let i = start[g]!; i < to; i++) {
      const one = residual[i]!
      const when = visit[i]!
      for (let j = i + 1; j < to; j++) {
        const lag = visit[j]! - when
        product[lag]! += one * residual[j]!
        count[lag]!++
      }
    }
  }
  return { product, count }
}

/** Whether the correlation matrix of the largest person is one. */
export function permitsCorrelation(which: WorkingCorrelation, alpha: number, { largest }: Clusters): boolean {
  if (which === 'independence') return true
  if (which === 'ar1') return Math.abs(alpha) < 0.99999
  return alpha < 0.99999 && 1 + (largest - 1) * alpha > 1e-9
}

/**
 * Adds DᵀR⁻¹D and DᵀR⁻¹r of one person (rows `from` to `to` of `d`, width p) to `information` (lower triangle) and
 * `score`; R⁻¹ is never built: exchangeable is a rank-one change of the identity, ar1 a difference of neighbours.
 */
export function addPerson(
  which: WorkingCorrelation,
  alpha: number,
  visit: Int32Array,
  d: Float64Array,
  residual: Float64Array,
  from: number,
  to: number,
  p: number,
  information: Float64Array,
  score: Float64Array,
  spare: Float64Array,
): void {
  if (which === 'ar1' && alpha !== 0) {
    for (let i = from; i < to; i++) {
      const rho = i === from ? 0 : alpha ** (visit[i]! - visit[i - 1]!)
      const shrink = 1 / Math.sqrt(1 - rho * rho)
      for (let j = 0; j < p; j++) {
        spare[j] = (d[i * p + j]! - (rho === 0 ? 0 : rho * d[(i - 1) * p + j]!)) * shrink
      }
      const left = (residual[i]! - (rho === 0 ? 0 : rho * residual[i - 1]!)) * shrink
      addOuter(spare, 0, left, 1, p, information, score)
    }
    return
  }
  const outside = which === 'exchangeable' ? 1 / (1 - alpha) : 1
  for (let i = from; i < to; i++) addOuter(d, i * p, residual[i]!, outside, p, information, score)
  if (outside === 1) return
  spare.fill(0)
  let sum = 0
  for (let i = from; i < to; i++) {
    for (let j = 0; j < p; j++) spare[j]! += d[i * p + j]!
    sum += residual[i]!
  }
  addOuter(spare, 0, sum, (-outside * alpha) / (1 + (to - from - 1) * alpha), p, information, score)
}

function addOuter(
  x: Float64Array,
  at: number,
  y: number,
  weight: number,
  p: number,
  information: Float64Array,
  score: Float64Array,
): void {
  for (let a = 0; a < p; a++) {
    const value = weight * x[at + a]!
    score[a]! += value * y
    for (let b = 0; b <= a; b++) information[a * p + b]! += value * x[at + b]!
  }
}
