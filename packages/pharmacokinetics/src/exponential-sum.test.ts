import { describe, expect, it } from 'vitest'
import { type ExponentialSum, through } from './exponential-sum.ts'

const at = ({ rates, weights }: ExponentialSum, t: number) =>
  rates.reduce((sum, rate, i) => sum + weights[i]! * Math.exp(-rate * t), 0)

describe('through a compartment', () => {
  const k = 0.05
  const decay = { rates: [k], weights: [1] }
  it('meets k·t·e^(−kt) where both rates are the same, to 1e-9', () => {
    for (const t of [0.1, 1, 5, 20, 60, 200, 400]) {
      const wanted = k * t * Math.exp(-k * t)
      expect(Math.abs(at(through(decay, k, k), t) / wanted - 1)).toBeLessThan(1e-9)
    }
  })
  it('is smooth from far to near to equal', () => {
    const value = (apart: number) => at(through(decay, k * (1 + apart), k), 30)
    for (const apart of [1e-3, 2e-4, 1.01e-4, 0.99e-4, 1e-6, 1e-9, 1e-15]) {
      // First order in how far apart: d/dk of the answer, from both sides.
      expect(Math.abs(value(apart) + value(-apart) - 2 * value(0))).toBeLessThan(2 * apart ** 2 + 1e-11)
    }
  })
  it('passes three equal compartments: k³t²e^(−kt)/2, the Erlang density', () => {
    const three = through(through({ rates: [k], weights: [k] }, k, k), k, k)
    for (const t of [5, 20, 60, 200]) {
      const wanted = (k ** 3 * t * t * Math.exp(-k * t)) / 2
      expect(Math.abs(at(three, t) / wanted - 1)).toBeLessThan(1e-7)
    }
  })
})
