import { studentTQuantile } from '@evenkeel/outcome-statistics'
import { discloseParts, SMALLEST_SHOWN, WITHHELD } from '../../platform/disclosure.ts'
import type { IntervalRow } from '../../ui/index.ts'
import { POINT_DAY, type PointDay } from '../dataset/definition.ts'
import { definitionOf, smallCountsDefinition } from '../dataset/definitions.ts'
import type { DayCounts } from '../dataset/figure-queries.server.ts'
import { percent, percentRange } from '../percent-words.ts'
import {
  meanIntervalDefinition,
  missingOddsDefinition,
  missingWaysDefinition,
  roundedMeanDefinition,
} from './clinic-definitions.ts'
import { calm, type FigureBlock, pointToTell } from './figure-block.ts'
import {
  type CarriedCounts,
  type MissingWay,
  missingShares,
  type StateCounts,
  sharesByOdds,
} from './missing-shares.ts'
import { countInWords } from './numbers-words.ts'
import { daysApart } from './strict-rows.ts'
import { rounded, SHARE_OF_DAYS, strictMean } from './strict-values.ts'

const WAY_WORDS: Readonly<Record<MissingWay, string>> = {
  'as-use': 'Missing as use',
  'left-out': 'Missing left out',
  'carried-forward': 'Last known carried on',
  'as-no-use': 'Missing as no use',
}
const SERIES = { 'as-use': 1, 'left-out': 2, 'carried-forward': 3, 'as-no-use': 4 } as const

export type PointInput = {
  readonly day: PointDay
  readonly counts: StateCounts
  readonly carried?: CarriedCounts
}

/**
 * Shares without use at the point days, the missing counted in several ways beside each other, and what they would be if
 * the missing had used more often.
 *
 * @param kind `week`: no use in the week up to the day; `continuous`: no use since the first dose
 * @param strict for who does not treat people here: a day stands only with ten and more in each count
 */
export function abstinenceBlock(
  kind: 'week' | 'continuous',
  points: readonly PointInput[],
  strict: boolean,
): FigureBlock {
  const prefix = kind === 'week' ? 'abstinence-at-day' : 'continuous-abstinence-to-day'
  const title = kind === 'week' ? 'No use told in the week before' : 'No use since the first dose'
  const apart = strict ? daysApart(points, ({ counts }) => sizeOf(counts), POINT_DAY) : points
  const told = apart.map((point) => ({
    ...point,
    shares: missingShares(point.counts, { carried: point.carried, strict }),
  }))
  const definitions = [
    ...points.map(({ day }) => definitionOf(`${prefix}-${day}`)),
    missingWaysDefinition,
    missingOddsDefinition,
    smallCountsDefinition,
  ]
  const base = {
    id: kind === 'week' ? 'no-use-in-the-week' : 'no-use-since-the-first-dose',
    title,
    definitions,
  }
  const first = pointToTell(told, ({ shares }) => shares?.ways[0]?.shown !== undefined)
  if (!first) {
    return {
      ...base,
      finding: undefined,
      facts: [],
      drawing: undefined,
      tables: [],
      nothing: {
        title: 'Too few people to say',
        text: `Shares stand here when at least ${SMALLEST_SHOWN} people are past day ${points[0]?.day ?? 0}, and when no share would tell a count below ten: of those who used, those who did not, and those of whom it is not known.`,
      },
    }
  }
  const rowsOf = ({ day, shares }: (typeof told)[number]): IntervalRow[] =>
    (shares?.ways ?? []).map(({ way, shown }) => ({
      key: `${day} ${way}`,
      label: WAY_WORDS[way],
      series: SERIES[way],
      value: shown?.share,
      lower: shown?.lower,
      upper: shown?.upper,
      beside: shown && `${shown.count} of ${shown.of}`,
      instead: 'withheld',
    }))
  const shares = first.shares!
  const [asUse] = shares.ways
  const main = asUse!.shown!
  const odds = told.flatMap(({ day, counts }) =>
    sharesByOdds(counts, strict).map((share) => ({ day, ...share })),
  )
  return {
    ...base,
    finding: `Day ${first.day}, missing as use: ${percent(main.share)} without use, ${main.count} of ${main.of} people (95 % interval ${percentRange(main)}).${sayEnds(shares.ways)}`,
    line: {
      figure: `${percent(main.share)} at day ${first.day}, missing as use`,
      interval: percentRange(main),
      people: shares.people,
      lost: shares.missing,
    },
    facts: told.map(({ day, shares }) => ({
      term: `Past day ${day}`,
      value: shares ? `${countInWords(shares.people)} people` : strict ? 'withheld' : WITHHELD,
      source: shares ? `missing: ${countInWords(shares.missing)}` : undefined,
    })),
    drawing: {
      kind: 'intervals',
      valueLabel: 'Without use',
      groups: told
        .filter(({ shares }) => shares)
        .map((point) => ({ label: `Day ${point.day}`, rows: calm(rowsOf(point)) })),
    },
    tables: [
      {
        id: base.id,
        caption: 'Ways of counting who is missing',
        columns: [
          { key: 'day', head: 'Day', kind: 'count', names: true },
          { key: 'way', head: 'Way of counting', kind: 'words' },
          { key: 'without_use', head: 'Without use', unit: 'people', kind: 'count' },
          { key: 'of', head: 'Of', unit: 'people', kind: 'count' },
          { key: 'missing', head: 'Missing', unit: 'people', kind: 'count' },
          { key: 'share', head: 'Share', kind: 'share' },
          { key: 'limits_95', head: '95 % interval', kind: 'share-limits' },
        ],
        rows: told.flatMap(({ day, shares }) =>
          (shares?.ways ?? []).map(({ way, shown }) => ({
            day,
            way: WAY_WORDS[way],
            without_use: shown?.count,
            of: shown?.of,
            missing: shares?.missing,
            share: shown?.share,
            limits_95: shown && { lower: shown.lower, upper: shown.upper },
          })),
        ),
      },
      ...(odds.length === 0
        ? []
        : [
            {
              id: `${base.id}-odds`,
              caption: 'If the missing had used more often than those who answered',
              columns: [
                { key: 'day', head: 'Day', kind: 'count', names: true },
                { key: 'odds_of_use', head: 'Odds of use, times', kind: 'count' },
                { key: 'share', head: 'Without use', kind: 'share' },
                { key: 'limits_95', head: '95 % interval', kind: 'share-limits' },
              ],
              rows: odds.map(({ day, oddsOfUse, share, lower, upper }) => ({
                day,
                odds_of_use: oddsOfUse,
                share,
                limits_95: { lower, upper },
              })),
            } as const,
          ]),
    ],
  }
}

const sizeOf = (counts: StateCounts) => counts['no-use'] + counts.use + counts.missing

/** How far the missing leave it open. */
function sayEnds(ways: NonNullable<ReturnType<typeof missingShares>>['ways']): string {
  const low = ways.find(({ way }) => way === 'as-use')?.shown
  const high = ways.find(({ way }) => way === 'as-no-use')?.shown
  return low && high && low.count !== high.count
    ? ` Whatever became of the missing, it lies between ${percent(low.share)} and ${percent(high.share)}.`
    : ''
}

const DAY_WAYS = {
  'as-use': (day: number, { noUseDays }: DayCounts) => noUseDays / day,
  'left-out': (_: number, { noUseDays, useDays }: DayCounts) =>
    noUseDays + useDays === 0 ? undefined : noUseDays / (noUseDays + useDays),
  'as-no-use': (day: number, { useDays }: DayCounts) => (day - useDays) / day,
} as const

const WAYS_OF_DAYS = Object.keys(DAY_WAYS) as (keyof typeof DAY_WAYS)[]

/** Undefined is withheld. */
type ToldDays = {
  readonly day: PointDay
  readonly people: number | undefined
  readonly silent: number | undefined
  readonly unknownShare: number | undefined
  readonly ways: readonly {
    readonly way: keyof typeof DAY_WAYS
    readonly mean: { readonly mean: number; readonly lower: number; readonly upper: number } | undefined
  }[]
}

type DayPoint = { readonly day: PointDay; readonly counts: readonly DayCounts[] }

const peopleOf = ({ counts }: DayPoint) => counts.reduce((sum, count) => sum + count.people, 0)

/**
 * Mean share of days without use from day 1 to each point day, unknown days counted in three ways.
 *
 * @param strict for who does not treat people here: rounded, and only where nothing would follow of one person
 */
export function daysBlock(points: readonly DayPoint[], strict: boolean): FigureBlock {
  const told = strict ? daysApart(points, peopleOf, POINT_DAY).map(strictDays) : points.map(teamDays)
  const base = {
    id: 'percent-days-without-use',
    title: 'Days without use',
    definitions: [
      ...points.map(({ day }) => definitionOf(`percent-days-without-use-to-day-${day}`)),
      strict ? roundedMeanDefinition : meanIntervalDefinition,
      smallCountsDefinition,
    ],
  }
  const first = pointToTell(told, ({ ways }) => ways.some(({ mean }) => mean))
  if (!first) {
    return {
      ...base,
      finding: undefined,
      facts: [],
      drawing: undefined,
      tables: [],
      nothing: {
        title: 'Too few people to say',
        text: strict
          ? `Means stand here when past a day at least ${SMALLEST_SHOWN} people told of a day and at least ${SMALLEST_SHOWN} of none, and when nothing would follow from them of one person.`
          : `Means stand here when at least ${SMALLEST_SHOWN} people are past day ${points[0]?.day ?? 0}.`,
      },
    }
  }
  const low = first.ways[0]!.mean
  const high = first.ways[2]!.mean
  return {
    ...base,
    finding: `Of the days 1 to ${first.day}, on average ${percent(low!.mean)} were without use if unknown days count as use (95 % interval ${percentRange(low)}), and ${percent(high!.mean)} if they do not. ${percent(first.unknownShare!)} of the days are unknown.`,
    facts: told.map(({ day, people, silent, unknownShare }) => ({
      term: `Past day ${day}`,
      value: people === undefined ? (strict ? 'withheld' : WITHHELD) : `${people} people`,
      source:
        unknownShare === undefined
          ? undefined
          : `${percent(unknownShare)} of days unknown; never told a day: ${countInWords(silent)}`,
    })),
    drawing: {
      kind: 'intervals',
      valueLabel: 'Days without use',
      groups: told
        .filter(({ people }) => people !== undefined)
        .map(({ day, ways }) => ({
          label: `Days 1 to ${day}`,
          rows: ways.map(({ way, mean }) => ({
            key: `${day} ${way}`,
            label: WAY_WORDS[way].replace('Missing', 'Unknown days'),
            series: SERIES[way],
            value: mean?.mean,
            lower: mean?.lower,
            upper: mean?.upper,
            instead: 'withheld',
          })),
        })),
    },
    tables: [
      {
        id: base.id,
        caption: 'Mean share of days without use',
        columns: [
          { key: 'day', head: 'Days 1 to', kind: 'count', names: true },
          { key: 'way', head: 'Way of counting', kind: 'words' },
          { key: 'people', head: 'People', kind: 'count' },
          { key: 'unknown_days', head: 'Days unknown', kind: 'share' },
          { key: 'mean', head: 'Mean', kind: 'share' },
          { key: 'limits_95', head: '95 % interval', kind: 'share-limits' },
        ],
        rows: told.flatMap(({ day, people, unknownShare, ways }) =>
          ways.map(({ way, mean }) => ({
            day,
            way: WAY_WORDS[way].replace('Missing', 'Unknown days'),
            people,
            unknown_days: unknownShare,
            mean: mean?.mean,
            limits_95: mean && { lower: mean.lower, upper: mean.upper },
          })),
        ),
      },
    ],
  }
}

/** A point day as the team sees it. */
function teamDays({ day, counts }: DayPoint): ToldDays {
  const people = counts.reduce((sum, count) => sum + count.people, 0)
  const knownDays = counts.reduce((sum, c) => sum + (c.noUseDays + c.useDays) * c.people, 0)
  const silent = counts.reduce((sum, c) => (c.noUseDays + c.useDays === 0 ? sum + c.people : sum), 0)
  const [shownTold, shownSilent] = discloseParts([people - silent, silent]).parts
  return {
    day,
    people: people < SMALLEST_SHOWN ? undefined : people,
    silent: shownSilent,
    unknownShare: people < SMALLEST_SHOWN ? undefined : 1 - knownDays / (people * day),
    ways: WAYS_OF_DAYS.map((way) => ({
      way,
      // The denominator of "left out" tells how many never said anything.
      mean:
        people < SMALLEST_SHOWN || (way === 'left-out' && shownTold === undefined)
          ? undefined
          : meanWithInterval(counts.map((count) => [DAY_WAYS[way](day, count), count.people])),
    })),
  }
}

/** A point day with everything or nothing: the brightest way of counting never stands without the darkest. */
function strictDays({ day, counts }: DayPoint): ToldDays {
  const each = (value: (count: DayCounts) => number | undefined) =>
    counts.flatMap((count) => {
      const own = value(count)
      return own === undefined ? [] : Array<number>(count.people).fill(own)
    })
  const ways = WAYS_OF_DAYS.map((way) => {
    const values = each((count) => DAY_WAYS[way](day, count))
    return { way, values, mean: strictMean(values, SHARE_OF_DAYS) }
  })
  const people = ways[0]!.values.length
  const silent = people - ways[1]!.values.length
  const isOpen =
    Math.min(silent, people - silent) >= SMALLEST_SHOWN && ways.every(({ mean }) => mean !== undefined)
  if (!isOpen) {
    return {
      day,
      people: undefined,
      silent: undefined,
      unknownShare: undefined,
      ways: WAYS_OF_DAYS.map((way) => ({ way, mean: undefined })),
    }
  }
  const unknown = each(({ noUseDays, useDays }) => 1 - (noUseDays + useDays) / day)
  const unknownShare = rounded(unknown.reduce((a, b) => a + b, 0) / people, SHARE_OF_DAYS)
  return { day, people, silent, unknownShare, ways: ways.map(({ way, mean }) => ({ way, mean })) }
}

/** Mean of values that so many people share, with Student's 95 % interval cut to 0 to 1; undefined for fewer than ten. */
function meanWithInterval(values: readonly (readonly [number | undefined, number])[]) {
  let n = 0
  let sum = 0
  for (const [value, people] of values) {
    if (value === undefined) continue
    n += people
    sum += value * people
  }
  if (n < SMALLEST_SHOWN) return undefined
  const mean = sum / n
  const squares = values.reduce(
    (total, [value, people]) => (value === undefined ? total : total + people * (value - mean) ** 2),
    0,
  )
  const half = studentTQuantile(0.975, n - 1) * Math.sqrt(squares / (n - 1) / n)
  return { mean, lower: Math.max(0, mean - half), upper: Math.min(1, mean + half) }
}
