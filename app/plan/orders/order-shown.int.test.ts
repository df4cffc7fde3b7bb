import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { adoptProtocol } from '../../../tests/database/adopted-protocol.ts'
import { type AssessedPerson, makeAssessedPerson, measure } from '../../../tests/database/eligible-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { hashPassword } from '../../identity/password.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { FormAnswer } from '../../platform/form.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { DAY_MS } from '../../platform/time.ts'
import { consentHash } from '../consents/consent-hash.server.ts'
import { treatmentConsent2 } from '../consents/documents/treatment-2.ts'
import { signConsent } from '../consents/sign-consent.server.ts'
import { withdrawConsent } from '../consents/withdraw-consent.server.ts'
import { createPlan, noteGivenDose } from '../index.server.ts'
import type { PlanId } from '../plan.ts'
import { planPage } from '../plan-page.server.ts'
import { answerOrder, orderPage } from './order-page.server.ts'
import { ordersOfPlan } from './order-queries.server.ts'
import { orderSheet } from './order-sheet.server.ts'
import { workOutOrder } from './work-out-order.ts'

const PASSWORD = 'level-water-2026'
let t: TestDatabase
let harbor: TestClinic
let person: AssessedPerson
let planId: PlanId

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  await adoptProtocol(t.services, harbor, 'aud-met')
  await t.owner.query('update account set password_hash = $1', [await hashPassword(PASSWORD)])
})
afterAll(() => t.close())
beforeEach(async () => {
  person = await makeAssessedPerson(t, harbor)
  planId = anId(t.services)
  await must(
    runCommand(t.services, harbor.as.prescriber, createPlan, {
      key: planId,
      assessmentId: person.assessmentId,
      protocolId: 'aud-met',
    }),
  )
})

async function page(fields: Readonly<Record<string, string>> = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return {
    services: t.services,
    actor: harbor.as.prescriber,
    clinic: await t.services.clinicProfile(harbor.id),
    params: { id: planId },
    url: new URL('http://clinic.test/'),
    address: '192.0.2.1',
    form,
  } as unknown as PageArgs & { form: FormData }
}
/** The form as a browser has it once the protocol's own dose is worked out. */
async function formAsShown() {
  const { key, basis } = await orderPage(await page())
  const { shown } = workOutOrder(
    basis,
    {
      kind: 'infusion',
      steps: [
        { title: 'Bolus', mgPerKg: 0.11, durationMin: 2 },
        { title: 'Infusion', mgPerKg: 0.6, durationMin: 50 },
      ],
      weightBasis: 'actual',
      concentrationMgPerMl: 10,
      totalVolumeMl: 50,
    },
    undefined,
  )
  return {
    key: key as string,
    shown: shown!,
    weightBasis: 'actual',
    concentrationMgPerMl: '10',
    totalVolumeMl: '50',
    mgPerKg: '0.11',
    durationMin: '2',
    mgPerKg2: '0.6',
    durationMin2: '50',
    password: PASSWORD,
  }
}
const send = async (fields: Readonly<Record<string, string>>) => answerOrder(await page(fields), true)
const said = (answer: FormAnswer | Response) => (answer instanceof Response ? 'signed' : answer.errors.form)
const orders = () => look(t.services, harbor.as.nurse, ({ db }) => ordersOfPlan(db, harbor.id, planId))

it('the page refuses figures that were not shown, before it asks who signs, and says both', async () => {
  const form = await formAsShown()
  await measure(t, harbor, person.personId, 76)
  const answer = await send({ ...form, password: 'another' })
  expect(said(answer)).toContain(`Shown: ${form.shown}. Now: ${(await formAsShown()).shown}. Read them again`)
  expect(answer).toMatchObject({ errors: { form: expect.any(String) }, values: { mgPerKg: '0.11' } })
  expect((answer as FormAnswer).errors.password).toBeUndefined()
  const { shown: _nothing, ...without } = form
  expect(said(await send(without))).toMatch(/Shown: nothing\./)
  expect(await orders()).toEqual([])
  expect(said(await send({ ...form, shown: (await formAsShown()).shown }))).toBe('signed')
})

it('so does the signature itself, when a weight is recorded while it waits its turn', async () => {
  const form = await formAsShown()
  // Somebody else is at the orders of this plan for a moment: a dose that begins, a colleague who signs.
  const blocker = await t.owner.connect()
  await blocker.query('begin')
  await blocker.query('insert into dose_order_head (clinic_id, plan_id, orders) values ($1, $2, 1)', [
    harbor.id,
    planId,
  ])
  const answer = send(form)
  for (;;) {
    const { rows } = await t.owner.query(
      "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
    )
    if (rows.length > 0) break
    await new Promise((next) => setTimeout(next, 20))
  }
  await measure(t, harbor, person.personId, 76)
  await blocker.query('rollback')
  blocker.release()
  expect(said(await answer)).toContain(`Shown: ${form.shown}. Now: ${(await formAsShown()).shown}.`)
  expect(await orders()).toEqual([])
})

it('a dose that was given since the page was opened is something else that was shown', async () => {
  expect(said(await send(await formAsShown()))).toBe('signed')
  const [order] = await orders()
  const form = await formAsShown()
  await must(
    runCommand(t.services, { kind: 'system', clinicId: harbor.id, name: 'wiring' }, noteGivenDose, {
      sessionId: anId<'dosing-session'>(t.services),
      planId,
      personId: person.personId,
      orderId: order!.id,
      dosedAt: t.clock.now(),
      facts: undefined,
    }),
  )
  expect(said(await send(form))).toMatch(/Now: .* after [\d.]+ mg \(.*vomiting.*: not known\)\./)
  t.clock.advance(DAY_MS)
  expect(said(await send(await formAsShown()))).toBe('signed')
})

it('a form that has signed and now gives another reason is not answered as signed', async () => {
  const form = await formAsShown()
  expect(said(await send(form))).toBe('signed')
  expect(said(await send(form))).toBe('signed')
  expect(said(await send({ ...form, reason: 'another reason altogether' }))).toMatch(/signed another order/)
})

it('what is only worked out says so when a password was typed: Enter was pressed in it without script', async () => {
  const { password: _none, ...form } = await formAsShown()
  const worked = async (password: string) =>
    ((await answerOrder(await page({ ...form, password }), false)) as FormAnswer).errors
  expect(await worked('')).toEqual({})
  expect((await worked(PASSWORD)).password).toContain('Nothing was signed')
  expect(await orders()).toEqual([])
})

it('while consent to treatment is taken back none is written, and the page says so; before it is signed one may be', async () => {
  const form = await formAsShown()
  expect(await orderPage(await page())).toMatchObject({
    blocked: undefined,
    held: expect.stringContaining('Not signed yet'),
  })
  expect(said(await send(form))).toBe('signed')
  await must(
    runCommand(t.services, person.patient, signConsent, {
      key: anId<'consent-signature'>(t.services),
      documentId: treatmentConsent2.id,
      version: treatmentConsent2.version,
      textHash: consentHash(treatmentConsent2),
      typedName: person.patient.name,
      teachBack: Object.fromEntries(treatmentConsent2.teachBack.map((q) => [q.id, q.right])),
      acknowledged: treatmentConsent2.acknowledgements.map((a) => a.id),
    }),
  )
  await must(
    runCommand(t.services, person.patient, withdrawConsent, {
      personId: person.personId,
      documentId: treatmentConsent2.id,
    }),
  )
  const words = expect.stringContaining('Consent to treatment is taken back')
  expect(await orderPage(await page())).toMatchObject({
    blocked: words,
    settledOnPlan: true,
    held: undefined,
  })
  expect(await send(await formAsShown())).toMatchObject({ errors: { form: words } })
  expect(await orders()).toHaveLength(1)
  const held = expect.stringContaining('Consent is taken back')
  expect(await planPage(await page(), planId)).toMatchObject({
    orders: [{ state: 'in force', held }],
    booking: undefined,
    notBooked: words,
    may: { order: false, book: true },
  })
  const params = { id: planId, orderId: (await orders())[0]!.id }
  expect(await orderSheet({ ...(await page()), params })).toMatchObject({ order: { held } })
})
