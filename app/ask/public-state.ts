import { helpsFor, type OtherHelp } from './other-helps.ts'
import { DECLINE_REASONS, type DeclineReason, type RequestStatus } from './request-events.ts'
import type { OfferState } from './time-offer.ts'

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
export function publicState(status: RequestStatus, offer: OfferState = { kind: 'none' }): PublicState {
  switch (status.kind) {
    case 'new':
    case 'set-aside':
      return {
        title: 'We have your request',
        text: 'It waits for somebody here to read it.',
        decided: false,
      }
    case 'in-hand':
      return {
        title: 'Somebody here has your request',
        text:
          status.triesWithoutReaching > 0
            ? 'We have tried to reach you and will try again. You can also call us.'
            : 'They will call or write to you.',
        decided: false,
      }
    case 'answered':
      return {
        title: 'We have been in touch',
        text: 'We are looking at what comes next and will tell you.',
        decided: false,
      }
    case 'accepted':
      return {
        title: 'We would like to go on with you',
        text: ACCEPTED_WORDS[offer.kind],
        decided: true,
      }
    case 'declined':
      return {
        title: CLOSED.has(status.reason)
          ? 'This request is closed'
          : 'We cannot offer treatment for this request',
        text: DECLINE_REASONS.find((reason) => reason.id === status.reason)?.toThem ?? '',
        elsewhere: status.elsewhere,
        helps: helpsFor(status.reason, status.helps),
        decided: true,
      }
  }
}

const ACCEPTED_WORDS: Readonly<Record<OfferState['kind'], string>> = {
  none: 'The next step is an assessment. We send you a link, or call you, to begin it. It decides nothing yet.',
  open: 'Choose a time for your first visit from those we offer. It decides nothing yet.',
  chosen: 'Your first visit is booked. Before it we send you a link with questions. It decides nothing yet.',
}
