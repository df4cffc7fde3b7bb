import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, type Visit } from './chromium.ts'
import type { ClinicProcess } from './clinic-process.ts'
import { startLivedClinic } from './lived-clinic.ts'
import { choose, pageAfter, signIn } from './people-in-the-story.ts'

/**
 * The day before a visit in the demonstration clinic: the link on a telephone, somebody whom no one can fetch, and what
 * the coordinator and the board say of it.
 */
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-day-before-'))
chmodSync(folder, 0o755)
let clinic: ClinicProcess
let browser: Awaited<ReturnType<typeof openBrowser>>
const visits: Visit[] = []

async function at(width: number): Promise<Visit> {
  const visit = await browser.visit(clinic.url)
  visits.push(visit)
  await visit.page.setViewportSize({ width, height: 844 })
  return visit
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

it('is answered by link on a telephone; nobody to fetch them rises on the list; named, it is confirmed', async () => {
  const desk = (await at(1280)).page
  await signIn(desk, 'coordinator@example.org')
  await desk.goto('/work/day-before')
  const first = desk.locator('main a[href^="/work/day-before/"]').first()
  const name = (await first.innerText()).trim()
  expect(await wordsOf(desk)).toContain('Nothing answered yet')
  await pageAfter(desk, () => first.click())
  await pageAfter(desk, () => desk.getByRole('button', { name: 'Make a link' }).click())
  const { pathname } = new URL(await desk.locator('main code').innerText())

  const telephone = await at(390)
  const { page } = telephone
  await page.goto(pathname)
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
  await choose(page, 'Are you thinking of harming yourself?', 'No')
  await choose(page, 'Does an adult take you home?', 'No one can fetch me')
  await choose(page, 'If no one can', 'Yes, please move my visit')
  await pageAfter(page, () => page.getByRole('button', { name: 'Send my answers' }).click())
  expect(await wordsOf(page)).toContain('Your visit cannot go ahead without an escort')

  await desk.goto('/work/day-before')
  const row = desk.getByRole('row').filter({ hasText: name })
  expect(await row.innerText()).toContain('Nobody can fetch them')
  expect(await row.innerText()).toContain('would rather move')

  await choose(page, 'Does an adult take you home?', 'Yes, and this is who')
  await page.getByLabel('Their name').fill('Sam Example')
  await page.getByLabel('Their telephone number').fill('12')
  await choose(page, 'Can you keep to this?', 'Yes')
  await pageAfter(page, () => page.getByRole('button', { name: 'Send the change' }).click())
  expect(await wordsOf(page)).toContain('at least seven digits')
  await page.getByLabel('Their telephone number').fill('703-555-0111')
  await choose(page, 'Do you take or leave out your medicines', 'Yes, as I was told')
  await choose(page, 'When did you last drink alcohol?', 'Before that')
  await choose(page, 'When did you last use another drug?', 'Never')
  await choose(page, 'Do you feel ill or feverish?', 'No')
  await pageAfter(page, () => page.getByRole('button', { name: 'Send the change' }).click())
  expect(await wordsOf(page)).toContain('Thank you, everything is answered')

  await desk.goto('/work/day-before')
  expect(await desk.getByRole('row').filter({ hasText: name }).innerText()).toContain('Confirmed')
  const nurse = (await at(1280)).page
  await signIn(nurse, 'nurse@example.org')
  await nurse.goto('/work/board')
  expect(await wordsOf(nurse)).toContain('Day before: confirmed')
  for (const visit of visits) expect(visit.complaints).toEqual([])
})

it('shows help first when somebody thinks of harming themselves, and a named person is asked', async () => {
  const desk = (await at(1280)).page
  await signIn(desk, 'coordinator@example.org')
  await desk.goto('/work/day-before')
  const last = desk.locator('main a[href^="/work/day-before/"]').last()
  await pageAfter(desk, () => last.click())
  await pageAfter(desk, () => desk.getByRole('button', { name: 'Make a link' }).click())
  const { page } = await at(390)
  await page.goto(new URL(await desk.locator('main code').innerText()).pathname)
  await choose(page, 'Are you thinking of harming yourself?', 'Yes')
  await pageAfter(page, () => page.getByRole('button', { name: 'Send my answers' }).click())
  expect(await wordsOf(page)).toMatch(/^You do not have to be alone with this Call or text 988/)
  await desk.goto('/work/concerns')
  expect(await wordsOf(desk)).toContain('thoughts of harming themselves')
})
