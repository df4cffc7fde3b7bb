const HALVINGS = 4

/**
 * Second derivatives of `f` at `x` by central differences with steps of 10 % halved four times and extrapolated, the way
 * R's numDeriv::hessian goes by default (Richardson). Only to meet figures that were made with it.
 */
export function richardsonCurvature(f: (x: Float64Array) => number, x: Float64Array): Float64Array {
  const n = x.length
  const middle = f(x)
  const step = x.map((value) => Math.abs(0.1 * value) + (Math.abs(value) < 2e-5 ? 1e-4 : 0))
  const at = (places: readonly number[], share: number) => {
    const moved = x.slice()
    for (const i of places) moved[i]! += share * step[i]!
    return f(moved)
  }
  const bend = (places: readonly number[], share: number) =>
    at(places, share) - 2 * middle + at(places, -share)
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    out[i * n + i] = extrapolated((share) => bend([i], share) / (share * step[i]!) ** 2)
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const value = extrapolated((share) => {
        const a = share * step[i]!
        const b = share * step[j]!
        return (bend([i, j], share) - out[i * n + i]! * a * a - out[j * n + j]! * b * b) / (2 * a * b)
      })
      out[i * n + j] = value
      out[j * n + i] = value
    }
  }
  return out
}

function extrapolated(rough: (share: number) => number): number {
  const values = Array.from({ length: HALVINGS }, (_, halving) => rough(2 ** -halving))
  for (let order = 1; order < HALVINGS; order++) {
    for (let i = 0; i < HALVINGS - order; i++) {
      values[i] = (values[i + 1]! * 4 ** order - values[i]!) / (4 ** order - 1)
    }
  }
  return values[0]!
}
