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
} from '../../../tests/database/test-clinic.ts'
import type { Actor } from '../../platform/actor.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { DomainEvent } from '../../platform/domain-event.ts'
import type { PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import { evaluateAt, latestFact } from '../eligibility/decision-of.server.ts'
import { standingTests, type TestResult } from './lab-test.ts'
import { exposuresOfPerson, labTestsOfPerson } from './lab-test-queries.server.ts'
import { type NewTest, recordTest } from './record-test.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

const at = (text: string) => text as Instant
const urine = (
  analyte: 'opiates' | 'ketamine',
  result: 'negative' | 'positive' | 'expected-positive',
): TestResult => ({
  kind: 'urine',
  observed: false,
  checks: { creatinineMgDl: 80, ph: 6 },
  findings: [
    {
      analyte,
      result,
      basis: 'presumptive',
      ...(result === 'expected-positive' ? { reason: 'session' } : {}),
    },
  ],
})
const breath = (gPerDl: number): TestResult => ({
  kind: 'breath',
  gPerDl,
  typed: { value: gPerDl, unit: 'g/dL' },
})
const record = (actor: Actor, personId: PersonId, result: NewTest['result'], more: Partial<NewTest> = {}) =>
  runCommand(t.services, actor, recordTest, {
    id: anId<'lab-test'>(t.services),
    personId,
    collectedAt: at('2026-11-22T14:30:00.000Z'),
    result,
    ...more,
  })
const tests = async (personId: PersonId) =>
  standingTests(await look(t.services, harbor.system, ({ db }) => labTestsOfPerson(db, harbor.id, personId)))

describe('recording a test', () => {
  it('keeps it with who and when, once however often it is sent', async () => {
    const { personId } = await makePerson(t.services, harbor)
    const id = anId<'lab-test'>(t.services)
    await must(record(harbor.as.nurse, personId, urine('opiates', 'negative'), { id }))
    await must(record(harbor.as.nurse, personId, urine('opiates', 'negative'), { id }))
    const { standing } = await tests(personId)
    expect(standing).toMatchObject([
      { id, result: urine('opiates', 'negative'), recordedBy: harbor.as.nurse.accountId, earlier: [] },
    ])
    const feed = await t.owner.query(`select data from feed_event where kind = 'lab-test.recorded'`)
    expect(feed.rows).toContainEqual({ data: { personId, testId: id, kind: 'urine' } })
  })

  it('is for prescriber and nurse of this clinic, of what has been', async () => {
    const { personId, patient } = await makePerson(t.services, harbor)
    const result = urine('opiates', 'negative')
    for (const actor of [harbor.as.therapist, harbor.as.coordinator, harbor.as.manager, patient]) {
      expect(await record(actor, personId, result)).toMatchObject({ reason: 'not-allowed' })
    }
    expect(await record(other.as.nurse, personId, result)).toMatchObject({ reason: 'no-such-person' })
    expect(
      await record(harbor.as.prescriber, personId, result, { collectedAt: at('2026-11-22T15:06:00.000Z') }),
    ).toMatchObject({ reason: 'collected-in-the-future' })
  })

  it('says so when a form comes again with other values, which are not kept', async () => {
    const { personId } = await makePerson(t.services, harbor)
    const id = anId<'lab-test'>(t.services)
    await must(record(harbor.as.nurse, personId, breath(0), { id }))
    await must(record(harbor.as.nurse, personId, breath(0), { id }))
    expect(await record(harbor.as.nurse, personId, breath(0.08), { id })).toMatchObject({
      reason: 'id-taken',
    })
    expect((await tests(personId)).standing).toMatchObject([{ result: breath(0) }])
  })
})

describe('a breath test as the fact that holds', () => {
  const fact = (personId: PersonId) =>
    look(t.services, harbor.system, ({ db }) => latestFact(db, harbor.id, personId, 'breath-alcohol'))

  it('is the corrected value, at whatever time', async () => {
    for (const collectedAt of ['2026-11-22T14:30:00.000Z', '2026-11-22T13:30:00.000Z']) {
      const { personId } = await makePerson(t.services, harbor)
      const first = await must(record(harbor.as.nurse, personId, breath(0)))
      expect(await fact(personId)).toMatchObject({ value: 0, source: 'measured-here' })
      await must(
        record(harbor.as.nurse, personId, breath(0.08), {
          collectedAt: at(collectedAt),
          correction: { of: first.id, reason: 'read from another device' },
        }),
      )
      expect(await fact(personId)).toMatchObject({ value: 0.08, observedAt: collectedAt })
    }
  })

  it('is none once the test is taken back, and holds no gate open', async () => {
    const { personId } = await makePerson(t.services, harbor)
    const rule = async () =>
      (
        await look(t.services, harbor.system, ({ db }) => evaluateAt(db, harbor.id, personId, t.clock.now()))
      ).find(({ ruleId }) => ruleId === 'no-breath-alcohol')?.truth
    const { id } = await must(record(harbor.as.nurse, personId, breath(0)))
    expect(await rule()).toBe('met')
    const correction = { of: id, reason: 'was another person’s' }
    await must(record(harbor.as.nurse, personId, { kind: 'withdrawn' }, { correction }))
    expect(await fact(personId)).toBeUndefined()
    expect(await rule()).toBe('unknown')
  })
})

describe('correcting a test', () => {
  it('is a new row; whoever corrects the same row second is told', async () => {
    const { personId } = await makePerson(t.services, harbor)
    const { id } = await must(record(harbor.as.nurse, personId, urine('opiates', 'positive')))
    const correction = { of: id, reason: 'misread the strip' }
    const both = await Promise.all([
      record(harbor.as.nurse, personId, urine('opiates', 'negative'), { correction }),
      record(harbor.as.prescriber, personId, { kind: 'withdrawn' }, { correction }),
    ])
    expect(both.map((one) => one.ok).sort()).toEqual([false, true])
    expect(both.find((one) => !one.ok)).toMatchObject({ reason: 'corrected-meanwhile' })
    const { standing, withdrawn } = await tests(personId)
    expect(standing.length + withdrawn.length).toBe(1)
    expect([...standing, ...withdrawn][0]!.earlier).toMatchObject([{ id }])
  })

  it('reaches nobody else’s test', async () => {
    const mine = await makePerson(t.services, harbor)
    const hers = await makePerson(t.services, harbor, 'Alex Sample')
    const { id } = await must(record(harbor.as.nurse, hers.personId, urine('opiates', 'positive')))
    expect(
      await record(
        harbor.as.nurse,
        mine.personId,
        { kind: 'withdrawn' },
        { correction: { of: id, reason: 'no' } },
      ),
    ).toMatchObject({ reason: 'nothing-to-correct' })
  })
})

describe('ketamine in urine', () => {
  const dosed = async (
    personId: PersonId,
    dosedAt: string,
    sessionId = anId<'dosing-session'>(t.services),
  ) => {
    const event: DomainEvent = {
      id: anId(t.services),
      clinicId: harbor.id,
      kind: 'session.dosed',
      at: at(dosedAt),
      data: { personId, sessionId, dosedAt },
    }
    for (const reaction of t.services.reactions.get('session.dosed') ?? []) await reaction(t.services, event)
    return sessionId
  }

  it('is remembered once a session, however often the house tells it', async () => {
    const { personId } = await makePerson(t.services, harbor)
    const session = await dosed(personId, '2026-11-20T15:00:00.000Z')
    await dosed(personId, '2026-11-20T15:00:00.000Z', session)
    const exposures = await look(t.services, harbor.system, ({ db }) =>
      exposuresOfPerson(db, harbor.id, personId),
    )
    expect(exposures).toEqual([{ personId, sessionId: session, dosedAt: '2026-11-20T15:00:00.000Z' }])
    const audit = await t.owner.query(
      `select power, object, object_id from audit_entry where person_id = $1 and action = 'assess.note-ketamine-exposure'`,
      [personId],
    )
    expect(audit.rows).toEqual([{ power: 'write', object: 'session', object_id: session }])
  })

  it('near a session is not taken for simply positive before staff have said so', async () => {
    const { personId } = await makePerson(t.services, harbor)
    await must(record(harbor.as.nurse, personId, urine('ketamine', 'positive')))
    await dosed(personId, '2026-11-20T15:00:00.000Z')
    expect(await record(harbor.as.nurse, personId, urine('ketamine', 'positive'))).toMatchObject({
      reason: 'ketamine-explained',
      detail: { dosedAt: '2026-11-20T15:00:00.000Z', days: 1, usual: true },
    })
    await must(record(harbor.as.nurse, personId, urine('ketamine', 'expected-positive')))
    await must(
      record(harbor.as.nurse, personId, urine('ketamine', 'positive'), { ketamineUnexplained: true }),
    )
    expect((await tests(personId)).standing).toHaveLength(3)
  })
})
