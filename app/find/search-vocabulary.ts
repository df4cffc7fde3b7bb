import { editDistance, slipsForgiven } from './edit-distance.ts'
import { namesOfOneWord } from './search-names.ts'
import { emptyWords } from './search-words.ts'

/** A word as the site or its visitors spell it. */
type KnownWord = {
  readonly word: string
  /** In how many documents it stands; 0 for a name that only visitors use. */
  readonly often: number
  /** Its letters, one bit each: words far apart in letters are far apart in slips. */
  readonly letters: number
}

/** Every word that can be meant, in the order of the alphabet and by length. */
export type Vocabulary = {
  /** How many documents hold a word as it is spelled. */
  readonly often: (word: string) => number
  /** Up to `most` words that begin so, the commonest first; without the word itself. */
  readonly begins: (start: string, most: number) => string[]
  /** Up to three words within the slips forgiven: fewest slips first, then the same first letter, then the commonest. */
  readonly near: (word: string) => string[]
  /** Up to three words that look alike without being near enough to be meant: for "did you mean". */
  readonly alike: (word: string) => string[]
}

/** @param counted every word of the documents with the number of documents that hold it */
export function vocabularyOf(counted: ReadonlyMap<string, number>): Vocabulary {
  const spelled = new Map(namesOfOneWord.map((name) => [name, 0]))
  for (const [word, often] of counted) spelled.set(word, often)
  const known = [...spelled]
    .map(([word, often]): KnownWord => ({ word, often, letters: lettersOf(word) }))
    .sort((a, b) => (a.word < b.word ? -1 : 1))
  // Nobody means a filler word or a number by a slip.
  const meant = known.filter(({ word }) => word.length > 2 && !/\d/.test(word) && !emptyWords.has(word))
  const byLength = Map.groupBy(meant, ({ word }) => word.length)

  function begins(start: string, most: number): string[] {
    const found: KnownWord[] = []
    for (let at = firstFrom(known, start); known[at]?.word.startsWith(start); at++) {
      if (known[at]!.word !== start) found.push(known[at]!)
    }
    return commonest(found)
      .slice(0, most)
      .map(({ word }) => word)
  }

  function within(word: string, slips: number): string[] {
    if (slips === 0 || /\d/.test(word)) return []
    const letters = lettersOf(word)
    const found: { word: string; cost: number; often: number }[] = []
    for (let length = word.length - slips; length <= word.length + slips; length++) {
      for (const candidate of byLength.get(length) ?? []) {
        if (differing(letters, candidate.letters) > 2 * slips) continue
        const sameStart = candidate.word[0] === word[0]
        // In a short word another first letter makes another word, unless the hand only slipped to its neighbor.
        if (!sameStart && word.length < 6 && candidate.word[1] !== word[0]) continue
        // So does any other letter where there are but four: "scam" is no slip for "scan".
        if (word.length === 4 && length <= 4 && candidate.letters !== letters) continue
        const distance = editDistance(word, candidate.word, slips)
        if (distance > slips) continue
        found.push({ word: candidate.word, cost: distance + (sameStart ? 0 : 0.5), often: candidate.often })
      }
    }
    return found
      .sort((a, b) => a.cost - b.cost || b.often - a.often || (a.word < b.word ? -1 : 1))
      .slice(0, 3)
      .map((candidate) => candidate.word)
  }

  return {
    often: (word) => counted.get(word) ?? 0,
    begins,
    near: (word) => within(word, slipsForgiven(word.length)),
    alike: (word) => (word.length < 5 ? [] : within(word, slipsForgiven(word.length) + 1)),
  }
}

function commonest(found: readonly KnownWord[]): KnownWord[] {
  return found.toSorted((a, b) => b.often - a.often || a.word.length - b.word.length)
}

/** The place of the first word that does not stand before `start`. */
function firstFrom(known: readonly KnownWord[], start: string): number {
  let low = 0
  let high = known.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (known[middle]!.word < start) low = middle + 1
    else high = middle
  }
  return low
}

function lettersOf(word: string): number {
  let letters = 0
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) % 32)
  return letters
}

function differing(a: number, b: number): number {
  let bits = a ^ b
  let count = 0
  for (; bits !== 0; bits &= bits - 1) count++
  return count
}
