import { type MailMessage, NEVER, NOT_KNOWN } from '../platform/mail.server.ts'
import { momentInWords } from '../platform/time.ts'

/** A message as the manager sees it. */
export type OutboxRow = {
  readonly id: string
  readonly to: string
  readonly subject: string
  /** Its words, only while staff must pass it on themselves: they may hold a link that opens somebody's record. */
  readonly body: string | undefined
  readonly planned: string
  readonly state: string
}

/** @param sending whether a mail server is set */
export function outboxRow(mail: MailMessage, sending: boolean, timeZone: string): OutboxRow {
  return {
    id: mail.id,
    to: mail.to_address,
    subject: mail.subject,
    body: !sending && !mail.sent_at ? mail.body : undefined,
    planned: momentInWords(mail.planned_at, timeZone),
    state: stateOf(mail, sending, timeZone),
  }
}

function stateOf(mail: MailMessage, sending: boolean, timeZone: string): string {
  if (mail.sent_at) return `sent ${momentInWords(mail.sent_at, timeZone)}`
  if (mail.last_error === NOT_KNOWN)
    return 'not known whether it went out, not sent again: ask the person, and send it anew by hand if it did not come'
  if (mail.last_error?.startsWith(NEVER)) return `not sent: ${mail.last_error.slice(NEVER.length)}`
  if (mail.handing_over_at) return `being handed over since ${momentInWords(mail.handing_over_at, timeZone)}`
  if (mail.last_error) return `not sent yet: ${mail.last_error}`
  return sending ? 'waiting' : 'held: no mail server is set'
}
