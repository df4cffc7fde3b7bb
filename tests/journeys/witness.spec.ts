import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from './bedside-steps.ts'
import { openBrowser, type Visit, type VisitOptions } from './chromium.ts'
import type { ClinicProcess } from './clinic-process.ts'
import { startLivedClinic } from './lived-clinic.ts'
import { heading, PASSWORD, pageAfter, signIn } from './people-in-the-story.ts'

/** A vial is broken: one nurse records it at the desk, another sees it and signs on the phone in their pocket. */
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-witness-'))
chmodSync(folder, 0o755)
let clinic: ClinicProcess
let browser: Awaited<ReturnType<typeof openBrowser>>
const visits: Visit[] = []
let desk: Page
let phone: Page

async function staff(who: string, options: VisitOptions = {}): Promise<Page> {
  const visit = await browser.visit(clinic.url, options)
  visits.push(visit)
  await signIn(visit.page, `${who}@example.org`)
  return visit.page
}
const wordsOf = async (page: Page) => (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ')
const press = (page: Page, name: string) =>
  pageAfter(page, () => page.getByRole('button', { name, exact: true }).click())
const live = (page: Page) => page.getByText('This page follows by itself.').waitFor()

/** From the form to the page on which the asker sees it waiting. */
async function askForOneVial(page: Page, reason: string): Promise<void> {
  await page.goto('/work/stock/take-out')
  const from = page.locator('select[name="from"]')
  const sealed = page.locator('select[name="from"] option', { hasText: 'sealed' }).first()
  if ((await from.count()) > 0) await from.selectOption((await sealed.getAttribute('value'))!)
  await page.locator('[name="amount"]').fill('1')
  await page.locator('[name="kind"][value="waste"]').check({ force: true })
  await page.locator('[name="reason"]').fill(reason)
  await press(page, 'Go on')
  await press(page, 'Ask somebody on another device')
}

beforeAll(async () => {
  browser = await openBrowser()
  clinic = await startLivedClinic(folder)
  desk = await staff('nurse', { width: 1280 })
  phone = await staff('nurse2', { width: 390, height: 844 })
})
afterAll(async () => {
  await browser?.close()
  await clinic?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('a witness on their own device', () => {
  it('finds there what a colleague asks, without touching the page', async () => {
    await phone.goto('/work/witness')
    await phone.getByText('Nobody waits for a witness').waitFor()
    await live(phone)
    await askForOneVial(desk, 'Broken on the floor')
    expect(await heading(desk)).toBe('Waiting for a witness')
    expect(await wordsOf(desk)).toMatch(/Nothing is recorded yet.*Waste 1 sealed vial, 20\.00 mL \(200 mg\)/)
    await expectAccessible(desk, 'waiting')
    await phone.getByText('Waste 1 sealed vial, 20.00 mL (200 mg).').first().waitFor()
    await expectAccessible(phone, 'list of the witness')
    expect(await wordsOf(phone)).toMatch(/From the safe into waste\. Reason: Broken on the floor\. Asked by/)
    await phone.locator('.work-menu summary').click()
    expect(await phone.locator('.work-menu a', { hasText: 'Witness' }).innerText()).toMatch(/Witness\s*1/)
    await phone.locator('.work-menu summary').click()
    // Who asked finds nothing of their own to sign.
    const own = await staff('nurse')
    await own.goto('/work/witness')
    expect(await wordsOf(own)).toContain('Nobody waits for a witness')
  })

  it('may say no, which the asker reads at once, and be asked again', async () => {
    await live(desk)
    await pageAfter(phone, () => phone.getByRole('link', { name: 'Open to sign' }).click())
    await phone.getByText('I do not sign this').click()
    await press(phone, 'Do not sign')
    expect(await wordsOf(phone)).toContain('Say in a few words why you do not sign')
    await phone.locator('[name="reason"]').fill('I saw two of them')
    await expectAccessible(phone, 'does not sign')
    await press(phone, 'Do not sign')
    expect(await wordsOf(phone)).toContain('You did not sign. Who asked has been told why.')
    await desk.getByText('“I saw two of them”').waitFor()
    expect(await heading(desk)).toBe('Not signed')
    await expectAccessible(desk, 'not signed')
    await press(desk, 'Ask again')
    expect(await heading(desk)).toBe('Waiting for a witness')
  })

  it('signs with their own password, and the asker’s page says so without a reload', async () => {
    await live(desk)
    await phone.getByRole('link', { name: 'Open to sign' }).waitFor()
    await pageAfter(phone, () => phone.getByRole('link', { name: 'Open to sign' }).click())
    await expectAccessible(phone, 'before signing')
    await phone.locator('#password').fill('not the password')
    await press(phone, 'I have seen it: sign')
    expect(await wordsOf(phone)).toContain('This is not the password of your account. Nothing was signed.')
    expect(await heading(desk)).toBe('Waiting for a witness')
    await phone.locator('#password').fill(PASSWORD)
    await press(phone, 'I have seen it: sign')
    expect(await wordsOf(phone)).toContain('Signed by you and recorded.')
    await desk.getByText(/signed as the witness/).waitFor()
    expect(await heading(desk)).toBe('Signed and recorded')
    await expectAccessible(desk, 'signed')
    // A refusal is answered 403 and a form that has to be mended 200: nothing else may stand in the console.
    await pageAfter(desk, () => desk.getByRole('link', { name: 'To the stock' }).click())
  })

  it('walks away: the asker withdraws, or has them sign here, without script too', async () => {
    await askForOneVial(desk, 'Cap was loose')
    await phone.getByRole('link', { name: 'Open to sign' }).waitFor()
    await pageAfter(phone, () => phone.getByRole('link', { name: 'Open to sign' }).click())
    await live(phone)
    await press(desk, 'Withdraw, nothing recorded')
    expect(await heading(desk)).toBe('Withdrawn')
    await phone.getByText(/withdrew it/).waitFor()
    expect(await phone.locator('#password').count()).toBe(0)
    await expectAccessible(phone, 'withdrawn')

    const plain = await staff('nurse', { javaScript: false })
    await askForOneVial(plain, 'Cap was loose')
    const address = plain.url()
    await plain.getByText('Somebody beside you signs on this device').click()
    await plain.locator('#secondEmail').fill('nurse2@example.org')
    await plain.locator('#secondPassword').fill('not their password')
    await press(plain, 'Sign and record')
    expect(await wordsOf(plain)).toContain('Nothing was recorded.')
    expect(await plain.locator('#secondEmail').inputValue()).toBe('nurse2@example.org')
    // Meanwhile they have signed on their phone after all.
    await phone.goto(address)
    await phone.locator('#password').fill(PASSWORD)
    await press(phone, 'I have seen it: sign')
    await pageAfter(plain, () => plain.getByRole('link', { name: 'Look again' }).click())
    expect(await heading(plain)).toBe('Signed and recorded')
  })

  it('said nothing in the console of any screen', () => {
    expect(visits.flatMap(({ complaints }) => complaints)).toEqual([])
  })
})
