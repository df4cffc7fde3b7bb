// npm run clinic -- init | add-member: sets up an empty clinic and adds people who work in it, from the terminal.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { addMember, directory, hashPassword, setProfile, setUpClinic } from '../app/identity/index.server.ts'
import { SHORTEST_PASSWORD } from '../app/identity/password.server.ts'
import { ROLES, type Role, type SystemActor } from '../app/platform/actor.ts'
import { clinicProfileSchema } from '../app/platform/clinic-profile.ts'
import { runCommand } from '../app/platform/command.server.ts'
import type { ClinicId } from '../app/platform/ids.ts'
import { openForCommand } from './open-clinic.ts'

const USAGE = `npm run clinic -- init         asks for the clinic's name and its first manager
npm run clinic -- add-member   asks for somebody who works here, and their role
npm run clinic -- profile      prints the clinic's name, place, hours and prices as JSON
npm run clinic -- profile FILE.json   sets them from such a file

Answers can be given beforehand: --name, --email, --password, --clinic, --role (repeat for several)`

const [task, ...rest] = process.argv.slice(2)
const given = new Map<string, string[]>()
for (let i = 0; i < rest.length; i += 2) {
  const key = rest[i]!.replace(/^--/, '')
  given.set(key, [...(given.get(key) ?? []), rest[i + 1] ?? ''])
}
const lines = createInterface({ input: process.stdin })
// Read one by one, so that answers piped in at once are not lost.
const answers = lines[Symbol.asyncIterator]()

async function ask(
  key: string,
  question: string,
  problem: (answer: string) => string | undefined,
): Promise<string> {
  const before = given.get(key)?.[0]
  if (before !== undefined) {
    const wrong = problem(before)
    if (wrong) throw new Error(`--${key}: ${wrong}`)
    return before
  }
  for (;;) {
    process.stdout.write(`${question}: `)
    const line = await answers.next()
    if (line.done) throw new Error('no answer was given; nothing was changed')
    const answer = line.value.trim()
    const wrong = problem(answer)
    if (!wrong) return answer
    console.log(`  ${wrong}`)
  }
}

const filled = (answer: string) => (answer ? undefined : 'Please write something.')
const isEmail = (answer: string) =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(answer) ? undefined : 'This is not an e-mail address.'
const isPassword = (answer: string) =>
  answer.length >= SHORTEST_PASSWORD ? undefined : `At least ${SHORTEST_PASSWORD} characters, please.`
const isRole = (answer: string) =>
  ROLES.some((role) => role === answer && role !== 'patient')
    ? undefined
    : `One of: ${ROLES.filter((role) => role !== 'patient').join(', ')}`

/** Prints the clinic's profile, or sets it from a file: field by field what is wrong, and nothing half-set. */
async function profile(file: string | undefined): Promise<number> {
  const { services, close } = await openForCommand()
  try {
    const clinic = (await directory(services.db)).find((entry) => entry.isDefault)
    if (!clinic) {
      console.log('There is no clinic yet. First: npm run clinic -- init')
      return 1
    }
    if (file === undefined) {
      const { id: _, slug: __, ...now } = await services.clinicProfile(clinic.clinicId)
      console.log(JSON.stringify(now, null, 2))
      return 0
    }
    const parsed = clinicProfileSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    if (!parsed.success) {
      for (const issue of parsed.error.issues)
        console.error(`${issue.path.join('.') || 'file'}: ${issue.message}`)
      return 1
    }
    const system: SystemActor = { kind: 'system', clinicId: clinic.clinicId, name: 'command-line' }
    await runCommand(services, system, setProfile, { profile: parsed.data })
    console.log(`${parsed.data.name}: set. Pages show it within seconds.`)
    return 0
  } finally {
    await close()
  }
}

async function main(): Promise<number> {
  if (task === 'profile') return profile(rest[0])
  if (task !== 'init' && task !== 'add-member') {
    console.log(USAGE)
    return task ? 2 : 0
  }
  const { services, close } = await openForCommand()
  try {
    const existing = (await directory(services.db)).find((entry) => entry.isDefault)
    if (task === 'init' && existing) {
      console.log('This clinic has been set up already. To add somebody: npm run clinic -- add-member')
      return 1
    }
    if (task === 'add-member' && !existing) {
      console.log('There is no clinic yet. First: npm run clinic -- init')
      return 1
    }
    const clinicId: ClinicId = existing?.clinicId ?? services.ids.next()
    const system: SystemActor = { kind: 'system', clinicId, name: 'command-line' }
    const clinicName = task === 'init' ? await ask('clinic', "The clinic's name", filled) : undefined
    const name = await ask('name', task === 'init' ? "The first manager's name" : 'Name', filled)
    const email = await ask('email', 'E-mail address', isEmail)
    const roles = task === 'init' ? ['manager'] : (given.get('role') ?? [await ask('role', 'Role', isRole)])
    for (const role of roles) if (isRole(role)) throw new Error(`--role: ${isRole(role)}`)
    const password = await ask('password', `Password (${SHORTEST_PASSWORD} characters or more)`, isPassword)
    if (clinicName !== undefined) {
      const slug =
        clinicName
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '-')
          .replace(/^-|-$/g, '') || 'clinic'
      await runCommand(services, system, setUpClinic, {
        slug,
        profile: { name: clinicName, demonstration: false },
      })
    }
    const added = await runCommand(services, system, addMember, {
      email,
      name,
      passwordHash: await hashPassword(password),
      roles: roles as Role[],
    })
    if (!added.ok) {
      console.log('This account is a member of the clinic already; nothing was changed.')
      return 1
    }
    console.log(
      clinicName === undefined
        ? `${name} can sign in now.`
        : `${clinicName} is set up; ${name} can sign in now.`,
    )
    return 0
  } finally {
    await close()
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  lines.close()
}
