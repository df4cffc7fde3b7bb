import { type Instant, msBetween, SECOND_MS } from '../platform/time.ts'

/** Why a request looks as if a program had sent it. */
export type Suspicion = 'hidden-field' | 'too-fast'

/** Nobody reads six pages and answers them in less. */
const FASTEST_MS = 12 * SECOND_MS

/**
 * Whether what was sent looks automatic. It is a guess: browsers fill hidden fields and some people are fast, so
 * a suspicion sets a request aside for a look and never throws it away.
 *
 * @param startedAt when the draft was begun
 * @param hiddenField what stood in a field that people do not see
 */
export function suspicionOf(
  sent: { readonly startedAt: Instant; readonly hiddenField: string | undefined },
  at: Instant,
): Suspicion | undefined {
  if (sent.hiddenField?.trim()) return 'hidden-field'
  return msBetween(sent.startedAt, at) < FASTEST_MS ? 'too-fast' : undefined
}
