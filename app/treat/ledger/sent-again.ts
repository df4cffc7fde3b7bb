import { type FormAnswer, formProblem } from '../../platform/form.ts'
import { type Balance, balancesOf, type Movement, type PlannedMovement, sideCode } from './movement.ts'

/** What is asked for under a key: the whole movement, and its time and witness where the asker gives them. */
export type AskedMovement = Pick<
  PlannedMovement,
  'kind' | 'lotId' | 'from' | 'to' | 'hundredths' | 'sessionId' | 'reason' | 'witness'
> & { readonly at?: PlannedMovement['at'] | undefined }

/**
 * Whether a movement that stands under a key says what is asked for under it now: then a form was sent twice, else it is another
 * entry and is refused. A time after its writing counts as the time of its writing.
 *
 * @param asked no witness where none signs anew: who signed need not sign again
 */
export function saysTheSame(stored: Movement, asked: AskedMovement): boolean {
  return (
    stored.kind === asked.kind &&
    stored.lotId === asked.lotId &&
    sideCode(stored.from) === sideCode(asked.from) &&
    sideCode(stored.to) === sideCode(asked.to) &&
    stored.hundredths === asked.hundredths &&
    stored.sessionId === asked.sessionId &&
    stored.reason === asked.reason &&
    (asked.at === undefined || stored.at === asked.at || asked.at > stored.recordedAt) &&
    (asked.witness === undefined || stored.witness === asked.witness)
  )
}

/**
 * What stood before an act that is on record. A form sent again is read against this: what it took is no longer there.
 *
 * @param balances as they stand now
 * @param act the movements of one act
 */
export function balancesBefore(balances: readonly Balance[], act: readonly Movement[]): Balance[] {
  const now = balances.map(({ lotId, hundredths, ...to }) => ({
    lotId,
    from: { place: { at: 'supplier' } } as const,
    to,
    hundredths,
  }))
  const undone = act.map(({ lotId, from, to, hundredths }) => ({ lotId, from: to, to: from, hundredths }))
  return balancesOf([...now, ...undone]).filter(({ hundredths }) => hundredths > 0)
}

/** Fields that belong to the entry that was recorded, not to the one that was typed now. */
const OF_THE_FIRST = ['key', 'asked', 'shown', 'all']

/**
 * The answer to a form whose key stands for another entry: everything typed comes back and the key does not, so that the page gives a
 * fresh one.
 *
 * @param field where it is said; the page's own summary says it too
 * @param words what to do, where it is not a movement
 */
export function recordedOtherwise(form: FormData, field = 'form', words = MOVED_OTHERWISE): FormAnswer {
  const typed = new FormData()
  for (const [name, value] of form) if (!OF_THE_FIRST.includes(name)) typed.append(name, value)
  return formProblem(typed, { [field]: words })
}

const MOVED_OTHERWISE =
  'Another entry was recorded with this form already, and it stands. Look at the ledger before you begin anew; where it is wrong, a count sets it right. What you typed is below.'
