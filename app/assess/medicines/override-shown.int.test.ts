import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  anId,
  look,
  makeClinic,
  makePerson,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { hashPassword } from '../../identity/password.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { FormAnswer } from '../../platform/form.ts'
import type { PersonId } from '../../platform/ids.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { medicinesBeforeDose } from './interactions-of.server.ts'
import { loadMedicines } from './medicines-page.server.ts'
import { postOverride } from './medicines-post.server.ts'
import { recordMedicine } from './record-medicine.server.ts'

const PASSWORD = 'level-water-2026'
let t: TestDatabase
let harbor: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services, 'harbor')
  await t.owner.query('update account set password_hash = $1', [await hashPassword(PASSWORD)])
})
afterAll(() => t.close())

const page = async (personId: PersonId, fields: Readonly<Record<string, string>> = {}) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return {
    services: t.services,
    actor: harbor.as.prescriber,
    clinic: await t.services.clinicProfile(harbor.id),
    params: { id: personId },
    url: new URL('http://clinic.test/'),
    address: '192.0.2.1',
    form,
  } as unknown as PageArgs & { form: FormData }
}
const tell = (personId: PersonId, name: string) =>
  must(
    runCommand(t.services, harbor.as.nurse, recordMedicine, {
      id: anId<'medicine-entry'>(t.services),
      personId,
      told: {
        kind: 'taken',
        name,
        group: 'not-known',
        dose: undefined,
        since: undefined,
        lastTakenAt: undefined,
        source: 'self-report',
      },
    }),
  )
const shown = async (personId: PersonId) => {
  const { interactions } = await loadMedicines(await page(personId))
  return interactions.find(({ id }) => id === 'theophylline')!.shown
}
const holds = async (personId: PersonId) =>
  (await look(t.services, harbor.as.nurse, ({ db, at }) => medicinesBeforeDose(db, harbor.id, personId, at)))
    .holds
const errorsOf = (answer: FormAnswer | Response) => (answer instanceof Response ? 'signed' : answer.errors)

it('what is set aside covers the list that was shown, and a form that signed says nothing else later', async () => {
  const { personId } = await makePerson(t.services, harbor)
  await tell(personId, 'theophylline')
  const before = await shown(personId)
  await tell(personId, 'aminophylline')
  const key = anId(t.services) as string
  const post = async (fields: Readonly<Record<string, string>>) =>
    postOverride(
      await page(personId, {
        key,
        rule: 'theophylline',
        reason: 'Low dose of one; the lung doctor agrees.',
        password: PASSWORD,
        ...fields,
      }),
    )
  const refused = await post({ shown: before })
  expect(refused).toMatchObject({
    errors: { reason: expect.stringMatching(/^The list, or what is known around it, changed after/) },
    values: { reason: 'Low dose of one; the lung doctor agrees.' },
  })
  expect((refused as FormAnswer).values.shown).toBeUndefined()
  expect(errorsOf(await post({}))).toMatchObject({ reason: expect.stringMatching(/changed after/) })
  expect(await holds(personId)).not.toEqual([])

  const now = await shown(personId)
  expect(errorsOf(await post({ shown: now }))).toBe('signed')
  expect(await holds(personId)).toEqual([])
  expect(errorsOf(await post({ shown: now }))).toBe('signed')
  expect(errorsOf(await post({ shown: now, reason: 'Another reason altogether.' }))).toMatchObject({
    reason: expect.stringMatching(/signed another reason already/),
  })
})
