import { type Read, reader, type Write, writer } from '../../platform/database.server.ts'
import type { AccountId, ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { SignatureId } from '../plan.ts'
import type { ConsentSignature } from './consent-document.ts'

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
    teach_back: string
    signed_by: AccountId
    signed_at: Instant
  }
  consent_withdrawal: {
    clinic_id: ClinicId
    signature_id: SignatureId
    withdrawn_by: AccountId
    withdrawn_at: Instant
  }
}

const read = (db: Read) => reader<ConsentTables>(db)
const write = (db: Write) => writer<ConsentTables>(db)

/** @returns false when this signature exists already (the same form sent twice) */
export async function insertSignature(
  db: Write,
  clinicId: ClinicId,
  personId: PersonId,
  signature: Omit<ConsentSignature, 'withdrawnAt'> & {
    readonly teachBack: Readonly<Record<string, string>>
    readonly signedBy: AccountId
  },
): Promise<boolean> {
  const row = await write(db)
    .insertInto('consent_signature')
    .values({
      clinic_id: clinicId,
      id: signature.id,
      person_id: personId,
      document_id: signature.documentId,
      document_version: signature.documentVersion,
      text_hash: signature.textHash,
      typed_name: signature.typedName,
      teach_back: JSON.stringify(signature.teachBack),
      signed_by: signature.signedBy,
      signed_at: signature.signedAt,
    })
    .onConflict((c) => c.columns(['clinic_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Everything a person ever signed, withdrawn or not. */
export async function signaturesOfPerson(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
): Promise<ConsentSignature[]> {
  const rows = await read(db)
    .selectFrom('consent_signature')
    .leftJoin('consent_withdrawal as w', (j) =>
      j
        .onRef('w.clinic_id', '=', 'consent_signature.clinic_id')
        .onRef('w.signature_id', '=', 'consent_signature.id'),
    )
    .selectAll('consent_signature')
    .select('w.withdrawn_at')
    .where('consent_signature.clinic_id', '=', clinicId)
    .where('consent_signature.person_id', '=', personId)
    .orderBy('consent_signature.signed_at', 'desc')
    .orderBy('consent_signature.id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    documentId: row.document_id,
    documentVersion: row.document_version,
    textHash: row.text_hash,
    typedName: row.typed_name,
    signedAt: row.signed_at,
    withdrawnAt: row.withdrawn_at ?? undefined,
  }))
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
