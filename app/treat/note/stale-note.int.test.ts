import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeBookedPerson } from '../../../tests/database/booked-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { hashPassword } from '../../identity/index.server.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { FormAnswer } from '../../platform/form.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { MINUTE_MS } from '../../platform/time.ts'
import { openSession, recordSessionEvents } from '../index.server.ts'
import type { BedsideEntry } from '../session/bedside-entry.ts'
import type { SessionId } from '../session/session-event.ts'
import { keepNote, loadNote, signTheNote, takeIn } from './note-page.server.ts'
import { notesOfSession } from './note-queries.server.ts'

const PASSWORD = 'level-water-2026'
const NOT_LEFT = 'The person has not left yet.'
let t: TestDatabase
let harbor: TestClinic
let sessionId: SessionId
let clinics = 0

beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())
beforeEach(async () => {
  clinics += 1
  harbor = await makeClinic(t.services, `harbor-${clinics}`)
  await t.owner.query('update account set password_hash = $1', [await hashPassword(PASSWORD)])
  const person = await makeBookedPerson(t, harbor)
  t.clock.advance(50 * MINUTE_MS)
  const opened = await must(
    runCommand(t.services, harbor.as.nurse, openSession, {
      appointmentId: person.appointmentId,
      key: anId<'session'>(t.services),
    }),
  )
  sessionId = opened.sessionId
  t.clock.advance(1000)
  await record('arrived', {})
})

const record = (kind: BedsideEntry['kind'], data: object, words = {}) =>
  must(
    runCommand(t.services, harbor.as.nurse, recordSessionEvents, {
      sessionId,
      entries: [{ id: anId(t.services), kind, at: t.clock.now(), data, words } as unknown as BedsideEntry],
    }),
  )
/** They leave by a second signature; the way there is tested where it lives. */
async function leave(): Promise<void> {
  t.clock.advance(MINUTE_MS)
  await t.owner.query(
    `insert into session_event (clinic_id, id, session_id, kind, at, received_at, by_account_id, data, words)
     values ($1, $2, $3, 'discharged', $4, $4, $5, $6, $7)`,
    [
      harbor.id,
      t.services.ids.next(),
      sessionId,
      t.clock.now(),
      harbor.as.nurse.accountId,
      JSON.stringify({ overrideBy: harbor.as.prescriber.accountId, notMet: ['steady-gait'] }),
      JSON.stringify({ reason: 'uses a wheelchair' }),
    ],
  )
  t.clock.advance(MINUTE_MS)
}
async function posted(fields: Readonly<Record<string, string>> = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return {
    services: t.services,
    actor: harbor.as.nurse,
    clinic: await t.services.clinicProfile(harbor.id),
    params: { id: sessionId as string },
    url: new URL('http://clinic.test/'),
    address: '192.0.2.1',
    form,
  } as unknown as PageArgs & { form: FormData }
}
const shown = async () => loadNote(await posted())
type Shown = Awaited<ReturnType<typeof loadNote>>
/** What the page would send with its hidden fields. */
const fieldsOf = (page: Shown, body: string) => ({
  key: page.keys.note,
  closingKey: page.keys.closing,
  revision: String(page.note?.revision ?? 0),
  shown: JSON.stringify(page.drafted),
  password: PASSWORD,
  body,
})
const sign = async (page: Shown, body: string, more = {}) =>
  signTheNote(await posted({ ...fieldsOf(page, body), ...more }))
const errors = (answer: unknown) => (answer as FormAnswer).errors
const stored = async () =>
  (await look(t.services, harbor.as.nurse, ({ db }) => notesOfSession(db, harbor.id, sessionId)))[0]

it('a note saved before they left is not signed before what came since is taken in, and nothing of it is lost', async () => {
  const before = await shown()
  const edited = `${before.draftText}\nShe slept.`
  expect(before.draftText).toContain(NOT_LEFT)
  await keepNote(await posted(fieldsOf(before, edited)))
  await leave()
  const after = await shown()
  expect(after.drafted).toContain(NOT_LEFT)
  const refused = errors(await sign(after, after.note!.body))
  expect(refused.body).toContain('The log says more than this note')
  expect(await stored()).toMatchObject({ body: edited, signed: undefined })

  await takeIn(await posted(fieldsOf(after, `${edited}\nNew words.`)))
  const taken = await stored()
  expect(taken?.body).toContain('uses a wheelchair')
  expect(taken?.body).not.toContain(NOT_LEFT)
  expect(taken?.body).toContain('She slept.')
  expect(taken?.body).toContain('New words.')
  const again = await shown()
  expect(await sign(again, again.note!.body)).toBeInstanceOf(Response)
  expect(await stored()).toMatchObject({ body: taken?.body, signed: { by: harbor.as.nurse.accountId } })
})

it('is signed as written only by somebody who was shown what is missing, and the locked note lists it', async () => {
  const before = await shown()
  await keepNote(await posted(fieldsOf(before, before.draftText)))
  await leave()
  const after = await shown()
  const half = { asWritten: JSON.stringify([NOT_LEFT]) }
  expect(errors(await sign(after, after.note!.body, half)).body).toContain('The log says more')
  const left = after.draft
    .flatMap(({ sentences }) => sentences)
    .find(({ text }) => text.startsWith('Left at'))!
  const all = { asWritten: JSON.stringify([left.text, NOT_LEFT]) }
  expect(await sign(after, after.note!.body, all)).toBeInstanceOf(Response)
  const { body } = (await stored())!
  expect(body.startsWith(before.draftText)).toBe(true)
  expect(body).toContain(
    `Recorded after this note was written\n${left.text}\nThe log does not say any more: “${NOT_LEFT}”`,
  )
})

it('a note that was never saved is compared with what its page showed', async () => {
  const before = await shown()
  await leave()
  const late = { ...before, keys: (await shown()).keys }
  expect(errors(await sign(late, before.draftText)).body).toContain('The log says more')
  expect(await stored()).toBeUndefined()
  const fresh = await shown()
  await sign(fresh, fresh.draftText)
  expect(await stored()).toMatchObject({ body: fresh.draftText, signed: { by: harbor.as.nurse.accountId } })
})
