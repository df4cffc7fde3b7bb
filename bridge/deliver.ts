import type { After } from './mllp.ts'
import type { Spool } from './spool.ts'

/**
 * From the spool to the server: each device's batches in their order, one at a time; devices beside one another. Nothing leaves the spool
 * before the server said that it is committed, or said that it will never take it, and then the batch is in `refused.jsonl`.
 */

/** What the server answered, or why there was no answer. */
export type Answer =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly body: string
      /** Seconds, as the server asked. */
      readonly retryAfterS: number | undefined
    }
  | { readonly kind: 'unreached'; readonly reason: string }

/** Posts one batch as the device it is of. */
export type Post = (batch: { readonly deviceId: string; readonly body: string }) => Promise<Answer>

/** What is told while delivering; ids and numbers, never values. */
export type DeliveryReport =
  | { readonly what: 'delivered'; readonly deviceId: string; readonly sequence: number }
  | {
      readonly what: 'refused' | 'waiting'
      readonly deviceId: string
      readonly sequence: number
      readonly reason: string
    }

export type Delivery = {
  /** Something new of this device is in the spool. */
  wake(deviceId: string): void
  /** Lets the posts under way end, starts no more. */
  close(): Promise<void>
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 60_000
/** A key that the server does not know is mended by a person; asking once a minute is enough. */
const KEY_WAIT_MS = 60_000
const LONGEST_RETRY_AFTER_MS = 300_000

/** What to do with an answer. */
export type Verdict =
  | { readonly kind: 'delivered'; readonly problems: readonly unknown[] }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'again'; readonly reason: string; readonly afterMs: number }

/**
 * Decides what an answer means.
 *
 * - 200: committed. Problems it lists are samples that were not taken; they are kept.
 * - 400, 409, 413, 422: this batch will never be taken; the next ones may.
 * - 401, 403: the key is wrong, not the batch: it waits.
 * - anything else, and no answer: again later, at the server's word or at growing distances.
 *
 * @param attempt 0 for the first try of this batch.
 * @param random a number from 0 to 1, so that bridges that lost the server together do not come back together.
 */
export function judge(answer: Answer, attempt: number, random: number): Verdict {
  const backoff = Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempt, 20), LONGEST_WAIT_MS) * (0.5 + random / 2)
  if (answer.kind === 'unreached') return { kind: 'again', reason: answer.reason, afterMs: backoff }
  const { status, retryAfterS } = answer
  if (status === 200) {
    const problems = problemsOf(answer.body)
    // A 200 that does not speak of batches is some other page's: a proxy, a wrong address.
    return problems
      ? { kind: 'delivered', problems }
      : { kind: 'again', reason: 'not-the-intake', afterMs: backoff }
  }
  if ([400, 409, 413, 422].includes(status)) {
    return { kind: 'refused', reason: `${status} ${answer.body.slice(0, 500)}`.trim() }
  }
  if (status === 401 || status === 403)
    return { kind: 'again', reason: `key-refused ${status}`, afterMs: KEY_WAIT_MS }
  const asked = retryAfterS === undefined ? 0 : Math.min(retryAfterS * 1000, LONGEST_RETRY_AFTER_MS)
  return { kind: 'again', reason: `status ${status}`, afterMs: Math.max(backoff, asked) }
}

function problemsOf(body: string): readonly unknown[] | undefined {
  try {
    const said: unknown = JSON.parse(body)
    if (typeof said !== 'object' || said === null || !('accepted' in said)) return undefined
    return 'problems' in said && Array.isArray(said.problems) ? said.problems : []
  } catch {
    return undefined
  }
}

/**
 * Delivers for as long as it is open.
 *
 * @param needs.after the only clock used, for waiting between tries.
 * @param needs.random numbers from 0 to 1.
 * @param needs.now instant in milliseconds, for the lines of `refused.jsonl`.
 */
export function startDelivery(needs: {
  readonly spool: Spool
  readonly post: Post
  readonly after: After
  random(): number
  now(): number
  report(said: DeliveryReport): void
}): Delivery {
  const { spool } = needs
  const running = new Map<string, Promise<void>>()
  const cancelWaits = new Set<() => void>()
  let closed = false

  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      if (closed) return resolve()
      const off = needs.after(ms, done)
      const cancel = () => {
        off()
        done()
      }
      cancelWaits.add(cancel)
      function done() {
        cancelWaits.delete(cancel)
        resolve()
      }
    })

  async function deliverAll(deviceId: string): Promise<void> {
    for (let attempt = 0; !closed; ) {
      const { batch, problem } = await spool.first(deviceId).then(
        (found) => ({ batch: found, problem: undefined }),
        (error: Error) => ({ batch: undefined, problem: error.message }),
      )
      if (problem !== undefined) {
        needs.report({ what: 'waiting', deviceId, sequence: 0, reason: `spool ${problem}` })
        await wait(LONGEST_WAIT_MS)
        continue
      }
      if (!batch) return
      const { sequence, body } = batch
      const verdict: Verdict =
        body === undefined
          ? { kind: 'refused', reason: 'spoilt on disk' }
          : judge(await needs.post({ deviceId, body }), attempt, needs.random())
      if (verdict.kind === 'again') {
        needs.report({ what: 'waiting', deviceId, sequence, reason: verdict.reason })
        attempt += 1
        await wait(verdict.afterMs)
        continue
      }
      const reason = verdict.kind === 'refused' ? verdict.reason : 'problems'
      if (verdict.kind === 'refused' || verdict.problems.length > 0) {
        const kept = await spool
          .keepRefused(
            JSON.stringify({
              at: new Date(needs.now()).toISOString(),
              deviceId,
              sequence,
              reason,
              ...(verdict.kind === 'delivered' ? { problems: verdict.problems } : {}),
              batch: body === undefined ? null : JSON.parse(body),
            }),
          )
          .then(
            () => true,
            () => false,
          )
        if (!kept) {
          needs.report({ what: 'waiting', deviceId, sequence, reason: 'refused batch cannot be kept: disk' })
          attempt += 1
          await wait(LONGEST_WAIT_MS)
          continue
        }
        needs.report({ what: 'refused', deviceId, sequence, reason })
      }
      spool.settle(deviceId, sequence, verdict.kind)
      if (verdict.kind === 'delivered') needs.report({ what: 'delivered', deviceId, sequence })
      attempt = 0
    }
  }

  function wake(deviceId: string): void {
    if (closed || running.has(deviceId)) return
    running.set(
      deviceId,
      deliverAll(deviceId).finally(() => {
        running.delete(deviceId)
        // A batch that came between the last look and the end of the run.
        if (!closed && spool.devices().includes(deviceId)) wake(deviceId)
      }),
    )
  }

  for (const deviceId of spool.devices()) wake(deviceId)
  spool.onAppended = wake
  return {
    wake,
    async close() {
      closed = true
      for (const cancel of [...cancelWaits]) cancel()
      await Promise.all(running.values())
    },
  }
}

/**
 * Posts over HTTP to `POST /devices/batches` with the device's key.
 *
 * @param keyOf the key of a device; a device that left the configuration has none, and its batches wait.
 */
export function httpPost(
  url: string,
  keyOf: (deviceId: string) => string | undefined,
  timeoutMs: number,
): Post {
  const address = new URL('/devices/batches', url)
  return async ({ deviceId, body }) => {
    const key = keyOf(deviceId)
    if (key === undefined) return { kind: 'unreached', reason: 'this device is not in the configuration' }
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body,
        // A key is never carried to where a redirect points.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      })
      const after = Number(response.headers.get('retry-after') ?? Number.NaN)
      return {
        kind: 'answered',
        status: response.status,
        body: (await response.text()).slice(0, 100_000),
        retryAfterS: Number.isFinite(after) && after >= 0 ? after : undefined,
      }
    } catch (error) {
      const cause =
        error instanceof Error ? ((error.cause as NodeJS.ErrnoException)?.code ?? error.name) : 'unknown'
      return { kind: 'unreached', reason: `no answer: ${cause}` }
    }
  }
}
