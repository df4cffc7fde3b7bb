import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  asSystem,
  look,
  makeClinic,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../tests/database/test-clinic.ts'
import { planMail, recentMail, smtpSender } from './mail.server.ts'
import { sendMailJob } from './send-mail.server.ts'

let t: TestDatabase
let harbor: TestClinic
let received: string[]
let server: SMTPServer
let url: string

beforeAll(async () => {
  t = await openTestDatabase()
  harbor = await makeClinic(t.services)
  received = []
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, callback) {
      let text = ''
      stream.on('data', (chunk) => {
        text += chunk
      })
      stream.on('end', () => {
        received.push(text)
        callback()
      })
    },
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  url = `smtp://127.0.0.1:${(server.server.address() as { port: number }).port}`
})
afterAll(async () => {
  await new Promise<void>((done) => server.close(done))
  await t.close()
})

const plan = (key: string) =>
  asSystem(t.services, harbor, (needs) =>
    planMail(needs, harbor.id, {
      key,
      to: 'robin@example.org',
      subject: 'A message for you',
      body: 'Please call us.',
    }),
  )
const outbox = () => look(t.services, harbor.as.manager, ({ db }) => recentMail(db, harbor.id, 50))
const jobOf = (n: number) => t.jobs.planned.filter((job) => job.name === 'send-mail')[n]!

it('plans a message once however often it is asked to, with one job', async () => {
  await plan('receipt 1')
  await plan('receipt 1')
  expect((await outbox()).map((mail) => [mail.dedupe_key, mail.sent_at])).toEqual([['receipt 1', null]])
  expect(t.jobs.planned.filter((job) => job.name === 'send-mail')).toHaveLength(1)
})

it('holds messages while no mail server is set', async () => {
  await sendMailJob(t.services)(jobOf(0).data)
  expect((await outbox())[0]!.sent_at).toBeNull()
})

it('keeps what went wrong, then sends once', async () => {
  const failing = sendMailJob(t.services, async () => {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  })
  await expect(failing(jobOf(0).data)).rejects.toThrow('ECONNREFUSED')
  expect((await outbox())[0]).toMatchObject({ sent_at: null, last_error: 'ECONNREFUSED' })

  const sending = sendMailJob(t.services, smtpSender({ url, from: 'clinic@example.org' }))
  await sending(jobOf(0).data)
  await sending(jobOf(0).data)
  expect(received).toHaveLength(1)
  expect(received[0]).toContain('Subject: A message for you')
  expect((await outbox())[0]).toMatchObject({ sent_at: t.clock.now(), last_error: null })
})
