import { describe, expect, it } from 'vitest'
import { PLAN_HOLDS } from '../app/plan/plan-holds.ts'
import type { PlanStepId } from '../app/plan/plan-steps.ts'
import type { DoseHindrance } from '../app/treat/dose/dose-gate.ts'

type Place = PlanStepId | 'hold' | 'on the day'

/**
 * Where the list of plans says what the gate before a dose asks: as a step of the plan, as a hold, or nowhere, because
 * only the day itself can tell. A new condition of the gate does not compile until somebody has said which.
 */
const PLACES: Readonly<Record<DoseHindrance, Place>> = {
  'session-over': 'on the day',
  'dose-already-started': 'on the day',
  'appointment-cancelled': 'visits',
  'not-todays-visit': 'on the day',
  'too-soon': 'hold',
  'not-arrived': 'on the day',
  'identity-not-checked': 'on the day',
  'not-eligible': 'hold',
  'eligibility-stale': 'decision',
  'eligibility-too-old': 'hold',
  'open-concern': 'hold',
  'held-today': 'on the day',
  'medicines-hold': 'hold',
  'consent-missing': 'consent',
  'no-active-order': 'order',
  'not-enrolled': 'on the day',
  'no-prescriber-on-site': 'on the day',
  'no-oximeter': 'on the day',
  'weight-too-old': 'hold',
  'weight-changed': 'hold',
  'checklist-incomplete': 'on the day',
  'no-baseline-reading': 'on the day',
  'baseline-too-old': 'on the day',
  'baseline-unknown': 'on the day',
  'baseline-red': 'on the day',
  'red-stands': 'on the day',
  'no-lot': 'on the day',
  'lot-wrong-form': 'on the day',
  'lot-expired': 'on the day',
  'lot-wrong-concentration': 'on the day',
  'drawn-not-as-ordered': 'on the day',
  'not-enough-in-lot': 'on the day',
  'not-enough-there': 'on the day',
  'opened-vials-over': 'on the day',
  'not-there-then': 'on the day',
  'lot-recalled': 'on the day',
}

describe('the list of plans and the gate before a dose', () => {
  it('speak of the same holds by the same names', () => {
    const ofTheGate = Object.entries(PLACES).flatMap(([id, place]) => (place === 'hold' ? [id] : []))
    // What was told the day before holds no dose by itself; the list says it all the same.
    expect([...ofTheGate, 'day-before'].sort()).toEqual([...PLAN_HOLDS].sort())
  })
})
