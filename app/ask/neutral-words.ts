import { namesOf, words } from '../find/index.ts'
import { TOPICS } from './request.ts'

/*
 * Words that would tell whoever else reads a message what somebody is treated for, or with. A message goes through
 * strangers' screens: its subject and its text hold none of them. They are made of three: what somebody may ask help for,
 * with every name the search knows for it; what the clinic treats with; and a list of our own. English and Spanish.
 */

/** What somebody may ask help for. */
const TOPIC_WORDS: readonly string[] = TOPICS.map(({ id }) => id).filter(
  (id) => id !== 'other' && id !== 'unsure',
)

/** What the topics of a request and the clinic are about, as the search calls it. */
const SUBJECTS =
  `alcohol opioid cocaine methamphetamine cannabis nicotine benzodiazepine gambling gaming depression bipolar
  ptsd ocd psychosis hallucination anxiety withdrawal craving relapse addiction behavioral ketamine esketamine naltrexone acamprosate
  disulfiram buprenorphine methadone naloxone varenicline bupropion antidepressant electroconvulsive`.split(
    /\s+/,
  )

/** Names that are everyday words or names of people in a letter: they tell only where somebody searches for them. */
const EVERYDAY: ReadonlySet<string> = new Set(
  `sad blue blues low k bars subs perc percs roxy roxies tar lean m30 blow snow ice speed crystal cristal tina crank tweak joint
   pot blunt dab bet wager spirits rum gin vino combat slip slipped lapse trip scared afraid weak shaking dt ganas
   tweaking tweaker binge hash smack junk hopeless terrified triste anxious miedo`
    .split(/\s+/)
    .concat(['use again', 'used again', 'seeing things', 'cold turkey']),
)

/** Our own list: beginnings of words, without accents. */
const BEGINNINGS =
  `addict adicc adict alcohol alcool amphetamin anfetamin antidepres antipsych antipsic benzodia bipolar buprenor cannabi cigar
  cocain compulsi cravin depres deprim detox desintox droga dependenc esketamin esquetamin fentan gambling heroin infusi intoxic
  ketamin quetamin ludop marihuan marijuan metadon methadon metanfet methamph naltrex narcot obses videoj nicotin opiac opiat opioid overdos
  psicod psicol psicosis psicot psiquiatr psychedel psychiatr psycholog psychos psychother rehab relaps recaid schizo
  sobredos spravat stimulant estimulant suboxon substanc suicid tabac tabaq tobac trauma withdrawal abstinen esquizo`.split(
    /\s+/,
  )

/** Our own list: whole words and phrases. */
const WHOLE =
  `drug|drugged|sober|sobriety|sobrio|sobria|sobriedad|drunk|drinking|drink|recovery|recuperacion|recovering|high on|meth|weed|crack|lsd|mdma|mushrooms|psilocybin|
  psilocibina|pastillas para dormir|video game|ptsd|ocd|tept|toc|substance|sustancia|sustancias|overuse|misuse|infusion|drip|nasal spray|aerosol nasal|
  consumo|dejar de beber|mental health|salud mental|self harm|autolesion|ansiedad|anxiety|panic attack|ataque de panico|smoke|smoking|smoker|vaping|hangover`
    .split('|')
    .map((phrase) => phrase.trim())

/** Roots so much their own that they tell wherever they stand, as in the address of a page. */
const ROOTS =
  /ketamin|addict|adiccion|alcohol|opioid|overdos|suicid|psychiatr|psiquiatr|methadon|fentanyl|detox|rehab|cocain/

const TELLING: ReadonlySet<string> = new Set(
  [...TOPIC_WORDS, ...SUBJECTS.flatMap((subject) => [subject, ...namesOf(subject)]), ...WHOLE]
    .map((phrase) => words(phrase).join(' '))
    .filter((phrase) => phrase !== '' && !EVERYDAY.has(phrase)),
)
const LONGEST = Math.max(...[...TELLING].map((phrase) => phrase.split(' ').length))

/**
 * The first telling word or phrase of a text, however it is spelled: with or without accents, in capitals, in the plural, cut by
 * signs that nobody sees.
 *
 * @returns as it stands in the text; undefined when the text tells nothing
 * @example tellingWord('About your ketamine visit') // 'ketamine'
 * @example tellingWord('su adicción') // 'adicción'
 */
export function tellingWord(text: string): string | undefined {
  const typed = (
    text
      .normalize('NFC')
      .replace(/\p{Cf}/gu, '')
      .match(/[\p{L}\p{M}\p{N}’'`]+/gu) ?? []
  )
    .map((word) => ({ word, plain: words(word).join('') }))
    .filter(({ plain }) => plain !== '')
  for (let at = 0; at < typed.length; at++) {
    for (let length = 1; length <= LONGEST && at + length <= typed.length; length++) {
      const some = typed.slice(at, at + length)
      if (tells(some.map(({ plain }) => plain).join(' '))) return some.map(({ word }) => word).join(' ')
    }
  }
  return undefined
}

/** @param plain one word or several, in small letters without accents */
function tells(plain: string): boolean {
  if ([plain, plain.replace(/s$/, ''), plain.replace(/es$/, '')].some((form) => TELLING.has(form)))
    return true
  if (plain.includes(' ')) return false
  return BEGINNINGS.some((beginning) => plain.startsWith(beginning)) || ROOTS.test(plain)
}

/** A subject or sender as one line: line breaks and control signs, which could begin a header of their own, become spaces. */
export function oneLine(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** How a message names its sender: the clinic's name, or none when the name itself tells. */
export function neutralSender(clinicName: string): string | undefined {
  return tellingWord(clinicName) === undefined ? oneLine(clinicName) : undefined
}
