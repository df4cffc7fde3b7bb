import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  anId,
  asSystem,
  look,
  makeClinic,
  makePerson,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import type { Actor } from '../../platform/actor.ts'
import { clinicProfileSchema } from '../../platform/clinic-profile.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { Id, PersonId } from '../../platform/ids.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { responsesOfPerson } from '../assess-queries.server.ts'
import { insertExposure } from '../lab-tests/lab-test-queries.server.ts'
import { currentAnchors } from './anchor.ts'
import { calendarView } from './calendar-page.server.ts'
import { postDay } from './calendar-post.server.ts'
import { keepFigures } from './keep-figures.server.ts'
import { noteAnchor, type TellRange, tellDays, tellRange } from './tell-days.server.ts'
import { anchorsOfPerson, daysOfPerson } from './use-calendar-queries.server.ts'
import { currentDays, type ToldDay } from './use-day.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

const ZONE = 'America/New_York'
const day = (text: string) => text as LocalDate
const NONE: ToldDay = { state: 'none', entries: [] }
const drank = (grams: number | null): ToldDay => ({
  state: 'used',
  entries: [{ substance: 'alcohol', grams, drinks: [] }],
})
const place = (personId: PersonId) => ({ personId, timeZone: ZONE, gramsPerDrink: 14 })
const tell = (actor: Actor, personId: PersonId, date: string, told: ToldDay, basedOn = 0) =>
  runCommand(t.services, actor, tellDays, {
    ...place(personId),
    days: [{ ...told, day: day(date), basedOn }],
  })
const range = (actor: Actor, personId: PersonId, from: string, to: string, more: Partial<TellRange> = {}) =>
  runCommand(t.services, actor, tellRange, {
    ...place(personId),
    from: day(from),
    to: day(to),
    as: 'none',
    aboutTold: 'ask',
    seen: [],
    ...more,
  })
const told = (personId: PersonId) =>
  look(t.services, harbor.system, ({ db }) => daysOfPerson(db, harbor.id, personId, day('2025-01-01')))
const count = async (text: string, personId: PersonId) =>
  Number((await t.owner.query(text, [personId])).rows[0].n)

describe('telling a day', () => {
  it('keeps who said it, when and where, audits and tells without a word of what was used', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    await must(tell(patient, personId, '2026-11-20', drank(42)))
    expect(await told(personId)).toEqual([
      {
        ...drank(42),
        personId,
        day: '2026-11-20',
        revision: 1,
        gramsPerDrink: 14,
        saidBy: 'person',
        toldBy: patient.accountId,
        toldAt: '2026-11-22T15:00:00.000Z',
        timeZone: ZONE,
      },
    ])
    const feed = await t.owner.query(`select data from feed_event where kind = 'calendar.told'`)
    expect(feed.rows).toContainEqual({ data: { personId, days: 1 } })
    expect(
      await count(
        `select count(*) n from audit_entry where person_id = $1 and action = 'assess.tell-days' and power = 'write'`,
        personId,
      ),
    ).toBe(1)
  })

  it('is a new revision when it changes, and nothing at all when it says the same', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    await must(tell(patient, personId, '2026-11-20', drank(42)))
    expect(await must(tell(patient, personId, '2026-11-20', drank(42)))).toEqual({ written: 0 })
    await must(tell(harbor.as.nurse, personId, '2026-11-20', NONE, 1))
    const all = await told(personId)
    expect(all.map(({ revision, state, saidBy }) => [revision, state, saidBy])).toEqual([
      [1, 'used', 'person'],
      [2, 'none', 'with-staff'],
    ])
    expect(currentDays(all).get(day('2026-11-20'))?.state).toBe('none')
  })

  it('never overwrites what somebody else told meanwhile: it says what that was', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    await must(tell(patient, personId, '2026-11-20', drank(42)))
    const stale = await tell(harbor.as.therapist, personId, '2026-11-20', NONE, 0)
    expect(stale).toMatchObject({ ok: false, reason: 'told-meanwhile', detail: { told: [{ revision: 1 }] } })
    expect(await told(personId)).toHaveLength(1)
  })

  it('lets one of two at the same moment win and tells the other', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    const both = await Promise.all([
      tell(patient, personId, '2026-11-20', drank(42)),
      tell(harbor.as.nurse, personId, '2026-11-20', NONE),
    ])
    expect(both.map((one) => one.ok).sort()).toEqual([false, true])
    expect(both.find((one) => !one.ok)).toMatchObject({ reason: 'told-meanwhile' })
    expect(await told(personId)).toHaveLength(1)
  })

  it('refuses tomorrow and more than a year ago, where the clinic is', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    // Half past ten in the evening of the 22nd in New York, the 23rd in UTC.
    t.clock.set('2026-11-23T03:30:00.000Z')
    expect(await tell(patient, personId, '2026-11-23', NONE)).toMatchObject({ reason: 'in-the-future' })
    expect(await tell(patient, personId, '2026-11-22', NONE)).toMatchObject({ ok: true })
    expect(await tell(patient, personId, '2025-11-21', NONE)).toMatchObject({
      reason: 'more-than-a-year-ago',
    })
    t.clock.set('2026-11-22T15:00:00.000Z')
  })

  it('is for the person themselves and for those who treat them, in their own clinic', async () => {
    const mine = await makePerson(t.services, harbor)
    const hers = await makePerson(t.services, harbor, 'Alex Sample')
    expect(await tell(mine.patient, hers.personId, '2026-11-20', NONE)).toMatchObject({
      reason: 'no-such-person',
    })
    expect(await tell(harbor.as.coordinator, hers.personId, '2026-11-20', NONE)).toMatchObject({
      reason: 'not-allowed',
    })
    expect(await tell(harbor.as.manager, hers.personId, '2026-11-20', NONE)).toMatchObject({
      reason: 'not-allowed',
    })
    expect(await tell(other.as.nurse, hers.personId, '2026-11-20', NONE)).toMatchObject({
      reason: 'no-such-person',
    })
    expect(await told(hers.personId)).toEqual([])
  })

  it('cannot be changed or deleted, not even by the owner', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    await must(tell(patient, personId, '2026-11-20', NONE))
    await expect(t.owner.query('delete from use_day where person_id = $1', [personId])).rejects.toThrow(
      'never changed',
    )
  })
})

describe('telling a range', () => {
  it('fills, asks about what was told before, and replaces it as new revisions', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    await must(tell(patient, personId, '2026-11-18', drank(28)))
    const asked = await range(patient, personId, '2026-11-16', '2026-11-20')
    expect(asked).toMatchObject({ reason: 'already-told', detail: { told: [{ day: '2026-11-18' }] } })
    expect(await told(personId)).toHaveLength(1)
    expect(await must(range(patient, personId, '2026-11-16', '2026-11-19', { aboutTold: 'keep' }))).toEqual({
      written: 3,
    })
    const seen = [{ day: day('2026-11-18'), revision: 1 }]
    await must(range(patient, personId, '2026-11-16', '2026-11-20', { aboutTold: 'replace', seen }))
    const all = await told(personId)
    expect(all.filter((one) => one.day === '2026-11-18').map(({ state }) => state)).toEqual(['used', 'none'])
    expect(all).toHaveLength(6)
  })

  it('takes over the entry of a day, and says when that day holds nothing', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    await must(tell(patient, personId, '2026-11-10', drank(28)))
    await must(range(patient, personId, '2026-11-11', '2026-11-12', { as: { likeDay: day('2026-11-10') } }))
    expect((await told(personId)).map(({ entries }) => entries)).toEqual([
      drank(28).entries,
      drank(28).entries,
      drank(28).entries,
    ])
    expect(
      await range(patient, personId, '2026-11-14', '2026-11-15', { as: { likeDay: day('2026-11-01') } }),
    ).toMatchObject({ reason: 'no-pattern-there' })
  })
})

describe('a special day', () => {
  it('is noted, changed and taken away, each as a revision', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    const note = (words: string | null, basedOn: number) =>
      runCommand(t.services, patient, noteAnchor, {
        personId,
        day: day('2026-11-01'),
        words,
        basedOn,
        timeZone: ZONE,
      })
    await must(note('Birthday', 0))
    expect(await note('Trip', 0)).toMatchObject({ reason: 'told-meanwhile' })
    await must(note(null, 1))
    const all = await look(t.services, harbor.system, ({ db }) =>
      anchorsOfPerson(db, harbor.id, personId, day('2026-01-01')),
    )
    expect(all.map(({ words }) => words)).toEqual(['Birthday', null])
    expect(currentAnchors(all).get(day('2026-11-01'))?.words).toBeNull()
  })
})

describe('keeping figures as a result', () => {
  const keep = (actor: Actor, personId: PersonId, key: Id<'kept-figures'>, window = '28' as const) =>
    runCommand(t.services, actor, keepFigures, { ...place(personId), key, window })

  it('stores tlfb and who-rdl with the days they rest on, once', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    await must(range(patient, personId, '2026-11-01', '2026-11-20'))
    await must(tell(patient, personId, '2026-11-21', drank(70)))
    const key = anId<'kept-figures'>(t.services)
    expect(await must(keep(harbor.as.therapist, personId, key))).toEqual({ kept: ['tlfb', 'who-rdl'] })
    await must(keep(harbor.as.therapist, personId, key))
    const results = await look(t.services, harbor.system, ({ db }) =>
      responsesOfPerson(db, harbor.id, personId, ['tlfb', 'who-rdl']),
    )
    expect(results).toHaveLength(2)
    const tlfb = results.find((one) => one.instrumentId === 'tlfb')!
    // 28 days to yesterday, the 21st: 25 October on; 20 without, one of 70 g.
    expect(tlfb.scores).toMatchObject({
      valid: true,
      metrics: { observedDays: 21, missingDays: 7, abstinentDays: 20, hdd: 1, gramsPerDay: 3.3 },
    })
    expect(tlfb.answers.days).toHaveLength(28)
    expect(tlfb).toMatchObject({ source: 'use-calendar', objectId: key })
    expect(results.find((one) => one.instrumentId === 'who-rdl')).toMatchObject({
      answers: { gramsPerDay: 3.3 },
      scores: { scores: { level: { value: 1, label: 'low' } } },
    })
  })

  it('keeps nothing that the days do not carry', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    const results = async () =>
      look(t.services, harbor.system, ({ db }) =>
        responsesOfPerson(db, harbor.id, personId, ['tlfb', 'who-rdl']),
      )
    await must(tell(patient, personId, '2026-10-25', NONE))
    expect(await keep(harbor.as.nurse, personId, anId(t.services))).toMatchObject({ reason: 'too-few-days' })
    await must(tell(patient, personId, '2026-10-26', drank(null)))
    await must(range(patient, personId, '2026-10-27', '2026-11-21', { as: { likeDay: day('2026-10-26') } }))
    expect(await keep(harbor.as.nurse, personId, anId(t.services))).toMatchObject({
      reason: 'amount-unknown',
    })
    expect(await results()).toEqual([])
  })

  it('refuses where nothing is known, and is not for the person', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    expect(await keep(harbor.as.nurse, personId, anId(t.services))).toMatchObject({ reason: 'nothing-known' })
    expect(await keep(patient, personId, anId(t.services))).toMatchObject({ reason: 'not-allowed' })
    expect(
      await runCommand(t.services, harbor.as.nurse, keepFigures, {
        ...place(personId),
        key: anId<'kept-figures'>(t.services),
        window: 'since-first',
      }),
    ).toMatchObject({ reason: 'no-days' })
    await asSystem(t.services, harbor, ({ db, at }) =>
      insertExposure(
        db,
        harbor.id,
        { personId, sessionId: anId(t.services), dosedAt: '2026-11-10T15:00:00.000Z' as Instant },
        at,
      ),
    )
    await must(range(patient, personId, '2026-11-08', '2026-11-18'))
    await must(
      runCommand(t.services, harbor.as.nurse, keepFigures, {
        ...place(personId),
        key: anId<'kept-figures'>(t.services),
        window: 'since-first',
      }),
    )
  })
})

describe('the clinic’s standard drink', () => {
  it('is 14 g where a profile of before says nothing', () => {
    expect(clinicProfileSchema.parse({ name: 'Old profile' }).gramsPerStandardDrink).toBe(14)
    expect(clinicProfileSchema.safeParse({ name: 'x', gramsPerStandardDrink: 0 }).success).toBe(false)
  })

  it('of a day stays the one it was told in, until somebody tells the day anew', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    await must(tell(patient, personId, '2026-11-20', drank(42)))
    const clinic = {
      ...(await t.services.clinicProfile(harbor.id))!,
      timeZone: ZONE,
      gramsPerStandardDrink: 10,
      standardDrinkSource: undefined,
    }
    const url = new URL('http://clinic.test/portal/calendar?day=2026-11-20')
    const shown = await look(t.services, patient, ({ db, at, actor }) =>
      calendarView({ db, at, actor }, { id: personId, sex: undefined }, clinic, url),
    )
    const chosen = shown.view.chosen!
    expect(chosen).toMatchObject({ gramsPerDrink: 14, values: { 'standard-drinks': '3' } })
    const send = (fields: Record<string, string>) => {
      const form = new FormData()
      const all = { day: '2026-11-20', basedOn: '1', ...chosen.values, ...fields }
      for (const [name, value] of Object.entries(all)) form.set(name, value)
      const page = { services: t.services, actor: patient, clinic, form, url } as unknown as PageArgs
      return postDay({ ...page, form }, personId)
    }
    expect(await send({ gramsPerDrink: '14' })).toBeInstanceOf(Response)
    expect(await told(personId)).toHaveLength(1)
    // A size that is neither the clinic's nor this day's is asked about, with the clinic's beside it.
    expect(await send({ gramsPerDrink: '12' })).toMatchObject({
      errors: { 'standard-drinks': expect.stringContaining('10 g now') },
      values: { gramsPerDrink: '10', 'standard-drinks': '3' },
    })
    await send({ gramsPerDrink: '14', 'standard-drinks': '4' })
    await must(
      range(patient, personId, '2026-11-21', '2026-11-21', {
        gramsPerDrink: 10,
        as: { likeDay: day('2026-11-20') },
      }),
    )
    expect((await told(personId)).map(({ entries, gramsPerDrink }) => [entries, gramsPerDrink])).toEqual([
      [drank(42).entries, 14],
      [drank(56).entries, 14],
      [drank(56).entries, 14],
    ])
  })
})
