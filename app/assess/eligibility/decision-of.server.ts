import { clinicById } from '../../identity/index.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import { factsOfPeople, factsOfPerson } from '../assess-queries.server.ts'
import type { AssessmentId, EligibilityDecision } from '../assessment.ts'
import { currentFact, type Fact, type FactKind } from '../fact.ts'
import { changeInWords } from './change-words.ts'
import {
  decisionsStored,
  newestDecisionOfPerson,
  type StoredDecision,
  storedDecisions,
} from './decision-queries.server.ts'
import { type EligibilityRule, evaluateEligibility, type RuleResult } from './eligibility.ts'
import { ELIGIBILITY_RULES } from './eligibility-rules.ts'
import { ruleSettings, rulesOfClinic } from './rule-setting-queries.server.ts'
import { type RuleSetting, rulesAsSet } from './rules-as-set.ts'
import { whatChanged } from './what-changed.ts'

/**
 * The decision that holds for an assessment, with what of the facts it rests on has changed since.
 *
 * @returns undefined while nobody has decided
 */
export async function decisionOf(
  db: Read,
  clinicId: ClinicId,
  assessmentId: AssessmentId,
): Promise<EligibilityDecision | undefined> {
  const [decision] = await storedDecisions(db, clinicId, [assessmentId])
  return decision && (await asItStands(db, clinicId, [decision]))[0]
}

/** The newest decision on a person, of whichever assessment: one against treatment counts for every plan. */
export async function newestDecisionOf(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
): Promise<EligibilityDecision | undefined> {
  const decision = await newestDecisionOfPerson(db, clinicId, personId)
  return decision && (await asItStands(db, clinicId, [decision]))[0]
}

export type DecisionOnPerson = EligibilityDecision & { readonly personId: PersonId }

/**
 * The decision that holds for each assessment of these people, newest first, each with what has changed since: for
 * lists, in a handful of queries however many people there are.
 *
 * @param personIds left out: everybody of the clinic
 */
export async function decisionsOfPeople(
  db: Read,
  clinicId: ClinicId,
  personIds?: readonly PersonId[],
): Promise<DecisionOnPerson[]> {
  const seen = new Set<AssessmentId>()
  const newest = (await decisionsStored(db, clinicId, personIds)).filter(
    ({ assessmentId }) => !seen.has(assessmentId) && seen.add(assessmentId),
  )
  return asItStands(db, clinicId, newest)
}

/**
 * Of these people, those whose newest decision rests on something that has changed since: nobody is dosed until a
 * prescriber has looked again. For diaries, boards and lists.
 */
export async function peopleToLookAtAgain(
  db: Read,
  clinicId: ClinicId,
  personIds: readonly PersonId[],
): Promise<ReadonlySet<PersonId>> {
  const seen = new Set<PersonId>()
  const newest = (await decisionsOfPeople(db, clinicId, personIds)).filter(
    ({ personId }) => !seen.has(personId) && seen.add(personId),
  )
  return new Set(newest.filter(({ stale }) => stale).map(({ personId }) => personId))
}

async function asItStands(
  db: Read,
  clinicId: ClinicId,
  decisions: readonly StoredDecision[],
): Promise<DecisionOnPerson[]> {
  if (decisions.length === 0) return []
  const clinic = await clinicById(db, clinicId)
  const settings = await ruleSettings(db, clinicId)
  const rules = rulesAsSet(ELIGIBILITY_RULES, settings)
  const people = [...new Set(decisions.map(({ personId }) => personId))]
  const facts = Map.groupBy(await factsOfPeople(db, clinicId, people), ({ personId }) => personId)
  return decisions.map((decision) =>
    withChanges(decision, rules, facts.get(decision.personId) ?? [], settings, clinic?.timeZone ?? 'UTC'),
  )
}

/** A stored decision with what has changed since, on facts and rules at hand. Pure. */
export function withChanges(
  decision: StoredDecision,
  rules: readonly EligibilityRule[],
  facts: readonly Fact[],
  settings: readonly RuleSetting[],
  timeZone: string,
): DecisionOnPerson {
  // Growing old alone makes nothing stale, so the instant of the decision serves for the comparison.
  const now = evaluateEligibility(rules, facts, decision.decidedAt, timeZone)
  const changes = whatChanged(decision.evaluation, now, decision.overrides, rules)
  return {
    ...decision,
    stale: changes.length > 0,
    changes: changes.map((change) => changeInWords(change, rules, facts, settings)),
  }
}

/** Every rule of the clinic on what is known about a person at an instant. */
export async function evaluateFor(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  at: Instant,
  elsewhere: readonly Fact[] = [],
): Promise<RuleResult[]> {
  const clinic = await clinicById(db, clinicId)
  const facts = [...(await factsOfPerson(db, clinicId, personId)), ...elsewhere]
  return evaluateEligibility(await rulesOfClinic(db, clinicId), facts, at, clinic?.timeZone ?? 'UTC')
}

/** A rule's result with its words: what must hold, and what to do while it is not known. */
export type RuleAtInstant = RuleResult & { readonly title: string; readonly settle: string }

/** What was measured or asked elsewhere (at the bedside) and speaks to a rule although it is no fact of its own. */
export type ObservedFact = Pick<Fact, 'kind' | 'value' | 'observedAt'>

/**
 * Every rule as it stands at an instant: on the recorded facts as old as they are then, and on what was observed
 * elsewhere. Of each kind the newest observation counts, wherever it comes from.
 */
export async function evaluateAt(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  at: Instant,
  observed: readonly ObservedFact[] = [],
): Promise<RuleAtInstant[]> {
  const elsewhere = observed.map(
    (each, i): Fact => ({
      ...each,
      id: `observed-${i}` as Fact['id'],
      personId,
      recordedAt: each.observedAt,
      source: 'measured-here',
      recordedBy: 'bedside',
    }),
  )
  const results = await evaluateFor(db, clinicId, personId, at, elsewhere)
  const words = new Map((await rulesOfClinic(db, clinicId)).map((rule) => [rule.id, rule]))
  return results.map((result) => {
    const { title, settle } = words.get(result.ruleId)!
    return { ...result, title, settle }
  })
}

/** The fact of one kind that holds now; undefined when nothing is recorded. See `currentFact` for which one. */
export async function latestFact<Kind extends FactKind>(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  kind: Kind,
): Promise<Fact<Kind> | undefined> {
  return currentFact((await factsOfPerson(db, clinicId, personId, [kind])) as Fact<Kind>[])?.fact
}
