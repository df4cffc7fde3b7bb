import {
  addEquipment,
  addRoom,
  enterClosures,
  saveAppointmentType,
  setWorkingWeek,
} from '../app/plan/index.server.ts'
import { STANDARD_TYPES, usFederalHolidays } from '../app/plan/index.ts'
import type { Member } from '../app/platform/actor.ts'
import { localDateOf } from '../app/platform/time.ts'
import { act, type World } from './world.ts'

/** Rooms to talk in, pumps, working weeks, closed days and one kind of appointment as this clinic has set it. */
export async function setTheDiary(world: World, treating: readonly Member[]): Promise<void> {
  const { services, system } = world
  const next = () => services.ids.next()
  await act(world, system, addRoom, { key: next(), name: 'Garden', kind: 'therapy' })
  await act(world, system, addRoom, { key: next(), name: 'Study', kind: 'consulting' })
  for (const name of ['Pump 1', 'Pump 2', 'Pump 3'])
    await act(world, system, addEquipment, { key: next(), kind: 'infusion-pump', name })
  const today = localDateOf(world.table.now(), world.zone)
  for (const member of treating) {
    await act(world, system, setWorkingWeek, {
      key: next(),
      membershipId: member.membershipId,
      validFrom: today,
      hours: [1, 2, 3, 4, 5, 6, 0].map((weekday) => ({ weekday, from: '07:00', until: '21:00' })),
    })
  }
  const dosing = STANDARD_TYPES.find(({ code }) => code === 'dosing')!
  await act(world, system, saveAppointmentType, {
    ...dosing,
    needs: { ...dosing.needs, equipment: ['infusion-pump'] },
  })
  const lastDay = localDateOf(world.end, world.zone)
  const christmas = usFederalHolidays(Number(lastDay.slice(0, 4))).filter(
    ({ title, observed }) => title === 'Christmas Day' && observed > lastDay,
  )
  await act(world, system, enterClosures, {
    days: christmas.map(({ title, observed }) => ({
      id: next(),
      day: observed,
      title,
      hours: 'closed' as const,
    })),
  })
}
