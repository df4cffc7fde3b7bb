// npm run screenshots [name …]: opens a demonstration clinic at a fixed hour and photographs every page into
// docs/screenshots, at a desk in the light and on a phone in the dark; then the rooms in use, on the screens they are made for.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBrowser, type VisitOptions } from '../tests/journeys/chromium.ts'
import { startClinic } from '../tests/journeys/clinic-process.ts'
import { EVERY_PAGE } from '../tests/journeys/every-page.ts'
import { arrive, goTo } from '../tests/journeys/walk.ts'
import { BEDSIDE_SCENES } from './bedside-scenes.ts'
import { buildIfChanged } from './build.ts'

const CLOCK = '2026-11-24T17:20:00Z'
const TALLEST_PX = 2_600
/** Beneath a part of a page that is photographed alone. */
const MARGIN_PX = 24
const SIGHTS: readonly [string, VisitOptions][] = [
  ['desk-light', { width: 1280, height: 900, clock: CLOCK }],
  ['phone-dark', { width: 390, height: 844, dark: true, clock: CLOCK }],
]

const wanted = process.argv.slice(2)
const isWanted = ({ name }: { readonly name: string }) => wanted.length === 0 || wanted.includes(name)
const pages = EVERY_PAGE.filter(isWanted)
const scenes = BEDSIDE_SCENES.filter(isWanted)
const out = join(import.meta.dirname, '../docs/screenshots')
mkdirSync(out, { recursive: true })
await buildIfChanged()
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-screenshots-'))
chmodSync(folder, 0o755)
const clinic = await startClinic(folder, { EVENKEEL_DEMO_CLOCK: CLOCK })
const browser = await openBrowser()
try {
  for (const [sight, options] of SIGHTS) {
    for (const who of new Set(pages.map((page) => page.who))) {
      const visit = await browser.visit(clinic.url, options)
      await arrive(visit.page, who)
      for (const page of pages.filter((one) => one.who === who)) {
        await goTo(visit.page, page)
        // A page with script shows itself as it is in use: connected.
        if ((await visit.page.locator('script[src]').count()) > 0) {
          await visit.page
            .getByText('Live', { exact: true })
            .waitFor({ timeout: 3_000 })
            .catch(() => {})
        }
        const height = await visit.page.evaluate(() => document.documentElement.scrollHeight)
        await visit.page.screenshot({
          path: join(out, `${page.name}-${sight}.jpg`),
          type: 'jpeg',
          quality: 72,
          fullPage: true,
          clip: { x: 0, y: 0, width: options.width!, height: Math.min(height, TALLEST_PX) },
        })
      }
      await visit.close()
    }
  }
  for (const { name, on, prepare, tallest = 0 } of scenes) {
    const visit = await browser.visit(clinic.url, { ...on, clock: CLOCK })
    await arrive(visit.page, 'nurse')
    const part = await prepare(visit.page)
    const around = part && (await part.boundingBox())
    const whole = await visit.page.evaluate(() => document.documentElement.scrollHeight)
    const height = Math.max(on.height!, Math.min(whole, tallest))
    await visit.page.screenshot({
      path: join(out, `${name}.jpg`),
      type: 'jpeg',
      quality: 72,
      fullPage: true,
      clip: around
        ? { x: 0, y: around.y, width: on.width!, height: around.height + MARGIN_PX }
        : { x: 0, y: 0, width: on.width!, height },
    })
    await visit.close()
  }
  console.log(`${pages.length * SIGHTS.length + scenes.length} pictures in docs/screenshots`)
} finally {
  await browser.close()
  await clinic.stop()
  rmSync(folder, { recursive: true, force: true })
}
