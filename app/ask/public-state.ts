import { helpsFor, type OtherHelp } from './other-helps.ts'
import type { DeclineReason, RequestStatus } from './request-events.ts'
import type { OfferState } from './time-offer.ts'
import type { RequestWords } from './words/english.ts'
import { wordsIn } from './words/words-in.ts'

/** Reasons that are no judgment about treatment. */
const CLOSED: ReadonlySet<DeclineReason> = new Set(['not-reached', 'withdrawn', 'not-genuine'])

/** What the sender of a request is told about it. */
export type PublicState = {
  readonly title: string
  readonly text: string
  /** Where else to go, when declined. */
  readonly elsewhere?: string
  readonly helps?: readonly OtherHelp[]
  readonly decided: boolean
}

/**
 * The state in the sender's words: no names of staff, nothing of what was said. What was set aside looks like any
 * other, so that whoever sends advertisements learns nothing.
 */
export function publicState(
  status: RequestStatus,
  offer: OfferState = { kind: 'none' },
  { state: words }: RequestWords = wordsIn.en,
): PublicState {
  switch (status.kind) {
    case 'new':
    case 'set-aside':
      return { ...words.waiting, decided: false }
    case 'in-hand':
      return {
        title: words.inHand.title,
        text: status.triesWithoutReaching > 0 ? words.tried : words.inHand.text,
        decided: false,
      }
    case 'answered':
      return { ...words.answered, decided: false }
    case 'accepted':
      return { title: words.accepted.title, text: words.accepted[offer.kind], decided: true }
    case 'declined':
      return {
        title: CLOSED.has(status.reason) ? words.closed : words.declined,
        text: words.reasons[status.reason],
        elsewhere: status.elsewhere,
        helps: helpsFor(status.reason, status.helps),
        decided: true,
      }
  }
}
