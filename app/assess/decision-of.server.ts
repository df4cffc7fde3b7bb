import { clinicById } from '../identity/index.server.ts'
import type { Read } from '../platform/database.server.ts'
import type { ClinicId, PersonId } from '../platform/ids.ts'
import type { Instant } from '../platform/time.ts'
import { factsOfPerson, storedDecisions } from './assess-queries.server.ts'
import type { AssessmentId, EligibilityDecision } from './assessment.ts'
import { evaluateEligibility, isStale, type RuleResult } from './eligibility.ts'
import { ELIGIBILITY_RULES } from './eligibility-rules.ts'
import { currentFact, type Fact, type FactKind } from './fact.ts'

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
  if (!decision) return undefined
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
): Promise<RuleResult[]> {
  const clinic = await clinicById(db, clinicId)
  const facts = await factsOfPerson(db, clinicId, personId)
  return evaluateEligibility(ELIGIBILITY_RULES, facts, at, clinic?.timeZone ?? 'UTC')
}

/** The rules that hold a dose on the day and are not met at this instant; empty when nothing holds. */
export async function holdsAt(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  at: Instant,
): Promise<RuleResult[]> {
  const results = await evaluateFor(db, clinicId, personId, at)
  return results.filter((result) => result.ruleClass === 'hold-today' && result.truth !== 'met')
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
