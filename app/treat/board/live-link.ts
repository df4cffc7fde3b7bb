import type { Instant } from '../../platform/time.ts'

/** A message of the live feed as the browser reads it. */
export type FeedMessage = {
  readonly seq: number
  readonly kind: string
  readonly at: Instant
  readonly data: Readonly<Record<string, unknown>>
}

/** What happens on the line. `nowMs` is a clock of the browser that never jumps. */
export type LineSignal =
  | { readonly signal: 'hello' | 'beat'; readonly seq: number; readonly at: Instant; readonly nowMs: number }
  | { readonly signal: 'event'; readonly message: FeedMessage; readonly nowMs: number }
  | { readonly signal: 'dropped'; readonly nowMs: number }
  | { readonly signal: 'tick'; readonly nowMs: number }

/** The line between a screen and the server, and what is known by it. */
export type LiveLink = {
  readonly status: 'opening' | 'live' | 'dropped'
  /** The last number counted; the feed is asked for what comes after it. */
  readonly lastSeq: number
  readonly lastHeardMs: number
  readonly lastTriedMs: number
  /** The server's clock as it was told, and when that was by the browser's. */
  readonly serverMs: number
  readonly serverToldMs: number
  /** How often in a row the line was lost. */
  readonly losses: number
  /** How often in all; each loss asks for a new line. */
  readonly drops: number
}

/** The server is heard every two seconds; a screen that hears nothing for this long cannot say that it is live. */
const SILENCE_MS = 4_500
/** A line that says nothing for this long, or a try that leads nowhere, is given up for a new one. */
const GIVE_UP_MS = 10_000

export function openLink(lastSeq: number, serverNow: Instant, nowMs: number): LiveLink {
  return {
    status: 'opening',
    lastSeq,
    lastHeardMs: nowMs,
    lastTriedMs: nowMs,
    serverMs: Date.parse(serverNow),
    serverToldMs: nowMs,
    losses: 0,
    drops: 0,
  }
}

/**
 * What the line becomes by a signal, and the message to count, if there is a new one.
 *
 * A number seen before is passed over. A number that leaves a gap, or a heartbeat that names a number never
 * received, drops the line: the next one asks for everything after `lastSeq`, so nothing is lost and nothing is
 * counted twice.
 */
export function hear(
  link: LiveLink,
  given: LineSignal,
): { readonly link: LiveLink; readonly count: FeedMessage | undefined } {
  if (given.signal === 'dropped') return dropped(link, given.nowMs)
  if (given.signal === 'tick') {
    const silentMs = given.nowMs - Math.max(link.lastHeardMs, link.lastTriedMs)
    return silentMs > GIVE_UP_MS ? dropped(link, given.nowMs) : { link, count: undefined }
  }
  const heard: LiveLink = { ...link, lastHeardMs: given.nowMs }
  if (given.signal === 'event') {
    if (given.message.seq <= link.lastSeq) return { link: heard, count: undefined }
    if (given.message.seq > link.lastSeq + 1) return dropped(heard, given.nowMs)
    return { link: { ...heard, lastSeq: given.message.seq }, count: given.message }
  }
  if (given.seq > link.lastSeq) return dropped(heard, given.nowMs)
  const told = { serverMs: Date.parse(given.at), serverToldMs: given.nowMs }
  return { link: { ...heard, ...told, status: 'live', losses: 0 }, count: undefined }
}

function dropped(link: LiveLink, nowMs: number): { link: LiveLink; count: undefined } {
  const lost = { losses: link.losses + 1, drops: link.drops + 1, lastTriedMs: nowMs }
  return { link: { ...link, ...lost, status: 'dropped' }, count: undefined }
}

/** The server's time now, as far as the browser can tell. */
export function serverNowMs(link: LiveLink, nowMs: number): number {
  return link.serverMs + (nowMs - link.serverToldMs)
}

/** Whether the screen can prove that it is live; silence cannot. */
export function isLive(link: LiveLink, nowMs: number): boolean {
  return link.status === 'live' && nowMs - link.lastHeardMs < SILENCE_MS
}

/** Whole seconds since the server was last heard. */
export function silentForS(link: LiveLink, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - link.lastHeardMs) / 1000))
}

/** How long to wait before the next try, longer after each loss, never longer than five seconds. */
export function retryAfterMs({ losses }: LiveLink): number {
  return Math.min(5_000, 500 * 2 ** Math.min(losses, 4))
}
