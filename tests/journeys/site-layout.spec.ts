import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { openBrowser } from './chromium.ts'
import { KEPT_PAGES, KEPT_SIGHTS, type Layout, layoutOf } from './layout-digest.ts'

/**
 * Ten public pages look as they did: on a phone and at a desk, in the light and in the dark. What is kept is their shape and not a
 * picture, because pictures differ from machine to machine by their fonts (docs/guide/site.md). When a page was meant to change:
 * `EVENKEEL_RENEW_LAYOUT=on npm test -- site-layout`, and look at what `git diff` says.
 */
const file = join(import.meta.dirname, 'kept-layout.json')
const renew = process.env.EVENKEEL_RENEW_LAYOUT === 'on'
const kept: Record<string, Layout> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
const found: Record<string, Layout> = {}

let browser: Awaited<ReturnType<typeof openBrowser>>
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  if (renew) writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`)
})

it('would see that something is gone, moved or of another color', async () => {
  const visit = await browser.visit(inject('clinicUrl'), KEPT_SIGHTS[0])
  await visit.page.goto('/help-now')
  const before = await layoutOf(visit.page)
  expect(before.length).toBeGreaterThan(10)
  for (const change of ['display:none', 'margin-left:30vw', 'color:rgb(1, 2, 3)', 'font-size:60px']) {
    await visit.page.evaluate(
      (css) => document.querySelector('h1')!.style.setProperty(css.split(':')[0]!, css.split(':')[1]!),
      change,
    )
    expect(await layoutOf(visit.page), change).not.toEqual(before)
    await visit.page.evaluate(() => document.querySelector('h1')!.removeAttribute('style'))
  }
  expect(await layoutOf(visit.page)).toEqual(before)
  await visit.close()
})

// Before the first `EVENKEEL_RENEW_LAYOUT=on` there is nothing to compare with.
it.skipIf(!existsSync(file) && !renew).each(KEPT_SIGHTS)(
  'at $name the pages have the shape that was kept',
  async (sight) => {
    const visit = await browser.visit(inject('clinicUrl'), sight)
    const changed: Record<string, Layout> = {}
    const was: Record<string, Layout | undefined> = {}
    for (const path of KEPT_PAGES) {
      await visit.page.goto(path)
      const name = `${path} at ${sight.name}`
      const layout = await layoutOf(visit.page)
      found[name] = layout
      if (JSON.stringify(kept[name]) !== JSON.stringify(layout)) {
        changed[name] = layout
        was[name] = kept[name]
      }
    }
    if (!renew) expect(changed).toEqual(was)
    await visit.close()
  },
)
