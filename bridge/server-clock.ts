import type { After } from './mllp.ts'

/**
 * The server's clock, for a bridge that is told to go by it (`clock: "server"`): a demonstration's clock may show another day than
 * this machine's, and when a value came in must be said by the clock by which it is judged.
 */
export type ServerClock = {
  /** Milliseconds since 1970, by the server. */
  now(): number
  /** Asks no more. */
  close(): void
}

const ASK_EVERY_MS = 10_000
/** The server may still be starting. */
const ASK_AGAIN_MS = 1_000
const ANSWER_WITHIN_MS = 5_000

/**
 * Asks `GET /devices/clock` until the server answers, then every ten seconds, since a server that was started anew may have
 * another clock.
 *
 * @param needs.key of any device that the server knows
 * @param needs.now this machine's clock
 * @param needs.report told with the reason whenever there was no answer
 * @returns settled once the server's clock is known
 */
export async function openServerClock(needs: {
  readonly url: string
  readonly key: string
  readonly after: After
  now(): number
  report(reason: string): void
}): Promise<ServerClock> {
  let aheadMs = 0
  let closed = false
  let cancel = () => {}

  async function ask(): Promise<boolean> {
    const askedMs = needs.now()
    const answer = await clockOf(needs.url, needs.key)
    if (typeof answer === 'string') {
      needs.report(answer)
      return false
    }
    // What lies between asking and hearing is at most a moment; half of it is the likeliest.
    aheadMs = answer - (askedMs + needs.now()) / 2
    return true
  }
  const wait = (ms: number) =>
    new Promise<void>((done) => {
      cancel = needs.after(ms, done)
    })
  async function keepAsking(): Promise<void> {
    while (!closed) {
      await wait(ASK_EVERY_MS)
      if (!closed) await ask()
    }
  }

  while (!(await ask())) await wait(ASK_AGAIN_MS)
  void keepAsking()
  return {
    now: () => Math.round(needs.now() + aheadMs),
    close() {
      closed = true
      cancel()
    },
  }
}

/** @returns the server's time in milliseconds, or why it is not known */
async function clockOf(url: string, key: string): Promise<number | string> {
  try {
    const response = await fetch(new URL('/devices/clock', url), {
      headers: { authorization: `Bearer ${key}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    if (response.status !== 200) return `status ${response.status}`
    const said: unknown = await response.json()
    const ms = Date.parse(String((said as { readonly now?: unknown } | null)?.now))
    return Number.isFinite(ms) ? ms : 'not-the-intake'
  } catch (error) {
    const code = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined)?.code : undefined
    return `no answer: ${code ?? 'unknown'}`
  }
}
