import { describe, expect, it } from 'vitest'
import { intraclassCorrelation } from './intraclass-correlation.ts'
import { cohensKappa, fleissKappa } from './kappa.ts'
import { concordanceCorrelation, cronbachsAlpha, limitsOfAgreement } from './method-comparison.ts'

describe('cohensKappa', () => {
  it('by hand: 35 of 50 agree, 25 by chance', () => {
    const table = [
      [20, 5],
      [10, 15],
    ]
    expect(cohensKappa(table)).toMatchObject({
      kappa: expect.closeTo(0.4, 14),
      agreement: 0.7,
      expected: 0.5,
    })
  })

  it('keeps with doubled counts, and turned tables; perfect agreement is 1 with weights or without', () => {
    const table = [
      [44, 5, 1],
      [7, 20, 6],
      [2, 8, 33],
    ]
    for (const weights of ['unweighted', 'linear', 'quadratic'] as const) {
      const once = cohensKappa(table, { weights })
      const twice = cohensKappa(
        table.map((row) => row.map((count) => 2 * count)),
        { weights },
      )
      const turned = cohensKappa(
        table.map((_, j) => table.map((row) => row[j]!)),
        { weights },
      )
      if (!once.ok || !twice.ok || !turned.ok) throw new Error('refused')
      expect(twice.kappa).toBeCloseTo(once.kappa, 13)
      expect(twice.se).toBeCloseTo(once.se / Math.SQRT2, 13)
      expect(turned.kappa).toBeCloseTo(once.kappa, 13)
      expect(
        cohensKappa(
          [
            [4, 0],
            [0, 6],
          ],
          { weights },
        ),
      ).toMatchObject({ kappa: 1, se: 0 })
    }
  })

  it('refuses by name', () => {
    expect(
      cohensKappa([
        [9, 0],
        [0, 0],
      ]),
    ).toEqual({ ok: false, reason: 'one-category' })
    expect(cohensKappa([[9]], { weights: 'linear' })).toEqual({ ok: false, reason: 'one-category' })
    expect(cohensKappa([])).toEqual({ ok: false, reason: 'no-rows' })
    expect(cohensKappa([[1, 2]])).toEqual({ ok: false, reason: 'not-a-table', row: 0 })
  })
})

describe('fleissKappa', () => {
  it('is 1 when all agree and refuses one category', () => {
    expect(
      fleissKappa([
        [3, 0],
        [0, 3],
      ]),
    ).toMatchObject({ kappa: 1 })
    expect(fleissKappa([[3, 0]])).toEqual({ ok: false, reason: 'one-category' })
    expect(
      fleissKappa([
        [3, 0],
        [0, 2],
      ]),
    ).toEqual({ ok: false, reason: 'uneven-raters', row: 1 })
  })
})

describe('intraclassCorrelation', () => {
  it('gives the published figures of Shrout and Fleiss', () => {
    const ratings = Float64Array.of(9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7)
    const found = intraclassCorrelation(ratings, 4)
    if (!found.ok) throw new Error(found.reason)
    const rounded = [found.oneWay, found.twoWayRandom, found.twoWayMixed].map((pair) => [
      Number(pair.single.icc.toFixed(2)),
      Number(pair.average.icc.toFixed(2)),
    ])
    expect(rounded).toEqual([
      [0.17, 0.44],
      [0.29, 0.62],
      [0.71, 0.91],
    ])
    // Raters' levels do not matter to the mixed form.
    const shifted = intraclassCorrelation(
      ratings.map((value, i) => value + 10 * (i % 4)),
      4,
    )
    if (!shifted.ok) throw new Error(shifted.reason)
    expect(shifted.twoWayMixed.single.icc).toBeCloseTo(found.twoWayMixed.single.icc, 12)
  })

  it('refuses by name', () => {
    expect(intraclassCorrelation(Float64Array.of(1, 2), 2)).toEqual({ ok: false, reason: 'too-few' })
    expect(intraclassCorrelation(Float64Array.of(1, 2, 1, Number.NaN), 2)).toMatchObject({
      reason: 'not-a-number',
      row: 1,
    })
    expect(intraclassCorrelation(Float64Array.of(1, 2, 1, 2), 2)).toEqual({
      ok: false,
      reason: 'no-variation',
    })
    expect(intraclassCorrelation(Float64Array.of(1, 1, 2, 2), 2)).toEqual({
      ok: false,
      reason: 'no-variation',
    })
    expect(() => intraclassCorrelation(Float64Array.of(1, 2, 3), 2)).toThrow(RangeError)
  })
})

describe('two methods', () => {
  const x = Float64Array.of(10, 12, 15, 19, 24)

  it('concord wholly only when equal; a shift lowers concordance but not correlation', () => {
    expect(concordanceCorrelation(x, x)).toMatchObject({ concordance: expect.closeTo(1, 14), lower: null })
    const shifted = concordanceCorrelation(
      x,
      x.map((value) => value + 5),
    )
    if (!shifted.ok) throw new Error(shifted.reason)
    expect(shifted.precision).toBeCloseTo(1, 14)
    expect(shifted.concordance).toBeLessThan(0.8)
    expect(shifted.accuracy).toBeCloseTo(shifted.concordance, 13)
  })

  it('differ by a bias, by hand', () => {
    const found = limitsOfAgreement(
      x,
      x.map((value, i) => value - 2 + (i % 2 ? 1 : -1)),
    )
    expect(found).toMatchObject({
      n: 5,
      bias: expect.closeTo(2.2, 13),
      sd: expect.closeTo(Math.sqrt(1.2), 13),
    })
  })

  it('refuse by name', () => {
    expect(concordanceCorrelation(x, Float64Array.of(1, 1, 1, 1, 1))).toEqual({
      ok: false,
      reason: 'no-variation',
    })
    expect(limitsOfAgreement(Float64Array.of(1), Float64Array.of(1))).toEqual({
      ok: false,
      reason: 'too-few',
    })
    expect(cronbachsAlpha([x])).toEqual({ ok: false, reason: 'too-few' })
  })

  it('items that are the same have alpha 1', () => {
    expect(cronbachsAlpha([x, x, x])).toMatchObject({ alpha: expect.closeTo(1, 13), n: 5 })
  })
})
