import type { Id } from '../../../platform/ids.ts'
import { addMs, DAY_MS, type Instant } from '../../../platform/time.ts'
import { type AlertIds, type LedgerAlert, LOOK_BACK_DAYS } from './alert.ts'

/** Somebody looked into an alert and says what they found. It never changes. */
export type AlertLook = {
  readonly id: Id<'alert-look'>
  readonly alertKey: string
  /** What the alert rested on then: `alertFactsText`. */
  readonly facts: string
  readonly words: string
  readonly at: Instant
  readonly by: string
}

/** How long a look holds at most: nothing that was looked at then is within the rules' sight any more. */
export const LOOK_HOLDS_DAYS = LOOK_BACK_DAYS

type Rests = Pick<LedgerAlert, 'severity' | 'ids'>

/** What an alert rests on, as one text: how pressing it is, and the ids of what it is about. */
export function alertFactsText({ severity, ids }: Rests): string {
  return JSON.stringify({ severity, ids })
}

/**
 * The newest look that holds for an alert as it stands now: nothing was added to what it rested on, and it is not more pressing. What
 * fell out of it meanwhile does not raise it anew.
 *
 * @param looks in the order in which they were written
 */
export function lookThatHolds(
  alert: Rests & Pick<LedgerAlert, 'key'>,
  looks: readonly AlertLook[],
  at: Instant,
): AlertLook | undefined {
  return looks
    .filter((look) => look.alertKey === alert.key && at < addMs(look.at, LOOK_HOLDS_DAYS * DAY_MS))
    .filter(({ facts }) => covers(JSON.parse(facts) as Rests, alert))
    .at(-1)
}

function covers(looked: Rests, now: Rests): boolean {
  if (now.severity === 'red' && looked.severity !== 'red') return false
  return Object.entries(now.ids).every(([name, ids]) => {
    const known: readonly string[] = looked.ids[name as keyof AlertIds] ?? []
    return ids.every((id) => known.includes(id))
  })
}
