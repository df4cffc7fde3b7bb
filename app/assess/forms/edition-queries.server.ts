import { type FormWording, type Instrument, instrumentById, withWording } from '@evenkeel/questionnaires'
import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { EditionChoice, EditionId, WordingEdition } from './edition.ts'

/** The only place that names the tables of imported wording and of the choice between wordings. */
type EditionTables = {
  instrument_edition: {
    clinic_id: ClinicId
    id: EditionId
    instrument_id: string
    edition: string
    form_hash: string
    language: string
    wording: unknown
    source: unknown
    report: unknown
    imported_at: Instant
    imported_by: string
  }
  instrument_edition_choice: {
    clinic_id: ClinicId
    id: EditionChoice['id']
    instrument_id: string
    edition_id: EditionId | null
    chosen_at: Instant
    chosen_by: string
  }
}

const read = (db: Read) => reader<EditionTables>(db)
const write = (db: Write) => writer<EditionTables>(db)
const json = (value: unknown) => JSON.stringify(value)

/** An instrument in the words that hold, and which edition they are; null is our plain-language edition. */
export type InstrumentInUse = { readonly instrument: Instrument; readonly editionId: EditionId | null }

function toEdition(row: EditionTables['instrument_edition']): WordingEdition {
  return {
    id: row.id,
    instrumentId: row.instrument_id,
    edition: row.edition,
    formHash: row.form_hash,
    language: row.language,
    wording: row.wording as FormWording,
    source: row.source as WordingEdition['source'],
    report: row.report as WordingEdition['report'],
    importedAt: row.imported_at,
    importedBy: row.imported_by,
  }
}

function toChoice(row: EditionTables['instrument_edition_choice']): EditionChoice {
  return {
    id: row.id,
    instrumentId: row.instrument_id,
    editionId: row.edition_id,
    chosenAt: row.chosen_at,
    chosenBy: row.chosen_by,
  }
}

function editions(db: Read, clinicId: ClinicId) {
  return read(db).selectFrom('instrument_edition').selectAll().where('clinic_id', '=', clinicId)
}

/**
 * The instrument in the wording that new responses use: the newest choice, else our plain-language edition. Undefined
 * when we do not ship the instrument.
 */
export async function instrumentInUse(
  db: Read,
  clinicId: ClinicId,
  instrumentId: string,
): Promise<InstrumentInUse | undefined> {
  const plain = instrumentById(instrumentId)
  if (!plain) return undefined
  const choice = await newestChoice(db, clinicId, instrumentId)
  if (!choice?.editionId) return { instrument: plain, editionId: null }
  const edition = await editionById(db, clinicId, choice.editionId)
  return edition
    ? { instrument: inEdition(plain, edition), editionId: edition.id }
    : { instrument: plain, editionId: null }
}

/**
 * The instrument in one wording, whichever holds now; null asks for our plain-language edition. Undefined when there is
 * no such instrument or the edition is not one of it.
 */
export async function instrumentOfEdition(
  db: Read,
  clinicId: ClinicId,
  instrumentId: string,
  editionId: EditionId | null,
): Promise<Instrument | undefined> {
  const plain = instrumentById(instrumentId)
  if (!plain || editionId === null) return plain
  const edition = await editionById(db, clinicId, editionId)
  return edition?.instrumentId === instrumentId ? inEdition(plain, edition) : undefined
}

function inEdition(plain: Instrument, { edition, wording }: WordingEdition): Instrument {
  return withWording(plain, edition, wording)
}

export async function editionById(
  db: Read,
  clinicId: ClinicId,
  id: EditionId,
): Promise<WordingEdition | undefined> {
  const row = await editions(db, clinicId).where('id', '=', id).executeTakeFirst()
  return row && toEdition(row)
}

/** The edition of that name, as it is stored with a response; undefined for the name of our own edition. */
export async function editionByName(
  db: Read,
  clinicId: ClinicId,
  instrumentId: string,
  edition: string,
): Promise<WordingEdition | undefined> {
  const row = await editions(db, clinicId)
    .where('instrument_id', '=', instrumentId)
    .where('edition', '=', edition)
    .executeTakeFirst()
  return row && toEdition(row)
}

/** Every imported edition of an instrument, newest first. */
export async function editionsOfInstrument(
  db: Read,
  clinicId: ClinicId,
  instrumentId: string,
): Promise<WordingEdition[]> {
  const rows = await editions(db, clinicId)
    .where('instrument_id', '=', instrumentId)
    .orderBy('imported_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(toEdition)
}

export async function newestChoice(
  db: Read,
  clinicId: ClinicId,
  instrumentId: string,
): Promise<EditionChoice | undefined> {
  const row = await read(db)
    .selectFrom('instrument_edition_choice')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .where('instrument_id', '=', instrumentId)
    .orderBy('chosen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toChoice(row)
}

/** The editions in use, by instrument; an instrument that uses our own edition is not among them. */
export async function editionsInUse(
  db: Read,
  clinicId: ClinicId,
): Promise<ReadonlyMap<string, WordingEdition>> {
  const choices = await read(db)
    .selectFrom('instrument_edition_choice')
    .selectAll()
    .distinctOn('instrument_id')
    .where('clinic_id', '=', clinicId)
    .orderBy('instrument_id')
    .orderBy('chosen_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const ids = choices.flatMap(({ edition_id }) => (edition_id === null ? [] : [edition_id]))
  if (ids.length === 0) return new Map()
  const rows = await editions(db, clinicId).where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.instrument_id, toEdition(row)]))
}

/** Where the words of these editions come from, without the words. */
export async function editionOrigins(
  db: Read,
  clinicId: ClinicId,
  names: readonly string[],
): Promise<Pick<WordingEdition, 'instrumentId' | 'edition' | 'source' | 'importedAt'>[]> {
  if (names.length === 0) return []
  const rows = await read(db)
    .selectFrom('instrument_edition')
    .select(['instrument_id', 'edition', 'source', 'imported_at'])
    .where('clinic_id', '=', clinicId)
    .where('edition', 'in', [...names])
    .execute()
  return rows.map((row) => ({
    instrumentId: row.instrument_id,
    edition: row.edition,
    source: row.source as WordingEdition['source'],
    importedAt: row.imported_at,
  }))
}

/** @returns false when this instrument has an edition of this name already */
export async function insertEdition(
  db: Write,
  clinicId: ClinicId,
  edition: WordingEdition,
): Promise<boolean> {
  const row = await write(db)
    .insertInto('instrument_edition')
    .values({
      clinic_id: clinicId,
      id: edition.id,
      instrument_id: edition.instrumentId,
      edition: edition.edition,
      form_hash: edition.formHash,
      language: edition.language,
      wording: json(edition.wording),
      source: json(edition.source),
      report: json(edition.report),
      imported_at: edition.importedAt,
      imported_by: edition.importedBy,
    })
    .onConflict((c) => c.columns(['clinic_id', 'instrument_id', 'edition']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function insertChoice(db: Write, clinicId: ClinicId, choice: EditionChoice): Promise<void> {
  await write(db)
    .insertInto('instrument_edition_choice')
    .values({
      clinic_id: clinicId,
      id: choice.id,
      instrument_id: choice.instrumentId,
      edition_id: choice.editionId,
      chosen_at: choice.chosenAt,
      chosen_by: choice.chosenBy,
    })
    .execute()
}
