import { addMs, type Instant, MINUTE_MS } from '../platform/time.ts'

/** How long the page of a request thanks for it and says where the receipt goes. */
const JUST_SENT_MS = 15 * MINUTE_MS

/**
 * Whether who looks at the state of a request has only just sent it. Only then does the page name the e-mail address: whoever else
 * opens it, by a link of its own or later, learns none.
 *
 * @param shown hash of the secret in the page's address
 * @param carried hash of the secret that this browser remembers, if any
 * @param sentWith whether the request was sent with the secret shown, and not found by a further link
 */
export function isJustSent(
  visit: {
    readonly shown: string
    readonly carried: string | undefined
    readonly sentWith: boolean
    readonly receivedAt: Instant
  },
  at: Instant,
): boolean {
  return visit.sentWith && visit.carried === visit.shown && at < addMs(visit.receivedAt, JUST_SENT_MS)
}
