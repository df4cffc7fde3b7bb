import { ANALYTES } from './analytes.ts'
import {
  ANALYTE_RESULTS,
  BREATH_UNITS,
  breathGPerDl,
  type Concentration,
  type Finding,
  type LabTest,
  TEST_KINDS,
  type TestKind,
  type TestResult,
} from './lab-test.ts'
import type { SpecimenChecks } from './urine-validity.ts'

type Typed = Readonly<Record<string, string | readonly string[] | undefined>>
type Errors = Record<string, string>

/** Limits beyond which a value is a slip of the pen, with the unit the form shows. */
export const CHECK_FIELDS = [
  { name: 'temperatureC', label: 'Temperature', unit: '°C', least: 10, most: 45 },
  { name: 'creatinineMgDl', label: 'Creatinine', unit: 'mg/dL', least: 0, most: 800 },
  { name: 'specificGravity', label: 'Specific gravity', unit: '', least: 1, most: 1.06 },
  { name: 'ph', label: 'pH', unit: '', least: 0, most: 14 },
  { name: 'nitriteUgMl', label: 'Nitrite', unit: 'µg/mL', least: 0, most: 20_000 },
] as const

const PETH_MOST_NG_ML = 10_000
const ETG_MOST_NG_ML = 1_000_000
/** The highest breath alcohol the clinical fact accepts. */
const BREATH_MOST_G_DL = 0.6

export function testKindOf(text: string | null | undefined): TestKind | undefined {
  return TEST_KINDS.find(({ kind }) => kind === text)?.kind
}

/**
 * Reads what staff typed about a test.
 *
 * @returns the result, or one message per field
 */
export function parseTestForm(
  kind: TestKind,
  typed: Typed,
):
  | { readonly ok: true; readonly result: TestResult }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> } {
  const errors: Errors = {}
  const result = resultOf(kind, typed, errors)
  return result && Object.keys(errors).length === 0 ? { ok: true, result } : { ok: false, errors }
}

function resultOf(kind: TestKind, typed: Typed, errors: Errors): TestResult | undefined {
  switch (kind) {
    case 'urine':
      return urineOf(typed, errors)
    case 'missed':
      return { kind, why: textIn(typed, 'why') || null }
    case 'breath':
      return breathOf(typed, errors)
    case 'peth': {
      const value = concentrationOf(typed, PETH_MOST_NG_ML, errors)
      return value && { kind, value }
    }
    case 'urine-etg': {
      const value = concentrationOf(typed, ETG_MOST_NG_ML, errors)
      return value && { kind, value }
    }
    case 'cdt': {
      const percent = figureIn(typed, 'percent', 0.1, 40, errors)
      if (percent === undefined) errors.percent ??= 'Enter the result in per cent.'
      return percent === undefined ? undefined : { kind, percent: Math.round(percent * 10) / 10 }
    }
  }
}

function urineOf(typed: Typed, errors: Errors): TestResult | undefined {
  const observed = textIn(typed, 'observed')
  if (observed !== 'yes' && observed !== 'no') errors.observed = 'Choose whether somebody was present.'
  const checks: Record<string, number | boolean> = {}
  for (const { name, least, most } of CHECK_FIELDS) {
    const value = figureIn(typed, name, least, most, errors)
    if (value !== undefined) checks[name] = value
  }
  if (checks.temperatureC !== undefined) {
    checks.temperatureInTime = textIn(typed, 'temperatureInTime') === 'yes'
  }
  const findings = ANALYTES.flatMap(({ id }): Finding[] => {
    const result = textIn(typed, `a-${id}`)
    if (result === '' || result === 'not-tested') return []
    const known = ANALYTE_RESULTS.find((one) => one === result)
    if (!known) {
      errors[`a-${id}`] = 'Choose one of the results.'
      return []
    }
    const reason = textIn(typed, `a-${id}-reason`)
    if (known === 'expected-positive' && reason === '') {
      errors[`a-${id}-reason`] = 'Write what explains it: a prescription, a session here.'
    }
    if (reason.length > 200) errors[`a-${id}-reason`] = 'Please use at most 200 characters.'
    const basis = textIn(typed, `a-${id}-basis`) === 'confirmed' ? 'confirmed' : 'presumptive'
    return [{ analyte: id, result: known, basis, ...(reason ? { reason } : {}) }]
  })
  if (findings.length === 0 && Object.keys(errors).length === 0) {
    errors[`a-${ANALYTES[0]!.id}`] = 'Enter at least one result.'
  }
  return { kind: 'urine', observed: observed === 'yes', checks: checks as SpecimenChecks, findings }
}

function breathOf(typed: Typed, errors: Errors): TestResult | undefined {
  const unit = BREATH_UNITS.find((one) => one.unit === textIn(typed, 'unit'))?.unit
  if (!unit) errors.unit = 'Choose the unit the device shows.'
  const value = figureIn(typed, 'value', 0, 6, errors)
  if (value === undefined) errors.value ??= 'Enter the reading; 0 when the device shows 0.'
  if (value === undefined || !unit) return undefined
  const gPerDl = breathGPerDl(value, unit)
  if (gPerDl > BREATH_MOST_G_DL) {
    errors.value = `This is ${gPerDl} g/dL, more than a person survives. Check number and unit.`
  }
  return { kind: 'breath', gPerDl, typed: { value, unit } }
}

function concentrationOf(typed: Typed, most: number, errors: Errors): Concentration | undefined {
  const below = textIn(typed, 'belowLod') === 'yes'
  const ngMl = figureIn(typed, 'ngMl', 1, most, errors)
  const lodNgMl = figureIn(typed, 'lodNgMl', 1, 1_000, errors)
  if (ngMl !== undefined && !Number.isInteger(ngMl)) errors.ngMl = 'Enter a whole number of ng/mL.'
  if (below && ngMl !== undefined) {
    errors.belowLod = 'A result is filled in as well. Keep the one that is true.'
  }
  if (below && lodNgMl === undefined) errors.lodNgMl ??= 'Enter the limit of detection the laboratory names.'
  if (!below && ngMl === undefined) {
    errors.ngMl ??= 'Enter the result, or tick that it lies below the limit of detection.'
  }
  if (below) return lodNgMl === undefined ? undefined : { belowLod: true, lodNgMl }
  return ngMl === undefined ? undefined : { ngMl, lodNgMl: lodNgMl ?? null }
}

function textIn(typed: Typed, name: string): string {
  const value = typed[name]
  return (typeof value === 'string' ? value : (value?.[0] ?? '')).trim()
}

/** A figure within its limits; undefined for an empty field and for one that does not fit, which gets a message. */
function figureIn(
  typed: Typed,
  name: string,
  least: number,
  most: number,
  errors: Errors,
): number | undefined {
  const text = textIn(typed, name)
  if (text === '') return undefined
  const value = /^\d{1,7}([.,]\d{1,4})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
  if (value >= least && value <= most) return value
  errors[name] = `Enter a number from ${least} to ${most}, or leave it empty.`
  return undefined
}

/** A recorded test as the form shows it, for correcting it. */
export function testFormValues({ result }: LabTest): Record<string, string> {
  switch (result.kind) {
    case 'urine':
      return {
        observed: result.observed ? 'yes' : 'no',
        ...Object.fromEntries(
          Object.entries(result.checks).map(([name, value]) => [
            name,
            typeof value === 'boolean' ? (value ? 'yes' : '') : String(value),
          ]),
        ),
        ...Object.fromEntries(
          result.findings.flatMap(({ analyte, result: found, basis, reason }) => [
            [`a-${analyte}`, found],
            [`a-${analyte}-basis`, basis],
            [`a-${analyte}-reason`, reason ?? ''],
          ]),
        ),
      }
    case 'missed':
      return { why: result.why ?? '' }
    case 'breath':
      return { value: String(result.typed.value), unit: result.typed.unit }
    case 'peth':
    case 'urine-etg':
      return 'ngMl' in result.value
        ? { ngMl: String(result.value.ngMl), lodNgMl: String(result.value.lodNgMl ?? '') }
        : { belowLod: 'yes', lodNgMl: String(result.value.lodNgMl) }
    case 'cdt':
      return { percent: String(result.percent) }
  }
}
