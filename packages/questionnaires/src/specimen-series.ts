import { dayNumber } from './calendar-date.ts'
import { roundHalfUp } from './rounding.ts'

const RESULTS = ['negative', 'positive', 'expected-positive', 'missing', 'invalid'] as const

/** One test of one substance. `expected-positive` is explained by treatment: a prescription, a recent session. */
export type Specimen = {
  readonly day: number
  readonly analyte: string
  readonly result: (typeof RESULTS)[number]
}

/** Reads a series of tests in order of date, or null when one of them does not fit. */
export function readSpecimens(answer: unknown): readonly Specimen[] | null {
  if (!Array.isArray(answer)) return null
  const specimens: Specimen[] = []
  for (const entry of answer as readonly unknown[]) {
    if (typeof entry !== 'object' || entry === null) return null
    const { date, analyte, result } = entry as Record<string, unknown>
    const day = dayNumber(date)
    const known = RESULTS.find((one) => one === result)
    if (day === null || typeof analyte !== 'string' || known === undefined) return null
    specimens.push({ day, analyte, result: known })
  }
  return specimens.sort((a, b) => a.day - b.day)
}

/**
 * Figures of a series of drug tests.
 *
 * An expected positive counts as negative for unprescribed use. `pctNegativeObserved` leaves missing and invalid tests
 * out; `pctNegativeITT` counts them as positive: both are kept, because neither alone is honest.
 */
export function specimenMetrics(specimens: readonly Specimen[]): Record<string, number | null> {
  const isNegative = ({ result }: Specimen) => result === 'negative' || result === 'expected-positive'
  const scheduled = specimens.length
  const negative = specimens.filter(isNegative).length
  const positive = specimens.filter(({ result }) => result === 'positive').length
  const observed = negative + positive
  let run = 0
  let longestNegativeRun = 0
  for (const specimen of specimens) {
    run = isNegative(specimen) ? run + 1 : 0
    if (run > longestNegativeRun) longestNegativeRun = run
  }
  return {
    scheduled,
    observed,
    negative,
    positive,
    missing: scheduled - observed,
    pctNegativeObserved: observed === 0 ? null : roundHalfUp((100 * negative) / observed, 1),
    pctNegativeITT: scheduled === 0 ? null : roundHalfUp((100 * negative) / scheduled, 1),
    tes: negative,
    longestNegativeRun,
  }
}
