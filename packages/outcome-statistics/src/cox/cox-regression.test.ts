import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logRank } from '../log-rank.ts'
import { type CoxFit, type CoxOptions, coxRegression, linearPredictors } from './cox-regression.ts'
import type { CoxRows } from './cox-rows.ts'

function fitted(rows: CoxRows, options: CoxOptions = {}): CoxFit {
  const fit = coxRegression(rows, options)
  if (!fit.ok) throw new Error(`refused: ${fit.reason}`)
  return fit
}

/** Six people with ties, small enough for algebra (after Therneau & Grambsch 2000, appendix E). */
const six: CoxRows = {
  time: Float64Array.of(4, 1, 1, 2, 2, 3),
  event: Uint8Array.of(1, 1, 0, 1, 1, 0),
  covariates: [Float64Array.of(0, 1, 1, 1, 0, 0)],
}

describe('coxRegression by hand', () => {
  it('solves Breslow’s likelihood r² / ((3r + 3)(r + 3)²)', () => {
    const fit = fitted(six, { ties: 'breslow' })
    const r = 1.5 + Math.sqrt(33) / 2
    expect(fit.coefficients[0]).toBeCloseTo(Math.log(r), 13)
    expect(fit.logLikelihood).toBeCloseTo(2 * Math.log(r) - Math.log(3 * r + 3) - 2 * Math.log(r + 3), 13)
    expect(fit.logLikelihoodNull).toBeCloseTo(-Math.log(6 * 16), 13)
    const information = r / (r + 1) ** 2 + (2 * 3 * r) / (r + 3) ** 2
    expect(fit.se[0]).toBeCloseTo(1 / Math.sqrt(information), 13)
    // At r = 1 the score is 2 − 1/2 − 2/4 = 1 and the information 1/4 + 6/16.
    expect(fit.scoreTest.chiSquare).toBeCloseTo(1 / (1 / 4 + 6 / 16), 13)
    expect(fit.likelihoodRatioTest.chiSquare).toBeCloseTo(2 * (fit.logLikelihood - fit.logLikelihoodNull), 13)
    expect(fit.events).toBe(4)
  })

  it('solves Efron’s likelihood r² / ((3r + 3)(r + 3)(r + 5)/2)', () => {
    const fit = fitted(six)
    // The score is zero where r³ = 23 r + 30.
    const r = 2 * Math.sqrt(23 / 3) * Math.cos(Math.acos((45 / 23) * Math.sqrt(3 / 23)) / 3)
    expect(fit.coefficients[0]).toBeCloseTo(Math.log(r), 13)
    expect(fit.logLikelihood).toBeCloseTo(
      2 * Math.log(r) - Math.log(3 * r + 3) - Math.log(r + 3) - Math.log((r + 5) / 2),
      13,
    )
  })

  it('says that the exact likelihood r² / (3r + 3)² has no maximum', () => {
    expect(coxRegression(six, { ties: 'exact' })).toEqual({ ok: false, reason: 'separation', covariate: 0 })
  })

  it('solves the exact likelihood of a tied pair among four', () => {
    const rows = {
      time: Float64Array.of(1, 2, 1, 3),
      event: Uint8Array.of(1, 1, 1, 0),
      covariates: [Float64Array.of(1, 1, 0, 0)],
    }
    // Time 1, choices of two of {r, r, 1, 1}: r² + 4r + 1; had by one of each: r. Time 2: r of {r, 1}.
    const r = fitted(rows, { ties: 'exact' }).hazardRatio[0]!
    const score = 2 - (2 * r * r + 4 * r) / (r * r + 4 * r + 1) - r / (r + 1)
    expect(score).toBeCloseTo(0, 12)
  })
})

const person = fc.record({
  time: fc.integer({ min: 1, max: 15 }),
  event: fc.integer({ min: 0, max: 1 }),
  arm: fc.integer({ min: 0, max: 1 }),
  age: fc.integer({ min: 18, max: 70 }),
  site: fc.integer({ min: 1, max: 2 }),
})
type Person = { time: number; event: number; arm: number; age: number; site: number }
const people = fc.array(person, { minLength: 25, maxLength: 60 })

const rowsOf = (list: readonly Person[]): CoxRows => ({
  time: Float64Array.from(list, (p) => p.time),
  event: Uint8Array.from(list, (p) => p.event),
  covariates: [Float64Array.from(list, (p) => p.arm), Float64Array.from(list, (p) => p.age)],
})

function sameCoefficients(a: CoxFit, b: CoxFit, digits = 8): void {
  a.coefficients.forEach((value, j) => {
    expect(b.coefficients[j]).toBeCloseTo(value, digits)
    expect(b.se[j]).toBeCloseTo(a.se[j]!, digits)
  })
  expect(b.logLikelihood).toBeCloseTo(a.logLikelihood, digits)
}

/** Runs `check` on fits that exist; invented small samples are refused now and then, which is right. */
function onFits(check: (list: Person[], fit: CoxFit) => void, options: CoxOptions = {}): void {
  let fits = 0
  fc.assert(
    fc.property(people, (list) => {
      const fit = coxRegression(rowsOf(list), options)
      if (!fit.ok) return
      fits++
      check(list, fit)
    }),
    { numRuns: 60 },
  )
  expect(fits).toBeGreaterThan(30)
}

describe('coxRegression, whatever the people', () => {
  it('does not depend on the order of the rows', () => {
    onFits((list, fit) => sameCoefficients(fit, fitted(rowsOf([...list].reverse()))))
  })

  it('follows the units of a covariate', () => {
    onFits((list, fit) => {
      const months = list.map((p) => ({ ...p, age: p.age * 12 + 1000 }))
      const scaled = fitted(rowsOf(months))
      expect(scaled.coefficients[1]! * 12).toBeCloseTo(fit.coefficients[1]!, 9)
      expect(scaled.se[1]! * 12).toBeCloseTo(fit.se[1]!, 9)
      expect(scaled.z[1]).toBeCloseTo(fit.z[1]!, 8)
    })
  })

  it.each(['efron', 'breslow', 'exact'] as const)(
    'sees no difference when a person’s time is cut in two (%s)',
    (ties) => {
      onFits(
        (list, fit) => {
          const pieces = list.flatMap((p) => {
            const whole = { ...p, entry: Number.NEGATIVE_INFINITY }
            if (p.time < 2) return [{ ...whole, entry: -1 }]
            const cut = Math.floor(p.time / 2)
            return [
              { ...p, entry: -1, time: cut, event: 0 },
              { ...p, entry: cut },
            ]
          })
          const rows = { ...rowsOf(pieces), entry: Float64Array.from(pieces, (p) => p.entry) }
          sameCoefficients(fit, fitted(rows, { ties }))
        },
        { ties },
      )
    },
  )

  it('takes a weight of 2 for two rows (Breslow)', () => {
    onFits(
      (list, fit) => {
        const weighted = fitted(
          { ...rowsOf(list), weight: new Float64Array(list.length).fill(2) },
          { ties: 'breslow' },
        )
        const doubled = fitted(rowsOf([...list, ...list]), { ties: 'breslow' })
        sameCoefficients(doubled, weighted)
        expect(weighted.se[0]).toBeCloseTo(fit.se[0]! / Math.SQRT2, 9)
      },
      { ties: 'breslow' },
    )
  })

  it('treats each stratum by itself: times of one may be shifted against the other', () => {
    const fits = (list: Person[]) =>
      coxRegression({ ...rowsOf(list), strata: Uint8Array.from(list, (p) => p.site) })
    fc.assert(
      fc.property(people, (list) => {
        const fit = fits(list)
        const shifted = fits(list.map((p) => (p.site === 2 ? { ...p, time: p.time + 100 } : p)))
        if (fit.ok && shifted.ok) sameCoefficients(fit, shifted)
        else expect(fit.ok).toBe(shifted.ok)
      }),
      { numRuns: 60 },
    )
  })

  it('has the log-rank test as its score test where nobody is tied', () => {
    const list = [5, 3, 9, 1, 7, 2, 8, 4, 6, 10]
    const event = Uint8Array.of(1, 1, 0, 1, 1, 0, 1, 1, 1, 0)
    const arm = Uint8Array.of(0, 1, 0, 1, 0, 1, 1, 0, 1, 0)
    const time = Float64Array.from(list)
    const fit = fitted({ time, event, covariates: [Float64Array.from(arm)] })
    const test = logRank({ time, event, group: arm })
    expect(test.ok && test.chiSquare).toBeCloseTo(fit.scoreTest.chiSquare, 12)
  })

  it('gives clusters of one row the same errors as rows that stand alone', () => {
    onFits((list) => {
      const byRow = fitted(rowsOf(list), { cluster: 'row' })
      const byLabel = fitted(rowsOf(list), { cluster: Uint32Array.from(list.keys()) })
      expect(byLabel.robustSe![0]).toBeCloseTo(byRow.robustSe![0]!, 12)
      expect(byRow.lower[0]! < byRow.hazardRatio[0]! && byRow.hazardRatio[0]! < byRow.upper[0]!).toBe(true)
    })
  })
})

describe('coxRegression refuses', () => {
  const time = Float64Array.of(1, 2, 3, 4, 5, 6)
  const event = Uint8Array.of(1, 1, 1, 1, 1, 0)
  const x = Float64Array.of(1, 0, 2, 1, 0, 3)

  it('separation, with the covariate', () => {
    // Whoever has arm = 1 had the event before everybody else.
    const arm = Float64Array.of(1, 1, 1, 0, 0, 0)
    expect(coxRegression({ time, event, covariates: [x, arm] })).toEqual({
      ok: false,
      reason: 'separation',
      covariate: 1,
    })
  })

  it('separation of a rare group without events among many', () => {
    const many = 2000
    const rows = {
      time: Float64Array.from({ length: many }, (_, i) => 1 + ((i * 37) % 101)),
      event: Uint8Array.from({ length: many }, (_, i) => (i % 3 === 0 && i % 400 !== 0 ? 1 : 0)),
      covariates: [
        Float64Array.from({ length: many }, (_, i) => (i * 13) % 17),
        Float64Array.from({ length: many }, (_, i) => (i % 400 === 0 ? 1 : 0)),
      ],
    }
    expect(coxRegression(rows)).toEqual({ ok: false, reason: 'separation', covariate: 1 })
  })

  it('a covariate that is constant or a combination of others', () => {
    const singular = (covariates: Float64Array[]) => coxRegression({ time, event, covariates })
    expect(singular([x, new Float64Array(6).fill(7)])).toEqual({
      ok: false,
      reason: 'singular-information',
      covariate: 1,
    })
    const strata = Uint8Array.of(1, 1, 1, 2, 2, 2)
    const byStratum = Float64Array.from(strata, (label) => label / 3)
    expect(coxRegression({ time, event, covariates: [byStratum], strata })).toMatchObject({
      reason: 'singular-information',
      covariate: 0,
    })
    expect(singular([x, x.map((value) => 3 - 2 * value)])).toMatchObject({ reason: 'singular-information' })
  })

  it('errors from too few clusters', () => {
    expect(coxRegression({ time, event, covariates: [x] }, { cluster: new Uint8Array(6) })).toEqual({
      ok: false,
      reason: 'too-few-clusters',
    })
  })

  it('rows that make no sense, by number', () => {
    const covariates = [x]
    const bad = (change: Partial<CoxRows>) => coxRegression({ time, event, covariates, ...change })
    expect(bad({ event: new Uint8Array(6) })).toEqual({ ok: false, reason: 'no-events' })
    expect(bad({ covariates: [] })).toEqual({ ok: false, reason: 'no-covariates' })
    expect(bad({ covariates: [Float64Array.of(1, 0, 2, Number.NaN, 0, 3)] })).toEqual({
      ok: false,
      reason: 'covariate-not-finite',
      row: 3,
    })
    expect(bad({ time: Float64Array.of(1, -2, 3, 4, 5, 6) })).toMatchObject({
      reason: 'time-negative',
      row: 1,
    })
    expect(bad({ entry: Float64Array.of(0, 0, 3, 0, 0, 0) })).toMatchObject({
      reason: 'entry-not-before-time',
      row: 2,
    })
    expect(bad({ strata: Float64Array.of(1, 1, 1, 1, Number.NaN, 1) })).toMatchObject({
      reason: 'stratum-not-finite',
      row: 4,
    })
  })

  it('broken code by throwing', () => {
    const weight = new Float64Array(6).fill(1)
    expect(() => coxRegression({ time, event, covariates: [x.slice(1)] })).toThrow(RangeError)
    expect(() => coxRegression({ time, event, covariates: [x], weight }, { ties: 'exact' })).toThrow(
      RangeError,
    )
    expect(() => coxRegression({ time, event, covariates: [x] }, { conf: 95 })).toThrow(RangeError)
    expect(() => linearPredictors([x, x], { coefficients: Float64Array.of(1) })).toThrow(RangeError)
  })
})
