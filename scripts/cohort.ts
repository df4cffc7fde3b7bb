// npm run cohort -- import FILE.csv --time days --event status:1 --group clinic --name "…": brings people of another
// place into the measure page, beside the clinic's own. Works beside a running clinic and without one.
// npm run cohort -- look FILE.csv: what is in a file; nothing is stored.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { directory } from '../app/identity/index.server.ts'
import type { CohortFile } from '../app/measure/cohorts/cohort-file.ts'
import type { CohortMapping } from '../app/measure/cohorts/cohort-mapping.ts'
import { lookAtFile } from '../app/measure/cohorts/look-at-file.ts'
import { mappingFromFields } from '../app/measure/cohorts/mapping-form.ts'
import {
  lookWords,
  optionOf,
  TERMINAL_OPTIONS,
  terminalFields,
} from '../app/measure/cohorts/terminal-fields.ts'
import { importCohort } from '../app/measure/index.server.ts'
import type { SystemActor } from '../app/platform/actor.ts'
import { runCommand } from '../app/platform/command.server.ts'
import { openForCommand } from './open-clinic.ts'

const USAGE = `npm run cohort -- look FILE.csv
npm run cohort -- import FILE.csv --kind KIND … [--name "…"] [--published "WHO AND WHERE"] [--clinic SLUG]

--kind time-to-event (unless told)
    --time COLUMN [--unit days|weeks|months] --event COLUMN[:VALUE|VALUE] [--not-event VALUE|VALUE]
    [--stratum COLUMN] [--show COLUMN …]
--kind weekly-urine
    --pattern COLUMN [--positive +] [--negative -] [--mixed '*'] [--none o]
--kind repeated-scores
    --person COLUMN --visit COLUMN [--visit-unit visits|days|weeks|months] --score COLUMN [--baseline COLUMN]
    --better higher|lower
--kind counts-by-arm
    --study COLUMN --arm COLUMN --events COLUMN --people COLUMN --reference ARM
all kinds
    [--group COLUMN [--group COLUMN]] [--group-missing refuse|leave-out|own-group] [--only COLUMN:VALUE|VALUE]
    [--missing 'NA | .'] [--when-missing refuse|leave-out] [--separator comma|semicolon|tab] [--decimal point|comma]

--event without values counts 1, yes and true as happened, 0, no and false as not seen to happen.
--published says that the data are public, and where they can be had: groups of fewer than ten people are then shown to
everybody who may read the results.`

const LARGEST_FILE_MB = 50
const PROBLEMS_SHOWN = 50

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...TERMINAL_OPTIONS,
      name: { type: 'string' },
      published: { type: 'string' },
      clinic: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [task, path, ...more] = positionals
  if (values.help || task === undefined) {
    console.log(USAGE)
    return 0
  }
  if ((task !== 'import' && task !== 'look') || !path || more.length > 0) {
    console.error(USAGE)
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
  const separator = (['comma', 'semicolon', 'tab'] as const).find((known) => known === values.separator)
  const looked = lookAtFile(text, separator)
  if (!looked.ok) {
    console.error(`${path}, line ${looked.line}: ${looked.says}; nothing was imported.`)
    return 1
  }
  if (task === 'look') {
    for (const line of lookWords(basename(path), looked)) console.log(line)
    return 0
  }
  const read = mappingFromFields(
    terminalFields(values, looked),
    looked.columns.map(({ name }) => name),
  )
  if (!read.ok) {
    for (const [field, says] of Object.entries(read.errors)) console.error(`${optionOf(field)}: ${says}`)
    console.error('Nothing was imported. What is in the file: npm run cohort -- look FILE.csv')
    return 2
  }
  return bringIn(path, text, read.mapping, values)
}

async function bringIn(
  path: string,
  text: string,
  mapping: CohortMapping,
  { name, published, clinic: slug }: { name?: string; published?: string; clinic?: string },
): Promise<number> {
  const { services, close } = await openForCommand()
  try {
    const clinics = await directory(services.db)
    const clinic = clinics.find((entry) => (slug ? entry.slug === slug : entry.isDefault))
    if (!clinic) {
      console.error(
        slug
          ? `There is no clinic "${slug}".`
          : 'There is no clinic yet. First: npm run clinic -- init, or npm start for the demonstration.',
      )
      return 1
    }
    const system: SystemActor = { kind: 'system', clinicId: clinic.clinicId, name: 'command-line' }
    const brought = await runCommand(services, system, importCohort, {
      key: services.ids.next<'outside-cohort'>(),
      name: name ?? basename(path),
      fileName: basename(path),
      text,
      mapping,
      published,
    })
    if (!brought.ok) {
      if (brought.reason !== 'not-readable') throw new Error(brought.reason)
      const file = brought.detail as Extract<CohortFile, { ok: false }>
      console.error(`${path} cannot be used; nothing was imported.`)
      for (const { line, column, says } of file.problems.slice(0, PROBLEMS_SHOWN)) {
        console.error(`  line ${line}${column === undefined ? '' : `, ${column}`}: ${says}`)
      }
      if (file.count > PROBLEMS_SHOWN) console.error(`  … and ${file.count - PROBLEMS_SHOWN} more`)
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
