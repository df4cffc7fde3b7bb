import { addMember, directory, hashPassword, openClinic } from '../app/identity/index.server.ts'
import { runCommand } from '../app/platform/command.server.ts'
import type { Config } from '../app/platform/config.ts'
import type { Log } from '../app/platform/log.server.ts'
import type { Services } from '../app/platform/services.server.ts'
import { dateInWords, localDateOf } from '../app/platform/time.ts'
import { type InventedStaff, openVirtualClinic } from '../virtual-clinic/open-virtual-clinic.ts'
import { liveThrough } from '../virtual-clinic/story.ts'
import { act } from '../virtual-clinic/world.ts'
import type { OpenDatabase } from './database.ts'
import { novaHealthRecovery } from './demonstration-clinic.ts'
import { demonstrationMonitors } from './demonstration-monitors.ts'

/** One password for all invented people; the demonstration listens on loopback unless told otherwise. */
const PASSWORD = 'level-water-2026'
const SEED = 20_261_122
/** Beside the forty of the last year: enough for figures about groups, few enough for a quick first start. */
const PEOPLE_OF_EARLIER = 72
const PATIENT_EMAIL = 'patient@example.org'

const STAFF: readonly InventedStaff[] = [
  { name: 'Cora Lindqvist', email: 'coordinator@example.org', role: 'coordinator' },
  { name: 'Dr Priya Raman', email: 'prescriber@example.org', role: 'prescriber' },
  { name: 'Dr Samuel Osei', email: 'prescriber2@example.org', role: 'prescriber' },
  { name: 'Nadia Ferris', email: 'nurse@example.org', role: 'nurse' },
  { name: 'Tomas Bell', email: 'nurse2@example.org', role: 'nurse' },
  { name: 'Ruth Adeyemi', email: 'nurse3@example.org', role: 'nurse' },
  { name: 'Ines Duarte', email: 'therapist@example.org', role: 'therapist' },
  { name: 'Malcolm Reyes', email: 'manager@example.org', role: 'manager' },
  { name: 'Wanjiru Halloran', email: 'researcher@example.org', role: 'researcher' },
]

/**
 * Makes the demonstration clinic with two years of invented history when the database is empty.
 *
 * @param say tells the terminal what takes time
 * @returns what to print: who one can sign in as
 */
export async function ensureDemonstration(
  database: OpenDatabase,
  config: Config,
  log: Log,
  services: Services,
  say: (line: string) => void,
): Promise<string> {
  const clinics = await directory(services.db)
  if (clinics.length === 0) {
    say('Making the demonstration: two years of invented people, lived through the clinic’s own commands …')
    const history = database.forHistory()
    const world = await openVirtualClinic({ ...database, db: history.db }, config, log, {
      slug: 'nova',
      profile: novaHealthRecovery,
      staff: STAFF,
      password: PASSWORD,
      seed: SEED,
      end: services.clock.now(),
      days: 735,
      protocols: ['aud-kare', 'trd-acute', 'esk-trd'],
    })
    const zone = novaHealthRecovery.timeZone
    const lives = await liveThrough(world, {
      seed: SEED,
      earlier: PEOPLE_OF_EARLIER,
      roomsUnderWay: true,
      onProgress: (now) => say(`  … ${dateInWords(localDateOf(now, zone))}`),
    })
    // Somebody well on their way, who still answers, is the patient one can sign in as.
    const treated = lives.filter(
      ({ brief, person }) => !brief && person.course === 'whole-course' && person.silentFromDay === undefined,
    )
    const patient = treated[Math.floor(treated.length * 0.7)]
    if (patient) {
      await act(world, world.system, addMember, {
        email: PATIENT_EMAIL,
        name: patient.person.name,
        passwordHash: await hashPassword(PASSWORD),
        roles: ['patient'],
        personId: patient.personId,
      })
    }
    await demonstrationMonitors(world.services, config.dataFolder, world.system.clinicId)
    await history.close()
    // Only a whole story is opened: one that was interrupted is never found, and the next start makes another. On the
    // clinic's own connection: its commit waits for the disk, and takes all that was written before with it.
    const opened = await runCommand(services, world.system, openClinic, {})
    if (!opened.ok) throw new Error(`the demonstration was not opened: ${opened.reason}`)
  }
  const monitors = await demonstrationMonitors(services, config.dataFolder)
  return [
    'Demonstration: every person and every number in it is invented. Sign in as',
    ...STAFF.map((person) => `  ${person.role.padEnd(12)} ${person.email}`),
    `  ${'patient'.padEnd(12)} ${PATIENT_EMAIL}`,
    `with the password ${PASSWORD}`,
    ...(monitors ? [monitors] : []),
  ].join('\n')
}
