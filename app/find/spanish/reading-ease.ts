/**
 * How easy a Spanish text is to read, by the formula of Szigriszt-Pazos (1993) as the INFLESZ scale reads it (Barrio-Cantalejo
 * and others, An Sist Sanit Navar 2008; 31(2): 135–152), made for texts to patients: 206.835 − 62.3 × syllables ÷ words −
 * words ÷ sentences. Above 80 very easy, 65 to 80 quite easy, 55 to 65 normal, 40 to 55 somewhat hard, below 40 very hard.
 *
 * @param text plain text or Markdown; headings, citations and addresses are not read, items and cells end a sentence
 */
export function readingEase(text: string): number {
  const sentences = sentencesOf(text)
  const words = sentences.flatMap(wordsOf)
  if (words.length === 0) return 100
  const syllables = words.reduce((sum, word) => sum + spanishSyllables(word), 0)
  return 206.835 - (62.3 * syllables) / words.length - words.length / sentences.length
}

/** Texts of ours are at least quite easy on the INFLESZ scale. */
export const leastEase = 65

function sentencesOf(text: string): string[] {
  return text
    .replace(/^#+ .*$/gm, '')
    .replace(/^\|[-| ]+\|$/gm, '')
    .replace(/\[\[[^\]]*\]\]/g, '')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/(\d)[.,](?=\d)/g, '$1')
    .replace(/^\s*(?:[-*]|\d+\.) /gm, '. ')
    .split(/[.!?:;|]+|\n\s*\n/)
    .filter((sentence) => wordsOf(sentence).length > 0)
}

function wordsOf(sentence: string): string[] {
  return sentence.match(/[\p{L}\d]+/gu) ?? []
}

/**
 * Syllables of a Spanish word: one a group of vowels, two strong vowels apart, and an accented weak one apart too. A number
 * counts as one.
 *
 * @example spanishSyllables('ketamina') // 4
 * @example spanishSyllables('energía') // 4
 */
export function spanishSyllables(word: string): number {
  const plain = word
    .toLowerCase()
    .replace(/qu(?=[eiéí])/g, 'q')
    .replace(/gu(?=[eiéí])/g, 'g')
    .replace(/y$/, 'i')
  const nuclei = plain.match(/[íú]|[iuü]?[aeoáéó](?:[iuü](?![aeoáéóíú]))?|[iuü]+/g)
  return Math.max(1, nuclei?.length ?? 1)
}
