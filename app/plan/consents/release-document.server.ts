import type { Command } from '../../platform/command.server.ts'
import type { Id } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { releaseDocument as releaseAction } from '../plan-access.ts'
import { consentDocument } from './consent-library.ts'
import { insertRelease } from './consent-queries.server.ts'
import { documentOfClinic } from './consents-of.server.ts'

/**
 * A manager puts a version of a document in force, with the reason. From then on only a signature of that version counts:
 * whoever signed another one is asked again, and no dose begins until they have signed.
 */
export const releaseDocument: Command<
  {
    readonly key: Id<'document-release'>
    readonly documentId: string
    readonly version: string
    readonly reason: string
  },
  { readonly version: string },
  'no-such-version' | 'in-force-already' | 'reason-missing'
> = {
  action: releaseAction,
  async run({ db, at, actor, audit, tell }, { key, documentId, version, reason }) {
    if (actor.kind !== 'member' || !consentDocument(documentId, version)) return refused('no-such-version')
    if (reason.trim().length < 5) return refused('reason-missing')
    if ((await documentOfClinic(db, actor.clinicId, documentId))?.version === version)
      return refused('in-force-already')
    const stored = await insertRelease(db, actor.clinicId, {
      id: key,
      documentId,
      version,
      reason: reason.trim(),
      releasedBy: actor.accountId,
      inForceFrom: at,
    })
    if (!stored) return done({ version })
    audit.write(releaseAction.id, {
      object: 'consent-document',
      objectId: key,
      detail: { document: documentId, version },
    })
    tell('consent-document.released', { documentId, version })
    return done({ version })
  },
}
