import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openBrowser, type Visit } from './chromium.ts'
import type { ClinicProcess } from './clinic-process.ts'
import { startLivedClinic } from './lived-clinic.ts'
import { PASSWORD, pageAfter, signIn } from './people-in-the-story.ts'

/**
 * A day in the drug room: a delivery comes, two people count it and miss a vial, what a syringe held is wasted before a witness, the
 * manager settles the difference, an inventory is signed, and an inspector gets a file. At the end the chain is whole.
 */
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-drug-day-'))
chmodSync(folder, 0o755)
const HOUR = inject('clinicClock')
let clinic: ClinicProcess
let browser: Awaited<ReturnType<typeof openBrowser>>
const visits: Visit[] = []
const people = new Map<string, Page>()

async function staff(who: string, width = 1280): Promise<Page> {
  const known = people.get(who)
  if (known) return known
  const visit = await browser.visit(clinic.url, { clock: HOUR, width, height: 900 })
  visits.push(visit)
  await signIn(visit.page, `${who}@example.org`)
  people.set(who, visit.page)
  return visit.page
}
const words = async (page: Page, where = 'main') =>
  (await page.locator(where).first().innerText()).replaceAll(/\s+/g, ' ')
const press = (page: Page, name: string) =>
  pageAfter(page, () => page.getByRole('button', { name, exact: true }).click())
async function type(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    await page.locator(`main [name="${name}"]:not([type="hidden"])`).first().fill(value)
  }
}

beforeAll(async () => {
  browser = await openBrowser()
  clinic = await startLivedClinic(folder)
})
afterAll(async () => {
  await browser?.close()
  await clinic?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('a day in the drug room', () => {
  it('begins with a delivery, read in words before it is recorded', async () => {
    const manager = await staff('manager')
    await manager.goto('/work/stock/receive')
    await type(manager, {
      lotNumber: 'DAY-1',
      expiresOn: '2028-05-31',
      containers: '5',
      containerMl: '20',
      concentrationMgPerMl: '10,25',
      supplier: 'Invented wholesaler',
      invoice: 'INV-7',
    })
    await press(manager, 'Go on')
    expect(await words(manager, '.error-summary')).toMatch(/strength/i)
    expect(await manager.locator('[name="lotNumber"]').inputValue()).toBe('DAY-1')
    await type(manager, { concentrationMgPerMl: '10' })
    await press(manager, 'Go on')
    expect(await words(manager, '.act-says')).toMatch(
      /^5 vials of 20 mL at 10 mg\/mL \(100\.00 mL, 1000 mg\) of Ketamine hydrochloride, lot DAY-1,/,
    )
    await press(manager, 'Record')
    expect(await words(manager)).toMatch(/DAY-1 .* 100\.00 mL 1000 mg/)
  })

  it('is counted by two who see neither the ledger nor each other, and both miss a vial', async () => {
    const nurse = await staff('nurse')
    await nurse.goto('/work/stock/counts')
    const lot = nurse.locator('[name="lotId"]')
    await lot.selectOption({ label: await lot.locator('option', { hasText: 'DAY-1' }).innerText() })
    await press(nurse, 'Begin')
    const { pathname } = new URL(nurse.url())
    for (const who of ['nurse', 'nurse2']) {
      const page = await staff(who)
      await page.goto(pathname)
      expect(await words(page)).not.toMatch(/100\.00|\b5 vials\b|80\.00/)
      await page.getByLabel('Sealed vials').fill('4')
      await page.locator('[name="password"]').fill(PASSWORD)
      await press(page, 'Sign what I saw')
    }
    const found = await words(await staff('nurse2'))
    expect(found).toContain('Discrepancies found')
    expect(found).toMatch(/4 vials \(80\.00 mL\) by .+ 4 vials \(80\.00 mL\) by .+ 5 vials \(100\.00 mL\)/)
  })

  it('wastes what a syringe still held before a witness, and the ledger of that session is even', async () => {
    const nurse = await staff('nurse')
    await nurse.goto('/work/board')
    const rooms = await nurse
      .locator('a[href^="/work/sessions/"]')
      .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href')!))])
    let left: string | undefined
    for (const room of rooms) {
      await nurse.goto(room)
      left = /([\d.]+) mL are left in the syringe/.exec(await words(nurse))?.[1]
      if (left) break
    }
    expect(left, 'a room of the demonstration has drug left in its syringe').toBeDefined()
    await pageAfter(nurse, () => nurse.getByRole('link', { name: 'record waste' }).click())
    await type(nurse, { reason: 'Stopped early' })
    await pageAfter(nurse, () => nurse.getByRole('button', { name: /^All that is left/ }).click())
    expect(await words(nurse, '.act-says')).toContain(`${left} mL (`)
    await type(nurse, { secondEmail: 'nurse@example.org', secondPassword: PASSWORD })
    await press(nurse, 'Sign and record')
    expect(await words(nurse)).toContain('The witness is somebody else, with their own account.')
    await type(nurse, { secondEmail: 'nurse2@example.org', secondPassword: PASSWORD })
    await press(nurse, 'Sign and record')
    expect(await words(nurse)).toContain('Waste recorded.')
  })

  it('settles the difference with a finding, a note and a witness', async () => {
    const manager = await staff('manager')
    await manager.goto('/work/stock/discrepancies')
    await pageAfter(manager, () => manager.getByRole('link', { name: /DAY-1/ }).click())
    await type(manager, { words: 'Looked through the shelves and the invoice: four vials came.' })
    await press(manager, 'Add')
    await manager.getByRole('radio', { name: /^Recorded wrong/ }).check({ force: true })
    await type(manager, { closingWords: 'Four came, five were written down.' })
    await manager.locator('[name="password"]').fill(PASSWORD)
    await press(manager, 'Close with this finding')
    expect(await words(manager, '.error-summary')).toMatch(/witness|second|somebody/i)
    expect(await manager.locator('[name="closingWords"]').inputValue()).toContain('Four came')
    await type(manager, { secondEmail: 'nurse@example.org', secondPassword: PASSWORD, password: PASSWORD })
    await press(manager, 'Close with this finding')
    expect(await words(manager)).toMatch(/How it was closed/)
    await manager.goto('/work/stock')
    expect(await words(manager)).toMatch(/DAY-1 .* 80\.00 mL 800 mg/)
  })

  it('signs an inventory by two, which says what stands', async () => {
    const manager = await staff('manager')
    await manager.goto('/work/stock/inventory')
    await manager.getByRole('radio', { name: /demand/i }).check({ force: true })
    await manager.getByRole('radio', { name: /close of business/i }).check({ force: true })
    await type(manager, { secondEmail: 'nurse2@example.org', secondPassword: PASSWORD, password: PASSWORD })
    await press(manager, 'Sign the inventory')
    const document = await words(manager)
    expect(document).toMatch(/DAY-1/)
    expect(document).toMatch(/800/)
  })

  it('gives an inspector a page and a file with every movement, who and which witness', async () => {
    const manager = await staff('manager')
    await manager.goto('/work/stock/inspector')
    const lot = manager.locator('[name="lot"]')
    await lot.selectOption({ label: await lot.locator('option', { hasText: 'DAY-1' }).innerText() })
    await press(manager, 'Show')
    expect(await words(manager)).toMatch(/received .* from Invented wholesaler, invoice INV-7/)
    const csv = await manager.evaluate(async () => {
      const links = [...globalThis.document.querySelectorAll<HTMLAnchorElement>('a[href*="inspector.csv"]')]
      return Promise.all(links.map(async ({ href }) => (await fetch(href)).text()))
    })
    const all = csv.join('\n')
    expect(all).toMatch(/DAY-1/)
    expect(all).toMatch(/received,.*,Invented wholesaler,INV-7,/)
    expect(all.split('\n').length).toBeGreaterThan(3)
  })

  it('leaves a chain that is whole, and nothing was said in the console', async () => {
    for (const { complaints } of visits) expect(complaints).toEqual([])
    const run = spawnSync(process.execPath, ['scripts/ledger-verify.ts'], {
      env: { ...process.env, EVENKEEL_DATA: folder, EVENKEEL_DEMO_CLOCK: HOUR },
      encoding: 'utf8',
    })
    expect(run.stdout).toMatch(/movements|rows/i)
    expect(run.status, run.stdout + run.stderr).toBe(0)
  })
})
