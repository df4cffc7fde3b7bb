import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  asSystem,
  look,
  makeClinic,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../tests/database/test-clinic.ts'
import { planMail, recentMail, smtpSender } from './mail.server.ts'
import { sendMailJob, sweepMail } from './send-mail.server.ts'
import { DAY_MS, MINUTE_MS } from './time.ts'

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

const plan = (key: string, to = 'robin@post.local', body = 'Please call us.') =>
  asSystem(t.services, harbor, (needs) =>
    planMail(needs, harbor.id, {
      key,
      to,
      subject: 'A message for you',
      body,
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

const SECRET = 'AZqx_9'.repeat(9)
const LINK = `https://clinic.local/intake/${SECRET}`
const byKey = async (key: string) => (await outbox()).find((mail) => mail.dedupe_key === key)!

it('keeps no secret of a link once the message is out, and all of it until then', async () => {
  await plan('invitation', 'robin@post.local', `Your questions: ${LINK}\n\nCall us.`)
  const job = t.jobs.planned.at(-1)!
  expect((await byKey('invitation')).body).toContain(LINK)
  let sent = ''
  await sendMailJob(t.services, async ({ text }) => {
    sent = text
  })(job.data)
  expect(sent).toContain(LINK)
  const kept = await byKey('invitation')
  expect(kept.body).not.toContain(SECRET)
  expect(kept).toMatchObject({
    subject: 'A message for you',
    body: 'Your questions: https://clinic.local/intake/(secret)\n\nCall us.',
  })
})

it.each([
  'robin@example.org',
  'robin@mail.example.com',
  'Robin@EXAMPLE.NET',
  'robin@clinic.invalid',
  'robin@clinic.test',
])('never sends to %s, and says why', async (address) => {
  await plan(`to ${address}`, address)
  await sendMailJob(t.services, async () => {
    throw new Error('nothing may be sent')
  })(t.jobs.planned.at(-1)!.data)
  expect(await byKey(`to ${address}`)).toMatchObject({
    sent_at: null,
    last_error: 'never: an example address, which reaches nobody',
  })
})

it('sends to an address that only looks like an example', async () => {
  await plan('close', 'robin@notexample.org')
  await sendMailJob(t.services, async () => {})(t.jobs.planned.at(-1)!.data)
  expect((await byKey('close')).sent_at).not.toBeNull()
})

describe('a sender that dies', () => {
  /** Accepts the message, then does not live to say so. */
  const killed = () => new Promise<never>(() => {})
  const minutesLater = (minutes: number) => t.clock.advance(minutes * MINUTE_MS)
  const sweepWith = (to: string[]) =>
    sweepMail(
      t.services,
      async () => [harbor.id],
      async (mail) => void to.push(mail.to),
    )({})

  it('leaves the message marked; it is not sent again, and the outbox says that nobody knows', async () => {
    await plan('killed', 'killed@post.local', `Your questions: ${LINK}`)
    const { data } = t.jobs.planned.at(-1)!
    const accepted: string[] = []
    void sendMailJob(t.services, (mail) => {
      accepted.push(mail.to)
      return killed()
    })(data)
    while (accepted.length === 0) await new Promise((next) => setImmediate(next))
    expect(await byKey('killed')).toMatchObject({ sent_at: null, handing_over_at: t.clock.now() })

    const again: string[] = []
    const retry = sendMailJob(t.services, async (mail) => void again.push(mail.to))
    await retry(data)
    expect((await byKey('killed')).last_error).toBeNull()
    minutesLater(16)
    await sweepWith(again)
    await retry(data)
    expect(again).toEqual([])
    expect(await byKey('killed')).toMatchObject({
      sent_at: null,
      last_error: 'never: it is not known whether it went out',
      body: 'Your questions: https://clinic.local/intake/(secret)',
    })
  })

  it.each([
    ['a line lost after the message was handed over', { code: 'ECONNECTION' }, false],
    ['a wait for the answer that ended', { code: 'ETIMEDOUT', timeoutType: 'SOCKET_TIMEOUT' }, false],
    ['a fault of our own after it', {}, false],
    ['a mail server out of reach', { code: 'ESOCKET', syscall: 'connect' }, true],
    ['a greeting that never came', { code: 'ETIMEDOUT', timeoutType: 'GREETING_TIMEOUT' }, true],
    ['a no to the message', { code: 'EMESSAGE', response: '451 4.3.0 later', responseCode: 451 }, true],
  ])('after %s the next try is right', async (name, fields, tried) => {
    await plan(name, 'doubt@post.local')
    const { data } = t.jobs.planned.at(-1)!
    await sendMailJob(t.services, async () => {
      throw Object.assign(new Error(name), fields)
    })(data).catch(() => {})
    const out: string[] = []
    await sendMailJob(t.services, async (mail) => void out.push(mail.to))(data)
    expect(out).toHaveLength(tried ? 1 : 0)
    expect((await byKey(name)).sent_at !== null).toBe(tried)
  })

  it('hands a message over once, though two work on it at the same time', async () => {
    await plan('twice at once', 'twice@post.local')
    const { data } = t.jobs.planned.at(-1)!
    const out: string[] = []
    const job = sendMailJob(t.services, async (mail) => void out.push(mail.to))
    await Promise.all([job(data), job(data), job(data)])
    expect(out).toHaveLength(1)
    expect(await byKey('twice at once')).toMatchObject({ sent_at: t.clock.now(), last_error: null })
  })
})

describe('the sweep', () => {
  const sweep = (send?: Parameters<typeof sweepMail>[2]) =>
    sweepMail(t.services, async () => [harbor.id], send)({})
  const failing = (code: string, response = '') =>
    sweep(async () => {
      throw Object.assign(new Error(code), { code, response })
    })
  const sentBy = async (run: (send: (mail: { to: string }) => Promise<void>) => Promise<void>) => {
    const to: string[] = []
    await run(async (mail) => void to.push(mail.to))
    return to
  }

  it('sends what was held or given up, once there is a mail server, and each once', async () => {
    await plan('held 1', 'one@post.local')
    await plan('held 2', 'two@post.local')
    await plan('held 3', 'three@example.org')
    // The message's own job is still at it.
    expect(await sentBy(sweep)).toEqual([])
    t.clock.advance(16 * MINUTE_MS)
    await sweep(undefined)
    expect((await byKey('held 1')).last_error).toBeNull()

    let asked = 0
    await sweep(async () => {
      asked += 1
      throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
    })
    // A mail server that is away is asked once in a round.
    expect(asked).toBe(1)
    expect(await sentBy(sweep)).toEqual(['one@post.local', 'two@post.local'])
    expect(await sentBy(sweep)).toEqual([])
    expect((await byKey('held 3')).last_error).toMatch(/^never: an example address/)
  })

  it('lets no refused message keep the others back, and gives up on an address that is none', async () => {
    await plan('refused', 'nobody@post.local')
    t.clock.advance(MINUTE_MS)
    await plan('after it', 'four@post.local')
    t.clock.advance(16 * MINUTE_MS)
    const to: string[] = []
    await sweep(async (mail) => {
      if (mail.to === 'nobody@post.local')
        throw Object.assign(new Error('later'), { code: 'EENVELOPE', response: '450 4.2.0 later' })
      to.push(mail.to)
    })
    expect(to).toEqual(['four@post.local'])
    expect((await byKey('refused')).last_error).toBe('EENVELOPE')
    await failing('EENVELOPE', '550 5.1.1 no such user')
    expect((await byKey('refused')).last_error).toBe('never: the mail server knows no such address')
    expect(await sentBy(sweep)).toEqual([])
  })

  it('leaves a message alone that has missed its moment', async () => {
    await plan('old', 'five@post.local')
    t.clock.advance(7 * DAY_MS + MINUTE_MS)
    expect(await sentBy(sweep)).toEqual([])
  })
})
