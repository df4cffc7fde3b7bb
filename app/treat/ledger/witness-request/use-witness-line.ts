import { useEffect, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { BY_ITSELF } from '../../../platform/by-itself.ts'
import { type LineState, useFeedLine } from '../../../ui/index.ts'

const TICK_MS = 5_000

/**
 * Keeps a page of requests to a witness as it is now: it is read anew when one was made or answered, and when the one it shows
 * runs out. Reading anew by itself is no use of the sign-in. Nothing typed is lost.
 *
 * @param page the feed's number and the server's time that the page shows
 * @param leftMs until what the page shows runs out by itself; undefined where nothing does
 * @returns how long ago the page was read, in ms, beside the state of the line
 */
export function useWitnessLine(
  page: { readonly seq: number; readonly at: string },
  leftMs?: number,
): { readonly line: LineState; readonly passedMs: number } {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const readAnew = () =>
    void navigate(`${pathname}?${BY_ITSELF}=`, { replace: true, preventScrollReset: true })
  const line = useFeedLine('stock.witness-', page.seq, readAnew)
  const [passedMs, setPassed] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: counts anew from each answer of the server
  useEffect(() => {
    const began = performance.now()
    setPassed(0)
    const timer = setInterval(() => setPassed(performance.now() - began), TICK_MS)
    return () => clearInterval(timer)
  }, [page.at])
  const over = leftMs !== undefined && leftMs > 0 && passedMs > leftMs
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once when the time is over
  useEffect(() => {
    if (over) readAnew()
  }, [over])
  return { line, passedMs }
}
