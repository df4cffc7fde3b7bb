import nodemailer from 'nodemailer'
import { type Read, reader, type Write, writer } from './database.server.ts'
import type { ClinicId, Id, Ids } from './ids.ts'
import type { Jobs } from './jobs.server.ts'
import type { Instant } from './time.ts'

/**
 * Messages to people. A message is a row planned in the caller's transaction, visible to the manager; a job
 * sends it when a mail server is configured, otherwise staff read it out or copy its link. Subjects and texts
 * are neutral: they never say what the clinic treats.
 */
export type MailTables = {
  mail_message: {
    clinic_id: ClinicId
    id: Id<'mail'>
    /** What makes it unique: the same key is planned once, however often the planning repeats. */
    dedupe_key: string
    to_address: string
    subject: string
    body: string
    planned_at: Instant
    sent_at: Instant | null
    /** Since when it is being handed to the mail server; it stays when the program ends before an answer. */
    handing_over_at: Instant | null
    /** Why it has not gone out; one that begins with `NEVER` will not be tried again. */
    last_error: string | null
  }
}

/** A message as it is kept. */
export type MailMessage = MailTables['mail_message']

/** Begins the note on a message that is given up. */
export const NEVER = 'never: '
/** The note on a message of which nobody can say whether it went out. It is not sent again. */
export const NOT_KNOWN = `${NEVER}it is not known whether it went out`

export type NewMail = {
  readonly key: string
  readonly to: string
  readonly subject: string
  readonly body: string
}

type MailNeeds = { db: Write; at: Instant; ids: Ids; jobs: Jobs }

export function planMail(needs: MailNeeds, clinicId: ClinicId, mail: NewMail): Promise<void> {
  return planMails(needs, clinicId, [mail])
}

/** Plans several messages in one statement. */
export async function planMails(
  { db, at, ids, jobs }: MailNeeds,
  clinicId: ClinicId,
  mails: readonly NewMail[],
): Promise<void> {
  if (mails.length === 0) return
  const inserted = await writer<MailTables>(db)
    .insertInto('mail_message')
    .values(
      mails.map((mail) => ({
        clinic_id: clinicId,
        id: ids.next(),
        dedupe_key: mail.key,
        to_address: mail.to,
        subject: mail.subject,
        body: mail.body,
        planned_at: at,
        sent_at: null,
        handing_over_at: null,
        last_error: null,
      })),
    )
    .onConflict((c) => c.columns(['clinic_id', 'dedupe_key']).doNothing())
    .returning('id')
    .execute()
  for (const { id } of inserted) await jobs.plan(db, 'send-mail', { clinicId, mailId: id })
}

/**
 * Plans a message anew that was given up for one of these reasons and was never handed to the mail server, with the
 * words and the address of now. It is the same message: whoever hands it over does so once.
 *
 * @param given the reasons it may have been given up for, as `giveUpMail` got them
 * @returns false when there is no such message
 */
export async function planMailAgain(
  { db, at, jobs }: MailNeeds,
  clinicId: ClinicId,
  mail: NewMail,
  given: readonly string[],
): Promise<boolean> {
  const row = await writer<MailTables>(db)
    .updateTable('mail_message')
    .set({ to_address: mail.to, subject: mail.subject, body: mail.body, planned_at: at, last_error: null })
    .where('clinic_id', '=', clinicId)
    .where('dedupe_key', '=', mail.key)
    .where('sent_at', 'is', null)
    .where('handing_over_at', 'is', null)
    .where(
      'last_error',
      'in',
      given.map((why) => `${NEVER}${why}`),
    )
    .returning('id')
    .executeTakeFirst()
  if (row) await jobs.plan(db, 'send-mail', { clinicId, mailId: row.id })
  return row !== undefined
}

/**
 * Gives a message up that still waits. One that is being handed over may be out already: it is the sender's to say.
 *
 * @returns false when it is being handed over, sent or given up
 */
export async function giveUpMail(
  db: Write,
  clinicId: ClinicId,
  id: Id<'mail'>,
  why: string,
): Promise<boolean> {
  const row = await writer<MailTables>(db)
    .updateTable('mail_message')
    .set({ last_error: `${NEVER}${why}` })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .where('handing_over_at', 'is', null)
    .where((e) => e.or([e('last_error', 'is', null), e('last_error', 'not like', `${NEVER}%`)]))
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Whether a message was given up for one of these reasons before it was ever handed to the mail server. */
export function wasGivenUp(mail: MailMessage, reasons: readonly string[]): boolean {
  if (mail.sent_at || mail.handing_over_at) return false
  return reasons.some((why) => mail.last_error === `${NEVER}${why}`)
}

export async function mailById(db: Read, clinicId: ClinicId, id: Id<'mail'>) {
  return reader<MailTables>(db)
    .selectFrom('mail_message')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Messages by the key they were planned with; one that was never planned is not among them. */
export async function mailByKeys(
  db: Read,
  clinicId: ClinicId,
  keys: readonly string[],
): Promise<ReadonlyMap<string, MailMessage>> {
  if (keys.length === 0) return new Map()
  const rows = await reader<MailTables>(db)
    .selectFrom('mail_message')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('dedupe_key', 'in', [...keys])
    .execute()
  return new Map(rows.map((row) => [row.dedupe_key, row]))
}

/** The newest messages first, for the manager's outbox page. */
export async function recentMail(db: Read, clinicId: ClinicId, limit: number) {
  return reader<MailTables>(db)
    .selectFrom('mail_message')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('planned_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Ids of messages planned in a span of time that have not gone out and are not given up, oldest first. */
export async function unsentMail(
  db: Read,
  clinicId: ClinicId,
  planned: { readonly after: Instant; readonly before: Instant },
  limit: number,
): Promise<Id<'mail'>[]> {
  const rows = await reader<MailTables>(db)
    .selectFrom('mail_message')
    .select('id')
    .where('clinic_id', '=', clinicId)
    .where('planned_at', '>', planned.after)
    .where('planned_at', '<', planned.before)
    .where('sent_at', 'is', null)
    .where((e) => e.or([e('last_error', 'is', null), e('last_error', 'not like', `${NEVER}%`)]))
    .orderBy('planned_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/**
 * Marks a message before it is handed to the mail server, so that it is handed over once: by whoever marks it first, and
 * not again after a crash.
 *
 * @returns false when it is marked already, sent or given up
 */
export async function beginHandingOver(
  db: Write,
  clinicId: ClinicId,
  id: Id<'mail'>,
  at: Instant,
): Promise<boolean> {
  const row = await writer<MailTables>(db)
    .updateTable('mail_message')
    .set({ handing_over_at: at })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .where('handing_over_at', 'is', null)
    .where((e) => e.or([e('last_error', 'is', null), e('last_error', 'not like', `${NEVER}%`)]))
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Notes that a message went out, or why not, or that nobody knows. Once it is or may be out, the secrets of its links are
 * known to its reader alone: they are taken out of the words that stay here.
 */
export async function markMail(
  db: Write,
  clinicId: ClinicId,
  id: Id<'mail'>,
  result:
    | { readonly sentAt: Instant; readonly body: string }
    | { readonly error: string }
    | { readonly notKnown: true; readonly body: string },
): Promise<void> {
  await writer<MailTables>(db)
    .updateTable('mail_message')
    .set(
      'sentAt' in result
        ? { sent_at: result.sentAt, last_error: null, body: withoutSecrets(result.body) }
        : 'notKnown' in result
          ? { last_error: NOT_KNOWN, body: withoutSecrets(result.body) }
          : { last_error: result.error, handing_over_at: null },
    )
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .execute()
}

/** A text with the secret part of every link in it replaced; ids (which open nothing) stay. */
function withoutSecrets(text: string): string {
  return text.replace(/(?<=[/=])[\w-]{40,}/g, '(secret)')
}

export type SendMail = (mail: { to: string; subject: string; text: string }) => Promise<void>

/** Sends through the configured mail server. */
export function smtpSender(smtp: { readonly url: string; readonly from: string }): SendMail {
  const transport = nodemailer.createTransport(smtp.url)
  return async ({ to, subject, text }) => {
    await transport.sendMail({ from: smtp.from, to, subject, text })
  }
}
