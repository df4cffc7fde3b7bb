import {
  kaplanMeier,
  normalQuantile,
  numbersAtRisk,
  restrictedMean,
  type SurvivalCurve,
  survivalAt,
} from '@evenkeel/outcome-statistics'
import { disclosedCount, discloseParts, SMALLEST_SHOWN } from '../../platform/disclosure.ts'
import type { SurvivalGroup } from '../../ui/index.ts'
import { dayTicks, drawnSteps, type Median, medianOf } from '../curve-drawing.ts'
import { FEWEST_FOR_A_CURVE, POINT_DAY } from '../dataset/definition.ts'
import type { CensoredWhy, EventCount, StillHereWhy } from '../dataset/outcome-row.ts'

/** One line of the table beneath the curve. */
export type ClinicPoint = {
  readonly day: number
  /** Withheld when 1 to 9. */
  readonly atRisk: number | undefined
  /** 0 to 1. */
  readonly without: number
  readonly limits: { readonly lower: number; readonly upper: number } | undefined
}

/** How it stands with the people, each in exactly one line; small counts withheld. */
export type PeopleByState = readonly {
  readonly state: 'event' | CensoredWhy | StillHereWhy
  readonly people: number | undefined
}[]

export type ClinicFigure =
  | {
      readonly kind: 'no-curve'
      readonly why: 'too-few-people' | 'too-few-followed'
      readonly people: number | undefined
    }
  | {
      readonly kind: 'curve'
      readonly people: number | undefined
      readonly states: PeopleByState
      /** The last day with at least ten people still observed: beyond it nothing is shown. */
      readonly untilDay: number
      readonly median: Median | undefined
      /** Mean days without the event up to `untilDay`. */
      readonly mean: { readonly days: number; readonly lower: number; readonly upper: number }
      readonly points: readonly ClinicPoint[]
      readonly drawn: SurvivalGroup
    }

/** A curve that ends in its first days says nothing. */
const SHORTEST_CURVE_DAYS = 7

/** Why people are counted no further, in the order in which the table tells it. */
export const CENSORED = ['still-followed', 'stopped-answering', 'never-answered', 'end-of-follow-up'] as const
export const STILL_HERE = ['still-here', 'end-of-asking'] as const

/**
 * The clinic's curve of a time to an event, as far as it may be shown: none with fewer than ten people, and nothing beyond
 * the last day on which ten are still observed.
 *
 * @param rows people who share day, event and reason; one line of several stands for as many equal rows
 * @param label what the curve is called in the picture
 * @param whys the reasons for which this outcome stops counting somebody
 */
export function clinicFigure<Why extends CensoredWhy | StillHereWhy = CensoredWhy>(
  rows: readonly EventCount<Why>[],
  label: string,
  whys: readonly (CensoredWhy | StillHereWhy)[] = CENSORED,
): ClinicFigure {
  const n = rows.reduce((sum, row) => sum + row.people, 0)
  const people = disclosedCount(n)
  if (n < FEWEST_FOR_A_CURVE) return { kind: 'no-curve', why: 'too-few-people', people }
  const curve = kaplanMeier({
    time: Float64Array.from(rows, (row) => row.days),
    event: Uint8Array.from(rows, (row) => (row.event ? 1 : 0)),
    weight: Float64Array.from(rows, (row) => row.people),
  })
  const untilDay = curve.ok ? lastDayWithTen(curve) : -1
  if (!curve.ok || untilDay < SHORTEST_CURVE_DAYS)
    return { kind: 'no-curve', why: 'too-few-followed', people }

  const ticks = dayTicks(untilDay)
  // The day at which the overview tells every outcome is among them.
  const days = [...new Set([...ticks, Math.min(POINT_DAY, untilDay), untilDay])].sort((a, b) => a - b)
  const said = survivalAt(curve, days)
  const tickRisk = numbersAtRisk(curve, ticks)
  const states = peopleByState(rows, whys)
  const counts = discloseParts(states.map(({ people }) => people))
  return {
    kind: 'curve',
    people: counts.total,
    states: states.map(({ state }, at) => ({ state, people: counts.parts[at] })),
    untilDay,
    median: medianOf(curve, untilDay),
    mean: meanDays(curve, untilDay),
    points: days.map((day, at) => ({
      day,
      atRisk: disclosedCount(said.atRisk[at]!),
      without: said.survival[at]!,
      limits: said.bandKnown[at] ? { lower: said.lower[at]!, upper: said.upper[at]! } : undefined,
    })),
    drawn: {
      label,
      n,
      ...drawnSteps(curve, untilDay),
      atRisk: ticks.map((time, at) => ({ time, n: disclosedCount(tickRisk[at]!) })),
      untilTime: untilDay,
    },
  }
}

/** How many had the event, then how many are counted no further for each reason. Not yet for anybody's eyes. */
export function peopleByState<Why extends CensoredWhy | StillHereWhy>(
  rows: readonly EventCount<Why>[],
  whys: readonly (CensoredWhy | StillHereWhy)[],
) {
  return (['event', ...whys] as const).map((state) => ({
    state,
    people: rows.reduce(
      (sum, row) => ((row.event ? 'event' : row.censoredWhy) === state ? sum + row.people : sum),
      0,
    ),
  }))
}

function lastDayWithTen(curve: SurvivalCurve): number {
  return curve.time.findLast((_, at) => curve.atRisk[at]! >= SMALLEST_SHOWN) ?? -1
}

const Z_95 = normalQuantile(0.975)

function meanDays(curve: SurvivalCurve, untilDay: number) {
  const found = restrictedMean(curve, untilDay)
  if (!found.ok) throw new Error(`no mean up to day ${untilDay}: ${found.reason}`)
  const { mean, se } = found
  return { days: mean, lower: Math.max(0, mean - Z_95 * se), upper: Math.min(untilDay, mean + Z_95 * se) }
}
