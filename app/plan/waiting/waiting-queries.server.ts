import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { AccountId, ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { AppointmentId } from '../plan.ts'
import type { WaitingWish, WishId } from './fitting.ts'

type WaitingTables = {
  waiting_wish: {
    clinic_id: ClinicId
    id: WishId
    person_id: PersonId
    type_code: string
    appointment_id: AppointmentId | null
    earliest: LocalDate
    latest: LocalDate
    weekdays: readonly number[]
    from_time: string
    until_time: string
    entered_by: AccountId | null
    entered_at: Instant
    closed_at: Instant | null
    closed_why: 'booked' | 'taken-back' | null
  }
}

const read = (db: Read) => reader<WaitingTables>(db)
const write = (db: Write) => writer<WaitingTables>(db)

/** @returns false when this wish was entered before */
export async function insertWish(
  db: Write,
  clinicId: ClinicId,
  wish: WaitingWish,
  by: AccountId | undefined,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('waiting_wish')
    .values({
      clinic_id: clinicId,
      id: wish.id,
      person_id: wish.personId,
      type_code: wish.typeCode,
      appointment_id: wish.appointmentId ?? null,
      earliest: wish.earliest,
      latest: wish.latest,
      weekdays: JSON.stringify(wish.weekdays) as unknown as readonly number[],
      from_time: wish.fromTime,
      until_time: wish.untilTime,
      entered_by: by ?? null,
      entered_at: wish.enteredAt,
      closed_at: null,
      closed_why: null,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Wishes that are not closed and whose days are not over, longest waiting first. */
export async function openWishes(db: Read, clinicId: ClinicId, today: LocalDate): Promise<WaitingWish[]> {
  return (await unclosedWishes(db, clinicId)).filter(({ latest }) => latest >= today)
}

/** Wishes that are not closed although their last day has passed: somebody must ask again, or take them off. */
export async function lapsedWishes(db: Read, clinicId: ClinicId, today: LocalDate): Promise<WaitingWish[]> {
  return (await unclosedWishes(db, clinicId)).filter(({ latest }) => latest < today)
}

async function unclosedWishes(db: Read, clinicId: ClinicId): Promise<WaitingWish[]> {
  const rows = await read(db)
    .selectFrom('waiting_wish')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('closed_at', 'is', null)
    .orderBy('entered_at')
    .orderBy('id')
    .execute()
  return rows.map(toWish)
}

/** An open wish, its row held until the transaction ends, so that it is answered once. */
export async function lockOpenWish(
  db: Write,
  clinicId: ClinicId,
  id: WishId,
): Promise<WaitingWish | undefined> {
  const row = await write(db)
    .selectFrom('waiting_wish')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row && toWish(row)
}

export async function closeWish(
  db: Write,
  clinicId: ClinicId,
  id: WishId,
  why: 'booked' | 'taken-back',
  at: Instant,
): Promise<void> {
  await write(db)
    .updateTable('waiting_wish')
    .set({ closed_at: at, closed_why: why })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', id)
    .execute()
}

function toWish(row: WaitingTables['waiting_wish']): WaitingWish {
  return {
    id: row.id,
    personId: row.person_id,
    typeCode: row.type_code,
    appointmentId: row.appointment_id ?? undefined,
    earliest: row.earliest,
    latest: row.latest,
    weekdays: row.weekdays,
    fromTime: row.from_time,
    untilTime: row.until_time,
    enteredAt: row.entered_at,
  }
}
