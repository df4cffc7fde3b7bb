import * as z from 'zod'
import { type Article, articleHref } from '../article.ts'
import { citedReferences, linkedAddresses } from '../article-markdown.ts'
import { readFrontMatter } from '../front-matter.ts'

const line = z.string().min(1)

const factsSchema = z.strictObject({
  title: line,
  summary: line,
  /** Digest of the English text that this one says in Spanish, see `englishEdition`. */
  translates: z.string().regex(/^[0-9a-f]{12}$/, 'must be the digest of the English text'),
  /** Day on which a clinician who reads Spanish last reviewed the translation, or `none`. */
  reviewedOn: z.union([z.iso.date(), z.literal('none')]),
  keywords: z.array(line).default([]),
})

/** A text of the site in Spanish: our own translation of one English text. */
export type Translation = z.infer<typeof factsSchema> & {
  readonly english: Article
  readonly body: string
  /** The English text has changed since: the page says so and leads to it. */
  readonly behind: boolean
}

const FNV_PRIME = 0x100000001b3n
const FNV_START = 0xcbf29ce484222325n

/**
 * The version of an English text: what a reader reads of it, as twelve digits of its FNV-1a hash. It tells a text that was
 * changed from one that was not; it guards against nobody.
 */
export function englishEdition({
  title,
  summary,
  body,
}: Pick<Article, 'title' | 'summary' | 'body'>): string {
  let hash = FNV_START
  for (const byte of new TextEncoder().encode(JSON.stringify([title, summary, body]))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * FNV_PRIME)
  }
  return hash.toString(16).padStart(16, '0').slice(-12)
}

/**
 * Reads a Spanish text.
 *
 * @param path of the file under `content/es/`, for example `conditions/alcohol.md`: the path of the English text
 * @param articles every English text
 * @throws Error when the head is not understood, when there is no such English text, or when it cites what the English text
 *   does not: a translation claims nothing of its own
 */
export function readTranslation(path: string, text: string, articles: readonly Article[]): Translation {
  const english = articles.find(({ kind, id }) => path === `${kind}s/${id}.md`)
  if (english === undefined) throw new Error('there is no English text of this name')
  const { facts, body } = readFrontMatter(text)
  if (body === '') throw new Error('there is no text')
  const parsed = factsSchema.safeParse(facts)
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; '),
    )
  }
  for (const reference of citedReferences(body)) {
    if (!english.sources.includes(reference))
      throw new Error(`cites ${reference}, which the English text does not`)
  }
  const behind = parsed.data.translates !== englishEdition(english)
  if (!behind) {
    const problem = differenceOfClaims(english.body, body)
    if (problem !== undefined) throw new Error(problem)
  }
  return { ...parsed.data, english, body, behind }
}

/** Where a translation of the same edition says something else: citations, links and figures must be the same ones. */
function differenceOfClaims(english: string, spanish: string): string | undefined {
  for (const [what, list] of [
    ['citations', (text: string) => [...text.matchAll(/\[\[([^\]]+)\]\]/g)].map((match) => match[1]!)],
    ['links', linkedAddresses],
    ['figures', figuresOf],
  ] as const) {
    const [a, b] = [list(english), list(spanish)].map((all) => [...all].sort())
    const missing = a!.filter((one) => !take(b!, one))
    if (missing.length > 0 || b!.length > 0) {
      return `other ${what} than the English text: missing ${missing.join(' ') || 'none'}, too many ${b!.join(' ') || 'none'}`
    }
  }
  return undefined
}

function take(list: string[], one: string): boolean {
  const at = list.indexOf(one)
  if (at >= 0) list.splice(at, 1)
  return at >= 0
}

/** Figures written as digits, outside of citations and addresses: Spanish in the United States writes them as English does. */
function figuresOf(markdown: string): string[] {
  const read = markdown.replace(/\[\[[^\]]*\]\]/g, '').replace(/\]\([^)]*\)/g, ']')
  return read.match(/\d+(?:[.,]\d+)*/g) ?? []
}

/** Every text that has a Spanish page, by the address of its English one. */
export type Translations = ReadonlyMap<string, Translation>

/** Translations by the address of the English page. */
export function byEnglishHref(translations: readonly Translation[]): Translations {
  return new Map(translations.map((one) => [articleHref(one.english), one]))
}
