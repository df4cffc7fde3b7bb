/** What stands before or behind a name and says what somebody is, not who. */
const TITLES = new Set(
  'mr mrs ms mx miss madam dr doctor prof professor rev md do rn lpn np phd nurse interpreter'.split(' '),
)

/**
 * Whether two typed names are those of one person, however they were typed: case, accents, punctuation, order, titles,
 * initials in the middle and what stands in brackets do not count. "Jr." counts: a son is somebody else. Pure.
 *
 * @example isSameName('Emeka Thornby', 'THORNBY, Émeka (nurse)') // true
 */
export function isSameName(one: string, other: string): boolean {
  const [a, b] = [namePartsOf(one), namePartsOf(other)]
  if (a.length === 0 || b.length === 0) return false
  return a.join('') === b.join('') || a.toSorted().join(' ') === b.toSorted().join(' ')
}

function namePartsOf(typed: string): readonly string[] {
  const parts = wordsOf(typed.replace(/[([{<].*?(?:[)\]}>]|$)/g, ' '))
  const all = parts.length > 0 ? parts : wordsOf(typed)
  const named = all.filter((word) => !TITLES.has(word))
  const full = named.filter((word) => word.length > 1)
  if (full.length > 1) return full
  return named.length > 0 ? named : all
}

function wordsOf(typed: string): readonly string[] {
  return typed
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’‘`.]/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
