import * as z from 'zod'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import { goTo, type PageArgs } from '../../platform/page.server.ts'
import { setNoteTemplate as setAction } from '../treat-access.ts'
import { noteTemplate } from './note-queries.server.ts'
import { NOTE_PART_NAMES, NOTE_PARTS, type NotePart, type TemplatePart } from './note-template.ts'
import { setNoteTemplate } from './write-note.server.ts'

/** How the clinic's notes are laid out now. */
export async function loadTemplate({ services, actor, clinic, url }: PageArgs) {
  return runQuery(services, actor, async ({ db }) => ({
    template: await noteTemplate(db, clinic.id),
    done: url.searchParams.get('done') ?? undefined,
    maySet: mayDo(actor, setAction),
  }))
}

const place = z.string().transform((text, context) => {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= 99) return value
  context.addIssue('Write the place as a whole number from 1.')
  return z.NEVER
})

function fieldsOf(part: NotePart) {
  return {
    [`${part}.place`]: place,
    [`${part}.heading`]: z
      .string({ error: `Give “${NOTE_PARTS[part]}” a heading.` })
      .max(80, 'Keep the heading under 80 characters.'),
    [`${part}.ownText`]: z.string().max(2_000, 'Keep this under 2,000 characters.').optional(),
    [`${part}.included`]: z.string().optional(),
  }
}

const templateForm = z.object({
  basedOn: z.coerce.number().int().min(0),
  ...(Object.assign({}, ...NOTE_PART_NAMES.map(fieldsOf)) as Record<string, z.ZodType>),
})

type Posted = PageArgs & { readonly form: FormData }

/** Parts in the order of their places; two of one place stay in the order they were in. */
export function partsOf(form: Readonly<Record<string, unknown>>): TemplatePart[] {
  return NOTE_PART_NAMES.map((part, index) => ({
    place: Number(form[`${part}.place`]),
    index,
    value: {
      part,
      heading: String(form[`${part}.heading`]),
      ownText: String(form[`${part}.ownText`] ?? ''),
      included: form[`${part}.included`] !== undefined,
    },
  }))
    .sort((a, b) => a.place - b.place || a.index - b.index)
    .map(({ value }) => value)
}

export async function keepTemplate(page: Posted): Promise<FormAnswer | Response> {
  const parsed = parseForm(templateForm, page.form)
  if (!parsed.ok) return parsed.answer
  const parts = partsOf(parsed.value)
  if (!parts.some(({ included }) => included)) {
    return formProblem(page.form, { form: 'A note with no part at all says nothing. Keep at least one.' })
  }
  const outcome = await runCommand(page.services, page.actor, setNoteTemplate, {
    basedOn: Number(parsed.value.basedOn),
    parts,
  })
  if (outcome.ok) return goTo('/work/note-template?done=set')
  return formProblem(page.form, {
    form: 'Somebody else has changed it since you opened it. Yours is below; open the page in another tab and bring both together.',
  })
}
