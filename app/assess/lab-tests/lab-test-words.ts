import type { StateKind } from '../../ui/index.ts'
import { analyteLabel } from './analytes.ts'
import type { AnalyteResult, Concentration, Finding, TestResult } from './lab-test.ts'
import { cdtBand, markerBand } from './test-series.ts'
import { saysNothing, urineValidity, type Validity, type ValidityVerdict } from './urine-validity.ts'

export const RESULT_WORDS: Readonly<Record<AnalyteResult, string>> = {
  negative: 'negative',
  positive: 'positive',
  'expected-positive': 'expected positive',
  invalid: 'invalid',
}

const VALIDITY_WORDS: Readonly<Record<Validity, { readonly word: string; readonly state: StateKind }>> = {
  valid: { word: 'Valid specimen', state: 'calm' },
  dilute: { word: 'Dilute specimen', state: 'due' },
  substituted: { word: 'Substituted specimen', state: 'amber' },
  adulterated: { word: 'Adulterated specimen', state: 'amber' },
  invalid: { word: 'Invalid specimen', state: 'due' },
  'not-checked': { word: 'Validity not checked', state: 'unknown' },
}

const TEMPERATURE_WORDS: Readonly<Record<ValidityVerdict['temperature'], string>> = {
  'in-range': 'temperature 32 to 38 °C within 4 minutes',
  'out-of-range': 'temperature out of 32 to 38 °C: collect another specimen under observation',
  'not-in-time': 'temperature not read within 4 minutes, so it says nothing',
  'not-measured': 'temperature not measured',
}

/** A concentration with its limit: "34 ng/mL", "below 10 ng/mL". */
export function concentrationWords(value: Concentration): string {
  return 'ngMl' in value ? `${value.ngMl} ng/mL` : `below ${value.lodNgMl} ng/mL (limit of detection)`
}

/** What a test says, in one line and what stands behind it. */
export function testWords(result: TestResult): {
  readonly title: string
  readonly lines: readonly string[]
  readonly state: StateKind | undefined
} {
  switch (result.kind) {
    case 'urine': {
      const verdict = urineValidity(result.checks)
      const found = (kind: AnalyteResult) => result.findings.filter((one) => one.result === kind)
      const said = (kind: AnalyteResult) =>
        found(kind).map(({ analyte, basis, reason }) =>
          [
            analyteLabel(analyte),
            kind === 'negative' ? '' : basis === 'confirmed' ? ', confirmed' : ', presumptive',
            reason ? ` (${reason})` : '',
          ].join(''),
        )
      const nothing = saysNothing(verdict.validity)
      return {
        title: `Urine: ${urineInWords(result.findings, nothing)}`,
        state: VALIDITY_WORDS[verdict.validity].state,
        lines: [
          ...(['positive', 'expected-positive', 'invalid', 'negative'] as const).flatMap((kind) =>
            found(kind).length > 0
              ? [`${nothing ? 'Read as ' : ''}${RESULT_WORDS[kind]}: ${said(kind).join('; ')}`].map(capital)
              : [],
          ),
          `${VALIDITY_WORDS[verdict.validity].word}${verdict.because.length > 0 ? `: ${verdict.because.join('; ')}` : ''}`,
          `${result.observed ? 'Given under observation' : 'Not observed'}; ${TEMPERATURE_WORDS[verdict.temperature]}`,
        ],
      }
    }
    case 'missed':
      return {
        title: 'Planned urine test did not happen',
        state: 'unknown',
        lines: [...(result.why ? [result.why] : []), 'Counts as missing, never as negative.'],
      }
    case 'breath':
      return {
        title: `Breath alcohol ${result.gPerDl} g/dL`,
        state: undefined,
        lines:
          result.typed.unit === 'g/dL'
            ? []
            : [`Read as ${result.typed.value} ${result.typed.unit === 'mg/L' ? 'mg/L' : '‰'}`],
      }
    case 'peth':
      return marker('PEth', concentrationWords(result.value), markerBand('peth', result.value))
    case 'urine-etg':
      return marker('Urine EtG', concentrationWords(result.value), markerBand('uetg', result.value))
    case 'cdt':
      return marker('CDT', `${result.percent} %`, cdtBand(result.percent))
  }
}

/** Only what could be read counts as tested; a specimen that says nothing never has "nothing unexplained" in it. */
function urineInWords(findings: readonly Finding[], nothing: boolean): string {
  const positives = findings.filter(({ result }) => result === 'positive').length
  const readable = findings.filter(({ result }) => result !== 'invalid').length
  if (positives > 0) return `${positives} positive of ${findings.length} tested`
  if (nothing || readable === 0) return 'this specimen says nothing'
  const unread = findings.length - readable
  return `nothing unexplained of ${readable} tested${unread > 0 ? `, ${unread} invalid` : ''}`
}

function marker(name: string, value: string, band: string | undefined) {
  return { title: `${name} ${value}`, state: undefined, lines: [capital(band ?? 'band not known')] }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
