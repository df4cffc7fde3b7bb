import type { Contact } from '../../identity/index.ts'
import type { Needs } from '../../platform/command.server.ts'
import { planMail, planMailAgain } from '../../platform/mail.server.ts'
import { type Channel, GIVEN_UP } from './cadence.ts'
import type { ReminderMessage } from './reminder-message.ts'

/** How messages leave by one channel. Handing over happens in the caller's transaction and is harmless when repeated. */
type ReminderAdapter = {
  /** Where somebody is reached by this channel; undefined when it is not known. */
  readonly addressOf: (contact: Contact) => string | undefined
  readonly handOver: (needs: Needs, message: KeyedMessage) => Promise<void>
  /** The same for one that was given up before it left. @returns false when none was, so that nothing is to be sent */
  readonly handOverAgain: (needs: Needs, message: KeyedMessage) => Promise<boolean>
}

type KeyedMessage = ReminderMessage & { readonly key: string; readonly to: string }

const email: ReminderAdapter = {
  addressOf: (contact) => contact.email,
  handOver: (needs, message) => planMail(needs, needs.actor.clinicId, message),
  handOverAgain: (needs, message) =>
    planMailAgain(needs, needs.actor.clinicId, message, Object.values(GIVEN_UP)),
}

/** The port: one adapter for each channel that this program can send by. Text messages and push have none yet. */
export const REMINDER_PORT: Readonly<Record<Channel, ReminderAdapter | undefined>> = {
  email,
  text: undefined,
  push: undefined,
}
