import type { Needs } from '../../platform/command.server.ts'
import type { AccountId } from '../../platform/ids.ts'
import type { Protocol } from './protocol.ts'
import { protocolById } from './protocol-library.ts'
import { holdProtocol, ownVersions, protocolEvents } from './protocol-queries.server.ts'
import { ownVersionNumber, type ProtocolEvent, type ProtocolVersionId } from './protocol-version.ts'

/** A version, own or of the library, with what happened to it here. */
export type HeldVersion = {
  readonly protocolId: string
  readonly version: string
  /** Undefined for a version of the library. */
  readonly ownId: ProtocolVersionId | undefined
  /** 0 for a version of the library. */
  readonly revision: number
  readonly protocol: Protocol
  /** Who wrote on it, or put a version of the library forward: none of them reviews it. */
  readonly authors: readonly (AccountId | undefined)[]
  readonly events: readonly ProtocolEvent[]
}

/** One version, as it is, without holding it. @returns undefined when there is none */
export async function versionNamed(
  db: Parameters<typeof ownVersions>[0],
  clinicId: Parameters<typeof ownVersions>[1],
  protocolId: string,
  version: string,
): Promise<HeldVersion | undefined> {
  if (ownVersionNumber(version) !== undefined) {
    const own = (await ownVersions(db, clinicId, protocolId)).find((v) => v.version === version)
    return own && { ...own, ownId: own.id }
  }
  const protocol = protocolById(protocolId, version)
  if (!protocol) return undefined
  const events = (await protocolEvents(db, clinicId, protocolId)).filter((e) => e.version === version)
  const putForward = events.findLast(({ kind }) => kind === 'submitted')
  return {
    protocolId,
    version,
    ownId: undefined,
    revision: 0,
    protocol,
    authors: putForward ? [putForward.by] : [],
    events,
  }
}

/** The same, held until the transaction ends. */
export async function holdVersion(
  { db, actor }: Needs,
  protocolId: string,
  version: string,
): Promise<HeldVersion | undefined> {
  await holdProtocol(db, actor.clinicId, protocolId)
  return versionNamed(db, actor.clinicId, protocolId, version)
}
