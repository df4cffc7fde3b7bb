import { editDistance, slipsForgiven } from './edit-distance.ts'
import { words } from './search-words.ts'
import { closeSpanishPhrases, spanishCrisisAlone, spanishCrisisPhrases } from './spanish/spanish-crisis.ts'

/** What people in danger type. Compared word by word, with slips forgiven and up to two other words between. */
const crisisPhrases: readonly (readonly string[])[] = [
  'suicide',
  'suicidal',
  'overdose',
  'overdosed',
  'overdosing',
  'selfharm',
  'od',
  '988',
  '911',
  'emergency',
  'crisis',
  'kill myself',
  'kill himself',
  'kill herself',
  'kill themselves',
  'killing myself',
  'want to die',
  'wants to die',
  'wanna die',
  'going to die',
  'end my life',
  'end it all',
  'ending it all',
  'take my life',
  'hurt myself',
  'harm myself',
  'cut myself',
  'hang myself',
  'hang himself',
  'hang herself',
  'hanging myself',
  'stab myself',
  'stab himself',
  'stab herself',
  'stabbing myself',
  'cutting myself',
  'self harm',
  'better off dead',
  'wish i was dead',
  'want to be dead',
  'rather be dead',
  'nothing to live for',
  'dont want to live',
  'doesnt want to live',
  'not want to live',
  'dont wanna live',
  'no longer want to live',
  'dont want to be alive',
  'not want to be alive',
  'dont want to be here',
  'doesnt want to be here',
  'not want to be here',
  'dont wanna be here',
  'no reason to live',
  'tired of living',
  'cant go on',
  'cannot go on',
  'can not go on',
  'not breathing',
  'stopped breathing',
  'cant breathe',
  'cannot breathe',
  'can not breathe',
  'cannot wake',
  'cant wake',
  'can not wake',
  'wont wake up',
  'will not wake up',
  'not waking up',
  'unresponsive',
  'shoot myself',
  'hurting myself',
  'jump off a bridge',
  'thinking about ending it',
  'ending my life',
  'seizure withdrawal',
  'having a seizure',
  'withdrawal seizure',
  'took too much',
  'took too many',
  'blue lips',
  'turning blue',
  'passed out',
  'unconscious',
  'not responding',
  'oding',
  'unalive',
  'took all my pills',
  'took all his pills',
  'took all her pills',
  'took all the pills',
  'cant stop shaking',
  'cannot stop shaking',
  'can not stop shaking',
  ...spanishCrisisPhrases,
].map((phrase) => plainWords(phrase))

/** The same, where a word between makes it an everyday one: "no puedo esperar más" is no cry for help. */
const closePhrases: readonly (readonly string[])[] = closeSpanishPhrases.map((phrase) => plainWords(phrase))

/** Words of their own that lie so near a word of danger that they would be taken for a slip of it. */
const otherWords: ReadonlySet<string> = new Set([
  'overdue',
  'overdone',
  'overuse',
  'overused',
  'overusing',
  'emergence',
  'responsive',
  'sending',
  'father',
  'treating',
  'breaking',
  'bathing',
  'esperar',
  'conscious',
  'subconscious',
  'convulsive',
  'shaving',
  'sharing',
])

/** Who does not respond to a treatment asks about treatments; who does not respond to a voice is in danger. */
const noResponseToTreatment =
  /\b(not respond\w*) to (?!me\b|us\b|him\b|her\b|my voice|voice|touch|pain\b|anything|anyone)/gi

/**
 * Whether somebody may be in danger, judged by the words of a query alone. Slips are forgiven on purpose: help
 * shown once too often does no harm.
 *
 * @example speaksOfCrisis('i wnat to dye') // true
 */
export function speaksOfCrisis(query: string): boolean {
  const typed = plainWords(
    query.replace(/\b(my|him|her)\s+(self)\b/gi, '$1$2').replace(noResponseToTreatment, ''),
  )
  return (
    crisisPhrases.some((phrase) => phraseOccurs(phrase, typed, 2)) ||
    closePhrases.some((phrase) => phraseOccurs(phrase, typed, 0))
  )
}

/** What means danger when somebody types nothing else; inside a longer text these are kilometers, dice and hotlines. */
const crisisAlone: ReadonlySet<string> = new Set([
  'kms',
  'kys',
  'die',
  'dying',
  'dead',
  'end it',
  'hotline',
  'crisis line',
  'lifeline',
  'help me',
  'help me please',
  ...spanishCrisisAlone,
])

/**
 * Whether a search comes from somebody who may be in danger: what `speaksOfCrisis` hears, single words, and words that
 * are still being typed.
 *
 * @example searchesInCrisis('kill mys') // true
 */
export function searchesInCrisis(query: string): boolean {
  return (
    crisisAlone.has(words(query).join(' ')) ||
    speaksOfCrisis(query) ||
    (/[\p{L}]$/u.test(query) && speaksOfCrisis(completed(query)))
  )
}

/** A query with its last word made whole where it begins a word of danger. */
function completed(query: string): string {
  const typed = plainWords(query)
  const begun = typed.pop() ?? ''
  const before = typed.at(-1)
  for (const phrase of crisisPhrases) {
    const last = phrase.at(-1)!
    // One word alone must be nearly there; after the words before it three letters tell.
    const enough = phrase.length === 1 ? begun.length > 4 && begun !== 'sobre' : begun.length > 2
    if (enough && last.startsWith(begun) && (phrase.length === 1 || phrase.at(-2) === before)) {
      return [...typed, last].join(' ')
    }
  }
  return query
}

/** @param between how many other words may stand between those of a phrase */
function phraseOccurs(phrase: readonly string[], typed: readonly string[], between: number): boolean {
  for (let start = 0; start < typed.length; start++) {
    let next = 0
    for (
      let at = start;
      at < typed.length && at < start + phrase.length + (phrase.length > 1 ? between : 0);
      at++
    ) {
      if (sounds(phrase[next]!, typed[at]!)) next++
      if (next === phrase.length) return true
      if (next === 0) break
    }
  }
  return false
}

function sounds(wanted: string, typed: string): boolean {
  if (wanted === typed) return true
  if (wanted === 'die') return typed === 'dye' || typed === 'dei'
  // "doing" is no slip for "oding".
  if (wanted === 'oding' || otherWords.has(typed)) return false
  // In a short word one letter makes another word: "hurt" and "hurl", "live" and "love".
  const slips = wanted.length < 5 && wanted !== 'want' && wanted !== 'kill' ? 0 : slipsForgiven(wanted.length)
  if (slips === 0) return false
  return editDistance(wanted, typed, slips) <= slips
}

/** Words with the plural taken off and nothing else: a stem would make "dying" of "dye". */
function plainWords(text: string): string[] {
  return words(text).map((word) => {
    if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
    return word.length > 3 && word.endsWith('s') && !/(ss|us|is|ws)$/.test(word) ? word.slice(0, -1) : word
  })
}
