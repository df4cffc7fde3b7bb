import { firedTriggers, score } from '@evenkeel/questionnaires'
import { type Instant, type LocalDate, localDateOf } from '../../platform/time.ts'
import { ANALYTE_IDS, type AnalyteId } from './analytes.ts'
import type { Concentration, LabTest } from './lab-test.ts'
import { saysNothing, urineValidity, type Validity } from './urine-validity.ts'

type SeriesResult = 'negative' | 'positive' | 'expected-positive' | 'missing' | 'invalid'
type Entry = { readonly date: LocalDate; readonly analyte: string; readonly result: SeriesResult }

/** Figures of one series of planned specimens. Null: nothing was observed. */
export type SeriesFigures = {
  readonly analyte: AnalyteId | 'any'
  readonly scheduled: number
  readonly observed: number
  readonly missing: number
  readonly pctNegativeObserved: number | null
  readonly pctNegativeItt: number | null
  /** Treatment effectiveness score: the number of negative specimens. */
  readonly tes: number
  readonly longestNegativeRun: number
}

/**
 * One series for whole specimens (positive when anything unexplained is) and one for each substance ever tested, all
 * scored by the instrument `uds`. A planned test that did not happen is missing in each of them, never negative; a
 * specimen that says nothing is invalid in each.
 */
export function seriesFigures(tests: readonly LabTest[], timeZone: string): readonly SeriesFigures[] {
  const entries = seriesEntries(tests, timeZone)
  const tested = ANALYTE_IDS.filter((id) =>
    entries.some((entry) => entry.analyte === id && entry.result !== 'missing'),
  )
  if (entries.length === 0) return []
  return ['any' as const, ...tested].map((analyte) => {
    const outcome = score('uds', { results: entries.filter((entry) => entry.analyte === analyte) })
    // Our own entries always fit; an outcome without figures would be a defect of ours.
    if (!('metrics' in outcome)) throw new Error('the tests do not fit the instrument uds')
    const { metrics } = outcome
    const percent = (name: string) => (typeof metrics[name] === 'number' ? metrics[name] : null)
    return {
      analyte,
      scheduled: Number(metrics.scheduled),
      observed: Number(metrics.observed),
      missing: Number(metrics.missing),
      pctNegativeObserved: percent('pctNegativeObserved'),
      pctNegativeItt: percent('pctNegativeITT'),
      tes: Number(metrics.tes),
      longestNegativeRun: Number(metrics.longestNegativeRun),
    }
  })
}

/** Every specimen and substance in order of time, as `uds` reads them. */
function seriesEntries(tests: readonly LabTest[], timeZone: string): Entry[] {
  const inOrder = tests
    .filter(({ result }) => result.kind === 'urine' || result.kind === 'missed')
    .sort((a, b) => a.collectedAt.localeCompare(b.collectedAt))
  return inOrder.flatMap(({ result, collectedAt }): Entry[] => {
    const date = localDateOf(collectedAt, timeZone)
    if (result.kind === 'missed') {
      return ['any', ...ANALYTE_IDS].map((analyte) => ({ date, analyte, result: 'missing' as const }))
    }
    if (result.kind !== 'urine') return []
    const nothing = saysNothing(urineValidity(result.checks).validity)
    const findings = result.findings.map(({ analyte, result: found }) => ({
      date,
      analyte,
      result: nothing ? ('invalid' as const) : found,
    }))
    return [{ date, analyte: 'any', result: wholeSpecimen(findings) }, ...findings]
  })
}

function wholeSpecimen(findings: readonly Entry[]): SeriesResult {
  const has = (result: SeriesResult) => findings.some((one) => one.result === result)
  if (has('positive')) return 'positive'
  if (has('invalid') || findings.length === 0) return 'invalid'
  return has('expected-positive') ? 'expected-positive' : 'negative'
}

/** What the urine tests say to somebody who is about to give ketamine. */
export type PresessionWarning = {
  /** `doubtful`: found in a specimen that says nothing when it is negative. */
  readonly positives: readonly {
    readonly analyte: AnalyteId
    readonly date: LocalDate
    readonly doubtful: boolean
  }[]
  /** The newest specimen says nothing, so what is known is older than it or not known at all. */
  readonly newestSaysNothing: { readonly date: LocalDate; readonly validity: Validity } | undefined
}

/** Substances of our table which the instrument's trigger, written for a shorter panel, knows under another name. */
const TRIGGER_NAME: Readonly<Partial<Record<AnalyteId, string>>> = { '6-am': 'opiates', oxycodone: 'opiates' }

/**
 * The warning before a dose: the newest finding of an opioid or sedative is positive. Asked of the instrument's own
 * trigger `uds-opioid-or-sedative-presession`.
 *
 * A positive warns whatever the specimen: adulterant hides drugs and makes none. Only a negative of a specimen that
 * can be trusted takes a warning away; of two at the same minute the positive holds.
 *
 * @returns the positive findings, and whether the newest specimen says nothing
 */
export function presessionWarning(tests: readonly LabTest[], timeZone: string): PresessionWarning {
  const newest = new Map<AnalyteId, { at: Instant; entry: Entry; doubtful: boolean }>()
  let last: { at: Instant; saying: PresessionWarning['newestSaysNothing'] } | undefined
  for (const { result, collectedAt } of tests) {
    if (result.kind !== 'urine') continue
    const date = localDateOf(collectedAt, timeZone)
    const { validity } = urineValidity(result.checks)
    const nothing = saysNothing(validity)
    if (!last || last.at < collectedAt) {
      last = { at: collectedAt, saying: nothing ? { date, validity } : undefined }
    }
    for (const { analyte, result: found } of result.findings) {
      if (found === 'invalid' || (nothing && found !== 'positive')) continue
      const before = newest.get(analyte)
      const later = !before || before.at < collectedAt
      if (!later && !(before.at === collectedAt && found === 'positive')) continue
      newest.set(analyte, {
        at: collectedAt,
        entry: { date, analyte: TRIGGER_NAME[analyte] ?? analyte, result: found },
        doubtful: nothing,
      })
    }
  }
  const positives = [...newest].flatMap(([analyte, { entry, doubtful }]) =>
    firedTriggers('uds', { results: [entry] }).some(({ id }) => id === 'uds-opioid-or-sedative-presession')
      ? [{ analyte, date: entry.date, doubtful }]
      : [],
  )
  return { positives, newestSaysNothing: last?.saying }
}

/**
 * The band of an alcohol marker by the instrument `alcohol-biomarkers`. Below detection the band is known only when
 * every value down there lies in the same one.
 *
 * @returns undefined when it is not known
 */
export function markerBand(marker: 'peth' | 'uetg', value: Concentration): string | undefined {
  if ('ngMl' in value) return bandOf(marker, value.ngMl)
  const lowest = bandOf(marker, 0)
  return bandOf(marker, Math.max(0, Math.ceil(value.lodNgMl) - 1)) === lowest ? lowest : undefined
}

/** The band of CDT in per cent. */
export function cdtBand(percent: number): string | undefined {
  return bandOf('cdt', percent)
}

function bandOf(marker: 'peth' | 'uetg' | 'cdt', value: number): string | undefined {
  const outcome = score('alcohol-biomarkers', { [marker]: value })
  return outcome.valid && 'scores' in outcome ? (outcome.scores[marker]?.band ?? undefined) : undefined
}
