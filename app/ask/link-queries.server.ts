import { type Read, reader, type Write, writer } from '../platform/database.server.ts'
import type { ClinicId } from '../platform/ids.ts'
import { addMs, DAY_MS, type Instant } from '../platform/time.ts'
import { type ConsultationRequest, requestByHash, requestById } from './ask-queries.server.ts'
import type { RequestId } from './request.ts'

type LinkTables = {
  request_link: { clinic_id: ClinicId; token_hash: string; request_id: RequestId; made_at: Instant }
  request_form_key: { clinic_id: ClinicId; signing_key: string; made_at: Instant }
}

/** How long a further link to the state of a request opens it. */
const LINK_DAYS = 30

export async function insertLink(
  db: Write,
  clinicId: ClinicId,
  link: { readonly tokenHash: string; readonly requestId: RequestId; readonly at: Instant },
): Promise<void> {
  await writer<LinkTables>(db)
    .insertInto('request_link')
    .values({
      clinic_id: clinicId,
      token_hash: link.tokenHash,
      request_id: link.requestId,
      made_at: link.at,
    })
    .execute()
}

/** The request whose state a secret shows: the secret it was sent with, or that of a further link that is still young. */
export async function requestOfSecret(
  db: Read,
  clinicId: ClinicId,
  tokenHash: string,
  at: Instant,
): Promise<ConsultationRequest | undefined> {
  const sent = await requestByHash(db, clinicId, tokenHash)
  if (sent) return sent
  const row = await reader<LinkTables>(db)
    .selectFrom('request_link')
    .select('request_id')
    .where('clinic_id', '=', clinicId)
    .where('token_hash', '=', tokenHash)
    .where('made_at', '>', addMs(at, -LINK_DAYS * DAY_MS))
    .executeTakeFirst()
  return row && requestById(db, clinicId, row.request_id)
}

/** What a clinic signs the opening of its form with; undefined until the form is opened for the first time. */
export async function formKey(db: Read, clinicId: ClinicId): Promise<string | undefined> {
  const row = await reader<LinkTables>(db)
    .selectFrom('request_form_key')
    .select('signing_key')
    .where('clinic_id', '=', clinicId)
    .executeTakeFirst()
  return row?.signing_key
}

/** Keeps a key, unless there is one. */
export async function insertFormKey(
  db: Write,
  clinicId: ClinicId,
  key: { readonly signingKey: string; readonly at: Instant },
): Promise<void> {
  await writer<LinkTables>(db)
    .insertInto('request_form_key')
    .values({ clinic_id: clinicId, signing_key: key.signingKey, made_at: key.at })
    .onConflict((c) => c.doNothing())
    .execute()
}
