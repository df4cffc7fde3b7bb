import type { Page } from 'playwright-core'
import type { VisitOptions } from '../tests/journeys/chromium.ts'

/**
 * What the list of all pages does not show: the three rooms that the demonstration has in use, on the screens they are made for.
 * In this order, since the last ones put a red reading into one of the rooms.
 */
export type Scene = {
  /** Of the picture. */
  readonly name: string
  readonly on: VisitOptions
  /** Brings a nurse's page there; the picture is of the screen, or of the part of a tall one that comes back. */
  readonly prepare: (page: Page) => Promise<ReturnType<Page['locator']> | undefined>
  /** How tall the picture may be, in pixels; as tall as the screen when not said. */
  readonly tallest?: number
}

const UPRIGHT = { width: 820, height: 1180 }
const ACROSS = { width: 1180, height: 820 }
const PHONE = { width: 390, height: 844 }
const DESK = { width: 1280, height: 900 }
const WALL = { width: 1920, height: 1080 }

export const BEDSIDE_SCENES: readonly Scene[] = [
  { name: 'bedside-tablet-upright', on: UPRIGHT, prepare: (page) => bedside(page, 'Infusion ·') },
  { name: 'bedside-tablet-across', on: ACROSS, prepare: (page) => bedside(page, 'Infusion ·') },
  { name: 'bedside-phone', on: PHONE, prepare: (page) => bedside(page, 'Infusion ·') },
  {
    name: 'bedside-night',
    on: UPRIGHT,
    async prepare(page) {
      await bedside(page, 'Infusion ·')
      await page.getByRole('button', { name: 'Night light' }).click()
      return undefined
    },
  },
  {
    name: 'bedside-leaving',
    on: UPRIGHT,
    async prepare(page) {
      await bedside(page, 'Window, Window chair')
      // As tall as all of it, so that what stays on the screen while one scrolls stands above and below.
      await page.setViewportSize({ ...UPRIGHT, height: 3_600 })
      return page.locator('section', { has: page.getByRole('heading', { name: 'Leaving' }) }).last()
    },
  },
  {
    name: 'replay-pressure',
    on: DESK,
    async prepare(page) {
      await bedside(page, 'Meadow, Meadow chair')
      await page.goto(`${new URL(page.url()).pathname}/replay?minute=29`)
      await page.locator('#replay-slider').waitFor()
      return undefined
    },
    tallest: 1_300,
  },
  {
    name: 'bedside-red',
    on: UPRIGHT,
    async prepare(page) {
      await bedside(page, 'Meadow, Meadow chair')
      await page.locator('#reading-systolicMmHg').focus()
      await page.keyboard.type('19210810497155')
      await page.getByRole('button', { name: 'Record reading' }).click()
      await page
        .getByRole('region', { name: 'Alarms' })
        .getByText(/^Red: Systolic/)
        .first()
        .waitFor()
      return undefined
    },
  },
  {
    name: 'board-red',
    on: DESK,
    async prepare(page) {
      await live(page, '/work/board')
      return undefined
    },
  },
  {
    name: 'wall-red',
    on: WALL,
    async prepare(page) {
      await page.goto('/work/board?wall=1')
      const wall = page.locator('.wall')
      await wall
        .getByText(/Red: Systolic/)
        .first()
        .waitFor()
      await wall.getByText(/^Live/).first().waitFor()
      return undefined
    },
  },
]

async function live(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.getByText('Live', { exact: true }).waitFor()
}

/** The bedside of the room whose tile says this, and somebody is in it. */
async function bedside(page: Page, words: string): Promise<undefined> {
  await live(page, '/work/board')
  const tile = page.locator('article', { hasText: words }).filter({ hasText: /Infusion|Recovery/ })
  const path = await tile.locator('a[href^="/work/sessions/"]').first().getAttribute('href')
  if (!path) throw new Error(`no room says ${words}`)
  await live(page, path)
  return undefined
}
