import { queriesBySort, type RelevanceSort } from './search-relevance-set.ts'

/** One query that a visitor might type. */
export type RelevanceQuery = {
  readonly sort: RelevanceSort
  readonly query: string
  /** Pages that answer it, the best first; others beside them are fine, but must not stand before them all. */
  readonly pages: readonly string[]
}

/** A clinic for these tests: its place and what it offers are configuration, not content. */
export const relevanceClinic = {
  name: 'Nova Health Recovery',
  city: 'Fairfax',
  region: 'Virginia',
  addressLines: [] as string[],
  services: [
    {
      name: 'First conversation',
      summary: 'Twenty minutes by telephone, to see whether this could be right.',
    },
    { name: 'Assessment', summary: 'History, questionnaires and a medical examination, then an answer.' },
    {
      name: 'Supervised session',
      summary: 'Preparation, infusion with a nurse beside you, and recovery; about three hours.',
    },
  ],
}

/** The relevance set of the search as one list, in an order that only grows at its end. */
export const relevanceQueries: readonly RelevanceQuery[] = Object.entries(queriesBySort).flatMap(
  ([sort, rows]) => rows.map(([query, ...pages]) => ({ sort: sort as RelevanceSort, query, pages })),
)

/** The third of the set by which weights and words are not chosen: every third query, none of the earlier ones. */
export const heldOutQueries: ReadonlySet<RelevanceQuery> = new Set(
  relevanceQueries.filter(({ sort }, index) => sort !== 'earlier' && index % 3 === 2),
)

/**
 * One over the place of the first expected page: 1 for the first place, 0 when none is found. A query that should find
 * nothing scores 1 when it does.
 *
 * @param found addresses in the order of the results
 */
export function reciprocalRank({ pages }: RelevanceQuery, found: readonly string[]): number {
  if (pages.length === 0) return found.length === 0 ? 1 : 0
  const at = found.findIndex((href) => pages.includes(href))
  return at < 0 ? 0 : 1 / (at + 1)
}

/**
 * How well the whole order fits, with the best page worth most: discounted gain over the first ten results, divided by
 * what the perfect order would have. Unlike the reciprocal rank it sees which expected page stands first.
 */
export function gradedGain({ pages }: RelevanceQuery, found: readonly string[]): number {
  if (pages.length === 0) return found.length === 0 ? 1 : 0
  const discount = (place: number) => 1 / Math.log2(place + 2)
  const worth = (href: string) => (pages.includes(href) ? pages.length - pages.indexOf(href) : 0)
  const gained = found.slice(0, 10).reduce((sum, href, place) => sum + worth(href) * discount(place), 0)
  return gained / pages.reduce((sum, href, place) => sum + worth(href) * discount(place), 0)
}
