import { describe, expect, it } from 'vitest'
import type { Id, PersonId } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { explainingDose } from './ketamine-exposure.ts'
import { breathGPerDl, type LabTestId, type LabTestRow, standingTests, type TestResult } from './lab-test.ts'
import { testWords } from './lab-test-words.ts'
import { presessionNotice } from './presession-notice.ts'
import { cdtBand, markerBand, presessionWarning, seriesFigures } from './test-series.ts'

let count = 0
const row = (at: string, result: LabTestRow['result'], more: Partial<LabTestRow> = {}): LabTestRow => ({
  id: `t${String(++count).padStart(3, '0')}` as LabTestId,
  personId: 'p' as PersonId,
  collectedAt: `${at}T15:00:00.000Z` as Instant,
  result,
  corrects: undefined,
  reason: undefined,
  recordedAt: `${at}T16:00:00.000Z` as Instant,
  recordedBy: 'nurse',
  ...more,
})
type Found = Extract<TestResult, { kind: 'urine' }>['findings'][number]
const GOOD = { creatinineMgDl: 80, specificGravity: 1.015, ph: 6 }
const urine = (findings: Partial<Record<Found['analyte'], Found['result']>>, checks = GOOD): TestResult => ({
  kind: 'urine',
  observed: false,
  checks,
  findings: Object.entries(findings).map(([analyte, result]) => ({
    analyte: analyte as Found['analyte'],
    result,
    basis: 'presumptive',
  })),
})
const MISSED: TestResult = { kind: 'missed', why: null }
const series = (rows: LabTestRow[]) => seriesFigures(standingTests(rows).standing, 'UTC')

describe('urine tests as a series', () => {
  it('counts specimens and each substance; what did not happen is missing, never negative', () => {
    const figures = series([
      row('2026-01-01', urine({ opiates: 'negative', ketamine: 'negative' })),
      row('2026-01-08', urine({ opiates: 'positive', ketamine: 'expected-positive' })),
      row('2026-01-15', MISSED),
      row('2026-01-22', urine({ opiates: 'negative' })),
      row('2026-01-29', urine({ opiates: 'negative', ketamine: 'expected-positive' })),
    ])
    expect(figures.map(({ analyte }) => analyte)).toEqual(['any', 'opiates', 'ketamine'])
    expect(figures[0]).toEqual({
      analyte: 'any',
      scheduled: 5,
      observed: 4,
      missing: 1,
      pctNegativeObserved: 75,
      pctNegativeItt: 60,
      tes: 3,
      longestNegativeRun: 2,
    })
    expect(figures[2]).toMatchObject({
      scheduled: 4,
      observed: 3,
      pctNegativeObserved: 100,
      pctNegativeItt: 75,
    })
  })

  it('takes every finding of a specimen that is not what it seems for invalid, a positive of a dilute one not', () => {
    const swapped = { creatinineMgDl: 1, specificGravity: 1.0, ph: 6 }
    const dilute = { creatinineMgDl: 12, specificGravity: 1.002, ph: 6 }
    expect(series([row('2026-01-01', urine({ opiates: 'negative' }, swapped))])[0]).toMatchObject({
      observed: 0,
      missing: 1,
      pctNegativeObserved: null,
      pctNegativeItt: 0,
    })
    expect(series([row('2026-01-01', urine({ opiates: 'positive' }, dilute))])[0]).toMatchObject({
      observed: 1,
      pctNegativeObserved: 0,
    })
  })

  it('is empty without tests: no figure is made up', () => {
    expect(series([])).toEqual([])
  })
})

describe('the warning before a dose', () => {
  const warning = (rows: LabTestRow[]) => presessionWarning(standingTests(rows).standing, 'UTC')
  const warned = (rows: LabTestRow[]) => warning(rows).positives.map(({ analyte }) => analyte)

  it('stands while the newest finding of an opioid or sedative is positive', () => {
    const first = row('2026-01-01', urine({ fentanyl: 'positive', benzodiazepines: 'negative' }))
    expect(warned([first])).toEqual(['fentanyl'])
    expect(warned([first, row('2026-01-05', urine({ fentanyl: 'negative' }))])).toEqual([])
    expect(warned([first, row('2026-01-05', urine({ opiates: 'negative' }))])).toEqual(['fentanyl'])
  })

  it('is not taken away by a test that did not happen or says nothing', () => {
    const first = row('2026-01-01', urine({ opiates: 'positive' }))
    expect(warned([first, row('2026-01-05', MISSED)])).toEqual(['opiates'])
    expect(warned([first, row('2026-01-05', urine({ opiates: 'negative' }, { ...GOOD, ph: 12 }))])).toEqual([
      'opiates',
    ])
  })

  const NITRITE_250 = { ...GOOD, nitriteUgMl: 250 }
  const ADULTERATED = { ...GOOD, ph: 12 }

  it('stands on a positive whatever the specimen, and says that the specimen says nothing', () => {
    const rows = [row('2026-01-01', urine({ fentanyl: 'positive', opiates: 'negative' }, NITRITE_250))]
    expect(warning(rows)).toEqual({
      positives: [{ analyte: 'fentanyl', date: '2026-01-01', doubtful: true }],
      newestSaysNothing: { date: '2026-01-01', validity: 'invalid' },
    })
    const after = [...rows, row('2026-01-05', urine({ fentanyl: 'negative' }, ADULTERATED))]
    expect(warning(after)).toEqual({
      positives: [{ analyte: 'fentanyl', date: '2026-01-01', doubtful: true }],
      newestSaysNothing: { date: '2026-01-05', validity: 'adulterated' },
    })
    expect(warning([...after, row('2026-01-06', urine({ fentanyl: 'negative' }))])).toEqual({
      positives: [],
      newestSaysNothing: undefined,
    })
  })

  it('says that the newest specimen says nothing where nothing was positive', () => {
    const rows = [
      row('2026-01-01', urine({ fentanyl: 'negative' })),
      row('2026-01-05', urine({ fentanyl: 'negative' }, ADULTERATED)),
    ]
    expect(presessionNotice(warning(rows), '2026-01-06' as LocalDate)).toMatchObject({
      state: 'due',
      lines: [expect.stringContaining('(Mon 5 Jan 2026, yesterday) is adulterated')],
    })
    expect(presessionNotice(warning(rows.slice(0, 1)), '2026-01-06' as LocalDate)).toBeUndefined()
  })

  it('raises its voice for thirty days, then asks for a new test', () => {
    const rows = [row('2026-01-01', urine({ fentanyl: 'positive' }))]
    const notice = (today: string) => presessionNotice(warning(rows), today as LocalDate)
    expect(notice('2026-01-31')).toMatchObject({ state: 'amber' })
    expect(notice('2026-02-01')).toMatchObject({
      state: 'due',
      lines: [expect.stringContaining('test again before a dose')],
    })
  })

  it('counts every opioid of our table, and the positive of two at the same minute', () => {
    expect(warned([row('2026-01-01', urine({ '6-am': 'positive', oxycodone: 'positive' }))])).toEqual([
      '6-am',
      'oxycodone',
    ])
    const [negative, positive] = (['negative', 'positive'] as const).map((found) =>
      row('2026-01-01', urine({ opiates: found })),
    )
    expect(warned([negative!, positive!])).toEqual(['opiates'])
    expect(warned([positive!, negative!])).toEqual(['opiates'])
  })

  it('stays quiet for other substances and for what is expected', () => {
    expect(
      warned([row('2026-01-01', urine({ cannabinoids: 'positive', opiates: 'expected-positive' }))]),
    ).toEqual([])
  })
})

describe('a urine test in words', () => {
  const title = (...told: Parameters<typeof urine>) => testWords(urine(...told)).title

  it('never says "nothing unexplained" of what could not be read', () => {
    expect(title({ opiates: 'negative', fentanyl: 'negative' })).toBe(
      'Urine: nothing unexplained of 2 tested',
    )
    expect(title({ opiates: 'negative', fentanyl: 'invalid' })).toBe(
      'Urine: nothing unexplained of 1 tested, 1 invalid',
    )
    expect(title({ opiates: 'invalid' })).toBe('Urine: this specimen says nothing')
    const adulterated = { ...GOOD, ph: 12 }
    expect(title({ opiates: 'negative' }, adulterated)).toBe('Urine: this specimen says nothing')
    expect(testWords(urine({ opiates: 'negative' }, adulterated)).lines[0]).toBe(
      'Read as negative: Opiates (morphine, codeine)',
    )
    expect(title({ opiates: 'negative', fentanyl: 'positive' }, adulterated)).toBe(
      'Urine: 1 positive of 2 tested',
    )
  })
})

describe('corrections', () => {
  it('stand in place of what they name; the earlier rows stay readable', () => {
    const wrong = row('2026-01-01', urine({ opiates: 'positive' }))
    const right = row('2026-01-01', urine({ opiates: 'negative' }), { corrects: wrong.id, reason: 'misread' })
    const again = row('2026-01-02', urine({ opiates: 'negative' }), {
      corrects: right.id,
      reason: 'wrong day',
    })
    const { standing, withdrawn } = standingTests([again, wrong, right])
    expect(standing).toMatchObject([{ id: again.id, earlier: [{ id: wrong.id }, { id: right.id }] }])
    expect(withdrawn).toEqual([])
    const gone = row('2026-01-02', { kind: 'withdrawn' }, { corrects: again.id, reason: 'another person’s' })
    const after = standingTests([wrong, right, again, gone])
    expect(after.standing).toEqual([])
    expect(after.withdrawn).toMatchObject([{ id: gone.id, earlier: [{ id: wrong.id }, {}, {}] }])
  })
})

describe('markers of alcohol', () => {
  it('have the bands of the instrument, and below detection only where every value shares one', () => {
    const peth = (ngMl: number) => markerBand('peth', { ngMl, lodNgMl: 10 })
    expect([peth(19), peth(20), peth(199), peth(200)]).toEqual([
      'abstinent or light',
      'moderate consumption',
      'moderate consumption',
      'heavy consumption',
    ])
    expect(markerBand('peth', { belowLod: true, lodNgMl: 20 })).toBe('abstinent or light')
    expect(markerBand('peth', { belowLod: true, lodNgMl: 35 })).toBeUndefined()
    expect(markerBand('uetg', { ngMl: 500, lodNgMl: null })).toBe('positive: drinking likely')
    expect([cdtBand(1.7), cdtBand(1.8)]).toEqual(['not elevated', 'elevated'])
  })

  it('turns breath into g/dL by 2100 to 1', () => {
    expect(breathGPerDl(0.25, 'mg/L')).toBe(0.0525)
    expect(breathGPerDl(0.8, 'per-mille')).toBe(0.08)
    expect(breathGPerDl(0.08, 'g/dL')).toBe(0.08)
  })
})

describe('ketamine after a session', () => {
  const dose = (at: string) => ({
    personId: 'p' as PersonId,
    sessionId: 's' as Id<'dosing-session'>,
    dosedAt: at as Instant,
  })
  const at = (text: string) => text as Instant

  it('is explained by the last dose within 14 days, usually within 4', () => {
    const exposures = [dose('2026-01-01T10:00:00.000Z'), dose('2026-01-08T10:00:00.000Z')]
    expect(explainingDose(exposures, at('2026-01-10T10:00:00.000Z'))).toEqual({
      dosedAt: '2026-01-08T10:00:00.000Z',
      days: 2,
      usual: true,
    })
    expect(explainingDose(exposures, at('2026-01-20T10:00:00.000Z'))).toMatchObject({
      days: 12,
      usual: false,
    })
    expect(explainingDose(exposures, at('2026-01-22T10:00:00.001Z'))).toBeUndefined()
    expect(explainingDose(exposures, at('2025-12-31T10:00:00.000Z'))).toBeUndefined()
    expect(explainingDose([], at('2026-01-10T10:00:00.000Z'))).toBeUndefined()
  })
})
