import { notedText } from './plain-text.ts'

/**
 * What a line of an import report is about:
 * `taken` was read into the wording; `ours` stays in our words or follows our rules; `ignored` stands in the file and is
 * not used; `preview` is an expression that we show and never compute; `check` is for a person to look at; `problem`
 * refuses the file.
 */
export type ReportKind = 'taken' | 'ours' | 'ignored' | 'preview' | 'check' | 'problem'

export type ReportLine = {
  readonly kind: ReportKind
  /** The linkId of the file, the id of our item, or "form". */
  readonly at: string
  /** One sentence in plain words. */
  readonly says: string
}

/** Collects the lines of one reading, in the order in which they were found. */
export type Reporter = {
  readonly lines: readonly ReportLine[]
  say(kind: ReportKind, at: string, says: string): void
}

export function newReport(): Reporter {
  const lines: ReportLine[] = []
  return {
    lines,
    say(kind, at, says) {
      // What a file says about itself is part of many lines and reaches a terminal and a page.
      lines.push({ kind, at: notedText(at, 200) ?? 'form', says: notedText(says, 1500) ?? '' })
    },
  }
}
