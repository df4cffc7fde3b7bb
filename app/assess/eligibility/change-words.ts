import type { Instant } from '../../platform/time.ts'
import { FACT_WORDS, factInWords } from '../assess-words.ts'
import type { Fact } from '../fact.ts'
import type { EligibilityRule, Truth } from './eligibility.ts'
import type { RuleSetting } from './rules-as-set.ts'
import type { RuleChange } from './what-changed.ts'

/** What has changed about one rule since a decision, as people read it. */
export type DecisionChange = {
  readonly ruleId: string
  readonly title: string
  /** @example 'Pregnancy test: negative, now positive' */
  readonly what: string
  /** The rule alone is another one; what is known of the person, and the answer, are as they were. */
  readonly ruleOnly: boolean
  readonly at: Instant | undefined
  /** Account id, "patient" for what the person told; undefined when nobody did it (the rules came with a new version). */
  readonly by: string | undefined
}

const TRUTH: Readonly<Record<Truth, string>> = { met: 'met', 'not-met': 'not met', unknown: 'unknown' }

/**
 * A change in words, with who made it when: the fact that was recorded last, or the clinic's newest setting.
 *
 * @param rules as they are now; one that is gone is called by its id
 * @param facts of the person
 */
export function changeInWords(
  change: RuleChange,
  rules: readonly EligibilityRule[],
  facts: readonly Fact[],
  settings: readonly RuleSetting[],
): DecisionChange {
  const { ruleId, versions } = change
  const title = rules.find((rule) => rule.id === ruleId)?.title ?? ruleId.replaceAll('-', ' ')
  const parts = change.facts.map(
    ({ kind, from, to }) =>
      `${FACT_WORDS[kind].title}: ${from === undefined ? 'nothing recorded' : factInWords(kind, from)}, now ${
        to === undefined ? 'nothing recorded' : factInWords(kind, to)
      }`,
  )
  if (versions) parts.push(`the rule was version ${versions.from}, now version ${versions.to}`)
  if (change.from === undefined) parts.push('a rule that was not there at the decision')
  else if (change.to === undefined) parts.push('this rule is not used any more')
  else if (change.from !== change.to) parts.push(`${TRUTH[change.from]}, now ${TRUTH[change.to]}`)
  // The same answer and no other words: only a figure that was put aside comes here.
  else if (!versions && change.facts.every(({ to }) => typeof to === 'number'))
    parts.push('further out than what was put aside')
  const fact = change.facts
    .flatMap(({ factId }) => facts.find(({ id }) => id === factId) ?? [])
    .reduce<Fact | undefined>(
      (last, one) => (last && last.recordedAt >= one.recordedAt ? last : one),
      undefined,
    )
  const setting = versions
    ? settings.filter((one) => one.ruleId === ruleId).sort((a, b) => b.revision - a.revision)[0]
    : undefined
  return {
    ruleId,
    title,
    what: parts.join('; '),
    ruleOnly: versions !== undefined && change.from === change.to && change.facts.length === 0,
    at: fact?.recordedAt ?? setting?.setAt,
    by: fact?.recordedBy ?? setting?.setBy,
  }
}
