import { accountNames, personById } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { runQuery } from '../../platform/command.server.ts'
import { parseId } from '../../platform/ids.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import { decideEligibility, readClinicalPart, recordFact } from '../assess-access.ts'
import { assessmentById, factsOfPerson } from '../assess-queries.server.ts'
import type { Fact } from '../fact.ts'
import { medicinesBeforeDose } from '../medicines/interactions-of.server.ts'
import { workUpRows } from '../work-up/work-up-words.ts'
import { workUpOfPerson } from '../work-up/work-ups-of.server.ts'
import type { DecisionChange } from './change-words.ts'
import { withChanges } from './decision-of.server.ts'
import { type StoredDecision, storedDecisions } from './decision-queries.server.ts'
import { type EligibilityRule, evaluateEligibility, type RuleResult, type Truth } from './eligibility.ts'
import { ELIGIBILITY_NOTICES } from './eligibility-notices.ts'
import { ELIGIBILITY_RULES } from './eligibility-rules.ts'
import { type RuleRow, ruleRow } from './rule-row.ts'
import { ruleSettings } from './rule-setting-queries.server.ts'
import { rulesAsSet } from './rules-as-set.ts'
import { shownRules } from './shown-rules.server.ts'

/** Everything the page shows on which a prescriber decides. */
export async function loadDecision({ services, actor, clinic, params, url }: PageArgs) {
  const id = parseId<'assessment'>(params.id) ?? notFound()
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const assessment = await assessmentById(db, clinic.id, id)
    const person = assessment && (await personById(db, clinic.id, assessment.personId))
    if (!assessment || !person) notFound()
    audit.read(readClinicalPart.id, { personId: person.id, object: 'assessment', objectId: id })
    const settings = await ruleSettings(db, clinic.id)
    const facts = await factsOfPerson(db, clinic.id, person.id)
    const rules = rulesAsSet(ELIGIBILITY_RULES, settings)
    const results = evaluateEligibility(rules, facts, at, clinic.timeZone)
    const rows = rowsOf(rules, results, facts, clinic.timeZone)
    const notices = rulesAsSet(ELIGIBILITY_NOTICES, settings)
    const decisions = await storedDecisions(db, clinic.id, [id])
    const workUp = await workUpOfPerson(db, clinic.id, person.id, at)
    const newest = decisions[0] && withChanges(decisions[0], rules, facts, settings, clinic.timeZone)
    const names = await accountNames(db, [
      ...decisions.flatMap(({ decidedBy, second }) => [decidedBy, ...(second ? [second.by] : [])]),
      ...(newest?.changes ?? []).flatMap(({ by }) => by ?? []),
    ])
    return {
      id: id as string,
      person: { id: person.id as string, name: person.displayName },
      at: momentInWords(at, clinic.timeZone),
      openOnly: url.searchParams.get('show') === 'open',
      done: url.searchParams.get('done') === 'decided',
      key: services.ids.next() as string,
      shown: shownRules(results),
      rows,
      counts: countsOf(rows.filter(({ ruleClass }) => ruleClass !== 'hold-today')),
      notices: rowsOf(
        notices,
        evaluateEligibility(notices, facts, at, clinic.timeZone),
        facts,
        clinic.timeZone,
      ),
      medicines: (await medicinesBeforeDose(db, clinic.id, person.id, at)).notices,
      workUp: workUpRows(workUp?.results ?? [], clinic.timeZone, () => 'a colleague'),
      changes: changeRows(newest?.changes ?? [], names, clinic.timeZone),
      decisions: decisions.map((one) => decisionRow(one, rules, names, clinic.timeZone)),
      may: { decide: mayDo(actor, decideEligibility), recordFact: mayDo(actor, recordFact) },
    }
  })
}

export type DecisionView = Awaited<ReturnType<typeof loadDecision>>

function rowsOf(
  rules: readonly EligibilityRule[],
  results: readonly RuleResult[],
  facts: readonly Fact[],
  timeZone: string,
): RuleRow[] {
  return rules.map((rule, i) => ruleRow(rule, results[i]!, facts, timeZone))
}

/** How many rules stand how. */
function countsOf(rows: readonly RuleRow[]): Readonly<Record<Truth, number>> & { readonly all: number } {
  const count = (truth: Truth) => rows.filter((row) => row.truth === truth).length
  return { met: count('met'), 'not-met': count('not-met'), unknown: count('unknown'), all: rows.length }
}

/** What has changed since a decision, with the names and the time as people read them. */
export function changeRows(
  changes: readonly DecisionChange[],
  names: ReadonlyMap<string, string>,
  timeZone: string,
) {
  return changes.map(({ ruleId, title, what, at, by }) => ({
    ruleId,
    title,
    what,
    when: at && momentInWords(at, timeZone),
    by: by === undefined ? undefined : by === 'patient' ? 'told by the person' : (names.get(by) ?? 'unknown'),
  }))
}

export type ChangeRow = ReturnType<typeof changeRows>[number]

function decisionRow(
  one: StoredDecision,
  rules: readonly EligibilityRule[],
  names: ReadonlyMap<string, string>,
  timeZone: string,
) {
  return {
    id: one.id as string,
    eligible: one.decision === 'eligible',
    reasons: one.reasons,
    overrides: one.overrides.map(({ ruleId, reason }) => ({
      ruleId,
      reason,
      title: rules.find((rule) => rule.id === ruleId)?.title ?? ruleId,
    })),
    by: names.get(one.decidedBy) ?? 'unknown',
    second: one.second && {
      by: names.get(one.second.by) ?? 'unknown',
      when: momentInWords(one.second.at, timeZone),
    },
    when: momentInWords(one.decidedAt, timeZone),
    at: one.decidedAt,
  }
}
