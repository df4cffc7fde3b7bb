import {
  kaplanMeierByGroup,
  logRank,
  type RestrictedMeanDifference,
  restrictedMean,
  restrictedMeanDifference,
  type SurvivalCurve,
  survivalAt,
} from '@evenkeel/outcome-statistics'
import type { SurvivalGroup } from '../../ui/index.ts'
import { drawnGroup, type Median, medianOf } from '../curve-drawing.ts'
import { tooFewToTest } from './enough-to-test.ts'

/** Somebody followed until something happened or until they were last seen, in any unit of time. */
export type TimedRow = {
  readonly time: number
  readonly event: boolean
  readonly group: string
  readonly stratum?: string | undefined
}

export type TimedPoint = {
  readonly time: number
  /** 0 to 1; undefined is not known: nobody was followed so long. */
  readonly survival: number | undefined
  /** 95 % limits; undefined where there are none (before the first event, or once the curve is at 0). */
  readonly limits: { readonly lower: number; readonly upper: number } | undefined
  readonly atRisk: number
}

export type TimedGroup = {
  readonly label: string
  readonly n: number
  readonly events: number
  /** The last time at which anybody was followed. */
  readonly lastTime: number
  readonly median: Median | undefined
  /** Mean time without the event within the first `until`; undefined where nobody was followed so long. */
  readonly mean: { readonly value: number; readonly se: number } | undefined
  readonly points: readonly TimedPoint[]
  readonly drawn: SurvivalGroup
}

export type Comparison =
  | {
      readonly ok: true
      readonly chiSquare: number
      readonly df: number
      readonly p: number
      /** Compared within strata and added up. */
      readonly stratified: boolean
    }
  /** `few` says in a sentence which group is too small for a test. */
  | { readonly ok: false; readonly reason: string; readonly few?: string }

/** The mean time of a group minus that of the first one; `p` is undefined where a group is too small for a test. */
export type MeanDifference = { readonly label: string; readonly first: string } & (
  | (Pick<RestrictedMeanDifference, 'ok' | 'difference' | 'lower' | 'upper'> & {
      readonly p: number | undefined
    })
  | { readonly ok: false; readonly reason: string }
)

export type TimedFigures = {
  readonly groups: readonly TimedGroup[]
  readonly comparison: Comparison
  /** Up to when means are taken. */
  readonly until: number
  readonly differences: readonly MeanDifference[]
}

export type TimedAsked = {
  readonly at: readonly number[]
  readonly ticks: readonly number[]
  readonly until?: number | undefined
  readonly reference?: string | undefined
}

const inOrder = new Intl.Collator('en', { numeric: true })

/** Labels of groups in the order in which people count. */
export function groupLabels(rows: readonly { readonly group: string }[]): string[] {
  return [...new Set(rows.map(({ group }) => group))].sort(inOrder.compare)
}

/**
 * Until when a curve can be told: as long as anybody was followed. Where everybody had the event nothing is left to learn,
 * and it stays at 0; where somebody was lost before, a curve at 0 says nothing of what came later.
 */
function knownUntil({ n, time, events }: SurvivalCurve): number {
  const all = events.reduce((sum, count) => sum + count, 0) === n
  return all ? Number.POSITIVE_INFINITY : time.at(-1)!
}

/**
 * Everything the page of an outside cohort says of a time: a Kaplan–Meier curve for each group with its 95 % log-log band,
 * what it says at chosen times, the log-rank test between the groups (within strata, where there are any), and means up to
 * one time with their differences from the group of reference. Beyond the last time at which a group was followed nothing
 * is told of it, and no test is told of groups that are too small for one (`enough-to-test.ts`).
 *
 * @param rows one or more, as read from the file or the database, in any order
 * @param at times at which survival is told
 * @param ticks places on the axis
 * @param until up to when means are taken; the longest time to which every group was followed, unless given
 * @param reference the group that the others are compared with; the first, unless it is one of them
 */
export function timedFigures(
  rows: readonly TimedRow[],
  { at, ticks, until, reference }: TimedAsked,
): TimedFigures {
  const labels = groupLabels(rows)
  const codes = new Map(labels.map((label, code) => [label, code]))
  const strata = new Map([...new Set(rows.map((row) => row.stratum))].map((label, code) => [label, code]))
  const columns = {
    time: Float64Array.from(rows, (row) => row.time),
    event: Uint8Array.from(rows, (row) => (row.event ? 1 : 0)),
    group: Uint16Array.from(rows, (row) => codes.get(row.group)!),
  }
  const fitted = kaplanMeierByGroup(columns)
  if (!fitted.ok)
    return { groups: [], comparison: { ok: false, reason: fitted.reason }, until: 0, differences: [] }
  const curves = fitted.curves.map(({ group, curve }) => ({ label: labels[group]!, curve }))
  const tau = until ?? Math.min(...curves.map(({ curve }) => curve.time.at(-1)!))
  const test = logRank(
    strata.size > 1
      ? { ...columns, strata: Uint32Array.from(rows, (row) => strata.get(row.stratum)!) }
      : columns,
  )
  const groups = curves.map(({ label, curve }) => groupFigures(label, curve, at, ticks, tau))
  const beside = curves.find(({ label }) => label === reference) ?? curves[0]!
  return {
    groups,
    comparison: comparisonOf(test, groups, strata.size > 1),
    until: tau,
    differences: curves
      .filter((one) => one !== beside)
      .map((one) => meanDifference(one, beside, tau, groups)),
  }
}

function comparisonOf(
  test: ReturnType<typeof logRank>,
  groups: readonly TimedGroup[],
  stratified: boolean,
): Comparison {
  if (!test.ok) return { ok: false, reason: test.reason }
  const few = tooFewToTest(groups.map(({ label, n, events }) => ({ label, people: n, events })))
  return few === undefined
    ? { ok: true, chiSquare: test.chiSquare, df: test.df, p: test.p, stratified }
    : { ok: false, reason: 'too-few', few }
}

type LabelledCurve = { readonly label: string; readonly curve: SurvivalCurve }

function meanDifference(
  { label, curve }: LabelledCurve,
  first: LabelledCurve,
  tau: number,
  groups: readonly TimedGroup[],
): MeanDifference {
  const named = { label, first: first.label }
  if (tau > knownUntil(curve) || tau > knownUntil(first.curve))
    return { ...named, ok: false, reason: 'beyond-follow-up' }
  const found = restrictedMeanDifference(curve, first.curve, tau)
  if (!found.ok) return { ...named, ok: false, reason: found.reason }
  const { difference, lower, upper, p } = found
  const few = tooFewToTest(
    groups
      .filter((group) => group.label === label || group.label === first.label)
      .map((group) => ({ label: group.label, people: group.n, events: group.events })),
  )
  return { ...named, ok: true, difference, lower, upper, p: few === undefined ? p : undefined }
}

function groupFigures(
  label: string,
  curve: SurvivalCurve,
  at: readonly number[],
  ticks: readonly number[],
  tau: number,
): TimedGroup {
  const said = survivalAt(curve, at)
  const mean = restrictedMean(curve, tau)
  const end = knownUntil(curve)
  return {
    label,
    n: curve.n,
    events: curve.events.reduce((sum, count) => sum + count, 0),
    lastTime: curve.time.at(-1)!,
    median: medianOf(curve),
    mean: mean.ok && tau <= end ? { value: mean.mean, se: mean.se } : undefined,
    points: at.map((time, i) => ({
      time,
      survival: time <= end ? said.survival[i]! : undefined,
      limits: time <= end && said.bandKnown[i] ? { lower: said.lower[i]!, upper: said.upper[i]! } : undefined,
      atRisk: said.atRisk[i]!,
    })),
    drawn: drawnGroup(label, curve, ticks),
  }
}
