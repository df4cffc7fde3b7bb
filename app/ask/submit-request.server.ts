import { newSecretToken } from '../identity/index.server.ts'
import type { Command, Needs } from '../platform/command.server.ts'
import type { Language } from '../platform/language.ts'
import { done, refused } from '../platform/outcome.ts'
import { submit } from './ask-access.ts'
import {
  appendRequestEvent,
  deleteDraft,
  insertRequest,
  lockDraft,
  requestByHash,
  requestById,
} from './ask-queries.server.ts'
import { draftsSince } from './draft.server.ts'
import { planReceipt } from './plan-receipt.server.ts'
import { isUrgent, type RequestAnswers, type RequestId, requestReference } from './request.ts'
import type { RequestEvent } from './request-events.ts'
import { readDraft, type StepId } from './request-form.ts'
import { countSending } from './request-limits.server.ts'
import { type Suspicion, suspicionOf } from './suspicion.ts'

export type Submitted = { readonly requestId: RequestId; readonly reference: string }

type NewSubmission = {
  readonly id: RequestId
  readonly tokenHash: string
  readonly answers: RequestAnswers
  readonly synthetic: boolean
  readonly suspicion: Suspicion | undefined
  readonly stateHref: string | undefined
}

/**
 * Sends a request whose answers are known whole: entered for somebody on the telephone, or by the virtual clinic.
 * The same key makes one request.
 */
export const submitRequest: Command<
  { readonly key: RequestId; readonly answers: RequestAnswers; readonly synthetic: boolean },
  Submitted,
  never
> = {
  action: submit,
  async run(needs, { key, answers, synthetic }) {
    const { hash } = newSecretToken(needs.actor.clinicId)
    await store(needs, {
      id: key,
      tokenHash: hash,
      answers,
      synthetic,
      suspicion: undefined,
      stateHref: undefined,
    })
    return done({ requestId: key, reference: requestReference(key) })
  },
}

/**
 * Sends the form a visitor filled in. The draft becomes the request under the same id and secret and is gone, so
 * sending twice, from two tabs or by a replayed post, makes one request and answers the same.
 *
 * What looks automatic is stored and set aside, with the same answer to its sender: taking a person in need for
 * a program would be worse than reading an advertisement. It gets its receipt when somebody here takes it up, so
 * that nobody can use us to write to strangers.
 *
 * @param hiddenField what stood in the field that people do not see
 * @param language of the pages on which it was filled in; the receipt is written in it
 * @param stateHref address of the state page for the receipt, when the clinic's public address is known
 * @param address network address of the sender, whose sendings are counted; left out, nothing is counted
 * @returns refusal `incomplete` with the pages that still need an answer; `many-by-contact` or `many-by-address` when a limit is
 * reached, never for a form that was sent already
 */
export const submitDraft: Command<
  {
    readonly tokenHash: string
    readonly hiddenField: string | undefined
    readonly synthetic: boolean
    readonly stateHref: string | undefined
    readonly language?: Language
    readonly address?: string
  },
  Submitted,
  'no-such-draft' | 'incomplete' | 'many-by-contact' | 'many-by-address'
> = {
  action: submit,
  async run(needs, { tokenHash, hiddenField, synthetic, stateHref, language = 'en', address }) {
    const { db, at, actor } = needs
    const draft = await lockDraft(db, actor.clinicId, tokenHash)
    if (!draft) {
      const sent = await requestByHash(db, actor.clinicId, tokenHash)
      return sent ? done({ requestId: sent.id, reference: sent.reference }) : refused('no-such-draft')
    }
    if (draft.savedAt <= draftsSince(at)) return refused('no-such-draft')
    const read = readDraft(draft.answers)
    if (!read.complete) {
      const missing: readonly StepId[] = read.missing
      return refused('incomplete', { missing })
    }
    const limit = address === undefined ? undefined : await countSending(needs, address, read.answers)
    if (limit) return refused(`many-by-${limit}`)
    await store(needs, {
      id: draft.id,
      tokenHash,
      answers: { ...read.answers, language },
      synthetic,
      suspicion: suspicionOf({ openedAt: draft.openedAt, hiddenField }, at),
      stateHref,
    })
    await deleteDraft(db, actor.clinicId, tokenHash)
    return done({ requestId: draft.id, reference: requestReference(draft.id) })
  },
}

async function store(needs: Needs, submission: NewSubmission): Promise<void> {
  const { db, at, ids, actor, audit, tell } = needs
  const { id, answers, suspicion } = submission
  const clinicId = actor.clinicId
  if (!(await insertRequest(db, clinicId, { ...submission, at }))) {
    // The key was used before: by this very request, whose answer is the same. Anything else is broken code.
    if (!(await requestById(db, clinicId, id))) throw new Error('a request was refused by another one')
    return
  }
  const event: RequestEvent = {
    kind: 'submitted',
    at,
    urgent: isUrgent(answers.safety),
    ...(suspicion ? { suspicion } : {}),
  }
  await appendRequestEvent(db, clinicId, id, 1, { ...event, id: ids.next() })
  audit.write(submit.id, { object: 'request', objectId: id, detail: { urgent: event.urgent } })
  tell('request.submitted', { requestId: id, urgent: event.urgent })
  if (!suspicion) await planReceipt(needs, { id, answers, stateHref: submission.stateHref }, [event])
}
