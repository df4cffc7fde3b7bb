import { firedTriggers } from '@evenkeel/questionnaires'
import { accountNames, people } from '../identity/index.server.ts'
import type { ReadNeeds } from '../platform/command.server.ts'
import type { PersonId } from '../platform/ids.ts'
import {
  addDays,
  addMs,
  DAY_MS,
  dateInWords,
  daysBetween,
  localDateOf,
  momentInWords,
} from '../platform/time.ts'
import type { StateKind } from '../ui/index.ts'
import type { InvitationState } from './cadence.ts'
import { type ContactOutcome, checkInsOfClinic, latestContacts } from './follow-up-queries.server.ts'
import { invitationStates } from './invitations.server.ts'

/** A contact older than this says nothing about today's list. */
const CONTACT_DAYS = 14

const OUTCOME_WORDS: Readonly<Record<ContactOutcome, string>> = {
  reached: 'Reached',
  'message-left': 'Message left',
  'not-reached': 'Not reached',
}

const STATE_WORDS: Readonly<Record<InvitationState['kind'], readonly [StateKind, string]>> = {
  due: ['due', 'Due now'],
  'not-today': ['calm', 'Not due today'],
  'not-now': ['due', 'Due today'],
  'invited-already': ['due', 'Asked today'],
  'answered-already': ['calm', 'Answered today'],
  'person-said-stop': ['unknown', 'Asked not to be asked'],
  'not-answering': ['due', 'Not answering'],
  'not-started': ['unknown', 'Not started'],
  finished: ['calm', 'Year is over'],
}

/** Everything the follow-up page shows: strong urges of today and yesterday, who does not answer, and everybody. */
export async function followUpList(needs: ReadNeeds, timeZone: string) {
  const { db, at, actor } = needs
  const { clinicId } = actor
  const today = localDateOf(at, timeZone)
  const known = new Map((await people(db, clinicId)).map((person) => [person.id, person]))
  const contacts = await latestContacts(db, clinicId, addMs(at, -CONTACT_DAYS * DAY_MS))
  const names = await accountNames(
    db,
    [...contacts.values()].map((contact) => contact.accountId),
  )
  const reach = (personId: PersonId) => {
    const person = known.get(personId)
    const contact = contacts.get(personId)
    return {
      personId,
      name: person?.displayName ?? 'unknown',
      phone: person?.contact.phone,
      safeTimes: person?.contact.safeTimes,
      contact: contact && {
        when: momentInWords(contact.at, timeZone),
        by: names.get(contact.accountId) ?? 'unknown',
        outcome: OUTCOME_WORDS[contact.outcome],
      },
    }
  }

  const latest = new Map<PersonId, { personId: PersonId; forDate: string; craving: number; day: string }>()
  for (const entry of await checkInsOfClinic(db, clinicId, addDays(today, -1))) {
    const fired = firedTriggers('craving-nrs', { q1: entry.craving0to10 })
    if (entry.craving0to10 === null || !fired.some((trigger) => trigger.id === 'craving-severe')) continue
    latest.set(entry.personId, {
      personId: entry.personId,
      forDate: entry.forDate,
      craving: entry.craving0to10,
      day: entry.forDate === today ? 'today' : 'yesterday',
    })
  }
  const states = await invitationStates(needs, timeZone)
  const sorted = states.sort((a, b) => (a.firstDay < b.firstDay ? 1 : a.firstDay > b.firstDay ? -1 : 0))
  const inWords = (row: (typeof states)[number]) => ({
    ...reach(row.personId),
    daysSince: daysBetween(row.firstDay, today),
    lastCheckIn: row.lastCheckIn && dateInWords(row.lastCheckIn),
    chip: STATE_WORDS[row.state.kind][0],
    stateWord: STATE_WORDS[row.state.kind][1],
  })
  return {
    strongUrges: [...latest.values()]
      .sort((a, b) => b.forDate.localeCompare(a.forDate) || b.craving - a.craving)
      .map((entry) => ({ ...reach(entry.personId), craving: entry.craving, day: entry.day })),
    notAnswering: sorted.filter((row) => row.state.kind === 'not-answering').map(inWords),
    everybody: sorted.map(inWords),
  }
}
