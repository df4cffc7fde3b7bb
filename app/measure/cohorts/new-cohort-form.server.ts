import { typedValues } from '../../platform/form.ts'
import { type CohortFile, type CohortProblem, plainLineEnds, readCohort } from './cohort-file.ts'
import {
  COHORT_KINDS,
  type CohortKind,
  type CohortMapping,
  SEPARATORS,
  type Separator,
} from './cohort-mapping.ts'
import { type CohortRows, peopleIn } from './cohort-rows.ts'
import { counted, countedPeople } from './counted.ts'
import { LARGEST_PAGE_FILE_BYTES, packFile, unpackFile } from './file-parcel.server.ts'
import { guessFields, type LookedFile, lookAtFile } from './look-at-file.ts'
import { mappingFromFields } from './mapping-form.ts'
import { readPublished } from './published-reference.ts'

/** What reading the whole file with the mapping gave. */
export type CheckReport =
  | {
      readonly ok: true
      readonly people: number
      readonly rows: number
      readonly rowsNotWanted: number
      readonly rowsLeftOut: number
      /** Group by group, what would be brought in. */
      readonly groups: readonly { readonly label: string; readonly says: string }[]
    }
  | { readonly ok: false; readonly problems: readonly CohortProblem[]; readonly count: number }

/** Where the form stands. Everything it needs travels with it: nothing is stored before the file is brought in. */
export type NewCohortStep = {
  readonly errors: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, string | readonly string[]>>
  /** The file, once one was read. */
  readonly file?: {
    readonly parcel: string
    readonly fileName: string
    readonly looked: LookedFile
    readonly kind: CohortKind | undefined
    readonly report?: CheckReport
  }
}

const MEGABYTES = LARGEST_PAGE_FILE_BYTES / 1_000_000

/** A file that was chosen, or came along, looked at; guesses stand where nothing was typed. */
export function lookStep(form: FormData): NewCohortStep {
  const values = typedValues(form)
  const typed = Object.fromEntries(
    Object.entries(values).filter(([name]) => name !== 'file' && name !== 'file-name' && name !== 'parcel'),
  )
  const refuse = (says: string): NewCohortStep => ({ errors: { file: says }, values: typed })
  const sent = form.get('file')
  const parcel = String(form.get('parcel') ?? '')
  const text = typeof sent === 'string' && sent !== '' ? sent : parcel === '' ? undefined : unpackFile(parcel)
  if (text === undefined)
    return refuse(
      parcel === ''
        ? 'Choose a CSV file that is not empty.'
        : 'The file did not come along. Choose it again.',
    )
  if (Buffer.byteLength(text) > LARGEST_PAGE_FILE_BYTES)
    return refuse(
      `This file is larger than ${MEGABYTES} MB, which is what this page takes. A larger one comes in by the terminal: npm run cohort -- import FILE.`,
    )
  if (text.includes('\ufffd'))
    return refuse(
      'This file is not written in UTF-8, so letters of it cannot be read. Save it as “CSV UTF-8”.',
    )
  const plain = plainLineEnds(text)
  const separator = (Object.keys(SEPARATORS) as Separator[]).find((name) => name === values.separator)
  const looked = lookAtFile(plain, separator)
  if (!looked.ok) return refuse(`Line ${looked.line}: ${looked.says}.`)
  const kind = COHORT_KINDS.find((known) => known === values.kind)
  const guesses = guessFields(looked, kind)
  return {
    errors: {},
    values: { ...guesses, ...typed },
    file: {
      // What came along is packed already.
      parcel: parcel !== '' && text !== sent ? parcel : packFile(plain),
      fileName: String(form.get('file-name') ?? 'file.csv').slice(0, 200),
      looked,
      kind: kind ?? COHORT_KINDS.find((known) => known === guesses.kind),
    },
  }
}

export type CheckedStep =
  | {
      readonly ok: true
      readonly step: NewCohortStep
      readonly text: string
      readonly mapping: CohortMapping
      readonly name: string
      readonly published: string | undefined
    }
  | { readonly ok: false; readonly step: NewCohortStep }

/** The form with its mapping held against the whole file; ready to be brought in when nothing is wrong. */
export function checkStep(form: FormData): CheckedStep {
  const step = lookStep(form)
  if (!step.file) return { ok: false, step }
  const typed = typedValues(form)
  const { looked } = step.file
  // What was left empty on purpose must not be filled by a guess.
  const values = {
    ...typed,
    kind: String(typed.kind ?? ''),
    covariates: form.getAll('covariates').map(String),
  }
  const name = String(typed.name ?? '').trim()
  const read = mappingFromFields(
    values,
    looked.columns.map((column) => column.name),
  )
  const published = readPublished(form)
  const errors = {
    ...(read.ok ? {} : read.errors),
    ...(name === '' ? { name: 'Write what this cohort is called here.' } : {}),
    ...published.errors,
  }
  const { file } = step
  const shown = { ...step, values: { ...values, parcel: '' }, errors }
  if (!read.ok) return { ok: false, step: shown }
  const text = unpackFile(file.parcel) ?? ''
  const report = reportOf(readCohort(text, read.mapping))
  const reported = { ...shown, file: { ...file, report } }
  return report.ok && Object.keys(errors).length === 0
    ? { ok: true, step: reported, text, mapping: read.mapping, name, published: published.reference }
    : { ok: false, step: reported }
}

/** What a file that was read, or could not be, looks like on the page. */
function reportOf(file: CohortFile): CheckReport {
  if (!file.ok) return file
  return {
    ok: true,
    people: peopleIn(file.cohort),
    rows: file.cohort.rows.length,
    rowsNotWanted: file.rowsNotWanted,
    rowsLeftOut: file.rowsLeftOut,
    groups: groupsOf(file.cohort),
  }
}

function groupsOf(cohort: CohortRows): { label: string; says: string }[] {
  const each = <Row>(
    rows: readonly Row[],
    label: (row: Row) => string,
    says: (of: readonly Row[]) => string,
  ) =>
    [...Map.groupBy(rows, label)]
      .sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }))
      .map(([name, of]) => ({ label: name, says: says(of) }))
  switch (cohort.kind) {
    case 'time-to-event':
      return each(
        cohort.rows,
        ({ group }) => group,
        (of) => `${countedPeople(of.length)}, the event in ${of.filter(({ event }) => event).length}`,
      )
    case 'weekly-urine':
      return each(
        cohort.rows,
        ({ group }) => group,
        (of) => {
          const lengths = of.map(({ weeks }) => weeks.length)
          return `${countedPeople(of.length)}, ${lengths.reduce((a, b) => Math.min(a, b))} to ${lengths.reduce((a, b) => Math.max(a, b))} weeks`
        },
      )
    case 'repeated-scores':
      return each(
        cohort.rows,
        ({ group }) => group,
        (of) =>
          `${countedPeople(new Set(of.map(({ person }) => person)).size)}, ${counted(of.filter(({ score }) => score !== undefined).length, 'score', 'scores')}, ${of.filter(({ score }) => score === undefined).length} not known`,
      )
    case 'counts-by-arm':
      return each(
        cohort.rows,
        ({ arm }) => arm,
        (of) =>
          `${counted(of.length, 'arm', 'arms')}, ${countedPeople(of.reduce((sum, { people }) => sum + people, 0))}`,
      )
  }
}
