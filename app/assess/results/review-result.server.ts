import type { Command } from '../../platform/command.server.ts'
import type { Id, PersonId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { responseById } from '../assess-queries.server.ts'
import type { ResponseId } from '../instrument-response.ts'
import { reviewResult as reviewAction } from './result-access.ts'
import { insertReview, reviewsOf } from './result-queries.server.ts'

/**
 * Notes that a clinician looked at a result. Nothing about the result changes; it leaves the list of those to be
 * looked at. The same form sent twice is one review; later looks are kept beside the first.
 */
export const reviewResult: Command<
  {
    readonly key: Id<'result-review'>
    readonly personId: PersonId
    readonly responseId: ResponseId
    readonly note: string
  },
  { readonly reviewedNow: boolean },
  'no-such-response' | 'id-taken'
> = {
  action: reviewAction,
  async run({ db, at, actor, audit }, { key, personId, responseId, note }) {
    const response = await responseById(db, actor.clinicId, responseId)
    if (response?.personId !== personId) return refused('no-such-response')
    const by = actor.kind === 'member' ? actor.accountId : actor.kind
    const review = { id: key, responseId, at, by, note }
    if (!(await insertReview(db, actor.clinicId, review))) {
      const [stored] = ((await reviewsOf(db, actor.clinicId, [responseId])).get(responseId) ?? []).filter(
        (one) => one.id === key,
      )
      return stored && stored.note === note && stored.by === by
        ? done({ reviewedNow: false })
        : refused('id-taken')
    }
    audit.write(reviewAction.id, {
      personId: response.personId,
      object: 'response',
      objectId: responseId,
      detail: { instrument: response.instrumentId },
    })
    return done({ reviewedNow: true })
  },
}
