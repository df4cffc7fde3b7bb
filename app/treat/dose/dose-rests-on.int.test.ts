import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBookedPerson, orderShown } from '../../../tests/database/booked-person.ts'
import { errorsOf, pageArgs } from '../../../tests/database/page-args.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { recordFacts } from '../../assess/index.server.ts'
import {
  cancelAppointment,
  moveAppointment,
  type SignOrder,
  signOrder,
  withdrawConsent,
  withdrawOrder,
} from '../../plan/index.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import { addMs, DAY_MS, HOUR_MS, type Instant, type LocalDate, MINUTE_MS } from '../../platform/time.ts'
import { recordStart } from '../bedside/session-actions.server.ts'
import { openSession, receiveStock, recordSessionEvents, sessionById, startDose } from '../index.server.ts'
import type { BedsideEntry } from '../session/bedside-entry.ts'
import type { LotId, SessionId } from '../session/session-event.ts'

let t: TestDatabase
let harbor: TestClinic
let vial: LotId

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-11-23T15:00:00.000Z')
  harbor = await makeClinic(t.services, 'harbor')
  const { lotId } = await must(
    runCommand(t.services, harbor.as.manager, receiveStock, {
      key: anId<'drug-lot'>(t.services),
      drug: 'Ketamine hydrochloride',
      lotNumber: 'L1',
      concentrationMgPerMl: 10,
      containerMl: 20,
      containers: 10,
      expiresOn: '2031-12-31' as LocalDate,
      reason: 'delivery',
    }),
  )
  vial = lotId
})
afterAll(() => t.close())

let weeks = 0
async function booked() {
  weeks += 1
  t.clock.set(addMs('2026-11-23T15:00:00.000Z' as Instant, weeks * 28 * DAY_MS))
  return makeBookedPerson(t, harbor)
}
const entry = (kind: BedsideEntry['kind'], data: object) =>
  ({ id: anId(t.services), kind, at: t.clock.now(), data }) as BedsideEntry
const reading = () =>
  entry('reading', {
    values: {
      systolicMmHg: 125,
      diastolicMmHg: 80,
      heartRatePerMin: 70,
      spo2Percent: 97,
      respiratoryRatePerMin: 14,
      moaas: 5,
    },
    confirmed: [],
  })
const record = (sessionId: SessionId, ...entries: BedsideEntry[]) =>
  must(runCommand(t.services, harbor.as.nurse, recordSessionEvents, { sessionId, entries }))
/** A session with everything but the dose. */
async function ready(appointmentId: string): Promise<SessionId> {
  const key = anId<'session'>(t.services)
  const { sessionId } = await must(
    runCommand(t.services, harbor.as.nurse, openSession, { appointmentId: appointmentId as never, key }),
  )
  const checklist = {
    escortNamed: true,
    escortPhoneGiven: true,
    fasted: 'yes',
    noUseSince: 'yes',
    breathAlcoholGPer210L: 0,
  }
  await record(
    sessionId,
    entry('arrived', {}),
    entry('identity-checked', { identifiers: ['full-name', 'birth-date'] }),
    entry('checklist', checklist),
    reading(),
  )
  return sessionId
}
const start = (sessionId: SessionId) =>
  runCommand(t.services, harbor.as.nurse, startDose, {
    sessionId,
    key: anId<'session-event'>(t.services),
    lotId: vial,
    drawnMl: 5.6,
  })

describe('days since the last dose', () => {
  it('hold a first session too: nobody is dosed twice in a day, whatever the diary says', async () => {
    const person = await booked()
    const { rows } = await t.owner.query<{ id: string }>(
      `update diary_appointment set starts_at = starts_at - interval '7 days', ends_at = ends_at - interval '7 days'
       where plan_id = $1 and session_number = 2 returning id`,
      [person.planId],
    )
    const first = await ready(rows[0]!.id)
    await must(start(first))
    t.clock.advance(41 * MINUTE_MS)
    await record(first, reading(), entry('dose-stopped', {}))
    t.clock.advance(3 * HOUR_MS)
    const again = await ready(person.appointmentId)
    expect(await start(again)).toMatchObject({
      reason: 'too-soon',
      detail: { hindrances: ['too-soon'] },
    })
  })
})

describe('a visit in which a dose was given', () => {
  it('is neither cancelled nor moved, so its session is not booked again', async () => {
    const person = await booked()
    const sessionId = await ready(person.appointmentId)
    await must(start(sessionId))
    expect(
      await runCommand(t.services, harbor.as.coordinator, moveAppointment, {
        appointmentId: person.appointmentId,
        startsAt: addMs(person.startsAt, HOUR_MS),
      }),
    ).toMatchObject({ reason: 'already-dosed' })
    expect(
      await runCommand(t.services, harbor.as.coordinator, cancelAppointment, {
        appointmentId: person.appointmentId,
        reason: 'asked-by-patient',
      }),
    ).toMatchObject({ reason: 'already-dosed' })
  })
})

describe('the weight behind the order', () => {
  it('holds the dose when the person was weighed much lighter since, until an order is signed on it', async () => {
    const person = await booked()
    t.clock.advance(5 * MINUTE_MS)
    await must(
      runCommand(t.services, harbor.as.nurse, recordFacts, [
        {
          id: anId<'fact'>(t.services),
          personId: person.personId,
          kind: 'weight-kg',
          value: 58,
          observedAt: t.clock.now(),
          source: 'measured-here' as const,
        },
      ]),
    )
    const sessionId = await ready(person.appointmentId)
    expect(await start(sessionId)).toMatchObject({
      reason: 'weight-changed',
      detail: { hindrances: ['weight-changed'] },
    })
    const dose: SignOrder['dose'] = {
      kind: 'infusion',
      steps: [{ title: 'Infusion', mgPerKg: 0.8, durationMin: 40 }],
      weightBasis: 'actual',
      concentrationMgPerMl: 10,
      totalVolumeMl: 50,
    }
    await must(
      runCommand(t.services, harbor.as.prescriber, signOrder, {
        key: anId<'order'>(t.services),
        planId: person.planId,
        dose,
        shown: await orderShown(t, harbor, person.planId, { dose }),
        raise: undefined,
        reason: undefined,
        weightChangeAcknowledged: true,
        stepUp: { accountId: harbor.as.prescriber.accountId, at: t.clock.now() },
        secondStepUp: undefined,
      }),
    )
    expect(await start(sessionId)).toMatchObject({ reason: 'drawn-not-as-ordered' })
    const fields = { key: anId(t.services), lotId: vial, drawnMl: '5.6' }
    const page = await pageArgs(t, harbor, `/work/sessions/${sessionId}`, {
      params: { id: sessionId },
      fields,
    })
    expect(errorsOf(await recordStart(page))).toEqual({
      drawnMl: expect.stringMatching(/^The order says 4\.6 mL\. Read the syringe again/),
    })
  })
})

describe('taking back while a dose is being started', () => {
  it.each(['order', 'consent'] as const)('is not lost: the %s', async (what) => {
    const person = await booked()
    const sessionId = await ready(person.appointmentId)
    // Somebody's half-written row of the same name makes the withdrawal wait in its midst, its lock taken.
    const pause = await t.owner.connect()
    await pause.query('begin')
    await pause.query(
      what === 'order'
        ? `insert into dose_order_withdrawal (clinic_id, order_id, reason, withdrawn_by, withdrawn_at)
           select clinic_id, id, 'pause', signed_by, signed_at from dose_order where plan_id = $1`
        : `insert into consent_withdrawal (clinic_id, signature_id, withdrawn_by, withdrawn_at)
           select clinic_id, id, signed_by, signed_at from consent_signature where person_id = $1`,
      [what === 'order' ? person.planId : person.personId],
    )
    const withdrawal =
      what === 'order'
        ? runCommand(t.services, harbor.as.prescriber, withdrawOrder, {
            orderId: person.orderId!,
            reason: 'changed my mind',
          })
        : runCommand(t.services, person.patient, withdrawConsent, {
            personId: person.personId,
            everything: true,
          })
    await waiting(1)
    const started = start(sessionId)
    await Promise.race([started, waiting(2)])
    await pause.query('rollback')
    pause.release()
    expect(await withdrawal).toMatchObject({ ok: true })
    expect(await started).toMatchObject({ ok: false })
    const session = await look(t.services, harbor.as.nurse, ({ db }) => sessionById(db, harbor.id, sessionId))
    expect(session?.state.dose).toBeUndefined()
  })
})

/** Until so many connections to this database wait for another's lock. */
async function waiting(count: number): Promise<void> {
  for (;;) {
    const { rows } = await t.owner.query(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (rows[0].n >= count) return
  }
}
