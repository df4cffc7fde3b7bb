import {
  type Article,
  articleFactsSchema,
  articleHref,
  type OutsideSource,
  outsideSourceSchema,
} from './article.ts'
import { type CitationTarget, citedReferences, linkedAddresses } from './article-markdown.ts'
import { readFrontMatter } from './front-matter.ts'
import { type Glossary, type GlossaryTerm, readGlossary } from './glossary.ts'
import { type Redirects, readRedirects } from './redirects.ts'
import { byEnglishHref, readTranslation, type Translation, type Translations } from './spanish/translation.ts'
import { type Study, studySchema } from './study.ts'
import { shortCitation } from './study-words.ts'

/** The files of `content/`, as read: path relative to the folder, with forward slashes, to text. */
export type ContentFiles = ReadonlyMap<string, string>

/** Everything the public site says, checked. */
export type SiteContent = {
  readonly studies: ReadonlyMap<string, Study>
  readonly articles: readonly Article[]
  readonly sources: ReadonlyMap<string, OutsideSource>
  readonly glossary: Glossary
  readonly redirects: Redirects
  /** Texts in Spanish, by the address of the English page. */
  readonly spanish: Translations
}

/** Addresses of the site that are not articles or studies and may be linked from a text. */
const fixedAddresses: ReadonlySet<string> = new Set([
  '/',
  '/studies',
  '/conditions',
  '/articles',
  '/results',
  '/protocols',
  '/search',
  '/questions',
  '/glossary',
  '/help-now',
  '/services',
  '/location',
  '/request',
  '/sign-in',
])

/** The folder of what is translated; its files are named as the English ones. */
const SPANISH = 'es/'

const kinds = { pages: 'page', conditions: 'condition', questions: 'question', articles: 'article' } as const

/**
 * Reads the content of the site and refuses all of it when anything is wrong, with every problem at once:
 * a missing fact at the head of a text, a claim with a figure and no source, a citation or link that leads
 * nowhere, a cited source that the head does not list.
 *
 * @throws Error with one line a problem
 */
export function readSiteContent(files: ContentFiles): SiteContent {
  const problems: string[] = []
  const studies = new Map<string, Study>()
  const articles: Article[] = []
  const sources = new Map<string, OutsideSource>()
  let glossary: Glossary = new Map()
  let redirects: Redirects = new Map()
  for (const [path, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    try {
      if (path === 'sources.json') readSources(text, sources)
      else if (path === 'glossary.json') glossary = readGlossary(text)
      else if (path === 'redirects.json') redirects = readRedirects(text)
      else if (path.startsWith('studies/')) readStudy(path, text, studies)
      else if (!path.startsWith(SPANISH)) articles.push(readArticle(path, text))
    } catch (error) {
      problems.push(`${path}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const spanish: Translation[] = []
  for (const [path, text] of files) {
    if (!path.startsWith(SPANISH)) continue
    try {
      spanish.push(readTranslation(path.slice(SPANISH.length), text, articles))
    } catch (error) {
      problems.push(`${path}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const content = {
    studies,
    articles: articles.sort((a, b) => a.order - b.order),
    sources,
    glossary,
    redirects,
    spanish: byEnglishHref(spanish),
  }
  for (const article of articles) {
    const path = `${article.kind}s/${article.id}.md`
    problems.push(...articleProblems(article, content).map((problem) => `${path}: ${problem}`))
  }
  for (const term of glossary.values()) {
    problems.push(...termProblems(term, content).map((problem) => `glossary.json: ${term.id}: ${problem}`))
  }
  problems.push(...redirectProblems(content).map((problem) => `redirects.json: ${problem}`))
  if (problems.length > 0) throw new Error(`Content cannot be published:\n${problems.join('\n')}`)
  return content
}

function readSources(text: string, sources: Map<string, OutsideSource>): void {
  for (const [id, entry] of Object.entries(JSON.parse(text) as Record<string, unknown>)) {
    sources.set(id, checked(outsideSourceSchema.safeParse(entry), id))
  }
}

function readStudy(path: string, text: string, studies: Map<string, Study>): void {
  const study = checked(studySchema.safeParse(JSON.parse(text)))
  if (path !== `studies/${study.id}.json`) throw new Error(`the id ${study.id} is not the name of the file`)
  studies.set(study.id, study)
}

function readArticle(path: string, text: string): Article {
  const [folder, name] = path.split('/') as [string, string | undefined]
  const kind = (kinds as Record<string, Article['kind'] | undefined>)[folder]
  if (kind === undefined || !name?.endsWith('.md'))
    throw new Error('belongs in pages, conditions, questions or articles, as .md')
  const { facts, body } = readFrontMatter(text)
  if (body === '') throw new Error('there is no text')
  return { ...checked(articleFactsSchema.safeParse(facts)), id: name.slice(0, -3), kind, body }
}

type Parsed<Value> =
  | { success: true; data: Value }
  | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } }

function checked<Value>(parsed: Parsed<Value>, prefix?: string): Value {
  if (parsed.success) return parsed.data
  const messages = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`)
  throw new Error(`${prefix === undefined ? '' : `${prefix}: `}${messages.join('; ')}`)
}

function articleProblems(article: Article, content: SiteContent): string[] {
  const problems: string[] = []
  for (const reference of article.sources) {
    if (!referenceExists(reference, content)) problems.push(`source ${reference} does not exist`)
  }
  for (const reference of citedReferences(article.body)) {
    if (!article.sources.includes(reference))
      problems.push(`cites ${reference}, which its head does not list`)
  }
  const addresses = addressesOf(content)
  for (const address of linkedAddresses(article.body)) {
    if (!address.startsWith('/')) continue
    const [path] = address.split('?') as [string]
    const study = /^\/studies\/([a-z0-9-]+)$/.exec(path)
    if (study ? !content.studies.has(study[1]!) : !addresses.has(path))
      problems.push(`link ${address} leads nowhere`)
  }
  for (const paragraph of article.body.split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )/)) {
    const claims = /\d\s*%|\b\d[\d,]* (?:of \d[\d,]* )?people\b/.test(paragraph)
    if (claims && citedReferences(paragraph).length === 0) {
      problems.push(`a figure without a source: "${paragraph.trim().slice(0, 60)}"`)
    }
  }
  return problems
}

/** What a term points to beside other terms. */
function termProblems({ source, more }: GlossaryTerm, content: SiteContent): string[] {
  const problems: string[] = []
  if (source !== undefined && !referenceExists(source, content))
    problems.push(`source ${source} does not exist`)
  if (more !== undefined && !addressesOf(content).has(more)) problems.push(`link ${more} leads nowhere`)
  return problems
}

/** A redirect leads to a page, and from none: a page that exists would never be seen through it. */
function redirectProblems(content: SiteContent): string[] {
  const addresses = addressesOf(content)
  return [...content.redirects].flatMap(([from, to]) => [
    ...(addresses.has(to.split('#')[0]!) || addresses.has(to) ? [] : [`${from}: ${to} leads nowhere`]),
    ...(addresses.has(from) ? [`${from}: a page stands there`] : []),
  ])
}

function addressesOf(content: SiteContent): ReadonlySet<string> {
  return new Set([...fixedAddresses, ...content.articles.map(articleHref)])
}

function referenceExists(reference: string, content: SiteContent): boolean {
  const [kind, id] = reference.split(':') as [string, string]
  return kind === 'study' ? content.studies.has(id) : content.sources.has(id)
}

/**
 * Where a reference leads and what it is called inside a sentence.
 *
 * @throws Error when there is no such study or source; `readSiteContent` has already refused such texts
 */
export function citationTarget(content: SiteContent, reference: string): CitationTarget {
  const [kind, id] = reference.split(':') as [string, string]
  if (kind === 'study') {
    const study = content.studies.get(id)
    if (study === undefined) throw new Error(`No study ${id}`)
    return {
      href: `/studies/${id}`,
      label: shortCitation(study),
      unverified: study.confidence === 'from-memory',
    }
  }
  const source = content.sources.get(id)
  if (source === undefined) throw new Error(`No source ${id}`)
  return { href: `#source-${id}`, label: source.short, unverified: source.checked === 'memory' }
}
