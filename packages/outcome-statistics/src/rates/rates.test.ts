import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { poissonLowerTail, poissonUpperTail } from '../count-distributions.ts'
import { negativeBinomialRegression } from './negative-binomial-regression.ts'
import { poissonRate, rateRatio } from './poisson-rate.ts'
import { poissonRegression } from './poisson-regression.ts'

describe('poissonRate', () => {
  it('of no events: the upper limit is −log(tail), by hand', () => {
    expect(poissonRate(0, 10)).toMatchObject({
      rate: 0,
      lower: 0,
      upper: expect.closeTo(-Math.log(0.025) / 10, 14),
    })
    expect(poissonRate(0, 10, { method: 'log' })).toEqual({ ok: false, reason: 'no-events' })
  })

  it('has limits at which the count is just rare', () => {
    const found = poissonRate(17, 1, { conf: 0.9 })
    if (!found.ok) throw new Error(found.reason)
    expect(poissonUpperTail(16, found.lower)).toBeCloseTo(0.05, 13)
    expect(poissonLowerTail(17, found.upper)).toBeCloseTo(0.05, 13)
  })

  it('refuses by name', () => {
    expect(poissonRate(-1, 1)).toEqual({ ok: false, reason: 'not-a-count' })
    expect(poissonRate(1, 0)).toEqual({ ok: false, reason: 'no-exposure' })
    expect(poissonRate(1, Number.NaN)).toEqual({ ok: false, reason: 'no-exposure' })
  })
})

describe('rateRatio', () => {
  it('asks for an exposure that a rate can be told by', () => {
    expect(poissonRate(5, 1e-320)).toEqual({ ok: false, reason: 'no-exposure' })
    expect(rateRatio({ events1: 5, exposure1: 1e-320, events2: 1, exposure2: 1 })).toEqual({
      ok: false,
      reason: 'no-exposure',
    })
  })

  it('does not weigh the events of whole countries', () => {
    const groups = { events1: 1e9, exposure1: 1e9, events2: 1, exposure2: 1 }
    expect(rateRatio(groups)).toEqual({ ok: false, reason: 'too-many-events' })
  })

  it('turns round with the groups and holds the ratio', () => {
    const count = fc.nat(200)
    const time = fc.double({ min: 0.5, max: 1e4, noNaN: true })
    fc.assert(
      fc.property(count, time, count, time, (events1, exposure1, events2, exposure2) => {
        const found = rateRatio({ events1, exposure1, events2, exposure2 })
        const turned = rateRatio({
          events1: events2,
          exposure1: exposure2,
          events2: events1,
          exposure2: exposure1,
        })
        if (!found.ok || !turned.ok) {
          expect(events1 + events2).toBe(0)
          return
        }
        expect(found.p).toBeCloseTo(turned.p, 9)
        if (found.upper !== null) expect(turned.lower * found.upper).toBeCloseTo(1, 9)
        if (found.ratio !== null) {
          expect(found.lower).toBeLessThanOrEqual(found.ratio * (1 + 1e-12))
          expect(found.upper!).toBeGreaterThanOrEqual(found.ratio * (1 - 1e-12))
        }
      }),
    )
  })

  it('by hand: 3 events against none in equal time', () => {
    const found = rateRatio({ events1: 3, exposure1: 5, events2: 0, exposure2: 5 })
    expect(found).toMatchObject({ ratio: null, upper: null, logLimits: null, p: expect.closeTo(0.25, 14) })
    expect(rateRatio({ events1: 0, exposure1: 5, events2: 0, exposure2: 5 })).toEqual({
      ok: false,
      reason: 'no-events',
    })
  })
})

const ones = (n: number) => new Float64Array(n).fill(1)
const arm = Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1)
const design = { names: ['rate', 'arm'], columns: [ones(8), arm] }
const count = Float64Array.of(0, 9, 1, 2, 14, 0, 3, 7)
const exposure = Float64Array.of(2, 4, 3, 1, 5, 2, 2, 1)

describe('poissonRegression', () => {
  it('of two groups is their rates, by hand', () => {
    const fit = poissonRegression({ count, design, exposure })
    if (!fit.ok) throw new Error(fit.reason)
    expect(Math.exp(fit.coefficients[0]!)).toBeCloseTo(12 / 10, 12)
    expect(Math.exp(fit.coefficients[1]!)).toBeCloseTo(24 / 10 / (12 / 10), 12)
    expect(fit.se[1]).toBeCloseTo(Math.sqrt(1 / 12 + 1 / 24), 12)
    expect(fit.aic).toBeCloseTo(4 - 2 * fit.logLikelihood, 12)
  })

  it('does not care for the order of rows nor the place of a covariate', () => {
    const fit = poissonRegression({ count, design, exposure })
    const order = [5, 2, 7, 0, 1, 6, 3, 4]
    const by = (values: Float64Array) => Float64Array.from(order, (row) => values[row]!)
    const moved = poissonRegression({
      count: by(count),
      exposure: by(exposure),
      design: { names: design.names, columns: [ones(8), by(arm).map((value) => value + 1000)] },
    })
    if (!fit.ok || !moved.ok) throw new Error('refused')
    expect(moved.coefficients[1]).toBeCloseTo(fit.coefficients[1]!, 11)
    expect(moved.deviance).toBeCloseTo(fit.deviance, 10)
    // Doubled rows halve the variance.
    const twice = (values: Float64Array) => Float64Array.from([...values, ...values])
    const doubled = poissonRegression({
      count: twice(count),
      exposure: twice(exposure),
      design: { names: design.names, columns: [ones(16), twice(arm)] },
    })
    if (!doubled.ok) throw new Error(doubled.reason)
    expect(doubled.coefficients[1]).toBeCloseTo(fit.coefficients[1]!, 12)
    expect(doubled.se[1]).toBeCloseTo(fit.se[1]! / Math.SQRT2, 12)
  })

  it('leaves unknown counts out and says of how many it is', () => {
    const withUnknown = Float64Array.of(...count, Number.NaN)
    const fit = poissonRegression({
      count: withUnknown,
      design: { names: design.names, columns: [ones(9), Float64Array.of(...arm, 1)] },
    })
    expect(fit).toMatchObject({ ok: true, n: 8 })
  })

  it('refuses by name', () => {
    expect(poissonRegression({ count: new Float64Array(8), design })).toEqual({
      ok: false,
      reason: 'no-events',
    })
    expect(poissonRegression({ count: Float64Array.of(1, 2, 1, 3, 0, 0, 0, 0), design })).toEqual({
      ok: false,
      reason: 'separation',
    })
    expect(poissonRegression({ count: Float64Array.of(1, 2, 1, 3, 0.5, 0, 0, 0), design })).toEqual({
      ok: false,
      reason: 'not-a-count',
      row: 4,
    })
    expect(poissonRegression({ count, design, exposure: new Float64Array(8) })).toMatchObject({
      reason: 'no-exposure',
    })
    expect(
      poissonRegression({ count, design: { names: ['a', 'b'], columns: [ones(8), ones(8)] } }),
    ).toMatchObject({ reason: 'rank-deficient-design', column: 'b' })
  })
})

describe('negativeBinomialRegression', () => {
  it('has the group means of two groups, and wider errors than Poisson', () => {
    const fit = negativeBinomialRegression({ count, design })
    const poisson = poissonRegression({ count, design })
    if (!fit.ok || !poisson.ok) throw new Error('refused')
    expect(Math.exp(fit.coefficients[0]!)).toBeCloseTo(3, 10)
    expect(Math.exp(fit.coefficients[1]!)).toBeCloseTo(2, 10)
    // Variance of a log mean: (1 / mean + 1 / theta) / n.
    expect(fit.se[0]).toBeCloseTo(Math.sqrt((1 / 3 + 1 / fit.theta) / 4), 10)
    expect(fit.se[1]).toBeGreaterThan(poisson.se[1]!)
    expect(fit.logLikelihood).toBeGreaterThan(poisson.logLikelihood)
  })

  it('says when counts spread no wider than Poisson’s', () => {
    const even = Float64Array.of(3, 3, 2, 4, 6, 5, 7, 6)
    expect(negativeBinomialRegression({ count: even, design })).toEqual({
      ok: false,
      reason: 'no-overdispersion',
    })
    expect(negativeBinomialRegression({ count: Float64Array.of(1, 2, 1, 3, 0, 0, 0, 0), design })).toEqual({
      ok: false,
      reason: 'separation',
    })
  })
})
