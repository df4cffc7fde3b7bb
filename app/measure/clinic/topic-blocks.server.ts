import { TRACKS } from '../../assess/index.ts'
import { accountNames } from '../../identity/index.server.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Read } from '../../platform/database.server.ts'
import { POINT_DAY, POINT_DAYS, type PointDay } from '../dataset/definition.ts'
import { CRAVING_DAYS, type CravingDay, judgedInstruments } from '../dataset/definitions.ts'
import {
  type Asked,
  cravingCounts,
  dayCounts,
  eventCounts,
  pointCounts,
  retentionCounts,
} from '../dataset/figure-queries.server.ts'
import { changeCounts, instrumentsAnswered, sessionCounts } from '../dataset/result-queries.server.ts'
import { abstinenceBlock, daysBlock, type PointInput } from './abstinence-blocks.ts'
import { changeBlock, heavyDrinkingBlock } from './change-blocks.ts'
import { carriedCounts, firstOfTwoCounts } from './clinic-queries.server.ts'
import { labelledClinicians } from './clinicians.ts'
import type { FigureBlock } from './figure-block.ts'
import { firstOfTwoBlock } from './first-of-two-block.ts'
import {
  funnelBlock,
  type GroupCounts,
  quartersBlock,
  subgroupsBlock,
  withheldQuartersBlock,
} from './group-blocks.ts'
import type { StateCounts } from './missing-shares.ts'
import { quarterInWords } from './periods.ts'
import { cravingBlock, retentionBlock } from './retention-blocks.ts'
import { DOSE_STEP_MG, sessionBlock } from './session-block.ts'
import { timedBlock } from './timed-block.ts'
import type { TopicId } from './topics.ts'
import { seesStrictFigures } from './viewer.ts'

/** Who asks for what: the figures depend on nothing else. */
export type FigureQuestion = {
  readonly db: Read
  readonly asked: Omit<Asked, 'by'>
  readonly actor: Actor
  /** What the clinic's curve is called. */
  readonly clinicName: string
}

/** The figures of each page, small counts withheld. */
const BLOCKS_OF: Readonly<Record<TopicId, (question: FigureQuestion) => Promise<FigureBlock[]>>> = {
  use: async (question) => [
    await timed(question, 'time-to-first-use'),
    await timed(question, 'time-to-lapse'),
    await timed(question, 'time-to-relapse'),
    firstOfTwoBlock(await firstOfTwoCounts(question.db, question.asked), strictOf(question)),
  ],
  abstinence: async (question) => [
    await abstinence(question, 'week'),
    await abstinence(question, 'continuous'),
    daysBlock(
      await each(daysOf(question), async (day) => ({
        day,
        counts: await dayCounts(question.db, question.asked, day),
      })),
    ),
  ],
  scores: async (question) => {
    const { db, asked } = question
    const answered = new Set((await instrumentsAnswered(db, asked)).map(({ instrumentId }) => instrumentId))
    const ids = [...judgedInstruments.map(({ id }) => id), 'who-rdl'].filter((id) => answered.has(id))
    const blocks = await each(ids, async (id) =>
      changeBlock(id, await changeCounts(db, asked, id), strictOf(question)),
    )
    return answered.has('tlfb')
      ? [...blocks, heavyDrinkingBlock(await changeCounts(db, asked, 'tlfb'))]
      : blocks
  },
  retention: async (question) => [await timed(question, 'time-to-leaving'), await retention(question)],
  craving: async (question) => [await craving(question)],
  'side-effects': async ({ db, asked }) => {
    const counts = await sessionCounts(db, asked, DOSE_STEP_MG)
    return [sessionBlock('dose-number', counts), sessionBlock('mg', counts)]
  },
  subgroups: async (question) => [subgroupsBlock(POINT_DAY, await divisions(question), strictOf(question))],
  funnel: async (question) => [funnelBlock(POINT_DAY, await clinicians(question), strictOf(question))],
  quarters: async (question) => [
    strictOf(question)
      ? withheldQuartersBlock(POINT_DAY)
      : quartersBlock(POINT_DAY, await quarters(question)),
  ],
}

/** The figures of one page. */
export function topicBlocks(topic: TopicId, question: FigureQuestion): Promise<FigureBlock[]> {
  return BLOCKS_OF[topic](question)
}

/**
 * The figures that stand on the overview in one line each, with the page on which they are told whole. Point outcomes are
 * told there by one day, always the same: each further day is one more pass over everybody.
 */
export async function overviewBlocks(
  question: FigureQuestion,
): Promise<{ readonly topic: TopicId; readonly block: FigureBlock }[]> {
  const { db, asked } = question
  return [
    { topic: 'use', block: await timed(question, 'time-to-first-use') },
    { topic: 'use', block: await timed(question, 'time-to-lapse') },
    { topic: 'use', block: await timed(question, 'time-to-relapse') },
    { topic: 'abstinence', block: await abstinence(question, 'week', OVERVIEW_DAYS) },
    { topic: 'abstinence', block: await abstinence(question, 'continuous', OVERVIEW_DAYS) },
    ...(await topicBlocks('scores', question)).map((block) => ({ topic: 'scores', block }) as const),
    { topic: 'retention', block: await retention(question, OVERVIEW_DAYS) },
    { topic: 'craving', block: await craving(question, OVERVIEW_DAYS) },
    {
      topic: 'side-effects',
      block: sessionBlock('dose-number', await sessionCounts(db, asked, DOSE_STEP_MG)),
    },
  ]
}

const strictOf = ({ actor }: FigureQuestion) => seesStrictFigures(actor)

const quarters = async ({ db, asked }: FigureQuestion) =>
  labelled(await pointCounts(db, { ...asked, by: 'quarter' }, POINT_DAY, 'week'), quarterInWords)

async function divisions(question: FigureQuestion) {
  const { db, asked } = question
  const by = (division: 'sex' | 'age' | 'track') =>
    pointCounts(db, { ...asked, by: division }, POINT_DAY, 'week')
  return [
    { label: 'Sex', groups: labelled(await by('sex'), (sex) => sex) },
    { label: 'Age at the first dose', groups: labelled(await by('age'), (age) => age, AGES) },
    { label: 'Treated for', groups: labelled(await by('track'), trackTitle, TRACK_IDS) },
    ...(strictOf(question) ? [] : [{ label: 'Quarter of the first dose', groups: await quarters(question) }]),
  ]
}

const OVERVIEW_DAYS = [POINT_DAY] as const

/** Each further day is one more outcome of the same people to subtract another from, so strict figures begin at day 90. */
const daysOf = (question: FigureQuestion): readonly PointDay[] =>
  strictOf(question) ? POINT_DAYS.filter((day) => day >= POINT_DAY) : POINT_DAYS

async function timed(
  question: FigureQuestion,
  outcome: 'time-to-first-use' | 'time-to-lapse' | 'time-to-relapse' | 'time-to-leaving',
): Promise<FigureBlock> {
  const { db, asked, clinicName } = question
  return timedBlock(outcome, await eventCounts(db, asked, outcome), clinicName, strictOf(question))
}

const NOBODY: StateCounts = { 'no-use': 0, use: 0, missing: 0 }

async function abstinence(
  question: FigureQuestion,
  kind: 'week' | 'continuous',
  days: readonly PointDay[] = daysOf(question),
): Promise<FigureBlock> {
  const { db, asked } = question
  return abstinenceBlock(
    kind,
    await each(days, async (day): Promise<PointInput> => {
      const [counts = NOBODY] = await pointCounts(db, asked, day, kind)
      const carried = kind === 'week' ? await carriedCounts(db, asked, day) : undefined
      return { day, counts, ...(carried ? { carried } : {}) }
    }),
    strictOf(question),
  )
}

async function retention(
  question: FigureQuestion,
  days: readonly PointDay[] = daysOf(question),
): Promise<FigureBlock> {
  const { db, asked } = question
  return retentionBlock(
    await each(days, async (day) => {
      const [{ here, left } = { here: 0, left: 0 }] = await retentionCounts(db, asked, day)
      return { day, here, left }
    }),
    strictOf(question),
  )
}

async function craving(
  { db, asked }: FigureQuestion,
  days: readonly CravingDay[] = CRAVING_DAYS,
): Promise<FigureBlock> {
  return cravingBlock(await each(days, async (day) => ({ day, counts: await cravingCounts(db, asked, day) })))
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

/** By the account that made the plan. */
async function clinicians({ db, asked, actor }: FigureQuestion): Promise<GroupCounts[]> {
  const units = await pointCounts(db, { ...asked, by: 'planned-by' }, POINT_DAY, 'week')
  return labelledClinicians(units, actor, (ids) => accountNames(db, ids))
}

/** One query after the other: a transaction has one connection. */
async function each<In, Out>(values: readonly In[], make: (value: In) => Promise<Out>): Promise<Out[]> {
  const made: Out[] = []
  for (const value of values) made.push(await make(value))
  return made
}
