import type { Needs } from '../../platform/command.server.ts'
import type { Id } from '../../platform/ids.ts'
import type { Plan } from '../plan.ts'
import type { Deviation, DeviationKind } from './deviation.ts'
import { insertDeviation } from './protocol-queries.server.ts'

/** What is noted about an act that leaves the protocol. */
export type DeviationNote = {
  readonly kind: DeviationKind
  /** "0.8 mg/kg over 40 min" */
  readonly protocolSays: string
  /** "0.6 mg/kg over 40 min" */
  readonly doneInstead: string
  readonly reason: string
  readonly object?: Deviation['object']
}

/**
 * A part of a command whose act leaves the protocol: notes it in the same transaction, so that the act does not exist
 * without its deviation.
 *
 * @example await noteDeviation(needs, plan, { kind: 'dose', protocolSays: '0.8 mg/kg', doneInstead: '0.5 mg/kg', reason })
 */
export async function noteDeviation(
  { db, at, ids, actor, audit, tell }: Needs,
  plan: Plan,
  note: DeviationNote,
): Promise<void> {
  const id: Id<'deviation'> = ids.next()
  await insertDeviation(db, actor.clinicId, {
    id,
    planId: plan.id,
    personId: plan.personId,
    protocolId: plan.protocolId,
    protocolVersion: plan.protocolVersion,
    kind: note.kind,
    protocolSays: note.protocolSays,
    doneInstead: note.doneInstead,
    reason: note.reason,
    object: note.object,
    by: actor.kind === 'member' ? actor.accountId : undefined,
    at,
  })
  audit.write('protocol.note-deviation', {
    personId: plan.personId,
    object: 'deviation',
    objectId: id,
    detail: { kind: note.kind, protocol: plan.protocolId, version: plan.protocolVersion },
  })
  tell('protocol.deviated', { planId: plan.id, personId: plan.personId, kind: note.kind })
}
