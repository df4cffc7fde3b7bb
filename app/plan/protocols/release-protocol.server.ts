import type { StepUp } from '../../identity/index.ts'
import type { Action } from '../../platform/access.ts'
import type { Command, Needs } from '../../platform/command.server.ts'
import { done, type Outcome, refused } from '../../platform/outcome.ts'
import { MINUTE_MS, msBetween } from '../../platform/time.ts'
import { publishProtocol, retireProtocol, reviewProtocol, submitProtocol } from '../plan-access.ts'
import { protocolById } from './protocol-library.ts'
import {
  holdProtocol,
  insertProtocolEvent,
  newestSimulation,
  ownVersions,
  protocolEvents,
} from './protocol-queries.server.ts'
import {
  NEXT_EVENTS,
  type OwnVersion,
  ownVersionNumber,
  type ProtocolEventKind,
  versionState,
} from './protocol-version.ts'
import { FEWEST_SIMULATED_PEOPLE } from './simulation-report.ts'

/** A signature follows its password within this time. */
const STEP_UP_MS = 2 * MINUTE_MS

/** Which version is meant, in which revision it was read. */
export type SeenVersion = {
  readonly protocolId: string
  readonly version: string
  readonly seenRevision: number
}

type Done = { readonly version: string }
type StepRefusal = 'no-such-version' | 'not-now' | 'changed-meanwhile'

/** Hands a draft over for review: it cannot be changed until it comes back. */
export const submitDraft: Command<SeenVersion, Done, StepRefusal> = {
  action: submitProtocol,
  async run(needs, input) {
    const found = await versionNow(needs, input, 'submitted')
    return found.ok ? take(needs, submitProtocol, found.value, 'submitted') : found
  },
}

/** Sends a version back to its authors, with what should be changed. */
export const returnVersion: Command<SeenVersion & { readonly reason: string }, Done, StepRefusal> = {
  action: reviewProtocol,
  async run(needs, input) {
    const found = await versionNow(needs, input, 'returned')
    return found.ok ? take(needs, reviewProtocol, found.value, 'returned', input.reason) : found
  },
}

/** A second prescriber has read it and signs: never somebody who wrote on it, in whatever revision. */
export const approveVersion: Command<
  SeenVersion & { readonly stepUp: StepUp },
  Done,
  StepRefusal | 'own-work' | 'not-confirmed'
> = {
  action: reviewProtocol,
  async run(needs, input) {
    const found = await versionNow(needs, input, 'approved')
    if (!found.ok) return found
    const { actor } = needs
    if (!isConfirmed(needs, input.stepUp)) return refused('not-confirmed')
    // An author who is not known might be anybody.
    const authors = found.value.authors
    if (actor.kind !== 'member' || authors.includes(actor.accountId) || authors.includes(undefined))
      return refused('own-work')
    return take(needs, reviewProtocol, found.value, 'approved')
  },
}

/**
 * Makes an approved version the one that new plans get. The revision that is published must have been tried on
 * invented people.
 */
export const publishVersion: Command<
  SeenVersion & { readonly stepUp: StepUp },
  Done,
  StepRefusal | 'not-simulated' | 'not-confirmed'
> = {
  action: publishProtocol,
  async run(needs, input) {
    const found = await versionNow(needs, input, 'published')
    if (!found.ok) return found
    if (!isConfirmed(needs, input.stepUp)) return refused('not-confirmed')
    const { db, actor } = needs
    const simulation = await newestSimulation(db, actor.clinicId, found.value.id)
    if (
      !simulation ||
      simulation.revision !== found.value.revision ||
      simulation.report.people < FEWEST_SIMULATED_PEOPLE
    )
      return refused('not-simulated')
    return take(needs, publishProtocol, found.value, 'published')
  },
}

/**
 * Takes a version, of the clinic or of the library, from new plans. Running plans keep it. Repeating it changes
 * nothing.
 */
export const retireVersion: Command<
  { readonly protocolId: string; readonly version: string; readonly reason: string },
  Done,
  'no-such-version' | 'not-now'
> = {
  action: retireProtocol,
  async run(needs, input) {
    const { db, actor } = needs
    await holdProtocol(db, actor.clinicId, input.protocolId)
    const own = (await ownVersions(db, actor.clinicId, input.protocolId)).find(
      ({ version }) => version === input.version,
    )
    const inLibrary =
      ownVersionNumber(input.version) === undefined && protocolById(input.protocolId, input.version)
    if (!own && !inLibrary) return refused('no-such-version')
    const events = (await protocolEvents(db, actor.clinicId, input.protocolId)).filter(
      ({ version }) => version === input.version,
    )
    if (events.some(({ kind }) => kind === 'retired')) return done({ version: input.version })
    return take(
      needs,
      retireProtocol,
      { protocolId: input.protocolId, version: input.version, revision: own?.revision },
      'retired',
      input.reason,
    )
  },
}

function isConfirmed({ actor, at }: Needs, stepUp: StepUp): boolean {
  return (
    actor.kind === 'member' && stepUp.accountId === actor.accountId && msBetween(stepUp.at, at) <= STEP_UP_MS
  )
}

/** The version as it is, held until the transaction ends, if this may happen to it now. */
async function versionNow(
  { db, actor }: Needs,
  { protocolId, version, seenRevision }: SeenVersion,
  kind: ProtocolEventKind,
): Promise<Outcome<OwnVersion, StepRefusal>> {
  await holdProtocol(db, actor.clinicId, protocolId)
  const own = (await ownVersions(db, actor.clinicId, protocolId)).find((v) => v.version === version)
  if (!own) return refused('no-such-version')
  const state = versionState(own.events)
  if (!NEXT_EVENTS[state].includes(kind)) return refused('not-now', { state })
  return own.revision === seenRevision ? done(own) : refused('changed-meanwhile')
}

async function take(
  { db, at, ids, actor, audit, tell }: Needs,
  action: Action,
  own: { readonly protocolId: string; readonly version: string; readonly revision: number | undefined },
  kind: ProtocolEventKind,
  reason?: string,
): Promise<Outcome<Done, never>> {
  const { protocolId, version, revision } = own
  await insertProtocolEvent(db, actor.clinicId, {
    id: ids.next(),
    protocolId,
    version,
    kind,
    revision,
    reason,
    by: actor.kind === 'member' ? actor.accountId : undefined,
    at,
  })
  audit.write(action.id, { object: 'protocol', detail: { protocol: protocolId, version, kind } })
  tell(`protocol.${kind}`, { protocolId, version })
  return done({ version })
}
