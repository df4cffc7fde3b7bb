import type { DraftPart, DraftSentence } from './session-note.ts'

/** What the log says otherwise than when a note was drafted. */
export type SinceDrafted = {
  /** Sentences of now that were not drafted then and do not stand in the text. */
  readonly added: readonly DraftSentence[]
  /** Drafted sentences that still stand in the text although the log does not say them any more. */
  readonly gone: readonly string[]
}

/**
 * Compares the draft of now with the one a text began from. Pure.
 *
 * @param drafted the sentences of the draft that the text began from, or that were taken into it since
 * @param current what the log says now
 * @param body the text as somebody has edited it
 */
export function sinceDrafted(
  drafted: readonly string[],
  current: readonly DraftSentence[],
  body: string,
): SinceDrafted {
  const before = new Set(drafted)
  const now = new Set(current.map(({ text }) => text))
  const lines = new Set(linesOf(body))
  return {
    added: current.filter(({ text }) => !before.has(text) && !lines.has(text)),
    gone: [...before].filter((text) => !now.has(text) && lines.has(text)),
  }
}

/** Everything of it in one list: what somebody confirms who signs all the same. */
export function saidSince({ added, gone }: SinceDrafted): string[] {
  return [...added.map(({ text }) => text), ...gone]
}

/**
 * The text with the new sentences under their headings and without the drafted lines that do not hold any more. Whatever somebody
 * wrote or changed stays as it is; a part whose heading is not there any more comes at the end.
 */
export function takenIn(body: string, parts: readonly DraftPart[], { added, gone }: SinceDrafted): string {
  const out = new Set(gone)
  const lines = body.split(/\r?\n/).filter((line) => !out.has(line.trim()))
  for (const { heading, sentences } of parts) {
    const fresh = sentences.filter((sentence) => added.some(({ text }) => text === sentence.text))
    if (fresh.length === 0) continue
    const texts = fresh.map(({ text }) => text)
    const place = lines.findIndex((line) => line.trim() === heading)
    if (place < 0) {
      lines.push('', heading, ...texts)
      continue
    }
    const blank = lines.findIndex((line, index) => index > place && line.trim() === '')
    lines.splice(blank < 0 ? lines.length : blank, 0, ...texts)
  }
  return lines.join('\n')
}

/** What stands under a note that was signed as it was written although the log says more. */
export function asWrittenWords({ added, gone }: SinceDrafted): string {
  const lines = [
    ...added.map(({ text }) => text),
    ...gone.map((text) => `The log does not say any more: “${text}”`),
  ]
  return lines.length > 0 ? ['', '', 'Recorded after this note was written', ...lines].join('\n') : ''
}

/** Sentences out of a hidden field, written as JSON; what cannot be read is none. */
export function sentencesIn(text: string): string[] {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : []
  } catch {
    return []
  }
}

function linesOf(body: string): string[] {
  return body.split(/\r?\n/).map((line) => line.trim())
}
