import { kaplanMeier, survivalAt } from '@evenkeel/outcome-statistics'
import { discloseParts } from '../../platform/disclosure.ts'
import type { CensoredWhy, EventCount, StillHereWhy } from '../dataset/outcome-row.ts'
import { CENSORED, type PeopleByState, peopleByState } from './clinic-figure.ts'
import type { Limits } from './figure-block.ts'
import { type DatedCount, type StrictRows, strictRows } from './strict-rows.ts'

/** How far apart the two ends of what the lost leave open may lie at a day that is shown, 0 to 1. */
const WIDEST_LOST_BOUNDS = 0.2

/** What is told of one of the fixed days; everything is worked out of counts that may be told. */
export type StrictPoint = {
  readonly day: number
  /** People without the event who were followed through the day. */
  readonly left: number
  /** 0 to 1, who was lost between two days shown counted as followed for half of the time. */
  readonly without: number
  readonly limits: Limits | undefined
  /** The same if all of the lost had stopped being followed right after the day shown before, and only on the day shown next. */
  readonly lostBounds: Limits
}

export type StrictFigure = {
  readonly kind: 'fixed-days'
  readonly people: number
  readonly states: PeopleByState
  readonly points: readonly StrictPoint[]
}

/**
 * A time to an event for who does not treat people here: at fixed days only, and computed of nothing but the counts at those
 * days (life table). Undefined when no day may be shown.
 *
 * @param rows people who share day, event and reason
 * @param whys the reasons for which this outcome stops counting somebody
 */
export function strictFigure(
  rows: readonly EventCount<CensoredWhy | StillHereWhy>[],
  whys: readonly (CensoredWhy | StillHereWhy)[] = CENSORED,
): StrictFigure | undefined {
  const coarse = strictRows(
    rows.map(({ days, event, people }) => ({ days, what: event ? 1 : 0, people })),
    [1],
  )
  if (!coarse) return undefined
  const { shown, left } = coarse
  const bounds = lostBounds(coarse)
  if (bounds.every((of) => isTooWide(of))) return undefined
  const said = survivalOn(shown, coarse.rows)
  const states = peopleByState(rows, whys)
  // The points tell the events, so the reasons must guard each other.
  const [events, ...reasons] = states.map(({ people }) => people)
  const parts = [events, ...discloseParts(reasons).parts]
  return {
    kind: 'fixed-days',
    people: rows.reduce((sum, { people }) => sum + people, 0),
    states: states.map(({ state }, at) => ({ state, people: parts[at] })),
    points: shown
      .map((day, at) => ({
        day,
        left: left[at]!,
        without: said.survival[at]!,
        limits: said.bandKnown[at] ? { lower: said.lower[at]!, upper: said.upper[at]! } : undefined,
        lostBounds: bounds[at]!,
      }))
      .filter((point) => !isTooWide(point.lostBounds)),
  }
}

/**
 * For each day shown the share without any event if all of the lost had stopped being followed right after the day shown
 * before, and if only on the day shown next.
 */
export function lostBounds({ shown, lostBefore, lostAfter }: StrictRows): Limits[] {
  const [lower, upper] = [lostBefore, lostAfter].map((rows) => survivalOn(shown, rows).survival)
  return shown.map((_, at) => ({ lower: lower![at]!, upper: upper![at]! }))
}

/** Whether the lost leave so much open that a share in the middle would mislead. */
export function isTooWide({ lower, upper }: Limits): boolean {
  return upper - lower > WIDEST_LOST_BOUNDS
}

function survivalOn(days: readonly number[], rows: readonly DatedCount[]) {
  const curve = kaplanMeier({
    time: Float64Array.from(rows, (row) => row.days),
    event: Uint8Array.from(rows, (row) => (row.what === 0 ? 0 : 1)),
    weight: Float64Array.from(rows, (row) => row.people),
  })
  // The rows are made in `strictRows`: only a defect of ours could make them senseless.
  if (!curve.ok) throw new Error(`the rows of fixed days were refused: ${curve.reason}`)
  return survivalAt(curve, days)
}
