import type { RuleResult } from './eligibility.ts'

/** A rule that speaks against a dose, with what to do about it. */
export type RuleAgainst = {
  readonly title: string
  readonly truth: 'not-met' | 'unknown'
  readonly settle: string
}

type RuleSeen = Pick<RuleResult, 'ruleId' | 'ruleClass' | 'truth'> & {
  /** Nobody overrides it. */
  readonly never?: boolean | undefined
  readonly title: string
  readonly settle: string
}

/**
 * What of the rules of eligibility speaks against a dose at the instant they were evaluated. Unknown and too old are
 * never met. The gate before a dose asks it, and so does the list of plans.
 *
 * @param overridden ids of the rules that the signed decision overrides by name and still covers (see
 *   `overridesThatHold`); what nobody may override speaks against a dose all the same
 * @returns `heldBy`: rules of the day; `tooOld`: rules of the decision itself that are not met on what is known by now
 */
export function rulesAgainst(
  results: readonly RuleSeen[],
  overridden: readonly string[],
): { readonly heldBy: readonly RuleAgainst[]; readonly tooOld: readonly RuleAgainst[] } {
  const against = (counts: (rule: RuleSeen) => boolean) =>
    results.flatMap((rule): RuleAgainst[] =>
      rule.truth !== 'met' && counts(rule)
        ? [{ title: rule.title, truth: rule.truth, settle: rule.settle }]
        : [],
    )
  return {
    heldBy: against(({ ruleClass }) => ruleClass === 'hold-today'),
    tooOld: against(
      ({ ruleClass, ruleId, never }) =>
        never === true ||
        ((ruleClass === 'absolute' || ruleClass === 'relative') && !overridden.includes(ruleId)),
    ),
  }
}
