import type { Id, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { AnalyteId } from './analytes.ts'
import type { SpecimenChecks } from './urine-validity.ts'

export type LabTestId = Id<'lab-test'>

/** `expected-positive`: explained by treatment (a prescription, a session here), with the reason. */
export const ANALYTE_RESULTS = ['negative', 'positive', 'expected-positive', 'invalid'] as const
export type AnalyteResult = (typeof ANALYTE_RESULTS)[number]

/** What was found for one substance. A substance that was not tested has no finding. */
export type Finding = {
  readonly analyte: AnalyteId
  readonly result: AnalyteResult
  /** A first test can be wrong in both ways; a laboratory's confirmation rules. */
  readonly basis: 'presumptive' | 'confirmed'
  readonly reason?: string
}

export const BREATH_UNITS = [
  { unit: 'g/dL', label: 'g/dL (the same as % BAC and g/210 L of breath)', gPerDlFactor: 1 },
  { unit: 'mg/L', label: 'mg/L of breath', gPerDlFactor: 0.21 },
  { unit: 'per-mille', label: '‰ (g/L of blood)', gPerDlFactor: 0.1 },
] as const
export type BreathUnit = (typeof BREATH_UNITS)[number]['unit']

export const BREATH_FACTOR_WORDS =
  'Breath is reckoned to blood at 2,100 to 1 (United States): 1 mg per litre of breath is 0.21 g/dL; 1 ‰ is taken as 0.1 g/dL.'

/** Breath alcohol in g/dL, to four decimals. */
export function breathGPerDl(value: number, unit: BreathUnit): number {
  const { gPerDlFactor } = BREATH_UNITS.find((one) => one.unit === unit)!
  return Math.round(value * gPerDlFactor * 10_000) / 10_000
}

/** A concentration, or that it lies below what the laboratory can detect: then it is not zero, and not known. */
export type Concentration =
  | { readonly ngMl: number; readonly lodNgMl: number | null }
  | { readonly belowLod: true; readonly lodNgMl: number }

export type TestResult =
  | {
      readonly kind: 'urine'
      readonly observed: boolean
      readonly checks: SpecimenChecks
      readonly findings: readonly Finding[]
    }
  | { readonly kind: 'missed'; readonly why: string | null }
  | {
      readonly kind: 'breath'
      readonly gPerDl: number
      readonly typed: { readonly value: number; readonly unit: BreathUnit }
    }
  | { readonly kind: 'peth'; readonly value: Concentration }
  | { readonly kind: 'urine-etg'; readonly value: Concentration }
  | { readonly kind: 'cdt'; readonly percent: number }

export type TestKind = TestResult['kind']

export const TEST_KINDS: readonly { readonly kind: TestKind; readonly label: string }[] = [
  { kind: 'urine', label: 'Urine drug screen' },
  { kind: 'missed', label: 'A planned test that did not happen' },
  { kind: 'breath', label: 'Breath alcohol' },
  { kind: 'peth', label: 'PEth in blood' },
  { kind: 'urine-etg', label: 'EtG in urine' },
  { kind: 'cdt', label: 'CDT in blood' },
]

/** One row of the log. A correction names the row it replaces and says why; a withdrawal leaves nothing in its place. */
export type LabTestRow = {
  readonly id: LabTestId
  readonly personId: PersonId
  /** When the specimen was given; for a test that did not happen, when it was planned. */
  readonly collectedAt: Instant
  readonly result: TestResult | { readonly kind: 'withdrawn' }
  readonly corrects: LabTestId | undefined
  readonly reason: string | undefined
  readonly recordedAt: Instant
  /** Account id. */
  readonly recordedBy: string
}

/** A test as it stands now, with the rows it went through, oldest first. */
export type LabTest = Omit<LabTestRow, 'result'> & {
  readonly result: TestResult
  readonly earlier: readonly LabTestRow[]
}

/**
 * The tests that stand: the newest row of each chain of corrections, without those withdrawn; newest specimen first.
 *
 * @param rows the whole log of a person, in any order
 */
export function standingTests(rows: readonly LabTestRow[]): {
  readonly standing: readonly LabTest[]
  readonly withdrawn: readonly (LabTestRow & { readonly earlier: readonly LabTestRow[] })[]
} {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const corrected = new Set(rows.map((row) => row.corrects))
  const ends = rows
    .filter((row) => !corrected.has(row.id))
    .map((row) => ({ ...row, earlier: chainBefore(row, byId) }))
    .sort((a, b) =>
      a.collectedAt === b.collectedAt ? b.id.localeCompare(a.id) : b.collectedAt.localeCompare(a.collectedAt),
    )
  return {
    standing: ends.flatMap((row) =>
      row.result.kind === 'withdrawn' ? [] : [{ ...row, result: row.result }],
    ),
    withdrawn: ends.filter((row) => row.result.kind === 'withdrawn'),
  }
}

function chainBefore(row: LabTestRow, byId: ReadonlyMap<LabTestId, LabTestRow>): LabTestRow[] {
  const before = row.corrects && byId.get(row.corrects)
  return before ? [...chainBefore(before, byId), before] : []
}
