import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { giveDose } from '../../tests/database/dosed-person.ts'
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
} from '../../tests/database/test-clinic.ts'
import { actorOfLink, registerPerson } from '../identity/index.server.ts'
import { runCommand } from '../platform/command.server.ts'
import type { PersonId } from '../platform/ids.ts'
import { recentMail } from '../platform/mail.server.ts'
import { jobHandlers } from '../wiring.server.ts'
import { saidStop } from './follow-up-queries.server.ts'
import { inviteDueCheckIns, resumeInvitations, stopInvitations, submitCheckIn } from './index.server.ts'
import { makeCheckInLink, noteContact } from './invitations.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
let clinics = 0
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())
beforeEach(async () => {
  clinics += 1
  t.clock.set('2026-11-20T16:00:00.000Z')
  harbor = await makeClinic(t.services, `harbor-${clinics}`)
  other = await makeClinic(t.services, `other-${clinics}`)
})

const FIRST_DOSE = '2026-11-20T16:00:00.000Z'
/** Nine in the morning in the clinic's zone, some days after the first dose. */
const morning = (day: number) => new Date(Date.UTC(2026, 10, 20 + day, 14, 5)).toISOString()
const invite = (clinic = harbor) =>
  must(runCommand(t.services, clinic.system, inviteDueCheckIns, { publicUrl: 'https://clinic.example.org' }))
const mails = (clinic = harbor) => look(t.services, clinic.system, ({ db }) => recentMail(db, clinic.id, 100))
const answers = { craving0to10: 1, used: 'no', substances: [], mood0to10: 5, words: null } as const

describe('inviting', () => {
  it('asks once a day from the day after the first session, with a neutral message that opens the check-in', async () => {
    const { personId } = await makePerson(t.services, harbor)
    await giveDose(t, harbor, personId, FIRST_DOSE)
    expect(await invite()).toEqual({ invited: 0, mailed: 0 })
    t.clock.set(morning(1))
    expect(await invite()).toEqual({ invited: 1, mailed: 1 })
    expect(await invite()).toEqual({ invited: 0, mailed: 0 })
    const [mail, ...more] = await mails()
    expect(more).toEqual([])
    expect(mail!.to_address).toBe('robin@example.org')
    expect(`${mail!.subject} ${mail!.body.replace(/https\S+/, '')}`).not.toMatch(
      /ketamin|addict|alcohol|drug|craving|use\b|Robin/i,
    )
    const token = /https:\/\/clinic\.example\.org\/check-in\/(\S+)/.exec(mail!.body)![1]!
    const bearer = await actorOfLink(t.services, token, 'check-in')
    expect(bearer).toMatchObject({ kind: 'link', personId })
    await must(runCommand(t.services, bearer!, submitCheckIn, { key: anId<'check-in'>(t.services), answers }))
    t.clock.set(morning(2))
    expect(await invite()).toEqual({ invited: 1, mailed: 1 })
  })

  it('asks at nine in the zone of the clinic, not before', async () => {
    const { personId } = await makePerson(t.services, harbor)
    await giveDose(t, harbor, personId, FIRST_DOSE)
    t.clock.set('2026-11-21T13:59:00.000Z')
    expect((await invite()).invited).toBe(0)
    t.clock.set('2026-11-21T14:00:00.000Z')
    expect((await invite()).invited).toBe(1)
  })

  it('asks once when two runs race', async () => {
    const { personId } = await makePerson(t.services, harbor)
    await giveDose(t, harbor, personId, FIRST_DOSE)
    t.clock.set(morning(1))
    const runs = await Promise.all([invite(), invite(), invite()])
    expect(runs.reduce((sum, run) => sum + run.invited, 0)).toBe(1)
    expect(await mails()).toHaveLength(1)
  })

  it('works without an address: the invitation is kept, nothing is sent', async () => {
    const personId: PersonId = anId(t.services)
    await asSystem(t.services, harbor, (needs) =>
      registerPerson(needs, { id: personId, displayName: 'No Mail', contact: {}, synthetic: true }),
    )
    await giveDose(t, harbor, personId, FIRST_DOSE)
    t.clock.set(morning(1))
    expect(await invite()).toEqual({ invited: 1, mailed: 0 })
  })

  it('does not ask who answered already today', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    await giveDose(t, harbor, personId, FIRST_DOSE)
    t.clock.set('2026-11-21T12:00:00.000Z')
    await must(runCommand(t.services, patient, submitCheckIn, { key: anId<'check-in'>(t.services), answers }))
    t.clock.set(morning(1))
    expect((await invite()).invited).toBe(0)
  })

  it('stops after six in a row without an answer, and begins again when the person checks in by themselves', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    await giveDose(t, harbor, personId, FIRST_DOSE)
    let invited = 0
    for (let day = 1; day <= 10; day++) {
      t.clock.set(morning(day))
      invited += (await invite()).invited
    }
    expect(invited).toBe(6)
    await must(runCommand(t.services, patient, submitCheckIn, { key: anId<'check-in'>(t.services), answers }))
    t.clock.set(morning(11))
    expect((await invite()).invited).toBe(1)
  })

  it('stops when the person says so, by link or signed in, and goes on when they say so', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    await giveDose(t, harbor, personId, FIRST_DOSE)
    const key = anId<'check-in-choice'>(t.services)
    await must(runCommand(t.services, patient, stopInvitations, { key }))
    await must(runCommand(t.services, patient, stopInvitations, { key }))
    t.clock.set(morning(1))
    expect((await invite()).invited).toBe(0)
    await must(
      runCommand(t.services, patient, resumeInvitations, { key: anId<'check-in-choice'>(t.services) }),
    )
    // The stop delivered once more, late: the newer word stands.
    await must(runCommand(t.services, patient, stopInvitations, { key }))
    expect((await invite()).invited).toBe(1)
  })

  it('asks nobody of another clinic, and only the machinery may run it', async () => {
    const { personId } = await makePerson(t.services, harbor)
    await giveDose(t, harbor, personId, FIRST_DOSE)
    t.clock.set(morning(1))
    expect((await invite(other)).invited).toBe(0)
    expect(await mails(other)).toEqual([])
    expect(
      await runCommand(t.services, harbor.as.manager, inviteDueCheckIns, { publicUrl: 'https://x' }),
    ).toMatchObject({ reason: 'not-allowed' })
  })
})

describe('the job', () => {
  it('asks in every clinic, and changes nothing when it runs again', async () => {
    for (const clinic of [harbor, other]) {
      const { personId } = await makePerson(t.services, clinic)
      await giveDose(t, clinic, personId, FIRST_DOSE)
    }
    t.clock.set(morning(1))
    const job = jobHandlers(t.services).get('invite-check-ins')!
    await job({})
    await job({})
    expect([(await mails(harbor)).length, (await mails(other)).length]).toEqual([1, 1])
    expect((await mails(harbor))[0]!.body).toMatch(/https?:\/\/\S+\/check-in\//)
  })
})

describe('what staff do from the list', () => {
  it('a choice by staff names the person; a patient speaks only for themselves', async () => {
    const mine = await makePerson(t.services, harbor)
    const hers = await makePerson(t.services, harbor, 'Alex Sample')
    const stop = (actor: typeof harbor.as.nurse, personId?: PersonId) =>
      runCommand(t.services, actor, stopInvitations, {
        key: anId<'check-in-choice'>(t.services),
        ...(personId ? { personId } : {}),
      })
    expect(await stop(mine.patient, hers.personId)).toMatchObject({ reason: 'no-such-person' })
    await must(stop(mine.patient))
    const stopped = (id: PersonId) => look(t.services, harbor.system, ({ db }) => saidStop(db, harbor.id, id))
    expect([await stopped(mine.personId), await stopped(hers.personId)]).toEqual([true, false])
    // Somebody of the staff who is treated here too speaks for the person they name, not for themselves.
    const both = { ...harbor.as.nurse, roles: ['nurse', 'patient'] as const, personId: mine.personId }
    await must(stop(both, hers.personId))
    expect(await stopped(hers.personId)).toBe(true)
    expect(await stop(harbor.as.nurse)).toMatchObject({ reason: 'no-such-person' })
    expect(await stop(other.as.nurse, hers.personId)).toMatchObject({ reason: 'no-such-person' })
  })

  it('makes a link for a person of the own clinic only', async () => {
    const { personId } = await makePerson(t.services, harbor)
    const made = await must(runCommand(t.services, harbor.as.therapist, makeCheckInLink, { personId }))
    const token = made.path.replace('/check-in/', '')
    expect(await actorOfLink(t.services, token, 'check-in')).toMatchObject({ personId })
    expect(await actorOfLink(t.services, token, 'intake')).toBeUndefined()
    expect(await runCommand(t.services, other.as.nurse, makeCheckInLink, { personId })).toMatchObject({
      reason: 'no-such-person',
    })
    expect(await runCommand(t.services, harbor.as.manager, makeCheckInLink, { personId })).toMatchObject({
      reason: 'not-allowed',
    })
  })

  it('notes a contact once, however often it is sent, and never for another clinic', async () => {
    const { personId } = await makePerson(t.services, harbor)
    const input = { key: anId<'check-in-contact'>(t.services), personId, outcome: 'reached' as const }
    await must(runCommand(t.services, harbor.as.nurse, noteContact, input))
    await must(runCommand(t.services, harbor.as.nurse, noteContact, input))
    const rows = await t.owner.query('select outcome from check_in_contact where person_id = $1', [personId])
    expect(rows.rows).toEqual([{ outcome: 'reached' }])
    expect(
      await runCommand(t.services, other.as.nurse, noteContact, {
        ...input,
        key: anId<'check-in-contact'>(t.services),
      }),
    ).toMatchObject({ reason: 'no-such-person' })
  })
})
