import { type Refusal, refuse } from './refusal.ts'

/**
 * The covariates of a regression, one column each and one value a row; an intercept is a column of ones. `names[j]` says
 * what `columns[j]` is and comes back with the coefficients.
 */
export type Design = { readonly names: readonly string[]; readonly columns: readonly Float64Array[] }

/** One column is a combination of those before it (or zero): its coefficient has no answer. `column` names it. */
export type RankDeficient = Refusal<'rank-deficient-design'> & { readonly column: string }

/**
 * What a regression may refuse about its rows: a covariate or outcome that is not a finite number (`row` says where), a
 * column that follows from others, or no more rows than columns.
 */
export type DesignRefusal = Refusal<'not-a-number' | 'too-few-rows'> | RankDeficient

/** How much of a column must be left beside those before it, as in R's lm. */
const LEAST_NEW_PART = 1e-7

/**
 * The design of the kept rows on an orthonormal basis: X = Q R. `q[j][i]` is row i of column j; `r` is upper triangular,
 * p × p. Fits are done on Q and carried back, which keeps the digits that uncentred covariates would cost.
 */
export type Orthonormal = { readonly q: readonly Float64Array[]; readonly r: Float64Array }

/** Throws when the arrays of a design do not fit one another: that is a mistake in the program and not in the data. */
export function requireShape(design: Design, length: number): void {
  if (design.names.length !== design.columns.length) {
    throw new RangeError(`design: ${design.names.length} names for ${design.columns.length} columns`)
  }
  design.columns.forEach((column, j) => {
    if (column.length !== length) throw new RangeError(`design ${design.names[j]}: needs ${length} rows`)
  })
}

/** The rows whose outcome is known (not NaN); an infinite outcome or covariate among them is refused with its row. */
export function knownRows(outcome: Float64Array, design: Design): Uint32Array | Refusal<'not-a-number'> {
  const rows = new Uint32Array(outcome.length)
  let kept = 0
  for (let row = 0; row < outcome.length; row++) if (!Number.isNaN(outcome[row]!)) rows[kept++] = row
  const known = rows.subarray(0, kept)
  for (const values of [outcome, ...design.columns]) {
    for (let i = 0; i < kept; i++) {
      if (!Number.isFinite(values[known[i]!]!)) return refuse('not-a-number', known[i])
    }
  }
  return known
}

/**
 * Gram–Schmidt of the design over `rows`, each column cleared twice. Refuses a column that adds nothing to those before.
 * Cost: O(n p²).
 */
export function orthonormalise(design: Design, rows: Uint32Array): Orthonormal | DesignRefusal {
  const p = design.columns.length
  if (rows.length <= p) return refuse('too-few-rows')
  const r = new Float64Array(p * p)
  const q: Float64Array[] = []
  for (let j = 0; j < p; j++) {
    const column = gathered(design.columns[j]!, rows)
    const before = norm(column)
    for (let pass = 0; pass < 2; pass++) {
      for (let l = 0; l < j; l++) {
        const share = dot(q[l]!, column)
        r[l * p + j]! += share
        for (let i = 0; i < column.length; i++) column[i]! -= share * q[l]![i]!
      }
    }
    const left = norm(column)
    if (!(left > LEAST_NEW_PART * before)) {
      return { ...refuse('rank-deficient-design'), column: design.names[j]! }
    }
    r[j * p + j] = left
    for (let i = 0; i < column.length; i++) column[i]! /= left
    q.push(column)
  }
  return { q, r }
}

/** The values at `rows`. A plain loop: `Float64Array.from` with a function takes ten times as long. */
export function gathered(values: ArrayLike<number>, rows: Uint32Array): Float64Array {
  const out = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]!]!
  return out
}

/** log |R|, the part of log |XᵀV⁻¹X| that the basis took away, halved. */
export function logDeterminantOfBasis({ r, q }: Orthonormal): number {
  let sum = 0
  for (let j = 0; j < q.length; j++) sum += Math.log(r[j * q.length + j]!)
  return sum
}

/** R⁻¹ g: coefficients of X from coefficients of Q. */
export function coefficientsFromBasis({ r, q }: Orthonormal, onBasis: Float64Array): Float64Array {
  const p = q.length
  const beta = onBasis.slice()
  for (let i = p - 1; i >= 0; i--) {
    for (let j = i + 1; j < p; j++) beta[i]! -= r[i * p + j]! * beta[j]!
    beta[i]! /= r[i * p + i]!
  }
  return beta
}

/** R⁻ᵀ w: the same contrast, said of the coefficients of Q. */
export function contrastOnBasis({ r, q }: Orthonormal, weights: ArrayLike<number>): Float64Array {
  const p = q.length
  const out = Float64Array.from(weights)
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < i; j++) out[i]! -= r[j * p + i]! * out[j]!
    out[i]! /= r[i * p + i]!
  }
  return out
}

/** R⁻¹ C R⁻ᵀ: the covariance of X's coefficients from that of Q's. */
export function covarianceFromBasis(basis: Orthonormal, onBasis: Float64Array): Float64Array {
  const p = basis.q.length
  const half = new Float64Array(p * p)
  for (let j = 0; j < p; j++) {
    const column = coefficientsFromBasis(
      basis,
      Float64Array.from({ length: p }, (_, i) => onBasis[i * p + j]!),
    )
    for (let i = 0; i < p; i++) half[i * p + j] = column[i]!
  }
  const out = new Float64Array(p * p)
  for (let i = 0; i < p; i++) {
    out.set(coefficientsFromBasis(basis, half.slice(i * p, (i + 1) * p)), i * p)
  }
  return out
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a))
}
