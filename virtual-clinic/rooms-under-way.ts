import type { WantedVisit } from '../app/plan/index.server.ts'
import type { Appointment } from '../app/plan/index.ts'
import { runQuery } from '../app/platform/command.server.ts'
import {
  addDays,
  type Instant,
  instantAt,
  instantFromMs,
  localDateOf,
  MINUTE_MS,
  timeInWords,
  toMs,
} from '../app/platform/time.ts'
import { acknowledgeAlarm, openSession, recordSessionEvents, sessionById } from '../app/treat/index.server.ts'
import type { BedsideEntry, SessionId } from '../app/treat/index.ts'
import { answerConcerns } from './answering-concerns.ts'
import { factsOfTheDay, measure } from './assessing.ts'
import { askMedicinesAgain } from './medicines-and-work-up.ts'
import { beginDose, CHECKLIST, ESCORT, nurseOf, tablet } from './treating.ts'
import { lookAtAlarms } from './watching-alarms.ts'
import { act, type Life, minutesAfter, type RoomUnderWay, type World } from './world.ts'

/**
 * The rooms in which somebody is treated at the very moment at which the story ends and the real clock takes over, each with a
 * chair and a nurse of its own (their places in the world's lists): a calm infusion, one that was stopped because the pressure
 * rose, and somebody who recovers.
 */
const ROOMS: Readonly<Record<RoomUnderWay, Room>> = {
  calm: {
    doseAgoMin: 22,
    nurse: 1,
    chair: 0,
    readings: [
      [0.5, 2, 1, 2],
      [10, 8, 4, 5],
      [20, 13, 7, 8],
    ],
  },
  'high-pressure': {
    doseAgoMin: 33.7,
    nurse: 0,
    chair: 1,
    readings: [
      [0.5, 4, 2, 3],
      [10, 14, 8, 8],
      [20, 24, 13, 12],
    ],
  },
  recovering: {
    doseAgoMin: 78,
    nurse: 2,
    chair: 2,
    readings: [
      [0.5, 2, 1, 2],
      [10, 7, 4, 4],
      [20, 12, 6, 7],
      [30, 17, 9, 10],
      [40, 20, 10, 12],
      [53, 14, 7, 8],
      [64, 8, 4, 4],
      [74, 4, 2, 2],
    ],
  },
}

type Room = {
  /** Minutes before the end at which the dose began. */
  readonly doseAgoMin: number
  readonly nurse: number
  readonly chair: number
  /** Minute of the dose, and by how much systolic, diastolic and pulse were above what they are at rest. */
  readonly readings: readonly (readonly [number, number, number, number])[]
}

/** Minutes from arrival to the dose. */
const PREPARED_MIN = 20
/** Visits begin at fives of minutes, so the dose of these begins some minutes after that. */
const GRID_MS = 5 * MINUTE_MS
/** Of the room where the pressure rises: what the cuff says in the end, in mmHg, by minute of the dose. */
const PEAK = { min: 28, systolic: 186 }
const FALLING = [
  { min: 29.5, systolic: 178, diastolic: 16, heart: 18 },
  { min: 31, systolic: 171, diastolic: 14, heart: 15 },
  { min: 33, systolic: 162, diastolic: 12, heart: 12 },
] as const

/**
 * The visits of somebody who is to be in a room at the story's end, three a week apart.
 *
 * @returns undefined when the world has no such chair or nurse
 */
export function visitsUnderWay(world: World, room: RoomUnderWay): readonly WantedVisit[] | undefined {
  const { doseAgoMin, nurse, chair } = ROOMS[room]
  const chairId = world.chairs[chair]
  const membershipId = world.staff.nurses[nurse]?.membershipId
  if (!chairId || !membershipId) return undefined
  const arrivalMs = toMs(world.end) - (doseAgoMin + PREPARED_MIN + 1) * MINUTE_MS
  const first = instantFromMs(Math.floor(arrivalMs / GRID_MS) * GRID_MS)
  const day = localDateOf(first, world.zone)
  const time = timeInWords(first, world.zone)
  return [0, 7, 14].map((days, i) => ({
    sessionNumber: i + 1,
    startsAt: days === 0 ? first : instantAt(addDays(day, days), time, world.zone),
    chairId,
    nurseMembershipId: membershipId,
  }))
}

/** The visit of somebody in one of the rooms, from the door to the story's end; nothing after that has happened. */
export function attendRoom(
  world: World,
  life: Life,
  room: RoomUnderWay,
  appointment: Appointment,
  afterwards: (doseAt: Instant) => void,
): void {
  const nurse = nurseOf(world, appointment)
  const { doseAgoMin, readings } = ROOMS[room]
  const sessionId: SessionId = world.services.ids.next()
  const at = (minute: number, task: () => Promise<unknown>) =>
    world.table.at(minutesAfter(world.end, minute - doseAgoMin), async () => void (await task()))
  const entry = tablet(world, () => world.table.now())
  const record = (...entries: readonly BedsideEntry[]) =>
    act(world, nurse, recordSessionEvents, { sessionId, entries })
  const reading = (systolic: number, diastolic: number, heart: number) =>
    record(entry('reading', { values: valuesOf(life, systolic, diastolic, heart), confirmed: [] }))
  const { restingSystolicMmHg: atRest } = life.person

  at(-PREPARED_MIN, async () => {
    await act(world, nurse, openSession, { appointmentId: appointment.id, key: sessionId })
    await record(
      entry('arrived', {}),
      entry('identity-checked', { identifiers: ['full-name', 'birth-date'] }),
      entry('scale', { scale: 'dissociation-0-10', score: 0 }),
    )
  })
  at(-14, () => record(entry('checklist', CHECKLIST, ESCORT)))
  at(-10, async () => {
    await answerConcerns(world, life)
    await measure(world, life, factsOfTheDay(life), nurse)
    await askMedicinesAgain(world, life, nurse)
  })
  at(-8, () =>
    record(entry('access-placed', { side: 'left', place: 'forearm', gauge: 22, runsFreely: 'yes' })),
  )
  at(-6, () => reading(0, 0, 0))
  at(-2, () => record(entry('comfort', { measure: 'eye-mask', on: true }), entry('music', { on: true })))
  at(0, async () => {
    await beginDose(world, nurse, sessionId, appointment)
    afterwards(world.table.now())
  })
  for (const [minute, ...above] of readings) at(minute, () => reading(...above))
  if (room === 'recovering') {
    at(40, () => record(entry('dose-finished', {}), entry('scale', { scale: 'dissociation-0-10', score: 6 })))
    at(72, () => record(entry('scale', { scale: 'dissociation-0-10', score: 0 })))
    at(58, () => record(entry('observation', { topic: 'comfort' }, { text: 'Awake, talks about the sea.' })))
  }
  if (room !== 'high-pressure') return

  const answer = (reason: string) => answerAlarms(world, sessionId, appointment, reason)
  at(PEAK.min, () => reading(PEAK.systolic - atRest, 17, 20))
  at(PEAK.min + 0.2, () =>
    record(entry('dose-stopped', {}, { reason: `Systolic pressure ${PEAK.systolic} mmHg.` })),
  )
  // Before the ladder calls a second nurse.
  at(PEAK.min + 0.4, () => answer(`Pump stopped, head raised, ${life.prescriber.name} called.`))
  at(PEAK.min + 0.8, () =>
    record(entry('call', { to: 'prescriber', answered: 'yes' }, { text: 'Comes to the room.' })),
  )
  for (const { min, systolic, diastolic, heart } of FALLING) {
    at(min, () => reading(systolic - atRest, diastolic, heart))
    // What has been over for half a minute is.
    at(min + 0.5, () => lookAtAlarms(world))
  }
  // An acknowledged alarm whose cause lasts is raised again after five minutes.
  at(PEAK.min + 5.6, () => answer(`Falling since the pump stopped; ${life.prescriber.name} is here.`))
}

/** Takes on every alarm of the room that nobody has taken on, the red ones first: theirs cover the amber ones of the same sign. */
async function answerAlarms(world: World, sessionId: SessionId, appointment: Appointment, reason: string) {
  const nurse = nurseOf(world, appointment)
  await lookAtAlarms(world)
  for (;;) {
    const session = await runQuery(world.services, nurse, ({ db }) =>
      sessionById(db, world.system.clinicId, sessionId),
    )
    const open = session?.state.care.alarms.filter((alarm) => !alarm.resolvedAt && !alarm.acknowledged) ?? []
    const next = open.find(({ level }) => level === 'red') ?? open[0]
    if (!next) return
    const { alarmId } = next
    await act(world, nurse, acknowledgeAlarm, { sessionId, alarmId, key: world.services.ids.next(), reason })
  }
}

function valuesOf({ person }: Life, systolic: number, diastolic: number, heart: number) {
  return {
    systolicMmHg: person.restingSystolicMmHg + systolic,
    diastolicMmHg: person.restingDiastolicMmHg + diastolic,
    heartRatePerMin: person.restingHeartRatePerMin + heart,
    spo2Percent: 98,
    respiratoryRatePerMin: 15,
    moaas: 5,
  } as const
}
