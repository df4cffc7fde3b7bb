import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { AccountId, ClinicId, MembershipId } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { Closure, ClosureId, DayHours, Leave, LeaveId, LeaveKind, WorkingWeek } from './diary-entry.ts'

/** Names the tables of when people work and the clinic is open. */
type CalendarTables = {
  working_week: {
    clinic_id: ClinicId
    id: string
    membership_id: MembershipId
    valid_from: LocalDate
    hours: readonly DayHours[]
    entered_by: AccountId | null
    entered_at: Instant
  }
  staff_leave: {
    clinic_id: ClinicId
    id: LeaveId
    membership_id: MembershipId
    starts_at: Instant
    ends_at: Instant
    kind: LeaveKind
    entered_by: AccountId | null
    entered_at: Instant
    removed_by: AccountId | null
    removed_at: Instant | null
  }
  clinic_closure: {
    clinic_id: ClinicId
    id: ClosureId
    day: LocalDate
    title: string
    opens: string | null
    closes: string | null
    entered_by: AccountId | null
    entered_at: Instant
    removed_by: AccountId | null
    removed_at: Instant | null
  }
}

const read = (db: Read) => reader<CalendarTables>(db)
const write = (db: Write) => writer<CalendarTables>(db)

export async function insertWeek(
  db: Write,
  clinicId: ClinicId,
  week: WorkingWeek & { readonly id: string },
  by: AccountId | undefined,
  at: Instant,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('working_week')
    .values({
      clinic_id: clinicId,
      id: week.id,
      membership_id: week.membershipId,
      valid_from: week.validFrom,
      hours: JSON.stringify(week.hours) as unknown as readonly DayHours[],
      entered_by: by ?? null,
      entered_at: at,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Every week written down, oldest entry first: of two for the same day the later entry counts. */
export async function workingWeeks(db: Read, clinicId: ClinicId): Promise<WorkingWeek[]> {
  const rows = await read(db)
    .selectFrom('working_week')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('entered_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ membershipId: row.membership_id, validFrom: row.valid_from, hours: row.hours }))
}

export async function insertLeave(
  db: Write,
  clinicId: ClinicId,
  leave: Leave,
  by: AccountId | undefined,
  at: Instant,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('staff_leave')
    .values({
      clinic_id: clinicId,
      id: leave.id,
      membership_id: leave.membershipId,
      starts_at: leave.from,
      ends_at: leave.until,
      kind: leave.kind,
      entered_by: by ?? null,
      entered_at: at,
      removed_by: null,
      removed_at: null,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Leave that ends after `from`, by its beginning; what was taken back is left out. */
export async function leaves(db: Read, clinicId: ClinicId, from: Instant): Promise<Leave[]> {
  const rows = await read(db)
    .selectFrom('staff_leave')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('removed_at', 'is', null)
    .where('ends_at', '>', from)
    .orderBy('starts_at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    membershipId: row.membership_id,
    from: row.starts_at,
    until: row.ends_at,
    kind: row.kind,
  }))
}

/** @returns false when this day has an entry already */
export async function insertClosure(
  db: Write,
  clinicId: ClinicId,
  closure: Closure,
  by: AccountId | undefined,
  at: Instant,
): Promise<boolean> {
  const { hours } = closure
  const row = await write(db)
    .insertInto('clinic_closure')
    .values({
      clinic_id: clinicId,
      id: closure.id,
      day: closure.day,
      title: closure.title,
      opens: hours === 'closed' ? null : hours.opens,
      closes: hours === 'closed' ? null : hours.closes,
      entered_by: by ?? null,
      entered_at: at,
      removed_by: null,
      removed_at: null,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Days unlike the week from a day on, by day; what was taken back is left out. */
export async function closures(db: Read, clinicId: ClinicId, from: LocalDate): Promise<Closure[]> {
  const rows = await read(db)
    .selectFrom('clinic_closure')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('removed_at', 'is', null)
    .where('day', '>=', from)
    .orderBy('day')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    day: row.day,
    title: row.title,
    hours: row.opens && row.closes ? { opens: row.opens, closes: row.closes } : 'closed',
  }))
}

/** Takes leave or a day unlike the week back. @returns false when there is none, or it was taken back before */
export async function markRemoved(
  db: Write,
  clinicId: ClinicId,
  what:
    | { readonly kind: 'leave'; readonly id: LeaveId }
    | { readonly kind: 'closure'; readonly id: ClosureId },
  by: AccountId | undefined,
  at: Instant,
): Promise<boolean> {
  const table = { leave: 'staff_leave', closure: 'clinic_closure' } as const
  const row = await write(db)
    .updateTable(table[what.kind])
    .set({ removed_at: at, removed_by: by ?? null })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', what.id as LeaveId & ClosureId)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
