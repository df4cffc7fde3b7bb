import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../tests/database/test-clinic.ts'
import type { Actor } from '../platform/actor.ts'
import { runCommand } from '../platform/command.server.ts'
import { importCohort, type NewCohort, withdrawCohort } from './import-cohort.server.ts'
import { type CohortId, cohortById, cohortRows, cohorts } from './measure-queries.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

let files = 0
const file = (change: Partial<NewCohort> = {}): NewCohort => {
  files += 1
  return {
    key: anId(t.services),
    name: 'Another place',
    fileName: 'people.csv',
    text: `days,status,clinic\n${files},1,1\n30,0,2\n45.5,1,2\n`,
    columns: { time: 'days', event: 'status', group: 'clinic', unit: 'days' },
    ...change,
  }
}
const bring = (input: NewCohort, actor: Actor = harbor.system) =>
  runCommand(t.services, actor, importCohort, input)
const rowsOf = (id: CohortId, clinic = harbor) =>
  look(t.services, clinic.system, ({ db }) => cohortRows(db, clinic.id, id))
const listed = async (clinic = harbor) =>
  (await look(t.services, clinic.system, ({ db }) => cohorts(db, clinic.id))).map((c) => c.id)

describe('bringing in an outside cohort', () => {
  it('keeps every row and how it was read', async () => {
    const input = file()
    const { cohortId, people, already } = await must(bring(input))
    expect([people, already]).toEqual([3, false])
    expect((await rowsOf(cohortId)).slice(1)).toEqual([
      { timeDays: 30, event: false, group: '2' },
      { timeDays: 45.5, event: true, group: '2' },
    ])
    const cohort = await look(t.services, harbor.system, ({ db }) => cohortById(db, harbor.id, cohortId))
    expect(cohort).toMatchObject({
      name: 'Another place',
      fileName: 'people.csv',
      people: 3,
      timeUnit: 'days',
    })
  })

  it('takes a file larger than one statement holds', async () => {
    const text = `days,status,clinic\n${Array.from({ length: 12_001 }, (_, at) => `${at},${at % 2},1`).join('\n')}`
    const { cohortId, people } = await must(bring(file({ text })))
    expect(people).toBe(12_001)
    const rows = await rowsOf(cohortId)
    expect([rows.length, rows[12_000]]).toEqual([12_001, { timeDays: 12_000, event: false, group: '1' }])
  })

  it('is one cohort however often the same file comes', async () => {
    const input = file()
    const first = await must(bring(input))
    expect(await must(bring(input))).toEqual({ cohortId: first.cohortId, people: 3, already: true })
    const again = await Promise.all([1, 2, 3].map(() => bring({ ...input, key: anId(t.services) })))
    expect(again.map((outcome) => outcome.ok && outcome.value.cohortId)).toEqual(
      Array(3).fill(first.cohortId),
    )
    expect(await rowsOf(first.cohortId)).toHaveLength(3)
    // Read another way it is another cohort.
    const otherWay = await must(
      bring({ ...input, key: anId(t.services), columns: { ...input.columns, unit: 'weeks' } }),
    )
    expect(otherWay.already).toBe(false)
  })

  it('takes nothing of a file with one bad row, and says which', async () => {
    const before = await listed()
    expect(await bring(file({ text: 'days,status,clinic\n1,1,1\nsoon,1,1\n' }))).toEqual({
      ok: false,
      reason: 'not-readable',
      detail: [{ line: 3, says: 'days: "soon" is not a number' }],
    })
    expect(await bring(file({ name: ' ' }))).toMatchObject({ reason: 'no-name' })
    expect(await listed()).toEqual(before)
  })

  it('belongs to the clinic that brought it in', async () => {
    const input = file()
    const { cohortId } = await must(bring(input))
    expect(
      await look(t.services, other.system, ({ db }) => cohortById(db, other.id, cohortId)),
    ).toBeUndefined()
    expect(await rowsOf(cohortId, other)).toEqual([])
    // The same file in another clinic is that clinic's own cohort.
    const theirs = await must(bring({ ...input, key: anId(t.services) }, other.system))
    expect(theirs.already).toBe(false)
    expect(await listed(other)).toEqual([theirs.cohortId])
  })

  it('is for the manager and the machinery', async () => {
    expect(await bring(file(), harbor.as.nurse)).toMatchObject({ reason: 'not-allowed' })
    await must(bring(file(), harbor.as.manager))
  })
})

describe('withdrawing a cohort', () => {
  const withdraw = (cohortId: CohortId, actor: Actor = harbor.as.manager) =>
    runCommand(t.services, actor, withdrawCohort, { cohortId })

  it('takes it off the pages, keeps its rows, and lets the file come again', async () => {
    const input = file()
    const { cohortId } = await must(bring(input))
    expect(await withdraw(cohortId, other.as.manager)).toMatchObject({ reason: 'no-such-cohort' })
    expect(await withdraw(cohortId, harbor.as.nurse)).toMatchObject({ reason: 'not-allowed' })
    await must(withdraw(cohortId))
    expect(await withdraw(cohortId)).toMatchObject({ reason: 'no-such-cohort' })
    expect(await listed()).not.toContain(cohortId)
    expect(
      (await t.owner.query('select 1 from outside_cohort_row where cohort_id = $1', [cohortId])).rowCount,
    ).toBe(3)
    expect((await must(bring({ ...input, key: anId(t.services) }))).already).toBe(false)
  })
})
