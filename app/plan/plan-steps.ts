import type { EligibilityDecision } from '../assess/index.ts'
import type { ConsentState } from './consents/consent-document.ts'
import { isTreatmentTakenBack } from './consents/consent-hold.ts'
import type { DoseOrder } from './orders/order.ts'
import type { Appointment } from './plan.ts'

export type PlanStepId = 'decision' | 'consent' | 'order' | 'visits'

export type PlanStep = { readonly id: PlanStepId; readonly done: boolean; readonly text: string }

/** Everything the steps of a plan follow from. */
export type PlanFacts = {
  readonly decision: Pick<EligibilityDecision, 'decision' | 'stale'> | undefined
  readonly activeOrder: DoseOrder | undefined
  /** Whether any order was ever signed: then a missing one has run out or was withdrawn. */
  readonly orderedBefore: boolean
  readonly consent: ConsentState
  readonly visits: readonly Pick<Appointment, 'sessionNumber' | 'cancelledAt'>[]
  readonly sessions: number
}

/**
 * What a plan still needs before it can be carried out, in the order in which it is done. Pure.
 *
 * | step | done when |
 * |---|---|
 * | decision | the newest decision is "eligible" and nothing it rests on has changed |
 * | consent | no document is missing |
 * | order | an order is in force and consent to treatment is not taken back |
 * | visits | each session has a visit that is not cancelled |
 */
export function planSteps(facts: PlanFacts): readonly PlanStep[] {
  const { decision, consent } = facts
  const live = new Set(facts.visits.filter((v) => !v.cancelledAt).map((v) => v.sessionNumber))
  const unbooked = facts.sessions - live.size
  return [
    {
      id: 'decision',
      done: decision?.decision === 'eligible' && !decision.stale,
      text:
        decision?.decision !== 'eligible'
          ? 'The decision is not “eligible” any more. A prescriber must decide again.'
          : decision.stale
            ? 'Facts have changed since the decision. A prescriber must decide again.'
            : 'Decided: eligible',
    },
    {
      id: 'consent',
      done: consent.missing.length === 0,
      text:
        consent.missing.length === 0
          ? 'All documents are signed'
          : consent.missing.some((m) => m.why === 'withdrawn')
            ? `Taken back: ${titles(consent, 'withdrawn')}. No dose is given.`
            : consent.missing.some((m) => m.why === 'newer-version')
              ? `Changed since it was signed, to be signed again before any dose: ${titles(consent, 'newer-version')}.`
              : `${consent.missing.length === 1 ? 'One document is' : `${consent.missing.length} documents are`} waiting to be read and signed.`,
    },
    {
      id: 'order',
      done: facts.activeOrder !== undefined && !isTreatmentTakenBack(consent),
      text: facts.activeOrder
        ? consent.missing.length === 0
          ? 'An order is signed'
          : 'An order is signed; nothing is given by it until the documents are'
        : facts.orderedBefore
          ? 'The last order was withdrawn or has run out. A prescriber signs a new one.'
          : 'No order yet. A prescriber signs one.',
    },
    {
      id: 'visits',
      done: unbooked <= 0,
      text:
        unbooked <= 0
          ? 'All visits are booked'
          : unbooked === facts.sessions
            ? `No visit is booked yet; ${facts.sessions} are planned.`
            : `${unbooked} of ${facts.sessions} visits are not booked.`,
    },
  ]
}

function titles(consent: ConsentState, why: ConsentState['missing'][number]['why']): string {
  return consent.missing
    .filter((m) => m.why === why)
    .map((m) => m.title)
    .join('; ')
}

/** The first step that is not done; undefined when the plan can be carried out. */
export function nextStep(steps: readonly PlanStep[]): PlanStep | undefined {
  return steps.find((step) => !step.done)
}
