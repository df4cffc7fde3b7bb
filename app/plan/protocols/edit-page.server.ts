import { studyById } from '../../find/index.server.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, typedValues } from '../../platform/form.ts'
import { goTo, notFound, type PageArgs } from '../../platform/page.server.ts'
import { saveDraft } from './draft-protocol.server.ts'
import { editFields, fieldOfPath, type ShownField, withEdits } from './edit-fields.ts'
import {
  type EditShape,
  nextKey,
  ROW_LISTS,
  type RowList,
  rowOfPath,
  shapeIn,
  shapeOf,
  shapeText,
} from './edit-shape.ts'
import { parseProtocol } from './parse-protocol.ts'
import type { Protocol } from './protocol.ts'
import { clinicProtocolById } from './protocol-of.server.ts'
import { type OwnVersion, versionState } from './protocol-version.ts'

async function protocolIn({ services, actor, clinic, params }: PageArgs) {
  return runQuery(
    services,
    actor,
    async ({ db }) => (await clinicProtocolById(db, clinic.id, params.id ?? '')) ?? notFound(),
  )
}

/** The fields of a draft by section, with the revision that is seen. */
export async function editPage(page: PageArgs) {
  const found = await protocolIn(page)
  const version = page.url.searchParams.get('version') ?? found.own.at(-1)?.version
  const own = found.own.find((v) => v.version === version)
  if (!own)
    return {
      id: found.id,
      title: found.shown.title,
      version: undefined,
      number: 0,
      revision: 0,
      editable: false,
      form: undefined,
    }
  return {
    id: own.protocolId,
    title: own.protocol.title,
    version: own.version,
    number: own.number,
    revision: own.revision,
    editable: versionState(own.events) === 'draft',
    form: formOf(own.protocol, shapeOf(own.protocol)),
  }
}

const ADD_WORDS: Readonly<Record<RowList, string>> = {
  'dose.steps': 'Add a step',
  course: 'Add a stretch',
  'visit.parts': 'Add a part of the visit',
  phases: 'Add a phase',
}
const LIST_SECTIONS: Readonly<Record<RowList, string>> = {
  'dose.steps': 'Dose',
  course: 'Course',
  'visit.parts': 'Course',
  phases: 'Phases',
}

/** The sections of the form with their fields, row by row, and what can be added to each. */
function formOf(protocol: Protocol, shape: EditShape) {
  const fields = editFields(protocol, shape)
  const lists = ROW_LISTS.filter(
    (list) => list !== 'dose.steps' || protocol.dose.kind === 'infusion-mg-per-kg',
  )
  return {
    shape: shapeText(shape),
    sections: [...new Set(fields.map(({ section }) => section))].map((title) => ({
      title,
      anchor: anchorOf(title),
      blocks: blocksOf(fields.filter(({ section }) => section === title)),
      adds: lists
        .filter((list) => LIST_SECTIONS[list] === title)
        .map((list) => ({ list, words: ADD_WORDS[list], row: `${list}.${nextKey(protocol, shape, list)}` })),
    })),
  }
}

/** @example anchorOf('What it is') // 'part-what-it-is' */
function anchorOf(title: string): string {
  return `part-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
}

/** Fields that follow each other in the same row. */
function blocksOf(fields: readonly ShownField[]) {
  const blocks: { row: string | undefined; fields: ShownField[] }[] = []
  for (const field of fields) {
    const last = blocks.at(-1)
    if (last && last.row === field.row) last.fields.push(field)
    else blocks.push({ row: field.row, fields: [field] })
  }
  return blocks
}

/** What the editor answers: what was typed, with the form it was typed into. */
type EditAnswer = FormAnswer & { readonly form: ReturnType<typeof formOf> }

/**
 * Adds a row or takes one out ("?add=course", "?take=course.1") and gives the form back with everything typed. Nothing
 * is stored.
 */
export async function changeRows(page: PageArgs & { readonly form: FormData }): Promise<EditAnswer> {
  const { form, url } = page
  const own = await ownIn(page)
  const shape = shapeIn(own.protocol, String(form.get('shape') ?? ''))
  const add = ROW_LISTS.find((list) => list === url.searchParams.get('add'))
  const take = rowOfPath(url.searchParams.get('take') ?? '')
  const changed: EditShape = add
    ? { ...shape, [add]: [...shape[add], nextKey(own.protocol, shape, add)] }
    : take
      ? { ...shape, [take.list]: shape[take.list].filter((key) => key !== take.index) }
      : shape
  return { errors: {}, values: typedValues(form), form: formOf(own.protocol, changed) }
}

async function ownIn(page: PageArgs & { readonly form: FormData }): Promise<OwnVersion> {
  const version = String(page.form.get('version') ?? '')
  return (await protocolIn(page)).own.find((v) => v.version === version) ?? notFound()
}

/** Saves what was typed as the next revision, or answers field by field with everything kept. */
export async function saveEdits(
  page: PageArgs & { readonly form: FormData },
): Promise<EditAnswer | Response> {
  const { services, actor, form, params } = page
  const own = await ownIn(page)
  const { version } = own
  const shape = shapeIn(own.protocol, String(form.get('shape') ?? ''))
  const answer = (errors: Readonly<Record<string, string>>): EditAnswer => ({
    ...formProblem(form, errors),
    form: formOf(own.protocol, shape),
  })
  const typed = Object.fromEntries(
    Object.entries(typedValues(form)).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )
  const parsed = parseProtocol(withEdits(own.protocol, typed, shape), (id) => studyById(id) !== undefined)
  if (!parsed.ok) {
    const errors: Record<string, string> = {}
    for (const { path, words } of parsed.problems) errors[fieldOfPath(own.protocol, path, shape)] ??= words
    return answer(errors)
  }
  const outcome = await runCommand(services, actor, saveDraft, {
    protocolId: own.protocolId,
    version,
    seenRevision: Number(form.get('revision') ?? 0),
    protocol: parsed.protocol,
  })
  if (outcome.ok) return goTo(`/work/protocols/${params.id}?version=${version}&done=saved`)
  if (outcome.reason === 'no-such-version') return notFound()
  const words: Readonly<Record<string, string>> = {
    'not-a-draft': 'This version is no longer a draft. What you typed is kept here, but not stored.',
    'changed-meanwhile':
      'Somebody saved this draft in the meantime. What you typed is kept here, but not stored: compare it with the draft as it is now.',
  }
  return answer({ form: words[outcome.reason] ?? 'You do not have the right to change this.' })
}
