import { sql } from 'kysely'
import { type Read, reader, type Write, writer } from '../../../platform/database.server.ts'
import type { ClinicId } from '../../../platform/ids.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import type { LotFacts } from '../movement.ts'
import type { LedgerRow, StoredEnd } from './chain-verifier.server.ts'
import type { Checkpoint, CheckpointId } from './checkpoint.server.ts'
import type { LotAsItStands } from './figures-check.ts'

type VerifyTables = {
  ledger_head: { clinic_id: ClinicId; seq: number; hash: string }
  ledger_checkpoint: {
    clinic_id: ClinicId
    id: CheckpointId
    seq: number
    hash: string
    at: Instant
    key_id: string
    signature: string
  }
  drug_lot: {
    clinic_id: ClinicId
    id: string
    drug: string
    lot_number: string
    form: LotFacts['form']
    expires_on: LocalDate
    concentration_mg_per_ml: number | null
    unit_mg: number | null
    container_ml: number | null
    supplier: string | null
    invoice: string | null
    gtin: string | null
  }
}

const read = (db: Read) => reader<VerifyTables>(db)

/** So many rows come at once: the next ones are made and sent while these are hashed. */
const ROWS_AT_ONCE = 1_000
/** So many fetches are asked for: with one alone its question would be sent only after the rows before it are hashed. */
const FETCHES_AHEAD = 2
/** SHA-256 in hex. */
const HASH_LENGTH = 64

/** Every later read of this transaction sees one moment, so that the end of the chain and its rows belong together. Called first. */
export async function readOneMoment(db: Read): Promise<void> {
  await sql`set transaction isolation level repeatable read`.execute(read(db))
}

/** Where the chain ends by what is stored; undefined when no movement was ever written. */
export async function storedEnd(db: Read, clinicId: ClinicId): Promise<StoredEnd | undefined> {
  return read(db)
    .selectFrom('ledger_head')
    .select(['seq', 'hash'])
    .where('clinic_id', '=', clinicId)
    .executeTakeFirst()
}

/**
 * Hands over the rows after `since`, in order of their numbers, through a cursor: memory does not grow with them. The
 * text is `public.ledger_text`, written out because a function would cost five times as much for each row. A null where none is
 * allowed, which only who took the constraints away could have stored, is left out, so that the row does not give its hash.
 */
export async function eachLedgerRow(
  db: Read,
  clinicId: ClinicId,
  since: number,
  look: (row: LedgerRow) => void,
): Promise<void> {
  await sql`declare ledger_rows no scroll cursor for
    select seq, concat_ws(chr(31), previous_hash, clinic_id, seq, id, act_id, kind, at_text,
      case when recorded_at = at then at_text
        else to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end,
      lot_id, from_place, coalesce(from_id::text, ''), coalesce(from_container::text, ''),
      to_place, coalesce(to_id::text, ''), coalesce(to_container::text, ''), hundredths, micrograms,
      by_account_id, coalesce(witness_account_id::text, ''), coalesce(session_id::text, ''), reason, detail,
      hash) as line
    from (select *, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at_text
      from public.ledger_movement where clinic_id = ${clinicId} and seq > ${since} order by seq offset 0) as movement`.execute(
    read(db),
  )
  const fetchRows = () =>
    sql<{ seq: number; line: string }>`fetch ${sql.lit(ROWS_AT_ONCE)} from ledger_rows`.execute(read(db))
  const coming = Array.from({ length: FETCHES_AHEAD }, fetchRows)
  for (;;) {
    const { rows } = await coming.shift()!
    if (rows.length === 0) break
    coming.push(fetchRows())
    for (const { seq, line } of rows) {
      // A hash of another length, which no constraint lets in, is not what its row gives either.
      const end = line.length - HASH_LENGTH - 1
      look({ seq, hashed: line.slice(0, end), hash: line.slice(end + 1) })
    }
  }
  await Promise.all(coming)
  await sql`close ledger_rows`.execute(read(db))
}

/** The lots as their table says them now, by id. */
export async function lotsAsTheyStand(
  db: Read,
  clinicId: ClinicId,
): Promise<ReadonlyMap<string, LotAsItStands>> {
  const rows = await read(db)
    .selectFrom('drug_lot')
    .select([
      'id',
      'drug',
      'lot_number',
      'form',
      'expires_on',
      'concentration_mg_per_ml',
      'unit_mg',
      'container_ml',
      'supplier',
      'invoice',
      'gtin',
    ])
    .where('clinic_id', '=', clinicId)
    .execute()
  return new Map(
    rows.map((row) => [
      row.id,
      {
        drug: row.drug,
        lotNumber: row.lot_number,
        form: row.form,
        expiresOn: row.expires_on,
        // The table's own check says which figures a form has.
        strength: row.concentration_mg_per_ml ?? row.unit_mg!,
        containerMl: row.container_ml,
        supplier: row.supplier,
        invoice: row.invoice,
        gtin: row.gtin,
      },
    ]),
  )
}

/** Every checkpoint in the database, whoever wrote it there. */
export async function storedCheckpoints(db: Read, clinicId: ClinicId): Promise<Checkpoint[]> {
  const rows = await read(db)
    .selectFrom('ledger_checkpoint')
    .select(['id', 'seq', 'hash', 'at', 'key_id', 'signature'])
    .where('clinic_id', '=', clinicId)
    .orderBy('seq')
    .execute()
  return rows.map(({ key_id, ...row }) => ({ clinicId, ...row, keyId: key_id }))
}

export async function insertCheckpoint(db: Write, checkpoint: Checkpoint): Promise<void> {
  const { clinicId, id, seq, hash, at, keyId, signature } = checkpoint
  await writer<VerifyTables>(db)
    .insertInto('ledger_checkpoint')
    .values({ clinic_id: clinicId, id, seq, hash, at, key_id: keyId, signature })
    .execute()
}
