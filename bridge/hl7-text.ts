import { Hl7Message, type Hl7Segment } from '@medplum/core'

/**
 * From bytes to one HL7 v2 message that may be read at all. The library splits at any run of line ends and takes whatever stands there for a
 * segment; a message whose lines were wrapped by a printer or a mail would be read in part. So the text is looked at first.
 */

/** Why a text is not one whole HL7 v2 message; the words stand in answers, in the log and in the guide. */
export type TextProblem =
  | 'empty'
  | 'not-text'
  | 'not-er7'
  | 'batch-envelope'
  | 'batch-without-message'
  | 'several-messages'
  | 'mixed-line-ends'
  | 'wrapped-lines'
  | 'too-many-parts'

const MAX_SEGMENTS = 2000
/** Every separator becomes an object in the library's tree; a quarter of a megabyte of them would be a hundred megabytes. */
const MAX_SEPARATORS = 40_000

/**
 * Bytes to text. UTF-8 when they are valid UTF-8; else the eight-bit set that MSH-18 names (`8859/1`); else no text. Monitors write
 * degree signs and micrograms in both.
 */
export function decodeHl7(
  bytes: Uint8Array,
): { readonly text: string } | { readonly problem: 'empty' | 'not-text' } {
  if (bytes.length === 0) return { problem: 'empty' }
  if (bytes.includes(0)) return { problem: 'not-text' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    const text = new TextDecoder('latin1').decode(bytes)
    return /^MSH[^\r\n]*8859\/1/.test(text) ? { text } : { problem: 'not-text' }
  }
}

/**
 * One message, or why it is none.
 *
 * Line ends: CR as the standard says, or LF, or CR LF, but one kind throughout. Empty lines at the end are let go; within the message they
 * are a sign of wrapping, as is any line that does not begin with a segment's name and a separator.
 *
 * @example parseHl7('MSH|^~\\&|…\rOBR|…') // Hl7Message
 */
export function parseHl7(text: string): Hl7Message | TextProblem {
  const trimmed = text.replace(/^[\s\uFEFF]+|[\r\n\t ]+$/g, '')
  if (trimmed === '') return 'empty'
  if (/^[FB]HS\W/.test(trimmed))
    return /[\r\n]MSH\W/.test(trimmed) ? 'batch-envelope' : 'batch-without-message'
  // `#` after the four is the truncation character of version 2.7.
  if (!/^MSH\|\^~\\&#?[|\r\n]/.test(`${trimmed}\r`)) return 'not-er7'
  const ends = new Set(trimmed.match(/\r\n|\r|\n/g))
  if (ends.size > 1) return 'mixed-line-ends'
  const lines = trimmed.split([...ends][0] ?? '\r')
  if (lines.some((line) => !/^[A-Z][A-Z0-9]{2}(\||$)/.test(line))) return 'wrapped-lines'
  if (lines.filter((line) => line.startsWith('MSH')).length > 1) return 'several-messages'
  if (lines.length > MAX_SEGMENTS || (trimmed.match(/[|^~&]/g)?.length ?? 0) > MAX_SEPARATORS)
    return 'too-many-parts'
  return Hl7Message.parse(lines.join('\r'))
}

/**
 * The messages of a file: what stands from one MSH to the next, without the envelope of a batch (FHS, BHS, BTS, FTS). Nothing is judged
 * here; each part goes through `parseHl7`. A file without MSH is one part, so that it is refused by name instead of being silently nothing.
 */
export function messagesOfFile(text: string): string[] {
  const starts = [...text.matchAll(/(?:^|[\r\n])(?=MSH\W)/g)].map((match) => match.index + match[0].length)
  if (starts.length === 0) return [text]
  return starts.map((start, index) =>
    text.slice(start, starts[index + 1]).replace(/(?:[\r\n]+(?:BTS|FTS|BHS|FHS)\b[^\r\n]*)+[\r\n]*$/, ''),
  )
}

/**
 * One value of a segment with its escapes undone; an empty text when it is not there. `""`, HL7's word for "delete what you
 * have", is an empty text as well: no vital sign is stored in it.
 */
export function componentOf(segment: Hl7Segment | undefined, field: number, component = 1): string {
  const whole = segment?.getField(field)
  const text = whole?.components[0]?.[component - 1] ?? ''
  return text === '""' ? '' : unescaped(text)
}

/** A whole field as it was written, repetitions and all. */
export function fieldText(segment: Hl7Segment | undefined, field: number): string {
  return segment?.getField(field)?.toString() ?? ''
}

const ESCAPES: Readonly<Record<string, string>> = { F: '|', S: '^', T: '&', R: '~', E: '\\' }

/** Undoes the five escapes of separators; what else stands between backslashes (highlighting, hexadecimal) is left as written. */
function unescaped(text: string): string {
  return text.replace(/\\([FSTRE])\\/g, (_, letter: string) => ESCAPES[letter]!)
}

/** Text that may stand in a field: separators escaped, no line ends, not endless. */
export function escaped(text: string): string {
  return text
    .slice(0, 200)
    .replace(
      /[\\|^&~]/g,
      (sign) => ({ '\\': '\\E\\', '|': '\\F\\', '^': '\\S\\', '&': '\\T\\', '~': '\\R\\' })[sign]!,
    )
    .replace(/[^\x20-\x7e\u00a0-\uffff]/g, ' ')
}
