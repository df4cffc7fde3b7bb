import {
  askAboutVisit,
  cancelAppointment,
  chooseReminders,
  enterWish,
  giveFreed,
  sendReminders,
  visitsBetween,
} from '../app/plan/index.server.ts'
import { runQuery } from '../app/platform/command.server.ts'
import { addDays, type Instant, instantAt, type LocalDate, localDateOf } from '../app/platform/time.ts'
import { act, type Life, type World } from './world.ts'

/** Mornings before the end on which the clinic's job hands over reminders; those of before are long past. */
const REMINDED_DAYS = 14

/** Two of three turn reminders by e-mail on, in the portal. */
export async function turnOnReminders(world: World, life: Life): Promise<void> {
  if (life.brief || life.person.number % 3 === 2) return
  await act(world, life.patient!, chooseReminders, {
    key: world.services.ids.next(),
    channel: 'email',
    choice: 'on',
  })
}

/** Every morning of the last weeks the clinic's job hands over the reminders that are due. */
export function remindEveryMorning(world: World, today: LocalDate): void {
  for (let back = REMINDED_DAYS; back >= 0; back--) {
    const at = instantAt(addDays(today, -back), '10:05', world.zone)
    if (at > world.end) continue
    world.table.at(at, async () => {
      await act(world, world.system, sendReminders, { publicUrl: '' })
    })
  }
}

/**
 * Yesterday afternoon: two people who wait for a talk are on the list, two talks of the weeks ahead are cancelled. One of the freed
 * times is offered on the telephone and taken; the other is free, and the list says who would take it. Somebody asks by the
 * portal for another time.
 */
export function changeVisits(world: World, lives: readonly Life[], today: LocalDate): void {
  world.table.at(instantAt(addDays(today, -1), '15:40', world.zone), async () => {
    const { coordinator } = world.staff
    const talks = await talksAhead(world, instantAt(addDays(today, 6), '00:00', world.zone))
    const [first, second, third] = talks
    if (!first || !second) return
    const concerned = new Set(talks.map(({ personId }) => personId))
    const treated = lives.filter(
      (life) =>
        !life.brief && life.patient && life.person.course === 'whole-course' && !concerned.has(life.personId),
    )
    const wishes = []
    for (const life of treated.slice(-2)) {
      const id = world.services.ids.next<'waiting-wish'>()
      await act(world, coordinator, enterWish, {
        id,
        personId: life.personId,
        typeCode: first.typeCode,
        appointmentId: undefined,
        earliest: today,
        latest: addDays(today, 40),
        weekdays: [],
        fromTime: '08:00',
        untilTime: '20:00',
      })
      wishes.push(id)
    }
    for (const visit of [first, second])
      await act(world, coordinator, cancelAppointment, {
        appointmentId: visit.id,
        reason: 'asked-by-patient',
      })
    if (wishes[0])
      await act(world, coordinator, giveFreed, {
        wishId: wishes[0],
        freedId: first.id,
        seriesKey: world.services.ids.next(),
      })
    const asking = third && lives.find((life) => life.personId === third.personId)?.patient
    if (asking)
      await act(world, asking, askAboutVisit, {
        key: world.services.ids.next(),
        appointmentId: third.id,
        kind: 'move',
        words: 'My shift was changed. Is there a later hour on the same day?',
      })
  })
}

/** Integration sessions from an instant on for four weeks, each of another person. */
async function talksAhead(world: World, from: Instant) {
  const until = instantAt(addDays(localDateOf(from, world.zone), 28), '00:00', world.zone)
  const visits = await runQuery(world.services, world.system, ({ db }) =>
    visitsBetween(db, world.system.clinicId, from, until),
  )
  const seen = new Set<string>()
  return visits.filter(
    ({ typeCode, personId }) => typeCode === 'integration' && !seen.has(personId) && seen.add(personId),
  )
}
