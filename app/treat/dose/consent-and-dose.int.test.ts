import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBookedPerson } from '../../../tests/database/booked-person.ts'
import { leaveShown } from '../../../tests/database/leave-shown.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import type { ConsentDocument } from '../../plan/consents/consent-document.ts'
import { dataNotice } from '../../plan/consents/documents/data-notice.ts'
import { treatmentConsent2 } from '../../plan/consents/documents/treatment-2.ts'
import { treatmentConsent3 } from '../../plan/consents/documents/treatment-3.ts'
import { releaseDocument } from '../../plan/consents/release-document.server.ts'
import { appointmentsOfPlan, consentHash, signConsent, withdrawConsent } from '../../plan/index.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import { addMs, DAY_MS, type Instant, type LocalDate, MINUTE_MS } from '../../platform/time.ts'
import {
  dischargePerson,
  openSession,
  receiveStock,
  recordSessionEvents,
  sessionById,
  signNote,
  startDose,
  takeOut,
} from '../index.server.ts'
import type { BedsideEntry } from '../session/bedside-entry.ts'
import { consentDuring } from '../session/consent-during.server.ts'
import type { LotId, SessionId } from '../session/session-event.ts'
import { doseChecks } from './dose-gate.ts'
import { doseFacts } from './start-dose.server.ts'

type Person = Awaited<ReturnType<typeof makeBookedPerson>>

let t: TestDatabase
let weeks = 0
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

/** A clinic of its own, since a version in force holds for everybody of a clinic, with a vial and a person in the room. */
async function inTheRoom() {
  weeks += 1
  t.clock.set(addMs('2026-11-23T15:00:00.000Z' as Instant, weeks * 28 * DAY_MS))
  const clinic = await makeClinic(t.services, `consent-${weeks}`)
  const { lotId } = await must(
    runCommand(t.services, clinic.as.manager, receiveStock, {
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
  const person = await makeBookedPerson(t, clinic)
  const { sessionId } = await must(
    runCommand(t.services, clinic.as.nurse, openSession, {
      appointmentId: person.appointmentId,
      key: anId<'session'>(t.services),
    }),
  )
  await must(
    record(
      clinic,
      sessionId,
      entry('arrived', {}),
      entry('identity-checked', { identifiers: ['full-name', 'birth-date'] }),
      entry('checklist', {
        escortNamed: true,
        escortPhoneGiven: true,
        fasted: 'yes',
        noUseSince: 'yes',
        breathAlcoholGPer210L: 0,
      }),
      reading(),
    ),
  )
  return { clinic, lotId, person, sessionId }
}
const entry = (kind: BedsideEntry['kind'], data: object, at: Instant = t.clock.now()) =>
  ({ id: anId(t.services), kind, at, data }) as BedsideEntry
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
const record = (clinic: TestClinic, sessionId: SessionId, ...entries: BedsideEntry[]) =>
  runCommand(t.services, clinic.as.nurse, recordSessionEvents, { sessionId, entries })
const start = (clinic: TestClinic, sessionId: SessionId, lotId: LotId) =>
  runCommand(t.services, clinic.as.nurse, startDose, {
    sessionId,
    key: anId<'session-event'>(t.services),
    lotId,
    drawnMl: 5.6,
  })
const sign = (person: Person, document: ConsentDocument) =>
  must(
    runCommand(t.services, person.patient, signConsent, {
      key: anId<'consent-signature'>(t.services),
      documentId: document.id,
      version: document.version,
      textHash: consentHash(document),
      typedName: 'Robin Sample',
      teachBack: Object.fromEntries(document.teachBack.map((q) => [q.id, q.right])),
      acknowledged: document.acknowledgements.map((a) => a.id),
    }),
  )
const takeBack = (person: Person) =>
  must(
    runCommand(t.services, person.patient, withdrawConsent, {
      personId: person.personId,
      documentId: 'treatment',
    }),
  )
/** The line of the gate that is about consent, as the bedside shows it. */
const consentLine = (clinic: TestClinic, sessionId: SessionId) =>
  look(t.services, clinic.as.nurse, async ({ db, at }) => {
    const session = (await sessionById(db, clinic.id, sessionId))!
    return doseChecks(await doseFacts(db, clinic.id, session, session.state, at, at)).find(
      ({ title }) => title === 'Consent',
    )
  })
const visitsOf = (clinic: TestClinic, person: Person) =>
  look(t.services, clinic.as.nurse, ({ db }) => appointmentsOfPlan(db, clinic.id, person.planId))

describe('a new version of a document', () => {
  it('holds the dose by name, with what settles it, until it is signed anew', async () => {
    const { clinic, lotId, person, sessionId } = await inTheRoom()
    t.clock.advance(1000)
    await must(
      runCommand(t.services, clinic.as.manager, releaseDocument, {
        key: anId<'document-release'>(t.services),
        documentId: 'treatment',
        version: '3',
        reason: 'Courses are repeated here now.',
      }),
    )
    expect(await start(clinic, sessionId, lotId)).toMatchObject({
      reason: 'consent-missing',
      detail: { hindrances: ['consent-missing'] },
    })
    expect(await consentLine(clinic, sessionId)).toMatchObject({
      value: `not signed: ${treatmentConsent3.title} (a newer version is in force)`,
    })
    t.clock.advance(1000)
    await sign(person, treatmentConsent3)
    expect(await consentLine(clinic, sessionId)).toMatchObject({ hindrance: undefined })
    await must(start(clinic, sessionId, lotId))
  })
})

describe('taking back consent', () => {
  it('while a session is open stops the dose at once, cancels what lies ahead, and leaves the person on the board', async () => {
    const { clinic, lotId, person, sessionId } = await inTheRoom()
    t.clock.advance(MINUTE_MS)
    const before = (await visitsOf(clinic, person)).filter((v) => !v.cancelledAt)
    expect(before.length).toBeGreaterThan(1)
    expect(await takeBack(person)).toEqual({
      cancelledVisits: before.length - 1,
      takenBack: 1,
      underWay: 1,
    })
    const left = (await visitsOf(clinic, person)).filter((v) => !v.cancelledAt)
    expect(left.map((v) => v.id)).toEqual([person.appointmentId])
    expect(await start(clinic, sessionId, lotId)).toMatchObject({ reason: 'consent-missing' })
    expect(await consentLine(clinic, sessionId)).toMatchObject({
      value: `not signed: ${treatmentConsent2.title} (taken back)`,
    })
    // The watch goes on.
    await must(record(clinic, sessionId, reading()))

    t.clock.advance(MINUTE_MS)
    await sign(person, treatmentConsent2)
    await must(start(clinic, sessionId, lotId))
  })

  it('while an infusion runs is possible at once; nothing more is begun, and stopping and watching go on', async () => {
    const { clinic, lotId, person, sessionId } = await inTheRoom()
    await must(start(clinic, sessionId, lotId))
    t.clock.advance(10 * MINUTE_MS)
    expect(await takeBack(person)).toMatchObject({ underWay: 1, takenBack: 1 })
    const visit = (await visitsOf(clinic, person)).find((v) => v.id === person.appointmentId)
    expect(visit?.cancelledAt).toBeUndefined()

    const withdrawnAt = t.clock.now()
    t.clock.advance(MINUTE_MS)
    await must(record(clinic, sessionId, reading(), entry('dose-paused', {})))
    t.clock.advance(MINUTE_MS)
    expect(await record(clinic, sessionId, entry('dose-resumed', {}))).toMatchObject({
      reason: 'consent-taken-back',
    })
    expect(await record(clinic, sessionId, entry('bolus-given', { mg: 5, ml: 0.5 }))).toMatchObject({
      reason: 'consent-taken-back',
    })
    await must(record(clinic, sessionId, entry('dose-stopped', {}), reading()))
    const session = await look(t.services, clinic.as.nurse, ({ db }) => sessionById(db, clinic.id, sessionId))
    expect(session?.state).toMatchObject({ phase: 'recover', dose: { ended: { how: 'stopped' } } })
    expect(session!.state.dose!.ended!.at > withdrawnAt).toBe(true)
    expect(session!.state.dose!.ended!.mgGiven).toBeLessThan(56)
    const told = await look(t.services, clinic.as.nurse, ({ db }) => consentDuring(db, clinic.id, session!))
    const taken = { what: 'taken-back', at: withdrawnAt, by: person.patient.accountId }
    expect(told).toEqual([{ ...taken, titles: [treatmentConsent2.title] }])
  })

  it('keeps what was done before it and is entered later, and a pump runs on when the person signs again', async () => {
    const { clinic, lotId, person, sessionId } = await inTheRoom()
    await must(start(clinic, sessionId, lotId))
    t.clock.advance(5 * MINUTE_MS)
    await must(record(clinic, sessionId, entry('dose-paused', {})))
    t.clock.advance(MINUTE_MS)
    const resumedAt = t.clock.now()
    t.clock.advance(MINUTE_MS)
    await takeBack(person)
    t.clock.advance(MINUTE_MS)
    await must(record(clinic, sessionId, entry('dose-resumed', {}, resumedAt)))
    await must(record(clinic, sessionId, entry('dose-paused', {})))
    t.clock.advance(MINUTE_MS)
    expect(await record(clinic, sessionId, entry('dose-resumed', {}))).toMatchObject({
      reason: 'consent-taken-back',
    })
    await sign(person, treatmentConsent2)
    await must(record(clinic, sessionId, entry('dose-resumed', {})))
  })

  it('lets the pump be made slower or left as it is, never faster', async () => {
    const { clinic, lotId, person, sessionId } = await inTheRoom()
    const rate = (rateMlPerH: number, at?: Instant) =>
      record(clinic, sessionId, entry('dose-rate-changed', { rateMlPerH }, at))
    await must(start(clinic, sessionId, lotId))
    t.clock.advance(5 * MINUTE_MS)
    await must(rate(30))
    t.clock.advance(MINUTE_MS)
    const fasterAt = t.clock.now()
    t.clock.advance(MINUTE_MS)
    await takeBack(person)
    t.clock.advance(MINUTE_MS)
    expect(await rate(31)).toMatchObject({ ok: false, reason: 'consent-taken-back' })
    await must(rate(30))
    await must(rate(35, fasterAt))
    t.clock.advance(MINUTE_MS)
    await must(rate(10))
    t.clock.advance(MINUTE_MS)
    expect(await rate(30)).toMatchObject({ ok: false, reason: 'consent-taken-back' })
    await sign(person, treatmentConsent2)
    await must(rate(30))
  })

  it('leaves a visit in which a dose was given as it is, also once its note is signed', async () => {
    const { clinic, lotId, person, sessionId } = await inTheRoom()
    await must(start(clinic, sessionId, lotId))
    t.clock.advance(20 * MINUTE_MS)
    await must(record(clinic, sessionId, entry('dose-stopped', {})))
    const stepUp = (by: TestClinic['as'][keyof TestClinic['as']]) => ({
      accountId: by.accountId,
      at: t.clock.now(),
    })
    await must(
      runCommand(t.services, clinic.as.nurse, dischargePerson, {
        sessionId,
        key: anId<'session-event'>(t.services),
        override: {
          stepUp: stepUp(clinic.as.prescriber),
          reason: 'nothing left to watch',
          shown: await leaveShown(t, clinic, sessionId),
        },
      }),
    )
    await must(
      runCommand(t.services, clinic.as.nurse, takeOut, {
        key: anId<'ledger-movement'>(t.services),
        kind: 'waste',
        lotId,
        from: { place: { at: 'syringe', id: sessionId } },
        hundredths: 280,
        reason: 'left in the syringe',
        witness: stepUp(clinic.as.secondNurse),
      }),
    )
    await must(
      runCommand(t.services, clinic.as.nurse, signNote, {
        sessionId,
        key: anId<'session-note'>(t.services),
        body: 'done',
        basedOn: 0,
        draft: [],
        log: {
          says: [],
          entries: (await look(t.services, clinic.as.nurse, ({ db }) =>
            sessionById(db, clinic.id, sessionId),
          ))!.events.length,
        },
        closingKey: anId<'session-event'>(t.services),
        stepUp: stepUp(clinic.as.nurse),
      }),
    )
    const told = await t.owner.query(
      `select (select count(*)::int from begun_visit_end where clinic_id = $1) as ends,
         (select count(*)::int from audit_entry where clinic_id = $1 and detail::text like '%without-dose%') as lines`,
      [clinic.id],
    )
    expect(told.rows).toEqual([{ ends: 0, lines: 0 }])
    // A database from before this was told apart has such a row; it makes no dose undone.
    await t.owner.query('insert into begun_visit_end values ($1, $2, now())', [clinic.id, sessionId])
    const before = (await visitsOf(clinic, person)).filter((v) => !v.cancelledAt)
    expect(await takeBack(person)).toEqual({
      cancelledVisits: before.length - 1,
      takenBack: 1,
      underWay: 0,
    })
    const left = (await visitsOf(clinic, person)).filter((v) => !v.cancelledAt)
    expect(left.map((v) => v.id)).toEqual([person.appointmentId])
  })

  it('of a notice that cancels no visits stops the dose all the same', async () => {
    const { clinic, lotId, person, sessionId } = await inTheRoom()
    t.clock.advance(MINUTE_MS)
    expect(
      await must(
        runCommand(t.services, clinic.as.nurse, withdrawConsent, {
          personId: person.personId,
          documentId: dataNotice.id,
        }),
      ),
    ).toEqual({ cancelledVisits: 0, takenBack: 1, underWay: 1 })
    expect(await start(clinic, sessionId, lotId)).toMatchObject({ reason: 'consent-missing' })
  })
})
