import { choleskyInPlace, choleskySolve } from '../dense-matrix.ts'
import { derivativesAt, evaluate, type MarginalModel } from './restricted-likelihood.ts'

const MOST_STEPS = 300
/** Expected gain in −2 log likelihood at which Newton's steps may take over. */
const NEAR = 1e-4
const STIFFEST = 1e10

/**
 * Climbs on Cholesky's factor of the covariance instead of its entries, where no step can lead out of the covariance
 * matrices: slower than Newton's steps, but it passes along the edge when the optimum lies close to it.
 *
 * Levenberg and Marquardt's damping of Fisher's scoring. For structures whose θ begins with the lower triangle of a
 * matrix (`triangle` rows of it); what follows stays as it is. Returns where it came to, or null when it got nowhere.
 */
export function climbByFactor(model: MarginalModel, start: Float64Array): Float64Array | null {
  const { triangle } = model.structure
  const q = start.length
  let x = factorOf(start, triangle)
  let at = x && evaluate(model, start)
  if (!x || !at) return null
  let theta = start
  let damping = 1e-3
  for (let step = 0; step < MOST_STEPS && damping < STIFFEST; step++) {
    const { gradient, scoring } = derivativesAt(model, theta, at)
    const jacobian = jacobianOf(x, triangle)
    const slope = new Float64Array(q)
    const metric = new Float64Array(q * q)
    for (let a = 0; a < q; a++) {
      for (let r = 0; r < q; r++) slope[a]! += jacobian[r * q + a]! * gradient[r]!
    }
    const half = times(scoring, jacobian, q)
    for (let a = 0; a < q; a++) {
      for (let b = 0; b < q; b++) {
        for (let r = 0; r < q; r++) metric[a * q + b]! += jacobian[r * q + a]! * half[r * q + b]!
      }
    }
    let gain = 0
    for (; damping < STIFFEST; damping *= 10) {
      const factor = metric.slice()
      for (let a = 0; a < q; a++) factor[a * q + a]! *= 1 + damping
      const move = slope.map((value) => -value)
      if (!choleskyInPlace(factor, q)) continue
      choleskySolve(factor, q, move)
      const trial = x.map((value, a) => value + move[a]!)
      const there = productOf(trial, triangle)
      const reached = evaluate(model, there)
      if (!reached || !(reached.minus2LogLikelihood < at.minus2LogLikelihood)) continue
      gain = at.minus2LogLikelihood - reached.minus2LogLikelihood
      x = trial
      theta = there
      at = reached
      damping /= 30
      break
    }
    if (gain < NEAR && damping < 1e-2) break
  }
  return theta
}

/** The factor's entries in place of the matrix's; null when it is no covariance matrix. */
function factorOf(theta: Float64Array, order: number): Float64Array | null {
  const matrix = new Float64Array(order * order)
  for (let i = 0; i < order; i++) for (let j = 0; j <= i; j++) matrix[i * order + j] = theta[place(i, j)]!
  if (!choleskyInPlace(matrix, order)) return null
  const x = theta.slice()
  for (let i = 0; i < order; i++) for (let j = 0; j <= i; j++) x[place(i, j)] = matrix[i * order + j]!
  return x
}

function productOf(x: Float64Array, order: number): Float64Array {
  const theta = x.slice()
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let l = 0; l <= j; l++) sum += x[place(i, l)]! * x[place(j, l)]!
      theta[place(i, j)] = sum
    }
  }
  return theta
}

/** ∂θ_r / ∂x_a, q × q. */
function jacobianOf(x: Float64Array, order: number): Float64Array {
  const q = x.length
  const out = new Float64Array(q * q)
  for (let r = (order * (order + 1)) / 2; r < q; r++) out[r * q + r] = 1
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      for (let l = 0; l <= j; l++) {
        out[place(i, j) * q + place(i, l)]! += x[place(j, l)]!
        out[place(i, j) * q + place(j, l)]! += x[place(i, l)]!
      }
    }
  }
  return out
}

function times(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let l = 0; l < n; l++) {
      const value = a[i * n + l]!
      if (value === 0) continue
      for (let j = 0; j < n; j++) out[i * n + j]! += value * b[l * n + j]!
    }
  }
  return out
}

/** Where row i, column j ≤ i of a lower triangle stands, row by row. */
function place(i: number, j: number): number {
  return (i * (i + 1)) / 2 + j
}
