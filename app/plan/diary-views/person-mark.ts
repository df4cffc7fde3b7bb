/** "M. K." of "Marta Klein"; a question mark when there is no name. */
export function initials(name: string | undefined): string {
  const words = (name ?? '').split(/\s+/).filter((word) => word !== '')
  return words.length === 0 ? '?' : words.map((word) => `${[...word][0]!.toUpperCase()}.`).join('\u00a0')
}

/** The end of a record's number: enough to tell two people of one day apart, and it names nobody. */
export function recordMark(id: string): string {
  return `…${id.slice(-6)}`
}
