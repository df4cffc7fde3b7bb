import type { Contact } from '../../identity/index.ts'
import type { Needs } from '../../platform/command.server.ts'
import { planMail } from '../../platform/mail.server.ts'
import type { Channel } from './cadence.ts'
import type { ReminderMessage } from './reminder-message.ts'

/** How messages leave by one channel. Handing over happens in the caller's transaction and is harmless when repeated. */
type ReminderAdapter = {
  /** Where somebody is reached by this channel; undefined when it is not known. */
  readonly addressOf: (contact: Contact) => string | undefined
  readonly handOver: (
    needs: Needs,
    message: ReminderMessage & { readonly key: string; readonly to: string },
  ) => Promise<void>
}

const email: ReminderAdapter = {
  addressOf: (contact) => contact.email,
  handOver: (needs, message) => planMail(needs, needs.actor.clinicId, message),
}

/** The port: one adapter for each channel that this program can send by. Text messages and push have none yet. */
export const REMINDER_PORT: Readonly<Record<Channel, ReminderAdapter | undefined>> = {
  email,
  text: undefined,
  push: undefined,
}
