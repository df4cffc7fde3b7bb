import type { Command } from '../platform/command.server.ts'
import { done, refused } from '../platform/outcome.ts'
import { addMs, DAY_MS, type Instant } from '../platform/time.ts'
import { forgetDrafts, writeDraft } from './ask-access.ts'
import {
  type Draft,
  deleteDraft,
  deleteDraftsBefore,
  draftByHash,
  insertDraft,
  lockDraft,
  requestByHash,
  saveDraftPage,
} from './ask-queries.server.ts'
import type { RequestId } from './request.ts'
import type { StepId, Typed } from './request-form.ts'

/** How long an unfinished form can be gone back to after it was last saved. */
export const DRAFT_DAYS = 14

/** The oldest time of saving that still counts. */
export function draftsSince(at: Instant): Instant {
  return addMs(at, -DRAFT_DAYS * DAY_MS)
}

/**
 * Begins a form. The same secret begins it once; one whose form was sent already begins nothing.
 *
 * @param openedAt when the first page was opened (`readOpening`); undefined: it was not, as far as we know
 */
export const beginDraft: Command<
  { readonly tokenHash: string; readonly openedAt: Instant | undefined },
  { readonly draftId: RequestId },
  'already-sent'
> = {
  action: writeDraft,
  async run({ db, at, ids, actor }, { tokenHash, openedAt }) {
    if (await requestByHash(db, actor.clinicId, tokenHash)) return refused('already-sent')
    await insertDraft(db, actor.clinicId, { id: ids.next<'request'>(), tokenHash, openedAt, at })
    const draft = await draftByHash(db, actor.clinicId, tokenHash, draftsSince(at))
    return draft ? done({ draftId: draft.id }) : refused('already-sent')
  },
}

/** Keeps what was typed on one page, right or wrong, and gives back the whole form as it is now. */
export const saveStep: Command<
  { readonly tokenHash: string; readonly step: StepId; readonly typed: Typed },
  Draft,
  'no-such-draft'
> = {
  action: writeDraft,
  async run({ db, at, actor }, { tokenHash, step, typed }) {
    const draft = await lockDraft(db, actor.clinicId, tokenHash)
    if (!draft || draft.savedAt <= draftsSince(at)) return refused('no-such-draft')
    await saveDraftPage(db, actor.clinicId, { tokenHash, step, typed, at })
    return done({ ...draft, answers: { ...draft.answers, [step]: typed }, savedAt: at })
  },
}

/** Throws a form away because its writer wants that. Harmless when it is gone already. */
export const discardDraft: Command<{ readonly tokenHash: string }, { readonly discarded: boolean }, never> = {
  action: writeDraft,
  async run({ db, actor }, { tokenHash }) {
    return done({ discarded: await deleteDraft(db, actor.clinicId, tokenHash) })
  },
}

/** Removes forms that nobody has come back to. Run daily; harmless when repeated. */
export const forgetOldDrafts: Command<Record<never, never>, { readonly forgotten: number }, never> = {
  action: forgetDrafts,
  async run({ db, at, actor, audit }) {
    const forgotten = await deleteDraftsBefore(db, actor.clinicId, draftsSince(at))
    if (forgotten > 0) audit.write(forgetDrafts.id, { object: 'request-draft', detail: { forgotten } })
    return done({ forgotten })
  },
}
