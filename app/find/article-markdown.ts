import { Marked, type Token, type Tokens } from 'marked'
import { termHref } from './glossary.ts'
import { markTerms, type TermMarker, type TermToken } from './term-marks.ts'

/** What a citation in a text points to, already looked up. */
export type CitationTarget = { readonly href: string; readonly label: string; readonly unverified: boolean }

const citation = /^\[\[((?:study|source):[a-z0-9-]+)\]\]/

const columns = /^::: columns\n([\s\S]*?)\n:::(?:\n|$)/

/** Every reference cited in a text, in order, once each. */
export function citedReferences(markdown: string): string[] {
  const found = markdown.matchAll(/\[\[((?:study|source):[a-z0-9-]+)\]\]/g)
  return [...new Set([...found].map((match) => match[1]!))]
}

/** Every address a text links to. */
export function linkedAddresses(markdown: string): string[] {
  return [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!)
}

/** Second-level headings of a text with the ids they get. */
export function headings(markdown: string): { id: string; text: string }[] {
  return [...markdown.matchAll(/^## (.+)$/gm)].map((match) => ({
    id: headingId(match[1]!),
    text: match[1]!.trim(),
  }))
}

/** The text without its marks, for search and snippets. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\[\[[^\]]*\]\]/g, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/^#+ |^:::.*$/gm, '')
    .replace(/^\s*(?:[-*]|\d+\.) /gm, '')
    .replace(/[*_`>|]/g, '')
    .replace(/\s+([.,;])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}

/**
 * Markdown of ours to HTML. `[[study:id]]` and `[[source:id]]` become links; HTML written in the text is shown
 * as text, never obeyed; a block from `::: columns` to `:::` sets the sections under its third-level headings side by
 * side where there is room; addresses other than paths, `https:`, `tel:` and `sms:` lose their link.
 *
 * @param lookUp what a reference points to; a missing one throws, because dead citations must not be published
 * @param mark finds the terms of the glossary that this text may mark; without it none is
 */
export function renderMarkdown(
  markdown: string,
  lookUp: (reference: string) => CitationTarget,
  mark?: TermMarker,
): string {
  const marked = new Marked({ gfm: true })
  const given = new Map<string, number>()
  /** The same heading may come again, as in columns; an id may not. */
  function ownId(id: string): string {
    const times = (given.get(id) ?? 0) + 1
    given.set(id, times)
    return times === 1 ? id : `${id}-${times}`
  }
  marked.use({
    extensions: [
      {
        name: 'citation',
        level: 'inline',
        start: (source: string) => source.indexOf('[['),
        tokenizer(source: string) {
          const match = citation.exec(source)
          return match ? { type: 'citation', raw: match[0], reference: match[1]! } : undefined
        },
        renderer(token) {
          const target = lookUp((token as unknown as { reference: string }).reference)
          const mark = target.unverified ? ', unverified' : ''
          return `<a class="citation" href="${escapeHtml(target.href)}">${escapeHtml(target.label)}${mark}</a>`
        },
      },
      { name: 'term', renderer: (token) => termHtml(token as TermToken) },
      {
        name: 'columns',
        level: 'block',
        start: (source: string) => /^::: columns$/m.exec(source)?.index,
        tokenizer(source: string) {
          const match = columns.exec(source)
          if (!match) return undefined
          const sections = match[1]!.split(/^(?=### )/m).filter((section) => section.trim() !== '')
          const token = { type: 'columns', raw: match[0], tokens: [] as Token[] }
          const parts = sections.map((section) => ({
            type: 'column',
            raw: section,
            tokens: this.lexer.blockTokens(section, []),
          }))
          token.tokens.push(...(parts as Token[]))
          return token
        },
        renderer(token) {
          return `<div class="prose-columns">${this.parser.parse(token.tokens ?? [])}</div>\n`
        },
      },
      {
        name: 'column',
        renderer(token) {
          return `<section>${this.parser.parse(token.tokens ?? [])}</section>`
        },
      },
    ],
    renderer: {
      html: ({ text }: Tokens.HTML | Tokens.Tag) => escapeHtml(text),
      heading({ tokens, depth, text }: Tokens.Heading) {
        return `<h${depth} id="${ownId(headingId(text))}">${this.parser.parseInline(tokens)}</h${depth}>\n`
      },
      link({ href, tokens }: Tokens.Link) {
        const words = this.parser.parseInline(tokens)
        return /^(\/(?!\/)|#|https:|tel:|sms:)/.test(href)
          ? `<a href="${escapeHtml(href)}">${words}</a>`
          : words
      },
      image: ({ text }: Tokens.Image) => escapeHtml(text),
    },
  })
  const tokens = marked.lexer(markdown)
  return marked.parser(mark === undefined ? tokens : markTerms(tokens, mark))
}

/**
 * A term and its note. The note is hidden until the term is pointed at or has the keyboard's focus; it stands
 * outside what is read aloud and is tied to the link as its description, so that it is heard once.
 */
function termHtml({ text, term }: TermToken): string {
  const note = `term-${term.id}`
  return [
    `<span class="term"><a href="${termHref(term.id)}" aria-describedby="${note}">${escapeHtml(text)}</a>`,
    `<span class="term-note" id="${note}" aria-hidden="true">${escapeHtml(term.definition)}</span></span>`,
  ].join('')
}

function headingId(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
