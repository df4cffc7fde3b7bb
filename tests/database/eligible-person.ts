import { evaluateFor } from '../../app/assess/eligibility/decision-of.server.ts'
import { insertDecision } from '../../app/assess/eligibility/decision-queries.server.ts'
import { openAssessment, recordFact } from '../../app/assess/index.server.ts'
import type { AssessmentId } from '../../app/assess/index.ts'
import type { Member } from '../../app/platform/actor.ts'
import { runCommand } from '../../app/platform/command.server.ts'
import type { PersonId } from '../../app/platform/ids.ts'
import { addMs, DAY_MS, type Instant } from '../../app/platform/time.ts'
import { type Arranging, asSystem, makePerson, must, type TestClinic } from './test-clinic.ts'

export type AssessedPerson = {
  readonly personId: PersonId
  readonly patient: Member
  readonly assessmentId: AssessmentId
}

/**
 * A person with an assessment, measured yesterday, and decided on. The decision is written as it stands, whatever
 * the rules say: how it is reached is tested where it lives. Figures are invented.
 *
 * @param decision left out: "eligible"; null: nobody has decided
 */
export async function makeAssessedPerson(
  t: Arranging,
  clinic: TestClinic,
  options: {
    readonly decision?: 'eligible' | 'not-eligible' | null
    readonly weightKg?: number | null
    readonly name?: string
  } = {},
): Promise<AssessedPerson> {
  const { personId, patient } = await makePerson(t.services, clinic, options.name)
  const { assessmentId } = await must(runCommand(t.services, clinic.system, openAssessment, { personId }))
  const yesterday = addMs(t.clock.now(), -DAY_MS)
  if (options.weightKg !== null) await measure(t, clinic, personId, options.weightKg ?? 70, yesterday)
  if (options.decision !== null) await decide(t, clinic, { personId, assessmentId }, options.decision)
  return { personId, patient, assessmentId }
}

/** A nurse weighs the person. */
export async function measure(
  t: Arranging,
  clinic: TestClinic,
  personId: PersonId,
  weightKg: number,
  observedAt: Instant = t.clock.now(),
): Promise<void> {
  await must(
    runCommand(t.services, clinic.as.nurse, recordFact, {
      id: t.services.ids.next<'fact'>(),
      personId,
      kind: 'weight-kg',
      value: weightKg,
      observedAt,
      source: 'measured-here',
    }),
  )
}

/** A prescriber's decision on what is known now. */
export async function decide(
  t: Arranging,
  clinic: TestClinic,
  { personId, assessmentId }: Pick<AssessedPerson, 'personId' | 'assessmentId'>,
  decision: 'eligible' | 'not-eligible' = 'eligible',
): Promise<void> {
  await asSystem(t.services, clinic, async ({ db, at, ids }) => {
    await insertDecision(db, clinic.id, {
      id: ids.next(),
      assessmentId,
      personId,
      decision,
      reasons: 'written by a test',
      overrides: [],
      evaluation: await evaluateFor(db, clinic.id, personId, at),
      decidedBy: clinic.as.prescriber.accountId,
      decidedAt: at,
    })
  })
}
