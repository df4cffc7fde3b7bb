import type { FactKind } from '../fact.ts'
import type {
  EligibilityRule,
  Limits,
  Requirement,
  RuleClass,
  RuleLimit,
  Side,
  SourceTag,
} from './eligibility.ts'

/** How old a fact may be. A history told or recorded stands a year; staff ask again at every assessment. */
export const YEAR = { days: 365 }
export const HALF_YEAR = { days: 183 }
export const QUARTER = { days: 90 }
export const MONTH = { days: 30 }
export const WEEK = { days: 7 }
export const TODAY = { hours: 12 }
export const TWO_HOURS = { hours: 2 }

/** The answer to a history or a judgement must be "no". */
export function no(fact: FactKind, maxAge: { days: number } | { hours: number } = YEAR): Requirement {
  return { fact, is: ['no'], maxAge }
}

/** The answer must be "yes". */
export function yes(fact: FactKind, maxAge: { days: number } | { hours: number } = YEAR): Requirement {
  return { fact, is: ['yes'], maxAge }
}

/**
 * Recorded male, which settles what is not asked of men, unless something recorded says otherwise: of two records that
 * contradict each other neither counts as met.
 *
 * @param fact what speaks against it, however long ago it was recorded
 * @example recordedMaleUnless('pregnancy-test', 'positive')
 */
export function recordedMaleUnless(fact: FactKind, value: string): Requirement {
  return {
    all: [
      { fact: 'sex', is: ['male'], maxAge: null },
      { fact, isNot: [value], maxAge: null },
    ],
  }
}

type More = {
  readonly version?: number
  readonly never?: true
  readonly limits?: readonly RuleLimit[]
  readonly sides?: readonly Side[]
}

/**
 * One rule as data. `{name}` in title and threshold stands for the number of the limit of that name.
 *
 * @param ruleClass see `RuleClass`
 * @param tag how sure its source is: S seen, M from memory, D a default of ours
 * @param words what must hold, its limit, what settles it while unknown, and where it comes from
 * @throws when a limit names no number of the requirement, or words name no limit
 */
export function rule(
  ruleClass: RuleClass,
  id: string,
  tag: SourceTag,
  words: { title: string; threshold: string; settle: string; source: string },
  requires: Requirement,
  { version = 1, never, limits = [], sides }: More = {},
): EligibilityRule {
  const template = { title: words.title, threshold: words.threshold }
  return {
    id,
    version,
    ruleClass,
    tag,
    ...words,
    ...inNumbers(template, limits, requires),
    requires,
    limits,
    template,
    ...(never ? { never } : {}),
    ...(sides ? { sides } : {}),
  }
}

/** The words with the numbers of the requirement put in. */
export function inNumbers(
  template: EligibilityRule['template'],
  limits: readonly RuleLimit[],
  requires: Requirement,
): EligibilityRule['template'] {
  const put = (text: string) =>
    text.replace(/\{([a-z-]+)\}/g, (_, name: string) => {
      const limit = limits.find((one) => one.name === name)
      if (!limit) throw new Error(`no limit is called ${name}`)
      return String(numberOf(requires, limit))
    })
  return { title: put(template.title), threshold: put(template.threshold) }
}

/** The number that stands in a requirement for one of its limits. */
export function numberOf(requires: Requirement, limit: RuleLimit): number {
  const found = leavesOf(requires).find((leaf) => belongsTo(leaf, limit)) as Limits | undefined
  const number = found?.[limit.edge]
  if (number === undefined) throw new Error(`the requirement has no number for ${limit.name}`)
  return number
}

export type Leaf = Exclude<Requirement, { readonly all: unknown } | { readonly any: unknown }>

/** The single conditions of a requirement, in their order. */
export function leavesOf(requires: Requirement): readonly Leaf[] {
  if ('all' in requires) return requires.all.flatMap(leavesOf)
  if ('any' in requires) return requires.any.flatMap(leavesOf)
  return [requires]
}

/** Whether a limit is about this condition. */
export function belongsTo(leaf: Leaf, { of, member, edge }: RuleLimit): boolean {
  const about = 'derived' in leaf ? leaf.derived : leaf.fact
  const own = 'member' in leaf ? leaf.member : undefined
  return about === of && own === member && edge in leaf
}
