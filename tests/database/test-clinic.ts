import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { addMember, newSecretToken, registerPerson, setUpClinic } from '../../app/identity/index.server.ts'
import { action, theSystem } from '../../app/platform/access.ts'
import type { Actor, Member, Role, SystemActor } from '../../app/platform/actor.ts'
import {
  type Command,
  type Needs,
  type ReadNeeds,
  runCommand,
  runQuery,
} from '../../app/platform/command.server.ts'
import { toConfig } from '../../app/platform/config.ts'
import { type ClinicId, type Id, type PersonId, uuidv7Source } from '../../app/platform/ids.ts'
import type { JobData, Jobs } from '../../app/platform/jobs.server.ts'
import { jsonLog } from '../../app/platform/log.server.ts'
import { done, type Outcome } from '../../app/platform/outcome.ts'
import type { Services } from '../../app/platform/services.server.ts'
import { addMs, type Clock, type Instant, parseInstant } from '../../app/platform/time.ts'
import { connect, type OpenDatabase } from '../../server/database.ts'
import { composeServices } from '../../server/services.ts'
import { adoptProtocol } from './adopted-protocol.ts'
import { withDatabase } from './global-setup.ts'

/** A clock that stands until a test moves it. */
export type TestClock = Clock & { set(at: string): void; advance(ms: number): void }

export function testClock(start = '2026-11-22T15:00:00.000Z'): TestClock {
  let at: Instant = parseInstant(start)
  return {
    now: () => at,
    set(text) {
      at = parseInstant(text)
    },
    advance(ms) {
      at = addMs(at, ms)
    },
  }
}

/** Keeps what was planned, so that a test can look at it or run it. */
export type RecordedJobs = Jobs & {
  readonly planned: { name: string; data: JobData; runAt: Instant | undefined }[]
}

export function recordedJobs(): RecordedJobs {
  const planned: RecordedJobs['planned'] = []
  return {
    planned,
    async plan(_db, name, data, options = {}) {
      planned.push({ name, data, runAt: options.runAt })
    },
  }
}

/** What an arranged beginning is written with: the services, and the clock it happens by. */
export type Arranging = { readonly services: Services; readonly clock: Clock }

export type TestDatabase = {
  readonly services: Services
  readonly clock: TestClock
  readonly jobs: RecordedJobs
  /** The owner's connection: for looking beneath row-level security and for tampering. */
  readonly owner: pg.Pool
  readonly settings: pg.ClientConfig
  readonly database: OpenDatabase
  /** Begins a session without a password. @returns the cookie's value */
  sessionFor(member: Member): Promise<string>
  close(): Promise<void>
}

let databases = 0

/** A fresh database copied from the migrated template, with services whose clock stands still. */
export async function openTestDatabase(
  options: { readonly logErrors?: boolean } = {},
): Promise<TestDatabase> {
  const { settings, template } = inject('testServer')
  databases += 1
  const name = `${template}_${process.pid}_${databases}_${randomBytes(3).toString('hex')}`
  const admin = new pg.Client(settings)
  await admin.connect()
  await admin.query(`create database ${name} template ${template}`)
  await admin.end()
  const own = withDatabase(settings, name)
  const database = connect(own as pg.PoolConfig, () => {})
  // Made when something is first written there, such as the key of the ledger's checkpoints.
  const dataFolder = join(tmpdir(), `evenkeel-data-${name}`)
  const config = toConfig({ EVENKEEL_LOG: 'quiet', EVENKEEL_DATA: dataFolder })
  if (!config.ok) throw new Error(config.problems.join())
  const clock = testClock()
  const jobs = recordedJobs()
  const log = jsonLog(
    'quiet',
    () => clock.now(),
    options.logErrors === false ? () => {} : (line) => console.error(line),
  )
  let counter = 0
  const ids = uuidv7Source(
    () => Date.parse(clock.now()),
    (bytes) => {
      randomBytes(bytes.length).copy(bytes)
      // Rising even while the clock stands, so that "newest" has one meaning in tests.
      counter += 1
      bytes[6] = (counter >> 14) & 0x0f
      bytes[7] = (counter >> 6) & 0xff
      bytes[8] = counter & 0x3f
    },
  )
  const services = composeServices(database, config.config, log, { clock, ids, jobs })
  return {
    services,
    clock,
    jobs,
    owner: database.ownerPool,
    settings: own,
    database,
    async sessionFor(member) {
      const { token, hash } = newSecretToken(member.clinicId)
      const at = clock.now()
      await database.ownerPool.query(
        'insert into login_session (clinic_id, token_hash, membership_id, created_at, last_seen_at) values ($1, $2, $3, $4, $4)',
        [member.clinicId, hash, member.membershipId, at],
      )
      return token
    },
    async close() {
      await database.close()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

export type TestClinic = {
  readonly id: ClinicId
  readonly system: SystemActor
  readonly as: Readonly<Record<Exclude<Role, 'patient'>, Member>> & {
    readonly secondPrescriber: Member
    readonly secondNurse: Member
  }
}

/** A clinic with one member per staff role, a second prescriber and nurse, and one protocol adopted. Names are invented. */
export async function makeClinic(services: Services, slug = 'harbor'): Promise<TestClinic> {
  const id: ClinicId = services.ids.next()
  const system: SystemActor = { kind: 'system', clinicId: id, name: 'test' }
  await must(
    runCommand(services, system, setUpClinic, {
      slug,
      profile: {
        name: `${slug} clinic`,
        city: 'Fairfax',
        region: 'Virginia',
        phoneDisplay: '703-555-0100',
        email: `${slug}@example.org`,
        demonstration: true,
      },
    }),
  )
  const member = async (key: string, roles: readonly Role[]): Promise<Member> => {
    const name = `${key} of ${slug}`
    const made = await must(
      runCommand(services, system, addMember, {
        email: `${key}.${slug}@example.org`.toLowerCase(),
        name,
        passwordHash: 'none',
        roles,
      }),
    )
    return {
      kind: 'member',
      clinicId: id,
      accountId: made.accountId,
      membershipId: made.membershipId,
      name,
      roles,
    }
  }
  const clinic: TestClinic = {
    id,
    system,
    as: {
      coordinator: await member('coordinator', ['coordinator']),
      prescriber: await member('prescriber', ['prescriber']),
      nurse: await member('nurse', ['nurse']),
      therapist: await member('therapist', ['therapist']),
      manager: await member('manager', ['manager']),
      researcher: await member('researcher', ['researcher']),
      secondPrescriber: await member('secondPrescriber', ['prescriber']),
      secondNurse: await member('secondNurse', ['nurse']),
    },
  }
  await adoptProtocol(services, clinic, 'aud-kare')
  return clinic
}

/** An invented person of the clinic, and the same as somebody signed in to the portal. */
export async function makePerson(
  services: Services,
  clinic: TestClinic,
  name = 'Robin Sample',
): Promise<{ personId: PersonId; patient: Member }> {
  const personId: PersonId = services.ids.next()
  await asSystem(services, clinic, (needs) =>
    registerPerson(needs, {
      id: personId,
      displayName: name,
      contact: { email: 'robin@example.org' },
      synthetic: true,
    }),
  )
  const made = await must(
    runCommand(services, clinic.system, addMember, {
      email: `patient.${personId}@example.org`,
      name,
      passwordHash: 'none',
      roles: ['patient'],
      personId,
    }),
  )
  return {
    personId,
    patient: {
      kind: 'member',
      clinicId: clinic.id,
      accountId: made.accountId,
      membershipId: made.membershipId,
      name,
      roles: ['patient'],
      personId,
    },
  }
}

const arrange = action('test.arrange', theSystem)

/** Runs part of a command on its own, as the clinic's system. */
export function asSystem<Value>(
  services: Services,
  clinic: TestClinic,
  part: (needs: Needs) => Promise<Value>,
): Promise<Value> {
  const command: Command<undefined, Value, never> = {
    action: arrange,
    run: async (needs) => done(await part(needs)),
  }
  return must(runCommand(services, clinic.system, command, undefined))
}

/** Reads with one clinic's eyes. */
export function look<Value>(
  services: Services,
  actor: Actor,
  query: (needs: ReadNeeds) => Promise<Value>,
): Promise<Value> {
  return runQuery(services, actor, query)
}

/** The value of an outcome that a test expects to succeed. */
export async function must<Value>(outcome: Promise<Outcome<Value, string>>): Promise<Value> {
  const result = await outcome
  if (!result.ok) throw new Error(`refused: ${result.reason} ${JSON.stringify(result.detail ?? '')}`)
  return result.value
}

export function anId<Name extends string>(services: Services): Id<Name> {
  return services.ids.next<Name>()
}
