import { describe, expect, it } from 'vitest'
import { bits, emptyStream, normal, normalQuantile, restart, uniform } from './random.ts'

const PEOPLE = 100_000
/** One figure of each of many people, the `skip`-th draw after a restart. */
function draws(seed: number, skip: number): Float64Array {
  const stream = emptyStream()
  return Float64Array.from({ length: PEOPLE }, (_, person) => {
    restart(stream, seed, person)
    for (let i = 0; i < skip; i += 1) bits(stream)
    return normal(stream)
  })
}
const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length
const correlation = (a: Float64Array, b: Float64Array) => mean(a.map((value, i) => value * b[i]!))

describe('chance by seed and person', () => {
  // Standard error of each of these is 1/√100,000 = 0.0032; five of them.
  const WIDE = 0.016
  it('is standard normal across people', () => {
    const z = draws(1, 0)
    expect(Math.abs(mean(z))).toBeLessThan(WIDE)
    expect(Math.abs(mean(z.map((v) => v * v)) - 1)).toBeLessThan(WIDE * Math.SQRT2)
    const sorted = z.sort()
    for (const p of [0.001, 0.05, 0.25, 0.75, 0.95, 0.999]) {
      const share = sorted.findIndex((v) => v > normalQuantile(p)) / PEOPLE
      expect(Math.abs(share - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / PEOPLE))
    }
  })
  it('is unrelated between draws, neighbours and seeds', () => {
    const first = draws(1, 0)
    for (const other of [
      draws(1, 1),
      draws(1, 7),
      draws(2, 0),
      draws(-1, 0),
      draws(1, 0).map((_, i, all) => all[(i + 1) % PEOPLE]!),
    ]) {
      expect(Math.abs(correlation(first, other))).toBeLessThan(WIDE)
    }
  })
  it('never gives 0 or 1, and begins again where it began', () => {
    const stream = emptyStream()
    restart(stream, 7, 3)
    const once = Array.from({ length: 1000 }, () => uniform(stream))
    restart(stream, 7, 3)
    expect(Array.from({ length: 1000 }, () => uniform(stream))).toEqual(once)
    expect(Math.min(...once)).toBeGreaterThan(0)
    expect(Math.max(...once)).toBeLessThan(1)
  })
  it('has the quantiles of tables', () => {
    for (const [p, z] of [
      [0.975, 1.959963984540054],
      [0.95, 1.6448536269514722],
      [0.5, 0],
      [1e-6, -4.753424308822899],
    ] as const) {
      expect(Math.abs(normalQuantile(p) - z)).toBeLessThan(1e-8)
    }
  })
})
