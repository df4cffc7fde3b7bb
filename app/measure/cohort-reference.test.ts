import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { cohortFigures } from './cohort-figures.ts'
import { readCohort } from './cohort-file.ts'

/**
 * The way from a file to the page's figures, held to R's survival package on real people: retention in methadone
 * treatment at two clinics (Caplehorn & Bell 1991). The data is read where it lies and is no part of the repository.
 */
const shared = process.env.EVENKEEL_SHARED ?? join(import.meta.dirname, '../../../shared')
const file = join(shared, 'data/addicts.csv')
const reference = (name: string) =>
  JSON.parse(readFileSync(join(shared, `data/reference/${name}.json`), 'utf8')).cases as {
    id: string
    // biome-ignore lint/suspicious/noExplicitAny: another program's answers, read by name below
    expect: any
  }[]

const present = existsSync(file)
if (!present) console.info('skipped: the reference cohort is not on this machine (set EVENKEEL_SHARED)')

it.skipIf(!present)('agrees with R on survival per clinic and on the log-rank statistic', () => {
  const cohort = readCohort(readFileSync(file, 'utf8'), {
    time: 'days',
    event: 'status',
    group: 'clinic',
    unit: 'days',
  })
  if (!cohort.ok) throw new Error(JSON.stringify(cohort.problems))
  expect(cohort.rows).toHaveLength(238)
  const figures = cohortFigures(cohort.rows, [180, 365])

  const r = reference('survival').find((c) => c.id === 'km-addicts-clinic')!.expect as {
    stratum: string
    n: number
    at_times: {
      time: number[]
      n_risk: number[]
      surv: number[]
      loglog_lower: number[]
      loglog_upper: number[]
    }
  }[]
  figures.groups.forEach((group, g) => {
    const theirs = r[g]!
    expect(theirs.stratum).toBe(`clinic=${group.label}`)
    expect(group.n).toBe(theirs.n)
    for (const point of group.points) {
      const at = theirs.at_times.time.indexOf(point.day)
      const close = (ours: number, column: number[]) =>
        expect(Math.abs(ours / column[at]! - 1)).toBeLessThan(1e-12)
      expect(point.atRisk).toBe(theirs.at_times.n_risk[at])
      close(point.survival, theirs.at_times.surv)
      close(point.limits!.lower, theirs.at_times.loglog_lower)
      close(point.limits!.upper, theirs.at_times.loglog_upper)
    }
  })

  const test = reference('logrank').find((c) => c.id === 'logrank-addicts-rho0')!.expect
  if (!figures.comparison.ok) throw new Error(figures.comparison.reason)
  expect(Math.abs(figures.comparison.chiSquare / test.chisq - 1)).toBeLessThan(1e-12)
  expect(figures.comparison.df).toBe(test.df)
  expect(Math.abs(figures.comparison.p / test.p - 1)).toBeLessThan(1e-10)
})
