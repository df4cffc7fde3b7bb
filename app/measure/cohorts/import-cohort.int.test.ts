import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import type { Actor } from '../../platform/actor.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { CohortMapping, HowRead } from './cohort-mapping.ts'
import { type CohortId, cohortById, cohortRows, cohorts } from './cohort-queries.server.ts'
import { cohortWithFigures } from './cohort-view.server.ts'
import { importCohort, markCohortPublished, type NewCohort, withdrawCohort } from './import-cohort.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

const how: HowRead = { separator: 'comma', decimal: 'point', missing: ['NA'], whenMissing: 'leave-out' }
const timed: CohortMapping = {
  ...how,
  kind: 'time-to-event',
  time: 'days',
  unit: 'days',
  event: { column: 'status', yes: ['1'], no: ['0'] },
  group: { columns: ['clinic'], whenMissing: 'refuse' },
  covariates: [],
}

let files = 0
const file = (change: Partial<NewCohort> = {}): NewCohort => {
  files += 1
  return {
    key: anId(t.services),
    name: 'Another place',
    fileName: 'people.csv',
    text: `days,status,clinic\n${files},1,1\n30,0,2\n45.5,1,2\n`,
    mapping: timed,
    ...change,
  }
}
const bring = (input: NewCohort, actor: Actor = harbor.system) =>
  runCommand(t.services, actor, importCohort, input)
const cohortOf = (id: CohortId, clinic = harbor) =>
  look(t.services, clinic.system, ({ db }) => cohortById(db, clinic.id, id))
const rowsOf = (id: CohortId, mapping: CohortMapping = timed, clinic = harbor) =>
  look(t.services, clinic.system, async ({ db }) => (await cohortRows(db, clinic.id, { id, mapping })).rows)
const listed = async (clinic = harbor) =>
  (await look(t.services, clinic.system, ({ db }) => cohorts(db, clinic.id))).map((c) => c.id)

describe('bringing in an outside cohort', () => {
  it('keeps every row and how it was read', async () => {
    const mapping: CohortMapping = { ...timed, stratum: 'site', covariates: ['age'] }
    const text = 'days,status,clinic,site,age\n5,1,1,A,40\n30,0,2,B,NA\n,0,2,B,50\n'
    const { cohortId, people, already } = await must(bring(file({ text, mapping })))
    expect([people, already]).toEqual([2, false])
    expect(await rowsOf(cohortId, mapping)).toEqual([
      { timeDays: 5, event: true, group: 'clinic 1', stratum: 'A', covariates: { age: '40' } },
      { timeDays: 30, event: false, group: 'clinic 2', stratum: 'B', covariates: {} },
    ])
    expect(await cohortOf(cohortId)).toMatchObject({
      name: 'Another place',
      fileName: 'people.csv',
      people: 2,
      rowsInFile: 3,
      rowsLeftOut: 1,
      rowsNotWanted: 0,
      mapping,
    })
  })

  it('keeps weeks, scores and counts', async () => {
    const weekly: CohortMapping = {
      ...how,
      kind: 'weekly-urine',
      pattern: 'weeks',
      letters: { positive: '+', negative: '-', mixed: '*', none: 'o' },
    }
    const weeks = await must(bring(file({ text: 'weeks\n-+*o\n--\n', mapping: weekly })))
    expect(await rowsOf(weeks.cohortId, weekly)).toEqual([
      { weeks: '-+*o', group: 'everybody' },
      { weeks: '--', group: 'everybody' },
    ])
    const repeated: CohortMapping = {
      ...how,
      kind: 'repeated-scores',
      person: 'who',
      visit: 'week',
      visitUnit: 'weeks',
      score: 'score',
      better: 'lower',
    }
    const scores = await must(
      bring(file({ text: 'who,week,score\nann,0,20\nann,4,NA\nbob,0,18\n', mapping: repeated })),
    )
    expect(scores.people).toBe(2)
    expect(await rowsOf(scores.cohortId, repeated)).toMatchObject([
      { person: 1, visit: 0, score: 20 },
      { person: 1, visit: 4, score: undefined },
      { person: 2, visit: 0, score: 18 },
    ])
    // Who they were in the file is not kept anywhere.
    const kept = await t.owner.query('select * from outside_cohort_score where cohort_id = $1', [
      scores.cohortId,
    ])
    expect(JSON.stringify(kept.rows)).not.toContain('ann')
    const counted: CohortMapping = {
      ...how,
      kind: 'counts-by-arm',
      study: 's',
      arm: 'a',
      events: 'x',
      people: 'n',
      reference: 'none',
    }
    const counts = await must(bring(file({ text: 's,a,x,n\n1,none,0,9\n1,talk,3,10\n', mapping: counted })))
    expect(counts.people).toBe(19)
    expect(await rowsOf(counts.cohortId, counted)).toEqual([
      { study: '1', arm: 'none', events: 0, people: 9 },
      { study: '1', arm: 'talk', events: 3, people: 10 },
    ])
  })

  it('takes a file larger than one statement holds', async () => {
    const text = `days,status,clinic\n${Array.from({ length: 12_001 }, (_, at) => `${at},${at % 2},1`).join('\n')}`
    const { cohortId, people } = await must(bring(file({ text })))
    expect(people).toBe(12_001)
    const rows = await rowsOf(cohortId)
    expect([rows.length, rows[12_000]]).toEqual([
      12_001,
      { timeDays: 12_000, event: false, group: 'clinic 1' },
    ])
  })

  it('is one cohort however often the same file comes, and whatever its line ends are', async () => {
    const input = file()
    const first = await must(bring(input))
    expect(await must(bring(input))).toEqual({ cohortId: first.cohortId, people: 3, already: true })
    const again = await Promise.all([1, 2, 3].map(() => bring({ ...input, key: anId(t.services) })))
    expect(again.map((outcome) => outcome.ok && outcome.value.cohortId)).toEqual(
      Array(3).fill(first.cohortId),
    )
    const windows: NewCohort = {
      ...input,
      key: anId(t.services),
      text: `\ufeff${input.text.replaceAll('\n', '\r\n')}`,
    }
    expect((await must(bring(windows))).already).toBe(true)
    expect(await rowsOf(first.cohortId)).toHaveLength(3)
    // Read another way it is another cohort.
    const otherWay = await must(
      bring({ ...input, key: anId(t.services), mapping: { ...timed, unit: 'weeks' } }),
    )
    expect(otherWay.already).toBe(false)
  })

  it('takes nothing of a file with one bad row, and says which', async () => {
    const before = await listed()
    expect(await bring(file({ text: 'days,status,clinic\n1,1,1\nsoon,1,1\n' }))).toMatchObject({
      ok: false,
      reason: 'not-readable',
      detail: {
        count: 1,
        problems: [{ line: 3, column: 'days', says: '"soon" is not a number with a decimal point' }],
      },
    })
    expect(await bring(file({ name: ' ' }))).toMatchObject({ reason: 'no-name' })
    expect(await listed()).toEqual(before)
  })

  it('belongs to the clinic that brought it in', async () => {
    const input = file()
    const { cohortId } = await must(bring(input))
    expect(await cohortOf(cohortId, other)).toBeUndefined()
    expect(await rowsOf(cohortId, timed, other)).toEqual([])
    // The same file in another clinic is that clinic's own cohort.
    const theirs = await must(bring({ ...input, key: anId(t.services) }, other.system))
    expect(theirs.already).toBe(false)
    expect(await listed(other)).toEqual([theirs.cohortId])
  })

  it('is for the manager, the researcher and the machinery', async () => {
    expect(await bring(file(), harbor.as.nurse)).toMatchObject({ reason: 'not-allowed' })
    await must(bring(file(), harbor.as.manager))
    await must(bring(file(), harbor.as.researcher))
  })

  it('is marked as published at once only by who may mark it', async () => {
    const input = file({ published: 'An archive' })
    expect(await bring(input, harbor.as.researcher)).toMatchObject({
      ok: false,
      reason: 'may-not-mark-published',
    })
    expect(await listed()).not.toContain(input.key)
    const unmarked = await must(bring({ ...input, published: ' ' }, harbor.as.researcher))
    expect((await cohortOf(unmarked.cohortId))!.published).toBeUndefined()
    const marked = await must(bring(file({ published: 'An archive' }), harbor.as.manager))
    expect((await cohortOf(marked.cohortId))!.published).toBe('An archive')
  })

  it('shows a group of fewer than ten to those who treat people, on the page and in the download', async () => {
    const rows = (clinic: number, many: number) =>
      Array.from({ length: many }, (_, at) => `${at + 1},${at % 2},${clinic}\n`).join('')
    const blocksFor = async (actor: Actor, second: number) => {
      const text = `days,status,clinic\n${rows(1, 20)}${rows(2, second)}`
      const { cohortId } = await must(bring(file({ text })))
      const asked = { days: null, until: null, endpoint: null, every: true }
      const shown = await look(t.services, actor, (needs) => cohortWithFigures(needs, cohortId, asked))
      return shown!.blocks
    }
    for (const role of ['researcher', 'manager'] as const) {
      const [block, ...others] = await blocksFor(harbor.as[role], 9)
      expect([block!.id, block!.drawing, block!.tables, others]).toEqual(['withheld', undefined, [], []])
      expect((await blocksFor(harbor.as[role], 10))[0]!.id).toBe('curve')
    }
    expect((await blocksFor(harbor.as.nurse, 9))[0]!.id).toBe('curve')
  })

  it('shows such a group to everybody who may read results once it is marked as published, and says who did so', async () => {
    const text = `days,status,clinic\n${Array.from({ length: 30 }, (_, at) => `${at + 1},${at % 2},${at < 25 ? 1 : 2}\n`).join('')}`
    const { cohortId } = await must(bring(file({ text })))
    const firstBlock = async () => {
      const asked = { days: null, until: null, endpoint: null }
      const shown = await look(t.services, harbor.as.researcher, (needs) =>
        cohortWithFigures(needs, cohortId, asked),
      )
      return [shown!.blocks[0]!.id, shown!.chosen.groups]
    }
    const mark = (reference: string | undefined, actor: Actor = harbor.as.manager) =>
      runCommand(t.services, actor, markCohortPublished, { cohortId, reference })
    expect(await firstBlock()).toEqual(['withheld', []])
    expect(await mark('A paper', harbor.as.researcher)).toMatchObject({ reason: 'not-allowed' })
    expect(await mark('A paper', other.as.manager)).toMatchObject({ reason: 'no-such-cohort' })
    await must(mark('   '))
    expect(await firstBlock()).toEqual(['withheld', []])
    await must(mark(' Author, Journal 1991 '))
    expect(await firstBlock()).toEqual(['curve', ['clinic 1', 'clinic 2']])
    expect((await cohortOf(cohortId))!.published).toBe('Author, Journal 1991')
    await must(mark(undefined))
    expect(await firstBlock()).toEqual(['withheld', []])
    const { rows } = await t.owner.query(
      `select detail->>'published' published, actor_kind from audit_entry where action = 'measure.mark-cohort-published' and object_id = $1 order by seq`,
      [cohortId],
    )
    expect(rows.map(({ published, actor_kind }) => [published, actor_kind])).toEqual([
      ['false', 'member'],
      ['true', 'member'],
      ['false', 'member'],
    ])
    const brought = await must(bring(file({ text, published: 'An archive', name: 'Public' })))
    // The same file read the same way is the first cohort, as it was.
    expect([brought.already, (await cohortOf(brought.cohortId))!.published]).toEqual([true, undefined])
    const fresh = await must(bring(file({ text: `${text}31,1,2\n`, published: 'An archive' })))
    expect((await cohortOf(fresh.cohortId))!.published).toBe('An archive')
  })

  it('leaves what came in before there were kinds as it was', async () => {
    const id = anId<'outside-cohort'>(t.services)
    await t.owner.query(
      `insert into outside_cohort (clinic_id, id, name, file_name, content_hash, time_column, event_column, group_column, time_unit, people, imported_at, imported_by)
       values ($1, $2, 'Old', 'old.csv', 'old', 'weeks', 'relapse', 'arm', 'weeks', 1, now(), 'system')`,
      [harbor.id, id],
    )
    await t.owner.query(
      `insert into outside_cohort_row (clinic_id, cohort_id, row_number, time_days, event, group_label) values ($1, $2, 1, 14, true, '1')`,
      [harbor.id, id],
    )
    const old = await cohortOf(id)
    expect(old).toMatchObject({
      rowsInFile: undefined,
      rowsLeftOut: 0,
      mapping: { kind: 'time-to-event', time: 'weeks', unit: 'weeks', event: { column: 'relapse' } },
    })
    expect(await rowsOf(id, old!.mapping)).toEqual([{ timeDays: 14, event: true, group: 'arm 1' }])
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
