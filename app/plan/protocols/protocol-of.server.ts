import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import type { Plan } from '../plan.ts'
import { type Orderability, orderability } from './orderable.ts'
import type { Protocol } from './protocol.ts'
import { libraryIds, libraryVersions, protocolById } from './protocol-library.ts'
import { ownVersionContent, ownVersions, protocolEvents } from './protocol-queries.server.ts'
import { currentVersion, type OwnVersion, ownVersionNumber, type ProtocolEvent } from './protocol-version.ts'

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

/** A protocol as the clinic has it: the version new plans are made with, and whether they can be. */
export type ClinicProtocol = {
  readonly id: string
  /** What new plans get; undefined when every version is retired. */
  readonly current: Protocol | undefined
  readonly orderability: Orderability
  readonly library: readonly Protocol[]
  readonly own: readonly OwnVersion[]
  readonly events: readonly ProtocolEvent[]
}

/** Every protocol of the library with the clinic's own versions beside it, in the order of the library. */
export async function clinicProtocols(db: Read, clinicId: ClinicId): Promise<ClinicProtocol[]> {
  const own = await ownVersions(db, clinicId)
  const events = await protocolEvents(db, clinicId)
  return libraryIds().map((id) =>
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
  if (!libraryIds().includes(id)) return undefined
  return clinicProtocol(id, await ownVersions(db, clinicId, id), await protocolEvents(db, clinicId, id))
}

function clinicProtocol(
  id: string,
  own: readonly OwnVersion[],
  events: readonly ProtocolEvent[],
): ClinicProtocol {
  const library = libraryVersions(id)
  const live = library.filter(
    ({ version }) => !events.some((e) => e.version === version && e.kind === 'retired'),
  )
  const version = currentVersion(
    live.map((p) => p.version),
    own,
  )
  const current = own.find((v) => v.version === version)?.protocol ?? live.find((p) => p.version === version)
  return {
    id,
    current,
    orderability: current
      ? orderability(current)
      : { orderable: false, reasons: ['Every version is retired in this clinic.'] },
    library,
    own,
    events,
  }
}

/**
 * The protocol a new plan is made with.
 *
 * @returns undefined when there is none that may be ordered
 */
export async function protocolForNewPlan(
  db: Read,
  clinicId: ClinicId,
  id: string,
): Promise<Protocol | undefined> {
  const found = await clinicProtocolById(db, clinicId, id)
  return found?.orderability.orderable ? found.current : undefined
}
