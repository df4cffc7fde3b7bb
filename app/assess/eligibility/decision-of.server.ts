import { clinicById } from '../../identity/index.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import { factsOfPerson } from '../assess-queries.server.ts'
import type { AssessmentId, EligibilityDecision } from '../assessment.ts'
import { currentFact, type Fact, type FactKind } from '../fact.ts'
import { newestDecisionOfPerson, type StoredDecision, storedDecisions } from './decision-queries.server.ts'
import { evaluateEligibility, isStale, type RuleResult } from './eligibility.ts'
import { ELIGIBILITY_RULES } from './eligibility-rules.ts'

/**
 * The decision that holds for an assessment, with whether the facts it rests on have changed since.
 *
 * @returns undefined while nobody has decided
 */
export async function decisionOf(
  db: Read,
  clinicId: ClinicId,
  assessmentId: AssessmentId,
): Promise<EligibilityDecision | undefined> {
  const [decision] = await storedDecisions(db, clinicId, [assessmentId])
  return decision && withStaleness(db, clinicId, decision)
}

/** The newest decision on a person, of whichever assessment: one against treatment counts for every plan. */
export async function newestDecisionOf(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
): Promise<EligibilityDecision | undefined> {
  const decision = await newestDecisionOfPerson(db, clinicId, personId)
  return decision && withStaleness(db, clinicId, decision)
}

async function withStaleness(
  db: Read,
  clinicId: ClinicId,
  decision: StoredDecision,
): Promise<EligibilityDecision> {
  // Growing old alone makes nothing stale, so the instant of the decision serves for the comparison.
  const now = await evaluateFor(db, clinicId, decision.personId, decision.decidedAt)
  const { personId: _, ...rest } = decision
  return { ...rest, stale: isStale(decision.evaluation, now) }
}

/** Every rule on what is known about a person at an instant. */
export async function evaluateFor(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  at: Instant,
  elsewhere: readonly Fact[] = [],
): Promise<RuleResult[]> {
  const clinic = await clinicById(db, clinicId)
  const facts = [...(await factsOfPerson(db, clinicId, personId)), ...elsewhere]
  return evaluateEligibility(ELIGIBILITY_RULES, facts, at, clinic?.timeZone ?? 'UTC')
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
  return results.map((result, i) => {
    const { title, settle } = ELIGIBILITY_RULES[i]!
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
