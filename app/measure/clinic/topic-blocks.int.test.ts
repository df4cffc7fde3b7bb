import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addGeneratedPeople } from '../../../tests/database/generated-people.ts'
import {
  look,
  makeClinic,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { daysBetween, parseLocalDate } from '../../platform/time.ts'
import { countedTogether } from '../dataset/asked-queries.server.ts'
import { storedCourses } from '../dataset/course-queries.server.ts'
import { LEAVING_JUDGED_UNTIL, LEFT_AFTER_DAYS, POINT_DAYS } from '../dataset/definition.ts'
import type { OutcomeCourse } from '../dataset/outcome-course.ts'
import { bringOutcomesUpToDate } from '../dataset/refresh-outcomes.server.ts'
import { carriedCounting, firstOfTwoCounting, peopleByQuarter } from './clinic-queries.server.ts'
import { FIXED_DAYS_NOTE, type FigureBlock } from './figure-block.ts'
import { STRICT_DAYS } from './strict-rows.ts'
import { overviewBlocks, topicBlocks } from './topic-blocks.server.ts'
import { TOPICS } from './topics.ts'

/** Generated people, many more than the demonstration has: what is counted agrees with counting by hand, and nothing small is told. */
let t: TestDatabase
let harbor: TestClinic
let courses: OutcomeCourse[]
const today = parseLocalDate('2027-06-01')
beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  await addGeneratedPeople(t, harbor, { seed: 20_260_105, people: 600 })
  await bringOutcomesUpToDate(t.services, harbor.id)
  courses = await look(t.services, harbor.as.prescriber, ({ db }) => storedCourses(db, harbor.id))
})
afterAll(() => t.close())

const asked = () => ({ clinicId: harbor.id, today })

it('carries the last known week of an earlier point day forward', async () => {
  for (const day of POINT_DAYS) {
    const earlier = POINT_DAYS.filter((before) => before < day).reverse()
    const counting = carriedCounting(day)
    expect(counting === undefined).toBe(earlier.length === 0)
    if (!counting) continue
    const { inSql } = await look(t.services, harbor.as.prescriber, ({ db }) =>
      countedTogether(db, asked(), { inSql: counting }),
    )
    const carried = courses
      .filter(
        ({ firstDoseDay, points }) => daysBetween(firstDoseDay, today) > day && points[day].week === null,
      )
      .map(({ points }) => earlier.map((before) => points[before].week).find((week) => week !== null))
    const count = (state: string) => carried.filter((week) => week === state).length
    expect(inSql).toEqual([{ noUse: count('no-use'), use: count('use') }])
  }
})

it('counts relapse or losing touch, whichever came first, each person once', async () => {
  const { inSql } = await look(t.services, harbor.as.prescriber, ({ db }) =>
    countedTogether(db, asked(), { inSql: firstOfTwoCounting }),
  )
  const rows = courses.map(({ firstDoseDay, relapseDay, lastContactDay, lastKnownDay }) => {
    const gone =
      lastContactDay < LEAVING_JUDGED_UNTIL &&
      daysBetween(firstDoseDay, today) - lastContactDay > LEFT_AFTER_DAYS
    if (relapseDay !== null && relapseDay <= LEAVING_JUDGED_UNTIL && (!gone || relapseDay <= lastContactDay))
      return `${relapseDay} 1`
    return gone ? `${lastContactDay} 2` : `${Math.min(lastKnownDay ?? 0, LEAVING_JUDGED_UNTIL)} 0`
  })
  const said = inSql.flatMap(({ days, first, people }) =>
    Array.from({ length: people }, () => `${days} ${first}`),
  )
  expect(said.sort()).toEqual(rows.sort())
  expect(new Set(inSql.map(({ first }) => first)).size).toBeGreaterThan(1)
})

it('counts everybody in one quarter', async () => {
  const quarters = await look(t.services, harbor.as.prescriber, ({ db }) => peopleByQuarter(db, asked()))
  expect(quarters.reduce((sum, { people }) => sum + people, 0)).toBe(courses.length)
  expect(quarters.map(({ group }) => group)).toEqual(quarters.map(({ group }) => group).sort())
})

/** Columns that name a row by a number and count nobody. */
const NAMES_A_ROW = new Set(['day', 'odds_of_use'])

function tellsNothingSmall({ id, tables, drawing }: FigureBlock) {
  for (const { columns, rows } of tables) {
    for (const { key } of columns.filter(({ kind, key }) => kind === 'count' && !NAMES_A_ROW.has(key))) {
      for (const row of rows) {
        const count = row[key]
        if (typeof count === 'number') expect(count === 0 || count >= 10, `${id}: ${key} ${count}`).toBe(true)
      }
    }
  }
  if (drawing?.kind === 'curve')
    for (const { n } of drawing.group.atRisk) expect(n === undefined || n === 0 || n >= 10).toBe(true)
}

it.each(['researcher', 'manager'] as const)('tell a %s nothing but strict figures', async (role) => {
  const days = new Set<number>()
  for (const { id: topic } of TOPICS) {
    const blocks = await look(t.services, harbor.as[role], ({ db, actor }) =>
      topicBlocks(topic, { db, actor, asked: asked(), clinicName: 'Harbor' }),
    )
    // Page and download are made of the blocks alone.
    expect(JSON.stringify(blocks)).not.toMatch(
      /Half had|Mean of the first|restricted-mean|Quarter of the first dose/,
    )
    for (const { drawing, tables, nothing } of blocks) {
      if (topic === 'quarters') expect([tables, nothing?.title]).toEqual([[], 'Not by quarter'])
      // Between fixed days a line would tell what nobody knows there.
      expect(drawing?.kind).not.toBe('curve')
      if (drawing?.kind !== 'intervals' || drawing.note !== FIXED_DAYS_NOTE) continue
      for (const { rows } of tables) for (const { day } of rows) if (typeof day === 'number') days.add(day)
    }
    blocks.forEach(tellsNothingSmall)
  }
  // Of six hundred people times to an event are told, and they stand at fixed days.
  expect(days.size).toBeGreaterThan(1)
  for (const day of days) expect(STRICT_DAYS).toContain(day)
})

describe.each([
  ['everybody', {}],
  ['few people', { firstDose: { from: parseLocalDate('2026-01-01'), to: parseLocalDate('2026-01-12') } }],
  ['nobody', { firstDose: { from: parseLocalDate('2020-01-01'), to: parseLocalDate('2020-03-31') } }],
])('the figures of %s', (who, period) => {
  it.each(TOPICS.map(({ id }) => id))('on %s have what must stand beside them', async (topic) => {
    const blocks = await look(t.services, harbor.as.prescriber, ({ db, actor }) =>
      topicBlocks(topic, { db, actor, asked: { ...asked(), ...period }, clinicName: 'Harbor' }),
    )
    for (const block of blocks) {
      expect(block.definitions.length, block.id).toBeGreaterThan(0)
      expect(block.drawing === undefined || block.finding !== undefined, block.id).toBe(true)
      expect((block.finding === undefined) === (block.nothing !== undefined), block.id).toBe(true)
      JSON.stringify(block, (key, value) => {
        if (typeof value === 'number') expect(Number.isFinite(value), `${block.id}: ${key}`).toBe(true)
        if (typeof value === 'string') expect(value).not.toMatch(/NaN|Infinity|undefined/)
        return value
      })
      tellsNothingSmall(block)
    }
    expect(new Set(blocks.map(({ id }) => id)).size).toBe(blocks.length)
    if (who === 'nobody') expect(blocks.every(({ nothing }) => nothing)).toBe(true)
    if (who === 'everybody' && ['use', 'abstinence', 'retention', 'craving'].includes(topic))
      expect(blocks.some(({ drawing }) => drawing)).toBe(true)
  })

  it('stand on the overview in one line each, under the page that tells them whole', async () => {
    const question = (db: never, actor: never) => ({
      db,
      actor,
      asked: { ...asked(), ...period },
      clinicName: 'Harbor',
    })
    const [lines, whole] = await look(t.services, harbor.as.prescriber, async ({ db, actor }) => {
      const lines = await overviewBlocks(question(db as never, actor as never))
      const whole = new Map<string, string[]>()
      for (const topic of new Set(lines.map(({ topic }) => topic))) {
        const blocks = await topicBlocks(topic, question(db as never, actor as never))
        whole.set(
          topic,
          blocks.map(({ id }) => id),
        )
      }
      return [lines, whole] as const
    })
    for (const { topic, block } of lines) expect(whole.get(topic)).toContain(block.id)
  })
})
