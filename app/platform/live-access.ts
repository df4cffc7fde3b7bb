import { action, anyStaff, mayDo, role } from './access.ts'
import type { Actor } from './actor.ts'

/** To hold an open line on which the clinic's events are told as they happen. */
export const followLive = action('live.follow', anyStaff)

/** What happens at the chair carries vital signs, and stock is controlled: only for those who work with them. */
const atTheChair = action('live.follow-sessions', role('nurse', 'prescriber', 'therapist', 'manager'))
const AT_THE_CHAIR = ['session.', 'stock.']

/** Whether this actor hears events of this kind. */
export function mayHear(actor: Actor, kind: string): boolean {
  const guarded = AT_THE_CHAIR.some((start) => kind.startsWith(start))
  return mayDo(actor, guarded ? atTheChair : followLive)
}
