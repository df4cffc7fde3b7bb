import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orderShown } from '../../tests/database/booked-person.ts'
import {
  type AssessedPerson,
  decide,
  makeAssessedPerson,
  measure,
} from '../../tests/database/eligible-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../tests/database/test-clinic.ts'
import { recordFact } from '../assess/index.server.ts'
import type { Member } from '../platform/actor.ts'
import { runCommand } from '../platform/command.server.ts'
import type { AccountId } from '../platform/ids.ts'
import { addMs, DAY_MS, MINUTE_MS } from '../platform/time.ts'
import type { ConsentDocument } from './consents/consent-document.ts'
import { consentHash } from './consents/consent-hash.server.ts'
import { dataNotice } from './consents/documents/data-notice.ts'
import { treatmentConsent2 as treatmentConsent } from './consents/documents/treatment-2.ts'
import {
  activeOrder,
  consentState,
  createPlan,
  planById,
  plansOfPerson,
  signConsent,
  signOrder,
  withdrawConsent,
  withdrawOrder,
} from './index.server.ts'
import type { InfusionChoice } from './orders/infusion-arithmetic.ts'
import type { OrderId } from './orders/order.ts'
import type { OrderChoice } from './orders/order-decision.ts'
import { ordersOfPlan } from './orders/order-queries.server.ts'
import type { PlanId } from './plan.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
})
afterAll(() => t.close())

const create = (person: AssessedPerson, key: PlanId = anId(t.services), clinic = harbor) =>
  runCommand(t.services, clinic.as.prescriber, createPlan, {
    key,
    assessmentId: person.assessmentId,
    protocolId: 'aud-kare',
  })
/** Something that a rule looks at becomes known, a minute later. */
async function learnOfBladder(person: AssessedPerson): Promise<void> {
  t.clock.advance(60_000)
  await must(
    runCommand(t.services, harbor.as.nurse, recordFact, {
      id: anId<'fact'>(t.services),
      personId: person.personId,
      kind: 'bladder-symptoms',
      value: 'no',
      observedAt: t.clock.now(),
      source: 'measured-here',
    }),
  )
}
const planned = async (person: AssessedPerson) => (await must(create(person))).planId

const infusion = (part: Partial<InfusionChoice> = {}): InfusionChoice => ({
  kind: 'infusion',
  steps: [{ title: 'Infusion', mgPerKg: 0.8, durationMin: 40 }],
  weightBasis: 'actual',
  concentrationMgPerMl: 10,
  totalVolumeMl: 50,
  ...part,
})
const oneStep = (mgPerKg: number, durationMin: number) =>
  infusion({ steps: [{ title: 'Infusion', mgPerKg, durationMin }] })
const ordinary: OrderChoice = {
  dose: infusion(),
  raise: undefined,
  reason: undefined,
  weightChangeAcknowledged: false,
  secondPrescriber: undefined,
}
const signedBy = (by: Member, second: AccountId | undefined) => ({
  stepUp: { accountId: by.accountId, at: t.clock.now() },
  secondStepUp: second && { accountId: second, at: t.clock.now() },
})
const sign = async (
  planId: PlanId,
  part: Partial<OrderChoice> = {},
  key: OrderId = anId(t.services),
  by = harbor.as.prescriber,
) =>
  runCommand(t.services, by, signOrder, {
    ...ordinary,
    shown: await orderShown(t, harbor, planId, { ...ordinary, ...part }),
    ...signedBy(by, part.secondPrescriber),
    ...part,
    key,
    planId,
  })
const active = (planId: PlanId, clinic = harbor) =>
  look(t.services, clinic.as.nurse, ({ db, at }) => activeOrder(db, clinic.id, planId, at))

describe('making a plan', () => {
  it.each([
    ['nobody has decided', { decision: null }, 'not-decided'],
    ['the decision is against it', { decision: 'not-eligible' }, 'not-eligible'],
  ] as const)('is refused when %s', async (_case, options, reason) => {
    const person = await makeAssessedPerson(t, harbor, options)
    expect(await create(person)).toMatchObject({ ok: false, reason })
    expect(
      await look(t.services, harbor.as.nurse, ({ db }) => plansOfPerson(db, harbor.id, person.personId)),
    ).toEqual([])
  })

  it('is refused when a fact changed after the decision, until it is decided again', async () => {
    const person = await makeAssessedPerson(t, harbor)
    await learnOfBladder(person)
    expect(await create(person)).toMatchObject({ ok: false, reason: 'decision-stale' })
    await decide(t, harbor, person)
    expect(await create(person)).toMatchObject({ ok: true })
  })

  it('is refused for an unknown protocol, an unknown assessment, another clinic and other roles', async () => {
    const person = await makeAssessedPerson(t, harbor)
    const input = { key: anId<'plan'>(t.services), assessmentId: person.assessmentId, protocolId: 'none' }
    const run = (actor = harbor.as.prescriber, part = {}) =>
      runCommand(t.services, actor, createPlan, { ...input, protocolId: 'aud-kare', ...part })
    expect(await run(harbor.as.prescriber, { protocolId: 'none' })).toMatchObject({
      reason: 'no-such-protocol',
    })
    expect(await run(harbor.as.prescriber, { assessmentId: anId(t.services) })).toMatchObject({
      reason: 'no-such-assessment',
    })
    expect(await run(other.as.prescriber)).toMatchObject({ reason: 'no-such-assessment' })
    expect(await run(harbor.as.nurse)).toMatchObject({ reason: 'not-allowed' })
  })

  it('keeps the version of the protocol, and answers a repeated form with the same plan', async () => {
    const person = await makeAssessedPerson(t, harbor)
    const key = anId<'plan'>(t.services)
    const both = await Promise.all([create(person, key), create(person, key)])
    expect(both).toEqual([
      { ok: true, value: { planId: key } },
      { ok: true, value: { planId: key } },
    ])
    expect(await create(person)).toEqual({ ok: false, reason: 'plan-exists', detail: { planId: key } })
    const plan = await look(t.services, harbor.as.nurse, ({ db }) => planById(db, harbor.id, key))
    expect(plan).toMatchObject({ personId: person.personId, protocolId: 'aud-kare', protocolVersion: '1' })
    const hidden = await look(t.services, other.as.nurse, ({ db }) => planById(db, harbor.id, key))
    expect(hidden).toBeUndefined()
  })
})

describe('signing an order', () => {
  it('stores every figure, tells and audits once, however often the form is sent', async () => {
    const person = await makeAssessedPerson(t, harbor, { weightKg: 82.4 })
    const planId = await planned(person)
    const key = anId<'order'>(t.services)
    await must(sign(planId, {}, key))
    await must(sign(planId, {}, key))
    expect(
      await sign(planId, { dose: oneStep(0.5, 40), reason: 'gone back to and changed' }, key),
    ).toMatchObject({
      reason: 'already-signed',
    })
    expect(await active(planId)).toMatchObject({
      id: key,
      planId,
      doseMg: 66,
      doseMgPerKg: 0.8,
      weightKg: 82.4,
      weightBasis: 'actual',
      number: 1,
      route: 'intravenous',
      needs: [],
      given: {
        kind: 'infusion',
        concentrationMgPerMl: 10,
        volumeMl: 6.6,
        totalVolumeMl: 50,
        durationMin: 40,
        rateMlPerH: 75,
        steps: [{ title: 'Infusion', mgPerKg: 0.8, durationMin: 40, rateMlPerH: 75 }],
      },
      signedBy: harbor.as.prescriber.accountId,
      secondSignedBy: undefined,
    })
    const audit = await t.owner.query(
      'select action, power, person_id from audit_entry where object_id = $1',
      [key],
    )
    expect(audit.rows).toEqual([{ action: 'plan.sign-order', power: 'write', person_id: person.personId }])
  })

  it('reads weight and decision as they are when it is signed', async () => {
    const person = await makeAssessedPerson(t, harbor, { weightKg: null })
    const planId = await planned(person)
    expect(await sign(planId)).toMatchObject({ reason: 'weight-unknown' })
    t.clock.advance(1000)
    await measure(t, harbor, person.personId, 70)
    await learnOfBladder(person)
    expect(await sign(planId)).toMatchObject({ reason: 'decision-stale' })
    await decide(t, harbor, person)
    await must(sign(planId))
    t.clock.advance(1000)
    await measure(t, harbor, person.personId, 80)
    await decide(t, harbor, person)
    expect(await sign(planId)).toMatchObject({
      reason: 'weight-changed',
      detail: { changePercent: expect.closeTo(14.29, 2) },
    })
    await must(sign(planId, { weightChangeAcknowledged: true }))
    t.clock.advance(1000)
    await decide(t, harbor, person, 'not-eligible')
    expect(await sign(planId)).toMatchObject({ reason: 'not-eligible' })
  })

  it('takes sex and height from what is known', async () => {
    const person = await makeAssessedPerson(t, harbor, { weightKg: 110 })
    for (const [kind, value] of [
      ['height-cm', 177.8],
      ['sex', 'female'],
    ] as const)
      await must(
        runCommand(t.services, harbor.as.nurse, recordFact, {
          id: anId<'fact'>(t.services),
          personId: person.personId,
          kind,
          value,
          observedAt: t.clock.now(),
          source: 'measured-here',
        }),
      )
    await decide(t, harbor, person)
    const planId = await planned(person)
    await must(sign(planId, { dose: infusion({ weightBasis: 'adjusted' }) }))
    expect(await active(planId)).toMatchObject({ weightKg: 85.1, actualWeightKg: 110 })
  })

  it('over the hard ceiling needs a second prescriber of this clinic', async () => {
    const planId = await planned(await makeAssessedPerson(t, harbor))
    const high = { dose: oneStep(1.6, 70), reason: 'no effect so far at all' }
    expect(await sign(planId, high)).toMatchObject({ reason: 'second-prescriber-missing' })
    for (const account of [harbor.as.prescriber, harbor.as.nurse, other.as.prescriber])
      expect(await sign(planId, { ...high, secondPrescriber: account.accountId })).toMatchObject({
        reason: 'second-prescriber-not-valid',
      })
    await must(sign(planId, { ...high, secondPrescriber: harbor.as.secondPrescriber.accountId }))
    expect(await active(planId)).toMatchObject({ secondSignedBy: harbor.as.secondPrescriber.accountId })
  })

  it('needs a password given a moment ago, by the signer and by the second', async () => {
    const planId = await planned(await makeAssessedPerson(t, harbor))
    const by = harbor.as.prescriber
    const fresh = { accountId: by.accountId, at: t.clock.now() }
    const old = addMs(t.clock.now(), -3 * MINUTE_MS)
    const shown = await orderShown(t, harbor, planId, ordinary)
    const run = (part: object) =>
      runCommand(t.services, by, signOrder, {
        ...ordinary,
        shown,
        key: anId<'order'>(t.services),
        planId,
        stepUp: fresh,
        secondStepUp: undefined,
        ...part,
      })
    const second = harbor.as.secondPrescriber.accountId
    expect(await run({ stepUp: { ...fresh, at: old } })).toMatchObject({ reason: 'not-confirmed' })
    expect(await run({ stepUp: { ...fresh, accountId: second } })).toMatchObject({ reason: 'not-confirmed' })
    expect(await run({ secondStepUp: { accountId: second, at: old } })).toMatchObject({
      reason: 'not-confirmed',
    })
    await must(run({}))
  })

  it('is for prescribers, and for plans of their own clinic', async () => {
    const planId = await planned(await makeAssessedPerson(t, harbor))
    expect(await sign(planId, {}, anId(t.services), harbor.as.nurse)).toMatchObject({ reason: 'not-allowed' })
    expect(await sign(planId, {}, anId(t.services), other.as.prescriber)).toMatchObject({
      reason: 'no-such-plan',
    })
    expect(await active(planId)).toBeUndefined()
  })

  it('is ended by withdrawal, by a newer one, and by time; never changed', async () => {
    const planId = await planned(await makeAssessedPerson(t, harbor))
    const first = (await must(sign(planId))).orderId
    t.clock.advance(1000)
    const second = (await must(sign(planId, { dose: infusion({ totalVolumeMl: 20 }) }))).orderId
    expect((await active(planId))?.id).toBe(second)
    const withdraw = (orderId: OrderId, by = harbor.as.prescriber) =>
      runCommand(t.services, by, withdrawOrder, { orderId, reason: 'wrong volume' })
    expect(await withdraw(second, other.as.prescriber)).toMatchObject({ reason: 'no-such-order' })
    await must(withdraw(second))
    await must(withdraw(second))
    expect(await active(planId)).toBeUndefined()
    const orders = await look(t.services, harbor.as.nurse, ({ db }) => ordersOfPlan(db, harbor.id, planId))
    expect(orders.map((o) => [o.id, o.number, o.withdrawnReason])).toEqual([
      [second, 2, 'wrong volume'],
      [first, 1, undefined],
    ])
    t.clock.advance(1000)
    const third = (await must(sign(planId))).orderId
    expect((await active(planId))?.id).toBe(third)
    t.clock.advance(42 * DAY_MS)
    expect(await active(planId)).toBeUndefined()
    await expect(t.owner.query('update dose_order set dose_mg = 1')).rejects.toThrow(
      /never changed or deleted/,
    )
    await expect(t.owner.query('delete from dose_order_withdrawal')).rejects.toThrow(
      /never changed or deleted/,
    )
  })
})

describe('consent', () => {
  const right = (document: ConsentDocument) =>
    Object.fromEntries(document.teachBack.map((q) => [q.id, q.right]))
  const form = (document: ConsentDocument, part = {}) => ({
    key: anId<'consent-signature'>(t.services),
    documentId: document.id,
    version: document.version,
    textHash: consentHash(document),
    typedName: 'Robin Sample',
    teachBack: right(document),
    acknowledged: document.acknowledgements.map((a) => a.id),
    ...part,
  })
  const signAs = (person: AssessedPerson, document: ConsentDocument, part = {}) =>
    runCommand(t.services, person.patient, signConsent, form(document, part))
  const state = (person: AssessedPerson, clinic = harbor) =>
    look(t.services, clinic.as.nurse, ({ db }) => consentState(db, clinic.id, person.personId))

  it('is missing until each document is signed, and signed once', async () => {
    const person = await makeAssessedPerson(t, harbor)
    expect((await state(person)).missing.map((m) => [m.id, m.why])).toEqual([
      ['treatment', 'never-signed'],
      ['data-notice', 'never-signed'],
    ])
    const first = form(treatmentConsent)
    await must(runCommand(t.services, person.patient, signConsent, first))
    await must(runCommand(t.services, person.patient, signConsent, first))
    expect(await must(signAs(person, treatmentConsent))).toEqual({ signatureId: first.key })
    await must(signAs(person, dataNotice))
    expect(await state(person)).toMatchObject({
      missing: [],
      signed: [{ id: 'treatment', signatureId: first.key }, { id: 'data-notice' }],
    })
    const stored = await t.owner.query(
      'select document_id, text_hash from consent_signature where person_id = $1',
      [person.personId],
    )
    expect(stored.rows).toEqual([
      { document_id: 'treatment', text_hash: consentHash(treatmentConsent) },
      { document_id: 'data-notice', text_hash: consentHash(dataNotice) },
    ])
  })

  it('is refused for another text, a wrong answer, no name, an unknown document, and anybody else', async () => {
    const person = await makeAssessedPerson(t, harbor)
    expect(await signAs(person, treatmentConsent, { version: '0' })).toMatchObject({
      reason: 'newer-version',
    })
    expect(await signAs(person, treatmentConsent, { textHash: 'x' })).toMatchObject({
      reason: 'newer-version',
    })
    expect(
      await signAs(person, treatmentConsent, { teachBack: { ...right(treatmentConsent), driving: 'hour' } }),
    ).toMatchObject({ reason: 'teach-back', detail: { problems: [{ field: 'answer-driving' }] } })
    expect(await signAs(person, treatmentConsent, { typedName: '  ' })).toMatchObject({
      reason: 'name-missing',
    })
    expect(await signAs(person, treatmentConsent, { documentId: 'none' })).toMatchObject({
      reason: 'no-such-document',
    })
    expect(await runCommand(t.services, harbor.as.nurse, signConsent, form(treatmentConsent))).toMatchObject({
      reason: 'not-allowed',
    })
    expect((await state(person)).signed).toEqual([])
  })

  it('is taken back in one step by the person or by staff they told, not by another patient or clinic', async () => {
    const person = await makeAssessedPerson(t, harbor)
    const stranger = await makeAssessedPerson(t, harbor)
    await must(signAs(person, treatmentConsent))
    const input = { personId: person.personId, documentId: 'treatment' }
    expect(await runCommand(t.services, stranger.patient, withdrawConsent, input)).toMatchObject({
      reason: 'not-your-own',
    })
    await must(runCommand(t.services, other.as.nurse, withdrawConsent, input))
    expect((await state(person)).signed).toHaveLength(1)
    t.clock.advance(1000)
    await must(runCommand(t.services, person.patient, withdrawConsent, input))
    await must(runCommand(t.services, person.patient, withdrawConsent, input))
    expect((await state(person)).missing[0]).toMatchObject({ id: 'treatment', why: 'withdrawn' })
    t.clock.advance(1000)
    await must(signAs(person, treatmentConsent))
    expect((await state(person)).signed).toHaveLength(1)
    await must(runCommand(t.services, harbor.as.nurse, withdrawConsent, input))
    expect((await state(person)).signed).toHaveLength(0)
  })

  it('does not come back when the signing form is sent again after a withdrawal', async () => {
    const person = await makeAssessedPerson(t, harbor)
    const first = form(treatmentConsent)
    await must(runCommand(t.services, person.patient, signConsent, first))
    t.clock.advance(1000)
    await must(
      runCommand(t.services, person.patient, withdrawConsent, {
        personId: person.personId,
        documentId: 'treatment',
      }),
    )
    await must(runCommand(t.services, person.patient, signConsent, first))
    expect((await state(person)).missing[0]).toMatchObject({ id: 'treatment', why: 'withdrawn' })
  })

  it('cannot be changed or seen from another clinic', async () => {
    const person = await makeAssessedPerson(t, harbor)
    await must(signAs(person, treatmentConsent))
    const seen = await look(t.services, other.as.nurse, ({ db }) =>
      consentState(db, harbor.id, person.personId),
    )
    expect(seen.signed).toEqual([])
    await expect(t.owner.query(`update consent_signature set typed_name = 'x'`)).rejects.toThrow(
      /never changed or deleted/,
    )
  })
})
