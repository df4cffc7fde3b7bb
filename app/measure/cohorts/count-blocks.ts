import {
  type MantelHaenszel,
  mantelHaenszel,
  miettinenNurminenDifference,
  newcombeDifference,
  riskRatio,
  type TwoGroups,
} from '@evenkeel/outcome-statistics'
import type { NumberTable } from '../clinic/figure-block.ts'
import { pValue } from '../percent-words.ts'
import type { CohortBlock } from './cohort-block.ts'
import { pooledDefinition, riskDifferenceDefinition, riskRatioDefinition } from './cohort-definitions.ts'
import type { CountsByArmMapping } from './cohort-mapping.ts'
import type { ArmCount } from './cohort-rows.ts'
import { counted, countedPeople } from './counted.ts'
import { tooFewToTest } from './enough-to-test.ts'

type Interval = { readonly lower: number; readonly upper: number }

/** One arm beside the arm it is compared with, in one study. */
export type ArmComparison = TwoGroups & {
  readonly study: string
  readonly arm: string
  readonly difference: number
  readonly newcombe: Interval
  readonly miettinenNurminen: Interval
  /** Undefined where nobody had the event in one of the two. */
  readonly ratio: (Interval & { readonly ratio: number }) | undefined
}

export type ArmFigures = {
  readonly arm: string
  readonly comparisons: readonly ArmComparison[]
  readonly pooled: MantelHaenszel | undefined
}

const inOrder = new Intl.Collator('en', { numeric: true })

/**
 * Each arm beside the arm of reference, study by study, and the studies added up.
 *
 * @param reference the arm that the others are compared with; studies without it compare nothing
 */
export function armFigures(
  rows: readonly ArmCount[],
  reference: string,
): { readonly arms: readonly ArmFigures[]; readonly studiesWithout: readonly string[] } {
  const beside = new Map(rows.filter(({ arm }) => arm === reference).map((row) => [row.study, row]))
  const arms = [...new Set(rows.map(({ arm }) => arm))]
    .filter((arm) => arm !== reference)
    .sort(inOrder.compare)
  return {
    studiesWithout: [...new Set(rows.map(({ study }) => study))]
      .filter((study) => !beside.has(study))
      .sort(inOrder.compare),
    arms: arms.flatMap((arm) => {
      const comparisons = rows
        .filter((row) => row.arm === arm && beside.has(row.study))
        .sort((one, other) => inOrder.compare(one.study, other.study))
        .map((row) => compare(row, beside.get(row.study)!))
      if (comparisons.length === 0) return []
      const pooled = comparisons.length > 1 ? mantelHaenszel(comparisons) : undefined
      return [{ arm, comparisons, pooled: pooled?.ok ? pooled : undefined }]
    }),
  }
}

function compare(row: ArmCount, other: ArmCount): ArmComparison {
  const counts = { count1: row.events, n1: row.people, count2: other.events, n2: other.people }
  const newcombe = newcombeDifference(counts)
  const score = miettinenNurminenDifference(counts)
  const ratio = riskRatio(counts)
  if (!newcombe.ok || !score.ok)
    throw new Error(`study ${row.study} was stored with counts that are no counts`)
  return {
    ...counts,
    study: row.study,
    arm: row.arm,
    difference: newcombe.difference,
    newcombe,
    miettinenNurminen: score,
    ratio: ratio.ok ? ratio : undefined,
  }
}

/** One figure for each arm: its difference from the arm of reference in every study, as points with intervals. */
export function countBlocks(rows: readonly ArmCount[], mapping: CountsByArmMapping): CohortBlock[] {
  const { arms, studiesWithout } = armFigures(rows, mapping.reference)
  const armsBlock = countsBlock(rows, mapping, studiesWithout)
  return [...arms.flatMap((arm, at) => armBlocks(arm, mapping, at)), armsBlock]
}

const points = (share: number) => Number((share * 100).toFixed(4))

function armBlocks(
  { arm, comparisons, pooled }: ArmFigures,
  { reference, events, study }: CountsByArmMapping,
  at: number,
): CohortBlock[] {
  const id = `arm-${at + 1}`
  const people = comparisons.reduce((sum, { n1, n2 }) => sum + n1 + n2, 0)
  const spread = comparisons.flatMap(({ newcombe }) => [newcombe.lower, newcombe.upper])
  const low = Math.floor(Math.min(0, ...spread) * 10) * 10
  const high = Math.ceil(Math.max(0, ...spread) * 10) * 10
  const above = comparisons.filter(({ newcombe }) => newcombe.lower > 0).length
  const below = comparisons.filter(({ newcombe }) => newcombe.upper < 0).length
  const ratios = comparisons.flatMap(({ ratio }) => ratio ?? [])
  const scale = ratioScale(
    ratios.map(({ ratio }) => ratio),
    ratios.flatMap(({ lower, upper }) => [lower, upper]),
  )
  const few = pooled && tooFewToTest(armTotals(arm, reference, comparisons))
  const tested = few === undefined ? pooled : undefined
  const studyWords = (name: string) => `${study} ${name}`
  const pooledWords = pooled
    ? `Added up: ratio of shares ${pooled.riskRatio.ratio.toFixed(2)} (95 % interval ${pooled.riskRatio.lower.toFixed(2)} to ${pooled.riskRatio.upper.toFixed(2)}), difference ${(pooled.riskDifference * 100).toFixed(1)} percentage points.`
    : undefined
  const title = `${arm} beside ${reference}`
  const counts = `${counted(comparisons.length, 'study', 'studies')}, ${countedPeople(people)}.`
  return [
    {
      id: `${id}-difference`,
      title: `${title}: difference of shares with “${events}”`,
      finding: [
        `${counts} The interval lies above 0 in ${above}, below 0 in ${below}, and holds 0 in ${comparisons.length - above - below}.`,
        ...(pooledWords === undefined ? [] : [pooledWords]),
      ],
      facts: tested
        ? [
            { term: 'Test of Mantel and Haenszel, χ²', value: tested.chiSquare.toFixed(3) },
            { term: 'p', value: pValue(tested.p) },
          ]
        : [],
      drawing: {
        kind: 'intervals',
        groups: [
          {
            rows: comparisons.map((one) => ({
              key: one.study,
              label: studyWords(one.study),
              value: points(one.difference),
              lower: points(one.newcombe.lower),
              upper: points(one.newcombe.upper),
              beside: `${one.count1}/${one.n1} · ${one.count2}/${one.n2}`,
            })),
          },
        ],
        valueLabel: 'Difference, percentage points',
        range: [low, high],
        unit: 'number',
        reference: { value: 0, label: 'no difference' },
      },
      tables: [comparisonTable(`${id}-difference`, title, comparisons)],
      numbers: pooled
        ? [
            ['Mantel-Haenszel chi-square', tested?.chiSquare ?? 'too few'],
            ['Mantel-Haenszel p', tested?.p ?? 'too few'],
            ['pooled risk difference', pooled.riskDifference],
            ['pooled odds ratio', pooled.oddsRatio.ratio],
            ['pooled odds ratio, lower', pooled.oddsRatio.lower],
            ['pooled odds ratio, upper', pooled.oddsRatio.upper],
          ]
        : [],
      definitions: [riskDifferenceDefinition, ...(pooled ? [pooledDefinition] : [])],
      caution: few,
    },
    {
      id: `${id}-ratio`,
      title: `${title}: ratio of shares with “${events}”`,
      finding: [
        `${counts} ${ratios.length} of the ratios can be told.`,
        ...(pooledWords === undefined ? [] : [pooledWords]),
      ],
      facts: [],
      drawing: {
        kind: 'intervals',
        groups: [
          {
            rows: [
              ...comparisons.map((one) => ({
                key: one.study,
                label: studyWords(one.study),
                value: one.ratio?.ratio,
                ...(one.ratio ? { lower: one.ratio.lower, upper: one.ratio.upper } : {}),
                beside: one.ratio ? one.ratio.ratio.toFixed(2) : '',
                instead: 'nobody had the event in one arm',
              })),
              ...(pooled
                ? [
                    {
                      key: 'added up',
                      label: 'Added up',
                      value: pooled.riskRatio.ratio,
                      lower: pooled.riskRatio.lower,
                      upper: pooled.riskRatio.upper,
                      beside: pooled.riskRatio.ratio.toFixed(2),
                      series: 3 as const,
                    },
                  ]
                : []),
            ],
          },
        ],
        valueLabel: 'Ratio of shares, each step as many times more',
        range: scale,
        unit: 'ratio',
        reference: { value: 1, label: '1, equal' },
      },
      tables: [ratioTable(`${id}-ratio`, title, comparisons, pooled)],
      numbers: [],
      definitions: [riskRatioDefinition, ...(pooled ? [pooledDefinition] : [])],
    },
  ]
}

/** Limits beyond these many times more or less end in an arrow, so that one wide interval does not press all others together. */
const WIDEST_LIMIT = 10

/** A scale of ratios around 1 in powers of two: every ratio lies on it, and limits as far as they are not very wide. */
function ratioScale(ratios: readonly number[], limits: readonly number[]): readonly [number, number] {
  const near = limits.filter((limit) => limit >= 1 / WIDEST_LIMIT && limit <= WIDEST_LIMIT)
  const shown = [0.5, 2, ...ratios, ...near].map(Math.log2)
  return [
    2 ** Math.floor(shown.reduce((a, b) => Math.min(a, b))),
    2 ** Math.ceil(shown.reduce((a, b) => Math.max(a, b))),
  ]
}

/** The people and events of both arms over all studies. */
function armTotals(arm: string, reference: string, comparisons: readonly ArmComparison[]) {
  const sum = (of: (one: ArmComparison) => number) => comparisons.reduce((all, one) => all + of(one), 0)
  return [
    { label: arm, people: sum(({ n1 }) => n1), events: sum(({ count1 }) => count1) },
    { label: reference, people: sum(({ n2 }) => n2), events: sum(({ count2 }) => count2) },
  ]
}

function comparisonTable(id: string, caption: string, comparisons: readonly ArmComparison[]): NumberTable {
  return {
    id,
    caption,
    columns: [
      { key: 'study', head: 'Study', kind: 'words', names: true },
      { key: 'events_1', head: 'Event', unit: 'people', kind: 'count' },
      { key: 'people_1', head: 'Of', unit: 'people', kind: 'count' },
      { key: 'events_2', head: 'Event, compared arm', unit: 'people', kind: 'count' },
      { key: 'people_2', head: 'Of', unit: 'people', kind: 'count' },
      { key: 'difference', head: 'Difference', kind: 'share' },
      { key: 'newcombe_95', head: '95 % interval, Newcombe', kind: 'share-limits' },
      { key: 'miettinen_nurminen_95', head: '95 % interval, Miettinen–Nurminen', kind: 'share-limits' },
    ],
    rows: comparisons.map((one) => ({
      study: one.study,
      events_1: one.count1,
      people_1: one.n1,
      events_2: one.count2,
      people_2: one.n2,
      difference: one.difference,
      newcombe_95: one.newcombe,
      miettinen_nurminen_95: one.miettinenNurminen,
    })),
  }
}

function ratioTable(
  id: string,
  caption: string,
  comparisons: readonly ArmComparison[],
  pooled: MantelHaenszel | undefined,
): NumberTable {
  return {
    id,
    caption,
    columns: [
      { key: 'study', head: 'Study', kind: 'words', names: true },
      { key: 'ratio', head: 'Ratio', kind: 'value', digits: 2 },
      { key: 'limits_95', head: '95 % interval', kind: 'value-limits', digits: 2 },
    ],
    rows: [
      ...comparisons.map(({ study, ratio }) => ({
        study,
        ratio: ratio?.ratio ?? null,
        limits_95: ratio ?? null,
      })),
      ...(pooled ? [{ study: 'Added up', ratio: pooled.riskRatio.ratio, limits_95: pooled.riskRatio }] : []),
    ],
  }
}

function countsBlock(
  rows: readonly ArmCount[],
  { events, reference }: CountsByArmMapping,
  studiesWithout: readonly string[],
): CohortBlock {
  const people = rows.reduce((sum, row) => sum + row.people, 0)
  const happened = rows.reduce((sum, row) => sum + row.events, 0)
  return {
    id: 'arms',
    title: 'All arms as they came',
    finding: [
      `${counted(rows.length, 'arm', 'arms')}; “${events}” of ${happened} of ${countedPeople(people)}.`,
    ],
    facts: [],
    drawing: undefined,
    tables: [
      {
        id: 'arms',
        caption: 'Counts of the file',
        columns: [
          { key: 'study', head: 'Study', kind: 'words', names: true },
          { key: 'arm', head: 'Arm', kind: 'words' },
          { key: 'events', head: 'Event', unit: 'people', kind: 'count' },
          { key: 'people', head: 'Of', unit: 'people', kind: 'count' },
          { key: 'share', head: 'Share', kind: 'share' },
        ],
        rows: rows.map((row) => ({ ...row, share: row.events / row.people })),
      },
    ],
    numbers: [],
    definitions: [],
    caution:
      studiesWithout.length > 0
        ? `Without ${reference}, and so in no comparison: ${studiesWithout.join(', ')}.`
        : undefined,
  }
}
