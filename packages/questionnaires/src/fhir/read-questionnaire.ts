import type { Instrument } from '../instrument.ts'
import { listInstruments } from '../registry.ts'
import type { FormWording } from '../wording.ts'
import { type Contained, containedIn } from './answer-list.ts'
import { type FhirObject, parseQuestionnaire, textOf } from './fhir-json.ts'
import { formItemsOf } from './form-item.ts'
import { newReport, type Reporter, type ReportLine } from './import-report.ts'
import { type Surroundings, surroundings } from './introduction.ts'
import { type ItemMatch, matchItems } from './item-match.ts'
import { proposedMapping } from './mapping-text.ts'
import { LONGEST, notedText, plainText, quoted } from './plain-text.ts'
import { isForm, questionnaireUrl } from './questionnaire.ts'
import { readItems } from './read-items.ts'
import { identityOf } from './same-form.ts'
import { reportStanding, reportUnused } from './unused-parts.ts'

/** What is confirmed when a file does not say which form it is and somebody has compared all of it. */
const WHOLE_FORM = 'form'

/** What the importer says about what no program can find out. */
export type ImportAnswers = {
  /** linkId → our item id, where neither code nor linkId tells. */
  readonly map?: ReadonlyMap<string, string>
  /** Our items whose meaning somebody has looked at. */
  readonly confirmed?: readonly string[]
}

/** Where a form comes from, in its own words. */
export type FormOrigin = {
  readonly title?: string
  readonly url?: string
  readonly version?: string
  readonly publisher?: string
  readonly copyright?: string
}

export type TakenForm = {
  readonly ok: true
  readonly wording: FormWording
  /** BCP 47; "und" when the file does not say. */
  readonly language: string
  readonly origin: FormOrigin
  readonly report: readonly ReportLine[]
}

export type RefusedForm = {
  readonly ok: false
  /** The lines of the report that refuse it. */
  readonly problems: readonly ReportLine[]
  readonly report: readonly ReportLine[]
  /** Items that could be taken once somebody confirms what they mean. */
  readonly toConfirm: readonly string[]
  /** A mapping in the order of the file, for a person to check: never used by itself. */
  readonly proposal?: string
}

/**
 * Reads a FHIR Questionnaire (R4, with the names of R5 and STU3) as other words for one of our instruments, whole or
 * not at all. Answers are put on our values by their points, never by their place; the points of the file must be ours.
 * Nothing of the file is computed: what it calculates is named in the report, and the stored score stays ours.
 *
 * @param text the file, decoded as UTF-8
 * @param instrument what the file is said to be, in our own wording
 */
export function readQuestionnaire(
  text: string,
  instrument: Instrument,
  { map = new Map(), confirmed = [] }: ImportAnswers = {},
): TakenForm | RefusedForm {
  const report = newReport()
  if (!isForm(instrument)) {
    const why = instrument.items.length === 0 ? 'we hold no questions of it' : 'it is a series of records'
    report.say('problem', 'form', `${instrument.shortName} takes no form: ${why}.`)
    return refusal(report)
  }
  const parsed = parseQuestionnaire(text)
  if (!parsed.ok) {
    report.say('problem', 'form', parsed.says)
    return refusal(report)
  }
  const { resource } = parsed
  const all = listInstruments()
  const identity = identityOf(resource, instrument, all)
  if (identity.kind !== 'this') {
    report.say(identity.kind === 'another' ? 'problem' : 'check', 'form', identity.says)
  }
  const form = formItemsOf(resource)
  if (!form.ok) {
    for (const { at, says } of form.problems)
      report.say('problem', at, `${at === 'form' ? 'The form' : at}: ${says}.`)
  }
  if (!form.ok || identity.kind === 'another') return refusal(report)

  const { items } = form
  reportStanding(resource, report)
  const language = languageOf(resource, report)
  const contained = containedIn(resource)
  const match = matchItems(
    instrument,
    items,
    map,
    new Set(all.flatMap(({ loinc }) => Object.values(loinc.scores))),
  )
  for (const { at, says } of match.problems) report.say('problem', at, `${at}: ${says}.`)
  const taken = new Set([...match.matched.values()].map(({ item }) => item))
  const around = surroundings(items, taken, report, textOf(resource.url) === questionnaireUrl(instrument))
  const formAround = { items, contained, stems: around.stems, english: isEnglish(language) }
  const unproven = identity.kind === 'unsaid' && [...match.matched.values()].some(({ by }) => by !== 'loinc')
  if (unproven && !confirmed.includes(WHOLE_FORM)) {
    report.say(
      'problem',
      'form',
      `Only a person can tell whether this is ${instrument.shortName}. Confirm “${WHOLE_FORM}” by name if it is.`,
    )
  }
  const read = readItems(instrument, match, formAround, confirmed, report)
  const proposal = reportMissing(instrument, match, contained, identity.kind === 'this', report)
  reportUnused(resource, items, match, report)
  const frame = frameWords(resource, instrument, around, language, report)
  if (report.lines.some(({ kind }) => kind === 'problem')) {
    return refusal(
      report,
      [...(unproven && !confirmed.includes(WHOLE_FORM) ? [WHOLE_FORM] : []), ...read.toConfirm],
      proposal,
    )
  }
  return {
    ok: true,
    wording: { ...frame, items: read.items },
    language,
    origin: originOf(resource),
    report: report.lines,
  }
}

function refusal(report: Reporter, toConfirm: readonly string[] = [], proposal?: string): RefusedForm {
  return {
    ok: false,
    problems: report.lines.filter(({ kind }) => kind === 'problem'),
    report: report.lines,
    toConfirm,
    ...(proposal !== undefined && { proposal }),
  }
}

/** @returns a mapping to look at, where one suggests itself */
function reportMissing(
  instrument: Instrument,
  match: ItemMatch,
  contained: Contained,
  isThisForm: boolean,
  report: Reporter,
): string | undefined {
  const wanted = match.missing.filter(({ optional }) => optional !== true)
  if (wanted.length === 0) return undefined
  if (match.matched.size === 0) {
    report.say(
      'problem',
      'form',
      `None of the ${instrument.items.length} questions of ${instrument.shortName} was found by LOINC code or linkId.`,
    )
  } else {
    for (const { id, concept, loinc } of wanted) {
      const code = loinc === null ? '' : `; its LOINC code is ${loinc}`
      report.say('problem', id, `${id} (${concept}) is missing${code}.`)
    }
  }
  // A form that may be quite another gets no help towards being taken for this one.
  const proposal = isThisForm ? proposedMapping(match, contained) : undefined
  if (proposal !== undefined) {
    report.say(
      'check',
      'form',
      `In the order of the file the mapping would be ${proposal}. Compare every question before you use it.`,
    )
  }
  return proposal
}

function languageOf({ language }: FhirObject, report: Reporter): string {
  if (language === undefined) {
    report.say('check', 'form', 'The file does not say its language.')
    return 'und'
  }
  const said = textOf(language) ?? ''
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(said) || said.length > 35) {
    report.say('check', 'form', 'The file names a language that is none.')
    return 'und'
  }
  if (!isEnglish(said))
    report.say('check', 'form', `The form is in another language than this program: ${said}.`)
  return said
}

/** Without a word about it the file is taken to be English, as nearly all such files are. */
function isEnglish(language: string): boolean {
  return language === 'und' || /^en(-|$)/i.test(language)
}

/** Title, introduction and recall. In another language our English sentences are left out rather than mixed in. */
function frameWords(
  { title }: FhirObject,
  { recall }: Instrument,
  around: Surroundings,
  language: string,
  report: Reporter,
): Omit<FormWording, 'items'> {
  const named = plainText(title, LONGEST.title)
  if (!named.ok) report.say('ours', 'form', `The title is ours: ${named.says}.`)
  const english = isEnglish(language)
  if (around.introduction === undefined) {
    report.say('ours', 'form', english ? 'The introduction is ours.' : 'There is no introduction.')
  }
  if (around.recall === undefined) {
    const kept = english
      ? `Our sentence ${quoted(recall.sentence)} is shown with it`
      : `We ask: ${quoted(recall.sentence)}`
    report.say('check', 'form', `Compare the time that the form asks about. ${kept}.`)
  }
  const introduction = around.introduction ?? (english ? undefined : '')
  const sentence = around.recall ?? (english ? undefined : '')
  return {
    ...(named.ok && { title: named.text }),
    ...(introduction !== undefined && { introduction }),
    ...(sentence !== undefined && { recall: sentence }),
  }
}

function originOf(resource: FhirObject): FormOrigin {
  const noted = Object.entries({
    title: notedText(resource.title),
    url: notedText(resource.url),
    version: notedText(resource.version),
    publisher: notedText(resource.publisher),
    copyright: notedText(resource.copyright),
  }).filter(([, text]) => text !== undefined)
  return Object.fromEntries(noted)
}
