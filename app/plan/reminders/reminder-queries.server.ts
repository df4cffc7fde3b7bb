import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, Id, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { AppointmentId } from '../plan.ts'
import type { Channel, ReminderKind } from './cadence.ts'

type ReminderTables = {
  reminder_choice: {
    clinic_id: ClinicId
    id: Id<'reminder-choice'>
    person_id: PersonId
    channel: Channel
    choice: 'on' | 'off'
    by_staff: boolean
    chosen_at: Instant
  }
  reminder: {
    clinic_id: ClinicId
    appointment_id: AppointmentId
    visit_at: Instant
    kind: ReminderKind
    channel: Channel
    person_id: PersonId
    handed_over_at: Instant
    message_key: string
  }
}

const read = (db: Read) => reader<ReminderTables>(db)
const write = (db: Write) => writer<ReminderTables>(db)

/** @returns false when this choice was noted before */
export async function insertChoice(
  db: Write,
  clinicId: ClinicId,
  choice: {
    id: Id<'reminder-choice'>
    personId: PersonId
    channel: Channel
    choice: 'on' | 'off'
    byStaff: boolean
    at: Instant
  },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('reminder_choice')
    .values({
      clinic_id: clinicId,
      id: choice.id,
      person_id: choice.personId,
      channel: choice.channel,
      choice: choice.choice,
      by_staff: choice.byStaff,
      chosen_at: choice.at,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export type ReminderChoice = {
  readonly choice: 'on' | 'off'
  readonly at: Instant
  readonly byStaff: boolean
}

/** What people chose last, by person and channel ("<person> <channel>"). */
export async function newestChoices(
  db: Read,
  clinicId: ClinicId,
  personIds: readonly PersonId[],
): Promise<ReadonlyMap<string, ReminderChoice>> {
  if (personIds.length === 0) return new Map()
  const rows = await read(db)
    .selectFrom('reminder_choice')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('person_id', 'in', [...personIds])
    .orderBy('chosen_at')
    .orderBy('id')
    .execute()
  return new Map(
    rows.map((row) => [
      `${row.person_id} ${row.channel}`,
      { choice: row.choice, at: row.chosen_at, byStaff: row.by_staff },
    ]),
  )
}

export type StoredReminder = {
  readonly appointmentId: AppointmentId
  readonly visitAt: Instant
  readonly kind: ReminderKind
  readonly channel: Channel
  readonly personId: PersonId
  readonly handedOverAt: Instant
  readonly messageKey: string
}

/** @returns false when this reminder was handed over before: then nothing may be sent */
export async function insertReminder(
  db: Write,
  clinicId: ClinicId,
  reminder: StoredReminder,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('reminder')
    .values({
      clinic_id: clinicId,
      appointment_id: reminder.appointmentId,
      visit_at: reminder.visitAt,
      kind: reminder.kind,
      channel: reminder.channel,
      person_id: reminder.personId,
      handed_over_at: reminder.handedOverAt,
      message_key: reminder.messageKey,
    })
    .onConflict((c) => c.doNothing())
    .returning('kind')
    .executeTakeFirst()
  return row !== undefined
}

/** Every reminder that was handed over for these visits, at whatever time they had. */
export async function remindersOfVisits(
  db: Read,
  clinicId: ClinicId,
  ids: readonly AppointmentId[],
): Promise<StoredReminder[]> {
  if (ids.length === 0) return []
  return toReminders(
    await read(db)
      .selectFrom('reminder')
      .selectAll()
      .where('clinic_id', '=', clinicId)
      .where('appointment_id', 'in', [...ids])
      .orderBy('handed_over_at')
      .execute(),
  )
}

/** Reminders that were handed over since an instant, oldest first. */
export async function remindersSince(
  db: Read,
  clinicId: ClinicId,
  since: Instant,
): Promise<StoredReminder[]> {
  return toReminders(
    await read(db)
      .selectFrom('reminder')
      .selectAll()
      .where('clinic_id', '=', clinicId)
      .where('handed_over_at', '>=', since)
      .orderBy('handed_over_at')
      .execute(),
  )
}

function toReminders(rows: readonly ReminderTables['reminder'][]): StoredReminder[] {
  return rows.map((row) => ({
    appointmentId: row.appointment_id,
    visitAt: row.visit_at,
    kind: row.kind,
    channel: row.channel,
    personId: row.person_id,
    handedOverAt: row.handed_over_at,
    messageKey: row.message_key,
  }))
}
