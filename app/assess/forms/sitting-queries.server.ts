import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { PhaseId } from './condition-track.ts'
import type { EditionId } from './edition.ts'
import type { Sitting, SittingAnswer, SittingEnd, SittingId } from './sitting.ts'

type SittingTables = {
  form_sitting: {
    clinic_id: ClinicId
    id: SittingId
    person_id: PersonId
    instrument_id: string
    edition_id: EditionId | null
    edition: string
    form_hash: string
    phase: PhaseId
    respondent: Sitting['respondent']
    proxy: string | null
    opened_at: Instant
    opened_by: string
  }
  form_answer: {
    clinic_id: ClinicId
    sitting_id: SittingId
    item: string
    revision: number
    value: unknown
    answered_at: Instant
    answered_by: string
    time_zone: string
  }
  form_sitting_end: {
    clinic_id: ClinicId
    sitting_id: SittingId
    kind: SittingEnd['kind']
    reason: string | null
    ended_at: Instant
    ended_by: string
    time_zone: string
  }
}

const read = (db: Read) => reader<SittingTables>(db)
const write = (db: Write) => writer<SittingTables>(db)

function sittings(db: Read, clinicId: ClinicId) {
  return read(db)
    .selectFrom('form_sitting')
    .leftJoin('form_sitting_end', (j) =>
      j
        .onRef('form_sitting_end.clinic_id', '=', 'form_sitting.clinic_id')
        .onRef('form_sitting_end.sitting_id', '=', 'form_sitting.id'),
    )
    .selectAll('form_sitting')
    .select([
      'form_sitting_end.kind as end_kind',
      'form_sitting_end.reason as end_reason',
      'form_sitting_end.ended_at',
      'form_sitting_end.ended_by',
      'form_sitting_end.time_zone as end_time_zone',
    ])
    .where('form_sitting.clinic_id', '=', clinicId)
}

type Row = Awaited<ReturnType<ReturnType<typeof sittings>['execute']>>[number]

function toSitting(row: Row): Sitting {
  return {
    id: row.id,
    personId: row.person_id,
    instrumentId: row.instrument_id,
    editionId: row.edition_id,
    edition: row.edition,
    formHash: row.form_hash,
    phase: row.phase,
    respondent: row.respondent,
    proxy: row.proxy ?? undefined,
    openedAt: row.opened_at,
    openedBy: row.opened_by,
    end:
      row.end_kind && row.ended_at && row.ended_by && row.end_time_zone
        ? {
            kind: row.end_kind,
            reason: row.end_reason ?? undefined,
            endedAt: row.ended_at,
            endedBy: row.ended_by,
            timeZone: row.end_time_zone,
          }
        : undefined,
  }
}

export async function sittingById(db: Read, clinicId: ClinicId, id: SittingId): Promise<Sitting | undefined> {
  const row = await sittings(db, clinicId).where('form_sitting.id', '=', id).executeTakeFirst()
  return row && toSitting(row)
}

/** Every form laid for a person, newest first. */
export async function sittingsOfPerson(db: Read, clinicId: ClinicId, personId: PersonId): Promise<Sitting[]> {
  const rows = await sittings(db, clinicId)
    .where('form_sitting.person_id', '=', personId)
    .orderBy('form_sitting.opened_at', 'desc')
    .orderBy('form_sitting.id', 'desc')
    .execute()
  return rows.map(toSitting)
}

/** Why these forms were set aside; one that was not is not in the map. */
export async function reasonsSetAside(
  db: Read,
  clinicId: ClinicId,
  ids: readonly SittingId[],
): Promise<ReadonlyMap<SittingId, string>> {
  if (ids.length === 0) return new Map()
  const rows = await read(db)
    .selectFrom('form_sitting_end')
    .select(['sitting_id', 'reason'])
    .where('clinic_id', '=', clinicId)
    .where('sitting_id', 'in', [...ids])
    .where('kind', '=', 'set-aside')
    .execute()
  return new Map(rows.flatMap(({ sitting_id, reason }) => (reason === null ? [] : [[sitting_id, reason]])))
}

/** @returns false when this sitting exists already */
export async function insertSitting(
  db: Write,
  clinicId: ClinicId,
  sitting: Omit<Sitting, 'end'>,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('form_sitting')
    .values({
      clinic_id: clinicId,
      id: sitting.id,
      person_id: sitting.personId,
      instrument_id: sitting.instrumentId,
      edition_id: sitting.editionId,
      edition: sitting.edition,
      form_hash: sitting.formHash,
      phase: sitting.phase,
      respondent: sitting.respondent,
      proxy: sitting.proxy ?? null,
      opened_at: sitting.openedAt,
      opened_by: sitting.openedBy,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Every revision of every answer of some sittings, oldest first. */
export async function sittingAnswers(
  db: Read,
  clinicId: ClinicId,
  ids: readonly SittingId[],
): Promise<ReadonlyMap<SittingId, readonly SittingAnswer[]>> {
  if (ids.length === 0) return new Map()
  const rows = await read(db)
    .selectFrom('form_answer')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('sitting_id', 'in', [...ids])
    .orderBy('sitting_id')
    .orderBy('item')
    .orderBy('revision')
    .execute()
  return Map.groupBy(
    rows.map((row) => ({
      sittingId: row.sitting_id,
      item: row.item,
      revision: row.revision,
      value: row.value as number | null,
      answeredAt: row.answered_at,
      answeredBy: row.answered_by,
      timeZone: row.time_zone,
    })),
    (answer) => answer.sittingId,
  )
}

/** Stores answers in one statement. @returns false when one of the revisions exists already (two tabs, or a double click) */
export async function insertSittingAnswers(
  db: Write,
  clinicId: ClinicId,
  sittingId: SittingId,
  answers: readonly SittingAnswer[],
): Promise<boolean> {
  if (answers.length === 0) return true
  const rows = await write(db)
    .insertInto('form_answer')
    .values(
      answers.map((answer) => ({
        clinic_id: clinicId,
        sitting_id: sittingId,
        item: answer.item,
        revision: answer.revision,
        value: answer.value === null ? null : JSON.stringify(answer.value),
        answered_at: answer.answeredAt,
        answered_by: answer.answeredBy,
        time_zone: answer.timeZone,
      })),
    )
    .onConflict((c) => c.columns(['clinic_id', 'sitting_id', 'item', 'revision']).doNothing())
    .returning('revision')
    .execute()
  return rows.length === answers.length
}

/** @returns false when the sitting has ended already */
export async function insertSittingEnd(
  db: Write,
  clinicId: ClinicId,
  sittingId: SittingId,
  end: SittingEnd,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('form_sitting_end')
    .values({
      clinic_id: clinicId,
      sitting_id: sittingId,
      kind: end.kind,
      reason: end.reason ?? null,
      ended_at: end.endedAt,
      ended_by: end.endedBy,
      time_zone: end.timeZone,
    })
    .onConflict((c) => c.columns(['clinic_id', 'sitting_id']).doNothing())
    .returning('sitting_id')
    .executeTakeFirst()
  return row !== undefined
}
