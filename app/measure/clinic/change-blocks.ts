import { pairedTTest } from '@evenkeel/outcome-statistics'
import { describeChange, instrumentById } from '@evenkeel/questionnaires'
import { disclosedCount, discloseParts, SMALLEST_SHOWN, WITHHELD } from '../../platform/disclosure.ts'
import { definitionOf, judgedInstruments, smallCountsDefinition } from '../dataset/definitions.ts'
import type { ChangeCounts } from '../dataset/result-queries.server.ts'
import { percent, percentRange } from '../percent-words.ts'
import {
  meanIntervalDefinition,
  roundedMeanDefinition,
  shareIntervalDefinition,
} from './clinic-definitions.ts'
import { calm, type FigureBlock, type OutcomeLine } from './figure-block.ts'
import { type MissingShares, missingShares, type StateCounts } from './missing-shares.ts'
import { countInWords, valueRange } from './numbers-words.ts'
import { openTogether } from './strict-questions.ts'
import { PERCENT_OF_DAYS, strictMean } from './strict-values.ts'

/** One question about a pair of results: yes, no, or null when the pair cannot say. */
type Question = {
  readonly key: string
  readonly label: string
  /** Not wished for: counting the missing as yes is then the darkest way, and the one that is told first. */
  readonly adverse?: true
  readonly ask: (before: number, after: number) => boolean | null
}

/** Results of one instrument before and after treatment: response, remission and reliable change as far as a source says them. */
export function changeBlock(
  instrumentId: string,
  counts: readonly ChangeCounts[],
  strict: boolean,
): FigureBlock {
  const instrument = instrumentById(instrumentId)
  if (!instrument) throw new RangeError(`no instrument ${instrumentId}`)
  const isJudged = judgedInstruments.some(({ id }) => id === instrumentId)
  return sharesBlock(
    {
      id: `change-${instrumentId}`,
      title: instrument.name,
      definitions: [
        ...(isJudged
          ? (['response', 'remission', 'reliable-change'] as const).flatMap((kind) =>
              (kind === 'response' && !instrument.change.response) ||
              (kind === 'remission' && !instrument.change.remission) ||
              (kind === 'reliable-change' && !instrument.change.reliableChange)
                ? []
                : [definitionOf(`${kind}-${instrumentId}`)],
            )
          : [definitionOf('who-level-drop')]),
        shareIntervalDefinition,
        smallCountsDefinition,
      ],
    },
    isJudged ? questionsOf(instrumentId) : WHO_QUESTIONS,
    counts,
    strict,
  )
}

function questionsOf(instrumentId: string): Question[] {
  const { change } = instrumentById(instrumentId)!
  const steps = (describeChange(instrumentId, 0, 0).reliableChange ?? []).map(({ points }) => points)
  return [
    ...(change.response
      ? [
          {
            key: 'response',
            label: 'Response',
            ask: (before: number, after: number) => describeChange(instrumentId, before, after).response,
          },
        ]
      : []),
    ...(change.remission
      ? [
          {
            key: 'remission',
            label: 'In the remission range',
            ask: (before: number, after: number) => describeChange(instrumentId, before, after).remission,
          },
        ]
      : []),
    ...steps.flatMap((points, at) =>
      (['improved', 'worsened'] as const).map((verdict) => ({
        key: `${verdict}-${points}`,
        label: `${verdict === 'improved' ? 'Better' : 'Worse'} by ${points} points or more`,
        ...(verdict === 'worsened' ? { adverse: true as const } : {}),
        ask: (before: number, after: number) => {
          const step = describeChange(instrumentId, before, after).reliableChange?.[at]
          return step ? step.verdict === verdict : null
        },
      })),
    ),
  ]
}

const MEDIUM_LEVEL = 2

const WHO_QUESTIONS: readonly Question[] = [
  { key: 'one-level', label: 'One level lower or more', ask: (before, after) => before - after >= 1 },
  {
    key: 'two-levels',
    label: 'Two levels lower or more',
    ask: (before, after) => before - after >= 2 || (before === MEDIUM_LEVEL && after < MEDIUM_LEVEL),
  },
]

function sharesBlock(
  base: Pick<FigureBlock, 'id' | 'title' | 'definitions'>,
  questions: readonly Question[],
  counts: readonly ChangeCounts[],
  strict: boolean,
): FigureBlock {
  const due = counts.filter(({ state }) => state !== 'not-yet')
  const open = strict ? openTogether(questions, counts, answerOf) : undefined
  const told = shownTogether(
    questions.map((question) => ({ question, states: statesOf(question, due) })),
    strict,
  ).map((one) => (!open || open.questions.has(one.question) ? one : { ...one, shares: undefined }))
  const standing = !open || open.standing ? [standingTable(base.id, counts)] : []
  const anyShown = told.some(({ shares }) => shares?.ways.some(({ shown }) => shown))
  const [first] = told
  if (!anyShown || !first) {
    const total = disclosedCount(counts.reduce((sum, { people }) => sum + people, 0))
    return {
      ...base,
      finding: undefined,
      facts: standing.length === 0 ? [] : [{ term: 'People with any result', value: total ?? WITHHELD }],
      drawing: undefined,
      tables: total === undefined ? [] : standing,
      nothing: {
        title: 'Too few people to say',
        text: `Shares stand here when at least ${SMALLEST_SHOWN} people have been through the 28 days after their last dose, and when no share would tell a count below ten.`,
      },
    }
  }
  const rows = told.flatMap(({ question, shares }) =>
    (shares?.ways ?? []).map(({ way, shown }) => ({ question, shares, way, shown })),
  )
  return {
    ...base,
    finding: told.map(say).join(' '),
    // Always the same question and the same way of counting: the one that may be shown is not the one that counts.
    line: lineOf(first),
    facts: [
      { term: 'People due', value: countInWords(first.shares?.people) },
      { term: 'Without a comparison', value: countInWords(first.shares?.missing) },
    ],
    drawing: {
      kind: 'intervals',
      valueLabel: 'Share of people',
      groups: told.map(({ question, shares }) => ({
        label: question.label,
        rows: calm(
          (shares?.ways ?? []).map(({ way, shown }) => ({
            key: way,
            label: WAY_WORDS[way],
            series: SERIES[way],
            value: shown?.share,
            lower: shown?.lower,
            upper: shown?.upper,
            beside: shown && `${shown.count} of ${shown.of}`,
            instead: 'withheld',
          })),
        ),
      })),
    },
    tables: [
      {
        id: base.id,
        caption: 'Shares, missing counted in three ways',
        columns: [
          { key: 'outcome', head: 'Outcome', kind: 'words', names: true },
          { key: 'way', head: 'Way of counting', kind: 'words' },
          { key: 'people', head: 'Yes', unit: 'people', kind: 'count' },
          { key: 'of', head: 'Of', unit: 'people', kind: 'count' },
          { key: 'share', head: 'Share', kind: 'share' },
          { key: 'limits_95', head: '95 % interval', kind: 'share-limits' },
        ],
        rows: rows.map(({ question, way, shown }) => ({
          outcome: question.label,
          way: WAY_WORDS[way],
          people: shown?.count,
          of: shown?.of,
          share: shown?.share,
          limits_95: shown && { lower: shown.lower, upper: shown.upper },
        })),
      },
      ...standing,
    ],
    caution:
      'Counted are people who answered this instrument at least once. Scores also fall because people come when they are at their worst; this describes and does not say what caused it.',
  }
}

type Told = { readonly question: Question; readonly shares: MissingShares | undefined }

/** The darkest way of counting. */
const mainWay = ({ adverse }: Question) => (adverse ? 'as-no-use' : 'as-use')
const mainShare = ({ question, shares }: Told) =>
  shares?.ways.find(({ way }) => way === mainWay(question))?.shown

function say(told: Told): string {
  const shown = mainShare(told)
  return shown
    ? `${told.question.label}, ${WAY_WORDS[mainWay(told.question)].toLowerCase()}: ${percent(shown.share)}, ${shown.count} of ${shown.of} people (95 % interval ${percentRange(shown)}).`
    : `${told.question.label}: withheld.`
}

function lineOf(told: Told): OutcomeLine {
  const shown = mainShare(told)
  return {
    figure: shown
      ? `${percent(shown.share)} ${told.question.label.toLowerCase()}, ${WAY_WORDS[mainWay(told.question)].toLowerCase()}`
      : `${told.question.label}: withheld`,
    interval: shown ? percentRange(shown) : '–',
    people: told.shares?.people,
    lost: told.shares?.missing,
  }
}

const WAY_WORDS = {
  'as-use': 'Missing as no',
  'left-out': 'Missing left out',
  'carried-forward': 'Last known carried on',
  'as-no-use': 'Missing as yes',
} as const
const SERIES = { 'as-use': 1, 'left-out': 2, 'carried-forward': 3, 'as-no-use': 4 } as const

function answerOf({ ask }: Question, { state, before, after }: ChangeCounts): keyof StateCounts {
  const answer = state === 'compared' && before !== null && after !== null ? ask(before, after) : null
  return answer === null ? 'missing' : answer ? 'no-use' : 'use'
}

/** Yes stands where a point outcome has no use: what is wished for, counted with its missing in the same ways. */
function statesOf(question: Question, due: readonly ChangeCounts[]): StateCounts {
  const states = { 'no-use': 0, use: 0, missing: 0 }
  for (const count of due) {
    states[answerOf(question, count)] += count.people
  }
  return states
}

/**
 * The questions of one instrument are asked of the same people, so what one withholds another must not tell: where the
 * missing may be told, an outcome is shown whole or not at all.
 */
function shownTogether<Told extends { readonly question: Question; readonly states: StateCounts }>(
  asked: readonly Told[],
  strict: boolean,
): (Told & { readonly shares: MissingShares | undefined })[] {
  return asked.map((one) => {
    const shares = missingShares(one.states, { adverse: one.question.adverse, strict })
    const missingIsOpen = disclosedCount(one.states.missing) !== undefined
    const whole = shares?.ways.every(({ shown }) => shown)
    if (!shares || !missingIsOpen || whole) return { ...one, shares }
    const people = one.states['no-use'] + one.states.use + one.states.missing
    return {
      ...one,
      shares: {
        people,
        missing: one.states.missing,
        ways: shares.ways.map(({ way }) => ({ way, shown: undefined })),
      },
    }
  })
}

const STATE_WORDS = {
  compared: 'Compared',
  'not-yet': 'Not yet due',
  'no-baseline': 'No result before the first dose',
  'no-result': 'No result after the last dose',
  'other-edition': 'Another edition, not comparable',
} as const

function standingTable(id: string, counts: readonly ChangeCounts[]) {
  const states = Object.keys(STATE_WORDS) as (keyof typeof STATE_WORDS)[]
  const { parts, total } = discloseParts(
    states.map((state) => counts.reduce((sum, c) => (c.state === state ? sum + c.people : sum), 0)),
  )
  return {
    id: `${id}-people`,
    caption: 'Where people stand',
    columns: [
      { key: 'state', head: 'State', kind: 'words', names: true },
      { key: 'people', head: 'People', kind: 'count' },
    ],
    rows: [
      ...states.map((state, at) => ({ state: STATE_WORDS[state], people: parts[at] })),
      { state: 'Together', people: total },
    ],
  } as const
}

/**
 * Percent of heavy drinking days before and after treatment, of people who have both.
 *
 * @param strict for who does not treat people here: rounded, and only where nothing would follow of one person
 */
export function heavyDrinkingBlock(counts: readonly ChangeCounts[], strict: boolean): FigureBlock {
  const base = {
    id: 'heavy-drinking-days',
    title: 'Heavy drinking days',
    definitions: [
      definitionOf('heavy-drinking-days'),
      strict ? roundedMeanDefinition : meanIntervalDefinition,
      smallCountsDefinition,
    ],
  }
  const standing =
    !strict || openTogether([], counts, answerOf).standing ? [standingTable(base.id, counts)] : []
  const before: number[] = []
  const after: number[] = []
  for (const count of counts) {
    if (count.state !== 'compared' || count.before === null || count.after === null) continue
    for (let i = 0; i < count.people; i++) {
      before.push(count.before)
      after.push(count.after)
    }
  }
  const missing = counts.reduce(
    (sum, { state, people }) => (state === 'compared' || state === 'not-yet' ? sum : sum + people),
    0,
  )
  const means = strict ? strictChange(before, after, missing) : teamChange(before, after)
  if (!means) {
    return {
      ...base,
      finding: undefined,
      facts: [],
      drawing: undefined,
      tables: disclosedCount(counts.reduce((sum, { people }) => sum + people, 0)) ? standing : [],
      nothing: {
        title: 'Too few calendars to say',
        text: strict
          ? `Means stand here when at least ${SMALLEST_SHOWN} people have a use calendar before the first and after the last dose and at least ${SMALLEST_SHOWN} have not, and when nothing would follow from them of one person.`
          : `A mean stands here when at least ${SMALLEST_SHOWN} people have a use calendar before the first and after the last dose.`,
      },
    }
  }
  const [shownCompared, shownMissing] = discloseParts([before.length, missing]).parts
  const { limits, digits } = means
  const [wasSaid, isSaid] = [means.before.toFixed(digits), means.after.toFixed(digits)]
  return {
    ...base,
    finding: `Of ${countInWords(shownCompared)} people with both calendars, the mean share of heavy drinking days was ${wasSaid} % before and ${isSaid} % after; difference ${means.difference.toFixed(digits)} points (95 % interval ${valueRange(limits, digits)}).`,
    line: {
      figure: `${wasSaid} % before, ${isSaid} % after`,
      interval: `difference ${valueRange(limits, digits)} points`,
      people: shownCompared,
      lost: shownMissing,
    },
    facts: [
      { term: 'Compared', value: countInWords(shownCompared) },
      { term: 'Without a comparison', value: countInWords(shownMissing) },
    ],
    drawing: undefined,
    tables: [
      {
        id: base.id,
        caption: 'Mean percent of known days with heavy drinking',
        columns: [
          { key: 'when', head: 'When', kind: 'words', names: true },
          { key: 'people', head: 'People', kind: 'count' },
          { key: 'mean', head: 'Mean', unit: '% of days', kind: 'value', digits },
          { key: 'limits_95', head: '95 % interval', kind: 'value-limits', digits },
        ],
        rows: [
          { when: 'Before the first dose', people: shownCompared, mean: means.before, limits_95: null },
          { when: 'After the last dose', people: shownCompared, mean: means.after, limits_95: null },
          { when: 'Difference', people: shownCompared, mean: means.difference, limits_95: limits },
        ],
      },
      ...standing,
    ],
    caution:
      'Only people with both calendars are in the mean; people come when they drink most, so a lower figure later is to be expected in part.',
  }
}

type MeanChange = {
  readonly before: number
  readonly after: number
  readonly difference: number
  readonly limits: { readonly lower: number; readonly upper: number }
  readonly digits: number
}

function teamChange(before: readonly number[], after: readonly number[]): MeanChange | undefined {
  const test = pairedTTest(Float64Array.from(after), Float64Array.from(before))
  if (before.length < SMALLEST_SHOWN || !test.ok) return undefined
  const [was, is] = [meanOf(before), meanOf(after)]
  const limits = { lower: test.lower, upper: test.upper }
  return { before: was, after: is, difference: is - was, limits, digits: 1 }
}

/** All three means or none: of what is told of the same people, one would tell of another. */
function strictChange(
  before: readonly number[],
  after: readonly number[],
  missing: number,
): MeanChange | undefined {
  if (missing < SMALLEST_SHOWN) return undefined
  const was = strictMean(before, PERCENT_OF_DAYS)
  const is = strictMean(after, PERCENT_OF_DAYS)
  const apart = strictMean(
    after.map((value, at) => value - before[at]!),
    { ...PERCENT_OF_DAYS, least: -PERCENT_OF_DAYS.most },
  )
  if (!was || !is || !apart) return undefined
  const { mean: difference, ...limits } = apart
  return { before: was.mean, after: is.mean, difference, limits, digits: 0 }
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
