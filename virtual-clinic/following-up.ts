import { inviteDueCheckIns, submitCheckIn } from '../app/follow-up/index.server.ts'
import { addDays, daysBetween, type Instant, instantAt, localDateOf } from '../app/platform/time.ts'
import { dayAfterFirstSession } from './invented-person.ts'
import { act, type Life, minutesAfter, type World } from './world.ts'

/** Every morning the clinic's job invites whoever is due, for as long as the story lasts. */
export function inviteEveryMorning(world: World, from: Instant) {
  const day = localDateOf(from, world.zone)
  const at = instantAt(day, '09:05', world.zone)
  world.table.at(at, async () => {
    await act(world, world.system, inviteDueCheckIns, { publicUrl: '' })
    const next = instantAt(addDays(day, 1), '09:05', world.zone)
    if (next <= world.end) inviteEveryMorning(world, next)
  })
}

/** The person's own check-ins after the first session: often at first, then seldom, and some fall silent. */
export function checkIn(world: World, life: Life, firstDoseAt: Instant) {
  const start = localDateOf(firstDoseAt, world.zone)
  const lastDay = Math.min(364, daysBetween(start, localDateOf(world.end, world.zone)))
  for (let day = 1; day <= lastDay; day++) {
    const asked = day <= 28 || (day <= 90 ? day % 7 === 0 || day % 7 === 3 : day % 7 === 0)
    const today = dayAfterFirstSession(life.person, day, life.random)
    if (!asked || !today.answered) continue
    const at = minutesAfter(instantAt(addDays(start, day), '09:30', world.zone), life.random.integer(0, 600))
    world.table.at(at, async () => {
      await act(world, life.patient!, submitCheckIn, {
        key: world.services.ids.next<'check-in'>(),
        answers: {
          craving0to10: today.craving0to10,
          used: today.used ? 'yes' : 'no',
          substances: today.used ? ['alcohol'] : [],
          mood0to10: today.mood0to10,
          words: today.used ? 'It was one evening. I called my sister the next day.' : null,
        },
      })
    })
  }
}
