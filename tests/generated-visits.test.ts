import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { generalizedEstimatingEquations, linearMixedModel } from '@evenkeel/outcome-statistics'
import { describe, expect, it } from 'vitest'
import { designOf, generateVisits } from '../bench/gen-visits.ts'

/** R's answers (geepack 1.3.9, lme4 1.1-31) on the visits of bench/gen-visits.ts. */
type Expected = {
  rows: number
  gee_exchangeable: Equations
  gee_ar1: Equations
  lme_slope: { fixef: Named; se: Named; var: number[]; reml_loglik: number }
  lme_intercept: { fixef: Named; var: number[]; reml_loglik: number }
}
type Named = Record<string, number>
type Equations = { coef: Named; robust_se: Named; alpha: number[] }

const file = resolve(
  import.meta.dirname,
  '..',
  process.env.EVENKEEL_SHARED ?? '../shared',
  'data/bench/expected.json',
)
const present = existsSync(file)
const title = `generated visits, as R sees them${present ? '' : ' (SKIPPED: the reference data is not on this machine)'}`

describe(title, () => {
  const known = present
    ? (JSON.parse(readFileSync(file, 'utf8')) as {
        files: Record<string, { sha256: string }>
        cases: { id: string; args: { n: number; seed: number }; expect: Expected }[]
      })
    : { files: {}, cases: [] }

  describe.each(known.cases.filter(({ id }) => id.startsWith('long-')))('$id', ({ args, expect: r }) => {
    const visits = generateVisits(args.n, args.seed)
    const { person, visit, arm, ageYears, score, abstinent } = visits
    const design = designOf(visits)

    it('has the rows on which R was run', () => {
      expect(person).toHaveLength(r.rows)
      const lines = ['id,visit,arm,age,y,z']
      person.forEach((who, row) => {
        lines.push(`${who},${visit[row]},${arm[row]},${ageYears[row]},${score[row]},${abstinent[row]}`)
      })
      const hash = createHash('sha256')
        .update(`${lines.join('\n')}\n`)
        .digest('hex')
      expect(hash).toBe(known.files[`gen.mjs long ${args.n} ${args.seed}`]?.sha256)
    })

    it.each([
      ['exchangeable', r.gee_exchangeable],
      ['ar1', r.gee_ar1],
    ] as const)('estimating equations, %s', (correlation, wanted) => {
      const fit = generalizedEstimatingEquations(
        { outcome: abstinent, person, visit, design },
        { family: 'binomial', correlation },
      )
      if (!fit.ok) throw new Error(fit.reason)
      // geepack stops at its default of 1e-4, so it is met to a thousandth of a standard error.
      fit.names.forEach((name, j) => {
        const error = wanted.robust_se[name]!
        expect(Math.abs(fit.coefficients[j]! - wanted.coef[name]!)).toBeLessThan(1e-3 * error)
        expect(Math.abs(fit.robustErrors[j]! / error - 1)).toBeLessThan(1e-4)
      })
      expect(Math.abs(fit.workingCorrelation! - wanted.alpha[0]!)).toBeLessThan(1e-3)
    })

    it('own level and slope', () => {
      const random = { names: ['(Intercept)', 'visit'], columns: [design.columns[0]!, visit] }
      const fit = linearMixedModel({ outcome: score, person, design, random })
      if (!fit.ok) throw new Error(fit.reason)
      fit.names.forEach((name, j) => {
        expect(Math.abs(fit.coefficients[j]! / r.lme_slope.fixef[name]! - 1)).toBeLessThan(1e-6)
        expect(Math.abs(fit.standardErrors[j]! / r.lme_slope.se[name]! - 1)).toBeLessThan(1e-5)
      })
      const [g00, g01, , g11] = fit.randomCovariance
      ;[g00!, g11!, g01!, fit.residualVariance].forEach((value, i) => {
        // The covariance is near zero: it is judged beside the variances.
        expect(Math.abs(value - r.lme_slope.var[i]!)).toBeLessThan(
          1e-5 * Math.max(1, Math.abs(r.lme_slope.var[i]!)),
        )
      })
      expect(-fit.minus2LogLikelihood / 2).toBeGreaterThanOrEqual(r.lme_slope.reml_loglik - 1e-8)
      expect(-fit.minus2LogLikelihood / 2).toBeCloseTo(r.lme_slope.reml_loglik, 6)
    })

    it('own level', () => {
      const fit = linearMixedModel({ outcome: score, person, design })
      if (!fit.ok) throw new Error(fit.reason)
      fit.names.forEach((name, j) => {
        expect(Math.abs(fit.coefficients[j]! / r.lme_intercept.fixef[name]! - 1)).toBeLessThan(1e-6)
      })
      expect(Math.abs(fit.randomCovariance[0]! / r.lme_intercept.var[0]! - 1)).toBeLessThan(1e-5)
      expect(Math.abs(fit.residualVariance / r.lme_intercept.var[1]! - 1)).toBeLessThan(1e-5)
      expect(-fit.minus2LogLikelihood / 2).toBeCloseTo(r.lme_intercept.reml_loglik, 6)
    })
  })
})
