import { emptyWords } from './search-words.ts'

/** Rooms of people and records, and secrets in links: what stands in their addresses is no subject. */
const notSubjects = /^\/(?:work|portal|fhir|(?:es\/)?request|intake|check-in|day-before|home|welcome)\//i

/** Words that addresses have and nobody looks for. */
const ofAddresses: ReadonlySet<string> = new Set([
  'html',
  'htm',
  'php',
  'asp',
  'aspx',
  'index',
  'page',
  'www',
  'en',
  'es',
  'id',
])

const mostWords = 6

/**
 * The words of an address that leads nowhere, as something to search for. What looks like an id or a secret is left out.
 *
 * @param path path of the address, still encoded
 * @returns at most six words with blanks between them; an empty text when there is nothing to search for
 * @example addressWords('/treatments/Special-K_therapy.html') // 'treatments special k therapy'
 */
export function addressWords(path: string): string {
  return everyWord(path)
    .filter((word) => !emptyWords.has(word))
    .slice(0, mostWords)
    .join(' ')
}

/** The same with the little words between them, as a sentence that somebody may have typed into the address. */
export function addressSentence(path: string): string {
  return everyWord(path).join(' ')
}

function everyWord(path: string): string[] {
  if (notSubjects.test(path)) return []
  return decoded(path)
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}']+/u)
    .filter((word) => word.length <= 20 && /^(?:[\p{L}']+|\d{1,3})$/u.test(word))
    .filter((word) => !ofAddresses.has(word))
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
