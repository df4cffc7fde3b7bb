import type { AppointmentId } from '../../app/plan/index.ts'
import type { Member } from '../../app/platform/actor.ts'
import { runCommand } from '../../app/platform/command.server.ts'
import { addMs, DAY_MS, type Instant } from '../../app/platform/time.ts'
import { type StartDose, startDose } from '../../app/treat/dose/start-dose.server.ts'
import type { BedsideEntry } from '../../app/treat/session/bedside-entry.ts'
import { openSession } from '../../app/treat/session/open-session.server.ts'
import { recordSessionEvents } from '../../app/treat/session/record-session-events.server.ts'
import type { LotId, SessionId } from '../../app/treat/session/session-event.ts'
import { sessionById } from '../../app/treat/session/sessions.server.ts'
import { makeBookedPerson } from './booked-person.ts'
import { type Arranging, anId, look, must, type TestClinic, type TestDatabase } from './test-clinic.ts'

/** The way of a person from their appointment to the dose, by the commands of the bedside. Figures are invented. */

/** Somebody calm and awake. */
const CALM_VITALS = {
  systolicMmHg: 125,
  diastolicMmHg: 80,
  heartRatePerMin: 70,
  spo2Percent: 97,
  respiratoryRatePerMin: 14,
  moaas: 5,
}

/** Ten in the morning in Fairfax, four weeks after the last one: doses of one test hold nobody back in the next. */
export function freshWeeks(t: TestDatabase): () => void {
  let weeks = 0
  return () => {
    weeks += 4
    t.clock.set(addMs('2026-11-23T15:00:00.000Z' as Instant, weeks * 7 * DAY_MS))
  }
}

/** An entry of now, unless it says otherwise. */
export function bedsideEntry<Kind extends BedsideEntry['kind']>(
  { services, clock }: Arranging,
  kind: Kind,
  data: Extract<BedsideEntry, { kind: Kind }>['data'] | object,
  more: Partial<Pick<BedsideEntry, 'at' | 'words'>> = {},
): BedsideEntry {
  return { id: anId(services), kind, at: clock.now(), data, ...more } as unknown as BedsideEntry
}

export function readingOf(t: Arranging, values: object = CALM_VITALS): BedsideEntry {
  return bedsideEntry(t, 'reading', { values, confirmed: [] })
}

function identityChecked(t: Arranging): BedsideEntry {
  return bedsideEntry(t, 'identity-checked', { identifiers: ['full-name', 'birth-date'] })
}

function checklistMet(t: Arranging): BedsideEntry {
  return bedsideEntry(t, 'checklist', {
    escortNamed: true,
    escortPhoneGiven: true,
    fasted: 'yes',
    noUseSince: 'yes',
    breathAlcoholGPer210L: 0,
  })
}

/** Everything the gate before a dose asks of the bedside. */
function beforeDose(t: Arranging): BedsideEntry[] {
  return [bedsideEntry(t, 'arrived', {}), identityChecked(t), checklistMet(t), readingOf(t)]
}

/** The nurse records; a refusal fails the test. */
export function recordAtBedside(
  { services }: Arranging,
  clinic: TestClinic,
  sessionId: SessionId,
  ...entries: readonly BedsideEntry[]
): Promise<unknown> {
  return must(runCommand(services, clinic.as.nurse, recordSessionEvents, { sessionId, entries }))
}

/** The nurse opens the session of an appointment. */
export async function sessionOf(
  { services }: Arranging,
  clinic: TestClinic,
  appointmentId: AppointmentId,
): Promise<SessionId> {
  const asked = { appointmentId, key: anId<'session'>(services) }
  return (await must(runCommand(services, clinic.as.nurse, openSession, asked))).sessionId
}

type Booking = Parameters<typeof makeBookedPerson>[2]

/** A session of somebody of their own, booked for this hour and just opened. */
export async function openedSession(t: Arranging, clinic: TestClinic, booking?: Booking): Promise<SessionId> {
  return sessionOf(t, clinic, (await makeBookedPerson(t, clinic, booking)).appointmentId)
}

/** The session of an appointment with everything but the dose. */
export async function readySessionOf(
  t: Arranging,
  clinic: TestClinic,
  appointmentId: AppointmentId,
): Promise<SessionId> {
  const sessionId = await sessionOf(t, clinic, appointmentId)
  await recordAtBedside(t, clinic, sessionId, ...beforeDose(t))
  return sessionId
}

/** Somebody booked, in their chair, with everything but the dose of 56 mg (5.6 mL of 10 mg/mL), or of another order. */
export async function readySession(t: Arranging, clinic: TestClinic, booking?: Booking): Promise<SessionId> {
  return readySessionOf(t, clinic, (await makeBookedPerson(t, clinic, booking)).appointmentId)
}

/** Starts the dose with 5.6 mL in the syringe, unless it says otherwise; the test reads what came of it. */
export function tryDose(
  { services }: Arranging,
  clinic: TestClinic,
  sessionId: SessionId,
  lotId: LotId,
  { by = clinic.as.nurse, ...change }: { readonly by?: Member } & Partial<StartDose> = {},
) {
  const key = anId<'session-event'>(services)
  return runCommand(services, by, startDose, { sessionId, key, lotId, drawnMl: 5.6, ...change })
}

/** The log of a session with its state. */
export async function logOf({ services }: Arranging, clinic: TestClinic, sessionId: SessionId) {
  return (await look(services, clinic.as.nurse, ({ db }) => sessionById(db, clinic.id, sessionId)))!
}
