import { TRACKS } from '../../assess/index.ts'
import { accountNames } from '../../identity/index.server.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Read } from '../../platform/database.server.ts'
import {
  type Asked,
  type Counting,
  countedTogether,
  type GroupedBy,
} from '../dataset/asked-queries.server.ts'
import { POINT_DAY, POINT_DAYS, type PointDay, RETENTION_DAYS } from '../dataset/definition.ts'
import { CRAVING_DAYS, type CravingDay, judgedInstruments } from '../dataset/definitions.ts'
import {
  cravingCounting,
  dayCounting,
  eventCounting,
  pointCounting,
  retentionCounting,
} from '../dataset/figure-queries.server.ts'
import { changeCounts, sessionCounts } from '../dataset/result-queries.server.ts'
import { abstinenceBlock, daysBlock } from './abstinence-blocks.ts'
import { changeBlock, heavyDrinkingBlock } from './change-blocks.ts'
import { carriedCounting, firstOfTwoCounting } from './clinic-queries.server.ts'
import { labelledClinicians } from './clinicians.ts'
import type { FigureBlock } from './figure-block.ts'
import { firstOfTwoBlock } from './first-of-two-block.ts'
import type { FrozenFigures, OverviewBlock } from './frozen-figures.server.ts'
import {
  funnelBlock,
  type GroupCounts,
  quartersBlock,
  subgroupsBlock,
  withheldQuartersBlock,
} from './group-blocks.ts'
import type { CarriedCounts, StateCounts } from './missing-shares.ts'
import { atPointDay } from './overview-line.ts'
import { quarterInWords } from './periods.ts'
import { cravingBlock, retentionBlock } from './retention-blocks.ts'
import { DOSE_STEP_MG, sessionBlock } from './session-block.ts'
import { timedBlock } from './timed-block.ts'
import type { TopicId } from './topics.ts'
import { seesStrictFigures } from './viewer.ts'

/** Who asks for what: the figures depend on nothing else. */
export type FigureQuestion = {
  readonly db: Read
  readonly asked: Asked
  readonly actor: Actor
  /** What the clinic's curve is called. */
  readonly clinicName: string
  /** Worked out before and kept: then nothing is counted. */
  readonly frozen?: FrozenFigures
}

/**
 * A figure before it is counted: what it counts of everybody's courses, by names of its own, and the block that is made of
 * it. Figures that stand on one page are counted in one pass.
 */
type Figure = {
  readonly countings: Readonly<Record<string, Counting<unknown>>>
  readonly block: (counts: Readonly<Record<string, readonly unknown[]>>) => FigureBlock
}

/** Ties what is counted to what is made of it. */
function figure<Rows extends Readonly<Record<string, unknown>>>(
  countings: { readonly [Name in keyof Rows]: Counting<Rows[Name]> },
  block: (counts: { readonly [Name in keyof Rows]: Rows[Name][] }) => FigureBlock,
): Figure {
  return { countings, block: block as Figure['block'] }
}

/** The blocks of figures, all of them counted in one pass. */
async function counted({ db, asked }: FigureQuestion, figures: readonly Figure[]): Promise<FigureBlock[]> {
  const own = figures.map(({ countings }, at) =>
    Object.entries(countings).map(([name, counting]) => [name, `${at} ${name}`, counting] as const),
  )
  const found = await countedTogether<Record<string, unknown>>(
    db,
    asked,
    Object.fromEntries(own.flat().map(([, key, counting]) => [key, counting])),
  )
  return figures.map(({ block }, at) =>
    block(Object.fromEntries(own[at]!.map(([name, key]) => [name, found[key]!]))),
  )
}

/** The figures of each page, small counts withheld. */
const BLOCKS_OF: Readonly<Record<TopicId, (question: FigureQuestion) => Promise<FigureBlock[]>>> = {
  use: (question) =>
    counted(question, [
      timed(question, 'time-to-first-use'),
      timed(question, 'time-to-lapse'),
      timed(question, 'time-to-relapse'),
      firstOfTwo(question),
    ]),
  abstinence: (question) =>
    counted(question, [abstinence(question, 'week'), abstinence(question, 'continuous'), days(question)]),
  scores: async (question) => {
    const counts = await changeCounts(question.db, question.asked)
    const strict = strictOf(question)
    const ids = [...judgedInstruments.map(({ id }) => id), 'who-rdl'].filter((id) => counts.has(id))
    const blocks = ids.map((id) => changeBlock(id, counts.get(id)!, strict))
    const calendar = counts.get('tlfb')
    return calendar ? [...blocks, heavyDrinkingBlock(calendar, strict)] : blocks
  },
  retention: (question) => counted(question, [timed(question, 'time-to-leaving'), retention(question)]),
  craving: (question) => counted(question, [craving(question)]),
  'side-effects': async (question) => {
    const counts = await sessionCounts(question.db, question.asked, DOSE_STEP_MG)
    // Two divisions of the same sessions are a table whose sums are all shown: strict figures keep one.
    return strictOf(question)
      ? [sessionBlock('dose-number', counts, true)]
      : [sessionBlock('dose-number', counts, false), sessionBlock('mg', counts, false)]
  },
  subgroups: (question) => counted(question, [subgroups(question)]),
  funnel: async (question) => {
    const { db, asked, actor } = question
    const { units } = await countedTogether(db, asked, { units: stateBy('planned-by') })
    const labels = await labelledClinicians(units, actor, (ids) => accountNames(db, ids))
    return [funnelBlock(POINT_DAY, labels, strictOf(question))]
  },
  quarters: async (question) =>
    strictOf(question)
      ? [withheldQuartersBlock(POINT_DAY)]
      : counted(question, [
          figure({ quarter: stateBy('quarter') }, ({ quarter }) =>
            quartersBlock(POINT_DAY, labelled(quarter, quarterInWords)),
          ),
        ]),
}

/** The figures of one page. */
export function topicBlocks(topic: TopicId, question: FigureQuestion): Promise<FigureBlock[]> {
  return question.frozen ? question.frozen.topic(topic) : BLOCKS_OF[topic](question)
}

/**
 * The figures that stand on the overview in one line each, with the page on which they are told whole. Point outcomes are
 * told there by one day, always the same.
 */
export async function overviewBlocks(question: FigureQuestion): Promise<OverviewBlock[]> {
  const { db, asked, frozen } = question
  if (frozen) return frozen.overview()
  const under = (topic: TopicId, blocks: readonly FigureBlock[]) => blocks.map((block) => ({ topic, block }))
  const [firstUse, lapse, relapse, week, continuous, inTouch, craved] = await counted(question, [
    timed(question, 'time-to-first-use'),
    timed(question, 'time-to-lapse'),
    timed(question, 'time-to-relapse'),
    abstinence(question, 'week', OVERVIEW_DAYS),
    abstinence(question, 'continuous', OVERVIEW_DAYS),
    retention(question, OVERVIEW_DAYS),
    craving(question, OVERVIEW_DAYS),
  ])
  const sessions = sessionBlock(
    'dose-number',
    await sessionCounts(db, asked, DOSE_STEP_MG),
    strictOf(question),
  )
  return [
    ...under('use', [firstUse!, lapse!, relapse!].map(atPointDay)),
    ...under('abstinence', [week!, continuous!]),
    ...under('scores', await topicBlocks('scores', question)),
    ...under('retention', [inTouch!]),
    ...under('craving', [craved!]),
    ...under('side-effects', [sessions]),
  ]
}

const strictOf = ({ actor }: FigureQuestion) => seesStrictFigures(actor)

const OVERVIEW_DAYS = [POINT_DAY] as const

/** Each further day is one more outcome of the same people to subtract another from, so strict figures begin at day 90. */
const daysOf = (question: FigureQuestion): readonly PointDay[] =>
  strictOf(question) ? POINT_DAYS.filter((day) => day >= POINT_DAY) : POINT_DAYS

function timed(
  question: FigureQuestion,
  outcome: 'time-to-first-use' | 'time-to-lapse' | 'time-to-relapse' | 'time-to-leaving',
): Figure {
  const { clinicName } = question
  const rows = eventCounting(outcome)
  if (!strictOf(question)) return figure({ rows }, ({ rows }) => timedBlock(outcome, rows, clinicName, false))
  return figure({ rows, everybody: eventCounting('time-to-first-use') }, ({ rows, everybody }) =>
    timedBlock(outcome, rows, clinicName, true, peopleIn(everybody)),
  )
}

function firstOfTwo(question: FigureQuestion): Figure {
  const first = firstOfTwoCounting
  if (!strictOf(question)) return figure({ first }, ({ first }) => firstOfTwoBlock(first, false))
  const [relapse, leaving] = [eventCounting('time-to-relapse'), eventCounting('time-to-leaving')]
  const hadEvent = (rows: readonly { readonly event: boolean; readonly people: number }[]) =>
    peopleIn(rows.filter(({ event }) => event))
  return figure({ first, relapse, leaving }, ({ first, relapse, leaving }) =>
    firstOfTwoBlock(first, true, [hadEvent(relapse), hadEvent(leaving)]),
  )
}

const peopleIn = (rows: readonly { readonly people: number }[]) =>
  rows.reduce((sum, { people }) => sum + people, 0)

/** One counting for each of some days, under the day's name. */
function byDay<Day extends number, Row>(
  days: readonly Day[],
  counting: (day: Day) => Counting<Row> | undefined,
  name = '',
): Record<string, Counting<Row>> {
  return Object.fromEntries(
    days.flatMap((day) => {
      const of = counting(day)
      return of ? [[`${name}${day}`, of]] : []
    }),
  )
}

const NOBODY: StateCounts = { 'no-use': 0, use: 0, missing: 0 }

function abstinence(
  question: FigureQuestion,
  kind: 'week' | 'continuous',
  days: readonly PointDay[] = daysOf(question),
): Figure {
  const states = byDay(days, (day) => pointCounting(day, kind))
  const carried = kind === 'week' ? byDay(days, carriedCounting, 'carried ') : {}
  return {
    countings: { ...states, ...carried },
    block: (counts) =>
      abstinenceBlock(
        kind,
        days.map((day) => {
          const [carriedOn] = (counts[`carried ${day}`] ?? []) as readonly CarriedCounts[]
          return {
            day,
            counts: (counts[day] as readonly StateCounts[])[0] ?? NOBODY,
            ...(carriedOn ? { carried: carriedOn } : {}),
          }
        }),
        strictOf(question),
      ),
  }
}

function days(question: FigureQuestion): Figure {
  const told = daysOf(question)
  return figure(byDay(told, dayCounting), (counts) =>
    daysBlock(
      told.map((day) => ({ day, counts: counts[day]! })),
      strictOf(question),
    ),
  )
}

function retention(question: FigureQuestion, asked: readonly PointDay[] = daysOf(question)): Figure {
  const days = asked.filter((day) => RETENTION_DAYS.includes(day))
  return figure(byDay(days, retentionCounting), (counts) =>
    retentionBlock(
      days.map((day) => {
        const [{ here, left } = { here: 0, left: 0 }] = counts[day]!
        return { day, here, left }
      }),
      strictOf(question),
    ),
  )
}

function craving(question: FigureQuestion, days: readonly CravingDay[] = CRAVING_DAYS): Figure {
  return figure(byDay(days, cravingCounting), (counts) =>
    cravingBlock(
      days.map((day) => ({ day, counts: counts[day]! })),
      strictOf(question),
    ),
  )
}

const stateBy = (by: GroupedBy) => pointCounting(POINT_DAY, 'week', by)

function subgroups(question: FigureQuestion): Figure {
  const strict = strictOf(question)
  const divisions = {
    sex: stateBy('sex'),
    age: stateBy('age'),
    track: stateBy('track'),
    ...(strict ? {} : { quarter: stateBy('quarter') }),
  }
  return figure(divisions as Required<typeof divisions>, ({ sex, age, track, quarter }) =>
    subgroupsBlock(
      POINT_DAY,
      [
        { label: 'Sex', groups: labelled(sex, (name) => name) },
        { label: 'Age at the first dose', groups: labelled(age, (name) => name, AGES) },
        { label: 'Treated for', groups: labelled(track, trackTitle, TRACK_IDS) },
        ...(strict
          ? []
          : [{ label: 'Quarter of the first dose', groups: labelled(quarter, quarterInWords) }]),
      ],
      strict,
    ),
  )
}

const TRACK_IDS: readonly string[] = TRACKS.map(({ id }) => id)
const trackTitle = (track: string) => TRACKS.find(({ id }) => id === track)?.title ?? track

const AGES = ['under 30', '30 to 44', '45 to 59', '60 and over']

/** Groups in a given order, or by their name; of whom it is not known last. */
function labelled(
  groups: readonly (StateCounts & { readonly group: string })[],
  label: (group: string) => string,
  order: readonly string[] = [...groups.map(({ group }) => group)].sort(),
): GroupCounts[] {
  const place = (group: string) => (group === '' ? order.length : order.indexOf(group))
  return [...groups]
    .sort((a, b) => place(a.group) - place(b.group))
    .map(({ group, ...counts }) => ({ label: group === '' ? 'not known' : label(group), counts }))
}
