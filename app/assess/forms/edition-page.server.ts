import { type Instrument, instrumentById, listInstruments } from '@evenkeel/questionnaires'
import {
  isForm,
  type RefusedForm,
  type ReportLine,
  readMapping,
  readQuestionnaire,
  toQuestionnaire,
} from '@evenkeel/questionnaires/fhir'
import * as z from 'zod'
import { accountNames } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import type { WordingEdition } from './edition.ts'
import { importEditionAction, readInstruments } from './edition-access.ts'
import { editionsInUse, editionsOfInstrument, instrumentInUse } from './edition-queries.server.ts'
import { chooseEdition, importEdition } from './import-edition.server.ts'
import { ADMINISTERED_WORDS, CONFIDENCE_WORDS, LICENCE_WORDS } from './instrument-words.ts'

type Post = PageArgs & { readonly form: FormData }

const PLAIN = 'our plain language'

/** Every instrument with the wording that new responses use. */
export async function loadInstruments({ services, actor, clinic }: PageArgs) {
  return runQuery(services, actor, async ({ db, audit }) => {
    audit.read(readInstruments.id, { object: 'instrument-list' })
    const editions = await editionsInUse(db, clinic.id)
    return {
      may: mayDo(actor, importEditionAction),
      instruments: listInstruments().map((one) => ({
        id: one.id,
        shortName: one.shortName,
        name: one.name,
        construct: one.construct,
        filledInBy: ADMINISTERED_WORDS[one.administered],
        licence: LICENCE_WORDS[one.licence.status],
        needsLeave: needsLeave(one),
        wording: wordingInWords(editions.get(one.id)),
        confidence: CONFIDENCE_WORDS[one.confidence],
      })),
    }
  })
}

function needsLeave({ licence }: Instrument): boolean {
  return licence.status === 'permission-needed' || licence.status === 'registration'
}

function wordingInWords(edition: WordingEdition | undefined): string {
  if (!edition) return PLAIN
  const tongue = /^(und$|en(-|$))/i.test(edition.language) ? '' : ` (${edition.language})`
  return `imported${tongue}`
}

/** One instrument in the wording in use, with everything that decides its scores, and its other wordings. */
export async function loadInstrument({ services, actor, clinic, params, url }: PageArgs) {
  const id = params.id ?? ''
  return runQuery(services, actor, async ({ db, audit }) => {
    const inUse = (await instrumentInUse(db, clinic.id, id)) ?? notFound()
    audit.read(readInstruments.id, { object: 'instrument', detail: { instrument: id } })
    const editions = await editionsOfInstrument(db, clinic.id, id)
    const names = await accountNames(
      db,
      editions.map(({ importedBy }) => importedBy),
    )
    return {
      key: services.ids.next() as string,
      may: mayDo(actor, importEditionAction),
      instrument: inUse.instrument,
      isForm: isForm(inUse.instrument),
      plain: inUse.editionId === null,
      done: url.searchParams.get('done'),
      editions: editions.map((edition) => ({
        id: edition.id as string,
        edition: edition.edition,
        inUse: edition.id === inUse.editionId,
        language: edition.language,
        file: edition.source.fileName,
        origin: [edition.source.publisher, edition.source.version, edition.source.url]
          .filter(Boolean)
          .join(', '),
        copyright: edition.source.copyright,
        imported: `${momentInWords(edition.importedAt, clinic.timeZone)} by ${names.get(edition.importedBy) ?? 'the command line'}`,
        report: edition.report,
      })),
    }
  })
}

/** Our Questionnaire of the form as it is asked now. */
export async function loadQuestionnaire({ services, actor, clinic, params }: PageArgs): Promise<Response> {
  const id = params.id ?? ''
  const instrument = await runQuery(services, actor, async ({ db, audit }) => {
    const inUse = (await instrumentInUse(db, clinic.id, id)) ?? notFound()
    audit.read(readInstruments.id, { object: 'instrument', detail: { instrument: id, download: true } })
    return inUse.instrument
  })
  if (!isForm(instrument)) notFound()
  return new Response(`${JSON.stringify(toQuestionnaire(instrument), null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/fhir+json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${id}.questionnaire.json"`,
    },
  })
}

/** What a file would do, before it is taken. */
export type CheckedFile = {
  readonly checked: {
    readonly ok: boolean
    readonly fileName: string
    /** The file as base64: a browser would change the line ends of text, and with them the file's name of record. */
    readonly kept: string
    readonly lines: readonly ReportLine[]
    readonly toConfirm: readonly string[]
    readonly confirmed: readonly string[]
    readonly proposal: string | undefined
    readonly map: string
  }
}

/** In characters: what fits into a request of two megabytes once it is sent as base64. Larger by command. */
const LONGEST_TEXT = 1_000_000
const TOO_LONG =
  'This file is too large for the browser; a form has seldom more than 100 kB. Import it by command.'

const fileForm = z.object({
  'file-name': z.string().max(300).optional(),
  map: z.string().max(20_000, 'The mapping is too long.').optional(),
  confirm: z.array(z.string().max(100)).max(500).default([]),
})

/** Says what a file would do (`check`), or takes it (`import`). */
export async function postFile(page: Post): Promise<FormAnswer | CheckedFile | Response> {
  const { services, actor, params, form } = page
  const instrument = instrumentById(params.id ?? '') ?? notFound()
  const text = sentText(form)
  const kept = text === undefined ? '' : Buffer.from(text, 'utf8').toString('base64')
  const wrong = (errors: Readonly<Record<string, string>>): FormAnswer => ({
    errors,
    values: { ...formProblem(form, errors).values, file: '', pasted: '', kept },
  })
  const parsed = parseForm(fileForm, form, ['confirm'])
  if (!parsed.ok) return wrong(parsed.answer.errors)
  if (text === undefined) return wrong({ file: 'Choose a file, or paste its text below.' })
  if (text.length > LONGEST_TEXT) return { errors: { file: TOO_LONG }, values: {} }
  const { confirm, map = '' } = parsed.value
  const fileName = lastPart(parsed.value['file-name']) ?? 'pasted text'
  const mapping = readMapping(map)
  if (!mapping.ok) return wrong({ map: `Write it as linkId=item, with commas between: ${mapping.says}.` })

  const answer = (lines: readonly ReportLine[], refusal?: RefusedForm): CheckedFile => ({
    checked: {
      ok: refusal === undefined,
      fileName,
      kept,
      lines,
      toConfirm: refusal?.toConfirm ?? [],
      confirmed: confirm,
      proposal: refusal?.proposal,
      map,
    },
  })
  if (form.get('intent') === 'check') {
    const read = readQuestionnaire(text, instrument, { map: mapping.map, confirmed: confirm })
    return answer(read.report, read.ok ? undefined : read)
  }
  const taken = await runCommand(services, actor, importEdition, {
    key: parseId<'instrument-edition'>(form.get('key')) ?? notFound(),
    instrumentId: instrument.id,
    fileName,
    text,
    map: mapping.map,
    confirmed: confirm,
  })
  if (taken.ok) return goTo(`/work/instruments/${instrument.id}?done=${taken.value.as}`)
  if (taken.reason !== 'not-readable') throw new Error(taken.reason)
  const refusal = taken.detail as RefusedForm
  return answer(refusal.report, refusal)
}

/** The file as it was kept from a first look, as it was chosen, or as it was pasted; every character as it is. */
function sentText(form: FormData): string | undefined {
  const given = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const kept = given('kept')
  if (kept !== undefined) return Buffer.from(kept, 'base64').toString('utf8')
  return given('file') ?? given('pasted')?.replaceAll('\r\n', '\n')
}

function lastPart(path: string | undefined): string | undefined {
  return path?.split(/[/\\]/).at(-1)?.slice(0, 200) || undefined
}

/** Puts one of the stored wordings in use; without an edition, ours. */
export async function postUse({ services, actor, params, form }: Post): Promise<Response> {
  const instrument = instrumentById(params.id ?? '') ?? notFound()
  const wanted = form.get('edition')
  const editionId = wanted === 'plain' ? null : (parseId<'instrument-edition'>(wanted) ?? notFound())
  const chosen = await runCommand(services, actor, chooseEdition, { instrumentId: instrument.id, editionId })
  if (!chosen.ok) notFound()
  return goTo(`/work/instruments/${instrument.id}?done=${editionId === null ? 'plain' : 'again'}`)
}
