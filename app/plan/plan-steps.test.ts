import { describe, expect, it } from 'vitest'
import type { ConsentState } from './consents/consent-document.ts'
import type { DoseOrder } from './orders/order.ts'
import { nextStep, type PlanFacts, planSteps } from './plan-steps.ts'

const order = { id: 'order' } as unknown as DoseOrder
const missing = [
  { id: 'treatment', version: '1', title: 'T', why: 'never-signed', withdrawnAt: undefined },
] as ConsentState['missing']
const visit = (sessionNumber: number, cancelled = false) => ({
  sessionNumber,
  cancelledAt: cancelled ? ('2026-11-22T00:00:00.000Z' as never) : undefined,
})
const ready: PlanFacts = {
  decision: { decision: 'eligible', stale: false },
  activeOrder: order,
  orderedBefore: true,
  consent: { missing: [], signed: [] },
  visits: [visit(1), visit(2), visit(3)],
  sessions: 3,
}

describe('the next thing to do for a plan', () => {
  it.each<[string, Partial<PlanFacts>, string | undefined]>([
    ['everything is done', {}, undefined],
    ['nobody has decided', { decision: undefined }, 'decision'],
    ['the decision is against it', { decision: { decision: 'not-eligible', stale: false } }, 'decision'],
    ['facts changed since', { decision: { decision: 'eligible', stale: true }, visits: [] }, 'decision'],
    ['a document is missing', { consent: { missing, signed: [] }, activeOrder: undefined }, 'consent'],
    ['no order was ever signed', { activeOrder: undefined, orderedBefore: false }, 'order'],
    ['the order ran out', { activeOrder: undefined }, 'order'],
    ['nothing is booked', { visits: [] }, 'visits'],
    ['one visit is cancelled', { visits: [visit(1), visit(2), visit(3, true)] }, 'visits'],
    [
      'one visit was cancelled and booked again',
      { visits: [visit(1), visit(2), visit(3, true), visit(3)] },
      undefined,
    ],
  ])('when %s', (_case, part, expected) => {
    expect(nextStep(planSteps({ ...ready, ...part }))?.id).toBe(expected)
  })

  it.each<[string, ConsentState['missing'], boolean, string]>([
    ['every document is signed', [], true, 'An order is signed'],
    [
      'one is not signed yet',
      missing,
      true,
      'An order is signed; nothing is given by it until the documents are',
    ],
    [
      'consent to treatment is taken back',
      missing.map((m) => ({ ...m, why: 'withdrawn' })),
      false,
      'An order is signed; nothing is given by it until the documents are',
    ],
  ])('says of a signed order when %s', (_case, absent, done, text) => {
    const steps = planSteps({ ...ready, consent: { missing: absent, signed: [] } })
    expect(steps.find((s) => s.id === 'order')).toEqual({ id: 'order', done, text })
  })

  it('says how many visits are missing', () => {
    const say = (visits: PlanFacts['visits']) =>
      planSteps({ ...ready, visits }).find((s) => s.id === 'visits')?.text
    expect(say([])).toBe('No visit is booked yet; 3 are planned.')
    expect(say([visit(2)])).toBe('2 of 3 visits are not booked.')
  })
})
