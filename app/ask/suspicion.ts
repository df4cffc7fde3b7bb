import { type Instant, msBetween, SECOND_MS } from '../platform/time.ts'

/** Why a request looks as if a program had sent it. */
export type Suspicion = 'hidden-field' | 'too-fast' | 'never-opened'

/** Nobody reads six pages and answers them in less. */
const FASTEST_MS = 12 * SECOND_MS

/**
 * Whether what was sent looks automatic. It is a guess: browsers fill hidden fields and some people are fast, so
 * a suspicion sets a request aside for a look and never throws it away.
 *
 * @param openedAt when the first page was opened, by what the server signed; undefined: it was posted without having been opened
 * @param hiddenField what stood in a field that people do not see
 */
export function suspicionOf(
  sent: { readonly openedAt: Instant | undefined; readonly hiddenField: string | undefined },
  at: Instant,
): Suspicion | undefined {
  if (sent.hiddenField?.trim()) return 'hidden-field'
  if (sent.openedAt === undefined) return 'never-opened'
  return msBetween(sent.openedAt, at) < FASTEST_MS ? 'too-fast' : undefined
}
