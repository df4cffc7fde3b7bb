/** Σ weight·e^(−rate·t): what a linear system answers to a unit put in at time 0. */
export type ExponentialSum = { readonly rates: readonly number[]; readonly weights: readonly number[] }

/** Two rates closer than this, relatively, would leave fewer than twelve digits in a difference quotient. */
const TOO_CLOSE = 1e-4
const STEPS = [2e-3, 2.7e-3, 1.6e-3] as const
/** Weights of a symmetric sixth-order interpolation at 0 from ±1, ±2, ±3 steps. */
const SIDES = [
  [1, 0.75],
  [2, -0.3],
  [3, 0.05],
] as const

/**
 * What passes through one more compartment: the sum convolved with inflow·e^(−rate·t).
 *
 * Where `rate` meets a rate of the sum the usual formula divides by zero, though the answer is smooth in the rate. Then
 * the answer is interpolated from six rates beside it, which leaves a sum of exponentials and errs by less than 1e-11.
 *
 * @param rate per minute at which the compartment empties
 * @param inflow per minute by which the sum feeds it (equal to `rate` for a delay that loses nothing)
 */
export function through(sum: ExponentialSum, rate: number, inflow: number): ExponentialSum {
  if (nearest(sum.rates, rate) > TOO_CLOSE) return plainThrough(sum, rate, inflow)
  let step: number = STEPS[0]
  let room = -1
  for (const candidate of STEPS) {
    let least = Number.POSITIVE_INFINITY
    for (const [times] of SIDES) {
      least = Math.min(
        least,
        nearest(sum.rates, rate * (1 + times * candidate)),
        nearest(sum.rates, rate * (1 - times * candidate)),
      )
    }
    if (least > room) {
      room = least
      step = candidate
    }
  }
  const rates: number[] = []
  const weights: number[] = []
  const share = inflow / rate
  for (const [times, weight] of SIDES) {
    for (const side of [1, -1]) {
      const beside = rate * (1 + side * times * step)
      const part = plainThrough(sum, beside, share * beside)
      rates.push(...part.rates)
      for (const w of part.weights) weights.push(w * weight)
    }
  }
  return { rates, weights }
}

function plainThrough(sum: ExponentialSum, rate: number, inflow: number): ExponentialSum {
  const weights: number[] = []
  let own = 0
  for (let i = 0; i < sum.rates.length; i += 1) {
    const weight = (sum.weights[i]! * inflow) / (rate - sum.rates[i]!)
    weights.push(weight)
    own -= weight
  }
  return { rates: [...sum.rates, rate], weights: [...weights, own] }
}

function nearest(rates: readonly number[], rate: number): number {
  let least = Number.POSITIVE_INFINITY
  for (const other of rates) least = Math.min(least, Math.abs(other - rate) / rate)
  return least
}

export function scaled(sum: ExponentialSum, factor: number): ExponentialSum {
  return { rates: sum.rates, weights: sum.weights.map((weight) => weight * factor) }
}
