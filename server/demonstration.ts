import { addMember, directory, hashPassword, setUpClinic } from '../app/identity/index.server.ts'
import type { Role, SystemActor } from '../app/platform/actor.ts'
import { runCommand } from '../app/platform/command.server.ts'
import type { ClinicId } from '../app/platform/ids.ts'
import type { Services } from '../app/platform/services.server.ts'
import { novaHealthRecovery } from './demonstration-clinic.ts'

/** One password for all invented people; the demonstration listens on loopback unless told otherwise. */
const PASSWORD = 'level-water-2026'

const PEOPLE: readonly { name: string; email: string; roles: readonly Role[] }[] = [
  { name: 'Cora Lindqvist', email: 'coordinator@example.org', roles: ['coordinator'] },
  { name: 'Dr Priya Raman', email: 'prescriber@example.org', roles: ['prescriber'] },
  { name: 'Dr Samuel Osei', email: 'prescriber2@example.org', roles: ['prescriber'] },
  { name: 'Nadia Ferris', email: 'nurse@example.org', roles: ['nurse'] },
  { name: 'Tomas Bell', email: 'nurse2@example.org', roles: ['nurse'] },
  { name: 'Ines Duarte', email: 'therapist@example.org', roles: ['therapist'] },
  { name: 'Malcolm Reyes', email: 'manager@example.org', roles: ['manager'] },
]

/**
 * Makes the demonstration clinic with its invented people when the database is empty.
 *
 * @returns what to print: who one can sign in as
 */
export async function ensureDemonstration(services: Services): Promise<string> {
  const existing = (await directory(services.db)).find((entry) => entry.isDefault)
  if (!existing) {
    const clinicId: ClinicId = services.ids.next()
    const system: SystemActor = { kind: 'system', clinicId, name: 'demonstration' }
    await runCommand(services, system, setUpClinic, { slug: 'nova', profile: novaHealthRecovery })
    const passwordHash = await hashPassword(PASSWORD)
    for (const person of PEOPLE) await runCommand(services, system, addMember, { ...person, passwordHash })
  }
  return [
    'Demonstration: every person and every number in it is invented. Sign in as',
    ...PEOPLE.map((person) => `  ${person.roles[0]!.padEnd(12)} ${person.email}`),
    `with the password ${PASSWORD}`,
  ].join('\n')
}
