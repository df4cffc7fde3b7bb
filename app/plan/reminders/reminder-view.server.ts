import { personById } from '../../identity/index.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import { type Instant, momentInWords } from '../../platform/time.ts'
import type { StateKind } from '../../ui/index.ts'
import { entriesOfPerson } from '../diary/entry-queries.server.ts'
import { CHANNELS, type Channel, type ReminderKind, type ReminderState, type StopReason } from './cadence.ts'
import { visitReminders } from './load-reminders.server.ts'
import { REMINDER_PORT } from './reminder-port.server.ts'
import { newestChoices } from './reminder-queries.server.ts'

const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
  email: 'E-mail',
  text: 'Text message',
  push: 'Push message',
}

const KIND_WORDS: Readonly<Record<ReminderKind, string>> = {
  week: '7 days before',
  'two-days': '2 days before',
  'day-before': 'The day before',
}

const STOP_WORDS: Readonly<Record<StopReason, string>> = {
  cancelled: 'the visit was cancelled',
  'no-adapter': 'not set up here',
  'not-asked-for': 'not turned on',
  'opted-out': 'turned off',
  'no-address': 'no address known',
  answered: 'the questions are answered',
  'booked-later': 'the visit was booked or moved later',
  missed: 'its time has passed',
  enough: 'enough messages about this visit',
}

function stateWords(
  state: ReminderState,
  dueAt: Instant,
  timeZone: string,
): { state: StateKind; word: string } {
  switch (state.kind) {
    case 'planned':
      return { state: 'due', word: `Planned for ${momentInWords(dueAt, timeZone)}` }
    case 'due':
      return { state: 'due', word: 'Due now' }
    case 'waiting':
      return { state: 'unknown', word: 'Handed over, not sent yet' }
    case 'sent':
      return { state: 'calm', word: `Sent ${momentInWords(state.at, timeZone)}` }
    case 'failed':
      return { state: 'amber', word: `Not sent: ${(state.problem ?? 'unknown why').replace(/^never: /, '')}` }
    case 'in-doubt':
      return { state: 'amber', word: 'Not known whether it went out; not sent again' }
    case 'stopped':
      return { state: 'unknown', word: `None: ${STOP_WORDS[state.why]}` }
  }
}

/** What a person chose, and where the reminders of their visits ahead stand. Undefined when there is no such person. */
export async function remindersView(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  timeZone: string,
  at: Instant,
) {
  const person = await personById(db, clinicId, personId)
  if (!person) return undefined
  const choices = await newestChoices(db, clinicId, [personId])
  const ahead = (await entriesOfPerson(db, clinicId, personId)).filter((visit) => visit.startsAt > at)
  const shown = await visitReminders(db, clinicId, ahead, at)
  return {
    name: person.displayName,
    channels: CHANNELS.map((channel) => {
      const choice = choices.get(`${personId} ${channel}`)
      const adapter = REMINDER_PORT[channel]
      return {
        channel,
        name: CHANNEL_WORDS[channel],
        available: adapter !== undefined,
        address: adapter?.addressOf(person.contact),
        on: choice?.choice === 'on',
        since: choice && momentInWords(choice.at, timeZone),
        byStaff: choice?.byStaff ?? false,
      }
    }),
    rows: shown
      .filter(({ channel }) => REMINDER_PORT[channel] !== undefined)
      .flatMap(({ visit, channel, reminders }) =>
        reminders.map(({ kind, dueAt, state }) => ({
          id: `${visit.id} ${channel} ${kind}`,
          visit: momentInWords(visit.startsAt, timeZone),
          what: `${KIND_WORDS[kind]}, ${CHANNEL_WORDS[channel].toLowerCase()}`,
          ...stateWords(state, dueAt, timeZone),
        })),
      ),
  }
}
