import { addMember, directory, members } from '../../app/identity/index.server.ts'
import type { SignOrder } from '../../app/plan/index.server.ts'
import { addEquipment, setWorkingWeek } from '../../app/plan/index.server.ts'
import type { Member, Role } from '../../app/platform/actor.ts'
import { runCommand } from '../../app/platform/command.server.ts'
import { toConfig } from '../../app/platform/config.ts'
import { jsonLog } from '../../app/platform/log.server.ts'
import type { Services } from '../../app/platform/services.server.ts'
import { type LocalDate, localDateOf, parseInstant } from '../../app/platform/time.ts'
import { receiveStock } from '../../app/treat/index.server.ts'
import { openDatabase } from '../../server/database.ts'
import { composeServices } from '../../server/services.ts'
import { makeBookedPerson } from '../database/booked-person.ts'
import { anId, asSystem, must, type TestClinic } from '../database/test-clinic.ts'

export type PreparedVisit = {
  /** Of the person, as the board and the bedside show it. */
  readonly name: string
  /** Of the room of their own. */
  readonly roomName: string
}

/**
 * Gives a running demonstration clinic people with everything a dose needs, each booked an hour after `at` in a chair, with a
 * pump and a nurse of their own, so that no other visit stands in the way. By the clinic's commands, from a second process.
 *
 * @param folder of the running clinic
 * @param at the demonstration's hour, ISO 8601
 * @param asked names of nobody else in the clinic; `devices`: 56 mg of esketamine spray instead of an infusion
 */
export async function prepareVisits(
  folder: string,
  at: string,
  asked: readonly { readonly name: string; readonly devices?: boolean }[],
): Promise<readonly PreparedVisit[]> {
  const read = toConfig({ EVENKEEL_DATA: folder, EVENKEEL_LOG: 'quiet' })
  if (!read.ok) throw new Error(read.problems.join())
  const database = await openDatabase(read.config, () => {})
  try {
    const clock = { now: () => parseInstant(at) }
    const log = jsonLog('quiet', () => at, console.error)
    // Nothing here needs a mail or a timer: what is planned is the running clinic's own affair.
    const services = composeServices(database, read.config, log, { clock, jobs: { plan: async () => {} } })
    const clinic = await demonstrationClinic(services)
    const visits: PreparedVisit[] = []
    for (const { name, devices } of asked) {
      const nurse = await somebodyFree(services, clinic, name)
      if (devices) await receiveDevices(services, clinic)
      const by = { protocolId: 'esk-trd', dose: { kind: 'units', mg: 56, unitMg: 28 } as SignOrder['dose'] }
      const booked = await makeBookedPerson({ services, clock }, clinic, {
        name,
        nurse,
        ...(devices ? { by } : {}),
      })
      visits.push({ name, roomName: booked.roomName })
    }
    return visits
  } finally {
    await database.close()
  }
}

/** The clinic of the folder with its own staff, found by their e-mail addresses. */
async function demonstrationClinic(services: Services): Promise<TestClinic> {
  const found = (await directory(services.db)).find(({ isDefault }) => isDefault)
  if (!found) throw new Error('the folder holds no clinic')
  const id = found.clinicId
  const system = { kind: 'system', clinicId: id, name: 'journey' } as const
  const staff = await asSystem(services, { id, system } as TestClinic, ({ db }) => members(db, id))
  const as = (email: string): Member => {
    const member = staff.find((each) => each.email === `${email}@example.org`)
    if (!member) throw new Error(`nobody works here as ${email}@example.org`)
    const { accountId, membershipId, name, roles } = member
    return { kind: 'member', clinicId: id, accountId, membershipId, name, roles }
  }
  return {
    id,
    system,
    as: {
      coordinator: as('coordinator'),
      prescriber: as('prescriber'),
      secondPrescriber: as('prescriber2'),
      nurse: as('nurse'),
      secondNurse: as('nurse2'),
      therapist: as('therapist'),
      manager: as('manager'),
      researcher: as('researcher'),
    },
  }
}

/** A nurse whom nobody else has booked, and a pump that nobody else needs. */
async function somebodyFree(services: Services, clinic: TestClinic, person: string): Promise<Member> {
  const { system } = clinic
  const name = `Nurse for ${person}`
  const roles: Role[] = ['nurse']
  const made = await must(
    runCommand(services, system, addMember, {
      email: `${anId(services)}@example.org`,
      name,
      passwordHash: 'none',
      roles,
    }),
  )
  const { timeZone } = await services.clinicProfile(clinic.id)
  await must(
    runCommand(services, system, setWorkingWeek, {
      key: anId(services),
      membershipId: made.membershipId,
      validFrom: localDateOf(services.clock.now(), timeZone),
      hours: [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '07:00', until: '21:00' })),
    }),
  )
  const pump = { key: anId<'equipment'>(services), kind: 'infusion-pump', name: `Pump for ${person}` }
  await must(runCommand(services, system, addEquipment, pump))
  const { accountId, membershipId } = made
  return { kind: 'member', clinicId: clinic.id, accountId, membershipId, name, roles }
}

async function receiveDevices(services: Services, clinic: TestClinic): Promise<void> {
  await must(
    runCommand(services, clinic.as.manager, receiveStock, {
      key: anId<'drug-lot'>(services),
      drug: 'Esketamine nasal spray',
      lotNumber: 'SPRAY-7',
      form: 'nasal-device',
      unitMg: 28,
      units: 6,
      expiresOn: '2031-12-31' as LocalDate,
      reason: 'delivery',
    }),
  )
}
