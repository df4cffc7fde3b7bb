import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, type Visit } from './chromium.ts'
import { type ClinicProcess, startClinic } from './clinic-process.ts'
import { choose, PASSWORD, pageAfter, signIn } from './people-in-the-story.ts'

/**
 * A passkey in a real browser, whose authenticator is Chromium's own virtual one: made, used to sign in, used to sign.
 * Browsers make none at an address of numbers, so the clinic is reached as `localhost`.
 */
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-passkey-'))
chmodSync(folder, 0o755)
let clinic: ClinicProcess
let byName: string
let browser: Awaited<ReturnType<typeof openBrowser>>
let visit: Visit
let page: Page

beforeAll(async () => {
  browser = await openBrowser()
  clinic = await startClinic(folder, { EVENKEEL_DEMO_CLOCK: '2026-11-24T15:20:00Z' })
  byName = clinic.url.replace('127.0.0.1', 'localhost')
  visit = await browser.visit(byName)
  page = visit.page
  await plugIn(page)
})
afterAll(async () => {
  await browser?.close()
  await clinic?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A device that looks who uses it and always finds the right person. */
async function plugIn(at: Page) {
  const devtools = await at.context().newCDPSession(at)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}
const wordsOf = async (at: Page) => (await at.locator('main').innerText()).replaceAll(/\s+/g, ' ')
const button = (name: string) => page.getByRole('button', { name, exact: true })

describe('a passkey', () => {
  it('is made after the password alone', async () => {
    await signIn(page, 'prescriber@example.org')
    await page.getByRole('link', { name: 'Passkeys' }).click()
    expect(await wordsOf(page)).toContain('None yet')
    await page.getByLabel('Name of the device').fill('Phone of mine')
    await page.getByLabel('Your password').fill('not the password')
    await button('Make a passkey').click()
    await page.getByText('This is not the password of your account.').waitFor()
    // A refusal is answered 403, which a browser writes into its console.
    expect(visit.complaints.splice(0).filter((one) => !one.includes('403'))).toEqual([])
    await page.getByLabel('Your password').fill(PASSWORD)
    await pageAfter(page, () => button('Make a passkey').click())
    expect(await wordsOf(page)).toMatch(/The passkey is added\..*Phone of mine.*Last used not yet/)
  })

  it('signs its owner in', async () => {
    await pageAfter(page, () => button('Sign out').click())
    await page.goto('/sign-in?next=/work/assessments')
    await pageAfter(page, () => button('Sign in with a passkey').click())
    expect(new URL(page.url()).pathname).toBe('/work/assessments')
  })

  it('signs a decision, and the answer goes nowhere else', async () => {
    const open = page.locator('tr', { hasText: 'Intake under way' }).locator('a').first()
    const assessment = (await open.getAttribute('href'))!
    await page.goto(`${assessment}/decision`)
    await choose(page, 'Your decision', /^Not eligible/)
    await page.locator('[name="reasons"]').fill('Wants to think about it again\nin the spring.')
    const sent = page.waitForRequest(
      (request) => request.method() === 'POST' && request.url().includes('/decision'),
    )
    await pageAfter(page, () => page.getByRole('button', { name: 'Use a passkey instead' }).first().click())
    expect(await wordsOf(page)).toContain('Signed.')
    expect(await wordsOf(page)).toContain('Wants to think about it again')
    const body = (await sent).postData()!
    expect(new URLSearchParams(body).get('password')).toBe('')
    // The same post once more: the challenge is spent.
    const again = await page.evaluate(
      async ([address, form]) =>
        (await fetch(address!, { method: 'POST', body: new URLSearchParams(form!) })).text(),
      [`${assessment}/decision`, body],
    )
    expect(again).toContain('The passkey was not accepted for this.')
    await page.goto('/work/account/passkeys')
    expect(await wordsOf(page)).not.toContain('not yet')
  })

  it('signs an order, on a page that our scripts keep up to date', async () => {
    await page.goto('/work/plans')
    const plans = page.locator('main a[href^="/work/plans/"]:not([href$="/new"])')
    const plan = (await plans.first().getAttribute('href'))!
    await page.goto(`${plan}/order`)
    await page.locator('[name="weightBasis"][value="actual"]').check({ force: true })
    await page.locator('[name="concentrationMgPerMl"][value="10"]').check({ force: true })
    await page.locator('[name="totalVolumeMl"]').fill('50')
    await page.getByRole('button', { name: 'Use a passkey instead' }).click()
    await page.waitForURL((url) => url.pathname === plan)
    expect(await wordsOf(page)).toContain('The order is signed.')
  })

  it('takes itself away', async () => {
    await page.goto('/work/account/passkeys')
    await page.getByText('Remove Phone of mine').click()
    await pageAfter(page, () => page.getByRole('button', { name: 'Use a passkey instead' }).click())
    expect(await wordsOf(page)).toMatch(/The passkey is removed\..*None yet/)
    await pageAfter(page, () => button('Sign out').click())
    await page.goto('/sign-in')
    await pageAfter(page, () => button('Sign in with a passkey').click())
    expect(await page.getByRole('alert').first().innerText()).toContain('opens no account here')
  })

  it.each([
    ['without script', () => browser.visit(byName, { javaScript: false })],
    ['at an address of numbers', () => browser.visit(clinic.url)],
  ])('is not offered %s, and the password is all it needs', async (_case, open) => {
    const other = await open()
    await other.page.goto('/sign-in')
    expect(await other.page.getByText('Sign in with a passkey').isVisible()).toBe(false)
    await signIn(other.page, 'prescriber@example.org')
    await other.page.goto('/work/account/passkeys')
    expect(await wordsOf(other.page)).toMatch(/makes no passkeys|only where the clinic is reached by name/)
    expect(other.complaints).toEqual([])
    await other.close()
  })

  it('leaves nothing in the console', () => expect(visit.complaints).toEqual([]))
})
