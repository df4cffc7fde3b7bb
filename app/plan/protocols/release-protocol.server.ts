import { isFreshStepUp, type StepUp } from '../../identity/index.ts'
import type { Action } from '../../platform/access.ts'
import type { Command, Needs } from '../../platform/command.server.ts'
import { done, type Outcome, refused } from '../../platform/outcome.ts'
import { publishProtocol, retireProtocol, reviewProtocol, submitProtocol } from '../plan-access.ts'
import { type HeldVersion, holdVersion } from './held-version.server.ts'
import { orderability } from './orderable.ts'
import { parseProtocol } from './parse-protocol.ts'
import { insertProtocolEvent, newestSimulation } from './protocol-queries.server.ts'
import { NEXT_EVENTS, type ProtocolEventKind, versionState } from './protocol-version.ts'
import { FEWEST_SIMULATED_PEOPLE } from './simulation-report.ts'

/** Which version is meant, in which revision it was read: 0 for a version of the library. */
export type SeenVersion = {
  readonly protocolId: string
  readonly version: string
  readonly seenRevision: number
}

type Done = { readonly version: string }
type StepRefusal = 'no-such-version' | 'not-now' | 'changed-meanwhile'

/** What the version itself says against being used, in words: in the detail of the refusal "wrong-in-itself". */
export type WrongInItself = { readonly words: readonly string[] }

/**
 * Hands a draft over for review: it cannot be changed until it comes back. One that a rule speaks against that came after
 * it was written or copied is refused, with the rule's words. A version of the library is put forward to
 * be adopted by the same way; one that could not be ordered anyway is not.
 */
export const submitVersion: Command<SeenVersion, Done, StepRefusal | 'not-orderable' | 'wrong-in-itself'> = {
  action: submitProtocol,
  async run(needs, input) {
    const found = await versionNow(needs, input, 'submitted')
    if (!found.ok) return found
    if (!found.value.ownId && !orderability(found.value.protocol).orderable) return refused('not-orderable')
    const wrong = wrongInItself(found.value)
    if (wrong) return refused('wrong-in-itself', wrong)
    return take(needs, submitProtocol, found.value, 'submitted')
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

/** A second prescriber has read it and signs: never somebody who wrote on it, in whatever revision, or put it forward. */
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
    if (!isFreshStepUp(input.stepUp, needs.actor, needs.at)) return refused('not-confirmed')
    // An author who is not known might be anybody.
    const authors = found.value.authors
    if (actor.kind !== 'member' || authors.includes(actor.accountId) || authors.includes(undefined))
      return refused('own-work')
    return take(needs, reviewProtocol, found.value, 'approved')
  },
}

/**
 * Makes an approved version the one that new plans get; for a version of the library this is its adoption. The revision
 * that is published must have been tried on invented people and keep today's rules of a protocol, and whoever approved it is not who publishes it.
 */
export const publishVersion: Command<
  SeenVersion & { readonly stepUp: StepUp },
  Done,
  StepRefusal | 'not-simulated' | 'not-confirmed' | 'own-review' | 'wrong-in-itself'
> = {
  action: publishProtocol,
  async run(needs, input) {
    const found = await versionNow(needs, input, 'published')
    if (!found.ok) return found
    if (!isFreshStepUp(input.stepUp, needs.actor, needs.at)) return refused('not-confirmed')
    const { db, actor } = needs
    const approved = found.value.events.findLast(({ kind }) => kind === 'approved')
    if (actor.kind !== 'member' || approved?.by === undefined || approved.by === actor.accountId)
      return refused('own-review')
    const wrong = wrongInItself(found.value)
    if (wrong) return refused('wrong-in-itself', wrong)
    const simulation = await newestSimulation(db, actor.clinicId, found.value)
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
 * Takes a version, of the clinic or an adopted one of the library, from new plans. Running plans keep it. Repeating it
 * changes nothing.
 */
export const retireVersion: Command<
  { readonly protocolId: string; readonly version: string; readonly reason: string },
  Done,
  'no-such-version' | 'not-now'
> = {
  action: retireProtocol,
  async run(needs, input) {
    const found = await holdVersion(needs, input.protocolId, input.version)
    if (!found) return refused('no-such-version')
    const state = versionState(found.events)
    if (state === 'retired') return done({ version: input.version })
    // What was never adopted is only an offer: there is nothing to take from new plans.
    if (!found.ownId && state !== 'published') return refused('not-now', { state })
    return take(needs, retireProtocol, found, 'retired', input.reason)
  },
}

/** What was stored once stays readable, but nothing is published by it that the editor would not take today. */
function wrongInItself({ protocol }: HeldVersion): WrongInItself | undefined {
  const parsed = parseProtocol(protocol)
  return parsed.ok ? undefined : { words: parsed.problems.map(({ words }) => words) }
}

/** The version as it is, held until the transaction ends, if this may happen to it now. */
async function versionNow(
  needs: Needs,
  { protocolId, version, seenRevision }: SeenVersion,
  kind: ProtocolEventKind,
): Promise<Outcome<HeldVersion, StepRefusal>> {
  const found = await holdVersion(needs, protocolId, version)
  if (!found) return refused('no-such-version')
  const state = versionState(found.events)
  if (!NEXT_EVENTS[state].includes(kind)) return refused('not-now', { state })
  return found.revision === seenRevision ? done(found) : refused('changed-meanwhile')
}

async function take(
  { db, at, ids, actor, audit, tell }: Needs,
  action: Action,
  { protocolId, version, revision, ownId }: HeldVersion,
  kind: ProtocolEventKind,
  reason?: string,
): Promise<Outcome<Done, never>> {
  await insertProtocolEvent(db, actor.clinicId, {
    id: ids.next(),
    protocolId,
    version,
    kind,
    revision: ownId ? revision : undefined,
    reason,
    by: actor.kind === 'member' ? actor.accountId : undefined,
    at,
  })
  audit.write(action.id, { object: 'protocol', detail: { protocol: protocolId, version, kind } })
  tell(`protocol.${kind}`, { protocolId, version })
  return done({ version })
}
