import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openBrowser, type Visit, type VisitOptions } from './chromium.ts'
import type { ClinicProcess } from './clinic-process.ts'
import { startLivedClinic } from './lived-clinic.ts'
import { heading, pageAfter, recorded, signIn } from './people-in-the-story.ts'

/**
 * Curves of ketamine where people meet them: a nurse beside a pump that is slowed, somebody who looks back along the
 * session, a prescriber who compares regimens and sends the link on, a visitor who moves a slider.
 */
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-curves-'))
chmodSync(folder, 0o755)
/** An infusion has run for some twenty minutes, as at every hour at which the demonstration begins. */
const HOUR = inject('clinicClock')
let clinic: ClinicProcess
let browser: Awaited<ReturnType<typeof openBrowser>>
const visits: Visit[] = []
const story = {} as { sessionPath: string }

async function at(options: VisitOptions = {}): Promise<Page> {
  const visit = await browser.visit(clinic.url, options)
  visits.push(visit)
  return visit.page
}
async function staff(who: string, options: VisitOptions = {}): Promise<Page> {
  const page = await at(options)
  await signIn(page, `${who}@example.org`)
  return page
}
const wordsOf = async (page: Page, where = 'main') =>
  (await page.locator(where).first().innerText()).replaceAll(/\s+/g, ' ')
const lineOf = (page: Page) => page.locator('.chart-wide .series-1 .chart-line').first().getAttribute('d')

beforeAll(async () => {
  browser = await openBrowser()
  clinic = await startLivedClinic(folder)
})
afterAll(async () => {
  await browser?.close()
  await clinic?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('beside the pump', () => {
  it('the line follows what the pump was told, and a faster rate needs a new order', async () => {
    const nurse = await staff('nurse', { clock: HOUR })
    await nurse.goto('/work/board')
    await nurse
      .locator('article', { hasText: 'Infusion' })
      .locator('a[href^="/work/sessions/"]')
      .first()
      .click()
    await nurse.waitForURL(/\/work\/sessions\//)
    story.sessionPath = new URL(nurse.url()).pathname
    await nurse.getByText('Where the person probably is').waitFor()
    const before = await wordsOf(nurse)
    expect(before).toMatch(/about [\d,]+ ng\/mL in the artery \(nine people in ten: \d+ to \d+\)/)
    expect(before).toContain('Not a dosing instruction.')
    expect(before).toContain('a surrogate')
    const drawn = await lineOf(nurse)
    const ends = /(\d\d:\d\d) expected end/.exec(before)![1]!

    await nurse.getByText('The pump runs at another rate').click()
    await nurse.locator('[name="rateMlPerH"]').fill('999')
    await recorded(nurse, () => nurse.getByRole('button', { name: 'Record new rate' }).click())
    expect(await wordsOf(nurse)).toContain('A faster rate needs a new order')
    expect(await nurse.locator('[name="rateMlPerH"]').inputValue()).toBe('999')

    await nurse.locator('[name="rateMlPerH"]').fill('40')
    await recorded(nurse, () => nurse.getByRole('button', { name: 'Record new rate' }).click())
    const after = await wordsOf(nurse)
    expect(after).toContain('Pump set to 40 mL/h')
    expect(/(\d\d:\d\d) expected end/.exec(after)![1]! > ends).toBe(true)
    // What lies behind is drawn as before; only what would come is drawn anew.
    expect((await lineOf(nurse))?.slice(0, 80)).toBe(drawn?.slice(0, 80))
  })

  it('stopping with what the pump says scales the line, and the page says so', async () => {
    const nurse = await staff('nurse2', { clock: HOUR })
    await nurse.goto(story.sessionPath)
    await nurse.getByText('mg, reason or another time').click()
    await nurse.locator('[name="mgGiven"]').first().fill('20')
    await recorded(nurse, () => nurse.getByRole('button', { name: 'Stop infusion' }).click())
    expect(await wordsOf(nurse)).toMatch(/20 mg are on record as given/)
  })

  it('looking back works with and without script', async () => {
    const plain = await staff('prescriber', { javaScript: false })
    await plain.goto(story.sessionPath)
    await plain.getByRole('link', { name: 'Look back' }).click()
    expect(new URL(plain.url()).pathname).toBe(`${story.sessionPath}/replay`)
    await plain.locator('[name="minute"]').fill('soon')
    await plain.getByRole('button', { name: 'Go there' }).click()
    expect(await plain.locator('[name="minute"]').inputValue()).toBe('soon')
    expect(await wordsOf(plain, '.error-summary')).toMatch(/minute/i)
    await plain.locator('[name="minute"]').fill('10')
    await plain.getByRole('button', { name: 'Go there' }).click()
    expect(await wordsOf(plain, '.replay-moment')).toMatch(/minute 10: infusion/)
    await plain.getByRole('link', { name: '−5 min' }).click()
    expect(await wordsOf(plain, '.replay-moment')).toMatch(/minute 5: infusion/)

    const nurse = await staff('nurse', { clock: HOUR })
    await nurse.goto(`${story.sessionPath}/replay?minute=10`)
    const slider = nurse.locator('#replay-slider')
    await slider.waitFor()
    await slider.press('ArrowRight')
    await nurse.getByText(/minute 11: infusion/).waitFor()
    // The newest values of that minute stand beside one another, as at the bedside.
    const tops = await nurse
      .locator('.vitals-strip .reading')
      .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)))
    expect(tops).toHaveLength(5)
    expect(new Set(tops).size).toBe(1)
  })
})

describe('regimens side by side', () => {
  it('are compared, kept in the address, refused field by field, and opened by somebody else by the link', async () => {
    const prescriber = await staff('prescriber')
    await prescriber.goto('/work/regimens')
    await prescriber.locator('[name="weight"]').fill('x')
    await pageAfter(prescriber, () => prescriber.getByRole('button', { name: 'Work it out' }).click())
    expect(await prescriber.locator('[name="weight"]').inputValue()).toBe('x')
    expect(await wordsOf(prescriber, '.error-summary')).toContain('is not a number here')
    expect(await prescriber.locator('[name="weight"]').getAttribute('aria-invalid')).toBe('true')
    await prescriber.locator('[name="weight"]').fill('150')
    await pageAfter(prescriber, () => prescriber.getByRole('button', { name: 'Work it out' }).click())
    const said = await wordsOf(prescriber)
    expect(said).toContain('outside 45 to 130 kg')
    expect(said).toContain('Not a dosing instruction')
    const address = new URL(prescriber.url())
    // No id of anybody travels with the link.
    expect(address.search).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/)

    const researcher = await staff('researcher')
    await researcher.goto(address.pathname + address.search)
    const figures = (page: Page) => page.locator('main table').first().innerText()
    expect(await figures(researcher)).toBe(await figures(prescriber))
    const csv = await researcher.request.get(`/work/regimens.csv${address.search}`)
    expect(csv.headers()['content-type']).toContain('text/csv')
    expect((await csv.text()).split('\n').length).toBeGreaterThan(400)

    // A researcher meets figures over many people, and nobody in particular.
    expect((await researcher.request.get('/work/people')).status()).toBe(403)
    expect((await researcher.request.get(story.sessionPath)).status()).toBe(403)
  })

  it('blood of different sites is never one picture', async () => {
    const prescriber = await staff('prescriber')
    await prescriber.goto('/work/regimens')
    await prescriber.locator('#r2-ready').selectOption('esk-56')
    await pageAfter(prescriber, () => prescriber.getByRole('button', { name: 'Fill in regimen 2' }).click())
    await pageAfter(prescriber, () => prescriber.getByRole('button', { name: 'Work it out' }).click())
    expect(await wordsOf(prescriber)).toContain('Different blood')
  })
})

describe('inside a session', () => {
  it('a visitor moves along the minutes by the keys, and changes the way', async () => {
    const page = await at({ width: 390, height: 844, dark: true })
    await page.goto('/how-treatment-works')
    await page.locator('main a[href="/inside-a-session"]').first().click()
    const slider = page.locator('input[type="range"]')
    await slider.waitFor()
    for (let i = 0; i < 4; i++) await slider.press('ArrowRight')
    await page.getByText('About 1 hour in').waitFor()
    expect(await slider.getAttribute('aria-valuetext')).toContain('1 hour')
    await page.getByRole('link', { name: 'Nasal spray of esketamine' }).click()
    expect(new URL(page.url()).search).toBe('?route=spray&minute=60')
    await page.reload()
    await page.getByText('About 1 hour in').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })

  it('and does the same without script', async () => {
    const page = await at({ javaScript: false })
    await page.goto('/inside-a-session')
    await page.locator('input[name="minute"]').fill('abc')
    await page.getByRole('button', { name: 'Show this minute' }).click()
    expect(await page.locator('input[name="minute"]').inputValue()).toBe('abc')
    await page.locator('input[name="minute"]').fill('120')
    await page.getByRole('button', { name: 'Show this minute' }).click()
    expect(await wordsOf(page)).toContain('About 2 hours in')
    expect(await heading(page)).toBe('What a session looks like inside the body')
  })
})

it('no page complained', () => {
  expect(
    visits
      .flatMap(({ complaints }) => complaints)
      .filter((line) => !/Failed to load resource.*403/.test(line)),
  ).toEqual([])
})
