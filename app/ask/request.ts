import type { Id } from '../platform/ids.ts'
import type { Language } from '../platform/language.ts'

export type RequestId = Id<'request'>

/** What somebody may ask help for: every condition that the site has a page of. "other" and "unsure" are answers like any other. */
export const TOPICS = [
  { id: 'alcohol', words: 'Alcohol' },
  { id: 'opioids', words: 'Opioids (heroin, fentanyl, pain pills)' },
  { id: 'cocaine', words: 'Cocaine or crack' },
  { id: 'methamphetamine', words: 'Methamphetamine or other stimulants' },
  { id: 'cannabis', words: 'Cannabis' },
  { id: 'nicotine', words: 'Nicotine' },
  { id: 'benzodiazepines', words: 'Benzodiazepines or sleeping pills' },
  { id: 'gambling', words: 'Gambling or betting' },
  { id: 'gaming', words: 'Video games' },
  { id: 'depression', words: 'Depression' },
  { id: 'bipolar', words: 'Bipolar depression' },
  { id: 'trauma', words: 'Something that happened to me (trauma)' },
  { id: 'compulsion', words: 'Obsessions or compulsions (OCD)' },
  { id: 'other', words: 'Something else' },
  { id: 'unsure', words: 'I am not sure' },
] as const
export type TopicId = (typeof TOPICS)[number]['id']

/** Not answering is an answer of its own and is never read as "safe". */
export const SAFETY_ANSWERS = [
  { id: 'safe', words: 'No, nobody is in danger right now' },
  { id: 'thoughts', words: 'There are thoughts of dying or of self-harm' },
  {
    id: 'danger-now',
    words: 'There is danger right now',
    hint: 'For example an overdose, severe withdrawal, an injury, or somebody violent.',
  },
  { id: 'not-said', words: 'I would rather not say here' },
] as const
export type SafetyAnswer = (typeof SAFETY_ANSWERS)[number]['id']

export const SUITABLE_TIMES = [
  { id: 'weekday-morning', words: 'Weekday mornings' },
  { id: 'weekday-noon', words: 'Weekdays around noon' },
  { id: 'weekday-afternoon', words: 'Weekday afternoons' },
  { id: 'any', words: 'Any time you are open' },
] as const
export type SuitableTime = (typeof SUITABLE_TIMES)[number]['id']

/** Everything somebody said when they asked for a consultation. */
export type RequestAnswers = {
  readonly forWhom: 'self' | 'other'
  readonly topics: readonly TopicId[]
  /** Their own words. */
  readonly words?: string | undefined
  readonly safety: SafetyAnswer
  /** Ids of `SUITABILITY`, or "none", or "unsure". */
  readonly suitability: readonly string[]
  /** Name or nickname of who writes. */
  readonly name: string
  /** What to call the person it is for, when that is somebody else. */
  readonly otherName?: string | undefined
  readonly email?: string | undefined
  readonly phone?: string | undefined
  /** Whether a message may be left; not said means leave none. */
  readonly leaveMessage?: 'yes' | 'no' | undefined
  /** When it is safe to reach them, in their own words. */
  readonly safeTimes?: string | undefined
  readonly suits: readonly SuitableTime[]
  /** Of the pages on which it was asked; not said in requests from before there were two. */
  readonly language?: Language | undefined
}

/** Whether the answer to the safety question makes a request urgent. */
export function isUrgent(safety: SafetyAnswer): boolean {
  return safety === 'thoughts' || safety === 'danger-now'
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The number a person can read out on the telephone: 40 random bits of the request's id in Crockford's base 32,
 * which has no I, L, O or U. Made from the id, so that the same request never has two.
 *
 * @example requestReference('0198c0de-0000-7000-8000-00ffffffffff') // 'ZZZZ-ZZZZ'
 */
export function requestReference(id: RequestId): string {
  let bits = BigInt(`0x${id.slice(-10)}`)
  let text = ''
  for (let i = 0; i < 8; i++) {
    text = ALPHABET[Number(bits & 31n)] + text
    bits >>= 5n
  }
  return `${text.slice(0, 4)}-${text.slice(4)}`
}

/** Reads a reference as somebody says or types it: without the line, in small letters, O for 0, I or L for 1. */
export function readReference(text: string): string {
  const plain = text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return `${plain.slice(0, 4)}-${plain.slice(4)}`
}

/** The same address written twice has one key. */
export function emailKey(email: string | undefined): string | undefined {
  return email?.trim().toLowerCase() || undefined
}

/** Digits alone, without the country code of North America; undefined when there are too few to be a number. */
export function phoneKey(phone: string | undefined): string | undefined {
  const digits = phone?.replace(/\D/g, '') ?? ''
  if (digits.length < 7) return undefined
  return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits
}

/** The words of a choice by its id. */
export function wordsOf(choices: readonly { readonly id: string; readonly words: string }[], id: string) {
  return choices.find((choice) => choice.id === id)?.words ?? id
}
