import { parseBatchText, wireLimits } from '@evenkeel/vital-signs'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Services } from '../app/platform/services.server.ts'
import type { KeyHolder, Monitors } from '../app/treat/index.server.ts'
import type { ClinicHono } from './app.ts'

/** Batches a device may send in a second on the long run, and at once after a silence. */
const PER_SECOND = 50
const AT_ONCE = 300
/** Bodies that are read at the same time; each is at most a quarter of a mebibyte. */
const MOST_READING = 200

/**
 * Mounts the way in for monitors and bridges. A device shows its key as `Authorization: Bearer …`.
 *
 * POST /devices/batches: a batch as `packages/vital-signs` reads it. 200 `{accepted, duplicates, problems, now}` only after commit,
 * 400 for what is no batch, 401 without a good key, 403 for another device's batch, 409 when this sequence was taken with other
 * content, 413 when it is too large, 429 and 503 with Retry-After. GET /devices/clock: the server's time, to compare with one's own.
 */
export function mountDevices(app: ClinicHono, services: Services, { intake, nowMs: now }: Monitors): void {
  const allowances = new Map<string, { left: number; atMs: number }>()
  let reading = 0

  const mayPass = (deviceId: string): boolean => {
    const nowMs = now()
    const before = allowances.get(deviceId) ?? { left: AT_ONCE, atMs: nowMs }
    const left = Math.min(AT_ONCE, before.left + ((nowMs - before.atMs) / 1000) * PER_SECOND)
    allowances.set(deviceId, { left: left >= 1 ? left - 1 : left, atMs: nowMs })
    return left >= 1
  }
  /** Who sends; undefined for no good key, `cannot-tell` while the database does not answer. */
  const holderOf = async (c: Context): Promise<KeyHolder | undefined | 'cannot-tell'> => {
    const shown = /^Bearer ([\w-]{20,200})$/.exec(c.req.header('authorization') ?? '')?.[1]
    if (shown === undefined) return undefined
    try {
      return await intake.holderOf(shown)
    } catch (error) {
      services.log.error('devices.key', error)
      return 'cannot-tell'
    }
  }
  const noKey = (c: Context) => {
    c.header('WWW-Authenticate', 'Bearer')
    return c.json({ error: 'no-such-key' }, 401)
  }
  const later = (c: Context, status: 429 | 503, retryAfterS: number) => {
    c.header('Retry-After', String(retryAfterS))
    return c.json({ error: status === 429 ? 'too-many' : 'busy' }, status)
  }

  app.use('/devices/*', async (c, next) => {
    c.header('Cache-Control', 'no-store')
    c.header('X-Content-Type-Options', 'nosniff')
    await next()
  })

  app.get('/devices/clock', async (c) => {
    const holder = await holderOf(c)
    if (holder === 'cannot-tell') return later(c, 503, 2)
    if (!holder) return noKey(c)
    return c.json({ now: services.clock.now() })
  })

  app.post(
    '/devices/batches',
    bodyLimit({
      maxSize: wireLimits.textCharacters,
      onError: (c) => c.json({ error: 'too-large', most: wireLimits.textCharacters }, 413),
    }),
    async (c) => {
      const started = performance.now()
      const holder = await holderOf(c)
      if (holder === 'cannot-tell') return later(c, 503, 2)
      if (!holder) return noKey(c)
      if (!mayPass(holder.device.id)) return later(c, 429, 1)
      if (reading >= MOST_READING) return later(c, 503, 1)
      reading += 1
      const text = await c.req.text().finally(() => {
        reading -= 1
      })
      const parsed = parseBatchText(text)
      if (!parsed.ok) {
        const { reason, words } = parsed.refusal
        const large = reason === 'too-large' || reason.startsWith('too-many')
        return c.json({ error: reason, words }, large ? 413 : 400)
      }
      const { batch, problems } = parsed
      if (batch.deviceId !== holder.device.wireName) {
        return c.json({ error: 'other-device', words: 'this key is of another device' }, 403)
      }
      const taken = await intake.take(holder, batch)
      services.metrics.observeSeconds('evenkeel_batch_seconds', (performance.now() - started) / 1000, {
        outcome: taken.kind,
      })
      if (taken.kind === 'busy') return later(c, 503, taken.retryAfterS)
      if (taken.kind === 'changed') {
        return c.json({ error: 'changed', words: 'this sequence was taken with other content' }, 409)
      }
      const { accepted, duplicates } = taken
      return c.json({ accepted, duplicates, problems, now: services.clock.now() })
    },
  )
}
