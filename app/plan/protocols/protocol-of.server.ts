import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { done, type Outcome, refused } from '../../platform/outcome.ts'
import type { Plan } from '../plan.ts'
import { type Orderability, orderability } from './orderable.ts'
import type { Protocol } from './protocol.ts'
import { libraryIds, libraryVersions, protocolById } from './protocol-library.ts'
import { ownVersionContent, ownVersions, protocolEvents } from './protocol-queries.server.ts'
import {
  type OwnVersion,
  ownVersionNumber,
  type ProtocolEvent,
  versionInUse,
  versionState,
} from './protocol-version.ts'

/**
 * One version of a protocol: of the library, or of the clinic's own ("own-2"). Whatever a running plan names is
 * found, retired or not.
 *
 * @returns undefined when there is no such protocol or version
 */
export async function protocolOf(
  db: Read,
  clinicId: ClinicId,
  id: string,
  version: string,
): Promise<Protocol | undefined> {
  const number = ownVersionNumber(version)
  return number === undefined ? protocolById(id, version) : ownVersionContent(db, clinicId, id, number)
}

/**
 * The protocol a plan was made with and keeps.
 *
 * @throws Error when it is not there: a plan without its protocol must not be treated by another
 */
export async function protocolOfPlan(
  db: Read,
  clinicId: ClinicId,
  plan: Pick<Plan, 'id' | 'protocolId' | 'protocolVersion'>,
): Promise<Protocol> {
  const protocol = await protocolOf(db, clinicId, plan.protocolId, plan.protocolVersion)
  if (!protocol) throw new Error(`plan ${plan.id} names a protocol that does not exist`)
  return protocol
}

/**
 * How a protocol stands in a clinic: new plans get a version of it; the library offers it and nobody adopted it; the
 * clinic's own versions are not published; everything is retired.
 */
type Standing = 'in-use' | 'offered' | 'not-published' | 'retired'

/** A protocol as the clinic has it: the version new plans are made with, and whether they can be. */
export type ClinicProtocol = {
  readonly id: string
  /** What new plans get: the version published or adopted last. */
  readonly current: Protocol | undefined
  readonly standing: Standing
  /** What is read when no version is asked for: the current one, else the newest. */
  readonly shown: Protocol
  /** Of the shown version. */
  readonly orderability: Orderability
  /** Empty for a protocol of the clinic's own. */
  readonly library: readonly Protocol[]
  readonly own: readonly OwnVersion[]
  readonly events: readonly ProtocolEvent[]
}

/** Every protocol of the library with the clinic's own versions beside it, in the order of the library; then its own. */
export async function clinicProtocols(db: Read, clinicId: ClinicId): Promise<ClinicProtocol[]> {
  const own = await ownVersions(db, clinicId)
  const events = await protocolEvents(db, clinicId)
  const ids = new Set([...libraryIds(), ...own.map(({ protocolId }) => protocolId)])
  return [...ids].map((id) =>
    clinicProtocol(
      id,
      own.filter((v) => v.protocolId === id),
      events.filter((e) => e.protocolId === id),
    ),
  )
}

/** @returns undefined when there is no such protocol */
export async function clinicProtocolById(
  db: Read,
  clinicId: ClinicId,
  id: string,
): Promise<ClinicProtocol | undefined> {
  const own = await ownVersions(db, clinicId, id)
  if (own.length === 0 && !libraryIds().includes(id)) return undefined
  return clinicProtocol(id, own, await protocolEvents(db, clinicId, id))
}

function clinicProtocol(
  id: string,
  own: readonly OwnVersion[],
  events: readonly ProtocolEvent[],
): ClinicProtocol {
  const library = libraryVersions(id)
  const version = versionInUse(events)
  const current =
    own.find((v) => v.version === version)?.protocol ?? library.find((p) => p.version === version)
  const isRetired = (each: { readonly version: string }) =>
    versionState(events.filter((e) => e.version === each.version)) === 'retired'
  const offered = library.findLast((p) => !isRetired(p))
  const shown = current ?? offered ?? own.at(-1)?.protocol ?? library.at(-1)!
  return {
    id,
    current,
    standing: current ? 'in-use' : offered ? 'offered' : own.every(isRetired) ? 'retired' : 'not-published',
    shown,
    orderability: orderability(shown),
    library,
    own,
    events,
  }
}

/** The protocol a new plan is made with, or why there is none: a library's offer must be adopted first. */
export async function protocolForNewPlan(
  db: Read,
  clinicId: ClinicId,
  id: string,
): Promise<Outcome<Protocol, 'no-such-protocol' | 'protocol-not-adopted'>> {
  const found = await clinicProtocolById(db, clinicId, id)
  if (!found?.orderability.orderable) return refused('no-such-protocol')
  if (found.current) return done(found.current)
  return refused(found.standing === 'offered' ? 'protocol-not-adopted' : 'no-such-protocol')
}
