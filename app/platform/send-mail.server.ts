import { asWrite, setTenant } from './database.server.ts'
import { type ClinicId, type Id, parseId } from './ids.ts'
import type { JobHandler } from './jobs.server.ts'
import {
  beginHandingOver,
  mailById,
  markMail,
  NEVER,
  type SendMail,
  smtpSender,
  unsentMail,
} from './mail.server.ts'
import type { Services } from './services.server.ts'
import { addMs, DAY_MS, MINUTE_MS, msBetween } from './time.ts'

/**
 * The job that sends one message, at most once: it is marked before it is handed over. What the mail server refused, or
 * never heard of, is tried again; where nobody knows whether it went out (the process died, or the line was lost before
 * the answer), that is said in the outbox and staff decide. Without a mail server it does nothing and the message stays held.
 *
 * @param send hands a message to the mail server; default the configured one
 */
export function sendMailJob(
  services: Services,
  send: SendMail | undefined = configured(services),
): JobHandler {
  return async (data) => {
    const clinicId = parseId<'clinic'>(data.clinicId)
    const mailId = parseId<'mail'>(data.mailId)
    if (send && clinicId && mailId) await sendOne(services, send, clinicId, mailId)
  }
}

/** A message that is older than this has missed its moment; it stays in the outbox for staff to look at. */
const SWEPT_FOR_MS = 7 * DAY_MS
/** Until then the message's own job tries; both at once could send it twice. */
const OWN_JOB_TRIES_MS = 15 * MINUTE_MS
const MOST_AT_ONCE = 200
/** Longer than any wait for a mail server: its answer to a whole message may take ten minutes (RFC 5321, 4.5.3.2). */
const ANSWERED_WITHIN_MS = 15 * MINUTE_MS

/**
 * The scheduled job that sends what is still waiting: messages held before there was a mail server, and those
 * whose own job gave up while the mail server was away. Messages younger than fifteen minutes are left to their own
 * job, those older than seven days are left alone. When the mail server itself fails, the round ends; the next one
 * tries again.
 *
 * @param clinics whose messages to look through
 * @param send hands a message to the mail server; default the configured one
 */
export function sweepMail(
  services: Services,
  clinics: () => Promise<readonly ClinicId[]>,
  send: SendMail | undefined = configured(services),
): JobHandler {
  return async () => {
    if (!send) return
    const at = services.clock.now()
    const planned = { after: addMs(at, -SWEPT_FOR_MS), before: addMs(at, -OWN_JOB_TRIES_MS) }
    for (const clinicId of await clinics()) {
      const waiting = await inClinic(services, clinicId, (db) =>
        unsentMail(db, clinicId, planned, MOST_AT_ONCE),
      )
      for (const mailId of waiting) {
        try {
          await sendOne(services, send, clinicId, mailId)
        } catch (error) {
          // The code only: a mail server's words repeat the address.
          services.log.info('sweep-mail.not-sent', { clinicId, mailId, code: codeOf(error) })
          if (!ofTheMessage(error)) return
        }
      }
    }
  }
}

async function sendOne(
  services: Services,
  send: SendMail,
  clinicId: ClinicId,
  mailId: Id<'mail'>,
): Promise<void> {
  const mark = (result: Parameters<typeof markMail>[3]) =>
    inClinic(services, clinicId, (db) => markMail(db, clinicId, mailId, result))
  const mail = await inClinic(services, clinicId, (db) => mailById(db, clinicId, mailId))
  if (!mail || mail.sent_at || mail.last_error?.startsWith(NEVER)) return
  if (reachesNobody(mail.to_address)) {
    await mark({ error: `${NEVER}an example address, which reaches nobody` })
    return
  }
  const at = services.clock.now()
  if (!(await inClinic(services, clinicId, (db) => beginHandingOver(db, clinicId, mailId, at)))) {
    // Somebody else is at it, or was and died: after so long no answer comes any more.
    if (mail.handing_over_at && msBetween(mail.handing_over_at, at) >= ANSWERED_WITHIN_MS)
      await mark({ notKnown: true, body: mail.body })
    return
  }
  try {
    await send({ to: mail.to_address, subject: mail.subject, text: mail.body })
  } catch (error) {
    if (noSuchAddress(error)) {
      await mark({ error: `${NEVER}the mail server knows no such address` })
      return
    }
    if (!surelyNotSent(error)) {
      await mark({ notKnown: true, body: mail.body })
      services.log.info('send-mail.not-known', { clinicId, mailId, code: codeOf(error) })
      return
    }
    await mark({ error: codeOf(error) ?? 'the mail server refused' })
    throw error
  }
  await mark({ sentAt: services.clock.now(), body: mail.body })
}

/**
 * Addresses set aside for examples (RFC 2606), such as those of the people of a demonstration: they belong to nobody
 * who waits for a message from here.
 */
function reachesNobody(address: string): boolean {
  return /[@.](example\.(com|net|org)|example|invalid|test|localhost)$/i.test(address.trim())
}

/** The mail server's last word on an address: status 5.1.x (RFC 3463), which trying again does not change. */
function noSuchAddress(error: unknown): boolean {
  const { response } = error as { response?: unknown }
  return typeof response === 'string' && /^5\d\d[ -]5\.1\.\d/.test(response)
}

/**
 * Whether the mail server has certainly not taken a message: it said no, or the way to it failed before anything was
 * handed over. A line that was lost later may have been lost after its yes.
 */
function surelyNotSent(error: unknown): boolean {
  const { response, responseCode, syscall, timeoutType } = error as {
    response?: unknown
    responseCode?: unknown
    syscall?: unknown
    timeoutType?: unknown
  }
  return (
    typeof responseCode === 'number' ||
    /^[45]\d\d/.test(typeof response === 'string' ? response : '') ||
    syscall === 'connect' ||
    syscall === 'getaddrinfo' ||
    BEFORE_THE_MESSAGE.has(codeOf(error) ?? '') ||
    BEFORE_THE_FIRST_WORD.has(timeoutType)
  )
}

/** Waits that ended before the mail server was ready to listen, as nodemailer names them. */
const BEFORE_THE_FIRST_WORD = new Set<unknown>(['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT'])
/** Codes of failures on the way to the mail server, before a message is handed over. */
const BEFORE_THE_MESSAGE = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EDNS',
  'ETLS',
  'EAUTH',
  'ENOAUTH',
  'EOAUTH2',
  'EENVELOPE',
])

/** Whether this message was refused, and not the mail server out of reach. */
function ofTheMessage(error: unknown): boolean {
  return ['EENVELOPE', 'EMESSAGE'].includes(codeOf(error) ?? '')
}

function codeOf(error: unknown): string | undefined {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : undefined
}

function configured(services: Services): SendMail | undefined {
  return services.config.smtp && smtpSender(services.config.smtp)
}

function inClinic<Value>(
  services: Services,
  clinicId: ClinicId,
  work: (db: ReturnType<typeof asWrite>) => Promise<Value>,
) {
  return services.db.transaction().execute(async (transaction) => {
    await setTenant(transaction, clinicId)
    return work(asWrite(transaction))
  })
}
