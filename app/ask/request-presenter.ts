import { type Instant, momentInWords, msBetween } from '../platform/time.ts'
import type { StateKind, TimelineItem } from '../ui/index.ts'
import type { WeekHours } from './clinic-hours.ts'
import { helpsFor } from './other-helps.ts'
import { wordsOf } from './request.ts'
import {
  DECLINE_REASONS,
  type NextDue,
  nextDue,
  REPLY_CHANNELS,
  type RequestEvent,
  type RequestStatus,
  requestStatus,
  type StoredRequestEvent,
} from './request-events.ts'

/** What showing needs of the clinic and the moment. */
export type Beholding = {
  readonly at: Instant
  readonly timeZone: string
  readonly hours: WeekHours
  /** Names of accounts. */
  readonly names: ReadonlyMap<string, string>
}

/** A state as the inbox shows it: colour and word. Red is for danger that nobody has answered yet. */
export function stateShown(status: RequestStatus): { readonly state: StateKind; readonly word: string } {
  switch (status.kind) {
    case 'new':
      return { state: 'due', word: 'New' }
    case 'set-aside':
      return { state: 'unknown', word: 'Set aside: looks automatic' }
    case 'in-hand':
      return {
        state: 'due',
        word: status.triesWithoutReaching > 0 ? `Tried ${times(status.triesWithoutReaching)}` : 'Taken up',
      }
    case 'answered':
      return { state: 'calm', word: 'Reached, to decide' }
    case 'accepted':
      return { state: 'calm', word: 'Accepted' }
    case 'declined':
      return { state: 'unknown', word: 'Declined' }
  }
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`
}

const DUE_WORDS = { answer: 'Answer', 'next-try': 'Next try', decision: 'Decision' } as const

/** What is due next, in words; `late` when its time has passed. */
function dueShown(due: NextDue | undefined, { at, timeZone }: Beholding) {
  if (!due) return undefined
  const lateMs = msBetween(due.by, at)
  return {
    what: DUE_WORDS[due.what],
    by: momentInWords(due.by, timeZone),
    /** Time since it was due; negative before. */
    lateMs,
    late: lateMs >= 0 ? spanText(lateMs) : undefined,
  }
}

/** A length of time in the largest unit that fits, rounded down. */
export function spanText(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 120) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`
}

/** Whether a request speaks of danger and nobody has reached its sender. */
function isAlarm(status: RequestStatus): boolean {
  return status.urgent && (status.kind === 'new' || status.kind === 'in-hand')
}

/** Everything computed of one request at a moment. */
export function standing(events: readonly RequestEvent[], beholding: Beholding) {
  const status = requestStatus(events)
  const due = nextDue(events, beholding.hours, beholding.timeZone)
  return {
    status,
    due,
    shown: stateShown(status),
    dueWords: dueShown(due, beholding),
    alarm: isAlarm(status),
  }
}

/** What happened, oldest first, for the timeline. */
export function eventTimeline(
  events: readonly StoredRequestEvent[],
  beholding: Beholding,
): readonly TimelineItem[] {
  return events.map((event) => timelineItem(event, beholding))
}

function timelineItem(event: StoredRequestEvent, { names, timeZone }: Beholding): TimelineItem {
  const name = (id: string) => names.get(id) ?? 'somebody no longer here'
  const base = {
    key: event.id,
    when: momentInWords(event.at, timeZone),
    dateTime: event.at,
    ...('by' in event ? { by: name(event.by) } : {}),
  }
  switch (event.kind) {
    case 'submitted':
      return {
        ...base,
        title: event.urgent ? 'Sent, with danger in the safety answer' : 'Sent',
        ...(event.urgent ? { state: 'red' as const } : {}),
        ...(event.suspicion ? { body: SUSPICION_WORDS[event.suspicion] } : {}),
      }
    case 'assigned':
      return {
        ...base,
        title: event.to === event.by ? 'Took it up' : `Handed it to ${name(event.to)}`,
        ...(event.note ? { body: event.note } : {}),
      }
    case 'replied': {
      const how = event.mailed ? 'sent from here' : event.reached ? 'reached' : 'tried, not reached'
      return { ...base, title: `${wordsOf(REPLY_CHANNELS, event.channel)}: ${how}`, body: event.words }
    }
    case 'accepted':
      return { ...base, title: 'Accepted', state: 'calm' }
    case 'declined':
      return {
        ...base,
        title: `Declined: ${wordsOf(DECLINE_REASONS, event.reason)}`,
        body: [event.elsewhere, ...helpsFor(event.reason, event.helps ?? []).map((help) => help.name)].join(
          ' · ',
        ),
      }
    case 'times-offered':
      return {
        ...base,
        title: 'Offered times',
        body: event.starts.map((start) => momentInWords(start, timeZone)).join(' · '),
      }
    case 'time-chosen':
      return { ...base, title: `They chose ${momentInWords(event.startsAt, timeZone)}`, state: 'calm' }
  }
}

const SUSPICION_WORDS = {
  'hidden-field': 'A field that people do not see was filled in. Programs do that; so do some browsers.',
  'too-fast': 'It was filled in within seconds.',
  'never-opened': 'Its first page was sent without having been opened.',
} as const
