import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { action, anyStaff, mayDo } from '../app/platform/access.ts'
import type { Actor } from '../app/platform/actor.ts'
import { runQuery } from '../app/platform/command.server.ts'
import type { FeedEvent } from '../app/platform/domain-event.ts'
import { feedHead } from '../app/platform/feed.server.ts'
import type { Services } from '../app/platform/services.server.ts'

const followLive = action('live.follow', anyStaff)

/** A screen that hears nothing for longer than a few of these knows that it is not live. */
const HEARTBEAT_MS = 2_000
const MOST_WAITING = 2_000

/**
 * GET /live?since=N: server-sent events of the actor's clinic after number N, missed ones first; without N only
 * what comes from now on. A heartbeat names the newest number and the server's time. A follower that cannot keep
 * up is closed and reconnects with the last number it has.
 */
export async function liveFeed(
  c: Context<{ Bindings: HttpBindings; Variables: { actor: Actor } }>,
  services: Services,
): Promise<Response> {
  const actor = c.get('actor')
  if (!mayDo(actor, followLive)) return c.text('Sign in to follow.', actor.kind === 'visitor' ? 401 : 403)
  const asked = c.req.header('last-event-id') ?? c.req.query('since')
  const since = asked !== undefined && /^\d{1,15}$/.test(asked) ? Number(asked) : undefined
  const from = since ?? (await runQuery(services, actor, ({ db }) => feedHead(db, actor.clinicId)))
  c.header('X-Accel-Buffering', 'no')
  c.header('Cache-Control', 'no-store')

  return streamSSE(c, async (stream) => {
    const waiting: FeedEvent[] = []
    let wake: () => void = () => {}
    let closed = false
    let last = from
    const stop = services.feed.follow(actor.clinicId, from, {
      deliver(events) {
        waiting.push(...events)
        if (waiting.length > MOST_WAITING) closed = true
        wake()
      },
      close() {
        closed = true
        wake()
      },
    })
    stream.onAbort(() => {
      closed = true
      stop()
      wake()
    })
    try {
      await stream.writeSSE({ event: 'hello', data: JSON.stringify({ seq: from, at: services.clock.now() }) })
      let beatMs = performance.now()
      while (!closed) {
        if (waiting.length === 0) {
          await new Promise<void>((done) => {
            const timer = setTimeout(done, HEARTBEAT_MS)
            wake = () => {
              clearTimeout(timer)
              done()
            }
          })
          wake = () => {}
        }
        for (const event of waiting.splice(0)) {
          last = event.seq
          await stream.writeSSE({
            id: String(event.seq),
            event: 'event',
            data: JSON.stringify({ seq: event.seq, kind: event.kind, at: event.at, data: event.data }),
          })
        }
        // A timer may fire a moment early; that must not skip a beat.
        if (performance.now() - beatMs >= HEARTBEAT_MS - 50) {
          beatMs = performance.now()
          await stream.writeSSE({
            event: 'beat',
            data: JSON.stringify({ seq: last, at: services.clock.now() }),
          })
        }
      }
    } finally {
      stop()
    }
  })
}
