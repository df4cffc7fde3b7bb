import { choleskyInPlace } from '../dense-matrix.ts'
import type { Block } from './blocks.ts'
import { type CovarianceStructure, entriesOf } from './covariance-structure.ts'

/** How the visits of one person hang together. */
export type VisitCovariance = 'unstructured' | 'compound-symmetry' | 'ar1'

/**
 * The covariance of k visits as a structure; `visitsOf` gives for a block's kind the visits seen, by position.
 *
 * `unstructured`: each variance and covariance its own parameter (lower triangle, row by row), k (k + 1) / 2 in all;
 * `compound-symmetry`: variance and one covariance; `ar1`: variance σ² and ρ, covariance σ² ρ^|positions apart|.
 */
export function visitStructure(
  which: VisitCovariance,
  k: number,
  visitsOf: (kind: number) => Uint8Array,
): CovarianceStructure {
  if (which === 'unstructured') return unstructured(k, visitsOf)
  return which === 'ar1' ? autoregressive(k, visitsOf) : compoundSymmetry(k)
}

/** Where the covariance of positions i ≥ j stands among the parameters. */
function place(i: number, j: number): number {
  return i >= j ? (i * (i + 1)) / 2 + j : (j * (j + 1)) / 2 + i
}

function unstructured(k: number, visitsOf: (kind: number) => Uint8Array): CovarianceStructure {
  const listed = new Map<number, ReturnType<CovarianceStructure['derivatives']>>()
  return {
    count: (k * (k + 1)) / 2,
    triangle: k,
    permits(theta) {
      const whole = new Float64Array(k * k)
      for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) whole[i * k + j] = theta[place(i, j)]!
      return choleskyInPlace(whole, k)
    },
    covariance(theta, { kind, size }, out) {
      const visits = visitsOf(kind)
      for (let a = 0; a < size; a++) {
        for (let b = 0; b < size; b++) out[a * size + b] = theta[place(visits[a]!, visits[b]!)]!
      }
    },
    derivatives(_theta, { kind, size }) {
      const known = listed.get(kind)
      if (known) return known
      const visits = visitsOf(kind)
      const terms = []
      for (let a = 0; a < size; a++) {
        for (let b = 0; b <= a; b++) {
          const entries = entriesOf(size, (x, y) => ((x === a && y === b) || (x === b && y === a) ? 1 : 0))
          terms.push({ parameter: place(visits[a]!, visits[b]!), entries })
        }
      }
      terms.sort((one, other) => one.parameter - other.parameter)
      listed.set(kind, terms)
      return terms
    },
  }
}

function compoundSymmetry(k: number): CovarianceStructure {
  return {
    count: 2,
    triangle: 0,
    permits: ([variance, covariance]) => variance! > covariance! && variance! + (k - 1) * covariance! > 0,
    covariance([variance, covariance], { size }, out) {
      for (let a = 0; a < size; a++) {
        for (let b = 0; b < size; b++) out[a * size + b] = a === b ? variance! : covariance!
      }
    },
    derivatives(_theta, { size }) {
      return [
        { parameter: 0, entries: entriesOf(size, (a, b) => (a === b ? 1 : 0)) },
        { parameter: 1, entries: entriesOf(size, (a, b) => (a === b ? 0 : 1)) },
      ]
    },
  }
}

function autoregressive(k: number, visitsOf: (kind: number) => Uint8Array): CovarianceStructure {
  const apart = ({ kind }: Block) => {
    const visits = visitsOf(kind)
    return (a: number, b: number) => Math.abs(visits[a]! - visits[b]!)
  }
  return {
    count: 2,
    triangle: 0,
    permits: ([variance, rho]) => variance! > 0 && Math.abs(rho!) < (k > 1 ? 1 : 0.5),
    covariance([variance, rho], block, out) {
      const lag = apart(block)
      for (let a = 0; a < block.size; a++) {
        for (let b = 0; b < block.size; b++) out[a * block.size + b] = variance! * rho! ** lag(a, b)
      }
    },
    derivatives([variance, rho], block) {
      const lag = apart(block)
      return [
        { parameter: 0, entries: entriesOf(block.size, (a, b) => rho! ** lag(a, b)) },
        { parameter: 1, entries: entriesOf(block.size, (a, b) => slope(lag(a, b), variance!, rho!)) },
      ]
    },
    second([variance, rho], block) {
      const lag = apart(block)
      return [
        { pair: [0, 1], entries: entriesOf(block.size, (a, b) => slope(lag(a, b), 1, rho!)) },
        {
          pair: [1, 1],
          entries: entriesOf(block.size, (a, b) => {
            const l = lag(a, b)
            return l < 2 ? 0 : variance! * l * (l - 1) * rho! ** (l - 2)
          }),
        },
      ]
    },
  }
}

function slope(lag: number, variance: number, rho: number): number {
  return lag === 0 ? 0 : variance * lag * rho ** (lag - 1)
}
