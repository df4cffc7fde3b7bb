import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { actorWhileUsed } from '../app/identity/index.server.ts'
import { readSessionCookie } from '../app/identity/session-cookie.ts'
import { mayDo } from '../app/platform/access.ts'
import type { Actor } from '../app/platform/actor.ts'
import { runQuery } from '../app/platform/command.server.ts'
import type { FeedEvent } from '../app/platform/domain-event.ts'
import { feedHead } from '../app/platform/feed.server.ts'
import { followLive, mayHear } from '../app/platform/live-access.ts'
import type { Services } from '../app/platform/services.server.ts'
import type { SamplesChannel } from '../app/treat/index.server.ts'

/** A screen that hears nothing for longer than a few of these knows that it is not live. */
const HEARTBEAT_MS = 2_000
const MOST_WAITING = 2_000
/** A screen that has missed more than this reads its page again; the line is not for reading the past. */
const MOST_MISSED = 20_000
/** Messages of samples that may wait; whoever is further behind is told all newest values at once instead. */
const MOST_SAMPLES_WAITING = 16
/** How often an open line asks whether who opened it is still signed in. */
const RECHECK_MS = 30_000

/**
 * GET /live?since=N: server-sent events of the actor's clinic after number N, missed ones first; without N only
 * what comes from now on. A heartbeat names the newest number and the server's time. A follower that cannot keep
 * up is closed and reconnects with the last number it has.
 *
 * Opening the line is a read in the audit. An event that the actor may not hear keeps its number and loses its kind
 * and content, so that no number is missing. An N too far back is answered by `too-old` and the line begins at the
 * newest number: the screen must read its page again. The line ends when the session ends or is idle too long; it
 * does not itself count as use.
 *
 * Beside the numbered events the line tells `samples`: the newest values of monitors, all there is at the beginning and
 * then what is new. They have no number, since a newer one follows (docs/decisions/0020-live-samples.md).
 *
 * @param samples where values of monitors come from; left out, none are told
 * @param recheckMs how often the session is looked at, in milliseconds
 */
export async function liveFeed(
  c: Context<{ Bindings: HttpBindings; Variables: { actor: Actor } }>,
  services: Services,
  samples?: SamplesChannel,
  recheckMs = RECHECK_MS,
): Promise<Response> {
  let actor = c.get('actor')
  if (!mayDo(actor, followLive)) return c.text('Sign in to follow.', actor.kind === 'visitor' ? 401 : 403)
  const asked = c.req.header('last-event-id') ?? c.req.query('since')
  const since = asked !== undefined && /^\d{1,15}$/.test(asked) ? Number(asked) : undefined
  const head = await runQuery(services, actor, async ({ db, audit }) => {
    const newest = await feedHead(db, actor.clinicId)
    audit.read(followLive.id, { object: 'feed', detail: { since: since ?? newest, newest } })
    return newest
  })
  // A number that has not been given yet comes from another history of this clinic, such as before a restore.
  const tooOld = since !== undefined && (head - since > MOST_MISSED || since > head)
  const from = since === undefined || tooOld ? head : since
  const cookie = readSessionCookie(c.req.header('cookie') ?? null) ?? ''
  c.header('X-Accel-Buffering', 'no')

  const response = streamSSE(c, async (stream) => {
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
    let values: string[] = []
    const hearsSamples = samples && mayHear(actor, 'session.samples')
    const stopSamples = hearsSamples
      ? samples.follow(actor.clinicId, (message) => {
          values.push(message)
          if (values.length > MOST_SAMPLES_WAITING) values = [samples.all(actor.clinicId)]
          wake()
        })
      : () => {}
    if (hearsSamples) values.push(samples.all(actor.clinicId))
    stream.onAbort(() => {
      closed = true
      stop()
      stopSamples()
      wake()
    })
    try {
      if (tooOld) {
        await stream.writeSSE({
          event: 'too-old',
          data: JSON.stringify({ seq: head, at: services.clock.now() }),
        })
      }
      await stream.writeSSE({ event: 'hello', data: JSON.stringify({ seq: from, at: services.clock.now() }) })
      let beatMs = performance.now()
      let checkedMs = beatMs
      while (!closed) {
        if (waiting.length === 0 && values.length === 0) {
          await new Promise<void>((done) => {
            const timer = setTimeout(done, Math.min(HEARTBEAT_MS, recheckMs))
            wake = () => {
              clearTimeout(timer)
              done()
            }
          })
          wake = () => {}
        }
        if (performance.now() - checkedMs >= recheckMs) {
          checkedMs = performance.now()
          const now = await actorWhileUsed(services, cookie)
          if (!now || !mayDo(now, followLive)) break
          actor = now
        }
        for (const event of waiting.splice(0)) {
          last = event.seq
          const { seq, at } = event
          const told = mayHear(actor, event.kind)
            ? { seq, kind: event.kind, at, data: event.data }
            : { seq, kind: 'not-told', at, data: {} }
          await stream.writeSSE({ id: String(seq), event: 'event', data: JSON.stringify(told) })
        }
        for (const data of values.splice(0)) {
          if (mayHear(actor, 'session.samples')) await stream.writeSSE({ event: 'samples', data })
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
    } catch (error) {
      services.log.error('live.failed', error)
    } finally {
      stop()
      stopSamples()
    }
  })
  // The library says "no-cache", which lets a copy be kept.
  response.headers.set('Cache-Control', 'no-store')
  return response
}
