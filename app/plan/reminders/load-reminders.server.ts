import { clinicById, peopleByIds } from '../../identity/index.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { mailByKeys, NEVER, NOT_KNOWN, wasGivenUp } from '../../platform/mail.server.ts'
import type { Instant } from '../../platform/time.ts'
import { gateStateOf } from '../day-before/gate.ts'
import { answeredVisits, isAsked } from '../day-before/load-gate.server.ts'
import type { DiaryEntry } from '../diary/diary-entry.ts'
import { CHANNELS, type Channel, GIVEN_UP, type ReminderFacts, reminderStates } from './cadence.ts'
import { REMINDER_PORT } from './reminder-port.server.ts'
import { newestChoices, remindersOfVisits } from './reminder-queries.server.ts'

export type VisitReminders = {
  readonly visit: DiaryEntry
  readonly channel: Channel
  readonly address: string | undefined
  readonly reminders: ReturnType<typeof reminderStates>
}

/** Where the reminders of visits stand, by visit and channel. */
export async function visitReminders(
  db: Read,
  clinicId: ClinicId,
  visits: readonly DiaryEntry[],
  at: Instant,
): Promise<VisitReminders[]> {
  const clinic = await clinicById(db, clinicId)
  if (!clinic) throw new Error(`there is no clinic ${clinicId}`)
  const { timeZone } = clinic
  const personIds = [...new Set(visits.map((v) => v.personId))]
  const people = new Map((await peopleByIds(db, clinicId, personIds)).map((p) => [p.id, p]))
  const choices = await newestChoices(db, clinicId, personIds)
  const stored = await remindersOfVisits(
    db,
    clinicId,
    visits.map((v) => v.id),
  )
  const mails = await mailByKeys(
    db,
    clinicId,
    stored.map((r) => r.messageKey),
  )
  const answered = new Set(
    (await answeredVisits(db, clinicId, visits.filter(isAsked), timeZone))
      .filter((each) => gateStateOf(each.answers, each, at).kind === 'confirmed')
      .map((each) => each.visit.id),
  )
  return visits.flatMap((visit) =>
    CHANNELS.map((channel): VisitReminders => {
      // What was given up before it left counts for nothing: it may be due again.
      const own = stored.filter((r) => {
        const mail = mails.get(r.messageKey)
        const left = !mail || !wasGivenUp(mail, Object.values(GIVEN_UP))
        return r.appointmentId === visit.id && r.channel === channel && left
      })
      const adapter = REMINDER_PORT[channel]
      const contact = people.get(visit.personId)?.contact
      const address = contact && adapter?.addressOf(contact)
      const facts: ReminderFacts = {
        startsAt: visit.startsAt,
        timeKnownAt: visit.movedAt ?? visit.bookedAt,
        cancelled: visit.cancelledAt !== undefined,
        answered: answered.has(visit.id),
        choice: choices.get(`${visit.personId} ${channel}`)?.choice,
        hasAddress: address !== undefined,
        hasAdapter: adapter !== undefined,
        handedOver: new Map(
          own
            .filter((r) => r.visitAt === visit.startsAt)
            .map((r) => {
              const mail = mails.get(r.messageKey)
              const problem = mail?.last_error ?? undefined
              return [
                r.kind,
                {
                  at: r.handedOverAt,
                  sentAt: mail?.sent_at ?? undefined,
                  problem,
                  givenUp: problem?.startsWith(NEVER) ?? false,
                  inDoubt: problem === NOT_KNOWN,
                },
              ]
            }),
        ),
        handedOverInAll: own.length,
      }
      return { visit, channel, address, reminders: reminderStates(facts, timeZone, at) }
    }),
  )
}
