import { useEffect, useRef, useState } from 'react'

/** `still` without script and until the line is open: the page is a picture of the moment it was asked for. */
export type LineState = 'still' | 'live' | 'lost'

/** Changes that come in one breath are read once. */
const TOGETHER_MS = 120

/**
 * Follows the clinic's live feed and says when something of one kind has happened. The browser opens a lost line again by
 * itself and names the last number it has, so nothing in between is missed.
 *
 * @param kinds how the kinds of events that count begin, such as `appointment.`
 * @param since the feed's number that the page shows
 * @param changed asked to read the page again
 */
export function useFeedLine(kinds: string, since: number, changed: () => void): LineState {
  const [state, setState] = useState<LineState>('still')
  const newest = useRef(changed)
  newest.current = changed
  const first = useRef(since)
  useEffect(() => {
    const source = new EventSource(`/live?since=${first.current}`)
    let timer: ReturnType<typeof setTimeout> | undefined
    source.addEventListener('hello', () => setState('live'))
    source.addEventListener('event', (event) => {
      const { kind } = JSON.parse(event.data) as { kind: string }
      if (!kind.startsWith(kinds)) return
      clearTimeout(timer)
      timer = setTimeout(() => newest.current(), TOGETHER_MS)
    })
    source.addEventListener('too-old', () => newest.current())
    source.addEventListener('error', () => setState('lost'))
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [kinds])
  return state
}
