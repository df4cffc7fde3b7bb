import type { NumberTable } from '../clinic/figure-block.ts'
import type { Definition } from '../dataset/definition.ts'
import { survivalBandDefinition } from '../dataset/estimate-definitions.ts'
import { pValue } from '../percent-words.ts'
import type { CohortBlock } from './cohort-block.ts'
import { logRankDefinition, meanTimeDefinition } from './cohort-definitions.ts'
import type { Comparison, TimedFigures, TimedGroup } from './timed-figures.ts'

/** How a time and its event are spoken of. */
export type TimedWords = {
  readonly id: string
  readonly title: string
  /** "day" or "week". */
  readonly unit: 'day' | 'week'
  /** What the curve counts: "Event not seen yet". */
  readonly still: string
  /** What happened: "had the event". */
  readonly had: string
  readonly timeLabel: string
  readonly definitions: readonly Definition[]
  /** The column within whose values groups are compared, where there is one. */
  readonly within?: string | undefined
}

const WHY_NO_TEST: Readonly<Record<string, string>> = {
  'one-group': 'There is one group, so there is nothing to compare.',
  'no-events': 'Nobody had the event, so there is nothing to compare.',
  'groups-never-at-risk-together':
    'The groups were never observed at the same time, so they cannot be compared.',
}

const WHY_NO_DIFFERENCE: Readonly<Record<string, string>> = {
  'no-events': 'nobody had the event so early',
  'nothing-without-event': 'everybody of a group had the event at once',
  'beyond-follow-up': 'not known: nobody of a group was followed so long',
  'tau-not-positive': 'there is no time before it',
}

/** A curve for each group, what it says at chosen times, and how the groups compare. */
export function timedBlock(figures: TimedFigures, words: TimedWords): CohortBlock {
  const { groups, comparison, until, differences } = figures
  const several = groups.length > 1
  return {
    id: words.id,
    title: words.title,
    finding: [...groups.map((group) => groupWords(group, words)), comparisonWords(comparison, words)],
    facts: [
      ...(comparison.ok
        ? [
            {
              term: 'Log-rank χ²',
              value: comparison.chiSquare.toFixed(6),
              source: `${comparison.df} ${comparison.df === 1 ? 'degree' : 'degrees'} of freedom${comparison.stratified ? `, within ${words.within ?? 'strata'}` : ''}`,
            },
            { term: 'p', value: pValue(comparison.p) },
          ]
        : several && comparison.few === undefined
          ? [{ term: 'Log-rank test', value: comparisonWords(comparison, words) }]
          : []),
    ],
    drawing: {
      kind: 'curves',
      groups: groups.map(({ drawn }) => drawn),
      timeLabel: words.timeLabel,
      survivalLabel: words.still,
    },
    tables: [
      groupsTable(figures, words),
      pointsTable(figures, words),
      ...(differences.length > 0 ? [differencesTable(figures, words)] : []),
    ],
    numbers: [
      ...(comparison.ok
        ? ([
            ['log-rank chi-square', comparison.chiSquare],
            ['log-rank df', comparison.df],
            ['log-rank p', comparison.p],
          ] as const)
        : ([['log-rank', comparison.few ?? comparison.reason]] as const)),
      ...(words.within === undefined ? [] : ([['compared within', words.within]] as const)),
      ...groups.map(
        ({ label, lastTime }) => [`last ${words.unit} of follow-up, ${label}`, lastTime] as const,
      ),
      [`means up to ${words.unit}`, until],
      ...differences.flatMap((one) =>
        one.ok ? ([[`mean time, ${one.label} minus ${one.first}, p`, one.p ?? 'too few']] as const) : [],
      ),
    ],
    definitions: [
      ...words.definitions,
      survivalBandDefinition,
      ...(several ? [logRankDefinition] : []),
      meanTimeDefinition,
    ],
    caution: several
      ? 'Whether people were assigned to these groups at random is not in the file: a difference alone says nothing about why.'
      : undefined,
  }
}

function groupWords({ label, n, events, median, lastTime }: TimedGroup, { had, unit }: TimedWords): string {
  const half = median
    ? `half by ${unit} ${rounded(median.days)} (${medianWords(median)})`
    : `fewer than half by ${unit} ${rounded(lastTime)}, the last of follow-up`
  return `${label}: ${events} of ${n} ${had}, ${half}.`
}

function comparisonWords(comparison: Comparison, { within }: TimedWords): string {
  if (!comparison.ok)
    return comparison.few ?? WHY_NO_TEST[comparison.reason] ?? 'The groups cannot be compared.'
  const where = comparison.stratified && within !== undefined ? `, compared within ${within}` : ''
  return `Log-rank p ${pValue(comparison.p)}${where}.`
}

/** Where everybody has the event at once, there is no interval. */
function medianWords(median: NonNullable<TimedGroup['median']>): string {
  return median.lower === null && median.upper === null
    ? 'its interval cannot be told'
    : `95 % interval ${medianRange(median)}`
}

function medianRange({ lower, upper }: NonNullable<TimedGroup['median']>): string {
  return `${lower === null ? 'not known' : rounded(lower)} to ${upper === null ? 'not reached' : rounded(upper)}`
}

function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1)
}

function groupsTable({ groups, until }: TimedFigures, { id, had, unit }: TimedWords): NumberTable {
  return {
    id: `${id}-groups`,
    caption: `People, and how many ${had}`,
    columns: [
      { key: 'group', head: 'Group', kind: 'words', names: true },
      { key: 'people', head: 'People', kind: 'count' },
      { key: 'events', head: had[0]!.toUpperCase() + had.slice(1), kind: 'count' },
      { key: 'censored', head: 'Last seen without', kind: 'count' },
      { key: 'last', head: `Followed until ${unit}`, kind: 'value', digits: lastDigits(groups) },
      { key: 'median', head: `Half by ${unit}`, kind: 'value', digits: 1 },
      { key: 'median_95', head: '95 % interval', kind: 'words' },
      { key: 'mean', head: `Mean ${unit}s up to ${rounded(until)}`, kind: 'value', digits: 2 },
      { key: 'mean_se', head: 'Standard error', kind: 'value', digits: 2 },
    ],
    rows: groups.map(({ label, n, events, lastTime, median, mean }) => ({
      group: label,
      people: n,
      events,
      censored: n - events,
      last: lastTime,
      median: median ? median.days : null,
      median_95: median ? medianRange(median) : 'not reached',
      mean: mean?.value ?? 'not known',
      mean_se: mean?.se ?? null,
    })),
  }
}

/** Whole days without a decimal, when all of them are whole. */
function lastDigits(groups: readonly TimedGroup[]): number {
  return groups.every(({ lastTime }) => Number.isInteger(lastTime)) ? 0 : 1
}

function pointsTable({ groups }: TimedFigures, { id, still, unit }: TimedWords): NumberTable {
  return {
    id: `${id}-times`,
    caption: `${still}, at chosen ${unit}s`,
    columns: [
      { key: 'group', head: 'Group', kind: 'words', names: true },
      { key: unit, head: unit === 'day' ? 'Day' : 'Week', kind: 'count' },
      { key: 'still_observed', head: 'Still observed', unit: 'people', kind: 'count' },
      { key: 'without', head: still, kind: 'share' },
      { key: 'limits_95', head: '95 % interval', kind: 'share-limits' },
      { key: 'note', head: 'Note', kind: 'words' },
    ],
    rows: groups.flatMap(({ label, points, lastTime }) =>
      points.map((point) => ({
        group: label,
        [unit]: point.time,
        still_observed: point.atRisk,
        without: point.survival ?? 'not known',
        limits_95: point.limits ?? null,
        note:
          point.survival === undefined
            ? `not known: nobody was followed beyond ${unit} ${rounded(lastTime)}`
            : point.time > lastTime
              ? `everybody had it by ${unit} ${rounded(lastTime)}`
              : '',
      })),
    ),
  }
}

function differencesTable({ differences, until }: TimedFigures, { id, unit }: TimedWords): NumberTable {
  return {
    id: `${id}-means`,
    caption: `Mean ${unit}s up to ${rounded(until)}: difference from ${differences[0]!.first}`,
    columns: [
      { key: 'group', head: 'Group', kind: 'words', names: true },
      { key: 'difference', head: `Difference in ${unit}s`, kind: 'value', digits: 2 },
      { key: 'limits_95', head: '95 % interval', kind: 'value-limits', digits: 2 },
      { key: 'p', head: 'p', kind: 'words' },
      { key: 'note', head: 'Note', kind: 'words' },
    ],
    rows: differences.map((one) =>
      one.ok
        ? {
            group: one.label,
            difference: one.difference,
            limits_95: { lower: one.lower, upper: one.upper },
            p: one.p === undefined ? 'none' : pValue(one.p),
            note: one.p === undefined ? 'a group is too small for a test' : '',
          }
        : {
            group: one.label,
            difference: null,
            limits_95: null,
            p: 'none',
            note: WHY_NO_DIFFERENCE[one.reason] ?? 'cannot be told',
          },
    ),
  }
}
