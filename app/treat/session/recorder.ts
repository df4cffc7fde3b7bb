import type { Actor } from '../../platform/actor.ts'

/**
 * The account that stands behind an entry at the bedside.
 *
 * @throws Error when the actor is not somebody signed in; the declared actions let nobody else this far
 */
export function accountOf(actor: Actor): string {
  if (actor.kind !== 'member') throw new Error('only somebody signed in records at the bedside')
  return actor.accountId
}
