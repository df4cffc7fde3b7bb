import { bilinear, invertPositiveDefinite, multiply, traceOfProduct } from '../dense-matrix.ts'
import { contrastOnBasis } from '../design.ts'
import { studentTUpperTail } from '../student-t.ts'
import { addWeighted } from './blocks.ts'
import { type Contrast, type Fitted, LEAST_DF } from './contrast.ts'
import { between, type MarginalModel } from './restricted-likelihood.ts'

/** A contrast judged with Kenward and Roger's correction for few people. */
export type KenwardRoger = {
  readonly name: string
  /** Larger than the plain one: it counts that the covariance was estimated. */
  readonly standardError: number
  readonly df: number
  readonly t: number
  readonly p: number
}

/**
 * Kenward and Roger's standard errors and degrees of freedom, for a covariance that is linear in its parameters and a
 * REML fit.
 *
 * Source: Kenward & Roger, Biometrics 1997;53:983; formulas as in Halekoh & Højsgaard, J Stat Softw 2014;59(9). Agrees
 * with R's pbkrtest to the digits of R's fit.
 * @returns null where the information is not positive definite or leaves a contrast without an error to trust
 * Cost: parameters² × blocks × p².
 */
export function kenwardRoger(
  { basis, optimum }: Fitted,
  model: MarginalModel,
  contrasts: readonly Contrast[],
): KenwardRoger[] | null {
  const { at, theta, derivatives } = optimum
  const p = at.coefficients.length
  const q = theta.length
  const phi = at.covariance
  const curves = curvesOf(model, theta, at.inverses)
  const scaled = derivatives.slopes.map((slope) => product(phi, slope, p))
  const information = new Float64Array(q * q)
  for (let r = 0; r < q; r++) {
    for (let s = 0; s < q; s++) {
      information[r * q + s] =
        derivatives.scoring[r * q + s]! -
        2 * traceOfProduct(phi, curves[r * q + s]!, p) +
        traceOfProduct(scaled[r]!, scaled[s]!, p)
    }
  }
  const inverse = invertPositiveDefinite(information, q)
  if (!inverse) return null
  const w = inverse.map((value) => 2 * value)
  const inner = new Float64Array(p * p)
  for (let r = 0; r < q; r++) {
    for (let s = 0; s < q; s++) {
      const bent = product(derivatives.slopes[r]!, scaled[s]!, p)
      for (let i = 0; i < p * p; i++) inner[i]! += w[r * q + s]! * (curves[r * q + s]![i]! - bent[i]!)
    }
  }
  const extra = product(product(phi, inner, p), phi, p)
  const adjusted = phi.map((value, i) => value + 2 * extra[i]!)
  const tests = contrasts.map(({ name, weights }) => {
    const l = contrastOnBasis(basis, weights)
    const variance = bilinear(l, phi, l, p)
    let estimate = 0
    const spread = new Float64Array(p)
    for (let i = 0; i < p; i++) {
      estimate += l[i]! * at.coefficients[i]!
      for (let j = 0; j < p; j++) spread[i]! += phi[i * p + j]! * l[j]!
    }
    const g = derivatives.slopes.map((slope) => bilinear(spread, slope, spread, p) / variance)
    let a = 0
    for (let r = 0; r < q; r++) for (let s = 0; s < q; s++) a += w[r * q + s]! * g[r]! * g[s]!
    const standardError = Math.sqrt(bilinear(l, adjusted, l, p))
    // For a single contrast the paper's λ is 1 and its degrees of freedom come down to this.
    const df = 2 / a
    const t = estimate / standardError
    if (!(df >= LEAST_DF && df < Number.POSITIVE_INFINITY && standardError > 0)) return null
    return { name, standardError, df, t, p: 2 * studentTUpperTail(Math.abs(t), df) }
  })
  return tests.every((test) => test !== null) ? tests : null
}

/** XᵀV⁻¹V_r V⁻¹V_s V⁻¹X, symmetric part, for each pair of parameters. */
function curvesOf(
  model: MarginalModel,
  theta: Float64Array,
  inverses: readonly Float64Array[],
): Float64Array[] {
  const q = model.structure.count
  const p = model.coefficients
  const width = p + 1
  const sums = Array.from({ length: q * q }, () => new Float64Array(width * width))
  model.blocks.forEach((block, g) => {
    const m = block.size
    const a = inverses[g]!
    const terms = model.structure.derivatives(theta, block)
    for (const one of terms) {
      const ava = between(a, one.entries, m)
      for (const other of terms) {
        const weight = new Float64Array(m * m)
        other.entries.at.forEach(([i, j], e) => {
          for (let x = 0; x < m; x++) {
            for (let y = 0; y < m; y++) {
              const value = other.entries.value[e]! * ava[x * m + i]! * a[j * m + y]!
              weight[x * m + y]! += value / 2
              weight[y * m + x]! += value / 2
            }
          }
        })
        addWeighted(block, weight, width, sums[one.parameter * q + other.parameter]!)
      }
    }
  })
  return sums.map((sum) => {
    const out = new Float64Array(p * p)
    for (let i = 0; i < p; i++) out.set(sum.subarray(i * width, i * width + p), i * p)
    return out
  })
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n)
  multiply(a, b, n, out)
  return out
}
