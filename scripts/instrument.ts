// npm run instrument -- import FILE.json --as phq-9: takes a FHIR Questionnaire as the wording of one of our
// instruments. Works beside a running clinic and without one; --check and export need no database at all.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { type Instrument, instrumentById, listInstruments } from '@evenkeel/questionnaires'
import {
  isForm,
  LARGEST_FORM_BYTES,
  type RefusedForm,
  type ReportLine,
  readMapping,
  readQuestionnaire,
  toQuestionnaire,
} from '@evenkeel/questionnaires/fhir'
import { chooseEdition, importEdition } from '../app/assess/index.server.ts'
import { directory } from '../app/identity/index.server.ts'
import type { SystemActor } from '../app/platform/actor.ts'
import { runCommand } from '../app/platform/command.server.ts'
import type { Services } from '../app/platform/services.server.ts'
import { openForCommand } from './open-clinic.ts'

const USAGE = `npm run instrument -- import FILE.json --as ID [--check] [--map LINKID=ITEM,…] [--confirm NAME,…] [--clinic SLUG]
npm run instrument -- export ID
npm run instrument -- plain ID [--clinic SLUG]
npm run instrument -- list

import    takes a FHIR Questionnaire as the wording for new responses; what was answered keeps its own
--as      the instrument it is: phq-9, gad-7, audit …
--check   only says what would happen; needs no database
--map     which linkId of the file is which of our items, where neither code nor linkId tells
--confirm items whose meaning you have compared yourself, and "form" for a whole form that does not say what it is
export    prints our form as a FHIR R4 Questionnaire
plain     goes back to our plain-language wording
list      names every instrument`

const [DONE, REFUSED, USAGE_WRONG] = [0, 1, 2] as const

/** How the lines of a report are marked. */
const MARKS: Readonly<Record<ReportLine['kind'], string>> = {
  taken: 'taken   ',
  ours: 'ours    ',
  ignored: 'ignored ',
  preview: 'preview ',
  check: 'look at ',
  problem: 'PROBLEM ',
}

async function main(): Promise<number> {
  const { values, positionals } = readArguments()
  const [task, what, ...more] = positionals
  if (values.help || task === undefined) {
    console.log(USAGE)
    return DONE
  }
  if (more.length > 0) return wrongUse(`too many words: ${more.join(' ')}`)
  if (task === 'list' && what === undefined) {
    for (const { id, shortName } of listInstruments()) console.log(`${id.padEnd(24)}${shortName}`)
    return DONE
  }
  if (!what || !['import', 'export', 'plain'].includes(task)) return wrongUse()
  const id = task === 'import' ? values.as : what
  if (id === undefined) return wrongUse('--as says which instrument the file is')
  const instrument = instrumentById(id)
  if (!instrument) return wrongUse(`there is no instrument ${id}; "list" names them`)
  if (task === 'export') return exportForm(instrument)
  if (task === 'plain')
    return inClinic(values.clinic, (services, system) => goBack(services, system, instrument))

  const mapping = readMapping(values.map ?? '')
  if (!mapping.ok) return wrongUse(`--map: ${mapping.says}`)
  const confirmed = (values.confirm ?? '').split(',').flatMap((name) => name.trim() || [])
  const file = readFile(what)
  if (typeof file !== 'string') return refuse(what, file.says)
  const input = { text: file, map: mapping.map, confirmed }
  if (values.check) {
    const form = readQuestionnaire(file, instrument, input)
    printReport(form.report)
    if (!form.ok) return refusal(what, form)
    console.log(`This file can be imported as ${instrument.id}. Nothing was stored.`)
    return DONE
  }
  return inClinic(values.clinic, (services, system) => takeForm(services, system, instrument, what, input))
}

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      as: { type: 'string' },
      check: { type: 'boolean', default: false },
      map: { type: 'string' },
      confirm: { type: 'string' },
      clinic: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
}

function wrongUse(says?: string): number {
  if (says !== undefined) console.error(says)
  console.error(USAGE)
  return USAGE_WRONG
}

function refuse(path: string, says: string): number {
  console.error(`${path}: ${says} Nothing was imported.`)
  return REFUSED
}

function readFile(path: string): string | { readonly says: string } {
  if (!existsSync(path) || !statSync(path).isFile()) return { says: 'There is no such file.' }
  if (statSync(path).size > LARGEST_FORM_BYTES) return { says: 'The file is larger than 20 MB.' }
  try {
    // fatal: a file in another encoding is refused, not filled with question marks. The mark at its start is kept,
    // so that the bytes keep their hash.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path))
  } catch {
    return { says: 'The file is not UTF-8. Save it again as UTF-8.' }
  }
}

function printReport(report: readonly ReportLine[]): void {
  for (const { kind, says } of report) console.log(`${MARKS[kind]}${says}`)
}

function refusal(path: string, { toConfirm, proposal, problems }: RefusedForm): number {
  console.error(
    `${path} cannot be used for ${problems.length} ${problems.length === 1 ? 'reason' : 'reasons'}; nothing was imported.`,
  )
  if (toConfirm.length > 0) console.error(`To confirm what was looked at: --confirm ${toConfirm.join(',')}`)
  if (proposal !== undefined) console.error(`A mapping by order, to be compared first: --map '${proposal}'`)
  return REFUSED
}

function exportForm(instrument: Instrument): number {
  if (!isForm(instrument)) {
    console.error(`${instrument.id} is no form of single questions and has no Questionnaire.`)
    return REFUSED
  }
  console.log(JSON.stringify(toQuestionnaire(instrument), null, 2))
  return DONE
}

async function inClinic(
  slug: string | undefined,
  work: (services: Services, system: SystemActor) => Promise<number>,
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
      return REFUSED
    }
    return await work(services, { kind: 'system', clinicId: clinic.clinicId, name: 'command-line' })
  } finally {
    await close()
  }
}

async function takeForm(
  services: Services,
  system: SystemActor,
  instrument: Instrument,
  path: string,
  input: { text: string; map: ReadonlyMap<string, string>; confirmed: readonly string[] },
): Promise<number> {
  const taken = await runCommand(services, system, importEdition, {
    key: services.ids.next<'instrument-edition'>(),
    instrumentId: instrument.id,
    fileName: basename(path),
    ...input,
  })
  if (!taken.ok) {
    if (taken.reason !== 'not-readable') throw new Error(taken.reason)
    const form = taken.detail as RefusedForm
    printReport(form.report)
    return refusal(path, form)
  }
  const { edition, report, as } = taken.value
  printReport(report)
  console.log(
    as === 'already'
      ? `This file is in use already as ${edition}; nothing was changed.`
      : `New responses to ${instrument.shortName} now use ${edition}${as === 'again' ? ', which was imported before' : ''}.`,
  )
  console.log(`It is shown at /work/instruments/${instrument.id}`)
  return DONE
}

async function goBack(services: Services, system: SystemActor, instrument: Instrument): Promise<number> {
  const chosen = await runCommand(services, system, chooseEdition, {
    instrumentId: instrument.id,
    editionId: null,
  })
  if (!chosen.ok) throw new Error(chosen.reason)
  console.log(
    chosen.value.changed
      ? `New responses to ${instrument.shortName} use our plain-language edition again.`
      : `${instrument.shortName} uses our plain-language edition already; nothing was changed.`,
  )
  return DONE
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') ? USAGE_WRONG : REFUSED
}
