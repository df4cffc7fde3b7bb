import { runCommand } from '../../platform/command.server.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import type { BedsideEntry } from '../session/bedside-entry.ts'
import { recordSessionEvents } from '../session/record-session-events.server.ts'
import type { SessionId } from '../session/session-event.ts'
import { entryRefusalWords, NEEDS_NETWORK } from './judge-form.ts'
import { keepSetAside } from './keep-set-aside.server.ts'
import {
  type EntryAnswer,
  entriesOf,
  SET_ASIDE,
  type SentEntries,
  setAsideOfForm,
  writtenAt,
} from './waiting-entry.ts'

/**
 * Takes what a tablet kept, one after the other in the order of writing, by the same forms and the same command as the
 * page itself. Each is answered alone: what one entry lacks does not hold up the next. Sent again, it is stored already.
 * What somebody set aside is kept beside a log that is closed.
 *
 * @param sessionId a session of the actor's clinic
 * @returns one answer for each entry, in order
 */
export async function takeEntries(
  { services, actor, clinic }: PageArgs,
  sessionId: SessionId,
  { tablet, sentMs, entries }: SentEntries,
): Promise<EntryAnswer[]> {
  const aheadMs = sentMs - Date.parse(services.clock.now())
  const answers: EntryAnswer[] = []
  for (const { number, entry } of entries) {
    const refused = (why: string) => answers.push({ number, answer: 'refused', why })
    const at = writtenAt(entry, aheadMs, services.clock.now())
    const read = entriesOf(entry, at, clinic.timeZone)
    if (!read) {
      refused(NEEDS_NETWORK)
      continue
    }
    if (!read.ok) {
      refused(Object.values(read.answer.errors).join(' '))
      continue
    }
    const via = { tablet, number, aheadMs }
    const recorded = await runCommand(services, actor, recordSessionEvents, {
      sessionId,
      entries: read.entries.map((one): BedsideEntry => ({ ...one, via })),
    })
    const aside = entry.intent === SET_ASIDE ? setAsideOfForm(entry) : undefined
    const beside = aside?.ok && !recorded.ok && recorded.reason === 'session-over'
    const outcome = beside
      ? await runCommand(services, actor, keepSetAside, {
          id: aside.value.key,
          sessionId,
          said: aside.value.said,
          notTakenBecause: aside.value.notTaken,
          because: aside.value.because,
          writtenAt: at,
          via,
        })
      : recorded
    if (outcome.ok) answers.push({ number, answer: outcome.value.added ? 'stored' : 'already-stored' })
    else refused(entryRefusalWords(outcome.reason, outcome.detail, clinic.timeZone))
  }
  return answers
}
