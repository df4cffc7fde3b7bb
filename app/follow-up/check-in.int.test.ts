import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  anId,
  look,
  makeClinic,
  makePerson,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../tests/database/test-clinic.ts'
import { openConcerns } from '../assess/index.server.ts'
import type { Actor, LinkBearer } from '../platform/actor.ts'
import { runCommand } from '../platform/command.server.ts'
import type { PersonId } from '../platform/ids.ts'
import { type CheckInAnswers, type CheckInId, currentCheckIns } from './check-in.ts'
import { checkInsOfClinic, checkInsOfPerson, submitCheckIn } from './index.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

const calm: CheckInAnswers = { craving0to10: 2, used: 'no', substances: [], mood0to10: 6, words: null }
const slip: CheckInAnswers = {
  craving0to10: 8,
  used: 'yes',
  substances: ['alcohol'],
  mood0to10: 3,
  words: 'Two beers at the game.',
}
const send = (actor: Actor, answers: CheckInAnswers, key: CheckInId = anId(t.services)) =>
  runCommand(t.services, actor, submitCheckIn, { key, answers })
const kept = (personId: PersonId, clinic = harbor) =>
  look(t.services, clinic.system, ({ db }) => checkInsOfPerson(db, clinic.id, personId))

describe('a check-in', () => {
  it('keeps what was said on the day of the clinic, audits and tells', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    t.clock.set('2026-11-23T03:30:00.000Z')
    await must(send(patient, slip))
    const [entry, ...more] = await kept(personId)
    expect(more).toEqual([])
    // 22:30 of the evening before, where the clinic is.
    expect(entry).toMatchObject({ ...slip, forDate: '2026-11-22', submittedAt: '2026-11-23T03:30:00.000Z' })
    expect(entry!.cravingStamp).toMatchObject({
      instrumentId: 'craving-nrs',
      edition: 'plain-language-edition',
    })
    const audit = await t.owner.query(
      `select power, object_id, detail from audit_entry where person_id = $1 and action = 'follow-up.submit-check-in'`,
      [personId],
    )
    expect(audit.rows).toEqual([{ power: 'write', object_id: entry!.id, detail: { version: 1 } }])
    const told = await t.owner.query(`select data from feed_event where kind = 'check-in.submitted'`)
    expect(told.rows).toContainEqual({ data: { checkInId: entry!.id, personId } })
    t.clock.set('2026-11-22T15:00:00.000Z')
  })

  it('leaves open questions open: null is not zero', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    await must(send(patient, { ...calm, craving0to10: null, mood0to10: null, used: 'unknown' }))
    expect(await kept(personId)).toMatchObject([{ craving0to10: null, mood0to10: null, used: 'unknown' }])
  })

  it('sent twice, by one key or another, is one entry', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    const key: CheckInId = anId(t.services)
    const first = await must(send(patient, calm, key))
    const again = await must(send(patient, calm, key))
    const otherTab = await must(send(patient, calm))
    expect([again.checkIn.id, otherTab.checkIn.id]).toEqual([first.checkIn.id, first.checkIn.id])
    expect(await kept(personId)).toHaveLength(1)
  })

  it('sent again with other answers is a correction; the first stays in the history', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    const key: CheckInId = anId(t.services)
    const first = await must(send(patient, calm, key))
    // The back button: the same form, the same key, other answers.
    const second = await must(send(patient, slip, key))
    expect(second.corrected).toBe(true)
    // The first post delivered once more, late: nothing changes back.
    expect((await must(send(patient, calm, key))).checkIn.id).toBe(first.checkIn.id)
    const all = await kept(personId)
    expect(all.map((entry) => [entry.id, entry.used, entry.supersededBy])).toEqual([
      [first.checkIn.id, 'no', second.checkIn.id],
      [second.checkIn.id, 'yes', undefined],
    ])
    expect(currentCheckIns(all).map((entry) => entry.used)).toEqual(['yes'])
    const clinic = await look(t.services, harbor.system, ({ db }) => checkInsOfClinic(db, harbor.id))
    expect(clinic.filter((entry) => entry.personId === personId).map((entry) => entry.used)).toEqual(['yes'])
  })

  it('is one a day however many tabs race', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    const key: CheckInId = anId(t.services)
    await Promise.all([
      ...Array.from({ length: 4 }, () => send(patient, calm, key)),
      send(patient, slip, key),
      send(patient, slip),
    ])
    const all = await kept(personId)
    expect(currentCheckIns(all)).toHaveLength(1)
    expect(all.length).toBeLessThanOrEqual(3)
    expect(new Set(all.map((entry) => entry.used))).toEqual(new Set(['no', 'yes']))
  })

  it('is a new entry on the next day', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    await must(send(patient, calm))
    t.clock.set('2026-11-23T15:00:00.000Z')
    await must(send(patient, calm))
    expect((await kept(personId)).map((entry) => entry.forDate)).toEqual(['2026-11-22', '2026-11-23'])
    t.clock.set('2026-11-22T15:00:00.000Z')
  })

  it('comes in by a secret link for this purpose and by no other', async () => {
    const { personId } = await makePerson(t.services, harbor)
    const link: LinkBearer = {
      kind: 'link',
      clinicId: harbor.id,
      linkId: anId(t.services),
      personId,
      purpose: 'check-in',
    }
    await must(send(link, calm))
    expect(await send({ ...link, purpose: 'intake' }, slip)).toEqual({ ok: false, reason: 'not-allowed' })
    expect(await kept(personId)).toHaveLength(1)
  })

  it('is for the person alone: staff and visitors may not, and a key of somebody else is refused', async () => {
    const mine = await makePerson(t.services, harbor)
    const hers = await makePerson(t.services, harbor, 'Alex Sample')
    const key: CheckInId = anId(t.services)
    await must(send(mine.patient, calm, key))
    expect(await send(harbor.as.nurse, calm)).toMatchObject({ reason: 'not-allowed' })
    expect(await send({ kind: 'visitor', clinicId: harbor.id }, calm)).toMatchObject({
      reason: 'not-allowed',
    })
    expect(await send(hers.patient, calm, key)).toMatchObject({ reason: 'key-of-another' })
    expect(await kept(hers.personId)).toEqual([])
  })

  it('is not seen by another clinic', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    await must(send(patient, calm))
    expect(await kept(personId, other)).toEqual([])
    expect(await look(t.services, other.system, ({ db }) => checkInsOfClinic(db, harbor.id))).toEqual([])
  })

  it('is never changed or deleted, not even by the owner of the database', async () => {
    await expect(t.owner.query(`update check_in set used = 'no'`)).rejects.toThrow(/never changed or deleted/)
    await expect(t.owner.query('delete from check_in')).rejects.toThrow(/never changed or deleted/)
  })
})

describe('words of danger', () => {
  it('show help and reach a named person once, and a correction does not hide them', async () => {
    const { patient, personId } = await makePerson(t.services, harbor)
    const words = { ...calm, words: 'I want to kill myself' }
    const key = anId<'check-in'>(t.services)
    const sent = () => must(runCommand(t.services, patient, submitCheckIn, { key, answers: words }))
    expect((await sent()).help).toBe(true)
    expect((await sent()).help).toBe(true)
    const corrected = await must(
      runCommand(t.services, patient, submitCheckIn, { key: anId<'check-in'>(t.services), answers: calm }),
    )
    expect(corrected.help).toBe(false)
    const open = await look(t.services, harbor.as.prescriber, ({ db, at }) =>
      openConcerns(db, harbor.id, at, personId),
    )
    expect(open.map((concern) => [concern.trigger, concern.source])).toEqual([
      ['words-of-danger', 'check-in'],
    ])
  })
})
