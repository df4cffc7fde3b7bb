import type { AccountId, Id } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { Protocol } from './protocol.ts'
import type { SimulationReport } from './simulation-report.ts'

export type ProtocolVersionId = Id<'protocol-version'>

export type ProtocolEventKind = 'submitted' | 'returned' | 'approved' | 'published' | 'retired'

/** Something that happened to one version of a protocol in this clinic. */
export type ProtocolEvent = {
  readonly id: Id<'protocol-event'>
  readonly protocolId: string
  /** "1" for a version of the library, "own-2" for one of the clinic. */
  readonly version: string
  readonly kind: ProtocolEventKind
  readonly revision: number | undefined
  readonly reason: string | undefined
  readonly by: AccountId | undefined
  readonly at: Instant
}

/** A clinic's own version with its newest content and all that happened to it, oldest first. */
export type OwnVersion = {
  readonly id: ProtocolVersionId
  readonly protocolId: string
  readonly number: number
  readonly version: string
  readonly basedOn: string
  readonly revision: number
  readonly protocol: Protocol
  /** Everybody who wrote on it, in order: none of them may review it. */
  readonly authors: readonly (AccountId | undefined)[]
  readonly draftedAt: Instant
  readonly savedAt: Instant
  readonly events: readonly ProtocolEvent[]
}

export type VersionState = 'draft' | 'in-review' | 'approved' | 'published' | 'retired'

/** A simulation of one revision, with what it found. */
export type StoredSimulation = {
  readonly id: Id<'protocol-simulation'>
  readonly revision: number
  readonly seed: number
  readonly report: SimulationReport
  readonly by: AccountId | undefined
  readonly at: Instant
}

/** What a clinic's own version number is called; the library's versions are plain numbers and never collide with it. */
export function ownVersionName(number: number): string {
  return `own-${number}`
}

/** The number of a clinic's own version; undefined for a version of the library. */
export function ownVersionNumber(version: string): number | undefined {
  const found = /^own-([1-9]\d{0,8})$/.exec(version)
  return found ? Number(found[1]) : undefined
}

/**
 * Where a clinic's own version stands: what happened last decides.
 *
 * @example versionState([]) // 'draft'
 */
export function versionState(events: readonly Pick<ProtocolEvent, 'kind'>[]): VersionState {
  const last = events.at(-1)?.kind
  if (last === undefined || last === 'returned') return 'draft'
  return last === 'submitted' ? 'in-review' : last
}

/** What may happen next to a version in each state. Anything else is refused and changes nothing. */
export const NEXT_EVENTS: Readonly<Record<VersionState, readonly ProtocolEventKind[]>> = {
  draft: ['submitted', 'retired'],
  'in-review': ['approved', 'returned', 'retired'],
  approved: ['published', 'returned', 'retired'],
  published: ['retired'],
  retired: [],
}

/**
 * Which version a new plan is made with: the published one of the clinic with the highest number; else the newest of
 * the library. Retired ones never.
 *
 * @param libraryVersions versions of the library that are not retired here, oldest first
 * @returns undefined when all are retired
 */
export function currentVersion(
  libraryVersions: readonly string[],
  own: readonly Pick<OwnVersion, 'version' | 'number' | 'events'>[],
): string | undefined {
  const published = own
    .filter(({ events }) => versionState(events) === 'published')
    .sort((a, b) => b.number - a.number)[0]
  return published?.version ?? libraryVersions.at(-1)
}
