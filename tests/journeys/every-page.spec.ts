import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openBrowser, type VisitOptions } from './chromium.ts'
import { EVERY_PAGE } from './every-page.ts'
import { violationsOn } from './violations.ts'
import { arrive, goTo } from './walk.ts'

/** axe on every page, on a phone in the dark and at a desk in the light; nothing in the console, nothing sideways. */
let browser: Awaited<ReturnType<typeof openBrowser>>
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

it('would find a picture without words', async () => {
  const visit = await browser.visit(inject('clinicUrl'))
  await visit.page.goto('/')
  expect(await violationsOn(visit.page)).toEqual([])
  await visit.page.evaluate(() => document.querySelector('main')!.append(document.createElement('img')))
  expect((await violationsOn(visit.page)).map((v) => v.id)).toContain('image-alt')
  await visit.close()
})

const SIGHTS: readonly [string, VisitOptions][] = [
  ['a desk in the light', { width: 1280, height: 900 }],
  ['a phone in the dark', { width: 390, height: 844, dark: true }],
]

const everybody = [...new Set(EVERY_PAGE.map((page) => page.who))]

describe.each(SIGHTS)('at %s', (_name, options) => {
  it.each(everybody)('what a %s sees is accessible, quiet and fits', async (who) => {
    const visit = await browser.visit(inject('clinicUrl'), { ...options, clock: inject('clinicClock') })
    const { page } = visit
    await arrive(page, who)
    const found: string[] = []
    for (const wanted of EVERY_PAGE.filter((one) => one.who === who)) {
      await goTo(page, wanted)
      const violations = await violationsOn(page)
      for (const v of violations) found.push(`${wanted.name}: ${v.id} (${v.impact}) at ${v.at.join(', ')}`)
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      if (sideways > 0) found.push(`${wanted.name}: ${sideways} px too wide`)
      const scripts = await page.locator('script:not([type="application/ld+json"])').count()
      if (who === 'visitor' && scripts > (wanted.scripts ?? 0))
        found.push(`${wanted.name}: ${scripts} scripts on a public page`)
      const demonstration = await page.getByText(/demonstration data|datos de demostración/i).count()
      if (demonstration === 0) found.push(`${wanted.name}: does not say that it is demonstration data`)
    }
    expect([...found, ...visit.complaints.filter((line) => !line.includes('404'))]).toEqual([])
    await visit.close()
  })
})
