import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, type Visit } from './chromium.ts'
import type { ClinicProcess } from './clinic-process.ts'
import { startLivedClinic } from './lived-clinic.ts'
import { pageAfter, signIn } from './people-in-the-story.ts'

/** Medicines typed by keyboard, what they mean before a dose, and a work-up that is written down. */
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-work-up-'))
chmodSync(folder, 0o755)
let clinic: ClinicProcess
let browser: Awaited<ReturnType<typeof openBrowser>>
const visits: Visit[] = []

async function staff(who: string): Promise<Page> {
  const visit = await browser.visit(clinic.url, { javaScript: false })
  visits.push(visit)
  await signIn(visit.page, `${who}@example.org`)
  return visit.page
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

describe('medicines and work-up', () => {
  it('are written down by a nurse, and set aside by a prescriber alone', async () => {
    const nurse = await staff('nurse')
    await nurse.goto('/work/work-up')
    await pageAfter(nurse, () => nurse.locator('main table a').first().click())
    const person = new URL(nurse.url()).pathname.replace(/\/work-up$/, '')

    // A name and Enter are enough.
    await nurse.goto(`${person}/medicines`)
    await nurse.getByLabel('Name, as told').fill('Theophylline 300 mg')
    await pageAfter(nurse, () => nurse.keyboard.press('Enter'))
    expect(await wordsOf(nurse)).toMatch(/Theophylline 300 mg.*holds the dose/)
    await nurse.getByLabel('Name, as told').fill('Foozol')
    await pageAfter(nurse, () => nurse.keyboard.press('Enter'))
    expect(await wordsOf(nurse)).toMatch(/Foozol: not known to our table/)
    expect(await nurse.getByText('Set aside for today:').count()).toBe(0)

    const prescriber = await staff('prescriber')
    await prescriber.goto(`${person}/medicines`)
    const aside = prescriber.locator('details', { hasText: 'Set aside for today: Theophylline' })
    await aside.locator('summary').click()
    await aside.getByLabel('Why a dose is right').fill('Low dose; the lung doctor agrees.')
    await aside.getByLabel('Your password, to sign').fill('level-water-2026')
    await pageAfter(prescriber, () => aside.getByRole('button', { name: 'Sign and set aside' }).click())
    expect(await wordsOf(prescriber)).toMatch(/set aside for today/i)

    await nurse.goto(`${person}/work-up?item=pdmp`)
    await nurse.getByLabel('Done', { exact: true }).check({ force: true })
    await pageAfter(nurse, () => nurse.getByRole('button', { name: 'Write it down' }).click())
    expect(await wordsOf(nurse)).toMatch(/Which state’s programme/)
    await nurse.getByLabel('State whose programme was asked').fill('va')
    await pageAfter(nurse, () => nurse.getByRole('button', { name: 'Write it down' }).click())
    expect(await wordsOf(nurse)).toMatch(/Prescription-monitoring check.*VA/)
  })
})
