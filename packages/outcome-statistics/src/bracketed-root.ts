/**
 * The x between `low` and `high` at which a continuous function changes its sign, to the last digits.
 *
 * Brent's method: inverse quadratic steps where they help, halving where they do not, so it never leaves the bracket.
 * Source: Brent, Algorithms for Minimization without Derivatives, 1973, ch. 4. Cost: about ten evaluations, at most some
 * hundred.
 * @param f the function; f(low) and f(high) have different signs or one is 0, else RangeError
 */
export function bracketedRoot(f: (x: number) => number, low: number, high: number): number {
  let a = low
  let b = high
  let fa = f(a)
  let fb = f(b)
  if (fa === 0) return a
  if (fb === 0) return b
  if (!(fa < 0 !== fb < 0)) throw new RangeError(`no change of sign between ${low} and ${high}`)
  let c = a
  let fc = fa
  let step = b - a
  let before = step
  for (let round = 0; round < 200; round++) {
    if (fb < 0 === fc < 0) {
      c = a
      fc = fa
      step = b - a
      before = step
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      a = b
      b = c
      c = a
      fa = fb
      fb = fc
      fc = fa
    }
    const half = (c - b) / 2
    const smallest = 2 * Number.EPSILON * Math.abs(b) + Number.MIN_VALUE
    if (Math.abs(half) <= smallest || fb === 0) return b
    if (Math.abs(before) < smallest || Math.abs(fa) <= Math.abs(fb)) {
      step = half
      before = half
    } else {
      const s = fb / fa
      let p: number
      let q: number
      if (a === c) {
        p = 2 * half * s
        q = 1 - s
      } else {
        const r = fb / fc
        q = fa / fc
        p = s * (2 * half * q * (q - r) - (b - a) * (r - 1))
        q = (q - 1) * (r - 1) * (s - 1)
      }
      if (p > 0) q = -q
      p = Math.abs(p)
      if (2 * p < Math.min(3 * half * q - Math.abs(smallest * q), Math.abs(before * q))) {
        before = step
        step = p / q
      } else {
        step = half
        before = half
      }
    }
    a = b
    fa = fb
    b += Math.abs(step) > smallest ? step : half > 0 ? smallest : -smallest
    fb = f(b)
  }
  return b
}
