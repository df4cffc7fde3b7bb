import { type Instant, momentInWords } from '../../platform/time.ts'
import { FACT_WORDS, factInWords, SOURCE_WORDS } from '../assess-words.ts'
import type { Fact, FactKind } from '../fact.ts'
import { overrideRight } from './decision.ts'
import type { EligibilityRule, FactSeen, RuleResult } from './eligibility.ts'
import { agesInWords, classInWords, isDefault, reachInWords } from './eligibility-words.ts'

const TROUBLE_WORDS: Readonly<Record<NonNullable<FactSeen['trouble']>, string>> = {
  missing: 'nothing recorded',
  'not-sure': 'not sure',
  'too-old': 'too old',
  disputed: 'staff and person disagree',
}

/** How many earlier values stand beside the one that holds. */
const EARLIER_SHOWN = 4

/**
 * One rule as the decision page shows it: what must hold, what was found, when and by whom, what it was before, and
 * what would settle it. Pure.
 *
 * @param facts every fact of the person, for the earlier values
 */
export function ruleRow(rule: EligibilityRule, result: RuleResult, facts: readonly Fact[], timeZone: string) {
  const when = (at: Instant) => momentInWords(at, timeZone)
  return {
    id: rule.id,
    ruleClass: rule.ruleClass,
    className: classInWords(rule),
    version: rule.version,
    title: rule.title,
    threshold: rule.threshold,
    ages: agesInWords(rule),
    source: rule.source,
    tag: rule.tag,
    isDefault: isDefault(rule.tag),
    truth: result.truth,
    right: overrideRight(result),
    reach: reachInWords(rule),
    settle: result.truth === 'met' ? undefined : rule.settle,
    sides: rule.sides?.map((side) => ({ ...side })),
    // What a met rule did not need is no gap.
    facts: result.facts
      .filter((seen) => !(result.truth === 'met' && seen.trouble))
      .map((seen) => ({
        kind: seen.kind,
        title: FACT_WORDS[seen.kind].title,
        value: seen.value === undefined ? undefined : factInWords(seen.kind, seen.value),
        observed: seen.observedAt && when(seen.observedAt),
        source: seen.source && SOURCE_WORDS[seen.source],
        trouble: seen.trouble && TROUBLE_WORDS[seen.trouble],
        trend: trendInWords(seen, facts),
        ...earlierValues(seen, facts, when),
      })),
  }
}

export type RuleRow = ReturnType<typeof ruleRow>

/**
 * Which way a figure has gone since the one before it: "5.2 less than before". Undefined where there is no earlier one,
 * or where the value is no figure.
 */
function trendInWords(seen: FactSeen, facts: readonly Fact[]): string | undefined {
  const before = facts
    .filter(
      ({ id, kind, observedAt }) =>
        kind === seen.kind && id !== seen.factId && observedAt <= (seen.observedAt ?? ''),
    )
    .sort((a, b) => b.observedAt.localeCompare(a.observedAt))[0]
  if (typeof seen.value !== 'number' || typeof before?.value !== 'number') return undefined
  const change = Math.round((seen.value - before.value) * 100) / 100
  if (change === 0) return 'as before'
  return `${Math.abs(change)} ${change > 0 ? 'more' : 'less'} than before`
}

/** What was known of the same kind before, newest first. */
function earlierValues(seen: FactSeen, facts: readonly Fact[], when: (at: Instant) => string) {
  const others = facts
    .filter(({ id, kind }) => kind === seen.kind && id !== seen.factId)
    .sort((a, b) => b.observedAt.localeCompare(a.observedAt))
  return {
    earlier: others.slice(0, EARLIER_SHOWN).map(({ id, value, observedAt, source }) => ({
      id: id as string,
      value: factInWords(seen.kind as FactKind, value),
      observed: when(observedAt),
      source: SOURCE_WORDS[source],
    })),
    earlierLeft: Math.max(0, others.length - EARLIER_SHOWN),
  }
}
