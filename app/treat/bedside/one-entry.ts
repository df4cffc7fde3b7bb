import type * as z from 'zod'
import { type FormAnswer, formProblem, parseForm } from '../../platform/form.ts'
import type { Instant } from '../../platform/time.ts'
import type { BedsideEntry } from '../session/bedside-entry.ts'
import { bedsideInstant } from '../session/session-form.ts'

/** When a form is judged: now by the server's clock, and where the clinic is. */
export type FormMoment = { readonly now: Instant; readonly timeZone: string }

/** What a form adds to the log, and the word the page says it with afterwards; or what to change in it. */
export type FormEntries =
  | { readonly ok: true; readonly entries: readonly BedsideEntry[]; readonly done: string }
  | { readonly ok: false; readonly answer: FormAnswer }

/** Turns one form of the bedside into entries. Pure: the server calls it, and so does a tablet without a network. */
export type FormReader = (form: FormData, moment: FormMoment) => FormEntries

/**
 * A form of one entry: checked against its schema, then written as an entry.
 *
 * @param lists fields of which several may be ticked
 * @param wrongNow what only the moment tells to be wrong, by field; undefined where nothing is
 */
export function oneEntry<Schema extends z.ZodType<{ key: BedsideEntry['id']; time?: string | undefined }>>(
  schema: Schema,
  done: string,
  entryOf: (
    form: z.infer<Schema>,
    moment: FormMoment,
  ) => Pick<BedsideEntry, 'kind' | 'data'> & Pick<Partial<BedsideEntry>, 'words'>,
  lists: readonly string[] = [],
  wrongNow?: (form: z.infer<Schema>, moment: FormMoment) => Readonly<Record<string, string>> | undefined,
): FormReader {
  return (form, moment) => {
    const parsed = parseForm(schema, form, lists)
    if (!parsed.ok) return parsed
    const wrong = wrongNow?.(parsed.value, moment)
    if (wrong) return { ok: false, answer: formProblem(form, wrong) }
    const { key: id, time } = parsed.value
    const at = bedsideInstant(time, moment.now, moment.timeZone)
    const entry = { id, at, ...sureOf(form), ...entryOf(parsed.value, moment) } as BedsideEntry
    return { ok: true, entries: [entry], done }
  }
}

/** What was asked about an entry and is right, sent along with the form that was asked about. */
export function sureOf(form: FormData): Pick<BedsideEntry, 'sure'> {
  const sure = form.get('sure')
  return typeof sure === 'string' && sure !== '' ? { sure } : {}
}

/** Free text and reasons, without what was left empty; nothing at all when everything was. */
export function wordsOf(words: Readonly<Record<string, string | undefined>>): Pick<BedsideEntry, 'words'> {
  const given = Object.entries(words).filter(([, value]) => value !== undefined)
  return given.length > 0 ? { words: Object.fromEntries(given) } : {}
}

/** A correction happens when it is written; the entry it corrects keeps its own time. */
export function correction(
  id: BedsideEntry['id'],
  of: BedsideEntry['id'],
  figures: Readonly<Record<string, unknown>>,
  reason: string,
  now: Instant,
): FormEntries {
  const entry: BedsideEntry = { id, kind: 'correction', at: now, data: { of, figures }, words: { reason } }
  return { ok: true, entries: [entry], done: 'corrected' }
}
