import { clinicById, personById } from '../../identity/index.server.ts'
import { isStaff, ownPersonId } from '../../platform/actor.ts'
import type { Command, Needs } from '../../platform/command.server.ts'
import type { Id, PersonId } from '../../platform/ids.ts'
import { giveUpMail, mailByKeys, NEVER } from '../../platform/mail.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { addMs, DAY_MS } from '../../platform/time.ts'
import { dayBeforePath } from '../day-before/answer-day-before.server.ts'
import { isAsked } from '../day-before/load-gate.server.ts'
import type { DiaryEntry } from '../diary/diary-entry.ts'
import { lockAppointment } from '../diary/diary-queries.server.ts'
import { entriesBetween, entryById } from '../diary/entry-queries.server.ts'
import { type Channel, GIVEN_UP } from './cadence.ts'
import { visitReminders } from './load-reminders.server.ts'
import { reminderMessage } from './reminder-message.ts'
import { REMINDER_PORT } from './reminder-port.server.ts'
import { insertChoice, insertReminder, newestChoices, remindersSince } from './reminder-queries.server.ts'
import { chooseReminders as chooseAction, sendReminders as sendAction } from './reminders-access.ts'

/** Looked at on each run: the longest lead and a day. */
const AHEAD_DAYS = 8

/**
 * Hands over every reminder that is due at this instant, once for each visit, time, kind and channel: the row that says so
 * and the message are written in one transaction, so that a worker that dies in between leaves neither, and one that
 * dies later sends nothing twice. What waits in the outbox about a visit that was cancelled, moved or has begun, or for
 * somebody who turned reminders off, is given up; when the visit is as it was, or they turn them on, it is handed over again.
 *
 * @param input `publicUrl` where links begin, without a slash at the end
 */
export const sendReminders: Command<
  { readonly publicUrl: string },
  { readonly handedOver: number; readonly givenUp: number },
  never
> = {
  action: sendAction,
  async run(needs, { publicUrl }) {
    const { db, at, actor } = needs
    const givenUp = await giveUpStale(needs)
    const visits = await entriesBetween(db, actor.clinicId, at, addMs(at, AHEAD_DAYS * DAY_MS))
    let handedOver = 0
    for (const { visit, channel, address, reminders } of await visitReminders(
      db,
      actor.clinicId,
      visits,
      at,
    )) {
      const due = reminders.find(({ state }) => state.kind === 'due')
      const adapter = REMINDER_PORT[channel]
      if (!due || !adapter || !address || !(await isStillSo(needs, visit))) continue
      const key = `reminder ${visit.id} ${visit.startsAt} ${due.kind} ${channel}`
      const fresh = await insertReminder(db, actor.clinicId, {
        appointmentId: visit.id,
        visitAt: visit.startsAt,
        kind: due.kind,
        channel,
        personId: visit.personId,
        handedOverAt: at,
        messageKey: key,
      })
      const clinic = (await clinicById(db, actor.clinicId))!
      const link =
        due.kind === 'day-before' && isAsked(visit)
          ? `${publicUrl}${await dayBeforePath(needs, visit)}`
          : undefined
      const message = { key, to: address, ...reminderMessage({ clinic, visit, link }) }
      if (fresh) await adapter.handOver(needs, message)
      else if (!(await adapter.handOverAgain(needs, message))) continue
      handedOver += 1
    }
    return done({ handedOver, givenUp })
  },
}

/** Somebody may cancel or move the visit in this moment: its row is held until the reminder is written. */
async function isStillSo({ db, actor }: Needs, visit: DiaryEntry): Promise<boolean> {
  await lockAppointment(db, actor.clinicId, visit.id)
  const now = await entryById(db, actor.clinicId, visit.id)
  return now !== undefined && !now.cancelledAt && now.startsAt === visit.startsAt
}

async function giveUpStale({ db, at, actor }: Needs): Promise<number> {
  const { clinicId } = actor
  const recent = await remindersSince(db, clinicId, addMs(at, -AHEAD_DAYS * DAY_MS))
  const mails = await mailByKeys(
    db,
    clinicId,
    recent.map((r) => r.messageKey),
  )
  const choices = await newestChoices(db, clinicId, [...new Set(recent.map((r) => r.personId))])
  let givenUp = 0
  for (const reminder of recent) {
    const mail = mails.get(reminder.messageKey)
    if (!mail || mail.sent_at || mail.last_error?.startsWith(NEVER)) continue
    const visit = await entryById(db, clinicId, reminder.appointmentId)
    const why =
      !visit || visit.cancelledAt
        ? GIVEN_UP.cancelled
        : visit.startsAt !== reminder.visitAt
          ? GIVEN_UP.moved
          : visit.startsAt <= at
            ? GIVEN_UP.begun
            : choices.get(`${reminder.personId} ${reminder.channel}`)?.choice === 'off'
              ? GIVEN_UP.off
              : undefined
    if (!why) continue
    if (await giveUpMail(db, clinicId, mail.id, why)) givenUp += 1
  }
  return givenUp
}

/** A person turns reminders by one channel on or off, or staff do on their word. Without a word nothing is sent. */
export const chooseReminders: Command<
  {
    readonly key: Id<'reminder-choice'>
    /** Named by staff; a person speaks for themselves. */
    readonly personId?: PersonId
    readonly channel: Channel
    readonly choice: 'on' | 'off'
  },
  undefined,
  'no-such-person' | 'no-adapter'
> = {
  action: chooseAction,
  async run({ db, at, actor, audit, tell }, { key, personId: named, channel, choice }) {
    const byStaff = named !== undefined
    // A named person is spoken for by staff, also when the one who writes is treated here too.
    const personId = byStaff
      ? isStaff(actor) || actor.kind === 'system'
        ? named
        : undefined
      : ownPersonId(actor)
    if (!personId || !(await personById(db, actor.clinicId, personId))) return refused('no-such-person')
    if (choice === 'on' && !REMINDER_PORT[channel]) return refused('no-adapter')
    if (await insertChoice(db, actor.clinicId, { id: key, personId, channel, choice, byStaff, at })) {
      audit.write(chooseAction.id, {
        personId,
        object: 'reminder-choice',
        objectId: key,
        detail: { channel, choice },
      })
      tell('reminders.chosen', { personId, channel, choice })
    }
    return done(undefined)
  },
}
