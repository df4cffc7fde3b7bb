import { addDays, type Instant, instantAt, localDateOf } from '../../platform/time.ts'

/** Ways to reach somebody. A channel without an adapter is named and off. */
export const CHANNELS = ['email', 'text', 'push'] as const
export type Channel = (typeof CHANNELS)[number]

/** The reminders before a visit, in order. When they come is a design default. */
const REMINDER_KINDS = ['week', 'two-days', 'day-before'] as const
export type ReminderKind = (typeof REMINDER_KINDS)[number]

const DAYS_BEFORE: Readonly<Record<ReminderKind, number>> = { week: 7, 'two-days': 2, 'day-before': 1 }
/** On the clinic's clock. */
const HOUR = '10:00'
/** A visit that is moved is told anew, but never more often than this. */
const MOST_PER_VISIT = 6

/** Everything the reminders of one visit by one channel are decided on. */
export type ReminderFacts = {
  readonly startsAt: Instant
  /** Since when the visit has this time: booked, or last moved. */
  readonly timeKnownAt: Instant
  readonly cancelled: boolean
  /** The questions of the day before are answered in full; nothing is left to ask. */
  readonly answered: boolean
  /** What the person chose; without a word of theirs nothing is sent. */
  readonly choice: 'on' | 'off' | undefined
  readonly hasAddress: boolean
  readonly hasAdapter: boolean
  /** What was handed over for the time the visit has now. */
  readonly handedOver: ReadonlyMap<ReminderKind, HandedOver>
  /** How many were handed over for this visit at whatever time it had. */
  readonly handedOverInAll: number
}

export type HandedOver = {
  readonly at: Instant
  readonly sentAt: Instant | undefined
  /** Why it has not gone out, in the words of the outbox. */
  readonly problem: string | undefined
  /** It will not be tried again. */
  readonly givenUp: boolean
  /** Nobody can say whether it went out; it is not sent again. */
  readonly inDoubt: boolean
}

/** Why a reminder that still waits is given up, in the words of the outbox. Nothing went out, so it may be due again. */
export const GIVEN_UP = {
  cancelled: 'the visit was cancelled',
  moved: 'the visit was moved',
  begun: 'the visit has begun',
  off: 'reminders were turned off',
} as const

export type StopReason =
  | 'cancelled'
  | 'no-adapter'
  | 'not-asked-for'
  | 'opted-out'
  | 'no-address'
  | 'answered'
  | 'booked-later'
  | 'missed'
  | 'enough'

export type ReminderState =
  | { readonly kind: 'planned' }
  | { readonly kind: 'due' }
  | { readonly kind: 'waiting'; readonly problem: string | undefined }
  | { readonly kind: 'sent'; readonly at: Instant }
  | { readonly kind: 'failed'; readonly problem: string | undefined }
  | { readonly kind: 'in-doubt' }
  | { readonly kind: 'stopped'; readonly why: StopReason }

/** When a reminder is due: ten in the morning on the clinic's clock, so many calendar days before, over any change of clocks. */
export function dueAt(startsAt: Instant, kind: ReminderKind, timeZone: string): Instant {
  return instantAt(addDays(localDateOf(startsAt, timeZone), -DAYS_BEFORE[kind]), HOUR, timeZone)
}

/** Where each reminder of a visit by one channel stands. At most one is due at a time: what was missed stays missed. */
export function reminderStates(
  facts: ReminderFacts,
  timeZone: string,
  at: Instant,
): { readonly kind: ReminderKind; readonly dueAt: Instant; readonly state: ReminderState }[] {
  return REMINDER_KINDS.map((kind, i) => {
    const due = dueAt(facts.startsAt, kind, timeZone)
    const next = REMINDER_KINDS[i + 1]
    const until = next ? dueAt(facts.startsAt, next, timeZone) : facts.startsAt
    return { kind, dueAt: due, state: stateOf(facts, kind, { due, until }, at) }
  })
}

function stateOf(
  facts: ReminderFacts,
  kind: ReminderKind,
  { due, until }: { readonly due: Instant; readonly until: Instant },
  at: Instant,
): ReminderState {
  const handed = facts.handedOver.get(kind)
  if (handed?.sentAt) return { kind: 'sent', at: handed.sentAt }
  if (handed?.inDoubt) return { kind: 'in-doubt' }
  if (handed) return { kind: handed.givenUp ? 'failed' : 'waiting', problem: handed.problem }
  const why = whyStopped(facts, kind, { due, until }, at)
  if (why) return { kind: 'stopped', why }
  return { kind: at >= due ? 'due' : 'planned' }
}

function whyStopped(
  facts: ReminderFacts,
  kind: ReminderKind,
  { due, until }: { readonly due: Instant; readonly until: Instant },
  at: Instant,
): StopReason | undefined {
  if (facts.cancelled) return 'cancelled'
  if (!facts.hasAdapter) return 'no-adapter'
  if (facts.choice === undefined) return 'not-asked-for'
  if (facts.choice === 'off') return 'opted-out'
  if (!facts.hasAddress) return 'no-address'
  if (kind === 'day-before' && facts.answered) return 'answered'
  // The last one carries the link to the questions: whoever is booked late gets it at once.
  if (kind !== 'day-before' && facts.timeKnownAt > due) return 'booked-later'
  if (at >= until || at >= facts.startsAt) return 'missed'
  if (facts.handedOverInAll >= MOST_PER_VISIT) return 'enough'
  return undefined
}
