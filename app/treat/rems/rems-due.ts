import { dateInWords, daysBetween, type LocalDate } from '../../platform/time.ts'
import { remsDueOn } from './rems-sheet.ts'

/** Where the form of one session stands. */
export type RemsDue = {
  readonly state: 'calm' | 'due' | 'amber' | 'red'
  readonly word: string
  /** Days that are left to send it; negative once it is late. */
  readonly days: number
  readonly dueOn: LocalDate
  readonly isSent: boolean
}

/**
 * By when a form is to be sent, as a chip says it. The seven days count from the day of the dose, also where nobody recorded
 * that the person left: late is an alarm, the last two days are due.
 *
 * @param left whether the person's leaving is on record
 */
export function remsDue(
  dosedOn: LocalDate,
  { left, sent }: { readonly left: boolean; readonly sent: boolean },
  today: LocalDate,
): RemsDue {
  const dueOn = remsDueOn(dosedOn)
  const days = daysBetween(today, dueOn)
  const due = { days, dueOn, isSent: sent }
  if (sent) return { ...due, state: 'calm', word: 'Sent' }
  const isToday = today <= dosedOn
  if (!left && isToday) return { ...due, state: 'calm', word: 'Still here' }
  const by = days < 0 ? `Was due ${dateInWords(dueOn)}` : `Due by ${dateInWords(dueOn)}`
  // Nobody leaves a day later: the entry is missing, and without it nothing can be sent.
  if (!left) return { ...due, state: days < 0 ? 'red' : 'amber', word: `Leaving not recorded. ${by}` }
  return { ...due, state: days < 0 ? 'red' : days <= 2 ? 'amber' : 'due', word: by }
}

/** The order of the list: what is not sent first, then what is late the longest. */
export function byUrgency(a: Pick<RemsDue, 'isSent' | 'days'>, b: Pick<RemsDue, 'isSent' | 'days'>): number {
  return Number(a.isSent) - Number(b.isSent) || a.days - b.days
}
