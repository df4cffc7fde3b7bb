import type { FactId, FactKind } from '../fact.ts'
import type { Override } from './decision.ts'
import type { EligibilityRule, FactSeen, RuleResult, Truth } from './eligibility.ts'
import { goesBeyond, kindsAsFigures } from './override-reach.ts'

/** One fact of a rule, as it was and as it is. An undefined value is one that nobody had, or has. */
export type FactChange = {
  readonly kind: FactKind
  readonly from: unknown
  readonly to: unknown
  /** The fact that holds now; undefined when none does. */
  readonly factId: FactId | undefined
}

/** What is different about one rule between a decision and now. */
export type RuleChange = {
  readonly ruleId: string
  /** The answer whatever the age of its facts; undefined when the rule was not, or is no more, one of the clinic's. */
  readonly from: Truth | undefined
  readonly to: Truth | undefined
  /** Both versions when the rule itself was changed. */
  readonly versions: { readonly from: number; readonly to: number } | undefined
  readonly facts: readonly FactChange[]
}

/**
 * What a decision rests on and has changed since: another answer holds, a figure has crossed its limit, a fact was
 * disputed or came to be known, a rule has a new version, is new or is gone. Merely growing old changes nothing
 * here, and a new measurement on the same side of its limit neither, unless the rule was put aside: then a figure that
 * goes beyond what was signed for (`goesBeyond`) is a change, and so is any other answer in words. Rules that hold on the day and notices
 * are left out: they do not decide.
 *
 * @param then the evaluation that was stored with the decision
 * @param now the same rules, as they are now, on what is known now
 * @param overrides the rules that the decision puts aside
 * @param rules as they are now, for the limits a figure is held against
 * @returns one entry for each rule that changed, in the order of `now`; empty when the decision still stands
 */
export function whatChanged(
  then: readonly RuleResult[],
  now: readonly RuleResult[],
  overrides: readonly Pick<Override, 'ruleId'>[],
  rules: readonly EligibilityRule[],
): RuleChange[] {
  const putAside = new Set(overrides.map(({ ruleId }) => ruleId))
  const before = new Map(deciding(then).map((result) => [result.ruleId, result]))
  const after = new Map(deciding(now).map((result) => [result.ruleId, result]))
  return [...after.keys(), ...[...before.keys()].filter((id) => !after.has(id))].flatMap((ruleId) => {
    const aside = putAside.has(ruleId) ? rules.find(({ id }) => id === ruleId) : undefined
    const change = changeOf(ruleId, before.get(ruleId), after.get(ruleId), aside)
    return change ? [change] : []
  })
}

/**
 * The rules that a signed decision still puts aside: those whose facts are no older than they were allowed to be, or
 * were too old already when it was signed. A fact that has grown too old since has to be asked again.
 *
 * @param decision what was put aside, and the evaluation stored with it
 * @param now every rule at the instant that matters, its facts as old as they are then
 * @returns ids of rules
 */
export function overridesThatHold(
  decision: { readonly overrides: readonly Pick<Override, 'ruleId'>[]; readonly evaluation: readonly Aged[] },
  now: readonly Aged[],
): string[] {
  const tooOld = (results: readonly Aged[], id: string) =>
    (results.find(({ ruleId }) => ruleId === id)?.facts ?? [])
      .filter(({ trouble }) => trouble === 'too-old')
      .map(({ kind }) => kind)
  return decision.overrides
    .map(({ ruleId }) => ruleId)
    .filter((id) => {
      const signed = tooOld(decision.evaluation, id)
      return tooOld(now, id).every((kind) => signed.includes(kind))
    })
}

type Aged = Pick<RuleResult, 'ruleId' | 'facts'>

function deciding(results: readonly RuleResult[]): readonly RuleResult[] {
  return results.filter(({ ruleClass }) => ruleClass === 'absolute' || ruleClass === 'relative')
}

function changeOf(
  ruleId: string,
  then: RuleResult | undefined,
  now: RuleResult | undefined,
  /** The rule, where the decision puts it aside. */
  aside: EligibilityRule | undefined,
): RuleChange | undefined {
  const versions =
    then && now && then.version !== now.version ? { from: then.version, to: now.version } : undefined
  const from = then?.truthWhateverAge
  const to = now?.truthWhateverAge
  const old = new Map((then?.facts ?? []).map((seen) => [seen.kind, seen]))
  const differing = (now?.facts ?? []).filter((seen) => !sameValue(old.get(seen.kind)?.value, seen.value))
  // An answer in words that is another one counts by itself; a figure only with the answer of its rule, or where it
  // goes beyond what somebody signed for.
  const figures = aside && kindsAsFigures(aside)
  const answered =
    differing.some((seen) => (figures && !figures.has(seen.kind)) || inWords(seen, old.get(seen.kind))) ||
    (aside !== undefined && goesBeyond(aside, then?.facts ?? [], now?.facts ?? []))
  if (from === to && !versions && !answered) return undefined
  return {
    ruleId,
    from,
    to,
    versions,
    facts: differing.map((seen) => ({
      kind: seen.kind,
      from: old.get(seen.kind)?.value,
      to: seen.value,
      factId: seen.factId,
    })),
  }
}

function inWords(seen: FactSeen, before: FactSeen | undefined): boolean {
  return typeof seen.value === 'string' || typeof before?.value === 'string'
}

/** The database keeps no order of members, so they are sorted before comparing. */
function sameValue(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  const members = typeof value === 'object' && value !== null ? Object.entries(value).sort() : value
  return JSON.stringify(members) ?? 'none'
}
