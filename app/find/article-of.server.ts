import type { Article } from './article.ts'
import { siteContent } from './content.server.ts'

/**
 * An article that the site cannot do without.
 *
 * @throws Error when the file is missing, because then the site is broken
 */
export function articleOf(kind: Article['kind'], id: string): Article {
  const found = findArticle(kind, id)
  if (found === undefined) throw new Error(`content/${kind}s/${id}.md is missing`)
  return found
}

/** An article by kind and id, when there is one. */
export function findArticle(kind: Article['kind'], id: string | undefined): Article | undefined {
  return siteContent().articles.find((article) => article.kind === kind && article.id === id)
}
