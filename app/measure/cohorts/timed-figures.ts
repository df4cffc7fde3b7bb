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

/** Somebody followed until something happened or until they were last seen, in any unit of time. */
export type TimedRow = {
  readonly time: number
  readonly event: boolean
  readonly group: string
  readonly stratum?: string | undefined
}

export type TimedPoint = {
  readonly time: number
  /** 0 to 1. */
  readonly survival: number
  /** 95 % limits; undefined where there are none (before the first event, or once the curve is at 0). */
  readonly limits: { readonly lower: number; readonly upper: number } | undefined
  readonly atRisk: number
  /** Nobody was followed that long: the value is the last one known. */
  readonly beyondFollowUp: boolean
}

export type TimedGroup = {
  readonly label: string
  readonly n: number
  readonly events: number
  readonly median: Median | undefined
  /** Mean time without the event within the first `until`. */
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
  | { readonly ok: false; readonly reason: string }

/** The mean time of a group minus that of the first one. */
export type MeanDifference = { readonly label: string; readonly first: string } & (
  | Pick<RestrictedMeanDifference, 'ok' | 'difference' | 'lower' | 'upper' | 'p' | 'beyondFollowUp'>
  | { readonly ok: false; readonly reason: string }
)

export type TimedFigures = {
  readonly groups: readonly TimedGroup[]
  readonly comparison: Comparison
  /** Up to when means are taken. */
  readonly until: number
  readonly differences: readonly MeanDifference[]
}

const inOrder = new Intl.Collator('en', { numeric: true })

/** Labels of groups in the order in which people count. */
export function groupLabels(rows: readonly { readonly group: string }[]): string[] {
  return [...new Set(rows.map(({ group }) => group))].sort(inOrder.compare)
}

/**
 * Everything the page of an outside cohort says of a time: a Kaplan–Meier curve for each group with its 95 % log-log band,
 * what it says at chosen times, the log-rank test between the groups (within strata, where there are any), and means up to
 * one time with their differences from the first group.
 *
 * @param rows one or more, as read from the file or the database, in any order
 * @param at times at which survival is told
 * @param ticks places on the axis
 * @param until up to when means are taken; the longest time to which every group was followed, unless given
 */
export function timedFigures(
  rows: readonly TimedRow[],
  { at, ticks, until }: { at: readonly number[]; ticks: readonly number[]; until?: number | undefined },
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
  return {
    groups: curves.map(({ label, curve }) => groupFigures(label, curve, at, ticks, tau)),
    comparison: test.ok
      ? { ok: true, chiSquare: test.chiSquare, df: test.df, p: test.p, stratified: strata.size > 1 }
      : { ok: false, reason: test.reason },
    until: tau,
    differences: curves.slice(1).map(({ label, curve }) => {
      const first = curves[0]!
      const found = restrictedMeanDifference(curve, first.curve, tau)
      return found.ok
        ? {
            ok: true,
            label,
            first: first.label,
            difference: found.difference,
            lower: found.lower,
            upper: found.upper,
            p: found.p,
            beyondFollowUp: found.beyondFollowUp,
          }
        : { ok: false, label, first: first.label, reason: found.reason }
    }),
  }
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
  return {
    label,
    n: curve.n,
    events: curve.events.reduce((sum, count) => sum + count, 0),
    median: medianOf(curve),
    mean: mean.ok ? { value: mean.mean, se: mean.se } : undefined,
    points: at.map((time, i) => ({
      time,
      survival: said.survival[i]!,
      limits: said.bandKnown[i] ? { lower: said.lower[i]!, upper: said.upper[i]! } : undefined,
      atRisk: said.atRisk[i]!,
      beyondFollowUp: said.beyondFollowUp[i] === 1,
    })),
    drawn: drawnGroup(label, curve, ticks),
  }
}
