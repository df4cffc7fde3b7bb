import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, PersonId } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import { type ConsentChange, consentChangesOf } from './consent-changes.ts'
import { type ConsentDocument, type ConsentState, consentStateOf } from './consent-document.ts'
import { documentsInForce } from './consent-library.ts'
import { documentReleases, signaturesOfPerson } from './consent-queries.server.ts'

/** The documents of a clinic in the version that is read and signed there today. */
export async function documentsOfClinic(db: Read, clinicId: ClinicId): Promise<readonly ConsentDocument[]> {
  return documentsInForce(await documentReleases(db, clinicId))
}

/** One of them. @returns undefined when there is no such document */
export async function documentOfClinic(
  db: Read,
  clinicId: ClinicId,
  id: string,
): Promise<ConsentDocument | undefined> {
  return (await documentsOfClinic(db, clinicId)).find((d) => d.id === id)
}

/** Which documents a person must have signed before a dose: signed in the version in force, or missing and why. */
export async function consentState(db: Read, clinicId: ClinicId, personId: PersonId): Promise<ConsentState> {
  const documents = await documentsOfClinic(db, clinicId)
  return consentStateOf(
    documents.filter((d) => d.need === 'before-dosing'),
    await signaturesOfPerson(db, clinicId, personId),
  )
}

/** What became of a person's consent to dosing between two instants, as `consentChangesOf` tells it. */
export async function consentChanges(
  db: Read,
  clinicId: ClinicId,
  personId: PersonId,
  from: Instant,
  until: Instant | undefined,
): Promise<ConsentChange[]> {
  return consentChangesOf(await signaturesOfPerson(db, clinicId, personId), from, until)
}
