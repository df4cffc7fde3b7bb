import { useEffect, useState } from 'react'
import { inboxAct, rowAfter } from './inbox-keys.ts'

const rowLinks = () => [...document.querySelectorAll<HTMLElement>('[data-request]')]

/**
 * With script, letters move through the inbox (`INBOX_KEYS`); Enter and Tab are the browser's own. Nothing happens while
 * somebody types.
 *
 * @returns whether the keys work, so that the page names them only then
 */
export function useInboxKeys(): boolean {
  const [ready, setReady] = useState(false)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if ((event.target as HTMLElement).matches('input, textarea, select')) return
      const act = inboxAct(event.key)
      if (!act) return
      const links = rowLinks()
      const row = links.findIndex(
        (link) => link === document.activeElement || link.closest('tr')?.contains(document.activeElement),
      )
      if (act.kind === 'step') links[rowAfter(row, act.by, links.length)]?.focus()
      if (act.kind === 'open') links[row]?.click()
      if (act.kind === 'take') links[row]?.closest('tr')?.querySelector('button')?.click()
      if (act.kind === 'find') document.getElementById('reference')?.focus()
      if (act.kind === 'view') document.querySelectorAll<HTMLElement>('.inbox-views a')[act.place]?.click()
      event.preventDefault()
    }
    document.addEventListener('keydown', press)
    setReady(true)
    return () => document.removeEventListener('keydown', press)
  }, [])
  return ready
}

const TICK_MS = 30_000

/**
 * Time since the page was read, in half minutes, so that ages go on without a clock of the browser being trusted.
 *
 * @param seq the feed's number that the page shows: with a new reading the count begins anew
 */
export function useElapsedMs(seq: number): number {
  const [elapsedMs, setElapsed] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: counts anew from each answer of the server
  useEffect(() => {
    const began = performance.now()
    setElapsed(0)
    const timer = setInterval(() => setElapsed(performance.now() - began), TICK_MS)
    return () => clearInterval(timer)
  }, [seq])
  return elapsedMs
}

/**
 * Reads the inbox again at the moment at which the next request becomes overdue, so that it rises.
 *
 * @param inMs time until then when the page was read; undefined: nothing becomes due
 */
export function useNextDue(inMs: number | undefined, seq: number, read: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: waits anew from each answer of the server
  useEffect(() => {
    // Further than a day ahead somebody will have opened the page anew; timers of browsers overflow after 24 days.
    if (inMs === undefined || inMs > 86_400_000) return
    const timer = setTimeout(read, inMs + 1_000)
    return () => clearTimeout(timer)
  }, [inMs, seq])
}
