import { members } from '../../../identity/index.server.ts'
import { isFreshStepUp } from '../../../identity/index.ts'
import { mayDo } from '../../../platform/access.ts'
import type { Member } from '../../../platform/actor.ts'
import { AuditTrail } from '../../../platform/audit-trail.ts'
import type { Command, Needs } from '../../../platform/command.server.ts'
import { done, type Outcome, refused } from '../../../platform/outcome.ts'
import { addMs } from '../../../platform/time.ts'
import { askWitness as askAction } from '../../treat-access.ts'
import { WITNESS_ROLES } from '../witness.server.ts'
import { partsOfAct } from './act-parts.server.ts'
import {
  answerOf,
  insertAnswer,
  insertRequest,
  newestRequestFor,
  requestById,
  tentatively,
} from './witness-queries.server.ts'
import { actWords, REQUEST_MS, requestState, type WitnessRequestId } from './witness-request.ts'
import {
  actionOf,
  inputText,
  isRecorded,
  record,
  requestDigest,
  type WitnessedAct,
} from './witnessed-acts.server.ts'

/** A request that waits, and the digest of its words, which a signature names. */
export type AskedWitness = { readonly requestId: WitnessRequestId; readonly shown: string }

/**
 * Asks whoever may witness to sign on a device of their own. The act is tried and undone first, so that nobody is called for what
 * could not be recorded; nothing of it stands in the ledger until it is signed. Asked for again while it waits it is the same
 * request; asked with other figures under the same key, the request before is withdrawn.
 *
 * Refusals are those of the act itself, and: `nobody-to-ask` (no colleague may witness), `already-recorded`, `already-answered`
 * (signed just now), `recorded-otherwise` (somebody else asked under this key), `not-confirmed` (whoever closes a discrepancy signs
 * when they ask), `nothing-is-moved` (no witness is needed).
 */
export const askWitness: Command<WitnessedAct, AskedWitness, string> = {
  action: askAction,
  async run(needs, asked) {
    const { db, at, ids, actor, audit, tell } = needs
    if (actor.kind !== 'member' || !mayDo(actor, actionOf(asked.act))) return refused('not-allowed')
    if (asked.act === 'close-discrepancy' && !(asked.own && isFreshStepUp(asked.own, actor, at))) {
      return refused('not-confirmed')
    }
    const { clinicId } = actor
    const actKey: string = asked.input.key
    const input = inputText(asked)
    if (await isRecorded(needs, { act: asked.act, actKey })) return refused('already-recorded')
    const before = await newestRequestFor(db, clinicId, actKey)
    if (before) {
      if (before.askedBy !== actor.accountId || before.act !== asked.act) return refused('recorded-otherwise')
      const state = requestState(before, await answerOf(db, clinicId, before.id), false, at)
      if (state.is === 'waiting') {
        if (before.input === input) return done({ requestId: before.id, shown: before.digest })
        const withdrawn = {
          id: ids.next<'witness-answer'>(),
          requestId: before.id,
          kind: 'withdrawn',
          at,
          by: actor.accountId,
        } as const
        if (!(await insertAnswer(db, clinicId, withdrawn))) return refused('already-answered')
        tell('stock.witness-answered', { requestId: before.id })
      }
    }
    const tried = await rehearse(needs, actor, asked)
    if (!tried.ok) return tried
    const parts = await partsOfAct(needs, asked, { asker: actor, at })
    if (!parts) return refused('nothing-is-moved')
    const words = actWords(parts)
    const request = {
      id: ids.next<'witness-request'>(),
      act: asked.act,
      actKey,
      round: (before?.round ?? 0) + 1,
      input,
      words,
      digest: requestDigest(words, asked.act, input),
      askedAt: at,
      expiresAt: addMs(at, REQUEST_MS),
      askedBy: actor.accountId,
    }
    if (!(await insertRequest(db, clinicId, request))) {
      // The same form, sent twice at once.
      const now = await newestRequestFor(db, clinicId, actKey)
      return now?.askedBy === actor.accountId && now.input === input
        ? done({ requestId: now.id, shown: now.digest })
        : refused('recorded-otherwise')
    }
    audit.write(askAction.id, { object: 'witness-request', objectId: request.id, detail: { act: asked.act } })
    tell('stock.witness-asked', { requestId: request.id })
    return done({ requestId: request.id, shown: request.digest })
  },
}

/** Records the act with somebody who could witness it, and undoes it: only whether it would be refused is kept. */
async function rehearse(needs: Needs, asker: Member, asked: WitnessedAct): Promise<Outcome<unknown>> {
  const { db, at } = needs
  const witness = (await members(db, asker.clinicId, WITNESS_ROLES)).find(
    ({ accountId }) => accountId !== asker.accountId,
  )
  if (!witness) return refused('nobody-to-ask')
  return tentatively(db, async () => ({
    keep: false,
    value: await record({ ...needs, audit: new AuditTrail(), tell: () => {} }, asked, {
      witness: { accountId: witness.accountId, at },
      words: '',
    }),
  }))
}

/** Takes a request back before anybody has signed. Nothing was recorded, so nothing has to be undone. */
export const withdrawRequest: Command<
  { readonly requestId: WitnessRequestId },
  Record<never, never>,
  'no-such-request' | 'already-answered'
> = {
  action: askAction,
  async run({ db, at, ids, actor, audit, tell }, { requestId }) {
    const request = await requestById(db, actor.clinicId, requestId)
    if (actor.kind !== 'member' || request?.askedBy !== actor.accountId) return refused('no-such-request')
    const withdrawn = {
      id: ids.next<'witness-answer'>(),
      requestId,
      kind: 'withdrawn',
      at,
      by: actor.accountId,
    } as const
    if (!(await insertAnswer(db, actor.clinicId, withdrawn))) {
      const stored = await answerOf(db, actor.clinicId, requestId)
      return stored?.kind === 'withdrawn' ? done({}) : refused('already-answered')
    }
    audit.write(askAction.id, {
      object: 'witness-request',
      objectId: requestId,
      detail: { answer: 'withdrawn' },
    })
    tell('stock.witness-answered', { requestId })
    return done({})
  },
}
