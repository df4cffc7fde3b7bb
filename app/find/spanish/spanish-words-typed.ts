import { editDistance } from '../edit-distance.ts'
import type { SearchDocument } from '../search.ts'
import { englishNames, spanishNames } from '../search-names.ts'
import { englishEmptyWords, spanishEmptyWords, words } from '../search-words.ts'
import { spanishCrisisWords } from './spanish-crisis.ts'

/** How Spanish a query is: `spanish` clearly more than English; `perhaps` a little; `no` not at all. */
export type Spanishness = 'spanish' | 'perhaps' | 'no'

/** Who types the name of the language looks for these pages; English ones name it, too. */
const namesOfIt: ReadonlySet<string> = new Set(words('español spanish'))

/** Words that English has, too, though no English page of ours has them. */
const sharedWords: readonly string[] = words(
  'van metro glaucoma fiesta tan dura alta la las los el del un uno si mi no',
)

/** From this length on a word may be a slip for an English one; shorter ones lie too near each other. */
const leastLengthOfSlip = 6

/**
 * Builds the judgment of the language of a query. What both languages know ("son", "me", "final") tells nothing; a word
 * that only stands inside a Spanish text tells half, because English has more words than our pages do.
 *
 * @param spanish documents of the Spanish pages
 * @param english documents of the English pages
 * @example spanishness('for my son') // 'no'
 * @example spanishness('depresion') // 'perhaps': Spanish without its accent, or a slip
 */
export function spanishnessOf(
  spanish: readonly SearchDocument[],
  english: readonly SearchDocument[],
): (query: string) => Spanishness {
  const inHeads = new Set([
    ...spanish.flatMap(({ title, summary, keywords }) => words([title, summary, ...keywords].join(' '))),
    ...spanishNames.flatMap(words),
    ...spanishEmptyWords,
    ...spanishCrisisWords,
  ])
  const inBodies = new Set(spanish.flatMap(({ body }) => words(body)))
  // Keywords of English pages hold Spanish words for those who type them.
  const inEnglish = new Set([
    ...english.flatMap(({ title, summary, body }) => words([title, summary, body].join(' '))),
    ...englishNames.flatMap(words),
    ...englishEmptyWords,
    ...sharedWords,
  ])
  const longEnglish = [...inEnglish].filter((word) => word.length >= leastLengthOfSlip)

  /** English typed with one slip: `depresion`; a last a or o is Spanish, not a slip: `heroina`. */
  function maySlip(word: string, accented: boolean): boolean {
    if (accented || word.length < leastLengthOfSlip || /[ao]$/.test(word) || spanishCrisisWords.has(word)) {
      return false
    }
    return longEnglish.some((known) => editDistance(word, known, 1) <= 1)
  }

  return (query) => {
    const asked = words(query)
    if (asked.some((word) => namesOfIt.has(word))) return 'spanish'
    const accented = new Set(
      query
        .split(/[^\p{L}\p{M}]+/u)
        .filter((word) => /[áéíóúüñ]/i.test(word.normalize('NFC')))
        .flatMap(words),
    )
    let saysSpanish = 0
    let saysEnglish = 0
    let perhaps = false
    for (const word of asked) {
      const english = inEnglish.has(word)
      const told = inHeads.has(word) ? 1 : inBodies.has(word) ? 0.5 : 0
      if (english && told === 0) saysEnglish += 1
      if (english || told === 0) continue
      if (maySlip(word, accented.has(word))) perhaps = true
      else saysSpanish += accented.has(word) ? 1 : told
    }
    if (saysSpanish >= 1 && saysSpanish > saysEnglish) return 'spanish'
    return perhaps || saysSpanish >= 1 ? 'perhaps' : 'no'
  }
}
