import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type AssessedPerson, makeAssessedPerson } from '../../../tests/database/eligible-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { WELL } from '../../../tests/well-person.ts'
import { hashPassword } from '../../identity/password.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { FormAnswer } from '../../platform/form.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { MINUTE_MS } from '../../platform/time.ts'
import { whatIsSigned } from '../../platform/what-is-signed.ts'
import type { FactKind } from '../fact.ts'
import { recordFacts } from '../record-fact.server.ts'
import { decideEligibility } from './decide-eligibility.server.ts'
import { decisionOf } from './decision-of.server.ts'
import { loadDecision } from './decision-page.server.ts'
import { postDecision } from './decision-post.server.ts'

const PASSWORD = 'level-water-2026'
let t: TestDatabase
let harbor: TestClinic
let person: AssessedPerson

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  await t.owner.query('update account set password_hash = $1', [await hashPassword(PASSWORD)])
})
afterAll(() => t.close())
beforeEach(async () => {
  person = await makeAssessedPerson(t, harbor, { decision: null })
})

async function page(fields: Readonly<Record<string, string>> = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return {
    services: t.services,
    actor: harbor.as.prescriber,
    clinic: await t.services.clinicProfile(harbor.id),
    params: { id: person.assessmentId },
    url: new URL('http://clinic.test/'),
    address: '192.0.2.1',
    form,
  } as unknown as PageArgs & { form: FormData }
}
const shown = async () => loadDecision(await page())
const post = async (fields: Readonly<Record<string, string>>) =>
  postDecision(
    await page({
      decision: 'eligible',
      reasons: 'Examined and spoken with.',
      password: PASSWORD,
      ...fields,
    }),
  )
const record = (facts: readonly (readonly [FactKind, unknown])[]) =>
  must(
    runCommand(
      t.services,
      harbor.as.nurse,
      recordFacts,
      facts.map(([kind, value]) => ({
        id: anId<'fact'>(t.services),
        personId: person.personId,
        kind,
        value,
        observedAt: t.clock.now(),
        source: 'measured-here' as const,
      })),
    ),
  )
const recordWell = (...without: readonly FactKind[]) =>
  record(WELL.filter(([kind]) => !without.includes(kind)))
const decision = () =>
  look(t.services, harbor.system, ({ db }) => decisionOf(db, harbor.id, person.assessmentId))
const refusal = (answer: FormAnswer | Response): FormAnswer => {
  if (answer instanceof Response) throw new Error('it was signed')
  return answer
}
const LIVER = 'ALT 3.2 is a hair over the limit, repeat is planned.'
const SECOND = { secondEmail: 'secondprescriber.harbor@example.org', secondPassword: PASSWORD }

it('two prescribers put nothing aside for a figure that neither was shown; what was typed stays', async () => {
  await recordWell('alt-times-uln')
  await record([['alt-times-uln', 3.2]])
  const before = await shown()
  t.clock.advance(MINUTE_MS)
  await record([['alt-times-uln', 40]])
  const fields = { key: before.key, 'override:liver-enzymes': LIVER, ...SECOND }
  const answer = refusal(await post({ ...fields, shown: before.shown }))
  const { title } = before.rows.find(({ id }) => id === 'liver-enzymes')!
  expect(answer.errors.form).toContain(`Changed since you opened this page: ${title}. Nothing was signed`)
  expect(answer.errors['override:liver-enzymes']).toMatch(/changed since you read it/)
  expect(answer.values).toMatchObject({
    'override:liver-enzymes': LIVER,
    reasons: 'Examined and spoken with.',
    secondEmail: SECOND.secondEmail,
  })
  // The page that answers carries the marks of what it shows, not those of before.
  expect(answer.values.shown).toBeUndefined()
  expect(await decision()).toBeUndefined()

  const after = await shown()
  expect(await post({ ...fields, shown: after.shown })).toBeInstanceOf(Response)
  expect(await decision()).toMatchObject({ decision: 'eligible', stale: false })
})

it('the command itself compares, on the evaluation that it stores', async () => {
  await recordWell()
  const before = await shown()
  const sign = (text: string) =>
    runCommand(t.services, harbor.as.prescriber, decideEligibility, {
      assessmentId: person.assessmentId,
      key: anId<'eligibility-decision'>(t.services),
      decision: 'eligible',
      reasons: 'Examined and spoken with.',
      overrides: [],
      shown: text,
      stepUp: { accountId: harbor.as.prescriber.accountId, at: t.clock.now() },
    })
  t.clock.advance(MINUTE_MS)
  // Met before and after: another figure all the same.
  await record([['stop-bang', 1]])
  expect(await sign(before.shown)).toMatchObject({
    reason: 'changed-meanwhile',
    detail: { ruleIds: ['stop-bang'] },
  })
  await must(sign((await shown()).shown))
})

it('a form that shows nothing signs nothing, and marks are kept while something else is mended', async () => {
  await recordWell()
  const { key, shown: marks } = await shown()
  expect(refusal(await post({ key })).errors.form).toMatch(/^Changed since .*; \d+ more\. Nothing was signed/)
  expect(refusal(await post({ key, shown: marks, password: 'another' })).values.shown).toBe(marks)
})

it('a passkey of either prescriber answers for the marks as well', () => {
  const signed = (marks: string) => whatIsSigned('/decision', [['shown', marks]])
  expect(signed('liver-enzymes:a')).not.toBe(signed('liver-enzymes:b'))
})

it('a form that has signed and now puts aside something else is not answered as signed', async () => {
  await recordWell('ecg')
  await record([['ecg', 'needs-review']])
  const { key, shown: marks } = await shown()
  const send = (reason: string) => post({ key, shown: marks, 'override:ecg-read': reason })
  expect(await send('The cardiologist has read it.')).toBeInstanceOf(Response)
  expect(await send('The cardiologist has read it.')).toBeInstanceOf(Response)
  expect(refusal(await send('Nobody has read it, but it is urgent.')).errors.form).toMatch(
    /signed a decision/,
  )
  expect((await decision())?.overrides).toEqual([
    { ruleId: 'ecg-read', reason: 'The cardiologist has read it.' },
  ])
})
