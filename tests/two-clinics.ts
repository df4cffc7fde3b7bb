import { join } from 'node:path'
import { createRequestHandler, type ServerBuild } from 'react-router'
import { raiseConcern } from '../app/assess/index.server.ts'
import { openClinic, signInWithPassword } from '../app/identity/index.server.ts'
import { importCohort } from '../app/measure/index.server.ts'
import type { Member, StaffRole } from '../app/platform/actor.ts'
import { runCommand } from '../app/platform/command.server.ts'
import type { ClinicId } from '../app/platform/ids.ts'
import { jsonLog } from '../app/platform/log.server.ts'
import type { Services } from '../app/platform/services.server.ts'
import { buildIfChanged } from '../scripts/build.ts'
import { type ClinicHono, createApp } from '../server/app.ts'
import { openVirtualClinic } from '../virtual-clinic/open-virtual-clinic.ts'
import { liveThrough } from '../virtual-clinic/story.ts'
import { act } from '../virtual-clinic/world.ts'
import { asSystem, openTestDatabase, type TestClinic, type TestDatabase } from './database/test-clinic.ts'

const PASSWORD = 'two clinics, one house'
export const STAFF_ROLES = [
  'coordinator',
  'prescriber',
  'nurse',
  'therapist',
  'manager',
  'researcher',
] as const

export type LivedInClinic = {
  readonly id: ClinicId
  readonly slug: string
  /** Session cookies by role; `patient` is somebody whose course has begun. */
  readonly cookies: Readonly<Record<StaffRole | 'patient', string>>
  readonly patient: Member
}

export type TwoClinics = {
  readonly t: TestDatabase
  readonly services: Services
  readonly build: ServerBuild
  readonly app: ClinicHono
  readonly own: LivedInClinic
  readonly other: LivedInClinic
  /** Asks the whole server, as a browser would. */
  ask(
    path: string,
    options?: { readonly cookie?: string; readonly form?: Readonly<Record<string, string>> },
  ): Promise<Response>
  /** One id of the clinic from a table, as text. */
  anIdOf(clinic: LivedInClinic, table: string, where?: string): Promise<string>
}

/** Two small clinics that have lived for a while in one database, and the built server in front of them. */
export async function twoClinics(): Promise<TwoClinics> {
  await buildIfChanged()
  const build = (await import(join(import.meta.dirname, '../build/server/index.js'))) as ServerBuild
  const t = await openTestDatabase()
  t.clock.set('2026-11-24T17:00:00.000Z')
  const own = await livedInClinic(t, 'own')
  const other = await livedInClinic(t, 'other')
  const app = createApp({
    services: t.services,
    pages: createRequestHandler(build, 'production'),
    clientFolder: join(import.meta.dirname, '../build/client'),
    ready: async () => true,
  })
  return {
    t,
    services: t.services,
    build,
    app,
    own,
    other,
    async ask(path, { cookie, form } = {}) {
      const headers: Record<string, string> = { origin: 'http://clinic.test' }
      if (cookie) headers.cookie = cookie
      return app.fetch(
        new Request(`http://clinic.test${path}`, {
          headers,
          ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
        }),
      )
    },
    async anIdOf(clinic, table, where = 'true') {
      const { rows } = await t.owner.query(
        `select id from ${table} where clinic_id = $1 and ${where} order by id limit 1`,
        [clinic.id],
      )
      if (!rows[0]) throw new Error(`the ${clinic.slug} clinic has no row in ${table} where ${where}`)
      return rows[0].id as string
    },
  }
}

async function livedInClinic(t: TestDatabase, slug: string): Promise<LivedInClinic> {
  const log = jsonLog('quiet', () => t.clock.now(), console.error)
  const world = await openVirtualClinic(t.database, t.services.config, log, {
    slug,
    profile: {
      name: `The ${slug} clinic`,
      timeZone: 'America/New_York',
      city: 'Fairfax',
      region: 'Virginia',
      phoneDisplay: '703-555-0100',
      openingHours: [{ days: 'Monday to Sunday', opens: '07:00', closes: '21:00' }],
      demonstration: true,
    },
    staff: [...STAFF_ROLES, 'nurse' as const].map((role, i) => ({
      name: `${role} ${i} of ${slug}`,
      email: `${role}${i}.${slug}@example.org`,
      role,
    })),
    password: PASSWORD,
    seed: slug.length,
    end: t.clock.now(),
  })
  const lives = await liveThrough(world, { seed: slug.length, howMany: 3 })
  await act(world, world.system, openClinic, {})
  const life = lives.find((one) => one.patient && one.person.course === 'waiting')!
  const clinic: TestClinic = { id: world.system.clinicId, system: world.system, as: undefined as never }
  await asSystem(t.services, clinic, (needs) =>
    raiseConcern(needs, {
      personId: life.personId,
      source: 'intake',
      objectId: life.personId,
      trigger: 'phq9-item9',
      severity: 'critical',
    }),
  )
  const cohort = await runCommand(t.services, world.system, importCohort, {
    key: t.services.ids.next(),
    name: `An outside cohort of ${slug}`,
    fileName: 'cohort.csv',
    text: 'days,status\n10,1\n20,0\n30,1\n',
    mapping: {
      kind: 'time-to-event',
      separator: 'comma',
      decimal: 'point',
      missing: [],
      whenMissing: 'refuse',
      time: 'days',
      unit: 'days',
      event: { column: 'status', yes: ['1'], no: ['0'] },
      covariates: [],
    },
  })
  if (!cohort.ok) throw new Error(`the cohort was refused: ${cohort.reason}`)
  const cookies: Record<string, string> = {}
  for (const [i, role] of STAFF_ROLES.entries()) {
    const signedIn = await signInWithPassword(t.services, world.system.clinicId, {
      email: `${role}${i}.${slug}@example.org`,
      password: PASSWORD,
      address: '192.0.2.1',
    })
    if (!signedIn.ok) throw new Error(`${role} could not sign in`)
    cookies[role] = `ek_session=${signedIn.cookie}`
  }
  cookies.patient = `ek_session=${await t.sessionFor(life.patient!)}`
  return {
    id: world.system.clinicId,
    slug,
    cookies: cookies as LivedInClinic['cookies'],
    patient: life.patient!,
  }
}
