import { members } from '../../../identity/index.server.ts'
import { isFreshStepUp, type StepUp } from '../../../identity/index.ts'
import { mayDo } from '../../../platform/access.ts'
import type { Member } from '../../../platform/actor.ts'
import { AuditTrail } from '../../../platform/audit-trail.ts'
import type { Command, Needs } from '../../../platform/command.server.ts'
import { done, type Outcome, refused } from '../../../platform/outcome.ts'
import { accountOf } from '../../session/recorder.ts'
import { askWitness as askAction, witnessStock as witnessAction } from '../../treat-access.ts'
import { checkWitness, type WitnessRefusal } from '../witness.server.ts'
import { partsOfAct } from './act-parts.server.ts'
import { answerOf, insertAnswer, requestById, tentatively } from './witness-queries.server.ts'
import {
  actWords,
  requestState,
  type WitnessAnswerId,
  type WitnessRequest,
  type WitnessRequestId,
  whyNotOpen,
} from './witness-request.ts'
import { actionOf, actOfRequest, isRecorded, record, requestDigest } from './witnessed-acts.server.ts'

export type SignRequest = {
  readonly requestId: WitnessRequestId
  /** Becomes the id of the answer, so that repeating the form signs nothing twice. */
  readonly key: WitnessAnswerId
  /** The digest of the words on the page that was read. */
  readonly shown: string
  /** What the witness's own password or passkey gave. */
  readonly stepUp: StepUp
}

/** Recorded, or why the act could not be recorded any more; then the request is over and nothing stands in the ledger. */
export type SignedRequest =
  | { readonly recorded: true }
  | { readonly recorded: false; readonly reason: string }

export type AnswerRefusal =
  | 'no-such-request'
  | 'already-answered'
  | 'already-recorded'
  | 'request-over'
  | 'clock-behind'
  | 'witness-is-yourself'

export type SignRefusal = AnswerRefusal | WitnessRefusal | 'not-as-shown'

/**
 * The witness signs on their own device what somebody else asked them to see, and in the same transaction the act is recorded by
 * who asked, with the signer as its witness. Everything is judged anew: who may, what is left, what the session's log says by now.
 */
export const signRequest: Command<SignRequest, SignedRequest, SignRefusal> = {
  action: witnessAction,
  async run(needs, input) {
    if (!isFreshStepUp(input.stepUp, needs.actor, needs.at)) return refused('witness-not-confirmed')
    return sign(needs, input)
  },
}

/** The same where the witness has come to the asker's device and proves there who they are. */
export const signRequestHere: Command<SignRequest, SignedRequest, SignRefusal> = {
  action: askAction,
  async run(needs, input) {
    const request = await requestById(needs.db, needs.actor.clinicId, input.requestId)
    if (request?.askedBy !== accountOf(needs.actor)) return refused('no-such-request')
    return sign(needs, input)
  },
}

async function sign(
  needs: Needs,
  { requestId, key, shown, stepUp }: SignRequest,
): Promise<Outcome<SignedRequest, SignRefusal>> {
  const { db, at, actor, audit, tell } = needs
  const { clinicId } = actor
  const request = await requestById(db, clinicId, requestId)
  if (!request) return refused('no-such-request')
  const stored = await answerOf(db, clinicId, requestId)
  if (stored && stored.id === key && stored.by === stepUp.accountId) {
    if (stored.kind === 'signed') return done({ recorded: true })
    if (stored.kind === 'refused') return done({ recorded: false, reason: stored.reason! })
  }
  const closed = whyNotOpen(requestState(request, stored, await isRecorded(needs, request), at))
  if (closed) return refused(closed)
  if (stepUp.accountId === request.askedBy) return refused('witness-is-yourself')
  if (shown !== request.digest) return refused('not-as-shown')
  const asker = await memberOf(needs, request)
  // Whoever is gone cannot be asked about; the signer's own right is that of the page they sign on.
  if (asker) {
    const second = await checkWitness({ db, at, actor: asker }, stepUp, true)
    if (!second.ok) return refused(second.reason)
  }

  const answer = { id: key, requestId, at, by: stepUp.accountId }
  const inner = new AuditTrail()
  const outcome = await tentatively(db, async () => {
    if (!(await insertAnswer(db, clinicId, { ...answer, kind: 'signed' }))) {
      return { keep: false, value: refused('already-answered') }
    }
    const value = asker
      ? await carryOut({ ...needs, actor: asker, audit: inner }, request, stepUp)
      : refused('asker-without-right')
    return { keep: value.ok, value }
  })
  if (!outcome.ok && outcome.reason === 'already-answered') return refused('already-answered')
  // It was not on record above: somebody else's signature, or nobody's, was quicker by another way.
  if (!outcome.ok && outcome.reason === 'recorded-otherwise') return refused('already-recorded')
  if (!outcome.ok) {
    const over = await insertAnswer(db, clinicId, { ...answer, kind: 'refused', reason: outcome.reason })
    if (!over) return refused('already-answered')
  }
  // The audit's chain names who signed in for it: the witness. Whose act it was stands beside.
  for (const entry of inner.entries) {
    audit.write(entry.action, { ...entry, detail: { ...entry.detail, askedBy: request.askedBy } })
  }
  audit.write(witnessAction.id, {
    object: 'witness-request',
    objectId: requestId,
    detail: { answer: outcome.ok ? 'signed' : 'refused', witness: stepUp.accountId },
  })
  tell('stock.witness-answered', { requestId })
  return done(outcome.ok ? { recorded: true } : { recorded: false, reason: outcome.reason })
}

/** The act by who asked for it, if they still may and it is still what the words say. */
async function carryOut(
  needs: Needs & { readonly actor: Member },
  request: WitnessRequest,
  witness: StepUp,
): Promise<Outcome<unknown>> {
  if (!mayDo(needs.actor, actionOf(request.act)) || !mayDo(needs.actor, askAction)) {
    return refused('asker-without-right')
  }
  const asked = actOfRequest(request)
  const parts = await partsOfAct(needs, asked, { asker: needs.actor, at: request.askedAt })
  const digest = parts && requestDigest(actWords(parts), request.act, request.input)
  if (digest !== request.digest) return refused('changed-since')
  return record(needs, asked, { witness, words: request.words })
}

/** Who asked, with the roles they have now; undefined when they do not work here any more. */
async function memberOf(
  { db, actor: { clinicId } }: Pick<Needs, 'db' | 'actor'>,
  { askedBy }: WitnessRequest,
): Promise<Member | undefined> {
  const member = (await members(db, clinicId)).find(({ accountId }) => accountId === askedBy)
  if (!member) return undefined
  const { accountId, membershipId, name, roles } = member
  return { kind: 'member', clinicId, accountId, membershipId, name, roles }
}

/** Somebody does not sign what they were asked to see, and says why. It ends the request; the asker may ask again. */
export const declineRequest: Command<
  { readonly requestId: WitnessRequestId; readonly key: WitnessAnswerId; readonly reason: string },
  Record<never, never>,
  AnswerRefusal
> = {
  action: witnessAction,
  async run(needs, { requestId, key, reason }) {
    const { db, at, actor, audit, tell } = needs
    const request = await requestById(db, actor.clinicId, requestId)
    if (!request) return refused('no-such-request')
    const by = accountOf(actor)
    if (by === request.askedBy) return refused('witness-is-yourself')
    const stored = await answerOf(db, actor.clinicId, requestId)
    if (stored?.id === key && stored.kind === 'declined' && stored.by === by) return done({})
    const closed = whyNotOpen(requestState(request, stored, await isRecorded(needs, request), at))
    if (closed) return refused(closed)
    const declined = { id: key, requestId, kind: 'declined', reason, at, by } as const
    if (!(await insertAnswer(db, actor.clinicId, declined))) return refused('already-answered')
    audit.write(witnessAction.id, {
      object: 'witness-request',
      objectId: requestId,
      detail: { answer: 'declined' },
    })
    tell('stock.witness-answered', { requestId })
    return done({})
  },
}
