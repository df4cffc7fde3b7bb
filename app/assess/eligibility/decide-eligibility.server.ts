import { members } from '../../identity/index.server.ts'
import { isFreshStepUp, isRecentStepUp, type StepUp } from '../../identity/index.ts'
import type { Command } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { done, type Outcome, refused } from '../../platform/outcome.ts'
import { decideEligibility as decideAction } from '../assess-access.ts'
import { assessmentById } from '../assess-queries.server.ts'
import type { AssessmentId, EligibilityDecision } from '../assessment.ts'
import { type EligibilityRefusal, type Override, overrideRight, whyNotDecide } from './decision.ts'
import { evaluateFor } from './decision-of.server.ts'
import { insertDecision, storedDecisions } from './decision-queries.server.ts'
import { rulesNotAsShown } from './shown-rules.server.ts'

export type DecideEligibility = {
  readonly assessmentId: AssessmentId
  /** Made by the form; becomes the decision's id, so that a double click signs once. */
  readonly key: EligibilityDecision['id']
  readonly decision: EligibilityDecision['decision']
  readonly reasons: string
  readonly overrides: readonly Override[]
  /** Every rule as it stood on the page, see `shownRules`. */
  readonly shown: string
  /** That the signer has just given their password again. */
  readonly stepUp: StepUp
  /** The same of a second prescriber, where an absolute rule is put aside. */
  readonly secondStepUp?: StepUp | undefined
}

/**
 * A prescriber decides and signs. The rules are evaluated again at this moment and stored with the decision, and that
 * evaluation is the one that is compared with what stood on the page: with another, nothing is signed. So no lock on
 * facts is needed: one that comes while this is written is held against what is stored (`whatChanged`). Absolute rules stand aside only with a second prescriber's own password,
 * which is kept with who and when. A later decision replaces an earlier one without hiding it.
 */
export const decideEligibility: Command<
  DecideEligibility,
  { decisionId: EligibilityDecision['id'] },
  EligibilityRefusal | 'no-such-assessment' | 'not-confirmed' | 'id-taken' | 'changed-meanwhile'
> = {
  action: decideAction,
  async run({ db, at, actor, audit, tell }, input) {
    const { clinicId } = actor
    const assessment = await assessmentById(db, clinicId, input.assessmentId)
    if (!assessment) return refused('no-such-assessment')
    if (
      actor.kind !== 'member' ||
      !isFreshStepUp(input.stepUp, actor, at) ||
      (input.secondStepUp && !isRecentStepUp(input.secondStepUp, at))
    ) {
      return refused('not-confirmed')
    }
    const earlier = await signedBefore(db, clinicId, input)
    if (earlier) return earlier
    const evaluation = await evaluateFor(db, clinicId, assessment.personId, at)
    const changed = rulesNotAsShown(input.shown, evaluation)
    if (changed.length > 0) return refused('changed-meanwhile', { ruleIds: changed })
    const prescribers = (await members(db, clinicId, ['prescriber'])).map(({ accountId }) => accountId)
    const why = whyNotDecide(evaluation, {
      ...input,
      signer: actor.accountId,
      second: input.secondStepUp?.accountId,
      prescribers,
    })
    if (why) return refused(why.reason, { ruleIds: why.ruleIds })
    const overrides = overridesOf(input)
    const byTwo = evaluation.filter(
      (result) =>
        overrideRight(result) === 'two-prescribers' &&
        overrides.some(({ ruleId }) => ruleId === result.ruleId),
    )
    // Somebody who was asked for nothing has signed nothing.
    const second = byTwo.length > 0 ? input.secondStepUp : undefined
    const inserted = await insertDecision(db, clinicId, {
      id: input.key,
      assessmentId: assessment.id,
      personId: assessment.personId,
      decision: input.decision,
      reasons: input.reasons.trim(),
      overrides,
      evaluation,
      decidedBy: actor.accountId,
      decidedAt: at,
      second: second && { by: second.accountId, at: second.at },
    })
    // Either the same form a moment earlier, or an id that belongs to another assessment.
    if (!inserted) return (await signedBefore(db, clinicId, input)) ?? refused('id-taken')
    audit.write('assess.decide-eligibility', {
      personId: assessment.personId,
      object: 'assessment',
      objectId: assessment.id,
      detail: {
        decision: input.decision,
        overrides: overrides.map(({ ruleId }) => ruleId).join(' '),
        passwordGivenAt: input.stepUp.at,
      },
    })
    if (second) {
      audit.write('assess.second-prescriber', {
        personId: assessment.personId,
        object: 'assessment',
        objectId: assessment.id,
        detail: {
          account: second.accountId,
          passwordGivenAt: second.at,
          rules: byTwo.map(({ ruleId }) => ruleId).join(' '),
        },
      })
    }
    tell('eligibility.decided', {
      assessmentId: assessment.id,
      personId: assessment.personId,
      decision: input.decision,
    })
    return done({ decisionId: input.key })
  },
}

/** The answer to a form that has signed already: the same again, or a refusal when it now says something else. */
async function signedBefore(
  db: Read,
  clinicId: ClinicId,
  input: DecideEligibility,
): Promise<Outcome<{ decisionId: EligibilityDecision['id'] }, 'id-taken'> | undefined> {
  const earlier = (await storedDecisions(db, clinicId, [input.assessmentId])).find(
    ({ id }) => id === input.key,
  )
  if (!earlier) return undefined
  const same =
    earlier.decision === input.decision &&
    earlier.reasons === input.reasons.trim() &&
    asText(earlier.overrides) === asText(overridesOf(input))
  return same ? done({ decisionId: input.key }) : refused('id-taken')
}

/** What a decision puts aside: one against treatment nothing, whatever was typed before. */
function overridesOf({ decision, overrides }: DecideEligibility): readonly Override[] {
  return decision === 'eligible' ? overrides : []
}

function asText(overrides: readonly Override[]): string {
  return JSON.stringify(overrides.map(({ ruleId, reason }) => [ruleId, reason]).sort())
}
