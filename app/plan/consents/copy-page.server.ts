import { ownPersonId } from '../../platform/actor.ts'
import { runQuery } from '../../platform/command.server.ts'
import { parseId } from '../../platform/ids.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import { readConsents, readOwnDocuments } from '../plan-access.ts'
import { type SignedCopy, signedCopy } from './signed-copy.server.ts'

/** A patient's own signed copy, by `documentId` and `signatureId` of the address; anything else is not there. */
export async function ownCopy({ services, actor, clinic, params }: PageArgs): Promise<SignedCopy> {
  const signatureId = parseId<'consent-signature'>(params.signatureId) ?? notFound()
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const personId = ownPersonId(actor) ?? notFound()
    const copy = (await signedCopy(db, clinic, personId, signatureId, at)) ?? notFound()
    if (copy.document.id !== params.documentId) notFound()
    audit.read(readOwnDocuments.id, { personId, object: 'consent', objectId: signatureId })
    return copy
  })
}

/** The same for staff, by the person's `id` and `signatureId` of the address. */
export async function copyOfPerson({ services, actor, clinic, params }: PageArgs): Promise<SignedCopy> {
  const personId = parseId<never>(params.id) ?? notFound()
  const signatureId = parseId<'consent-signature'>(params.signatureId) ?? notFound()
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const copy = (await signedCopy(db, clinic, personId, signatureId, at)) ?? notFound()
    audit.read(readConsents.id, { personId, object: 'consent', objectId: signatureId })
    return copy
  })
}
