import { type Dispatch, useEffect, useReducer, useRef, useState } from 'react'
import type { Instant } from '../../platform/time.ts'
import type { SamplesMessage } from '../monitors/live-samples.ts'
import { type BoardFeed, type BoardSignal, type BoardSnapshot, beginBoard, boardAfter } from './board-feed.ts'
import {
  type FeedMessage,
  isLive,
  type LiveLink,
  retryAfterMs,
  serverNowMs,
  silentForS,
} from './live-link.ts'

/** What a live screen shows now. */
export type LiveBoard = {
  readonly board: BoardFeed
  /** The server's time; ticks. */
  readonly nowMs: number
  readonly live: boolean
  readonly silentS: number
  /** False until the browser has taken over: without script the page is a picture of the moment it was asked for. */
  readonly watching: boolean
}

const TICK_MS = 500

/**
 * Follows the live feed from a snapshot on. All decisions are in `board-feed.ts` and `live-link.ts`; this only owns
 * the line and the ticking clock.
 *
 * @param askAgain called when the diary has changed, or the line broke, and the server should be asked for the day again
 */
export function useBoardFeed(snapshot: BoardSnapshot, askAgain: () => void): LiveBoard {
  // The browser's clock counts from the moment it takes over, so that the first picture is the server's own.
  const began = useRef<number | undefined>(undefined)
  const [board, signal] = useReducer(boardAfter, snapshot, (first) => beginBoard(first, 0))
  const [nowMs, setNowMs] = useState(0)

  useEffect(() => {
    const timer = setInterval(() => {
      const now = sinceBegan(began)
      setNowMs(now)
      signal({ signal: 'tick', nowMs: now })
    }, TICK_MS)
    return () => clearInterval(timer)
  }, [])
  useEffect(() => signal({ signal: 'snapshot', snapshot, nowMs: sinceBegan(began) }), [snapshot])
  useEffect(() => {
    if (board.diaryChanges > 0) askAgain()
  }, [board.diaryChanges, askAgain])
  // A line that breaks may mean that nobody is signed in any more; asking says so.
  useEffect(() => {
    if (board.link.drops > 0) askAgain()
  }, [board.link.drops, askAgain])
  useLine(board.link, began, signal)

  return {
    board,
    nowMs: serverNowMs(board.link, nowMs),
    live: isLive(board.link, nowMs),
    silentS: silentForS(board.link, nowMs),
    watching: nowMs > 0,
  }
}

function sinceBegan(began: { current: number | undefined }): number {
  began.current ??= performance.now()
  return performance.now() - began.current
}

/** One line to the feed at a time; each loss closes it and, after a while, opens the next from the last number on. */
function useLine(
  link: LiveLink,
  began: { current: number | undefined },
  signal: Dispatch<BoardSignal>,
): void {
  const newest = useRef(link)
  newest.current = link
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is wanted exactly when one more was lost
  useEffect(() => {
    let source: EventSource | undefined
    const open = () => {
      source = new EventSource(`/live?since=${newest.current.lastSeq}`)
      for (const name of ['hello', 'beat'] as const) {
        source.addEventListener(name, (event) => {
          const told = JSON.parse(event.data) as { seq: number; at: Instant }
          signal({ signal: name, ...told, nowMs: sinceBegan(began) })
        })
      }
      source.addEventListener('event', (event) => {
        const message = JSON.parse(event.data) as FeedMessage
        signal({ signal: 'event', message, nowMs: sinceBegan(began) })
      })
      source.addEventListener('samples', (event) => {
        signal({ signal: 'samples', message: JSON.parse(event.data) as SamplesMessage })
      })
      // Away for so long that what was missed is no longer sent piece by piece: begin anew.
      source.addEventListener('too-old', () => globalThis.location.reload())
      source.addEventListener('error', () => {
        source?.close()
        signal({ signal: 'dropped', nowMs: sinceBegan(began) })
      })
    }
    const timer = setTimeout(open, link.drops === 0 ? 0 : retryAfterMs(newest.current))
    return () => {
      clearTimeout(timer)
      source?.close()
    }
  }, [link.drops])
}
