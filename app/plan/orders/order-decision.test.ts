import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../platform/ids.ts'
import { addMs, DAY_MS, type Instant, parseInstant } from '../../platform/time.ts'
import { audKare } from '../protocols/library/aud-kare.ts'
import type { DoseChoice } from './dose-arithmetic.ts'
import type { DoseOrder } from './order.ts'
import { activeOrderOf, decideOrder, type OrderChoice, type OrderFacts } from './order-decision.ts'

const at = parseInstant('2026-11-22T15:00:00Z')
const signer = 'signer' as AccountId
const second = 'second' as AccountId
const nurse = 'nurse' as AccountId
const facts: OrderFacts = {
  at,
  protocol: audKare,
  decision: { decision: 'eligible', stale: false },
  consent: { missing: [] },
  weight: { value: 70, observedAt: addMs(at, -DAY_MS), source: 'measured-here' },
  heightCm: 177.8,
  sex: 'male',
  lastOrderedWeightKg: undefined,
  lastDose: undefined,
  dosedInPlan: false,
  signer,
  prescribers: [signer, second],
}
const infusion = (mgPerKg: number, durationMin: number): DoseChoice => ({
  kind: 'infusion',
  steps: [{ title: 'Infusion', mgPerKg, durationMin }],
  weightBasis: 'actual',
  concentrationMgPerMl: 10,
  totalVolumeMl: 50,
})
const choice: OrderChoice = {
  dose: infusion(0.8, 40),
  raise: undefined,
  reason: undefined,
  weightChangeAcknowledged: false,
  secondPrescriber: undefined,
}
const weighed = (
  value: number,
  daysAgo: number,
  source: 'measured-here' | 'self-report' = 'measured-here',
) => ({
  value,
  observedAt: addMs(at, -daysAgo * DAY_MS),
  source,
})
/** Of 177.8 cm: the ideal weight is 73 kg, the actual one 70 kg. */
const light: Partial<OrderFacts> = { weight: weighed(70, 1) }
const ideal: Partial<OrderChoice> = { dose: { ...infusion(0.8, 40), weightBasis: 'ideal' } as DoseChoice }
const unsigned = (id: string, why: 'withdrawn' | 'newer-version' | 'never-signed') => ({
  consent: { missing: [{ id, version: '2', title: id, why, withdrawnAt: undefined }] },
})
const answer = (f: Partial<OrderFacts>, c: Partial<OrderChoice> = {}) => {
  const outcome = decideOrder({ ...facts, ...f }, { ...choice, ...c })
  return outcome.ok ? 'signed' : outcome.reason
}

describe('whether an order may be signed', () => {
  it.each<[string, Partial<OrderFacts>, Partial<OrderChoice>, string]>([
    ['all is well', {}, {}, 'signed'],
    ['nobody has decided', { decision: undefined }, {}, 'not-eligible'],
    ['decided against', { decision: { decision: 'not-eligible', stale: false } }, {}, 'not-eligible'],
    ['facts changed since', { decision: { decision: 'eligible', stale: true } }, {}, 'decision-stale'],
    ['consent to treatment is taken back', unsigned('treatment', 'withdrawn'), {}, 'consent-withdrawn'],
    [
      'consent to treatment is signed in an older version',
      unsigned('treatment', 'newer-version'),
      {},
      'signed',
    ],
    ['consent to treatment is not signed yet', unsigned('treatment', 'never-signed'), {}, 'signed'],
    ['another document is taken back', unsigned('data-notice', 'withdrawn'), {}, 'signed'],
    ['never weighed', { weight: undefined }, {}, 'weight-unknown'],
    ['told, not weighed', { weight: weighed(70, 1, 'self-report') }, {}, 'weight-not-measured'],
    ['weighed exactly 30 days ago', { weight: weighed(70, 30) }, {}, 'signed'],
    ['weighed a moment more than 30 days ago', { weight: weighed(70, 30.00001) }, {}, 'weight-too-old'],
    ['weighed tomorrow', { weight: weighed(70, -1) }, {}, 'weight-too-old'],
    ['10 % heavier', { lastOrderedWeightKg: 63.637 }, {}, 'signed'],
    ['11 % heavier', { lastOrderedWeightKg: 63 }, {}, 'weight-changed'],
    ['11 % heavier, acknowledged', { lastOrderedWeightKg: 63 }, { weightChangeAcknowledged: true }, 'signed'],
    ['11 % lighter', { lastOrderedWeightKg: 78.7 }, {}, 'weight-changed'],
    ['too fast', {}, { dose: infusion(0.8, 30), reason: 'asked for by the person' }, 'dose'],
    ['not the dose of the protocol', {}, { dose: infusion(0.5, 40) }, 'reason-missing'],
    ['a reason of one word', {}, { dose: infusion(0.5, 40), reason: 'lower' }, 'reason-missing'],
    [
      'the same, with its reason',
      {},
      { dose: infusion(0.5, 40), reason: 'was frightened at 0.8 mg/kg' },
      'signed',
    ],
    ['counted from an ideal weight above the actual one', light, ideal, 'reason-missing'],
    [
      'the same, with its reason',
      light,
      { ...ideal, reason: 'swelling drained since the weighing' },
      'signed',
    ],
    ['counted from an ideal weight below the actual one', { weight: weighed(110, 1) }, ideal, 'signed'],
    ['over the soft ceiling', {}, { dose: infusion(1.1, 60) }, 'reason-missing'],
    [
      'over the hard ceiling',
      {},
      { dose: infusion(1.6, 70), reason: 'no effect so far at all' },
      'second-prescriber-missing',
    ],
    [
      'seconded by oneself',
      {},
      { dose: infusion(1.6, 70), reason: 'no effect so far at all', secondPrescriber: signer },
      'second-prescriber-not-valid',
    ],
    [
      'seconded by a nurse',
      {},
      { dose: infusion(1.6, 70), reason: 'no effect so far at all', secondPrescriber: nurse },
      'second-prescriber-not-valid',
    ],
    [
      'seconded',
      {},
      { dose: infusion(1.6, 70), reason: 'no effect so far at all', secondPrescriber: second },
      'signed',
    ],
  ])('%s', (_case, f, c, expected) => {
    expect(answer(f, c)).toBe(expected)
  })
})

describe('the order that may be dosed from', () => {
  const day = (n: number) => addMs(at, n * DAY_MS)
  const order = (id: string, signedAt: Instant, rest: Partial<DoseOrder> = {}) =>
    ({ id, signedAt, validUntil: addMs(signedAt, 42 * DAY_MS), ...rest }) as DoseOrder

  it.each([
    ['there is none', [], undefined],
    ['one was signed', [order('a', day(-1))], 'a'],
    ['it is signed tomorrow', [order('a', day(1))], undefined],
    ['a newer one replaced it', [order('a', day(-2)), order('b', day(-1))], 'b'],
    ['it was withdrawn', [order('a', day(-2), { withdrawnAt: day(-1) })], undefined],
    ['it is withdrawn later', [order('a', day(-2), { withdrawnAt: day(1) })], 'a'],
    [
      'the newest was withdrawn: the older does not come back',
      [order('a', day(-3)), order('b', day(-2), { withdrawnAt: day(-1) })],
      undefined,
    ],
    ['it ran out at this very moment', [order('a', day(-42))], undefined],
    ['it runs out in a moment', [order('a', addMs(day(-42), 1))], 'a'],
  ])('when %s', (_case, orders, id) => {
    expect(activeOrderOf(orders, at)?.id).toBe(id)
    expect(activeOrderOf([...orders].reverse(), at)?.id).toBe(id)
  })
})
