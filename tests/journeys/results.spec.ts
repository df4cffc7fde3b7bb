import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, type Visit, type VisitOptions } from './chromium.ts'
import type { ClinicProcess } from './clinic-process.ts'
import { startLivedClinic } from './lived-clinic.ts'
import { heading, pageAfter, signIn } from './people-in-the-story.ts'

/**
 * Results: the team's figures with their numbers, what a researcher may and may not see, people of another place brought
 * in from a file, and what everybody may read.
 */
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-results-'))
chmodSync(folder, 0o755)
let clinic: ClinicProcess
let browser: Awaited<ReturnType<typeof openBrowser>>
const visits: Visit[] = []

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
const wordsOf = async (page: Page) => (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ')

beforeAll(async () => {
  browser = await openBrowser()
  clinic = await startLivedClinic(folder)
})
afterAll(async () => {
  await browser?.close()
  await clinic?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the clinic’s figures', () => {
  it('are told with people, definition and numbers, and the same numbers leave as a file', async () => {
    const prescriber = await staff('prescriber', { javaScript: false })
    await prescriber.goto('/work/measure')
    expect(await heading(prescriber)).toMatch(/invented people/)
    for (const link of ['use', 'abstinence', 'scores', 'retention', 'side-effects']) {
      await prescriber.goto(`/work/measure/${link}`)
      const said = await wordsOf(prescriber)
      expect(said, link).toMatch(/ v\d and \d+ more| v\d\)/)
      expect(said, link).not.toMatch(/success rate|NaN|undefined/i)
      const csv = await prescriber.request.get(`/work/measure/numbers/${link}.csv`)
      expect(csv.status(), link).toBe(200)
      expect(await csv.text(), link).not.toMatch(/NaN|undefined|Infinity/)
    }
  })

  it('show nobody in particular to a researcher', async () => {
    const researcher = await staff('researcher')
    await researcher.goto('/work/measure/funnel')
    expect(await wordsOf(researcher)).not.toMatch(/Raman|Dr /)
    for (const path of ['/work/people', '/work/board', '/work/measure/release']) {
      expect((await researcher.request.get(path)).status(), path).toBe(403)
    }
  })
})

describe('people of another place', () => {
  it('come in from a file: looked at, checked, told what is wrong, brought in once', async () => {
    const file = join(folder, 'elsewhere.csv')
    const rows = Array.from({ length: 40 }, (_, n) => `${n + 3},${n % 3 === 0 ? 1 : 0},${n % 2 ? 'a' : 'b'}`)
    writeFileSync(file, ['weeks,left,arm', ...rows].join('\n'))
    const manager = await staff('manager')
    const look = async () => {
      await manager.goto('/work/measure/cohorts/new')
      await manager.locator('[name="file"]').setInputFiles(file)
      await manager.locator('[name="kind"]').first().check({ force: true })
      await pageAfter(manager, () => manager.getByRole('button', { name: 'Look at it' }).click())
      await manager.locator('[name="name"]').fill('People elsewhere')
      await manager.locator('[name="time"]').selectOption('weeks')
      await manager.locator('[name="unit"][value="weeks"]').check({ force: true })
      await manager.locator('[name="group"]').selectOption('arm')
      await manager.locator('[name="yes"]').fill('1')
      await manager.locator('[name="no"]').fill('0')
    }
    await look()
    await manager.locator('[name="event"]').selectOption('weeks')
    await pageAfter(manager, () => manager.getByRole('button', { name: 'Check it' }).click())
    expect(await wordsOf(manager)).toContain('40 problems')
    expect(await manager.locator('[name="name"]').inputValue()).toBe('People elsewhere')
    await manager.locator('[name="event"]').selectOption('left')
    await pageAfter(manager, () => manager.getByRole('button', { name: 'Check it' }).click())
    await pageAfter(manager, () => manager.getByRole('button', { name: 'Bring in' }).click())
    const address = new URL(manager.url()).pathname
    expect(await wordsOf(manager)).toContain('40 people')

    await look()
    await manager.locator('[name="event"]').selectOption('left')
    await pageAfter(manager, () => manager.getByRole('button', { name: 'Check it' }).click())
    await pageAfter(manager, () => manager.getByRole('button', { name: 'Bring in' }).click())
    expect(new URL(manager.url()).pathname).toBe(address)
  })
})

describe('what everybody may read', () => {
  it('is a signed release, said to be of invented people, on a small dark screen without script', async () => {
    const visitor = await at({ width: 390, height: 844, dark: true, javaScript: false })
    await visitor.goto('/results')
    const said = await wordsOf(visitor)
    expect(said).toMatch(/invented/i)
    expect(said).not.toMatch(/success rate|NaN|undefined/i)
    expect(await visitor.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
})

it('no page complained', () => {
  expect(
    visits
      .flatMap(({ complaints }) => complaints)
      .filter((line) => !/Failed to load resource.*403/.test(line)),
  ).toEqual([])
})
