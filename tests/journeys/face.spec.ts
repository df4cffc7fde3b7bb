import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { openBrowser, type Visit } from './chromium.ts'
import { heading, signIn } from './people-in-the-story.ts'

/**
 * The clinic's face, without script on a phone: somebody finds a page with a typing error, reads, asks, stops, goes on at
 * another device, and is shown help at once when they speak of danger; a coordinator answers by keys alone.
 */
let browser: Awaited<ReturnType<typeof openBrowser>>
const visits: Visit[] = []
const story = { link: '', reference: '', state: '' }

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())
afterEach(async () => {
  for (const visit of visits.splice(0)) {
    // The browser says of itself that two megabytes were refused.
    expect(visit.complaints.filter((said) => !said.includes('status of 413'))).toEqual([])
    await visit.close()
  }
})

async function at(options: Parameters<typeof browser.visit>[1] = {}): Promise<Page> {
  const visit = await browser.visit(inject('clinicUrl'), {
    width: 390,
    height: 844,
    javaScript: false,
    ...options,
  })
  visits.push(visit)
  return visit.page
}
const pathOf = (page: Page) => new URL(page.url()).pathname
const go = (page: Page, name = 'Continue') => page.getByRole('button', { name }).click()
const tick = (page: Page, name: string, value: string) =>
  page.locator(`[name="${name}"][value="${value}"]`).check({ force: true })
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)

describe('the face of the clinic', () => {
  it('1 a typing error finds the page, which leads to the request', async () => {
    const page = await at()
    await page.goto('/')
    await page.locator('#search-home').fill('alchohol')
    await page.locator('#search-home').press('Enter')
    await page.locator('.link-list a').first().click()
    expect(pathOf(page)).toBe('/conditions/alcohol')
    expect(await page.locator('script:not([type="application/ld+json"])').count()).toBe(0)
    expect((await page.context().cookies()).map(({ name }) => name)).toEqual([])
    await page.goto('/request')
    expect(await heading(page)).toContain('Request')
  })

  it('2 half filled it is left, with a link that opens it on another device', async () => {
    const page = await at()
    await page.goto('/request')
    await page.getByRole('button', { name: /Begin/ }).click()
    await tick(page, 'forWhom', 'other')
    await go(page)
    await tick(page, 'topics', 'alcohol')
    await page.locator('[name="words"]').fill('<b>my brother</b> \u202e drinks 🫠')
    await go(page)
    await page.getByRole('button', { name: /later/ }).click()
    story.link = await page.locator('[name="link"]').inputValue()
    expect(story.link).toContain('/request/resume/')
  })

  it('3 two megabytes are refused in words, and what was written stays', async () => {
    const page = await at()
    await page.goto(new URL(story.link).pathname)
    await go(page, 'Go on')
    expect(pathOf(page)).toBe('/request/safety')
    await page.goto('/request/about')
    await page.locator('[name="words"]').evaluate((field: HTMLTextAreaElement) => {
      field.value = 'x'.repeat(2_200_000)
    })
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'POST'),
      go(page),
    ])
    expect(answer.status()).toBe(413)
    expect(await heading(page)).toBe('This was too large to send')
    expect(await page.locator('main').innerText()).toContain('is kept')
    await page.getByRole('link', { name: 'Back to the page' }).click()
    expect(await page.locator('[name="words"]').inputValue()).toContain('my brother')
  })

  it('4 speaking of danger shows help at once, and the request goes on and is sent once', async () => {
    const page = await at()
    await page.goto(new URL(story.link).pathname)
    await go(page, 'Go on')
    await tick(page, 'safety', 'thoughts')
    await go(page)
    expect(pathOf(page)).toBe('/request/safety-help')
    expect(await page.locator('a[href="tel:988"]').count()).toBeGreaterThan(0)
    expect(await page.locator('main').innerText()).toContain('Nobody here watches')
    await page.getByRole('link', { name: 'Go on with the request' }).click()
    await tick(page, 'suitability', 'psychosis')
    await go(page)
    expect(pathOf(page)).toBe('/request/what-this-means')
    await page.locator('main form button, main a.button').first().click()
    await page.goto('/request/reach')
    await page.locator('[name="name"]').fill('Sam')
    await page.locator('[name="email"]').fill('sam@example.org\r\nBcc: all@example.org')
    await page.locator('[name="phone"]').fill('call me')
    await go(page)
    expect(await page.getByRole('alert').innerText()).toMatch(/telephone number/)
    await page.locator('[name="email"]').fill('face.journey@example.org')
    await page.locator('[name="phone"]').fill('703-555-0188')
    await go(page)
    await go(page)
    expect(pathOf(page)).toBe('/request/check')
    expect(await page.locator('main').innerText()).toContain('<b>my brother</b>')
    await go(page, 'Send the request')
    story.state = pathOf(page)
    story.reference = (await page.locator('.page-head-kicker, .kicker').first().innerText()).replace(
      /^.*?([0-9A-Z]{4}-[0-9A-Z]{4}).*$/s,
      '$1',
    )
    expect(story.reference).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    expect(await page.locator('a[href="tel:988"]').count()).toBeGreaterThan(0)
    await page.goto('/request/check')
    expect(pathOf(page)).toBe(story.state)
  })

  it('5 with the reference and a contact the state opens anywhere; a wrong one says nothing', async () => {
    const page = await at()
    await page.goto('/request/state')
    const look = async (reference: string, known: string) => {
      await page.locator('[name="reference"]').fill(reference)
      await page.locator('[name="known"]').fill(known)
      await go(page, 'Show where it stands')
    }
    await look(story.reference, 'else@example.org')
    const wrong = await page.getByRole('alert').innerText()
    await look('0000-0000', 'face.journey@example.org')
    expect(await page.getByRole('alert').innerText()).toBe(wrong)
    await look(story.reference.toLowerCase(), '(703) 555 0188')
    expect(pathOf(page)).toMatch(/^\/request\/state\/.+/)
    expect(await page.locator('main').innerText()).not.toContain('brother')
    expect(await sideways(page)).toBe(false)
  })

  it('6 a coordinator takes it up by keys, accepts it and offers times; the person chooses one', async () => {
    const page = await at({ width: 1280, height: 900, javaScript: true })
    await signIn(page, 'coordinator@example.org')
    await page.goto('/work/requests?view=urgent')
    await page.locator('.inbox-keys').waitFor()
    for (let row = 0; row < 40; row++) {
      await page.keyboard.press('j')
      if (
        (await page.evaluate(() => document.activeElement?.closest('tr')?.textContent))?.includes(
          story.reference,
        )
      )
        break
    }
    await page.keyboard.press('a')
    await page.getByText('It is yours now.').waitFor()
    await page.getByRole('button', { name: 'Accept and open the assessment' }).click()
    await page.getByRole('link', { name: 'Offer times for a first visit' }).click()
    await page.getByRole('link', { name: /Phone call/ }).click()
    const times = page.locator('[name="starts"]')
    for (const place of [0, 1, 2]) await times.nth(place).check({ force: true })
    await go(page, 'Offer these times')
    expect(await page.locator('main').innerText()).toContain('The times are offered')

    const person = await at()
    await person.goto(story.state)
    await person.getByRole('link', { name: 'Choose a time' }).click()
    await go(person, 'Book this time')
    expect(await person.getByRole('alert').innerText()).toContain('Choose a time')
    await person.locator('[name="startsAt"]').nth(1).check()
    await go(person, 'Book this time')
    expect(pathOf(person)).toBe(story.state)
    expect(await person.locator('main').innerText()).toContain('Your first visit')
  })
})
