import * as z from 'zod'
import { questionGroupIds } from './question-groups.ts'

const line = z.string().min(1)

/** Where a claim comes from: a study of ours by id, or an entry of `content/sources.json`. */
const sourceReference = z.string().regex(/^(study|source):[a-z0-9-]+$/, 'must be study:… or source:…')

/** What stands at the head of every text: page, condition, question and article. */
export const articleFactsSchema = z.strictObject({
  title: line,
  summary: line,
  /** Roles, not names: who may be asked about the text. */
  authorRole: line,
  reviewerRole: line,
  /** Day of the last review by a clinician, or `none`: a page then says that nobody has reviewed it yet. */
  reviewedOn: z.union([z.iso.date(), z.literal('none')]),
  sources: z.array(sourceReference).min(1, 'needs at least one source'),
  keywords: z.array(line).default([]),
  /** Order within a list, lowest first. */
  order: z.coerce.number().int().default(100),
  /** Conditions: subject of the studies that belong to it. */
  topic: line.optional(),
  /** Questions: the subject they stand under, see `question-groups.ts`. */
  group: z.enum(questionGroupIds).optional(),
})

export type ArticleFacts = z.infer<typeof articleFactsSchema>

/** A text of the public site. */
export type Article = ArticleFacts & {
  readonly id: string
  readonly kind: 'page' | 'condition' | 'question' | 'article'
  /** Markdown beneath the head. */
  readonly body: string
}

/** A document that is not one of our studies: a regulator's notice, a guideline, a safety report. */
export const outsideSourceSchema = z.strictObject({
  /** A few words for use inside a sentence, for example `FDA 2023`. */
  short: line,
  label: line,
  url: z.url().nullable(),
  /** `memory` marks a source whose wording we could not check; claims from it are shown as unverified. */
  checked: z.enum(['source', 'memory']),
})

export type OutsideSource = z.infer<typeof outsideSourceSchema>

/** Path of an article on the site. */
export function articleHref(article: Pick<Article, 'id' | 'kind'>): string {
  if (article.kind === 'condition') return `/conditions/${article.id}`
  if (article.kind === 'article') return `/articles/${article.id}`
  if (article.kind === 'question') return `/questions#${article.id}`
  return article.id === 'home' ? '/' : `/${article.id}`
}
