import { activeOrder, cancelAppointment } from '../app/plan/index.server.ts'
import { type Appointment, infusionOf } from '../app/plan/index.ts'
import type { Member } from '../app/platform/actor.ts'
import { runQuery } from '../app/platform/command.server.ts'
import { type Instant, timeInWords } from '../app/platform/time.ts'
import {
  dischargePerson,
  openSession,
  recordSessionEvents,
  sessionById,
  signNote,
  startDose,
} from '../app/treat/index.server.ts'
import type { SessionId } from '../app/treat/index.ts'
import { type BedsideEntry, DISCHARGE_STEPS, draftNote } from '../app/treat/index.ts'
import { answerConcerns } from './answering-concerns.ts'
import { factsOfTheDay, measure } from './assessing.ts'
import { emptySyringe, stockFor } from './drug-room.ts'
import { askMedicinesAgain } from './medicines-and-work-up.ts'
import { act, type Life, minutesAfter, type World } from './world.ts'

/** Minutes from the start of the infusion at which readings are taken; the first is the baseline. */
const READINGS_MIN = [-6, 0.5, 10, 20, 30, 40, 55, 70, 85, 100] as const
export const DOSE_MIN = 22

type Slowing = {
  readonly atMin: number
  readonly share: number
  readonly endMin: number
  readonly reason: string
  readonly end: string
}

/** Whose pump is set slower, and why: every seventh person at the second visit, every eleventh at the first. Invented. */
export function slowing({ person }: Life, sessionNumber: number): Slowing | undefined {
  if (sessionNumber === 2 && person.number % 7 === 3) {
    return {
      atMin: 20,
      share: 0.6,
      endMin: 50,
      reason: 'Far away and uneasy; prescriber agreed to go slower.',
      end: 'Calm; the prescriber ended it at 50 minutes.',
    }
  }
  if (sessionNumber === 1 && person.number % 11 === 5) {
    return {
      atMin: 22,
      share: 0.75,
      endMin: 46,
      reason: 'Pressure rising; prescriber agreed to go slower.',
      end: 'Pressure settled; the syringe is all but empty.',
    }
  }
  return undefined
}

/** Makes the entries of the tablet at the bedside. @param clock when an entry says that it happened */
export function tablet(world: World, clock: () => Instant) {
  return <Kind extends BedsideEntry['kind']>(
    kind: Kind,
    data: Extract<BedsideEntry, { kind: Kind }>['data'],
    words?: BedsideEntry['words'],
  ) =>
    ({
      id: world.services.ids.next<'session-event'>(),
      kind,
      at: clock(),
      data,
      ...(words ? { words } : {}),
    }) as BedsideEntry
}

/** What the checklist says when nothing stands in the way, and who takes the person home. */
export const CHECKLIST = {
  escortNamed: true,
  escortPhoneGiven: true,
  fasted: 'yes',
  noUseSince: 'yes',
  breathAlcoholGPer210L: 0,
} as const
export const ESCORT = { escortName: 'A friend', escortPhone: '703-555-0199' }

/** The nurse begins the dose of the plan's order, from the lot in use. */
export async function beginDose(
  world: World,
  nurse: Member,
  sessionId: SessionId,
  appointment: Appointment,
): Promise<{ readonly rateMlPerH: number }> {
  const order = await runQuery(world.services, nurse, ({ db, at: now }) =>
    activeOrder(db, world.system.clinicId, appointment.planId, now),
  )
  if (!order) throw new Error('there is no active order')
  const infusion = infusionOf(order)
  if (!infusion) throw new Error('the order is no infusion')
  const lotId = await stockFor(world, infusion.volumeMl)
  await act(world, nurse, startDose, {
    sessionId,
    key: world.services.ids.next(),
    lotId,
    drawnMl: infusion.volumeMl,
  })
  return infusion
}

/** The nurse of an appointment. */
export function nurseOf({ staff: { nurses } }: World, appointment: Appointment): Member {
  return nurses.find((nurse) => nurse.membershipId === appointment.nurseMembershipId) ?? nurses[0]!
}

/**
 * One visit, from the door to the signed note, told minute by minute. What lies after the story's end is not done:
 * the session is then running when the real clock takes over.
 */
export function attend(
  world: World,
  life: Life,
  appointment: Appointment,
  afterwards: (doseAt: Instant) => void,
) {
  const nurse = nurseOf(world, appointment)
  const at = (minute: number) => minutesAfter(appointment.startsAt, minute)
  const sessionId: SessionId = world.services.ids.next()
  const record = (entries: readonly BedsideEntry[]) =>
    act(world, nurse, recordSessionEvents, { sessionId, entries })
  const entry = tablet(world, () => world.table.now())

  world.table.at(at(2), async () => {
    await act(world, nurse, openSession, { appointmentId: appointment.id, key: sessionId })
    await record([
      entry('arrived', {}),
      entry('identity-checked', { identifiers: ['full-name', 'birth-date'] }),
    ])
  })
  world.table.at(at(9), async () => {
    await record([entry('checklist', CHECKLIST, ESCORT)])
  })
  world.table.at(at(12), async () => {
    // Before a dose the day's questions are asked, and no concern about the person is left open.
    await answerConcerns(world, life)
    await measure(world, life, factsOfTheDay(life), nurse)
    await askMedicinesAgain(world, life, nurse)
  })
  for (const minute of READINGS_MIN) {
    world.table.at(at(DOSE_MIN + minute), async () => {
      await record([
        entry('reading', { values: readingAt(life, appointment.sessionNumber, minute), confirmed: [] }),
      ])
    })
  }
  let doseAt: Instant | undefined
  world.table.at(at(DOSE_MIN), async () => {
    orderedMlPerH = (await beginDose(world, nurse, sessionId, appointment)).rateMlPerH
    doseAt = world.table.now()
    afterwards(doseAt)
  })
  const slowed = slowing(life, appointment.sessionNumber)
  let orderedMlPerH = 0
  if (slowed) {
    world.table.at(at(DOSE_MIN + slowed.atMin), async () => {
      const rateMlPerH = Math.round(orderedMlPerH * slowed.share * 10) / 10
      await record([entry('dose-rate-changed', { rateMlPerH }, { reason: slowed.reason })])
    })
  }
  world.table.at(at(DOSE_MIN + (slowed?.endMin ?? 40)), async () => {
    // With the pump slower the syringe is not empty: what ran in until then is what is recorded.
    await record([slowed ? entry('dose-stopped', {}, { reason: slowed.end }) : entry('dose-finished', {})])
  })
  if (life.random.chance(0.25)) {
    world.table.at(at(DOSE_MIN + 25), async () => {
      await record([
        entry(
          'observation',
          { topic: life.random.pick(['nausea', 'comfort', 'distress'] as const) },
          { text: 'Passed with quiet talk.' },
        ),
      ])
    })
  }
  world.table.at(at(DOSE_MIN + 112), async () => {
    await record([
      ...DISCHARGE_STEPS.map((step) => entry('discharge-step', { step, met: 'yes' })),
      entry('scale', { scale: 'aldrete', score: 10 }),
    ])
    await act(world, nurse, dischargePerson, { sessionId, key: world.services.ids.next() })
  })
  world.table.at(at(DOSE_MIN + 128), () => writeNote(world, nurse, sessionId, appointment.sessionNumber))
}

export async function writeNote(world: World, nurse: Member, sessionId: SessionId, sessionNumber: number) {
  await emptySyringe(world, nurse, sessionId)
  const session = await runQuery(world.services, nurse, ({ db }) =>
    sessionById(db, world.system.clinicId, sessionId),
  )
  if (!session) throw new Error('the session is not there')
  const draft = draftNote(session.events, {
    sessionNumber,
    lotNumber: undefined,
    consent: [],
    stretches: [],
    time: (instant) => timeInWords(instant as Instant, world.zone),
    name: (id) => world.staff.nurses.find((n) => n.accountId === id)?.name ?? 'somebody of the clinic',
  })
  await act(world, nurse, signNote, {
    sessionId,
    key: world.services.ids.next(),
    body: draft.map((sentence) => sentence.text).join('\n'),
    basedOn: 0,
    draft,
    log: { says: draft, entries: session.events.length },
    closingKey: world.services.ids.next(),
    stepUp: { accountId: nurse.accountId, at: world.table.now() },
  })
}

/** Pressure and pulse rise with the infusion, peak near its end, and settle: shape invented, limits not passed by most. */
export function readingAt({ person, random }: Life, sessionNumber: number, minute: number) {
  const rise = minute <= 0 ? 0 : minute <= 40 ? minute / 40 : Math.max(0, 1 - (minute - 40) / 45)
  const strength = 14 + (person.number % 5) * 4 + (sessionNumber === 1 ? 4 : 0)
  const noise = (spread: number) => Math.round(spread * random.normal())
  const late = minute > 60
  return {
    systolicMmHg: Math.round(person.restingSystolicMmHg + rise * strength) + (late ? 0 : noise(2)),
    diastolicMmHg: Math.round(person.restingDiastolicMmHg + rise * strength * 0.5) + (late ? 0 : noise(1.5)),
    // No dose is started on an amber value without somebody who was asked.
    heartRatePerMin: Math.max(56, Math.round(person.restingHeartRatePerMin + rise * 12) + noise(2)),
    spo2Percent: Math.min(100, Math.max(95, 98 - Math.round(rise) + noise(0.6))),
    respiratoryRatePerMin: Math.max(11, Math.min(20, 15 + noise(1))),
    moaas: minute > 15 && minute < 60 && person.number % 6 === 0 ? 4 : 5,
  } as const
}

/** The rest of the series is given up: cancelled by staff at the person's wish. */
export function stopSeries(world: World, appointments: readonly Appointment[], at: Instant) {
  world.table.at(at, async () => {
    for (const appointment of appointments) {
      await act(world, world.staff.coordinator, cancelAppointment, {
        appointmentId: appointment.id,
        reason: 'asked-by-patient',
      })
    }
  })
}
