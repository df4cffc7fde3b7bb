import {
  bilinear,
  choleskyInPlace,
  choleskyInverse,
  choleskySolve,
  logDeterminant,
  multiply,
  traceOfProduct,
} from '../dense-matrix.ts'
import { addWeighted, type Block, crossProducts } from './blocks.ts'
import type { CovarianceStructure, Entries } from './covariance-structure.ts'

/** A linear model with correlated rows: blocks of people, p coefficients, and how their covariance follows from θ. */
export type MarginalModel = {
  readonly blocks: readonly Block[]
  readonly coefficients: number
  readonly observations: number
  readonly structure: CovarianceStructure
  readonly method: 'REML' | 'ML'
}

/** The likelihood at one θ, coefficients profiled out. */
export type Evaluation = {
  /** −2 log likelihood, restricted or not, without the part of the basis. */
  readonly minus2LogLikelihood: number
  readonly coefficients: Float64Array
  /** (XᵀV⁻¹X)⁻¹. */
  readonly covariance: Float64Array
  /** V⁻¹ of each block. */
  readonly inverses: readonly Float64Array[]
}

/** Derivatives of −2 log likelihood in θ at one evaluation. */
export type Derivatives = {
  readonly gradient: Float64Array
  readonly hessian: Float64Array
  /** tr(V⁻¹V_r V⁻¹V_s): positive definite also far from the optimum, for Fisher's scoring. */
  readonly scoring: Float64Array
  /** XᵀV⁻¹V_r V⁻¹X for each parameter. */
  readonly slopes: readonly Float64Array[]
}

/**
 * −2 log likelihood at θ: log|V| + yᵀPy + n log 2π for ML, and log|XᵀV⁻¹X| − p log 2π more for REML (the convention of
 * nlme, lme4 and SAS). Null where θ gives no covariance matrix.
 * Source: Patterson & Thompson, Biometrika 1971;58:545; Laird & Ware, Biometrics 1982;38:963.
 */
export function evaluate(model: MarginalModel, theta: Float64Array): Evaluation | null {
  if (!model.structure.permits(theta)) return null
  const p = model.coefficients
  const width = p + 1
  const inverses: Float64Array[] = []
  const sums = new Float64Array(width * width)
  let minus2 = 0
  for (const block of model.blocks) {
    const m = block.size
    const factor = new Float64Array(m * m)
    model.structure.covariance(theta, block, factor)
    if (!choleskyInPlace(factor, m)) return null
    const inverse = new Float64Array(m * m)
    choleskyInverse(factor, m, inverse)
    inverses.push(inverse)
    minus2 += block.count * logDeterminant(factor, m)
    addWeighted(block, inverse, width, sums)
  }
  const information = new Float64Array(p * p)
  const coefficients = new Float64Array(p)
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) information[i * p + j] = sums[i * width + j]!
    coefficients[i] = sums[i * width + p]!
  }
  if (!choleskyInPlace(information, p)) return null
  choleskySolve(information, p, coefficients)
  let residual = sums[p * width + p]!
  for (let i = 0; i < p; i++) residual -= coefficients[i]! * sums[i * width + p]!
  const covariance = new Float64Array(p * p)
  choleskyInverse(information, p, covariance)
  minus2 += residual
  if (model.method === 'REML') minus2 += logDeterminant(information, p)
  minus2 += (model.observations - (model.method === 'REML' ? p : 0)) * Math.log(2 * Math.PI)
  return { minus2LogLikelihood: minus2, coefficients, covariance, inverses }
}

/**
 * Gradient and observed second derivatives at an evaluation, in closed form.
 *
 * With A = V⁻¹, V_r = ∂V/∂θ_r, T = Σ X Φ Xᵀ and E = Σ e eᵀ over the people of a block (T only for REML):
 * gradient n tr(A V_r) − tr(A V_r A (T + E)), and twice-differentiated likewise.
 * Source: Harville, J Am Stat Assoc 1977;72:320; Lindstrom & Bates, J Am Stat Assoc 1988;83:1014.
 */
export function derivativesAt(model: MarginalModel, theta: Float64Array, at: Evaluation): Derivatives {
  const { structure, coefficients: p } = model
  const q = structure.count
  const width = p + 1
  const gradient = new Float64Array(q)
  const hessian = new Float64Array(q * q)
  const scoring = new Float64Array(q * q)
  const weighted = Array.from({ length: q }, () => new Float64Array(width * width))
  const spread = spreadOfBoth(model, at)

  model.blocks.forEach((block, g) => {
    const m = block.size
    const a = at.inverses[g]!
    const s = new Float64Array(m * m)
    crossProducts(block, spread, width, s)
    const as = new Float64Array(m * m)
    multiply(a, s, m, as)
    const asa = new Float64Array(m * m)
    multiply(as, a, m, asa)
    const terms = structure.derivatives(theta, block)
    const curve = new Float64Array(m * m)
    terms.forEach(({ parameter: r, entries }, place) => {
      const d = between(a, entries, m)
      gradient[r]! += block.count * entrySum(entries, a, m) - entrySum(entries, asa, m)
      addWeighted(block, d, width, weighted[r]!)
      multiply(as, d, m, curve)
      for (let other = place; other < terms.length; other++) {
        const { parameter: t, entries: with_ } = terms[other]!
        const expected = block.count * entrySum(with_, d, m)
        scoring[r * q + t]! += expected
        hessian[r * q + t]! += 2 * entrySum(with_, curve, m) - expected
      }
    })
    for (const { pair, entries } of structure.second?.(theta, block) ?? []) {
      hessian[pair[0] * q + pair[1]]! += block.count * entrySum(entries, a, m) - entrySum(entries, asa, m)
    }
  })

  const { slopes, moved, scaled } = coefficientTerms(weighted, at, p)
  for (let r = 0; r < q; r++) {
    for (let t = r; t < q; t++) {
      let value = hessian[r * q + t]! - 2 * bilinear(moved[r]!, at.covariance, moved[t]!, p)
      if (model.method === 'REML') value -= traceOfProduct(scaled[r]!, scaled[t]!, p)
      hessian[r * q + t] = value
      hessian[t * q + r] = value
      scoring[t * q + r] = scoring[r * q + t]!
    }
  }
  return { gradient, hessian, scoring, slopes }
}

/** The matrix C with Σ w_aᵀ C w_b = T + E (E alone for ML): Φ on the columns of X, plus c cᵀ with c = (−β, 1). */
function spreadOfBoth(model: MarginalModel, at: Evaluation): Float64Array {
  const p = model.coefficients
  const width = p + 1
  const c = new Float64Array(width)
  for (let i = 0; i < p; i++) c[i] = -at.coefficients[i]!
  c[p] = 1
  const out = new Float64Array(width * width)
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) {
      const known = model.method === 'REML' && i < p && j < p ? at.covariance[i * p + j]! : 0
      out[i * width + j] = known + c[i]! * c[j]!
    }
  }
  return out
}

/** From Σ W'A V_r A W for each parameter: XᵀAV_rAX, XᵀAV_rA e, and Φ times the former. */
function coefficientTerms(weighted: readonly Float64Array[], at: Evaluation, p: number) {
  const width = p + 1
  const slopes: Float64Array[] = []
  const moved: Float64Array[] = []
  const scaled: Float64Array[] = []
  for (const w of weighted) {
    const slope = new Float64Array(p * p)
    const move = new Float64Array(p)
    for (let i = 0; i < p; i++) {
      let rest = w[i * width + p]!
      for (let j = 0; j < p; j++) {
        slope[i * p + j] = w[i * width + j]!
        rest -= w[i * width + j]! * at.coefficients[j]!
      }
      move[i] = rest
    }
    const product = new Float64Array(p * p)
    multiply(at.covariance, slope, p, product)
    slopes.push(slope)
    moved.push(move)
    scaled.push(product)
  }
  return { slopes, moved, scaled }
}

/** A D A for a sparse symmetric D. */
export function between(a: Float64Array, { at, value }: Entries, m: number): Float64Array {
  const out = new Float64Array(m * m)
  at.forEach(([i, j], e) => {
    for (let x = 0; x < m; x++) {
      const left = value[e]! * a[x * m + i]!
      if (left === 0) continue
      for (let y = 0; y < m; y++) out[x * m + y]! += left * a[j * m + y]!
    }
  })
  return out
}

/** tr(D B) for a sparse symmetric D. */
function entrySum({ at, value }: Entries, b: Float64Array, m: number): number {
  let sum = 0
  for (let e = 0; e < at.length; e++) sum += value[e]! * b[at[e]![1] * m + at[e]![0]]!
  return sum
}
