// npm run cohort -- import FILE.csv --time days --event status --group clinic --name "…": brings people of another
// place into the measure page, beside the clinic's own. Works beside a running clinic and without one.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { directory } from '../app/identity/index.server.ts'
import { type CohortProblem, TIME_UNITS, type TimeUnit } from '../app/measure/cohort-file.ts'
import { importCohort } from '../app/measure/index.server.ts'
import type { SystemActor } from '../app/platform/actor.ts'
import { runCommand } from '../app/platform/command.server.ts'
import { openForCommand } from './open-clinic.ts'

const USAGE = `npm run cohort -- import FILE.csv --time COLUMN --event COLUMN [--group COLUMN] [--name "…"] [--unit days|weeks|months] [--clinic SLUG]

--time    column with the time to the event or to the last sight
--event   column with 1 (the event happened at that time) or 0 (not seen to happen)
--group   column that tells the groups apart; without it everybody is in one
--name    what the cohort is called on the page; the file's name unless given`

const LARGEST_FILE_MB = 50
const PROBLEMS_SHOWN = 20

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      time: { type: 'string' },
      event: { type: 'string' },
      group: { type: 'string' },
      name: { type: 'string' },
      unit: { type: 'string', default: 'days' },
      clinic: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [task, path, ...more] = positionals
  if (values.help || task === undefined) {
    console.log(USAGE)
    return 0
  }
  if (task !== 'import' || !path || more.length > 0 || !values.time || !values.event) {
    console.error(USAGE)
    return 2
  }
  const unit = TIME_UNITS.find((known) => known === values.unit) as TimeUnit | undefined
  if (!unit) {
    console.error(`--unit: ${values.unit} is none of ${TIME_UNITS.join(', ')}`)
    return 2
  }
  if (!existsSync(path)) {
    console.error(`There is no file ${path}; nothing was imported.`)
    return 1
  }
  if (statSync(path).size > LARGEST_FILE_MB * 1024 * 1024) {
    console.error(`${path} is larger than ${LARGEST_FILE_MB} MB; nothing was imported.`)
    return 1
  }
  // fatal: a file in another encoding is refused, not filled with question marks.
  const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))

  const { services, close } = await openForCommand()
  try {
    const clinics = await directory(services.db)
    const clinic = clinics.find((entry) => (values.clinic ? entry.slug === values.clinic : entry.isDefault))
    if (!clinic) {
      console.error(
        values.clinic
          ? `There is no clinic "${values.clinic}".`
          : 'There is no clinic yet. First: npm run clinic -- init, or npm start for the demonstration.',
      )
      return 1
    }
    const system: SystemActor = { kind: 'system', clinicId: clinic.clinicId, name: 'command-line' }
    const brought = await runCommand(services, system, importCohort, {
      key: services.ids.next<'outside-cohort'>(),
      name: values.name ?? basename(path),
      fileName: basename(path),
      text,
      columns: { time: values.time, event: values.event, group: values.group, unit },
    })
    if (!brought.ok) {
      if (brought.reason !== 'not-readable') throw new Error(brought.reason)
      const problems = brought.detail as readonly CohortProblem[]
      console.error(`${path} cannot be used; nothing was imported.`)
      for (const { line, says } of problems.slice(0, PROBLEMS_SHOWN)) console.error(`  line ${line}: ${says}`)
      if (problems.length > PROBLEMS_SHOWN) console.error(`  … and ${problems.length - PROBLEMS_SHOWN} more`)
      return 1
    }
    const { cohortId, people, already } = brought.value
    console.log(
      already
        ? `This file is here already, with ${people} people; nothing was changed.`
        : `${people} people were imported.`,
    )
    console.log(`They are shown at /work/measure/cohorts/${cohortId}`)
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
}
