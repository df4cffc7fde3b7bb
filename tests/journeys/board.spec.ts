import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openLive, readingTyped } from './bedside-steps.ts'
import { openBrowser, type Visit, type VisitOptions } from './chromium.ts'
import { type ClinicProcess, startClinic } from './clinic-process.ts'
import { startLivedClinic } from './lived-clinic.ts'
import { signIn } from './people-in-the-story.ts'

/** The board of rooms: a watch handed from one nurse to another, the sound of the day, and the screen on the wall. */
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-board-'))
chmodSync(folder, 0o755)
let clinic: ClinicProcess
let browser: Awaited<ReturnType<typeof openBrowser>>
const visits: Visit[] = []

async function staff(who: string, options: VisitOptions = {}): Promise<Page> {
  const visit = await browser.visit(clinic.url, options)
  visits.push(visit)
  await signIn(visit.page, `${who}@example.org`)
  await visit.page.goto('/work/board')
  await visit.page.getByText(/^Live/).first().waitFor()
  return visit.page
}
const tileUnderWay = (page: Page) => page.locator('article', { hasText: 'Infusion' }).first()

beforeAll(async () => {
  browser = await openBrowser()
  clinic = await startLivedClinic(folder)
})
afterAll(async () => {
  await browser?.close()
  await clinic?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the board', () => {
  it('hands a watch from one nurse to the other, and both see who has it without reloading', async () => {
    const [nadia, tomas] = [await staff('nurse'), await staff('nurse2')]
    // Whoever has it at this hour, Tomas takes it first.
    const take = tileUnderWay(tomas).getByRole('button', { name: /I watch this room/ })
    if (await take.count()) await take.click()
    await tomas.getByText('You watch:').waitFor()
    await tileUnderWay(nadia).getByText('Tomas Bell watches').waitFor()

    await tileUnderWay(tomas).getByText('Hand over').click()
    await tomas.getByRole('button', { name: /Offer the watch/ }).click()
    await tomas.getByText('Not done').waitFor()
    await tomas.locator('select[name="to"]').selectOption({ label: 'Nadia Ferris' })
    await tomas.getByRole('button', { name: /Offer the watch/ }).click()
    await nadia.getByText(/Tomas Bell offers you/).waitFor()
    // Until it is taken it stays where it was.
    await tileUnderWay(nadia).getByText('Tomas Bell watches').waitFor()
    await tileUnderWay(nadia)
      .getByRole('button', { name: /Take over from Tomas Bell/ })
      .click()
    await nadia.getByText('You watch:').waitFor()
    await tileUnderWay(tomas).getByText('Nadia Ferris watches').waitFor()
    await tomas.getByText('You watch no room.').waitFor()
  })

  it('an alarm is seen and taken on from the board, on a page that stays, and the bedside says who did', async () => {
    const [nadia, tomas] = [await staff('nurse'), await staff('nurse2')]
    const bedside = await tileUnderWay(nadia)
      .getByRole('link', { name: /Go to the bedside/ })
      .getAttribute('href')
    await openLive(nadia, bedside!)
    await readingTyped(nadia, [192, 96, 88, 86, 14, 5])
    // Two red alarms on a tablet held sideways: the keys for the next reading stay in sight.
    await nadia.setViewportSize({ width: 1024, height: 768 })
    await nadia
      .getByRole('button', { name: /^Acknowledge Red/ })
      .nth(1)
      .waitFor()
    await nadia.evaluate(() => scrollTo(0, 0))
    const [keys, bar] = await Promise.all(
      ['.pad-keys', '.bar-stack'].map((part) => nadia.locator(part).first().boundingBox()),
    )
    expect(keys!.y + keys!.height).toBeLessThanOrEqual(bar!.y)
    const tile = tomas.locator('article', { has: tomas.locator(`a[href="${bedside}"]`) })
    await tomas.evaluate(() => Object.assign(globalThis, { stillHere: true }))
    await tile.getByRole('button', { name: /^Seen Red: Oxygen saturation 86/ }).click()
    await tile
      .getByText(/nobody has acknowledged, seen at .* by Tomas Bell/)
      .first()
      .waitFor()
    await tile.getByRole('button', { name: /^Acknowledge Red: Oxygen saturation 86/ }).click()
    await tile
      .getByText(/acknowledged at .* by Tomas Bell/)
      .first()
      .waitFor()
    expect(await tile.getByRole('button', { name: /Oxygen saturation/ }).count()).toBe(0)
    // A page that came anew would have lost its sound until somebody touches it.
    expect(await tomas.evaluate(() => 'stillHere' in globalThis)).toBe(true)
    await nadia
      .getByRole('region', { name: 'Alarms' })
      .getByText(/acknowledged .*by Tomas Bell/)
      .first()
      .waitFor()
    const manager = await staff('manager')
    expect(await manager.getByRole('button', { name: /^(Seen|Acknowledge)/ }).count()).toBe(0)
  })

  it('locks where it stands once nobody is signed in on it any more', async () => {
    const page = await staff('nurse')
    const beside = await page.context().newPage()
    await beside.goto('/work/board')
    await beside.getByRole('button', { name: 'Sign out' }).click()
    await beside.waitForURL((url) => !url.pathname.startsWith('/work'))
    await page.getByRole('alert').getByText('This board is locked').waitFor({ timeout: 60_000 })
    expect(await page.locator('article').count()).toBe(0)
    expect(page.url()).toContain('/work/board')
    // Signed in again in this browser, it opens by itself.
    await signIn(beside, 'nurse@example.org')
    await page.locator('article').first().waitFor({ timeout: 60_000 })
    // The line was refused while nobody was signed in; nothing else is a complaint.
    for (const visit of visits) {
      const refused = (line: string) => /status of 401/.test(line)
      visit.complaints.splice(
        0,
        visit.complaints.length,
        ...visit.complaints.filter((each) => !refused(each)),
      )
    }
  }, 180_000)

  it('is not content with its sound until somebody heard it here today; the wall goes on with it, and says when it is not live', async () => {
    const page = await staff('nurse2')
    const sound = page.getByRole('region', { name: 'Sound of alarms' })
    await sound.getByText('Sound is off on this screen').waitFor()
    await sound.getByRole('button', { name: 'Test the sound' }).click()
    await sound.getByText('Sound not tested today on this screen').waitFor()
    await sound.getByRole('button', { name: 'Yes, I heard all three' }).click()
    await sound.getByText('Say what this screen is called.').waitFor()
    await sound.getByLabel('What this screen is called').fill('Nurses’ desk')
    await sound.getByRole('button', { name: 'Yes, I heard all three' }).click()
    await sound.getByText(/Sound on, heard at .* by Tomas Bell/).waitFor()

    await page.getByRole('link', { name: 'Show as a wall screen' }).click()
    const wall = page.locator('.wall')
    await wall.getByText(/Sound on, heard at .* by Tomas Bell/).waitFor()
    await page.setViewportSize({ width: 1920, height: 1080 })
    const words = await page.locator('body').innerText()
    expect(words).not.toMatch(/Ashgrove|Hollin|Schedule|Sign out/)
    expect(await wall.locator('a, button, input, select').count()).toBe(0)
    // An amber room with a long word among them: every line of every tile is whole.
    const tiles = await wall
      .locator('.wall-tile')
      .evaluateAll((all) => all.map((each) => each.scrollHeight - each.clientHeight))
    expect(tiles.length).toBeGreaterThan(2)
    expect(Math.max(...tiles)).toBeLessThanOrEqual(0)
    const scrolls = await page.evaluate(
      () =>
        document.documentElement.scrollHeight > innerHeight ||
        document.documentElement.scrollWidth > innerWidth,
    )
    expect(scrolls).toBe(false)
    for (const visit of visits) expect(visit.complaints).toEqual([])

    await clinic.kill()
    await page.getByRole('alert').getByText('Not live').waitFor()
  })

  it('covers the wall in red without any script', async () => {
    clinic = await startClinic(folder, { EVENKEEL_DEMO_CLOCK: inject('clinicClock') })
    const visit = await browser.visit(clinic.url, { javaScript: false, width: 1920, height: 1080 })
    await signIn(visit.page, 'nurse@example.org')
    await visit.page.goto('/work/board?wall=1')
    expect(await visit.page.content()).not.toMatch(/Ashgrove|Hollin/)
    const cover = visit.page.locator('.wall-unproved')
    await expect
      .poll(() => cover.evaluate((each) => getComputedStyle(each).opacity), { timeout: 9_000 })
      .toBe('1')
  })
})
