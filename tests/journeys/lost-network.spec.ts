import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openBrowser } from './chromium.ts'
import { type ClinicProcess, startClinic } from './clinic-process.ts'
import { startLivedClinic } from './lived-clinic.ts'
import { recorded, signIn } from './people-in-the-story.ts'

/**
 * The bedside without a network, in the real browser: what is recorded meanwhile is shown at once, survives a reload, a
 * killed tab and a killed server, and stands in the log once, at its own time. The browser's clock is days away from the
 * clinic's: the times must be right all the same.
 */
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-lost-network-'))
chmodSync(folder, 0o755)
let clinic: ClinicProcess
let browser: Awaited<ReturnType<typeof openBrowser>>
let sessionPath = ''
/** When the clinic's clock began to run, by this machine's. */
let clinicBeganMs = 0

beforeAll(async () => {
  clinicBeganMs = Date.now()
  clinic = await startLivedClinic(folder)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await clinic?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const VITALS = ['128', '82', '74', '97', '14', '4'] as const
const SIGNS = [
  'systolicMmHg',
  'diastolicMmHg',
  'heartRatePerMin',
  'spo2Percent',
  'respiratoryRatePerMin',
  'moaas',
] as const

async function tablet(who: string) {
  const visit = await browser.visit(clinic.url, { width: 820, height: 1180 })
  await signIn(visit.page, `${who}@example.org`)
  return visit
}
async function reading(page: Page, values: readonly string[]) {
  for (const [i, value] of values.entries()) await page.locator(`#reading-${SIGNS[i]}`).fill(value)
  await page.locator('#reading-submit').click()
}
const waiting = (page: Page, count: number) =>
  page.locator(`.bedside[data-turns][data-waiting="${count}"]`).waitFor()
/** The page hears the server, and its worker has the page and the files it is made of. */
async function readyForTheWorst(page: Page) {
  await page.getByText('Live', { exact: true }).waitFor()
  await page.waitForFunction(async () => {
    const kept = await caches.match(location.pathname)
    const files = await (await caches.open('bedside-files-1')).keys()
    const scripts = performance
      .getEntriesByType('resource')
      .filter(({ name }) => /\/assets\/.*\.js$/.test(name))
    return kept !== undefined && files.length >= scripts.length && scripts.length > 0
  })
}
const logOf = async (page: Page) =>
  (await page.getByRole('list', { name: /^Log of the session/ }).innerText()).replaceAll(/\s+/g, ' ')

async function rowsOf<Row extends pg.QueryResultRow>(query: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ host: join(folder, 'postgres'), user: 'postgres', database: 'evenkeel' })
  await client.connect()
  const { rows } = await client.query<Row>(query, values)
  await client.end()
  return rows
}

const stored = () =>
  rowsOf<{
    kind: string
    at: Date
    received_at: Date
    data: Record<string, unknown>
    words: { text?: string }
    via: { tablet: string; number: number; aheadMs: number }
  }>(
    `select kind, at, received_at, data, words, via from session_event
     where session_id = $1 and via is not null order by received_at, (via ->> 'number')::int`,
    [sessionPath.split('/').at(-1)],
  )

describe('a bedside without a network', () => {
  it('shows what two tablets said against each other, until somebody decides', async () => {
    const first = await tablet('nurse')
    await first.page.goto('/work/board')
    const link = first.page
      .locator('article', { hasText: 'Infusion' })
      .locator('a[href^="/work/sessions/"]')
      .first()
    sessionPath = (await link.getAttribute('href'))!
    await first.page.goto(sessionPath)
    const second = await tablet('nurse2')
    await second.page.goto(sessionPath)
    await readyForTheWorst(first.page)

    await first.context.setOffline(true)
    // A line that is open already outlives the browser's switch; a reload does not.
    await first.page.reload()
    await first.page.getByText(/^No network: this page was kept/).waitFor()
    await recorded(second.page, () => second.page.getByRole('button', { name: 'Pause', exact: true }).click())
    await first.page.getByRole('button', { name: 'Pause', exact: true }).click()
    await waiting(first.page, 1)
    expect(await logOf(first.page)).toContain('Waiting to be sent')

    await first.context.setOffline(false)
    const card = first.page.locator('.conflict')
    await card.waitFor({ timeout: 30_000 })
    expect(await card.innerText()).toContain('The infusion is paused already.')
    // It is there after a reload as well, and goes only by a decision with a reason.
    await first.page.reload()
    await card.waitFor()
    await card.getByRole('button', { name: 'Set aside' }).click()
    await card.getByText('Say why it is set aside.').waitFor()
    await card.getByLabel('Why it is set aside').fill('Paused by my colleague')
    await card.getByRole('button', { name: 'Set aside' }).click()
    await waiting(first.page, 0)
    await second.page.getByRole('button', { name: 'Resume', exact: true }).waitFor()
    await recorded(second.page, () =>
      second.page.getByRole('button', { name: 'Resume', exact: true }).click(),
    )
    const rows = await stored()
    expect(rows.map(({ kind }) => kind).sort()).toEqual(['dose-paused', 'dose-resumed', 'observation'])
    expect(rows.find(({ kind }) => kind === 'observation')!.words.text).toMatch(
      /Infusion paused\. Not taken because: The infusion is paused already\. Set aside because: Paused by my colleague/,
    )
    await first.close()
    await second.close()
  })

  it('loses nothing and doubles nothing through a reload, a killed tab and a killed server', async () => {
    const before = (await stored()).length
    // A colleague's tablet loses the network as well, and finds it last.
    const late = await tablet('nurse2')
    await late.page.goto(sessionPath)
    await readyForTheWorst(late.page)
    const { page, context } = await tablet('nurse')
    await page.goto(sessionPath)
    await readyForTheWorst(page)
    await context.setOffline(true)
    await late.context.setOffline(true)
    await late.page.reload()
    await late.page.getByText(/^No network: this page was kept/).waitFor()
    const beganMs = Date.now()
    await late.page.getByRole('button', { name: 'Pause', exact: true }).click()
    await waiting(late.page, 1)

    await reading(page, VITALS)
    await waiting(page, 1)
    await page.locator('.vitals-strip', { hasText: '128/82' }).waitFor()
    // An unlikely value is asked about without a server as well.
    await reading(page, ['101', '141', ...VITALS.slice(2)])
    const confirm = page.getByRole('button', { name: 'It is right: record it' })
    await confirm.waitFor()
    await waiting(page, 1)
    await page.waitForFunction(
      (since) => performance.now() - since > 800,
      await page.evaluate(() => performance.now()),
    )
    await confirm.click()
    await waiting(page, 2)
    await page.getByText('The pump runs at another rate').click()
    await page.locator('[name="rateMlPerH"]').fill('30')
    await page.getByRole('button', { name: 'Record new rate' }).click()
    await waiting(page, 3)
    expect(await logOf(page)).toContain('Pump set to 30 mL/h')

    await page.reload()
    await waiting(page, 3)
    await page.getByText(/^No network: this page was kept/).waitFor()
    expect(await logOf(page)).toContain('Pump set to 30 mL/h')
    await page.locator('.bar-stop summary').click()
    await page.getByRole('button', { name: /Stop now/ }).click()
    await waiting(page, 4)
    const endedMs = Date.now()
    await page.locator('.bar-stop').waitFor({ state: 'detached' })
    expect(await logOf(page)).toMatch(/Infusion stopped: [\d.]+ mg given/)

    await page.close()
    const after = await context.newPage()
    await after.goto(sessionPath)
    await waiting(after, 4)
    const shown = await logOf(after)
    expect(shown.match(/Waiting to be sent/g)).toHaveLength(4)

    // The network is back before the server is.
    await clinic.kill()
    await context.setOffline(false)
    await waiting(after, 4)
    const elapsedMs = Date.now() - clinicBeganMs
    clinic = await startClinic(folder, {
      EVENKEEL_DEMO_CLOCK: new Date(Date.parse(inject('clinicClock')) + elapsedMs).toISOString(),
      PORT: new URL(clinic.url).port,
    })
    await after.locator('.bedside[data-turns][data-waiting="0"]').waitFor({ timeout: 60_000 })
    await after.getByText('Live', { exact: true }).waitFor({ timeout: 30_000 })
    expect(await logOf(after)).not.toContain('Waiting to be sent')
    expect(await logOf(after)).toContain('The tablet’s clock was')

    const rows = (await stored()).slice(before)
    expect(rows.map(({ kind }) => kind)).toEqual(['reading', 'reading', 'dose-rate-changed', 'dose-stopped'])
    expect(rows[1]!.data).toMatchObject({ confirmed: ['diastolicMmHg'] })
    expect(new Set(rows.map(({ via }) => via.tablet)).size).toBe(1)
    // By the clinic's clock, in order, within what the two starts of the server differ by.
    const times = rows.map(({ at, via }) => at.getTime() + via.aheadMs)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times[0]!).toBeGreaterThan(beganMs - 120_000)
    expect(times.at(-1)!).toBeLessThan(endedMs + 120_000)

    // The colleague's pause was before the stop, so it is taken at its own time, and the mg follow.
    // The correction names the stop as well, above the stop itself.
    const mg = async () =>
      Number([...(await logOf(after)).matchAll(/Infusion stopped: ([\d.]+) mg given/g)].at(-1)![1])
    const mgBefore = await mg()
    await late.context.setOffline(false)
    await late.page.locator('.bedside[data-turns][data-waiting="0"]').waitFor({ timeout: 60_000 })
    expect(await late.page.locator('.conflict').count()).toBe(0)
    await after.getByText(`Corrected; before: ${mgBefore} mg.`).waitFor()
    expect(await mg()).toBeLessThan(mgBefore)
    expect(await logOf(after)).not.toContain('not counted')
    const [paused] = (await stored()).slice(before + rows.length)
    expect(paused).toMatchObject({ kind: 'dose-paused' })
    expect(paused!.at < rows[3]!.at).toBe(true)
    await late.close()
  })

  it('keeps what was set aside after the session was closed where everybody sees it', async () => {
    const [closed] = await rowsOf<{ session_id: string }>(
      `select session_id from session_event where kind = 'session-closed' order by at desc limit 1`,
    )
    const path = `/work/sessions/${closed!.session_id}`
    const { page, close } = await tablet('nurse')
    await page.goto(path)
    await page.getByText('Live', { exact: true }).waitFor()
    // What the tablet wrote while it had no network and the note was signed elsewhere.
    await page.evaluate(async (sessionId) => {
      const answered = <Value>(request: IDBRequest<Value>) =>
        new Promise<Value>((done, fail) => {
          request.onsuccess = () => done(request.result)
          request.onerror = () => fail(request.error)
        })
      const db = await answered(indexedDB.open('evenkeel-bedside', 1))
      let account: string | undefined
      while (!account) {
        const logs = await answered(db.transaction('logs').objectStore('logs').getAll())
        account = logs.find((log: { sessionId: string }) => log.sessionId === sessionId)?.account
        await new Promise((next) => setTimeout(next, 100))
      }
      const fields = [
        ['key', crypto.randomUUID()],
        ['topic', 'general'],
        ['text', 'Slept until she was fetched'],
      ]
      const entry = { account, sessionId, intent: 'observe', fields, writtenMs: Date.now(), aheadMs: null }
      await answered(db.transaction('entries', 'readwrite').objectStore('entries').add(entry))
      db.close()
    }, closed!.session_id)
    await page.reload()
    const card = page.locator('.conflict')
    await card.getByText('This session is over.').first().waitFor({ timeout: 30_000 })
    await card.getByLabel('Why it is set aside').fill('Said in the addendum')
    await card.getByRole('button', { name: 'Set aside' }).click()
    const kept = page.getByRole('list', { name: 'Set aside after closing' })
    await kept.getByText('Slept until she was fetched').waitFor({ timeout: 30_000 })
    expect(await kept.innerText()).toContain('Said in the addendum')
    expect(await card.count()).toBe(0)
    await close()
    const colleague = await tablet('nurse2')
    await colleague.page.goto(path)
    await colleague.page.getByText('Slept until she was fetched').waitFor()
    expect(await logOf(colleague.page)).not.toContain('Slept until')
    await colleague.close()
  })

  it('keeps what waits for whoever wrote it when nobody is signed in any more, and hands out no page', async () => {
    const { page, context } = await tablet('nurse')
    await page.goto(sessionPath)
    await readyForTheWorst(page)
    await context.setOffline(true)
    await reading(page, VITALS)
    await waiting(page, 1)
    // Signed out elsewhere: the session of the browser is gone.
    await context.clearCookies({ name: 'ek_session' })
    await context.setOffline(false)
    await page.getByText(/^Sign in to send/).waitFor({ timeout: 30_000 })
    await waiting(page, 1)
    await signIn(page, 'nurse2@example.org')
    await page.goto(sessionPath)
    await page.getByText('1 entry of a colleague waits on this tablet').waitFor()
    const mine = (await stored()).length
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(/signed-out/)
    await context.setOffline(true)
    await expect(page.goto(sessionPath)).rejects.toThrow()
    await context.setOffline(false)
    expect((await stored()).length).toBe(mine)
    await signIn(page, 'nurse@example.org')
    await page.goto(sessionPath)
    await waiting(page, 0)
    await page.getByText('Live', { exact: true }).waitFor()
    await page.waitForFunction(() => !document.cookie.includes('evenkeel-waiting'))
    expect((await stored()).length).toBe(mine + 1)
  })

  it('says that a tablet cannot keep anything; forms then go straight to the server, or are said not to be recorded', async () => {
    const { page, context } = await tablet('nurse')
    await context.addInitScript(() =>
      Object.defineProperty(globalThis, 'indexedDB', {
        get() {
          throw new Error('blocked')
        },
      }),
    )
    await page.goto(sessionPath)
    await page.getByText('This tablet cannot keep entries').waitFor()
    await readyForTheWorst(page)
    const mine = (await stored()).length
    await recorded(page, () => reading(page, VITALS))
    await page.getByText('Reading recorded.').waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    await context.setOffline(true)
    await reading(page, VITALS)
    await page
      .getByText('Not recorded: there is no network, and this tablet cannot keep it.')
      .first()
      .waitFor()
    expect(await page.locator('#reading-systolicMmHg').inputValue()).toBe(VITALS[0])
    // By the page's own form, not from a queue.
    expect((await stored()).length).toBe(mine)
  })
})
