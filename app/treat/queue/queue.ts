import { type EntryAnswer, MOST_AT_ONCE, type TypedEntry, type WaitingEntry } from './waiting-entry.ts'

/** Why nothing is sent although something waits, until somebody does something about it. */
export type Held = 'signed-out' | 'other-account' | 'not-allowed'

/** The entries of one account on one tablet, and how sending them goes. */
export type Queue = {
  /** By number: the order in which they were written and are sent. */
  readonly items: readonly WaitingEntry[]
  /** How often sending was lost in a row. */
  readonly losses: number
  /** Before this (the tablet's clock) nothing is sent again. */
  readonly notBeforeMs: number
  readonly held: Held | undefined
}

export const EMPTY_QUEUE: Queue = { items: [], losses: 0, notBeforeMs: 0, held: undefined }

export type QueueSignal =
  /** What the tablet's storage holds: the truth, also of what other pages of this tablet did. */
  | { readonly signal: 'kept'; readonly items: readonly WaitingEntry[] }
  | { readonly signal: 'written'; readonly item: WaitingEntry }
  | { readonly signal: 'answered'; readonly answers: readonly EntryAnswer[] }
  | { readonly signal: 'lost'; readonly nowMs: number }
  | { readonly signal: 'held'; readonly why: Held; readonly nowMs: number }
  /** The network came back, or somebody asked for it: waiting longer helps nobody. */
  | { readonly signal: 'try-now' }
  | { readonly signal: 'sent-again'; readonly number: number; readonly fields: TypedEntry['fields'] }
  | { readonly signal: 'set-aside'; readonly number: number }

const LONGEST_WAIT_MS = 15_000
/** Somebody may sign in again in another window. */
const HELD_WAIT_MS = 30_000

/** How long to wait after so many losses in a row: one second, doubled, never more than fifteen. */
export function waitAfterMs(losses: number): number {
  return Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** Math.min(losses - 1, 4))
}

/** The queue after a signal. Pure. An entry leaves it only when the server has it or somebody set it aside. */
export function queueAfter(queue: Queue, given: QueueSignal): Queue {
  switch (given.signal) {
    case 'kept':
      return { ...queue, items: byNumber(given.items) }
    case 'written':
      return queue.items.some(({ number }) => number === given.item.number)
        ? queue
        : { ...queue, items: byNumber([...queue.items, given.item]) }
    case 'answered':
      return {
        items: queue.items.flatMap((item) => afterAnswer(item, given.answers)),
        losses: 0,
        notBeforeMs: 0,
        held: undefined,
      }
    case 'lost': {
      const losses = queue.losses + 1
      return { ...queue, losses, held: undefined, notBeforeMs: given.nowMs + waitAfterMs(losses) }
    }
    case 'held':
      return { ...queue, losses: 0, held: given.why, notBeforeMs: given.nowMs + HELD_WAIT_MS }
    case 'try-now':
      return { ...queue, losses: 0, notBeforeMs: 0 }
    case 'sent-again':
      return {
        ...queue,
        items: queue.items.map((item) => {
          if (item.number !== given.number) return item
          const { refused: _, ...rest } = item
          return { ...rest, fields: given.fields }
        }),
      }
    case 'set-aside':
      return { ...queue, items: queue.items.filter(({ number }) => number !== given.number) }
  }
}

/** What one entry becomes by the server's answers: gone, waiting for a decision, or as it was. */
export function afterAnswer(item: WaitingEntry, answers: readonly EntryAnswer[]): WaitingEntry[] {
  const answer = answers.find(({ number }) => number === item.number)
  if (!answer || item.refused !== undefined) return [item]
  return answer.answer === 'refused' ? [{ ...item, refused: answer.why }] : []
}

/**
 * What is to be sent now: the oldest entries that wait, of one session, in order. Nothing while sending is put off. What
 * was refused waits for a decision and holds nothing up: each entry is judged alone.
 */
export function batchToSend(queue: Queue, nowMs: number): readonly WaitingEntry[] {
  // A clock that was set back does not put sending off for hours.
  const putOff = nowMs < queue.notBeforeMs && queue.notBeforeMs - nowMs <= HELD_WAIT_MS
  const waiting = queue.items.filter(({ refused }) => refused === undefined)
  const first = waiting[0]
  if (putOff || !first) return []
  return waiting.filter(({ sessionId }) => sessionId === first.sessionId).slice(0, MOST_AT_ONCE)
}

function byNumber(items: readonly WaitingEntry[]): readonly WaitingEntry[] {
  return [...items].sort((a, b) => a.number - b.number)
}
