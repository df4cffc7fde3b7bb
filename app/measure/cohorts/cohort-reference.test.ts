import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CohortBlock } from './cohort-block.ts'
import { type CohortAsked, cohortBlocks } from './cohort-blocks.ts'
import { plainLineEnds, readCohort } from './cohort-file.ts'
import { peopleIn } from './cohort-rows.ts'
import { parseCsv } from './csv.ts'
import { lookAtFile } from './look-at-file.ts'
import { mappingFromFields } from './mapping-form.ts'
import { type TerminalValues, terminalFields } from './terminal-fields.ts'
import { endpointDefinition } from './urine-blocks.ts'
import { ENDPOINT_NAMES, type EndpointName, endpointAnswers, readPatterns } from './urine-figures.ts'

/**
 * The way from a file to the page's figures, held to R and to published columns on real people. Each file is looked at,
 * mapped, read and made into figures by the code of the page; the data is read where it lies and is no part of the
 * repository.
 */
const shared = process.env.EVENKEEL_SHARED ?? join(import.meta.dirname, '../../../../shared')
const present = existsSync(join(shared, 'data/addicts.csv'))
if (!present) console.info('skipped: the reference cohorts are not on this machine (set EVENKEEL_SHARED)')

const open = (file: string) => readFileSync(join(shared, 'data', file), 'utf8')
// biome-ignore lint/suspicious/noExplicitAny: another program's answers, read by name below
type Expected = any
const reference = (name: string, id: string): Expected =>
  (JSON.parse(open(`reference/${name}.json`)).cases as { id: string; expect: Expected }[]).find(
    (one) => one.id === id,
  )!.expect

/** The page of a file mapped by these options. */
function page(file: string, options: TerminalValues, asked: Partial<CohortAsked> = {}) {
  const text = plainLineEnds(open(file))
  const looked = lookAtFile(text)
  if (!looked.ok) throw new Error(looked.says)
  const mapping = mappingFromFields(
    terminalFields(options, looked),
    looked.columns.map(({ name }) => name),
  )
  if (!mapping.ok) throw new Error(JSON.stringify(mapping.errors))
  const read = readCohort(text, mapping.mapping)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const { blocks } = cohortBlocks(read.cohort, mapping.mapping, {
    days: null,
    until: null,
    endpoint: null,
    ...asked,
  })
  return { read, people: peopleIn(read.cohort), blocks }
}

const table = (blocks: readonly CohortBlock[], id: string) => {
  const found = blocks.flatMap(({ tables }) => tables).find((one) => one.id === id)
  if (!found) throw new Error(`no table ${id}`)
  return found.rows
}
const number = (block: CohortBlock, name: string) =>
  block.numbers.find(([called]) => called === name)?.[1] as number
const curvesOf = (block: CohortBlock) => {
  if (block.drawing?.kind !== 'curves') throw new Error('no curves')
  return block.drawing.groups
}
const close = (ours: unknown, theirs: number, relative = 1e-12) =>
  expect(Math.abs(Number(ours) - theirs)).toBeLessThanOrEqual(relative * Math.max(1e-300, Math.abs(theirs)))

/** Every step of every curve, its limits where they stand, and the counts, as R's survfit has them. */
function holdCurves(blocks: readonly CohortBlock[], theirs: Expected, daysPerUnit = 1, withBand = true) {
  const block = blocks[0]!
  const groups = table(blocks, `${block.id}-groups`)
  curvesOf(block).forEach((group, g) => {
    const r = theirs[g]
    expect(group.n).toBe(r.n)
    expect(groups[g]).toMatchObject({
      people: r.n,
      events: r.n_event.reduce((a: number, b: number) => a + b, 0),
      censored: r.n_censor.reduce((a: number, b: number) => a + b, 0),
    })
    const steps = new Map(group.steps.map((step) => [step.time, step]))
    let events = 0
    r.time.forEach((time: number, at: number) => {
      if (r.n_event[at] === 0) return
      events += 1
      const step = steps.get(time * daysPerUnit)!
      close(step.survival, r.surv[at])
      if (withBand && step.lower !== undefined && r.loglog_lower) {
        close(step.lower, r.loglog_lower[at])
        close(step.upper, r.loglog_upper[at])
      }
    })
    expect(group.steps).toHaveLength(events)
  })
}

describe.skipIf(!present)('people of published studies', () => {
  it('methadone treatment at two clinics (ADDICTS): curves, log-rank, means to day 600', () => {
    const options = {
      time: 'days',
      event: 'status:1',
      group: ['clinic'],
      show: ['prison', 'dose'],
    }
    const { blocks, people } = page('addicts.csv', options, { until: '600' })
    expect(people).toBe(238)
    holdCurves(blocks, reference('survival', 'km-addicts-clinic'))
    const r = reference('survival', 'km-addicts-clinic')
    for (const row of table(blocks, 'curve-times')) {
      const theirs = r.find(
        (one: Expected) => `clinic=${row.group}`.replace('clinic=clinic ', 'clinic=') === one.stratum,
      ).at_times
      const at = theirs.time.indexOf(row.day)
      expect(row.still_observed).toBe(theirs.n_risk[at])
      close(row.without, theirs.surv[at])
      close((row.limits_95 as { lower: number }).lower, theirs.loglog_lower[at])
      close((row.limits_95 as { upper: number }).upper, theirs.loglog_upper[at])
    }
    const test = reference('logrank', 'logrank-addicts-rho0')
    close(number(blocks[0]!, 'log-rank chi-square'), test.chisq)
    expect(number(blocks[0]!, 'log-rank df')).toBe(test.df)
    close(number(blocks[0]!, 'log-rank p'), test.p, 1e-10)
    const means = reference('survival', 'rmst-diff-addicts')
    table(blocks, 'curve-groups').forEach((row, at) => {
      close(row.mean, means.rmst[at])
      close(row.mean_se, means.se[at])
    })
    // R's difference is the first minus the second, ours the second minus the first.
    const [difference] = table(blocks, 'curve-means')
    close(difference!.difference, -means.diff)
    close((difference!.limits_95 as { lower: number }).lower, -means.ci95[1])

    const within = page('addicts.csv', { ...options, stratum: 'prison' }).blocks[0]!
    close(number(within, 'log-rank chi-square'), reference('logrank', 'logrank-addicts-strata-prison').chisq)
    expect(table(blocks, 'people')).toContainEqual({
      column: 'prison',
      group: 'clinic 1',
      known: 163,
      missing: 0,
      says: '0: 88, 1: 75',
    })
  })

  it('smoking cessation by two treatments: curves, log-rank, means to day 182', () => {
    const options = { time: 'days', event: 'relapse:1', group: ['arm'] }
    const { blocks, people } = page('pharmaco_smoking.csv', options, { until: '182' })
    expect(people).toBe(125)
    holdCurves(blocks, reference('survival', 'km-smoking-arm'))
    const test = reference('logrank', 'logrank-smoking-arm-rho0')
    close(number(blocks[0]!, 'log-rank chi-square'), test.chisq)
    close(number(blocks[0]!, 'log-rank p'), test.p, 1e-10)
    const means = reference('survival', 'rmst-diff-smoking')
    close(table(blocks, 'curve-means')[0]!.difference, -means.diff)
    const within = page('pharmaco_smoking.csv', { ...options, stratum: 'employment' }).blocks[0]!
    close(
      number(within, 'log-rank chi-square'),
      reference('logrank', 'logrank-smoking-strat-employment').chisq,
    )
    const ages = page('pharmaco_smoking.csv', { ...options, group: ['age_group4'] }).blocks[0]!
    close(number(ages, 'log-rank chi-square'), reference('logrank', 'logrank-smoking-agegroup4-rho0').chisq)
  })

  it('cocaine and alcohol, counted in weeks', () => {
    const cocaine = page('cocaine_relapse_weeks.csv', {
      time: 'weeks',
      unit: 'weeks',
      event: 'event:1',
      group: ['needle'],
    })
    expect(cocaine.people).toBe(104)
    holdCurves(cocaine.blocks, reference('survival', 'km-cocaine-needle'), 7)
    const alcohol = page('alcohol_relapse.csv', { time: 'weeks', unit: 'weeks', event: 'event:1' })
    expect(alcohol.people).toBe(89)
    // R's band there is one of 90 %.
    holdCurves(alcohol.blocks, reference('survival', 'km-alcohol-90'), 7, false)
  })

  it('retention in one of the opioid trials, out of a file of three', () => {
    const options = {
      time: 'ret_days',
      event: 'ret_event:1',
      group: ['treatment'],
      'group-missing': 'leave-out',
      only: 'project:27',
    }
    const { blocks, read } = page('ctn0094_participants.csv', options)
    expect(read).toMatchObject({ rowsInFile: 3560, rowsNotWanted: 1640, rowsLeftOut: 651 })
    holdCurves(blocks, reference('survival', 'km-ctn27-retention-arm'))
    const within = page('ctn0094_participants.csv', { ...options, stratum: 'site' }).blocks[0]!
    close(number(within, 'log-rank chi-square'), reference('logrank', 'logrank-ctn27-strat-site').chisq)
  })

  it('counselling against smoking in 24 trials: every study and the sum', () => {
    const { blocks, people } = page('smoking_counselling_trials.csv', {
      kind: 'counts-by-arm',
      study: 'study',
      arm: 'trt',
      events: 'xi',
      people: 'ni',
      reference: 'no_contact',
    })
    expect(people).toBe(16_740)
    const r = reference('proportions', 'mantel-haenszel-counselling')
    const block = blocks.find(
      ({ title }) => title.startsWith('ind_counseling') && title.includes('difference'),
    )!
    const rows = block.tables[0]!.rows
    expect(rows.map(({ study }) => Number(study))).toEqual(r.table.study)
    expect(rows.map((row) => [row.events_1, row.people_1, row.events_2, row.people_2])).toEqual(
      r.table.study.map((_: number, at: number) => [
        r.table.x1[at],
        r.table.n1[at],
        r.table.x0[at],
        r.table.n0[at],
      ]),
    )
    close(number(block, 'Mantel-Haenszel chi-square'), r.chisq)
    close(number(block, 'Mantel-Haenszel p'), r.p, 1e-10)
    close(number(block, 'pooled risk difference'), r.mh_risk_diff)
    close(number(block, 'pooled odds ratio'), r.mh_odds_ratio)
    close(number(block, 'pooled odds ratio, lower'), r.or_ci95[0])
    const ratio = blocks.find(({ title }) => title.startsWith('ind_counseling') && title.includes('ratio'))!
    const [pooled] = ratio.tables[0]!.rows.slice(-1)
    close(pooled!.ratio, r.mh_risk_ratio)
    close((pooled!.limits_95 as { upper: number }).upper, r.ci95[1])
  })

  it('depression scores at four visits by a mixed model', () => {
    const { blocks } = page('antidepressant_trial.csv', {
      kind: 'repeated-scores',
      person: 'patient',
      visit: 'week',
      'visit-unit': 'weeks',
      score: 'hamd17',
      baseline: 'hamd17_baseline',
      better: 'lower',
      group: ['arm'],
    })
    const r = reference('mmrm', 'mmrm-antidepressant-us')
    const rows = table(blocks, 'change-model')
    for (const row of rows) {
      const of = (name: string) =>
        r.contrasts.find((one: Expected) => one.name === `${name}_week${row.visit}`)
      // The file's first group is the drug, so that ours is placebo minus drug.
      const difference = of('drug_minus_placebo')
      close(row.difference, -difference.estimate, 1e-6)
      close((row.difference_95 as { lower: number }).lower, -difference.ci95[1], 1e-5)
      close(row.first, of('lsmean_drug').estimate, 1e-6)
      close(row.second, of('lsmean_placebo').estimate, 1e-6)
    }
    expect(rows.map(({ visit }) => visit)).toEqual([1, 2, 4, 6])
  })
})

/** Which published column is which definition; `…T_` columns hold its week, `…E_` columns its event. */
const COLUMN_OF: Readonly<Record<string, EndpointName>> = {
  Rs_ctnNinetyFour_2023: 'relapseFourWeeksCtn94',
  Dr_ctnNinetyFour_2023: 'dropOutFourWeeksCtn94',
  Rs_schottenfeld_2008: 'relapseThreeWeeksSchottenfeld2008',
  Rs_lee_2016: 'relapseTwoOfFourWeeksLee2016',
  Rs_ctnFiftyOne_2018: 'relapseFromWeekThreeLee2018',
  Ab_mokri_2016: 'firstUseMokri2016',
  Ab_shufman_1994: 'firstUseShufman1994',
  Rs_krupitsky_2004: 'relapseThreeWeeksKrupitsky2004',
  Rs_johnson_1992: 'relapseTwoWeeksJohnson1992',
  Ab_kosten_1993: 'abstinentThreeWeeksKosten1993',
  Ab_fiellin_2006: 'negativeWeeksFiellin2006',
  Ab_schottenfeld_2005: 'longestAbstinenceSchottenfeld2005',
  Ab_schottenfeldB_2008: 'longestAbstinenceSchottenfeld2008',
  Ab_krupitskyA_2011: 'abstinentWeeksFiveOnKrupitsky2011',
  Ab_ctnNinetyFour_2023: 'abstinentAtEndCtn94',
}

describe.skipIf(!present)('3,560 people of three opioid trials', () => {
  const options = {
    kind: 'weekly-urine',
    pattern: 'uds_pattern',
    group: ['project', 'treatment'],
    'group-missing': 'own-group',
  }
  let names: readonly string[]
  let published: readonly (readonly string[])[]
  let brought: ReturnType<typeof page>
  beforeAll(() => {
    const csv = parseCsv(open('ctn0094_endpoints.csv'))
    if (!csv.ok) throw new Error(csv.says)
    names = csv.records[0]!.cells
    published = csv.records.slice(1).map(({ cells }) => cells)
    brought = page('ctn0094_participants.csv', options)
  })

  it('come in by project and arm', () => {
    expect(brought.people).toBe(3560)
    expect(table(brought.blocks, 'weeks').map(({ group, people }) => [group, people])).toEqual([
      ['project 27 · Methadone', 529],
      ['project 27 · Outpatient BUP', 740],
      ['project 27 · treatment not known', 651],
      ['project 30 · Outpatient BUP + EMM', 329],
      ['project 30 · Outpatient BUP + SMM', 324],
      ['project 30 · treatment not known', 215],
      ['project 51 · Inpatient BUP', 287],
      ['project 51 · Inpatient NR-NTX', 283],
      ['project 51 · treatment not known', 202],
    ])
  })

  it('have every published endpoint, each person as published', () => {
    if (brought.read.cohort.kind !== 'weekly-urine') throw new Error('read as something else')
    const people = readPatterns(brought.read.cohort.rows)
    const columns = names.slice(2)
    expect(columns).toHaveLength(22)
    expect(new Set(Object.values(COLUMN_OF))).toEqual(new Set(ENDPOINT_NAMES))
    for (const column of columns) {
      const part = /^..([TE])_/.exec(column)?.[1]
      const endpoint = COLUMN_OF[column.replace(/^(..)[TE]_/, '$1_')]
      if (!endpoint) throw new Error(`no definition of ${column}`)
      const ours = endpointAnswers(endpoint, people).map((answer) => {
        if (!answer) return 'not told'
        if (answer.answer === 'time') return String(part === 'T' ? answer.week : Number(answer.event))
        return String(answer.answer === 'weeks' ? answer.weeks : Number(answer.yes))
      })
      const at = names.indexOf(column)
      expect(
        ours.filter((value, person) => value !== published[person]![at]).length,
        `${column}: people who differ`,
      ).toBe(0)
      expect(ours).toHaveLength(3560)
    }
  })

  it('show the published counts on the page', () => {
    const all = new Map(table(brought.blocks, 'all-definitions').map((row) => [row.definition, row]))
    const { blocks } = page('ctn0094_participants.csv', options, { every: true })
    for (const [column, endpoint] of Object.entries(COLUMN_OF)) {
      const block = blocks.find(({ id }) => id === endpointDefinition(endpoint).id)!
      const of = (name: string) => names.indexOf(column.replace('_', `${name}_`))
      const drawn = block.drawing?.kind
      if (drawn === 'curves') {
        const events = published.filter((row) => row[of('E')] === '1').length
        expect(all.get(block.title)?.yes).toBe(events)
        expect(table(blocks, `${block.id}-groups`).reduce((sum, row) => sum + Number(row.events), 0)).toBe(
          events,
        )
      } else {
        const sum = published.reduce((total, row) => total + Number(row[names.indexOf(column)]), 0)
        const row = all.get(block.title)!
        if (row.yes !== null) expect(row.yes).toBe(sum)
        else close(row.weeks, sum / 3560)
      }
    }
  })
})
