import { inviteDueCheckIns, stopInvitations, submitCheckIn } from '../app/follow-up/index.server.ts'
import { addDays, daysBetween, type Instant, instantAt, localDateOf } from '../app/platform/time.ts'
import { dayAfterFirstSession } from './invented-person.ts'
import { act, type Life, minutesAfter, type World } from './world.ts'

/** Days after the first session on which people of earlier are asked and may answer. */
const SELDOM: ReadonlySet<number> = new Set([
  2, 5, 8, 12, 16, 20, 24, 28, 35, 42, 49, 56, 63, 70, 77, 84, 87, 91, 105, 119, 133, 147, 161, 178, 182, 203,
  224, 245, 266, 287, 308, 329, 350, 363,
])

/** From then on some of the people of earlier ask not to be asked any more. */
const STOPS_AFTER_DAY = 98

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
  const saysStop = life.brief && life.random.chance(0.25) ? STOPS_AFTER_DAY + life.random.integer(0, 60) : 999
  if (saysStop <= Math.min(lastDay, life.person.silentFromDay ?? 999)) {
    world.table.at(instantAt(addDays(start, saysStop), '19:10', world.zone), async () => {
      await act(world, life.patient!, stopInvitations, { key: world.services.ids.next<'check-in-choice'>() })
    })
  }
  let usedSince = false
  for (let day = 1; day <= lastDay; day++) {
    const asked = life.brief
      ? SELDOM.has(day)
      : day <= 28 || (day <= 90 ? day % 7 === 0 || day % 7 === 3 : day % 7 === 0)
    const today = dayAfterFirstSession(life.person, day, life.random)
    // Who is asked seldom answers for the days in between as well.
    usedSince = today.used || (life.brief && usedSince)
    if (!asked || !today.answered || day > saysStop) continue
    const used = usedSince
    usedSince = false
    const at = minutesAfter(instantAt(addDays(start, day), '09:30', world.zone), life.random.integer(0, 600))
    world.table.at(at, async () => {
      await act(world, life.patient!, submitCheckIn, {
        key: world.services.ids.next<'check-in'>(),
        answers: {
          craving0to10: today.craving0to10,
          used: used ? 'yes' : 'no',
          substances: used ? ['alcohol'] : [],
          mood0to10: today.mood0to10,
          words: used ? 'It was one evening. I called my sister the next day.' : null,
        },
      })
    })
  }
}
