import type { Appointment } from '../app/plan/index.ts'
import type { Instant } from '../app/platform/time.ts'
import { dischargePerson, openSession, recordSessionEvents } from '../app/treat/index.server.ts'
import { type BedsideEntry, DISCHARGE_STEPS, type SessionId } from '../app/treat/index.ts'
import { answerConcerns } from './answering-concerns.ts'
import { factsOfTheDay, measure } from './assessing.ts'
import { askMedicinesAgain } from './medicines-and-work-up.ts'
import {
  beginDose,
  CHECKLIST,
  DOSE_MIN,
  ESCORT,
  nurseOf,
  readingAt,
  slowing,
  tablet,
  writeNote,
} from './treating.ts'
import { act, type Life, minutesAfter, type World } from './world.ts'

/** Minutes from the start of the infusion: few readings, the baseline before, the last one shortly before going home. */
const READINGS_MIN = [10, 25, 40, 70, 100] as const

/**
 * One visit as `attend` tells it, by a tablet that sends what was recorded in three bundles, as one that loses its connection
 * does: before the dose, after it, on going home. Every entry keeps the minute at which it was made.
 */
export function attendInBundles(
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
  const noted = (minute: number) => tablet(world, () => at(minute))
  const reading = (minute: number) =>
    noted(DOSE_MIN + minute)('reading', {
      values: readingAt(life, appointment.sessionNumber, minute),
      confirmed: [],
    })

  world.table.at(at(2), async () => {
    await act(world, nurse, openSession, { appointmentId: appointment.id, key: sessionId })
  })
  world.table.at(at(DOSE_MIN - 1), async () => {
    await record([
      noted(2)('arrived', {}),
      noted(2)('identity-checked', { identifiers: ['full-name', 'birth-date'] }),
      noted(9)('checklist', CHECKLIST, ESCORT),
      reading(-6),
    ])
    await answerConcerns(world, life)
    await measure(world, life, factsOfTheDay(life), nurse)
    await askMedicinesAgain(world, life, nurse)
  })
  let rateMlPerH = 0
  world.table.at(at(DOSE_MIN), async () => {
    rateMlPerH = (await beginDose(world, nurse, sessionId, appointment)).rateMlPerH
    afterwards(world.table.now())
  })
  world.table.at(at(DOSE_MIN + 101), async () => {
    const slowed = slowing(life, appointment.sessionNumber)
    const effect = life.random.next()
    const topic = effect < 0.18 ? 'nausea' : effect < 0.3 ? 'distress' : effect < 0.38 ? 'comfort' : undefined
    await record([
      ...READINGS_MIN.map(reading),
      ...(slowed
        ? [
            noted(DOSE_MIN + slowed.atMin)(
              'dose-rate-changed',
              { rateMlPerH: Math.round(rateMlPerH * slowed.share * 10) / 10 },
              { reason: slowed.reason },
            ),
            noted(DOSE_MIN + slowed.endMin)('dose-stopped', {}, { reason: slowed.end }),
          ]
        : [noted(DOSE_MIN + 40)('dose-finished', {})]),
      ...(topic ? [noted(DOSE_MIN + 26)('observation', { topic }, { text: 'Passed with quiet talk.' })] : []),
    ])
  })
  world.table.at(at(DOSE_MIN + 112), async () => {
    await record([
      ...DISCHARGE_STEPS.map((step) => noted(DOSE_MIN + 112)('discharge-step', { step, met: 'yes' })),
      noted(DOSE_MIN + 112)('scale', { scale: 'aldrete', score: 10 }),
    ])
    await act(world, nurse, dischargePerson, { sessionId, key: world.services.ids.next() })
    await writeNote(world, nurse, sessionId, appointment.sessionNumber)
  })
}
