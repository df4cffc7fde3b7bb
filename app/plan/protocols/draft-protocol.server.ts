import type { Command } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { draftProtocol as draftAction } from '../plan-access.ts'
import type { Protocol } from './protocol.ts'
import { libraryIds } from './protocol-library.ts'
import { protocolOf } from './protocol-of.server.ts'
import { holdProtocol, insertRevision, insertVersion, ownVersions } from './protocol-queries.server.ts'
import { ownProtocolId, ownVersionName, type ProtocolVersionId, versionState } from './protocol-version.ts'

/** Begins a version of the clinic's own from any version of a protocol. The same form sent twice begins one. */
export const draftProtocol: Command<
  { readonly key: ProtocolVersionId; readonly protocolId: string; readonly basedOn: string },
  { readonly version: string },
  'no-such-protocol' | 'no-such-version'
> = {
  action: draftAction,
  async run({ db, at, actor, audit, tell }, input) {
    await holdProtocol(db, actor.clinicId, input.protocolId)
    const own = await ownVersions(db, actor.clinicId, input.protocolId)
    if (own.length === 0 && !libraryIds().includes(input.protocolId)) return refused('no-such-protocol')
    const repeated = own.find(({ id }) => id === input.key)
    if (repeated) return done({ version: repeated.version })
    const base = await protocolOf(db, actor.clinicId, input.protocolId, input.basedOn)
    if (!base) return refused('no-such-version')
    const number = Math.max(0, ...own.map((v) => v.number)) + 1
    const version = ownVersionName(number)
    const by = actor.kind === 'member' ? actor.accountId : undefined
    const made = await insertVersion(db, actor.clinicId, {
      id: input.key,
      protocolId: input.protocolId,
      number,
      basedOn: input.basedOn,
      by,
      at,
    })
    // The id is taken by a version of another protocol.
    if (!made) return refused('no-such-version')
    await insertRevision(db, actor.clinicId, {
      versionId: input.key,
      revision: 1,
      protocol: { ...base, version },
      by,
      at,
    })
    audit.write(draftAction.id, {
      object: 'protocol-version',
      objectId: input.key,
      detail: { protocol: input.protocolId, version, basedOn: input.basedOn },
    })
    tell('protocol.drafted', { protocolId: input.protocolId, version })
    return done({ version })
  },
}

/**
 * Begins a protocol of the clinic's own under a new name, as a copy of any version of another one. The same form sent
 * twice begins one.
 */
export const copyProtocol: Command<
  {
    readonly key: ProtocolVersionId
    readonly protocolId: string
    readonly basedOn: string
    /** The new name; the new id is made of it. */
    readonly title: string
  },
  { readonly protocolId: string; readonly version: string },
  'no-such-version' | 'name-missing' | 'name-taken'
> = {
  action: draftAction,
  async run({ db, at, actor, audit, tell }, input) {
    const title = input.title.trim()
    const protocolId = ownProtocolId(title)
    if (!protocolId || title.length > 120) return refused('name-missing')
    await holdProtocol(db, actor.clinicId, protocolId)
    const [first] = await ownVersions(db, actor.clinicId, protocolId)
    const version = ownVersionName(1)
    if (first) return first.id === input.key ? done({ protocolId, version }) : refused('name-taken')
    const base = await protocolOf(db, actor.clinicId, input.protocolId, input.basedOn)
    if (!base) return refused('no-such-version')
    const by = actor.kind === 'member' ? actor.accountId : undefined
    const basedOn = `${input.protocolId}/${input.basedOn}`
    const made = await insertVersion(db, actor.clinicId, {
      id: input.key,
      protocolId,
      number: 1,
      basedOn,
      by,
      at,
    })
    // The id is taken by a version of another protocol.
    if (!made) return refused('no-such-version')
    await insertRevision(db, actor.clinicId, {
      versionId: input.key,
      revision: 1,
      protocol: { ...base, id: protocolId, version, title },
      by,
      at,
    })
    audit.write(draftAction.id, {
      object: 'protocol-version',
      objectId: input.key,
      detail: { protocol: protocolId, version, basedOn },
    })
    tell('protocol.drafted', { protocolId, version })
    return done({ protocolId, version })
  },
}

/**
 * Stores a draft as its next revision. Who saves names the revision they saw: what somebody else saved meanwhile is
 * never written over unseen. Saving what is stored already changes nothing.
 */
export const saveDraft: Command<
  {
    readonly protocolId: string
    readonly version: string
    readonly seenRevision: number
    /** As `parseProtocol` gave it. */
    readonly protocol: Protocol
  },
  { readonly revision: number },
  'no-such-version' | 'not-a-draft' | 'changed-meanwhile'
> = {
  action: draftAction,
  async run({ db, at, actor, audit, tell }, input) {
    await holdProtocol(db, actor.clinicId, input.protocolId)
    const own = (await ownVersions(db, actor.clinicId, input.protocolId)).find(
      ({ version }) => version === input.version,
    )
    if (!own) return refused('no-such-version')
    if (versionState(own.events) !== 'draft') return refused('not-a-draft')
    const protocol: Protocol = { ...input.protocol, id: input.protocolId, version: input.version }
    if (JSON.stringify(protocol) === JSON.stringify(own.protocol)) return done({ revision: own.revision })
    if (own.revision !== input.seenRevision) return refused('changed-meanwhile')
    const revision = own.revision + 1
    await insertRevision(db, actor.clinicId, {
      versionId: own.id,
      revision,
      protocol,
      by: actor.kind === 'member' ? actor.accountId : undefined,
      at,
    })
    audit.write(draftAction.id, {
      object: 'protocol-version',
      objectId: own.id,
      detail: { protocol: input.protocolId, version: input.version, revision },
    })
    tell('protocol.saved', { protocolId: input.protocolId, version: input.version })
    return done({ revision })
  },
}
