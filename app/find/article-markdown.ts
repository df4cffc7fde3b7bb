import { Marked, type Tokens } from 'marked'

/** What a citation in a text points to, already looked up. */
export type CitationTarget = { readonly href: string; readonly label: string; readonly unverified: boolean }

const citation = /^\[\[((?:study|source):[a-z0-9-]+)\]\]/

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
    .replace(/^#+ /gm, '')
    .replace(/^\s*(?:[-*]|\d+\.) /gm, '')
    .replace(/[*_`>|]/g, '')
    .replace(/\s+([.,;])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}

/**
 * Markdown of ours to HTML. `[[study:id]]` and `[[source:id]]` become links; HTML written in the text is shown
 * as text, never obeyed; addresses other than paths, `https:`, `tel:` and `sms:` lose their link.
 *
 * @param lookUp what a reference points to; a missing one throws, because dead citations must not be published
 */
export function renderMarkdown(markdown: string, lookUp: (reference: string) => CitationTarget): string {
  const marked = new Marked({ gfm: true })
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
    ],
    renderer: {
      html: ({ text }: Tokens.HTML | Tokens.Tag) => escapeHtml(text),
      heading({ tokens, depth, text }: Tokens.Heading) {
        return `<h${depth} id="${headingId(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`
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
  return marked.parse(markdown, { async: false })
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
