import { describe, expect, it } from 'vitest'
import { coxRegression } from '../cox/cox-regression.ts'
import { type FineGrayFit, fineGray } from './fine-gray.ts'
import { type GrayTest, grayTest } from './gray-test.ts'

/** A hundred and fifty invented people, by a fixed recipe. */
const count = 150
const step = (i: number, by: number, modulus: number) => (i * by + 5) % modulus
const column = (of: (i: number) => number) => Float64Array.from({ length: count }, (_, i) => of(i))
const time = column((i) => 1 + step(i, 37, 41))
const event = Uint8Array.from({ length: count }, (_, i) => [1, 2, 0, 1, 2, 1, 0][step(i, 3, 7)]!)
const covariates = [column((i) => step(i, 11, 2)), column((i) => step(i, 29, 23))]
const group = Uint8Array.from({ length: count }, (_, i) => step(i, 13, 3))

function fitted(rows: Parameters<typeof fineGray>[0], cause = 1): FineGrayFit {
  const fit = fineGray(rows, { cause })
  if (!fit.ok) throw new Error(`refused: ${fit.reason}`)
  return fit
}

function tested(rows: Parameters<typeof grayTest>[0], cause = 1): GrayTest {
  const test = grayTest(rows, { cause })
  if (!test.ok) throw new Error(`refused: ${test.reason}`)
  return test
}

const close = (found: Float64Array, expected: Float64Array, digits = 9) =>
  expected.forEach((value, j) => {
    expect(found[j]).toBeCloseTo(value, digits)
  })

describe('fineGray', () => {
  it('is Cox regression where no other event happens', () => {
    const own = event.map((cause) => (cause === 1 ? 1 : 0))
    const fit = fitted({ time, event: own, covariates })
    const cox = coxRegression({ time, event: own, covariates }, { ties: 'breslow', cluster: 'row' })
    if (!cox.ok) throw new Error('refused')
    close(fit.coefficients, cox.coefficients)
    close(fit.se, cox.robustSe!)
    expect(fit.logLikelihood).toBeCloseTo(cox.logLikelihood, 9)
  })

  it('is Cox regression with other events never leaving where nobody is censored', () => {
    const all = event.map((cause) => (cause === 0 ? 1 : cause))
    const fit = fitted({ time, event: all, covariates })
    const cox = coxRegression(
      {
        time: time.map((t, i) => (all[i] === 1 ? t : 1000)),
        event: all.map((cause) => (cause === 1 ? 1 : 0)),
        covariates,
      },
      { ties: 'breslow', cluster: 'row' },
    )
    if (!cox.ok) throw new Error('refused')
    close(fit.coefficients, cox.coefficients)
    close(fit.se, cox.robustSe!)
  })

  it('does not depend on order or units', () => {
    const fit = fitted({ time, event, covariates })
    const back = fitted({
      time: time.toReversed(),
      event: event.toReversed(),
      covariates: covariates.map((values) => values.toReversed().map((value) => value / 4 - 9)),
    })
    close(
      back.coefficients.map((b) => b / 4),
      fit.coefficients,
    )
    close(back.z, fit.z, 8)
  })

  it('refuses by name', () => {
    expect(fineGray({ time, event, covariates }, { cause: 9 })).toEqual({ ok: false, reason: 'no-events' })
    expect(fineGray({ time, event, covariates: [column(() => 3)] }, { cause: 1 })).toEqual({
      ok: false,
      reason: 'singular-information',
      covariate: 0,
    })
    expect(fineGray({ time: time.with(4, -1), event, covariates }, { cause: 1 })).toMatchObject({ row: 4 })
    // Those marked 1 never have the event.
    const never = column((i) => (event[i] !== 1 && i % 2 === 0 ? 1 : 0))
    expect(fineGray({ time, event, covariates: [never] }, { cause: 1 })).toMatchObject({
      reason: 'separation',
    })
  })
})

describe('grayTest', () => {
  it('does not depend on labels or on the order of the rows', () => {
    const test = tested({ time, event, group })
    const relabelled = tested({
      time: time.toReversed(),
      event: event.toReversed(),
      group: group.toReversed().map((label) => 9 - label),
    })
    expect(relabelled.chiSquare).toBeCloseTo(test.chiSquare, 9)
    expect(test.df).toBe(2)
    expect(relabelled.groups).toEqual([7, 8, 9])
  })

  it('sees no difference between two copies of the same people', () => {
    const twice = (values: Float64Array) => Float64Array.of(...values, ...values)
    const test = tested({
      time: twice(time),
      event: Uint8Array.of(...event, ...event),
      group: Uint8Array.from({ length: 2 * count }, (_, i) => (i < count ? 0 : 1)),
    })
    expect(test.chiSquare).toBeCloseTo(0, 12)
    expect(test.p).toBeCloseTo(1, 6)
  })

  it('refuses by name', () => {
    expect(grayTest({ time, event, group: new Uint8Array(count) }, { cause: 1 })).toEqual({
      ok: false,
      reason: 'one-group',
    })
    expect(grayTest({ time, event, group }, { cause: 9 })).toEqual({ ok: false, reason: 'no-events' })
    // Group 0 is gone before the first event.
    const apart = {
      time: Float64Array.of(1, 1, 5, 6),
      event: Uint8Array.of(0, 0, 1, 1),
      group: Uint8Array.of(0, 0, 1, 1),
    }
    expect(grayTest(apart, { cause: 1 })).toEqual({ ok: false, reason: 'groups-never-at-risk-together' })
  })
})
