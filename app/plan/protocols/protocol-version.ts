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

/** Where a version stands; a version of the library that is a “draft” here is an offer that nobody took up. */
export type VersionState = 'draft' | 'in-review' | 'approved' | 'published' | 'retired'

/** A simulation of one revision, with what it found. The revision of a version of the library is 0. */
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
 * What an own version was begun from: a version of the same protocol ("own-1"), or, for a protocol under a new name,
 * one of another ("aud-kare/1").
 */
export function basisOf({ protocolId, basedOn }: Pick<OwnVersion, 'protocolId' | 'basedOn'>): {
  readonly protocolId: string
  readonly version: string
} {
  const [other, version] = basedOn.split('/')
  return version === undefined ? { protocolId, version: basedOn } : { protocolId: other!, version }
}

/**
 * The id of a clinic's own protocol by its name. It begins with "own-", which no protocol of the library does.
 *
 * @returns undefined when the name has neither letters nor digits to make one of
 * @example ownProtocolId('Two infusions, slow') // 'own-two-infusions-slow'
 */
export function ownProtocolId(title: string): string | undefined {
  const plain = title.normalize('NFKD').toLowerCase()
  const words = plain.replaceAll(/[\u0300-\u036f]/g, '').match(/[a-z0-9]+/g)
  return words ? `own-${words.join('-')}`.slice(0, 40).replace(/-$/, '') : undefined
}

/**
 * Where a version stands in this clinic: what happened last decides.
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
 * Which version a new plan is made with: the one that was published or adopted last and is not retired.
 *
 * @param events of all versions of one protocol, oldest first
 * @returns undefined when there is none
 */
export function versionInUse(events: readonly Pick<ProtocolEvent, 'version' | 'kind'>[]): string | undefined {
  return events.findLast(
    ({ version, kind }) =>
      kind === 'published' && versionState(events.filter((e) => e.version === version)) === 'published',
  )?.version
}
