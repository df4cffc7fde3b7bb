import { assessmentById, decisionOf } from '../assess/index.server.ts'
import type { AssessmentId } from '../assess/index.ts'
import type { Command } from '../platform/command.server.ts'
import { done, refused } from '../platform/outcome.ts'
import type { PlanId } from './plan.ts'
import { createPlan as createPlanAction } from './plan-access.ts'
import { insertPlan, planById, planOfAssessment } from './plan-queries.server.ts'
import { protocolForNewPlan } from './protocols/protocol-of.server.ts'

/**
 * Makes a plan from an assessment and a protocol. Refuses unless a prescriber decided "eligible" and nothing that the
 * decision rests on has changed since, and unless the clinic adopted or published a version of the protocol.
 */
export const createPlan: Command<
  { readonly key: PlanId; readonly assessmentId: AssessmentId; readonly protocolId: string },
  { readonly planId: PlanId },
  | 'no-such-assessment'
  | 'no-such-protocol'
  | 'protocol-not-adopted'
  | 'not-decided'
  | 'not-eligible'
  | 'decision-stale'
  | 'plan-exists'
> = {
  action: createPlanAction,
  async run({ db, at, actor, audit, tell }, input) {
    const repeated = await planById(db, actor.clinicId, input.key)
    if (repeated) return done({ planId: repeated.id })
    const assessment = await assessmentById(db, actor.clinicId, input.assessmentId)
    if (!assessment) return refused('no-such-assessment')
    const found = await protocolForNewPlan(db, actor.clinicId, input.protocolId)
    if (!found.ok) return found
    const protocol = found.value
    const decision = await decisionOf(db, actor.clinicId, assessment.id)
    if (!decision) return refused('not-decided')
    if (decision.decision !== 'eligible') return refused('not-eligible')
    if (decision.stale) return refused('decision-stale')
    const made = await insertPlan(db, actor.clinicId, {
      id: input.key,
      personId: assessment.personId,
      assessmentId: assessment.id,
      decisionId: decision.id,
      protocolId: protocol.id,
      protocolVersion: protocol.version,
      createdBy: actor.kind === 'member' ? actor.accountId : undefined,
      createdAt: at,
    })
    if (!made) {
      const existing = await planOfAssessment(db, actor.clinicId, assessment.id)
      return existing?.id === input.key
        ? done({ planId: input.key })
        : refused('plan-exists', { planId: existing?.id })
    }
    audit.write(createPlanAction.id, {
      personId: assessment.personId,
      object: 'plan',
      objectId: input.key,
      detail: { protocol: protocol.id, version: protocol.version },
    })
    tell('plan.created', { planId: input.key, personId: assessment.personId })
    return done({ planId: input.key })
  },
}
