/**
 * How hard a text is to read, as a grade of a United States school.
 *
 * Flesch–Kincaid grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59
 * (J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom, 1975: Derivation of new readability formulas for Navy
 * enlisted personnel, Naval Technical Training Command, Research Branch Report 8-75).
 *
 * What counts, decided here: headings, citations and addresses are left out; a paragraph, an item of a list and a cell
 * of a table each end a sentence; a number in digits is one word of one syllable. The names of medicines and
 * conditions in `knownNames` count as two syllables at most, because a reader who came for "naltrexone" does not
 * stumble over it and no shorter word exists. Everything else counts in full.
 *
 * @param markdown text as in `content/`, without its head
 * @returns the grade; 0 for a text without words. Very short sentences give less than 0
 * @example readingGrade('The cat sat on the mat.') // −1.45: 6 words, 6 syllables, 1 sentence
 */
export function readingGrade(markdown: string): number {
  const sentences = readableSentences(markdown)
  const words = sentences.flatMap(wordsOf)
  if (words.length === 0) return 0
  const syllables = words.reduce((sum, word) => sum + syllablesToTheReader(word), 0)
  return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59
}

/** The highest grade of a text outside the pages of studies. */
export const highestGrade = 8

/** The sentences of a text that a reader reads, hardest first, for a message that helps the writer. */
export function hardestSentences(markdown: string, count: number): string[] {
  return readableSentences(markdown)
    .map((sentence) => ({ sentence, grade: readingGrade(sentence) }))
    .sort((a, b) => b.grade - a.grade)
    .slice(0, count)
    .map(({ sentence }) => sentence)
}

/** Cuts a text into sentences: at full stops, question and exclamation marks, and at the end of each block. */
function readableSentences(markdown: string): string[] {
  return markdown
    .replace(/\[\[[^\]]*\]\]/g, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/^(?:#+ .*|:::.*|[\s|:-]+)$/gm, '')
    .split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )|\||\n(?=\|)/)
    .map((block) => block.replace(/^\s*(?:[-*]|\d+\.) /, '').replace(/[*_`>]/g, ''))
    .flatMap((block) => block.split(/(?<=[.!?][”"’)]*)\s+/))
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => wordsOf(sentence).length > 0)
}

function wordsOf(sentence: string): string[] {
  return sentence.match(/[A-Za-z0-9][A-Za-z0-9'’.,/]*/g)?.map((word) => word.replace(/[.,/]+$/, '')) ?? []
}

/** Names that a reader of this site came with or cannot be spared. */
const knownNames: ReadonlySet<string> = new Set(
  `acamprosate addiction alcohol alcoholic amphetamine anesthetic anesthesia anxiety benzodiazepine bipolar
   buprenorphine cocaine compulsive depression depressive dexmedetomidine diazepam disulfiram dopamine esketamine
   fentanyl gabapentin glutamate heroin insomnia ketamine lorazepam lofexidine marijuana memantine methadone
   methamphetamine midazolam naloxone naltrexone nicotine norketamine obsessive opioid psychiatric psychiatrist
   psychosis quetiapine schizophrenia semaglutide serotonin topiramate varenicline bupropion cytisine`.split(
    /\s+/,
  ),
)

function syllablesToTheReader(word: string): number {
  const bare = word.toLowerCase().replace(/['’]s$/, '')
  const known = knownNames.has(bare) || (bare.endsWith('s') && knownNames.has(bare.slice(0, -1)))
  return known ? Math.min(2, syllables(word)) : syllables(word)
}

const exceptions: ReadonlyMap<string, number> = new Map([
  ['area', 3],
  ['being', 2],
  ['business', 2],
  ['diabetes', 4],
  ['every', 2],
  ['everybody', 4],
  ['everyone', 3],
  ['everything', 3],
  ['evening', 2],
  ['heroin', 3],
  ['hundred', 2],
  ['idea', 3],
  ['ideas', 3],
  ['nausea', 3],
  ['people', 2],
  ['persuade', 2],
  ['quiet', 2],
  ['real', 1],
  ['really', 2],
  ['reliable', 4],
  ['sacred', 2],
  ['science', 2],
  ['sometimes', 2],
  ['someone', 2],
  ['something', 2],
  ['somebody', 3],
  ['somewhere', 2],
  ['suicidal', 4],
  ['suicide', 3],
  ['theory', 3],
  ['therefore', 2],
])

/**
 * Counts the syllables of an English word by its letters: groups of vowels, less a silent e, plus vowels that are
 * spoken apart (the i and a of "trial", the i and e of "experience"). Known misses: words whose e is silent inside
 * ("lifeline" counts 3 and has 2), vowels apart that no rule here knows ("poet" counts 1 and has 2), and letters said
 * one by one ("FDA" counts 1 and has 3). A number is one syllable.
 *
 * @example syllables('treatment') // 2
 */
export function syllables(word: string): number {
  const letters = word
    .toLowerCase()
    .replace(/['’]s$/, '')
    .replace(/[^a-z]/g, '')
  if (letters === '') return 1
  const known = exceptions.get(letters)
  if (known !== undefined) return known
  const groups = letters.match(/[aeiouy]+/g)?.length ?? 1
  const silent =
    (/[^aeiouyl]e$|[aeiouy]le$|[gq]ue$/.test(letters) ? 1 : 0) +
    (/[^aeiouytd]ed$/.test(letters) ? 1 : 0) +
    (/[^aeioucgsxz]es$/.test(letters) && !/(?:[cs]h|[^aeiouy]l)es$/.test(letters) ? 1 : 0) +
    (/[^aeiouy]e(?:ly|ty|ment|ments|ful|less|ness)$/.test(letters) ? 1 : 0)
  const apart =
    (letters.match(/[^tcsg]i(?:a|um|ence|ent|et)/g)?.length ?? 0) +
    (letters.match(/[^tcsgxln]io(?!r)|[ln]ious|[^aeiouy]io$/g)?.length ?? 0) +
    (letters.match(/(?<![qg])u(?:a|ou)|(?<![gq])uid|eum$|crea(?!m)|(?<=[^aeiouy])eo(?!p)/g)?.length ?? 0) +
    (letters.match(/[aeiouy]ing$|sms?$|thms?$/g)?.length ?? 0)
  return Math.max(1, groups - silent + apart)
}
