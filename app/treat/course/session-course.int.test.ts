import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBookedPerson } from '../../../tests/database/booked-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { clinicById } from '../../identity/index.server.ts'
import type { Member } from '../../platform/actor.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { type LocalDate, MINUTE_MS } from '../../platform/time.ts'
import { loadSession } from '../bedside/session-page.server.ts'
import { orderOfDose } from '../dose/infusion.ts'
import { openSession, receiveStock, recordSessionEvents, startDose } from '../index.server.ts'
import type { BedsideEntry } from '../session/bedside-entry.ts'
import { foldSession } from '../session/session.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import { predictedCourse } from './predicted-course.ts'
import { loadReplay } from './replay-page.server.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-11-23T15:00:00.000Z')
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

const record = (sessionId: SessionId, entries: readonly BedsideEntry[]) =>
  must(runCommand(t.services, harbor.as.nurse, recordSessionEvents, { sessionId, entries }))
const entry = <Kind extends BedsideEntry['kind']>(
  kind: Kind,
  data: Extract<BedsideEntry, { kind: Kind }>['data'],
) => ({ id: anId(t.services), kind, at: t.clock.now(), data }) as BedsideEntry

/** An infusion of 56 mg over 40 minutes that was started now. */
async function running(): Promise<SessionId> {
  t.clock.advance(28 * 24 * 60 * MINUTE_MS)
  const person = await makeBookedPerson(t, harbor)
  const sessionId: SessionId = anId(t.services)
  const { appointmentId } = person
  await must(runCommand(t.services, harbor.as.nurse, openSession, { appointmentId, key: sessionId }))
  const values = {
    systolicMmHg: 125,
    diastolicMmHg: 80,
    heartRatePerMin: 70,
    spo2Percent: 97,
    respiratoryRatePerMin: 14,
    moaas: 5,
  }
  await record(sessionId, [
    entry('arrived', {}),
    entry('identity-checked', { identifiers: ['full-name', 'birth-date'] }),
    entry('checklist', {
      escortNamed: true,
      escortPhoneGiven: true,
      fasted: 'yes',
      noUseSince: 'yes',
      breathAlcoholGPer210L: 0,
    }),
    entry('reading', { values, confirmed: [] }),
  ])
  const { lotId } = await must(
    runCommand(t.services, harbor.as.manager, receiveStock, {
      key: anId<'drug-lot'>(t.services),
      drug: 'Ketamine hydrochloride',
      lotNumber: 'L1',
      concentrationMgPerMl: 10,
      containerMl: 20,
      containers: 1,
      expiresOn: '2031-12-31' as LocalDate,
      reason: 'delivery',
    }),
  )
  const key = anId<'session-event'>(t.services)
  const dose = { sessionId, key, lotId: lotId as LotId, drawnMl: 5.6 }
  await must(runCommand(t.services, harbor.as.nurse, startDose, dose))
  return sessionId
}

async function args(sessionId: string, by: Member = harbor.as.nurse, address = '', clinic = harbor) {
  const profile = await look(t.services, clinic.as.nurse, ({ db }) => clinicById(db, clinic.id))
  const url = new URL(`http://clinic.test/${address}`)
  return {
    services: t.services,
    actor: by,
    clinic: profile,
    params: { id: sessionId },
    url,
  } as unknown as PageArgs
}

/** The course as the page would draw it from what its loader gave. */
async function courseOnPage(sessionId: SessionId) {
  const page = await loadSession(await args(sessionId))
  const { dose } = foldSession(page.snapshot.logs[sessionId]!)
  const weightKg = orderOfDose(dose, page.doseOrder)?.weightKg
  return predictedCourse(dose!, { weightKg, ageYears: page.person.ageYears, sex: page.person.sex }, 180)
}

describe('the predicted course on the page at the bedside', () => {
  it('is drawn for the weight of the order that the dose was started by', async () => {
    const course = await courseOnPage(await running())
    expect(course.ok && course.totalMg).toBeCloseTo(56, 9)
    expect(course.ok && course.warnings).toEqual([])
    expect(course.ok && course.peak!.atMinute).toBeCloseTo(40, 6)
  })

  it('is not drawn when that weight is not on record, and another order is no stand-in', async () => {
    const sessionId = await running()
    const client = await t.owner.connect()
    await client.query('begin')
    await client.query('set local session_replication_role = replica')
    await client.query(
      `update session_event set data = jsonb_set(data, '{orderId}', to_jsonb($2::text))
       where session_id = $1 and kind = 'dose-started'`,
      [sessionId, anId(t.services)],
    )
    await client.query('commit')
    client.release()
    expect(await courseOnPage(sessionId)).toEqual({ ok: false, reason: 'weight-unknown' })
    expect((await loadReplay(await args(sessionId))).person.weightKg).toBeUndefined()
  })
})

describe('looking back', () => {
  it('gives the whole log, the minute asked for and the weight, and is audited as a reading', async () => {
    const sessionId = await running()
    t.clock.advance(20 * MINUTE_MS)
    await record(sessionId, [entry('dose-rate-changed', { rateMlPerH: 5 })])
    t.clock.advance(10 * MINUTE_MS)
    await record(sessionId, [entry('dose-stopped', {})])
    const reads = async () =>
      (
        await t.owner.query(
          `select count(*)::int as n from audit_entry where action = 'treat.read-session' and object_id = $1`,
          [sessionId],
        )
      ).rows[0].n
    const before = await reads()
    const page = await loadReplay(await args(sessionId, harbor.as.therapist, '?minute=12'))
    expect(await reads()).toBe(before + 1)
    expect(page.asked).toEqual({ minute: 12, problem: undefined })
    expect(page.span).toMatchObject({ firstMinute: 0, lastMinute: 30, stops: [0, 20, 30] })
    expect(page.events.map(({ kind }) => kind).slice(-3)).toEqual([
      'dose-started',
      'dose-rate-changed',
      'dose-stopped',
    ])
    expect(page.person.weightKg).toBeGreaterThan(0)
    const wrong = await loadReplay(await args(sessionId, harbor.as.nurse, '?minute=soon'))
    expect(wrong.asked?.problem).toContain('from 0 to 30')
    expect(wrong.typed).toBe('soon')
  })

  it('is nothing to another clinic', async () => {
    const sessionId = await running()
    const foreign = await args(sessionId, other.as.nurse, '', other)
    await expect(loadReplay(foreign)).rejects.toMatchObject({ status: 404 })
  })
})
