import { editDistance, slipsForgiven } from './edit-distance.ts'

/**
 * Cuts a text into words as the search compares them: lower case, without accents and apostrophes, plural s
 * taken off.
 *
 * @example words('Alcohol’s Effects') // ['alcohol', 'effect']
 */
export function words(text: string): string[] {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/['’`]s\b/g, '')
    .replace(/['’`]/g, '')
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .map(singular)
}

/** Takes a plural ending off; leaves words such as "news", "this" and "illness" alone. */
function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (word.length > 3 && word.endsWith('s') && !/(ss|us|is|ws)$/.test(word)) return word.slice(0, -1)
  return word
}

/** Words that carry no subject; left out of a query unless nothing else is in it. */
export const emptyWords: ReadonlySet<string> = new Set(
  words(
    `a am an and are as at be but by can could do does for from get give got has have how i if in is it its me my
     of on or please should so some than that the them then there they this to too us want was we what when where
     which who why will with would you your need tell about much`,
  ),
)

/**
 * Other names of what the site writes about: street names, trade names, British spellings, everyday words.
 * Each phrase means the words it points to. Facts of language, kept by hand.
 */
const names: readonly (readonly [means: string, ...phrases: string[]])[] = [
  [
    'alcohol',
    'booze',
    'drink',
    'drinking',
    'drinker',
    'drunk',
    'alcoholic',
    'alcoholism',
    'aud',
    'sober',
    'hangover',
  ],
  ['alcohol', 'beer', 'wine', 'vodka', 'whiskey', 'whisky', 'liquor', 'spirits', 'binge drinking'],
  ['ketamine', 'k', 'special k', 'ket', 'vitamin k', 'kitkat', 'ketalar', 'k hole'],
  ['esketamine', 'spravato', 'nose spray', 'nasal spray'],
  ['naltrexone', 'vivitrol', 'revia'],
  ['acamprosate', 'campral'],
  ['disulfiram', 'antabuse'],
  ['buprenorphine', 'suboxone', 'subutex', 'sublocade'],
  [
    'opioid',
    'opiate',
    'heroin',
    'fentanyl',
    'oxy',
    'oxycontin',
    'oxycodone',
    'percocet',
    'painkiller',
    'smack',
    'dope',
  ],
  ['cocaine', 'coke', 'crack', 'blow', 'snow'],
  ['methamphetamine', 'meth', 'crystal', 'ice', 'speed', 'amphetamine', 'tina'],
  ['cannabis', 'weed', 'pot', 'marijuana', 'marihuana', 'dope', 'thc', 'joint'],
  ['tobacco', 'smoking', 'smoke', 'cigarette', 'nicotine', 'vape', 'vaping'],
  ['benzodiazepine', 'benzo', 'xanax', 'valium', 'klonopin', 'ativan', 'sleeping pill'],
  ['gambling', 'gamble', 'betting', 'casino', 'slot machine', 'bet'],
  ['depression', 'depressed', 'sad', 'low mood', 'mdd'],
  ['ptsd', 'trauma', 'post traumatic', 'posttraumatic', 'veteran'],
  ['ocd', 'obsession', 'compulsion', 'obsessive'],
  ['bipolar', 'manic depression'],
  [
    'price',
    'cost',
    'fee',
    'pay',
    'payment',
    'insurance',
    'money',
    'expensive',
    'how much',
    'medicaid',
    'medicare',
  ],
  ['location', 'address', 'direction', 'map', 'parking', 'hour', 'opening', 'phone number', 'contact'],
  ['side effect', 'adverse', 'harm', 'danger', 'dangerous', 'risk', 'safe', 'safety'],
  ['bladder', 'pee', 'urine', 'urinary', 'cystitis', 'kidney'],
  ['withdrawal', 'detox', 'detoxification', 'shaking', 'delirium tremens', 'cold turkey'],
  ['anesthetic', 'anaesthetic', 'anesthesia', 'anaesthesia'],
  ['therapy', 'counselling', 'counseling', 'psychotherapy', 'talking', 'therapist'],
  ['pregnancy', 'pregnant', 'breastfeeding', 'nursing', 'expecting'],
  ['randomized', 'randomised', 'rct'],
  [
    'family',
    'husband',
    'wife',
    'partner',
    'son',
    'daughter',
    'mother',
    'father',
    'brother',
    'sister',
    'boyfriend',
    'girlfriend',
  ],
  ['addictive', 'hooked', 'addicted'],
  ['driving', 'drive', 'car'],
]

/** Phrase (words joined by a space) to the words it means. */
export const synonyms: ReadonlyMap<string, readonly string[]> = collectSynonyms()

function collectSynonyms(): Map<string, string[]> {
  const collected = new Map<string, string[]>()
  for (const [means, ...phrases] of names) {
    for (const phrase of phrases) {
      const key = words(phrase).join(' ')
      collected.set(key, [...(collected.get(key) ?? []), ...words(means)])
    }
  }
  return collected
}

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
  'take my life',
  'hurt myself',
  'harm myself',
  'cut myself',
  'cutting myself',
  'self harm',
  'better off dead',
  'wish i was dead',
  'want to be dead',
  'dont want to live',
  'dont want to be here',
  'no reason to live',
  'tired of living',
  'cant go on',
  'not breathing',
  'stopped breathing',
  'cannot wake',
  'cant wake',
  'wont wake up',
  'shoot myself',
  'hurting myself',
  'jump off a bridge',
  'quiero morir',
  'withdrawal seizure',
  'took too much',
  'took too many',
  'blue lips',
].map((phrase) => words(phrase))

/**
 * Whether somebody may be in danger, judged by the words of a query alone. Slips are forgiven on purpose: help
 * shown once too often does no harm.
 *
 * @example speaksOfCrisis('i wnat to dye') // true
 */
export function speaksOfCrisis(query: string): boolean {
  const typed = words(query.replace(/\b(my|him|her)\s+(self)\b/gi, '$1$2'))
  return crisisPhrases.some((phrase) => phraseOccurs(phrase, typed))
}

function phraseOccurs(phrase: readonly string[], typed: readonly string[]): boolean {
  for (let start = 0; start < typed.length; start++) {
    let next = 0
    for (
      let at = start;
      at < typed.length && at < start + phrase.length + (phrase.length > 1 ? 2 : 0);
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
  // One letter makes another word of these: "crises" and "overdue" are not the same cry for help.
  const slips = wanted.length < 5 && wanted !== 'want' && wanted !== 'kill' ? 0 : slipsForgiven(wanted.length)
  return editDistance(wanted, typed, slips) <= slips
}
