import type { Instant } from '../../platform/time.ts'
import { type SamplesMessage, type SessionSamples, withSamples } from '../monitors/live-samples.ts'
import type { SessionEvent } from '../session/session-event.ts'
import type { BoardVisit } from './board.ts'
import { type FeedMessage, hear, type LineSignal, type LiveLink, openLink } from './live-link.ts'

/** What the server says of the day, and the feed's number at which that is true. */
export type BoardSnapshot = {
  readonly seq: number
  readonly now: Instant
  readonly visits: readonly BoardVisit[]
  readonly logs: Readonly<Record<string, readonly SessionEvent[]>>
  /** The newest stored values of monitors by session, so that a page shows them before, or without, the line. */
  readonly samples?: Readonly<Record<string, SessionSamples>>
}

/** What a board knows: the snapshot it began with and every message since, each counted once. */
export type BoardFeed = {
  readonly link: LiveLink
  readonly visits: readonly BoardVisit[]
  readonly logs: Readonly<Record<string, readonly SessionEvent[]>>
  /** The newest values of monitors, of the sessions on the board alone. */
  readonly samples: Readonly<Record<string, SessionSamples>>
  /** When consent to dosing was taken back since the snapshot, by person, with the number of the message. */
  readonly takenBack: Readonly<Record<string, { readonly at: Instant; readonly seq: number }>>
  /** The number of the newest message about consent, by person: each time the server is to be asked what it says now. */
  readonly consentSeq: Readonly<Record<string, number>>
  /** How often the diary has changed since; each time the server is to be asked for the day again. */
  readonly diaryChanges: number
}

export type BoardSignal =
  | LineSignal
  | { readonly signal: 'snapshot'; readonly snapshot: BoardSnapshot; readonly nowMs: number }
  | { readonly signal: 'samples'; readonly message: SamplesMessage }

export function beginBoard(snapshot: BoardSnapshot, nowMs: number): BoardFeed {
  return {
    link: openLink(snapshot.seq, snapshot.now, nowMs),
    visits: snapshot.visits,
    logs: snapshot.logs,
    samples: snapshot.samples ?? {},
    takenBack: {},
    consentSeq: {},
    diaryChanges: 0,
  }
}

/** The board after a signal. Pure: the same signals give the same board, whatever the line did in between. */
export function boardAfter(board: BoardFeed, given: BoardSignal): BoardFeed {
  if (given.signal === 'snapshot') return withSnapshot(board, given.snapshot)
  if (given.signal === 'samples') {
    // They carry no number and prove nothing about the line: only what is counted does.
    return { ...board, samples: ofVisits(withSamples(board.samples, given.message), board.visits) }
  }
  const { link, count } = hear(board.link, given)
  if (!count) return { ...board, link }
  const takenBack = takenBackAfter(board.takenBack, count)
  const consentSeq = consentSeqAfter(board.consentSeq, count)
  const counted = { ...board, link, takenBack, consentSeq }
  if (count.kind.startsWith('appointment.') || count.kind.startsWith('consent'))
    return { ...counted, diaryChanges: board.diaryChanges + 1 }
  if (count.kind === 'session.opened') {
    const { sessionId, appointmentId } = count.data
    // A visit the board does not show (of another day): the server is asked for the day again.
    if (!board.visits.some((visit) => visit.appointmentId === appointmentId)) {
      return { ...counted, diaryChanges: board.diaryChanges + 1 }
    }
    const visits = board.visits.map((visit) =>
      visit.appointmentId === appointmentId ? { ...visit, sessionId: String(sessionId) } : visit,
    )
    return { ...counted, visits }
  }
  if (count.kind === 'session.event') {
    const sessionId = String(count.data.sessionId)
    // Sessions that are not of this day are not on the board.
    if (!board.visits.some((visit) => visit.sessionId === sessionId)) return counted
    const log = withEvent(board.logs[sessionId] ?? [], count.data.event as SessionEvent)
    return { ...counted, logs: { ...board.logs, [sessionId]: log } }
  }
  return counted
}

/** Only what a dose needs counts; signing it again is seen when the page is asked for again. */
function takenBackAfter(
  before: BoardFeed['takenBack'],
  { seq, kind, at, data }: FeedMessage,
): BoardFeed['takenBack'] {
  if (kind !== 'consent.withdrawn' || data.stopsDosing !== true) return before
  return { ...before, [String(data.personId)]: { at, seq } }
}

function consentSeqAfter(
  before: BoardFeed['consentSeq'],
  { seq, kind, data }: FeedMessage,
): BoardFeed['consentSeq'] {
  return kind.startsWith('consent.') ? { ...before, [String(data.personId)]: seq } : before
}

/**
 * Since when consent to dosing is taken back: as the server said of a person, or as the line has told since. What the
 * line told before the server was asked counts no more: the person may have signed again.
 *
 * @param read what the server said, and the feed's number at which it did
 */
export function takenBackSince(
  { takenBack }: Pick<BoardFeed, 'takenBack'>,
  personId: string,
  read: { readonly seq: number; readonly takenBackAt: Instant | undefined },
): Instant | undefined {
  const told = takenBack[personId]
  return told && told.seq > read.seq ? told.at : read.takenBackAt
}

/**
 * A newer answer of the server. It may be older than what the line has told since, so logs are joined by event id and
 * the number never goes back.
 */
function withSnapshot(board: BoardFeed, snapshot: BoardSnapshot): BoardFeed {
  const logs: Record<string, readonly SessionEvent[]> = { ...snapshot.logs }
  for (const visit of snapshot.visits) {
    if (!visit.sessionId) continue
    const told = board.logs[visit.sessionId] ?? []
    logs[visit.sessionId] = told.reduce(withEvent, logs[visit.sessionId] ?? [])
  }
  const opened = new Map(board.visits.map((visit) => [visit.appointmentId, visit.sessionId]))
  const visits = snapshot.visits.map((visit) =>
    visit.sessionId ? visit : { ...visit, sessionId: opened.get(visit.appointmentId) },
  )
  for (const visit of visits) {
    if (visit.sessionId && !logs[visit.sessionId]) logs[visit.sessionId] = board.logs[visit.sessionId] ?? []
  }
  const lastSeq = Math.max(board.link.lastSeq, snapshot.seq)
  const told = withSamples(board.samples, { sessions: snapshot.samples ?? {} })
  const samples = ofVisits(told, visits)
  return { ...board, link: { ...board.link, lastSeq }, visits, logs, samples }
}

/** Values of sessions that are not on the board are let go, so that a screen that stands for weeks holds no more than a day. */
function ofVisits(
  samples: BoardFeed['samples'],
  visits: readonly BoardVisit[],
): Readonly<Record<string, SessionSamples>> {
  const shown = new Set(visits.map(({ sessionId }) => sessionId))
  return Object.fromEntries(Object.entries(samples).filter(([sessionId]) => shown.has(sessionId)))
}

function withEvent(log: readonly SessionEvent[], event: SessionEvent): readonly SessionEvent[] {
  return log.some(({ id }) => id === event.id) ? log : [...log, event]
}
