import { addMember, hashPassword, setUpClinic } from '../app/identity/index.server.ts'
import { addChair } from '../app/plan/index.server.ts'
import type { Member, Role, StaffRole, SystemActor } from '../app/platform/actor.ts'
import type { Config } from '../app/platform/config.ts'
import { type ClinicId, uuidv7Source } from '../app/platform/ids.ts'
import type { Jobs } from '../app/platform/jobs.server.ts'
import type { Log } from '../app/platform/log.server.ts'
import { addMs, DAY_MS, type Instant, toMs } from '../app/platform/time.ts'
import type { OpenDatabase } from '../server/database.ts'
import { composeServices } from '../server/services.ts'
import { adoptProtocols } from './adopting-protocols.ts'
import { seededRandom } from './random.ts'
import { setTheDiary } from './setting-the-diary.ts'
import { timetable } from './timetable.ts'
import { act, type World } from './world.ts'

export type InventedStaff = { readonly name: string; readonly email: string; readonly role: StaffRole }

/** In the story jobs are not queued: its timetable does what the clinic's schedule would do, and no mail leaves. */
const noQueue: Jobs = { plan: async () => {} }

/**
 * Makes an invented clinic, not yet open (`openClinic`), that begins `days` before `end`, with staff and chairs, on a simulated clock.
 *
 * @param seed of ids and of everybody's chance: the same seed gives the same clinic
 */
export async function openVirtualClinic(
  database: OpenDatabase,
  config: Config,
  log: Log,
  clinic: {
    readonly slug: string
    readonly profile: { readonly timeZone: string } & Readonly<Record<string, unknown>>
    readonly staff: readonly InventedStaff[]
    readonly password: string
    readonly seed: number
    readonly end: Instant
    /** How long the clinic has been open; a year when not said. */
    readonly days?: number
    /** Protocols of the library that it adopts; the one its people are treated by when not said. */
    readonly protocols?: readonly string[]
  },
): Promise<World> {
  const table = timetable(addMs(clinic.end, -(clinic.days ?? 366) * DAY_MS))
  const random = seededRandom(clinic.seed)
  const ids = uuidv7Source(
    () => toMs(table.now()),
    (bytes) => {
      for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(random.next() * 256)
    },
  )
  const services = composeServices(database, config, log, { clock: table, ids, jobs: noQueue })
  const clinicId: ClinicId = ids.next()
  const system: SystemActor = { kind: 'system', clinicId, name: 'virtual-clinic' }
  const start = { services, table, zone: clinic.profile.timeZone, system, end: clinic.end, lot: undefined }
  const bare = start as unknown as World
  await act(bare, system, setUpClinic, {
    slug: clinic.slug,
    profile: clinic.profile,
    unlisted: true,
  })
  const passwordHash = await hashPassword(clinic.password)
  const members: Member[] = []
  for (const { name, email, role } of clinic.staff) {
    const roles: readonly Role[] = [role]
    const made = await act(bare, system, addMember, { name, email, passwordHash, roles })
    members.push({
      kind: 'member',
      clinicId,
      accountId: made.accountId,
      membershipId: made.membershipId,
      name,
      roles,
    })
  }
  const withRole = (role: StaffRole) => members.filter((member) => member.roles.includes(role))
  const [prescriber, ...otherPrescribers] = withRole('prescriber')
  const chairs = []
  for (const [roomName, name] of [
    ['Harbor', 'Harbor chair'],
    ['Meadow', 'Meadow chair'],
    ['Window', 'Window chair'],
  ] as const) {
    const { chairId } = await act(bare, system, addChair, {
      key: ids.next(),
      roomName,
      name,
      turnaroundMin: 15,
    })
    chairs.push(chairId)
  }
  await setTheDiary(
    bare,
    members.filter(({ roles }) => roles.some((role) => ['nurse', 'therapist', 'prescriber'].includes(role))),
  )
  const world: World = {
    ...start,
    chairs,
    staff: {
      coordinator: withRole('coordinator')[0]!,
      prescribers: [prescriber!, ...otherPrescribers],
      nurses: withRole('nurse'),
      therapist: withRole('therapist')[0]!,
      manager: withRole('manager')[0]!,
    },
  }
  adoptProtocols(world, clinic.protocols ?? ['aud-kare'])
  return world
}
