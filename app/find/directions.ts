/**
 * Where a map of the clinic's place can be seen: a page of OpenStreetMap, opened only when somebody follows the link.
 *
 * @param place what is known of the address, nearest first; an invented street must not be among it
 * @returns undefined when nothing is known
 * @example mapHref(['Fairfax', 'Virginia']) // 'https://www.openstreetmap.org/search?query=Fairfax%2C+Virginia'
 */
export function mapHref(place: readonly string[]): string | undefined {
  const known = place.map((part) => part.trim()).filter(Boolean)
  if (known.length === 0) return undefined
  return `https://www.openstreetmap.org/search?${new URLSearchParams({ query: known.join(', ') })}`
}
