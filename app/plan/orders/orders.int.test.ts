import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adoptProtocol } from '../../../tests/database/adopted-protocol.ts'
import { orderShown } from '../../../tests/database/booked-person.ts'
import {
  type AssessedPerson,
  decide,
  makeAssessedPerson,
  measure,
} from '../../../tests/database/eligible-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { openAssessment } from '../../assess/index.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import { createPlan, noteGivenDose, signOrder, withdrawOrder } from '../index.server.ts'
import type { PlanId } from '../plan.ts'
import type { DoseChoice } from './dose-arithmetic.ts'
import type { GivenDoseNote } from './given-dose.ts'
import type { OrderId } from './order.ts'
import type { OrderChoice } from './order-decision.ts'
import { orderById, ordersOfPlan } from './order-queries.server.ts'

let t: TestDatabase
let harbor: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  for (const id of ['aud-met', 'oud-kpt', 'esk-trd', 'trd-sc']) await adoptProtocol(t.services, harbor, id)
})
afterAll(() => t.close())

async function planned(protocolId: string): Promise<AssessedPerson & { planId: PlanId }> {
  const person = await makeAssessedPerson(t, harbor)
  const key: PlanId = anId(t.services)
  await must(
    runCommand(t.services, harbor.as.prescriber, createPlan, {
      key,
      assessmentId: person.assessmentId,
      protocolId,
    }),
  )
  return { ...person, planId: key }
}
const sign = async (planId: PlanId, dose: DoseChoice, part: Partial<OrderChoice> = {}) =>
  runCommand(t.services, harbor.as.prescriber, signOrder, {
    key: anId<'order'>(t.services),
    planId,
    dose,
    shown: await orderShown(t, harbor, planId, { dose, ...part }),
    raise: undefined,
    reason: undefined,
    weightChangeAcknowledged: false,
    ...part,
    stepUp: { accountId: harbor.as.prescriber.accountId, at: t.clock.now() },
    secondStepUp: undefined,
  })
const stored = (id: OrderId) => look(t.services, harbor.as.nurse, ({ db }) => orderById(db, harbor.id, id))
const deviations = (planId: PlanId) =>
  t.owner
    .query('select protocol_says, done_instead, reason from protocol_deviation where plan_id = $1', [planId])
    .then(({ rows }) => rows)
const perKg = (mgPerKg: number): DoseChoice => ({
  kind: 'at-once-per-kg',
  mgPerKg,
  weightBasis: 'actual',
  concentrationMgPerMl: 50,
})
const met: DoseChoice = {
  kind: 'infusion',
  steps: [
    { title: 'Bolus', mgPerKg: 0.11, durationMin: 2 },
    { title: 'Infusion', mgPerKg: 0.6, durationMin: 50 },
  ],
  weightBasis: 'actual',
  concentrationMgPerMl: 10,
  totalVolumeMl: 50,
}
const spray = (mg: number): DoseChoice => ({ kind: 'units', mg, unitMg: 28 })
const given = (
  person: AssessedPerson & { planId: PlanId },
  orderId: OrderId,
  facts?: GivenDoseNote['facts'],
) =>
  must(
    runCommand(t.services, { kind: 'system', clinicId: harbor.id, name: 'wiring' }, noteGivenDose, {
      sessionId: anId<'dosing-session'>(t.services),
      planId: person.planId,
      personId: person.personId,
      orderId,
      dosedAt: t.clock.now(),
      facts,
    }),
  )
const fine = {
  'systolic-180': 'no',
  'moaas-2': 'no',
  'spo2-92': 'no',
  'distress-stop': 'no',
  vomiting: 'unknown',
} as const

describe('orders by every route are stored as they were worked out', () => {
  it('an infusion in two steps', async () => {
    const { planId } = await planned('aud-met')
    const { orderId } = await must(sign(planId, met))
    expect(await stored(orderId)).toMatchObject({
      route: 'intravenous',
      number: 1,
      doseMgPerKg: 0.71,
      given: {
        kind: 'infusion',
        durationMin: 52,
        steps: [
          { title: 'Bolus', durationMin: 2 },
          { title: 'Infusion', durationMin: 50 },
        ],
      },
    })
    expect(await deviations(planId)).toEqual([])
  })

  it('an injection, above the soft ceiling by its own protocol, with a reason', async () => {
    const { planId } = await planned('oud-kpt')
    expect(await sign(planId, perKg(2))).toMatchObject({ reason: 'reason-missing' })
    const { orderId } = await must(sign(planId, perKg(2), { reason: 'the dose of the protocol' }))
    expect(await stored(orderId)).toMatchObject({
      route: 'intramuscular',
      needs: ['reason'],
      given: { kind: 'volume', concentrationMgPerMl: 50 },
    })
    // Its dose is the protocol's: a reason, but no deviation.
    expect(await deviations(planId)).toEqual([])
  })

  it('esketamine in devices, with no weight: 56 mg before the first dose, 84 after it', async () => {
    const person = await planned('esk-trd')
    expect(await sign(person.planId, spray(84))).toMatchObject({ reason: 'not-on-the-first-day' })
    expect(await sign(person.planId, spray(28))).toMatchObject({ reason: 'dose' })
    const { orderId } = await must(sign(person.planId, spray(56)))
    expect(await stored(orderId)).toMatchObject({
      route: 'nasal-esketamine',
      doseMg: 56,
      doseMgPerKg: undefined,
      actualWeightKg: undefined,
      given: { kind: 'units', unitMg: 28, units: 2, atMin: [0, 5] },
    })
    await given(person, orderId, fine)
    t.clock.advance(1000)
    const raise = { ...fine, vomiting: 'no', improvement: 'less-than-half' } as const
    expect(await sign(person.planId, spray(84))).toMatchObject({ reason: 'raise-not-answered' })
    await must(sign(person.planId, spray(84), { raise }))
  })

  it('of another kind than the protocol gives are never turned into it', async () => {
    const { planId } = await planned('oud-kpt')
    expect(await sign(planId, met)).toMatchObject({ reason: 'other-route' })
    expect(await sign(planId, spray(56))).toMatchObject({ reason: 'other-route' })
  })
})

describe('a dose above the last one', () => {
  it('is never ordered after what the session recorded, and with a reason while something is not known', async () => {
    const person = await planned('trd-sc')
    const { orderId } = await must(sign(person.planId, perKg(0.5)))
    await given(person, orderId, fine)
    t.clock.advance(1000)
    const raise = { ...fine, improvement: 'less-than-half' } as const
    expect(await sign(person.planId, perKg(0.6), { raise })).toMatchObject({ reason: 'reason-missing' })
    expect(
      await sign(person.planId, perKg(0.6), { raise: { ...raise, improvement: 'half-or-more' } }),
    ).toMatchObject({ reason: 'raise-half-better' })
    const { orderId: second } = await must(
      sign(person.planId, perKg(0.6), { raise, reason: 'she says she was not sick' }),
    )
    expect(await stored(second)).toMatchObject({ number: 2, raise })
    expect(await deviations(person.planId)).toEqual([
      {
        protocol_says: expect.stringContaining('0.5 mg/kg'),
        done_instead: expect.stringMatching(/0\.6 mg\/kg.*not known: vomiting/),
        reason: 'she says she was not sick',
      },
    ])
    await given(person, second, { ...fine, 'spo2-92': 'yes' })
    t.clock.advance(1000)
    expect(await sign(person.planId, perKg(0.75), { raise: { ...raise, vomiting: 'no' } })).toMatchObject({
      reason: 'never-raise',
      detail: { facts: ['spo2-92'] },
    })
    await must(sign(person.planId, perKg(0.6)))
  })

  it('is compared with the last one by its own route, also when another route came between', async () => {
    const person = await planned('trd-sc')
    const { orderId } = await must(sign(person.planId, perKg(0.5)))
    await given(person, orderId, { ...fine, 'spo2-92': 'yes' })
    t.clock.advance(1000)
    const other: PlanId = anId(t.services)
    const { assessmentId } = await must(
      runCommand(t.services, harbor.system, openAssessment, { personId: person.personId }),
    )
    await decide(t, harbor, { personId: person.personId, assessmentId })
    await must(
      runCommand(t.services, harbor.as.prescriber, createPlan, {
        key: other,
        assessmentId,
        protocolId: 'esk-trd',
      }),
    )
    const between = await must(sign(other, spray(56)))
    await given({ ...person, planId: other }, between.orderId, fine)
    t.clock.advance(1000)
    const raise = { ...fine, vomiting: 'no', improvement: 'less-than-half' } as const
    expect(await sign(person.planId, perKg(0.6), { raise, reason: 'more is wanted' })).toMatchObject({
      reason: 'never-raise',
      detail: { facts: ['spo2-92'] },
    })
  })
})

describe('the orders of a plan', () => {
  it('signed at once get numbers one after the other', async () => {
    const { planId } = await planned('trd-sc')
    const all = await Promise.all([1, 2, 3, 4].map(() => sign(planId, perKg(0.5))))
    expect(all.every(({ ok }) => ok)).toBe(true)
    const orders = await look(t.services, harbor.as.nurse, ({ db }) => ordersOfPlan(db, harbor.id, planId))
    expect(orders.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4])
  })

  it('by the older form are infusions of one step, numbered by when they were signed', async () => {
    const person = await planned('aud-kare')
    const client = await t.owner.connect()
    const old = anId<'order'>(t.services)
    await client.query('begin')
    await client.query(
      `insert into dose_order (clinic_id, id, plan_id, dose_mg_per_kg, weight_basis, basis_weight_kg, actual_weight_kg, weight_measured_at,
         dose_mg, concentration_mg_per_ml, volume_ml, total_volume_ml, duration_min, rate_ml_per_h, arithmetic, weight_change_acknowledged,
         signed_by, signed_at, valid_until)
       values ($1, $2, $3, 0.5, 'actual', 70, 70, $4, 35, 50, 0.7, 50, 40, 75, '[]', false, $5, $4, $4::timestamptz + interval '7 days')`,
      [harbor.id, old, person.planId, t.clock.now(), harbor.as.prescriber.accountId],
    )
    await client.query('commit')
    client.release()
    expect(await stored(old)).toMatchObject({
      number: 1,
      route: 'intravenous',
      needs: undefined,
      given: { kind: 'infusion', rateMlPerH: 75, steps: [{ durationMin: 40, doseMg: 35 }] },
    })
    t.clock.advance(1000)
    await measure(t, harbor, person.personId, 70)
    await decide(t, harbor, person)
    const { orderId } = await must(
      sign(person.planId, { ...met, steps: [{ title: 'Infusion', mgPerKg: 0.8, durationMin: 40 }] }),
    )
    expect(await stored(orderId)).toMatchObject({ number: 2 })
    await must(runCommand(t.services, harbor.as.prescriber, withdrawOrder, { orderId, reason: 'wrong vial' }))
    expect(await stored(orderId)).toMatchObject({
      withdrawnReason: 'wrong vial',
      withdrawnBy: harbor.as.prescriber.accountId,
    })
  })

  it('and doses given by them are never changed', async () => {
    for (const table of ['given_dose', 'given_dose_course'])
      await expect(t.owner.query(`update ${table} set noted_at = now()`)).rejects.toThrow(
        /never changed or deleted/,
      )
  })
})
