import { type ColumnType, sql } from 'kysely'
import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { AccountId, ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { SignatureId } from '../plan.ts'
import type { DocumentRelease, SignedConsent } from './consent-document.ts'
import type { DisclosureElements } from './disclosure-elements.ts'
import type { Witness } from './signing.ts'

/** Names the tables of consent. */
type ConsentTables = {
  consent_signature: {
    clinic_id: ClinicId
    id: SignatureId
    person_id: PersonId
    document_id: string
    document_version: string
    text_hash: string
    typed_name: string
    teach_back: ColumnType<Readonly<Record<string, string>>, string, never>
    signed_by: AccountId
    signed_at: Instant
    signature_hash: string | null
    drawing: string | null
    acknowledged: ColumnType<readonly string[] | null, string, never>
    elements: ColumnType<DisclosureElements | null, string | null, never>
    witness: ColumnType<Witness | null, string | null, never>
    interpreter: ColumnType<Witness | null, string | null, never>
    assistance: string | null
  }
  consent_withdrawal: {
    clinic_id: ClinicId
    signature_id: SignatureId
    withdrawn_by: AccountId
    withdrawn_at: Instant
  }
  consent_document_release: {
    clinic_id: ClinicId
    id: string
    document_id: string
    document_version: string
    reason: string
    released_by: AccountId
    in_force_from: Instant
  }
  consent_head: { clinic_id: ClinicId; person_id: PersonId; changes: number }
}

const read = (db: Read) => reader<ConsentTables>(db)
const write = (db: Write) => writer<ConsentTables>(db)

/**
 * Whoever signs or takes back for this person waits here until the one before has committed. A row of their own, not the
 * person's: reading the record never waits.
 */
export async function lockConsents(db: Write, clinicId: ClinicId, personId: PersonId): Promise<void> {
  await write(db)
    .insertInto('consent_head')
    .values({ clinic_id: clinicId, person_id: personId, changes: 1 })
    .onConflict((c) =>
      c.columns(['clinic_id', 'person_id']).doUpdateSet({ changes: sql<number>`consent_head.changes + 1` }),
    )
    .execute()
}

export type NewSignature = Omit<SignedConsent, 'withdrawnAt' | 'withdrawnBy' | 'signatureHash'> & {
  readonly signatureHash: string
}

/** @returns false when this signature exists already (the same form sent twice) */
export async function insertSignature(
  db: Write,
  clinicId: ClinicId,
  signature: NewSignature,
): Promise<boolean> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  const row = await write(db)
    .insertInto('consent_signature')
    .values({
      clinic_id: clinicId,
      id: signature.id,
      person_id: signature.personId,
      document_id: signature.documentId,
      document_version: signature.documentVersion,
      text_hash: signature.textHash,
      signature_hash: signature.signatureHash,
      typed_name: signature.typedName,
      drawing: signature.drawing ?? null,
      teach_back: JSON.stringify(signature.teachBack),
      acknowledged: JSON.stringify(signature.acknowledged),
      elements: json(signature.elements),
      witness: json(signature.witness),
      interpreter: json(signature.interpreter),
      assistance: signature.assistance ?? null,
      signed_by: signature.signedBy,
      signed_at: signature.signedAt,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Everything a person ever signed, withdrawn or not, the newest first. */
export async function signaturesOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
): Promise<SignedConsent[]> {
  const rows = await read(db)
    .selectFrom('consent_signature')
    .leftJoin('consent_withdrawal as w', (j) =>
      j
        .onRef('w.clinic_id', '=', 'consent_signature.clinic_id')
        .onRef('w.signature_id', '=', 'consent_signature.id'),
    )
    .selectAll('consent_signature')
    .select(['w.withdrawn_at', 'w.withdrawn_by'])
    .where('consent_signature.clinic_id', '=', clinicId)
    .where('consent_signature.person_id', '=', personId)
    .orderBy('consent_signature.signed_at', 'desc')
    .orderBy('consent_signature.id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    documentId: row.document_id,
    documentVersion: row.document_version,
    textHash: row.text_hash,
    signatureHash: row.signature_hash ?? undefined,
    typedName: row.typed_name,
    drawing: row.drawing ?? undefined,
    teachBack: row.teach_back,
    acknowledged: row.acknowledged ?? [],
    elements: row.elements ?? undefined,
    witness: row.witness ?? undefined,
    interpreter: row.interpreter ?? undefined,
    assistance: row.assistance ?? undefined,
    signedBy: row.signed_by,
    signedAt: row.signed_at,
    withdrawnAt: row.withdrawn_at ?? undefined,
    withdrawnBy: row.withdrawn_by ?? undefined,
  }))
}

/** Every version a clinic ever put in force, the newest first. */
export async function documentReleases(db: Read, clinicId: ClinicId): Promise<DocumentRelease[]> {
  const rows = await read(db)
    .selectFrom('consent_document_release')
    .selectAll()
    .where('clinic_id', '=', clinicId)
    .orderBy('in_force_from', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({
    documentId: row.document_id,
    version: row.document_version,
    reason: row.reason,
    releasedBy: row.released_by,
    inForceFrom: row.in_force_from,
  }))
}

/** @returns false when this release exists already (the same form sent twice) */
export async function insertRelease(
  db: Write,
  clinicId: ClinicId,
  release: DocumentRelease & { readonly id: string },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('consent_document_release')
    .values({
      clinic_id: clinicId,
      id: release.id,
      document_id: release.documentId,
      document_version: release.version,
      reason: release.reason,
      released_by: release.releasedBy,
      in_force_from: release.inForceFrom,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** How many people have an unended signature of this document in another version than the one given. */
export async function signedInOtherVersion(
  db: Read,
  clinicId: ClinicId,
  documentId: string,
  version: string,
): Promise<number> {
  const row = await read(db)
    .selectFrom('consent_signature as s')
    .leftJoin('consent_withdrawal as w', (j) =>
      j.onRef('w.clinic_id', '=', 's.clinic_id').onRef('w.signature_id', '=', 's.id'),
    )
    .select(({ fn }) => fn.count<number>('s.person_id').distinct().as('people'))
    .where('s.clinic_id', '=', clinicId)
    .where('s.document_id', '=', documentId)
    .where('s.document_version', '<>', version)
    .where('w.signature_id', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.people)
}

export async function insertConsentWithdrawal(
  db: Write,
  clinicId: ClinicId,
  withdrawal: { signatureId: SignatureId; by: AccountId; at: Instant },
): Promise<void> {
  await write(db)
    .insertInto('consent_withdrawal')
    .values({
      clinic_id: clinicId,
      signature_id: withdrawal.signatureId,
      withdrawn_by: withdrawal.by,
      withdrawn_at: withdrawal.at,
    })
    .onConflict((c) => c.columns(['clinic_id', 'signature_id']).doNothing())
    .execute()
}
