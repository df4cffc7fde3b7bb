import { afterAll, beforeAll, expect, it } from 'vitest'
import { appointmentById } from '../app/plan/index.server.ts'
import type { Appointment } from '../app/plan/index.ts'
import { jsonLog } from '../app/platform/log.server.ts'
import { MINUTE_MS } from '../app/platform/time.ts'
import { type Session, sessionById, watchAlarms } from '../app/treat/index.server.ts'
import type { SessionId } from '../app/treat/index.ts'
import {
  asSystem,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../tests/database/test-clinic.ts'
import { openVirtualClinic } from './open-virtual-clinic.ts'
import { liveThrough } from './story.ts'

let t: TestDatabase
let clinic: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  const log = jsonLog('quiet', () => t.clock.now(), console.error)
  const roles = [
    'coordinator',
    'prescriber',
    'prescriber',
    'nurse',
    'nurse',
    'nurse',
    'therapist',
    'manager',
  ] as const
  const world = await openVirtualClinic(t.database, t.services.config, log, {
    slug: 'harbor',
    profile: {
      name: 'Harbor',
      timeZone: 'America/New_York',
      city: 'Fairfax',
      region: 'Virginia',
      phoneDisplay: '703-555-0100',
      openingHours: [{ days: 'Monday to Sunday', opens: '07:00', closes: '21:00' }],
      demonstration: true,
    },
    staff: roles.map((role, i) => ({ name: `${role} ${i}`, email: `${role}${i}@example.org`, role })),
    password: 'level-water-2026',
    seed: 7,
    // Ten in the morning in the clinic's zone.
    end: t.clock.now(),
  })
  clinic = { id: world.system.clinicId, system: world.system, as: undefined as never }
  await liveThrough(world, { seed: 7, howMany: 0, roomsUnderWay: true })
}, 180_000)
afterAll(() => t.close())

/** The sessions in which somebody is treated now, by the room's name. */
async function underWay(): Promise<Record<string, Session>> {
  const { rows } = await t.owner.query<{ id: SessionId }>(
    'select id from dosing_session where clinic_id = $1',
    [clinic.id],
  )
  const sessions = await asSystem(t.services, clinic, ({ db }) =>
    Promise.all(
      rows.map(async ({ id }) => {
        const session = (await sessionById(db, clinic.id, id))!
        const visit = await appointmentById(db, clinic.id, session.appointmentId as Appointment['id'])
        return [visit?.roomName ?? '', session] as const
      }),
    ),
  )
  return Object.fromEntries(sessions.filter(([, { state }]) => !state.dischargedAt && !state.closed))
}

it('shows an infusion, one that was stopped for high pressure, and a recovery, each watched by somebody else', async () => {
  const { Harbor, Meadow, Window, ...more } = await underWay()
  expect(more).toEqual({})
  expect([Harbor, Meadow, Window].map((session) => session?.state.phase)).toEqual([
    'monitor',
    'recover',
    'recover',
  ])
  expect(new Set([Harbor, Meadow, Window].map((session) => session?.state.care.watch?.by)).size).toBe(3)
  expect(Harbor!.state.care.alarms).toEqual([])
  expect(Window!.state.care.alarms).toEqual([])

  const { alarms, watch } = Meadow!.state.care
  const red = alarms.filter(({ level }) => level === 'red')
  expect(red).toMatchObject([{ cause: 'sbp-high-red', acknowledged: { by: watch?.by }, ladderStep: 0 }])
  const answer = Meadow!.events.find(
    ({ kind, words }) => kind === 'alarm' && /Pump stopped/.test(words?.reason ?? ''),
  )
  expect(answer?.by).toBe(watch?.by)
  const now = Date.parse(t.clock.now())
  expect(now - Date.parse(red[0]!.acknowledged!.at)).toBeLessThan(10 * MINUTE_MS)
  // Readings went on; by the last one the pressure is amber, and that is taken on as well.
  expect(Meadow!.state.readings.filter(({ at }) => at > red[0]!.acknowledged!.at)).toHaveLength(3)
  const open = alarms.filter(({ resolvedAt }) => resolvedAt === undefined)
  expect(open.length).toBeGreaterThan(0)
  for (const alarm of open) expect(alarm).toMatchObject({ level: 'amber', acknowledged: { by: watch?.by } })
})

it('has nothing in its logs that a server, when it begins, sees otherwise', async () => {
  const before = (await underWay()).Meadow!.events
  const boot = async () => {
    const watch = watchAlarms(
      t.services,
      t.services.ids.next(),
      () => 0,
      undefined,
      async () => [clinic.id],
    )
    await watch.tick()
    await watch.settled()
    await watch.stop()
    return (await underWay()).Meadow!.events
  }
  expect(await boot()).toEqual(before)
  // A minute later as well: what was taken on rests for some minutes.
  t.clock.advance(MINUTE_MS)
  expect(await boot()).toEqual(before)
})
