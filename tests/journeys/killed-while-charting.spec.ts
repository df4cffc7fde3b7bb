import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { systemIds } from '../../app/platform/ids.ts'
import { openBrowser } from './chromium.ts'
import { type ClinicProcess, startClinic } from './clinic-process.ts'
import { startLivedClinic } from './lived-clinic.ts'
import { signIn } from './people-in-the-story.ts'

/**
 * Somebody charts at the bedside while the server, its database, or both are killed again and again (kill -9). What was
 * acknowledged is in the log once; what was not is sent again under its own key until it is, and is there once too.
 */
const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-killed-'))
chmodSync(folder, 0o755)
const KILLS = 30
/** Reproducible, so that a run that fails can be looked at again. */
const SEED = 20_261_123
let clinic: ClinicProcess
let cookie = ''
let sessionPath = ''

beforeAll(async () => {
  clinic = await startLivedClinic(folder)
  const browser = await openBrowser()
  const { page } = await browser.visit(clinic.url)
  await signIn(page, 'nurse@example.org')
  await page.goto('/work/board')
  const link = page.locator('article', { hasText: 'Infusion' }).locator('a[href^="/work/sessions/"]').first()
  sessionPath = (await link.getAttribute('href'))!
  cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  await browser.close()
})
afterAll(async () => {
  await clinic?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** mulberry32: the same numbers for the same seed. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
const moment = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** One entry by the form of the bedside. @returns whether the server said that it is stored */
async function post(key: string, text: string): Promise<boolean> {
  const url = clinic.url
  try {
    const response = await fetch(`${url}${sessionPath}`, {
      method: 'POST',
      headers: { cookie, origin: url, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ intent: 'observe', key, topic: 'general', text }),
      redirect: 'manual',
    })
    await response.arrayBuffer()
    return response.status === 303 && (response.headers.get('location') ?? '').includes('done=')
  } catch {
    return false
  }
}

/** Kills PostgreSQL; one that is still coming back from the kill before is waited for. */
async function killDatabase(): Promise<void> {
  for (;;) {
    try {
      const pid = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
      process.kill(pid, 'SIGKILL')
      return
    } catch {
      // No file, or the number of one that is dead.
      await moment(5)
    }
  }
}

describe('a log that outlives its server', () => {
  it(`has every acknowledged entry once after ${KILLS} kills of server and database`, async () => {
    const draw = random(SEED)
    const written = new Map<string, string>()
    const acknowledged: string[] = []
    let charting = true
    let tries = 0
    const nurse = (async () => {
      for (let n = 0; charting; n++) {
        const key = systemIds.next()
        const text = `Entry ${n}`
        written.set(key, text)
        // As a tablet's queue does: the same entry under the same key until it is known to be stored.
        while (!(await post(key, text))) {
          tries += 1
          await moment(20)
        }
        acknowledged.push(key)
      }
    })()
    const killed = { server: 0, database: 0, both: 0 }
    for (let i = 0; i < KILLS; i++) {
      const goal = acknowledged.length + 1 + Math.floor(draw() * 4)
      while (acknowledged.length < goal) await moment(2)
      // Anywhere within a request, also between its commit and its answer.
      await moment(draw() * 60)
      const what = (['server', 'database', 'both'] as const)[Math.floor(draw() * 3)]!
      killed[what] += 1
      if (what !== 'server') await killDatabase()
      if (what !== 'database') {
        await clinic.kill()
        clinic = await startClinic(folder, { EVENKEEL_DEMO_CLOCK: inject('clinicClock') })
      }
    }
    charting = false
    await nurse

    const client = new pg.Client({ host: join(folder, 'postgres'), user: 'postgres', database: 'evenkeel' })
    await client.connect()
    const { rows } = await client.query<{ id: string; text: string }>(
      `select id, words ->> 'text' as text from session_event where words ->> 'text' like 'Entry %'`,
    )
    await client.end()
    expect(Object.values(killed).every((count) => count > 0)).toBe(true)
    expect(tries).toBeGreaterThan(0)
    expect(acknowledged).toHaveLength(written.size)
    expect(rows.map(({ id, text }) => `${id} ${text}`).sort()).toEqual(
      [...written].map(([id, text]) => `${id} ${text}`).sort(),
    )
    const audit = execFileSync(process.execPath, [join(root, 'scripts/audit-verify.ts')], {
      cwd: root,
      env: { ...process.env, EVENKEEL_DATA: folder, VITEST: '' },
      encoding: 'utf8',
    })
    expect(audit).toMatch(/whole, \d+ entries/)
  })
})
