import { DAY_MS, type Instant, msBetween } from '../../platform/time.ts'
import type { AnalyteId } from '../lab-tests/analytes.ts'
import type { LabTest } from '../lab-tests/lab-test.ts'
import { saysNothing, urineValidity } from '../lab-tests/urine-validity.ts'

/** As long as the interval without opioids of the trial. [D] */
const SCREEN_DAYS = 10
const OPIOIDS: readonly AnalyteId[] = ['opiates', '6-am', 'oxycodone', 'fentanyl']
/** What a screen must have looked for before it can be called negative. [D] */
const MUST_BE_TESTED: readonly AnalyteId[] = ['opiates', 'oxycodone', 'fentanyl']

/**
 * Whether urine of the last ten days shows an opioid. A positive of any specimen counts, one that treatment explains
 * as well; negative is said only by a specimen that can be trusted and looked for opiates, oxycodone and fentanyl.
 *
 * @param tests those that stand, newest first
 */
export function opioidScreenOf(tests: readonly LabTest[], at: Instant): 'positive' | 'negative' | 'unknown' {
  for (const { result, collectedAt } of tests) {
    const ageMs = msBetween(collectedAt, at)
    if (result.kind !== 'urine' || ageMs < 0 || ageMs > SCREEN_DAYS * DAY_MS) continue
    const found = (analyte: AnalyteId) => result.findings.find((one) => one.analyte === analyte)?.result
    if (OPIOIDS.some((one) => found(one) === 'positive' || found(one) === 'expected-positive'))
      return 'positive'
    if (saysNothing(urineValidity(result.checks).validity)) continue
    if (MUST_BE_TESTED.every((one) => found(one) === 'negative')) return 'negative'
  }
  return 'unknown'
}
