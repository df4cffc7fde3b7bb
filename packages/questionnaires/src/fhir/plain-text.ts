import { textOf } from './fhir-json.ts'

/** How long the parts of a form may be, in characters. */
export const LONGEST = { title: 300, introduction: 6000, prompt: 3000, label: 500, note: 2000 } as const

/** With its markup a text may be this many times as long. */
const MARKUP_ROOM = 4

export type PlainText =
  | { readonly ok: true; readonly text: string; readonly changed: boolean }
  | { readonly ok: false; readonly says: string }

/**
 * What a person may be shown of a foreign text: one paragraph of plain characters. Left out are tags with what is
 * between the tags of a script or a style sheet, control characters, and characters that turn the reading direction or
 * are not to be seen. A text that is too long is refused rather than cut, since half a question is another question.
 *
 * @param value a member of a foreign resource
 * @param longest in characters
 */
export function plainText(value: unknown, longest: number): PlainText {
  const raw = textOf(value)
  if (raw === undefined) return { ok: false, says: 'there is no text' }
  if (raw.length > longest * MARKUP_ROOM) {
    return { ok: false, says: `its text has ${raw.length} characters; at most ${longest} can be shown` }
  }
  const text = withoutTags(raw)
    .normalize('NFC')
    .replaceAll(/[\t\n\v\f\r\u0085\u2028\u2029]/g, ' ')
    .replaceAll(UNSEEN, '')
    .replaceAll(LONE_SURROGATE, '')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
  if (text === '')
    return { ok: false, says: 'nothing is left of its text without markup and unseen characters' }
  if (text.length > longest) {
    return { ok: false, says: `its text has ${text.length} characters; at most ${longest} can be shown` }
  }
  return { ok: true, text, changed: text !== raw.replaceAll(/\s+/g, ' ').trim() }
}

/** The same for a text that is only noted (a publisher, an address): cut when too long, undefined when empty. */
export function notedText(value: unknown, longest: number = LONGEST.note): string | undefined {
  const raw = textOf(value)
  const plain = plainText(raw === undefined ? undefined : raw.slice(0, longest), longest)
  return plain.ok ? plain.text : undefined
}

/** A foreign text as part of a sentence of ours, cut where it is longer than `most` characters. */
export function quoted(value: unknown, most = 80): string {
  const text = notedText(value, most * 2) ?? ''
  return `“${text.length > most ? `${text.slice(0, most)}…` : text}”`
}

/** What somebody must be able to compare word for word. */
export const WHOLE_QUESTION = 600

/** Again and again, since what is left may form a tag; then no sign is left that could open one. */
function withoutTags(raw: string): string {
  let text = raw
  for (let round = 0; round < 8; round += 1) {
    const next = withoutOneLayer(text)
    if (next === text) return text
    text = next
  }
  return text.replaceAll('<', '')
}

/** One pass from left to right that looks ahead only for what is there, so that no text is slow however it is made. */
function withoutOneLayer(text: string): string {
  const lower = text.toLowerCase()
  const lastOf = new Map(CLOSINGS.map((closing) => [closing, lower.lastIndexOf(closing)]))
  const endOf = (closing: string, at: number) =>
    (lastOf.get(closing) ?? -1) > at ? lower.indexOf(closing, at) + closing.length : undefined
  const kept: string[] = []
  let from = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', Math.max(from, at + 1))) {
    if (!/[a-z/!?]/i.test(text[at + 1] ?? '')) continue
    kept.push(text.slice(from, at), ' ')
    const whole = CLOSINGS.find((closing) => lower.startsWith(OPENS[closing] ?? '<', at))
    from = endOf(whole ?? '>', at) ?? endOf('>', at) ?? text.length
  }
  return kept.join('') + text.slice(from)
}

/** What ends a part that goes as a whole, the most special first; `>` ends any tag. */
const CLOSINGS = ['-->', '</script>', '</style>', '>']
const OPENS: Readonly<Record<string, string>> = {
  '-->': '<!--',
  '</script>': '<script',
  '</style>': '<style',
}

/** Control and soft characters, what turns the reading direction, what nobody sees, and tags in disguise. */
const UNSEEN = /[\p{Cc}\u00ad\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\u{e0000}-\u{e007f}]/gu
const LONE_SURROGATE = /\p{Surrogate}/gu
