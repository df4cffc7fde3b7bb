import { kaplanMeierByGroup, logRank, survivalAt } from '@evenkeel/outcome-statistics'
import type { SurvivalGroup } from '../ui/index.ts'
import type { CohortRow } from './cohort-file.ts'
import { dayTicks, drawnGroup, type Median, medianOf } from './curve-drawing.ts'

export type CohortPoint = {
  readonly day: number
  /** 0 to 1. */
  readonly survival: number
  /** 95 % limits; undefined where there are none (before the first event, or once the curve is at 0). */
  readonly limits: { readonly lower: number; readonly upper: number } | undefined
  readonly atRisk: number
  /** Nobody was followed that long: the value is the last one known. */
  readonly beyondFollowUp: boolean
}

export type CohortGroup = {
  readonly label: string
  readonly n: number
  readonly events: number
  readonly median: Median | undefined
  readonly points: readonly CohortPoint[]
  readonly drawn: SurvivalGroup
}

export type Comparison =
  | { readonly ok: true; readonly chiSquare: number; readonly df: number; readonly p: number }
  | { readonly ok: false; readonly reason: string }

export type CohortFigures = {
  readonly groups: readonly CohortGroup[]
  readonly comparison: Comparison
}

const inOrder = new Intl.Collator('en', { numeric: true })

/**
 * Everything the page of an outside cohort shows: a Kaplan–Meier curve for each group with its 95 % log-log band, what it says
 * at chosen days, and the log-rank test between the groups.
 *
 * @param rows as read from the file or the database, in any order
 * @param days at which survival is told
 * @param title what a group is called on the page; the bare label unless given
 */
export function cohortFigures(
  rows: readonly CohortRow[],
  days: readonly number[],
  title: (label: string) => string = (label) => label,
): CohortFigures {
  const labels = [...new Set(rows.map((row) => row.group))].sort(inOrder.compare)
  const code = new Map(labels.map((label, at) => [label, at]))
  const columns = {
    time: Float64Array.from(rows, (row) => row.timeDays),
    event: Uint8Array.from(rows, (row) => (row.event ? 1 : 0)),
    group: Uint16Array.from(rows, (row) => code.get(row.group)!),
  }
  const fitted = kaplanMeierByGroup(columns)
  if (!fitted.ok) return { groups: [], comparison: { ok: false, reason: fitted.reason } }
  const end = columns.time.reduce((most, time) => Math.max(most, time), 0)
  const ticks = dayTicks(end)
  const groups = fitted.curves.map(({ group, curve }) => {
    const said = survivalAt(curve, days)
    return {
      label: title(labels[group]!),
      n: curve.n,
      events: curve.events.reduce((sum, count) => sum + count, 0),
      median: medianOf(curve),
      points: days.map((day, at) => ({
        day,
        survival: said.survival[at]!,
        limits: said.bandKnown[at] ? { lower: said.lower[at]!, upper: said.upper[at]! } : undefined,
        atRisk: said.atRisk[at]!,
        beyondFollowUp: said.beyondFollowUp[at] === 1,
      })),
      drawn: drawnGroup(title(labels[group]!), curve, ticks),
    }
  })
  const test = logRank(columns)
  return {
    groups,
    comparison: test.ok
      ? { ok: true, chiSquare: test.chiSquare, df: test.df, p: test.p }
      : { ok: false, reason: test.reason },
  }
}
