import type { Block } from './blocks.ts'

/** Entries of a symmetric matrix: those off the diagonal are listed on both sides. */
export type Entries = { readonly at: readonly (readonly [number, number])[]; readonly value: Float64Array }

/**
 * How the covariance of one person's rows follows from parameters θ.
 *
 * θ begins with the lower triangle of a covariance matrix of order `triangle`, row by row (0 when it does not).
 * `permits` says whether θ lies inside (a covariance matrix on the whole); `covariance` writes a block's matrix;
 * `derivatives` lists ∂/∂θ_r, in order of r and leaving out those that are zero; `second` ∂²/∂θ_r∂θ_s with r ≤ s, absent
 * when the matrix is linear in θ.
 */
export type CovarianceStructure = {
  readonly count: number
  readonly triangle: number
  permits(theta: Float64Array): boolean
  covariance(theta: Float64Array, block: Block, out: Float64Array): void
  derivatives(
    theta: Float64Array,
    block: Block,
  ): readonly { readonly parameter: number; readonly entries: Entries }[]
  second?(
    theta: Float64Array,
    block: Block,
  ): readonly { readonly pair: readonly [number, number]; readonly entries: Entries }[]
}

/** The entries of a size × size matrix given by a rule of place and place. */
export function entriesOf(size: number, rule: (a: number, b: number) => number): Entries {
  const at: [number, number][] = []
  const value: number[] = []
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      const v = rule(a, b)
      if (v === 0) continue
      at.push([a, b])
      value.push(v)
    }
  }
  return { at, value: Float64Array.from(value) }
}
