import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  concordance,
  coxRegression,
  kaplanMeierByGroup,
  linearPredictors,
  logRank,
  medianSurvival,
  restrictedMean,
} from '@evenkeel/outcome-statistics'
import { describe, expect, it } from 'vitest'
import { generateCohort } from '../bench/gen.ts'

/** R's answers (survival 3.5-3) on the cohorts of bench/gen.ts. */
type Expected = {
  events: number
  table_rmean365: { rmean: number[]; se: number[]; median: number[] }
  logrank: { n: number[]; observed: number[]; expected: number[]; chisq: number; df: number; p: number }
  logrank_strat_site: { chisq: number }
  cox_efron: Model & { se: Record<string, number>; concordance: number }
  cox_breslow: Model
  cox_strata: Model
}
type Model = { coef: Record<string, number>; loglik: number[] }

const file = resolve(
  import.meta.dirname,
  '..',
  process.env.EVENKEEL_SHARED ?? '../shared',
  'data/bench/expected.json',
)
const present = existsSync(file)
const sizes = [10_000, 100_000]

function expectedFor(people: number): { seed: number; expect: Expected } {
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
    cases: { id: string; args: { seed: number }; expect: Expected }[]
  }
  const found = cases.find(({ id }) => id === `survival-${people}`)!
  return { seed: found.args.seed, expect: found.expect }
}

/** Within 1e-9 of R, relative. */
function near(found: number | Float64Array, expected: number | readonly number[]): void {
  const list = typeof found === 'number' ? [found] : [...found]
  const wanted = typeof expected === 'number' ? [expected] : expected
  expect(list).toHaveLength(wanted.length)
  wanted.forEach((value, i) => {
    expect(Math.abs(list[i]! - value)).toBeLessThanOrEqual(1e-9 * Math.abs(value))
  })
}

describe(`a generated cohort, as R sees it${present ? '' : ' (SKIPPED: the reference data is not on this machine)'}`, () => {
  it.skipIf(!present).each(sizes)('curves and log-rank tests of %i people', (people) => {
    const { seed, expect: r } = expectedFor(people)
    const { time, event, arm, site } = generateCohort(people, seed)
    const curves = kaplanMeierByGroup({ time, event, group: arm })
    const test = logRank({ time, event, group: arm })
    const stratified = logRank({ time, event, group: arm, strata: site })
    if (!curves.ok || !test.ok || !stratified.ok) throw new Error('refused')
    curves.curves.forEach(({ curve }, g) => {
      const mean = restrictedMean(curve, 365)
      if (!mean.ok) throw new Error(mean.reason)
      near(mean.mean, r.table_rmean365.rmean[g]!)
      near(mean.se, r.table_rmean365.se[g]!)
      expect(medianSurvival(curve).time).toBe(r.table_rmean365.median[g])
    })
    expect([...test.n]).toEqual(r.logrank.n)
    expect([...test.observed]).toEqual(r.logrank.observed)
    near(test.expected, r.logrank.expected)
    near(test.chiSquare, r.logrank.chisq)
    near(stratified.chiSquare, r.logrank_strat_site.chisq)
  })

  it.skipIf(!present).each(sizes)('Cox models of %i people', (people) => {
    const { seed, expect: r } = expectedFor(people)
    const cohort = generateCohort(people, seed)
    const { time, event, site } = cohort
    const covariates = [
      cohort.arm,
      cohort.severity,
      cohort.ageYears,
      cohort.injects,
      cohort.priorTreatments,
    ].map((values) => Float64Array.from(values))
    const rows = { time, event, covariates }
    const model = (fit: ReturnType<typeof coxRegression>, wanted: Model) => {
      if (!fit.ok) throw new Error(`refused: ${fit.reason}`)
      // R stopped at its usual 1e-9 of the likelihood here, up to some millionths of a standard error from the maximum.
      Object.values(wanted.coef).forEach((value, j) => {
        expect(Math.abs(fit.coefficients[j]! - value)).toBeLessThan(1e-5 * fit.se[j]!)
      })
      near(fit.logLikelihoodNull, wanted.loglik[0]!)
      near(fit.logLikelihood, wanted.loglik[1]!)
      return fit
    }
    const efron = model(coxRegression(rows), r.cox_efron)
    Object.values(r.cox_efron.se).forEach((value, j) => {
      expect(efron.se[j]! / value).toBeCloseTo(1, 6)
    })
    expect(efron.events).toBe(r.events)
    const c = concordance(rows, linearPredictors(covariates, efron))
    // A few of its thousands of millions of pairs lie as near to each other as R lies to the maximum.
    expect(c.ok && c.concordance).toBeCloseTo(r.cox_efron.concordance, 8)
    model(coxRegression(rows, { ties: 'breslow' }), r.cox_breslow)
    model(coxRegression({ ...rows, strata: site }), r.cox_strata)
  })
})
