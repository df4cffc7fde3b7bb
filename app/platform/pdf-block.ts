import type { Instant } from './time.ts'

/** One fact of a document: what it is called and what it is. What is not known is undefined and printed as "unknown". */
export type PdfFact = {
  readonly term: string
  readonly value: string | undefined
  /** Where the value comes from, smaller below it. */
  readonly source?: string | undefined
  /** `code`: letters of one width, broken anywhere, for hashes and record numbers. */
  readonly as?: 'words' | 'code'
}

type PdfColumn = {
  readonly title: string
  /** Share of the width, 1 when left out: a column of 2 is twice as wide as one of 1. */
  readonly width?: number
  readonly align?: 'left' | 'right'
}

/**
 * What a printed document may be made of. Data only, so that pure code can build it and a test can read it:
 *
 * - `heading` 1 to 3; it never stands at the foot of a page without the first lines of what follows
 * - `paragraph`: one that ends with a colon stays with what follows; `quiet` for sources and remarks, `notice` for what must not be overlooked (a rule at its side, bold)
 * - `list`: points, or numbers when `numbered`
 * - `facts`: term and value, two columns; one fact is never torn
 * - `table`: the head stands again on every page it goes on to; a row is torn only when it is longer than a page
 * - `image`: a PNG; `width` in points (1/72 inch), at most the width of the text
 * - `drawing`: strokes as SVG path data inside `box`, drawn as lines; for a signature or a curve
 * - `rule`: a thin line
 * - `sign-here`: one empty line for each label, side by side, to be signed by hand on paper
 *
 * `alt` says in words what a picture shows, for who does not see it.
 */
export type PdfBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly tone?: 'plain' | 'quiet' | 'notice' }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly numbered?: boolean }
  | { readonly kind: 'facts'; readonly facts: readonly PdfFact[] }
  | {
      readonly kind: 'table'
      readonly caption?: string
      readonly columns: readonly PdfColumn[]
      readonly rows: readonly (readonly string[])[]
    }
  | { readonly kind: 'image'; readonly png: Uint8Array; readonly alt: string; readonly width: number }
  | {
      readonly kind: 'drawing'
      readonly path: string
      readonly box: { readonly width: number; readonly height: number }
      readonly alt: string
      readonly width: number
    }
  | { readonly kind: 'rule' }
  | { readonly kind: 'sign-here'; readonly labels: readonly string[] }

/** A document to print or to keep. The same value gives the same bytes. */
export type PdfContent = {
  /** Stands in the window and in the file's properties. The file's name is another matter and neutral. */
  readonly title: string
  /** BCP 47: "en", "es". */
  readonly language: string
  /** When it was made; becomes the file's date of creation. */
  readonly made: Instant
  readonly blocks: readonly PdfBlock[]
  /** Stands on every page, with "Page k of n". */
  readonly everyPage: {
    readonly clinic: string
    /** When it was printed, in words of the clinic's time zone. */
    readonly printed: string
    /** Hash or record number by which pages of one document are known. */
    readonly reference?: string | undefined
    /** What the law or the clinic wants on each page. */
    readonly notice?: string | undefined
  }
}
