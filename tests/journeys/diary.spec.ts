import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openBrowser, type Visit, type VisitOptions } from './chromium.ts'
import { pageAfter, signIn } from './people-in-the-story.ts'

/** The diary of the demonstration clinic: driven by keys and pointer, by two people at once, on paper and in calendars. */
const SERIES_DAY = '2026-12-01'
let browser: Awaited<ReturnType<typeof openBrowser>>
const visits: Visit[] = []

async function staff(who: string, options: VisitOptions = {}): Promise<Page> {
  const visit = await browser.visit(inject('clinicUrl'), options)
  visits.push(visit)
  await signIn(visit.page, `${who}@example.org`)
  return visit.page
}
const wordsOf = async (page: Page) => (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ')
const grid = (page: Page) => page.locator('table.schedule[role="grid"]')
const visitOf = (page: Page, name: string) => page.locator('td.schedule-visit', { hasText: name }).first()
const timeOf = async (page: Page, name: string) =>
  (await visitOf(page, name).locator('.schedule-time').textContent()) ?? ''

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
})

describe('a coordinator with the keyboard alone', () => {
  it('books a series, walks through the grid, and moves one of it', async () => {
    const page = await staff('coordinator')
    await page.goto('/work/appointments/new')
    await page.getByLabel('Person', { exact: true }).selectOption({ label: 'Anouk Merrow' })
    await page.getByLabel('Kind of appointment').selectOption('therapy')
    await page.getByLabel('Begins').fill(`${SERIES_DAY}T09:00`)
    await page.getByLabel('How many').fill('3')
    await pageAfter(page, () => page.getByLabel('How many').press('Enter'))
    expect(new URL(page.url()).searchParams.get('day')).toBe(SERIES_DAY)
    await page.goto(`/work/schedule?view=rooms&day=${SERIES_DAY}`)
    await grid(page).waitFor()
    expect(await timeOf(page, 'Anouk Merrow')).toBe('09:00 to 09:50')

    // One stop for Tab in the whole grid; the arrows go on from there.
    expect(await grid(page).locator('[tabindex="0"]').count()).toBe(1)
    await grid(page).locator('[tabindex="0"]').focus()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Anouk Merrow')
    await page.keyboard.press('ArrowUp')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(
      /^08:45, .+, free$/,
    )
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('picks the visit up').waitFor()
    await page.keyboard.press('Escape')

    await visitOf(page, 'Anouk Merrow').locator('a').focus()
    await page.keyboard.press('m')
    await page.getByText('Moving Anouk Merrow').waitFor()
    await page.locator('.schedule-slot:focus').waitFor()
    await page.keyboard.press('End')
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    const said = (await page.locator('#schedule-words').textContent()) ?? ''
    expect(said).toMatch(/^\d\d:\d\d, .+, free$/)
    await page.keyboard.press('Enter')
    await page.getByText('Moved.', { exact: true }).waitFor()
    expect(await timeOf(page, 'Anouk Merrow')).toContain(`${said.slice(0, 5)} to `)
    await page.waitForFunction(() => document.activeElement?.textContent === 'Anouk Merrow')
    expect(page.url()).not.toContain('moving=')

    // Esc leaves everything as it was; n, p and t turn the pages.
    await page.keyboard.press('m')
    await page.locator('.schedule-slot:focus').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('Moving Anouk Merrow').waitFor({ state: 'detached' })
    expect(await timeOf(page, 'Anouk Merrow')).toContain(`${said.slice(0, 5)} to `)
    await page.waitForFunction(() => document.activeElement?.textContent === 'Anouk Merrow')
    await page.keyboard.press('n')
    await page.waitForURL(/day=2026-12-02/)
    await page.waitForFunction(() => document.activeElement?.closest('table.schedule') !== null)
    await page.keyboard.press('t')
    await page.waitForURL(/day=2026-11-24/)
  })
})

describe('two at once', () => {
  it('each sees what the other moved, by pointer too, and a move of what is no longer so is refused with words', async () => {
    const [one, two] = [await staff('coordinator'), await staff('nurse')]
    const still = await staff('prescriber', { javaScript: false })
    const address = `/work/schedule?view=rooms&day=2026-12-08`
    for (const page of [one, two]) {
      await page.goto(address)
      await grid(page).waitFor()
      await page.getByText('Live: what others change appears here.').waitFor()
    }
    const before = await timeOf(two, 'Anouk Merrow')
    // Somebody without script picks the same visit up and is slow to decide.
    const href = await visitOf(one, 'Anouk Merrow').locator('a').getAttribute('href')
    await still.goto(href!)
    await still.getByRole('link', { name: 'Choose a free time' }).click()
    await still.getByText('Moving Anouk Merrow').waitFor()

    const from = (await visitOf(one, 'Anouk Merrow').boundingBox())!
    await one.mouse.move(from.x + 30, from.y + 8)
    await one.mouse.down()
    await one.mouse.move(from.x + 30, from.y + 40, { steps: 4 })
    const target = one.locator('.schedule-slot', { hasText: /^16:00/ }).first()
    await target.waitFor()
    await target.scrollIntoViewIfNeeded()
    const to = (await target.boundingBox())!
    await one.mouse.move(to.x + 20, to.y + 8, { steps: 4 })
    await one.locator('.schedule-ghost-visit').first().waitFor()
    await one.mouse.up()
    await one.getByText('Moved.', { exact: true }).waitFor()
    expect(await timeOf(one, 'Anouk Merrow')).toBe('16:00 to 16:50')

    // The other screen says so by itself.
    await two.getByText(/Anouk Merrow is now .*16:00/).waitFor()
    expect(await timeOf(two, 'Anouk Merrow')).toBe('16:00 to 16:50')
    expect(before).not.toBe('16:00 to 16:50')

    await pageAfter(still, () => still.locator('.schedule-slot').first().click())
    const refused = await wordsOf(still)
    expect(refused).toContain('Not moved')
    expect(refused).toMatch(/It was Tue 8 Dec 2026, 09:00, .+; it is now Tue 8 Dec 2026, 16:00/)
    expect(refused).toContain('Moving Anouk Merrow')
    // It is still in hand, as it is now.
    await pageAfter(still, () => still.locator('.schedule-slot').first().click())
    expect(await wordsOf(still)).toContain('Moved.')
  })

  it('a time that is taken is refused with the next free ones, and what was typed stays', async () => {
    const page = await staff('coordinator')
    await page.goto('/work/schedule?view=week&day=2026-11-25')
    await page.locator('td.schedule-visit', { hasText: 'Integration' }).first().locator('a').click()
    await page.waitForURL(/\/work\/appointments\//)
    await page.getByLabel('Begins').fill('2026-11-25T10:10')
    await pageAfter(page, () => page.getByRole('button', { name: 'Move this visit' }).click())
    const words = await wordsOf(page)
    expect(words).toMatch(/the therapist is with somebody else\./i)
    expect(words).toContain('Free next with the same people and place')
    expect(await page.getByLabel('Begins').inputValue()).toBe('2026-11-25T10:10')
  })
})

describe('outside the screen', () => {
  it('a day is printed without a name', async () => {
    const page = await staff('nurse')
    await page.goto('/work/schedule/sheet?day=2026-11-24')
    const words = await wordsOf(page)
    expect(words).toMatch(/session 1 of \d/)
    expect(words).toMatch(/Q\.\sE\./)
    expect(words).not.toContain('Quilla')
  })

  it.each([
    ['a nurse', 'nurse', '/work/calendar-feeds', 'Make an address of my calendar'],
    ['a patient', 'patient', '/portal/calendar-feeds', 'Make an address'],
  ])('%s subscribes, and the address ends when it is revoked', async (_, who, path, button) => {
    const page = await staff(who)
    await page.goto(path)
    await pageAfter(page, () => page.getByRole('button', { name: button }).click())
    const link = (await page.locator('code').textContent())!
    const file = new URL(link).pathname
    const answer = await page.request.get(file)
    expect(answer.status()).toBe(200)
    expect(answer.headers()['content-type']).toContain('text/calendar')
    expect(answer.headers()['cache-control']).toBe('no-store')
    expect(answer.headers()['x-robots-tag']).toContain('noindex')
    const text = await answer.text()
    expect(text.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true)
    expect(text).not.toMatch(/ketamine|addiction|alcohol|session|recovery|infusion/i)
    expect(new Set(text.match(/^SUMMARY:.*$/gm))).toEqual(
      new Set(text.includes('VEVENT') ? ['SUMMARY:Appointment'] : []),
    )

    await page.goto(path)
    expect(await wordsOf(page)).not.toContain(file)
    await pageAfter(page, () =>
      page
        .getByRole('button', { name: /^Revoke/ })
        .first()
        .click(),
    )
    await page.getByText('Revoked.').waitFor()
    expect((await page.request.get(file)).status()).toBe(404)
  })

  it('no page complained', () => {
    // A feed that was revoked is not found, as it should be.
    expect(visits.flatMap((visit) => visit.complaints)).toEqual([])
  })
})
