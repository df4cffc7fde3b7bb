import { randomUUID } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import type { ClinicId } from '../app/platform/ids.ts'

/** What one process of the house tells the others: that there is something to read. Never what it says. */
export type Notice = {
  readonly clinicId: ClinicId
  /** Sessions of which monitors' values were stored. */
  readonly sessions?: readonly string[]
  /** The feed has something new. */
  readonly feed?: true
}

export type BetweenProcesses = {
  /** Tells the others soon. What is not heard is found later: the database is what counts. */
  say(notice: Notice): void
  stop(): Promise<void>
}

const CHANNEL = 'evenkeel_processes'
/** PostgreSQL takes less than 8000 bytes; an id with its marks has 39. */
const SESSIONS_AT_ONCE = 150
const GATHER_MS = 100
const RECONNECT_MS = 2_000

/**
 * Joins the processes that share a database by LISTEN and NOTIFY on a connection of its own. A connection that is lost is made
 * again; what was said meanwhile is not said a second time.
 *
 * @param hear called with what another process said; not with what this one said
 * @param hearsAgain called when a connection that was lost is there again: something may have been missed
 */
export async function betweenProcesses(
  pool: Pool,
  hear: (notice: Notice) => void,
  onError: (error: unknown) => void,
  hearsAgain: () => void = () => {},
): Promise<BetweenProcesses> {
  const self = randomUUID()
  let listening: PoolClient | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let soon: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  const sessions = new Map<ClinicId, Set<string>>()
  const feeds = new Set<ClinicId>()

  async function listen(): Promise<void> {
    const client = await pool.connect()
    listening = client
    client.on('notification', ({ payload }) => {
      try {
        const { from, ...notice } = JSON.parse(payload ?? '{}') as Notice & { from: string }
        if (from !== self) hear(notice)
      } catch (error) {
        onError(error)
      }
    })
    client.on('error', (error) => {
      client.release(true)
      listening = undefined
      if (stopped) return
      onError(error)
      retry()
    })
    await client.query(`listen ${CHANNEL}`)
  }
  function retry(): void {
    again = setTimeout(() => void listen().then(hearsAgain, retry), RECONNECT_MS)
  }

  async function tell(): Promise<void> {
    soon = undefined
    const notices: Notice[] = [...feeds].map((clinicId) => ({ clinicId, feed: true }))
    for (const [clinicId, ids] of sessions) {
      const all = [...ids]
      for (let i = 0; i < all.length; i += SESSIONS_AT_ONCE)
        notices.push({ clinicId, sessions: all.slice(i, i + SESSIONS_AT_ONCE) })
    }
    feeds.clear()
    sessions.clear()
    for (const notice of notices) {
      await pool.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify({ from: self, ...notice })])
    }
  }

  await listen().catch(retry)
  return {
    say({ clinicId, sessions: ids = [], feed }) {
      if (feed) feeds.add(clinicId)
      if (ids.length > 0) sessions.set(clinicId, new Set([...(sessions.get(clinicId) ?? []), ...ids]))
      soon ??= setTimeout(() => void tell().catch(onError), GATHER_MS)
    },
    async stop() {
      stopped = true
      clearTimeout(again)
      clearTimeout(soon)
      listening?.release(true)
    },
  }
}
