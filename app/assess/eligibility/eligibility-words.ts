import type { StateKind } from '../../ui/index.ts'
import { FACT_WORDS } from '../assess-words.ts'
import { isFactKind } from '../fact.ts'
import type { EligibilityRule, RuleClass, SourceTag, Truth } from './eligibility.ts'
import { kindsAsFigures } from './override-reach.ts'
import { leavesOf } from './rule-builder.ts'
import { kindOfAge, type SettableNumber, type Strictness } from './rules-as-set.ts'

export const TRUTH_WORDS: Readonly<Record<Truth, { readonly word: string; readonly state: StateKind }>> = {
  met: { word: 'met', state: 'calm' },
  'not-met': { word: 'not met', state: 'amber' },
  unknown: { word: 'unknown', state: 'unknown' },
}

export const RULE_CLASS_WORDS: Readonly<
  Record<RuleClass, { readonly title: string; readonly lead: string }>
> = {
  absolute: {
    title: 'Absolute',
    lead: 'Nobody is eligible without these. Only two prescribers together override one, and some nobody.',
  },
  relative: {
    title: 'Relative',
    lead: 'A prescriber may override one of these by naming it and the reason.',
  },
  'hold-today': {
    title: 'On the day',
    lead: 'These do not decide eligibility. Each holds a dose on its day and is looked at again every time.',
  },
  notice: {
    title: 'To be weighed',
    lead: 'These decide and hold nothing. Sources disagree, or something must be managed.',
  },
}

/** What a rule's class means for whoever wants to put it aside. */
export const STRICTNESS_WORDS: Readonly<Record<Strictness, string>> = {
  relative: 'relative: a prescriber may override it with a reason',
  absolute: 'absolute: two prescribers together may override it',
  never: 'absolute: nobody can override it',
}

/** A rule's class in a few words. */
export function classInWords({ ruleClass, never }: Pick<EligibilityRule, 'ruleClass' | 'never'>): string {
  if (never) return 'absolute, never overridden'
  return ruleClass === 'hold-today' ? 'on the day' : ruleClass === 'notice' ? 'to be weighed' : ruleClass
}

const TAG_WORDS: Readonly<Record<string, string>> = {
  S: 'seen in a source',
  M: 'from memory, to be confirmed',
  D: 'a default, to be set by the medical director',
}

/** @example tagInWords('S/D') // 'seen in a source; a default, to be set by the medical director' */
export function tagInWords(tag: SourceTag): string {
  return tag
    .split('/')
    .map((letter) => TAG_WORDS[letter])
    .join('; ')
}

/** Whether a rule is, in part, a default of ours. */
export function isDefault(tag: SourceTag): boolean {
  return tag.includes('D')
}

/** How old the facts of a rule may be. @example 'at most 2 hours old' */
export function agesInWords(rule: EligibilityRule): string {
  const ages = new Map<string, string[]>()
  for (const leaf of leavesOf(rule.requires)) {
    if (leaf.maxAge === null) continue
    const [count, unit] = 'days' in leaf.maxAge ? [leaf.maxAge.days, 'day'] : [leaf.maxAge.hours, 'hour']
    const words = `at most ${count} ${unit}${count === 1 ? '' : 's'} old`
    const about = 'derived' in leaf ? 'weight and height' : withinSentence(FACT_WORDS[leaf.fact].title)
    ages.set(words, [...new Set([...(ages.get(words) ?? []), about])])
  }
  if (ages.size === 0) return 'of any age'
  if (ages.size === 1) return [...ages.keys()][0]!
  return [...ages].map(([words, about]) => `${about.join(' and ')} ${words}`).join(', ')
}

/** How far an override of a rule reaches; undefined for a rule that judges no figure. */
export function reachInWords(rule: EligibilityRule): string | undefined {
  if (kindsAsFigures(rule).size === 0) return undefined
  const step = rule.limits.find((limit) => limit.step !== undefined)
  return step
    ? `It stands until the figure lies more than ${step.step} ${step.unit} further out than what is signed (a default).`
    : 'It stands until the figure lies further out than what is signed.'
}

/** A title in the middle of a sentence; abbreviations keep their capitals. */
function withinSentence(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title[0]!.toLowerCase() + title.slice(1) : title
}

/** What a number is called that a clinic may set. */
export function numberInWords({ name, label }: SettableNumber): string {
  if (!name.startsWith('age:')) return label
  const kind = kindOfAge(name, isFactKind)
  return `Greatest age of: ${kind ? FACT_WORDS[kind].title : 'weight and height'}`
}
