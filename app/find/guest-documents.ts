import type { SearchDocument } from './search.ts'

let guests: readonly SearchDocument[] = []

/**
 * Public pages of later slices, which find cannot know: what knows both sides hands them in, once and before the first
 * request. They are found by the search and stand in the sitemap like find's own.
 *
 * @param documents all of them; a second call replaces those of the first
 */
export function welcomeDocuments(documents: readonly SearchDocument[]): void {
  guests = documents
}

/** What was handed in; nothing in a process that shows no pages. */
export function guestDocuments(): readonly SearchDocument[] {
  return guests
}
