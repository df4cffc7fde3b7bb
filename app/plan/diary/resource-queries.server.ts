import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { AccountId, ClinicId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { Chair, ChairId } from '../plan.ts'
import {
  type AppointmentNeeds,
  type AppointmentType,
  type BookingMode,
  type RoomKind,
  typesOf,
} from './appointment-type.ts'
import type { Equipment, EquipmentId, Room, RoomId } from './diary-entry.ts'

/** Names the tables of what visits are booked in, with and as. */
type ResourceTables = {
  clinic_room: {
    clinic_id: ClinicId
    id: RoomId
    name: string
    kind: RoomKind
    created_at: Instant
    retired_at: Instant | null
  }
  infusion_chair: {
    clinic_id: ClinicId
    id: ChairId
    room_id: RoomId
    name: string
    turnaround_min: number
    created_at: Instant
    retired_at: Instant | null
  }
  equipment_item: {
    clinic_id: ClinicId
    id: EquipmentId
    kind: string
    name: string
    created_at: Instant
    retired_at: Instant | null
  }
  appointment_type: {
    clinic_id: ClinicId
    code: string
    name: string
    neutral_name: string
    mode: BookingMode
    length_min: number | null
    before_min: number
    after_min: number
    needs: AppointmentNeeds
    revision: number
    changed_by: AccountId | null
    changed_at: Instant
    retired_at: Instant | null
  }
}

const read = (db: Read) => reader<ResourceTables>(db)
const write = (db: Write) => writer<ResourceTables>(db)

// Rooms, chairs, equipment

/** @returns false when there is a room of this id or name */
export async function insertRoom(
  db: Write,
  clinicId: ClinicId,
  room: { readonly id: RoomId; readonly name: string; readonly kind: RoomKind },
  at: Instant,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('clinic_room')
    .values({
      clinic_id: clinicId,
      id: room.id,
      name: room.name,
      kind: room.kind,
      created_at: at,
      retired_at: null,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Rooms by name; those no longer used too, and marked. */
export async function rooms(db: Read, clinicId: ClinicId): Promise<Room[]> {
  const rows = await read(db)
    .selectFrom('clinic_room')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('name')
    .execute()
  return rows.map((row) => ({ id: row.id, name: row.name, kind: row.kind, retired: row.retired_at !== null }))
}

/** @returns false when there is a chair of this id, or of this name in this room */
export async function insertChair(
  db: Write,
  clinicId: ClinicId,
  chair: {
    readonly id: ChairId
    readonly roomId: RoomId
    readonly name: string
    readonly turnaroundMin: number
  },
  at: Instant,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('infusion_chair')
    .values({
      clinic_id: clinicId,
      id: chair.id,
      room_id: chair.roomId,
      name: chair.name,
      turnaround_min: chair.turnaroundMin,
      created_at: at,
      retired_at: null,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Chairs by room and name, those no longer used too. */
export async function allChairs(
  db: Read,
  clinicId: ClinicId,
): Promise<(Chair & { readonly roomId: RoomId; readonly retired: boolean })[]> {
  const rows = await read(db)
    .selectFrom('infusion_chair')
    .innerJoin('clinic_room', (j) =>
      j
        .onRef('clinic_room.clinic_id', '=', 'infusion_chair.clinic_id')
        .onRef('clinic_room.id', '=', 'infusion_chair.room_id'),
    )
    .selectAll('infusion_chair')
    .select('clinic_room.name as room_name')
    .where('infusion_chair.clinic_id', '=', clinicId)
    .orderBy('clinic_room.name')
    .orderBy('infusion_chair.name')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    roomId: row.room_id,
    roomName: row.room_name,
    name: row.name,
    turnaroundMin: row.turnaround_min,
    retired: row.retired_at !== null,
  }))
}

/** Chairs in use, by room and name. */
export async function chairs(db: Read, clinicId: ClinicId): Promise<Chair[]> {
  return (await allChairs(db, clinicId)).filter((c) => !c.retired)
}

/** @returns false when there is an item of this id, or of this name and kind */
export async function insertEquipment(
  db: Write,
  clinicId: ClinicId,
  item: { readonly id: EquipmentId; readonly kind: string; readonly name: string },
  at: Instant,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('equipment_item')
    .values({
      clinic_id: clinicId,
      id: item.id,
      kind: item.kind,
      name: item.name,
      created_at: at,
      retired_at: null,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Items by kind and name; those no longer used too, and marked. */
export async function equipment(db: Read, clinicId: ClinicId): Promise<Equipment[]> {
  const rows = await read(db)
    .selectFrom('equipment_item')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('kind')
    .orderBy('name')
    .execute()
  return rows.map((row) => ({ id: row.id, kind: row.kind, name: row.name, retired: row.retired_at !== null }))
}

/** Takes a room, chair or item out of use, or back into it. Visits already booked keep it. @returns whether there is one */
export async function setRetired(
  db: Write,
  clinicId: ClinicId,
  what: { readonly kind: 'room' | 'chair' | 'equipment'; readonly id: string },
  at: Instant | undefined,
): Promise<boolean> {
  const table = { room: 'clinic_room', chair: 'infusion_chair', equipment: 'equipment_item' } as const
  const row = await write(db)
    .updateTable(table[what.kind])
    .set({ retired_at: at ?? null })
    .where('clinic_id', '=', clinicId)
    .where('id', '=', what.id as RoomId & ChairId & EquipmentId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

// Kinds of appointments

/** The clinic's kinds over the standard ones, retired ones too. */
export async function appointmentTypes(db: Read, clinicId: ClinicId): Promise<AppointmentType[]> {
  const rows = await read(db)
    .selectFrom('appointment_type')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .execute()
  return typesOf(
    rows.map((row) => ({
      code: row.code,
      name: row.name,
      neutralName: row.neutral_name,
      mode: row.mode,
      lengthMin: row.length_min ?? undefined,
      beforeMin: row.before_min,
      afterMin: row.after_min,
      needs: row.needs,
      revision: row.revision,
      retired: row.retired_at !== null,
    })),
  )
}

/**
 * Writes the next revision of a kind.
 *
 * @param type with the revision that was read; 0 when nothing is stored
 * @returns false when somebody else changed it since
 */
export async function saveType(
  db: Write,
  clinicId: ClinicId,
  type: AppointmentType,
  by: AccountId | undefined,
  at: Instant,
): Promise<boolean> {
  const fields = {
    name: type.name,
    neutral_name: type.neutralName,
    mode: type.mode,
    length_min: type.lengthMin ?? null,
    before_min: type.beforeMin,
    after_min: type.afterMin,
    needs: JSON.stringify(type.needs) as unknown as AppointmentNeeds,
    revision: type.revision + 1,
    changed_by: by ?? null,
    changed_at: at,
    retired_at: type.retired ? at : null,
  }
  const row =
    type.revision === 0
      ? await write(db)
          .insertInto('appointment_type')
          .values({ clinic_id: clinicId, code: type.code, ...fields })
          .onConflict((c) => c.doNothing())
          .returning('code')
          .executeTakeFirst()
      : await write(db)
          .updateTable('appointment_type')
          .set(fields)
          .where('clinic_id', '=', clinicId)
          .where('code', '=', type.code)
          .where('revision', '=', type.revision)
          .returning('code')
          .executeTakeFirst()
  return row !== undefined
}
