import { type Article, articleHref } from './article.ts'
import { plainText } from './article-markdown.ts'
import { termHref } from './glossary.ts'
import { guestDocuments } from './guest-documents.ts'
import type { SearchDocument } from './search.ts'
import type { SiteContent } from './site-content.ts'
import { findingInWords, shortCitation, topicLabels } from './study-words.ts'

/** What of a clinic's configuration can be found: what it offers, what it is called and where it is. */
export type FindableClinic = {
  readonly name: string
  readonly city: string
  readonly region: string
  readonly addressLines: readonly string[]
  readonly services: readonly { readonly name: string; readonly summary: string }[]
}

/** Pages that are found by the name and the place of the clinic, too. */
const wordsOfPlace: Readonly<Record<string, (clinic: FindableClinic) => readonly string[]>> = {
  '/': ({ name }) => [name],
  '/location': ({ city, region, addressLines }) => [city, region, ...addressLines],
}

function placeOf(article: Article, clinic: FindableClinic): string[] {
  return (wordsOfPlace[articleHref(article)]?.(clinic) ?? []).filter((line) => line !== '')
}

/** Everything public as documents for the search: texts, studies, and what this clinic offers. */
export function searchDocuments(content: SiteContent, clinic: FindableClinic): SearchDocument[] {
  const texts = content.articles.map(
    (article): SearchDocument => ({
      href: articleHref(article),
      kind: article.kind,
      title: article.title,
      summary: article.summary,
      keywords: [...article.keywords, ...placeOf(article, clinic)],
      body: plainText(article.body),
    }),
  )
  const studies = [...content.studies.values()].map(
    (study): SearchDocument => ({
      href: `/studies/${study.id}`,
      kind: 'study',
      title: study.title,
      summary: study.summary,
      keywords: [shortCitation(study), ...study.topics.map((topic) => topicLabels[topic] ?? topic)],
      body: [
        study.condition,
        study.design,
        ...study.findings.map(findingInWords),
        study.harms ?? '',
        study.limits,
        study.citation.authors,
        study.citation.journal,
      ]
        .filter((part) => part !== '')
        .map((part) => part.replace(/\.$/, ''))
        .join('. '),
    }),
  )
  const list: SearchDocument = {
    href: '/studies',
    kind: 'page',
    title: 'All studies',
    summary:
      'Every study of ketamine for addiction and related conditions that we know of, good news and bad.',
    keywords: ['studies', 'evidence', 'research', 'trials', 'papers', 'science', 'literature'],
    body: '',
  }
  const conditions: SearchDocument = {
    href: '/conditions',
    kind: 'page',
    title: 'Conditions',
    summary:
      'Thirteen conditions: what ketamine has and has not been shown to do for each, and what else works.',
    keywords: ['conditions', 'what do you treat', 'substances', 'drugs', 'behaviors', 'mental health'],
    body: '',
  }
  const results: SearchDocument = {
    href: '/results',
    kind: 'page',
    title: 'Results',
    summary:
      'What became of people treated here: how many, how many we lost sight of, and how sure it is. Good news and bad.',
    keywords: [
      'results',
      'outcomes',
      'success rate',
      'success',
      'statistics',
      'does it work here',
      'relapse',
      'recovery',
    ],
    body: '',
  }
  const protocols: SearchDocument = {
    href: '/protocols',
    kind: 'page',
    title: 'Treatment plans from studies',
    summary:
      'Every way of giving ketamine that we know from studies: for what, how, how often, and how good the evidence is.',
    keywords: ['protocol', 'protocols', 'regimen', 'treatment plan', 'dosing', 'schedule'],
    body: '',
  }
  const questions: SearchDocument = {
    href: '/questions',
    kind: 'page',
    title: 'Questions people ask',
    summary: 'Short answers with their sources.',
    keywords: ['questions', 'answers', 'faq', 'help'],
    body: '',
  }
  const glossary: SearchDocument = {
    href: '/glossary',
    kind: 'page',
    title: 'Glossary',
    summary: 'Words you may meet here, in plain language.',
    keywords: ['words', 'terms', 'meaning', 'definition', 'dictionary', 'jargon'],
    body: '',
  }
  const request: SearchDocument = {
    href: '/request',
    kind: 'page',
    title: 'Request a visit',
    summary:
      'Ask for a first consultation, without an account. You get a reference and can see how it is doing.',
    keywords: ['appointment', 'book', 'request', 'visit', 'sign up', 'register', 'intake'],
    body: '',
  }
  const offered = clinic.services.map(
    (service): SearchDocument => ({
      href: `/services#${serviceAnchor(service.name)}`,
      kind: 'service',
      title: service.name,
      summary: service.summary,
      keywords: [],
      body: '',
    }),
  )
  return [
    ...texts,
    list,
    conditions,
    results,
    protocols,
    questions,
    glossary,
    request,
    ...offered,
    ...termDocuments(content),
    ...studies,
    ...guestDocuments(),
  ]
}

function termDocuments(content: SiteContent): SearchDocument[] {
  return [...content.glossary.values()].map(({ id, term, also, definition }) => ({
    href: termHref(id),
    kind: 'term',
    title: term,
    summary: definition,
    keywords: also,
    body: '',
  }))
}

/** The id of a service on the services page. */
export function serviceAnchor(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
