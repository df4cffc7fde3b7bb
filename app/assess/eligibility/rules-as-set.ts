import type { Id } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { FactKind } from '../fact.ts'
import type { EligibilityRule, MaxAge, Requirement, RuleLimit } from './eligibility.ts'
import { belongsTo, inNumbers, type Leaf, leavesOf, numberOf } from './rule-builder.ts'

/** How strict a rule is, from the mildest; a clinic may go up from where a rule comes, never down. */
export const STRICTNESS = ['relative', 'absolute', 'never'] as const
export type Strictness = (typeof STRICTNESS)[number]

/** What a clinic has set for one rule. The newest of a rule holds; every one is kept. */
export type RuleSetting = {
  readonly id: Id<'rule-setting'>
  readonly ruleId: string
  /** 1 for the first setting of a rule, then one more each time. */
  readonly revision: number
  /** Name of a limit, or `age:` and the kind of a fact, to its number. What is not named stays as it comes. */
  readonly numbers: Readonly<Record<string, number>>
  /** Undefined for rules of the day and notices, which have no strictness. */
  readonly strictness: Strictness | undefined
  readonly reason: string
  readonly setBy: string
  readonly setAt: Instant
  readonly secondBy: string
  readonly secondAt: Instant
}

/** A number that a clinic may set: with its bounds and how it comes. */
export type SettableNumber = {
  readonly name: string
  readonly label: string
  readonly unit: string
  readonly comes: number
  readonly least: number
  readonly most: number
}

/** How strict a rule is as it stands; undefined for those that decide nothing. */
export function strictnessOf(rule: Pick<EligibilityRule, 'ruleClass' | 'never'>): Strictness | undefined {
  if (rule.never) return 'never'
  return rule.ruleClass === 'absolute' || rule.ruleClass === 'relative' ? rule.ruleClass : undefined
}

/**
 * Every number of a rule that a clinic may set: its limits, each within the bounds that stand with it, and the
 * greatest age of each fact, which may only be made shorter.
 *
 * @param rule as it comes
 */
export function settableNumbers(rule: EligibilityRule): readonly SettableNumber[] {
  const limits = rule.limits.map(({ name, label, unit, least, most }, i) => ({
    name,
    label,
    unit,
    least,
    most,
    comes: numberOf(rule.requires, rule.limits[i]!),
  }))
  const ages = new Map<string, SettableNumber>()
  for (const leaf of leavesOf(rule.requires)) {
    const { maxAge } = leaf
    if (maxAge === null) continue
    const [comes, unit] = 'days' in maxAge ? [maxAge.days, 'days'] : [maxAge.hours, 'hours']
    const name = ageName(leaf)
    ages.set(name, { name, label: name, unit, comes, least: 1, most: comes })
  }
  return [...limits, ...ages.values()]
}

/** The name under which the greatest age of a condition's fact is set. */
function ageName(leaf: Leaf): string {
  return `age:${'derived' in leaf ? leaf.derived : leaf.fact}`
}

/** The kind of fact that an age belongs to; undefined for a limit, and for a figure that is worked out. */
export function kindOfAge(name: string, isKind: (text: string) => text is FactKind): FactKind | undefined {
  const kind = name.startsWith('age:') ? name.slice(4) : ''
  return isKind(kind) ? kind : undefined
}

export type SettingRefusal = 'out-of-bounds' | 'no-such-number' | 'limits-cross' | 'looser' | 'no-strictness'

/**
 * Whether a clinic may set a rule like this.
 *
 * @param rule as it comes
 * @returns undefined when it may, else why not with the names concerned
 */
export function whyNotSet(
  rule: EligibilityRule,
  { numbers, strictness }: Pick<RuleSetting, 'numbers' | 'strictness'>,
): { readonly reason: SettingRefusal; readonly names: readonly string[] } | undefined {
  const settable = new Map(settableNumbers(rule).map((number) => [number.name, number]))
  const refuse = (reason: SettingRefusal, names: readonly string[]) =>
    names.length > 0 ? { reason, names } : undefined
  const given = Object.entries(numbers)
  const crossed = () => {
    const value = (name: string) => numbers[name] ?? settable.get(name)?.comes ?? Number.NaN
    const pairs = rule.limits.filter(({ edge }) => edge === 'atLeast')
    return pairs
      .filter((low) =>
        rule.limits.some(
          (high) => high.of === low.of && high.edge === 'atMost' && value(low.name) > value(high.name),
        ),
      )
      .map(({ name }) => name)
  }
  const comes = strictnessOf(rule)
  return (
    refuse(
      'no-such-number',
      given.map(([name]) => name).filter((name) => !settable.has(name)),
    ) ??
    refuse(
      'out-of-bounds',
      given
        .filter(([name, number]) => {
          const { least, most } = settable.get(name)!
          return !(number >= least && number <= most)
        })
        .map(([name]) => name),
    ) ??
    refuse('limits-cross', crossed()) ??
    (comes === undefined
      ? refuse('no-strictness', strictness === undefined ? [] : ['strictness'])
      : refuse(
          'looser',
          STRICTNESS.indexOf(strictness ?? comes) < STRICTNESS.indexOf(comes) ? ['strictness'] : [],
        ))
  )
}

/**
 * The rules with what a clinic has set. Each setting that changes a number or the strictness raises the version by
 * one; one that only confirms what holds leaves it, so that no decision goes stale by a confirmation. A setting that
 * the rule as it comes would no longer allow is passed over: the default is then the safer word.
 *
 * @param rules as they come
 * @param settings of one clinic, in any order
 */
export function rulesAsSet(
  rules: readonly EligibilityRule[],
  settings: readonly RuleSetting[],
): EligibilityRule[] {
  const byRule = Map.groupBy(settings, ({ ruleId }) => ruleId)
  return rules.map((rule) => {
    const own = [...(byRule.get(rule.id) ?? [])].sort((a, b) => a.revision - b.revision)
    return own.reduce((now, setting) => {
      if (whyNotSet(rule, setting)) return now
      const next = withSetting(rule, setting)
      return sameContent(now, next) ? now : { ...next, version: now.version + 1 }
    }, rule)
  })
}

/** Whether two readings of a rule ask for the same. */
function sameContent(a: EligibilityRule, b: EligibilityRule): boolean {
  return strictnessOf(a) === strictnessOf(b) && JSON.stringify(a.requires) === JSON.stringify(b.requires)
}

function withSetting(rule: EligibilityRule, { numbers, strictness }: RuleSetting): EligibilityRule {
  const requires = replaceNumbers(rule.requires, rule.limits, numbers)
  const { never: _, ...rest } = rule
  return {
    ...rest,
    ...inNumbers(rule.template, rule.limits, requires),
    requires,
    ruleClass:
      strictness === undefined ? rule.ruleClass : strictness === 'relative' ? 'relative' : 'absolute',
    ...(strictness === 'never' || (strictness === undefined && rule.never) ? { never: true as const } : {}),
  }
}

function replaceNumbers(
  requires: Requirement,
  limits: readonly RuleLimit[],
  numbers: Readonly<Record<string, number>>,
): Requirement {
  const within = (parts: readonly Requirement[]) => parts.map((part) => replaceNumbers(part, limits, numbers))
  if ('all' in requires) return { all: within(requires.all) }
  if ('any' in requires) return { any: within(requires.any) }
  const edges = Object.fromEntries(
    limits.flatMap((limit) => {
      const number = numbers[limit.name]
      return number !== undefined && belongsTo(requires, limit) ? [[limit.edge, number]] : []
    }),
  )
  return { ...requires, ...edges, maxAge: shorterAge(requires.maxAge, numbers[ageName(requires)]) }
}

function shorterAge(maxAge: MaxAge, number: number | undefined): MaxAge {
  if (maxAge === null || number === undefined) return maxAge
  return 'days' in maxAge ? { days: number } : { hours: number }
}
