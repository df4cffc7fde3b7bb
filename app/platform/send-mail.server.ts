import { asWrite, setTenant } from './database.server.ts'
import { type ClinicId, type Id, parseId } from './ids.ts'
import type { JobHandler } from './jobs.server.ts'
import { mailById, markMail, type SendMail, smtpSender } from './mail.server.ts'
import type { Services } from './services.server.ts'

/**
 * The job that sends one message. At least once: a message is sent again only if the process dies between the
 * mail server's yes and our note of it. Without a mail server it does nothing and the message stays held.
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
    if (!send || !clinicId || !mailId) return
    const mail = await inClinic(services, clinicId, (db) => mailById(db, clinicId, mailId))
    if (!mail || mail.sent_at) return
    try {
      await send({ to: mail.to_address, subject: mail.subject, text: mail.body })
    } catch (error) {
      const code = (error as { code?: unknown }).code
      const message = typeof code === 'string' ? code : 'the mail server refused'
      await mark(services, clinicId, mailId, { error: message })
      throw error
    }
    await mark(services, clinicId, mailId, { sentAt: services.clock.now() })
  }
}

function configured(services: Services): SendMail | undefined {
  return services.config.smtp && smtpSender(services.config.smtp)
}

function mark(
  services: Services,
  clinicId: ClinicId,
  id: Id<'mail'>,
  result: Parameters<typeof markMail>[3],
) {
  return inClinic(services, clinicId, (db) => markMail(db, clinicId, id, result))
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
