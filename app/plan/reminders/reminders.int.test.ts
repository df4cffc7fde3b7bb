import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeBookedPerson } from '../../../tests/database/booked-person.ts'
import { whileHeld } from '../../../tests/database/lock-waits.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { actorOfLink } from '../../identity/index.server.ts'
import type { Member } from '../../platform/actor.ts'
import { runCommand } from '../../platform/command.server.ts'
import { recentMail } from '../../platform/mail.server.ts'
import { sendMailJob } from '../../platform/send-mail.server.ts'
import { addMs, DAY_MS, type Instant, MINUTE_MS } from '../../platform/time.ts'
import { cancelAppointment } from '../diary/cancel-appointment.server.ts'
import { entriesOfPerson } from '../diary/entry-queries.server.ts'
import { moveAppointment } from '../diary/move-appointment.server.ts'
import { remindersView } from './reminder-view.server.ts'
import { chooseReminders, sendReminders } from './send-reminders.server.ts'

let t: TestDatabase
let harbor: TestClinic
let clinics = 0
beforeAll(async () => {
  t = await openTestDatabase({ logErrors: false })
})
afterAll(() => t.close())
beforeEach(async () => {
  clinics += 1
  t.clock.set('2026-11-22T15:00:00.000Z')
  harbor = await makeClinic(t.services, `harbor-${clinics}`)
})

/** First visit in an hour, the second a week later at 16:00 UTC, the third two weeks later. */
const booked = () => makeBookedPerson(t, harbor, { consent: false, order: false })
const choose = (by: Member, choice: 'on' | 'off') =>
  must(
    runCommand(t.services, by, chooseReminders, {
      key: anId<'reminder-choice'>(t.services),
      channel: 'email',
      choice,
    }),
  )
const send = () =>
  runCommand(t.services, harbor.system, sendReminders, { publicUrl: 'https://clinic.example.org' })
const mails = async () =>
  (await look(t.services, harbor.system, ({ db }) => recentMail(db, harbor.id, 100))).filter((mail) =>
    mail.dedupe_key.startsWith('reminder'),
  )
/** Ten in the morning on the clinic's clock, so many days before the second visit. */
const daysBefore = (days: number) =>
  t.clock.set(new Date(Date.parse('2026-11-29T15:00:00.000Z') - days * DAY_MS).toISOString())

it('sends nothing to somebody who did not ask for it, nor by a channel that is not set up', async () => {
  const { patient, personId } = await booked()
  daysBefore(2)
  expect(await must(send())).toEqual({ handedOver: 0, givenUp: 0 })
  expect(
    await runCommand(t.services, patient, chooseReminders, {
      key: anId<'reminder-choice'>(t.services),
      channel: 'text',
      choice: 'on',
    }),
  ).toMatchObject({ ok: false, reason: 'no-adapter' })
  const view = await look(t.services, harbor.as.nurse, ({ db, at }) =>
    remindersView(db, harbor.id, personId, 'America/New_York', at),
  )
  expect(view!.rows.every((row) => row.word === 'None: not turned on' || /passed/.test(row.word))).toBe(true)
})

it('sends each once, however often it runs and however many run at once; the last brings the link', async () => {
  const { patient, personId } = await booked()
  await choose(patient, 'on')
  daysBefore(2)
  const runs = await Promise.all([must(send()), must(send()), must(send())])
  expect(runs.reduce((sum, run) => sum + run.handedOver, 0)).toBe(1)
  daysBefore(1)
  await must(send())
  await must(send())
  const sent = await mails()
  expect(sent).toHaveLength(2)
  const [last] = sent
  expect(last!.subject).toBe('Visit on Sun 29 Nov 2026, 11:00')
  const token = /\/day-before\/(\S+)/.exec(last!.body)![1]!
  expect(await actorOfLink(t.services, token, 'day-before')).toMatchObject({ personId })
  expect(sent[1]!.body).not.toContain('/day-before/')
})

it('stops when they turn it off, and when the visit is cancelled, also for what waits in the outbox', async () => {
  const { patient, personId } = await booked()
  await choose(patient, 'on')
  daysBefore(2)
  await must(send())
  const visit = (
    await look(t.services, harbor.system, ({ db }) => entriesOfPerson(db, harbor.id, personId))
  )[1]!
  await must(
    runCommand(t.services, harbor.as.coordinator, cancelAppointment, {
      appointmentId: visit.id,
      reason: 'asked-by-patient',
    }),
  )
  daysBefore(1)
  expect(await must(send())).toEqual({ handedOver: 0, givenUp: 1 })
  expect((await mails())[0]!.last_error).toBe('never: the visit was cancelled')
  await choose(patient, 'off')
  daysBefore(-5)
  expect(await must(send())).toEqual({ handedOver: 0, givenUp: 0 })
})

it('comes back when they turn it on again, or the visit is moved back, and is sent once', async () => {
  const { patient, personId } = await booked()
  await choose(patient, 'on')
  daysBefore(1)
  await must(send())
  const later = () => t.clock.advance(MINUTE_MS)
  later()
  await choose(patient, 'off')
  expect(await must(send())).toEqual({ handedOver: 0, givenUp: 1 })
  expect((await mails())[0]!.last_error).toBe('never: reminders were turned off')
  later()
  await choose(patient, 'on')
  const runs = await Promise.all([must(send()), must(send())])
  expect(runs.map(({ handedOver }) => handedOver).sort()).toEqual([0, 1])

  const visit = (
    await look(t.services, harbor.system, ({ db }) => entriesOfPerson(db, harbor.id, personId))
  )[1]!
  const move = (startsAt: Instant) =>
    must(
      runCommand(t.services, harbor.as.coordinator, moveAppointment, { appointmentId: visit.id, startsAt }),
    )
  await move(addMs(visit.startsAt, 60 * MINUTE_MS))
  expect(await must(send())).toEqual({ handedOver: 1, givenUp: 1 })
  later()
  await move(visit.startsAt)
  expect(await must(send())).toEqual({ handedOver: 1, givenUp: 1 })
  expect(await must(send())).toEqual({ handedOver: 0, givenUp: 0 })

  const waiting = (await mails()).filter((mail) => !mail.sent_at && !mail.last_error)
  expect(waiting).toHaveLength(1)
  const out: string[] = []
  await t.owner.query(`update mail_message set to_address = 'robin@mail.harbor' where clinic_id = $1`, [
    harbor.id,
  ])
  const job = sendMailJob(t.services, async ({ to }) => void out.push(to))
  for (const { id } of [...(await mails()), ...(await mails())])
    await job({ clinicId: harbor.id, mailId: id })
  expect(out).toHaveLength(1)
  // What has gone out is never planned anew.
  await choose(patient, 'off')
  await must(send())
  later()
  await choose(patient, 'on')
  expect(await must(send())).toEqual({ handedOver: 0, givenUp: 0 })
})

it('does not go out about a visit that is cancelled in the same moment', async () => {
  const { patient, personId } = await booked()
  await choose(patient, 'on')
  daysBefore(1)
  const visit = (
    await look(t.services, harbor.system, ({ db }) => entriesOfPerson(db, harbor.id, personId))
  )[1]!
  const { value } = await whileHeld(
    t,
    {
      statement: `update diary_appointment set cancelled_at = $1, cancel_reason = 'other' where id = $2`,
      values: [t.clock.now(), visit.id],
      finish: 'commit',
    },
    () => must(send()),
  )
  expect(value.handedOver).toBe(0)
  expect(await mails()).toEqual([])
})

it('given up or handed to the mail server, never both', async () => {
  const { patient } = await booked()
  await choose(patient, 'on')
  daysBefore(1)
  await must(send())
  await t.owner.query(`update mail_message set to_address = 'robin@mail.harbor' where clinic_id = $1`, [
    harbor.id,
  ])
  await choose(patient, 'off')
  const mail = (await mails())[0]!
  // The sender has marked it and not committed yet; giving up has read it before.
  const { value } = await whileHeld(
    t,
    {
      statement: 'update mail_message set handing_over_at = $1 where id = $2',
      values: [t.clock.now(), mail.id],
      finish: 'commit',
    },
    () => must(send()),
  )
  expect(value.givenUp).toBe(0)
  expect((await mails())[0]).toMatchObject({ handing_over_at: t.clock.now(), last_error: null })
  expect((await must(send())).givenUp).toBe(0)
})

it('leaves nothing half done when the worker is killed, and sends once after it', async () => {
  const { patient } = await booked()
  await choose(patient, 'on')
  daysBefore(2)
  // The worker has written the row of the reminder and waits to write the message; then its connection is killed.
  const blocker = await t.owner.connect()
  await blocker.query('begin')
  await blocker.query('lock table mail_message in exclusive mode')
  const run = send().then(
    () => 'done',
    () => 'killed',
  )
  const waiting = `select pid from pg_locks where relation = 'mail_message'::regclass and not granted
    and database = (select oid from pg_database where datname = current_database())`
  let pids: number[] = []
  while (pids.length === 0) pids = (await t.owner.query(waiting)).rows.map((row) => row.pid)
  for (const pid of pids) await t.owner.query('select pg_terminate_backend($1)', [pid])
  expect(await run).toBe('killed')
  await blocker.query('rollback')
  blocker.release()
  const rows = async () =>
    Number(
      (await t.owner.query('select count(*) from reminder where clinic_id = $1', [harbor.id])).rows[0].count,
    )
  expect([await rows(), (await mails()).length]).toEqual([0, 0])
  expect((await must(send())).handedOver).toBe(1)
  expect((await must(send())).handedOver).toBe(0)
  expect([await rows(), (await mails()).length]).toEqual([1, 1])
  // The job of the message runs twice, as after a crash: one message leaves.
  const out: string[] = []
  const job = sendMailJob(t.services, async ({ to }) => {
    out.push(to)
  })
  await t.owner.query(`update mail_message set to_address = 'robin@mail.harbor' where clinic_id = $1`, [
    harbor.id,
  ])
  const [mail] = await mails()
  for (const _ of [1, 2]) await job({ clinicId: harbor.id, mailId: mail!.id })
  expect(out).toEqual(['robin@mail.harbor'])
})

it('says so, and sends nothing again, when the sender died after the mail server had taken the reminder', async () => {
  const { patient, personId } = await booked()
  await choose(patient, 'on')
  daysBefore(1)
  await must(send())
  await t.owner.query(`update mail_message set to_address = 'robin@mail.harbor' where clinic_id = $1`, [
    harbor.id,
  ])
  const mail = (await mails())[0]!
  const taken: string[] = []
  void sendMailJob(t.services, ({ to }) => {
    taken.push(to)
    return new Promise<never>(() => {})
  })({ clinicId: harbor.id, mailId: mail.id })
  while (taken.length === 0) await new Promise((next) => setImmediate(next))
  t.clock.advance(16 * MINUTE_MS)
  const job = sendMailJob(t.services, async ({ to }) => void taken.push(to))
  for (const _ of [1, 2]) await job({ clinicId: harbor.id, mailId: mail.id })
  expect((await must(send())).handedOver).toBe(0)
  expect(taken).toHaveLength(1)
  const view = await look(t.services, harbor.as.nurse, ({ db, at }) =>
    remindersView(db, harbor.id, personId, 'America/New_York', at),
  )
  expect(
    view!.rows.filter(({ word }) => word === 'Not known whether it went out; not sent again'),
  ).toHaveLength(1)
})
