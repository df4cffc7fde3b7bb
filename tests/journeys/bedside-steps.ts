import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { openBrowser, type Visit } from './chromium.ts'
import { type ClinicProcess, startClinic } from './clinic-process.ts'
import { startLivedClinic } from './lived-clinic.ts'
import { pageAfter, signIn } from './people-in-the-story.ts'
import { violationsOn } from './violations.ts'

/** A clinic of a journey's own, whose screens stay signed in while its hour moves on. */
export type ClinicDay = {
  readonly folder: string
  /** Somebody of the staff at a screen of their own, signed in; a tablet held upright unless said otherwise. */
  staff(who: string, options?: { readonly width?: number; readonly height?: number }): Promise<Page>
  /** Somebody who is not signed in, on a phone. */
  visitor(): Promise<Page>
  /** Stops the clinic and opens it at a later hour; pages are opened again by whoever wants them. */
  moveTo(clock: string): Promise<void>
  /** What went wrong on any screen of this day, but what a stopped server does to a page. */
  complaints(): readonly string[]
  /** For a journey that stopped: what the last screens showed. */
  printScreens(): Promise<void>
  end(): Promise<void>
}

/** Begins a day in a lived clinic. @param clock its first hour, not before that of the lived one */
export async function beginDay(clock: string): Promise<ClinicDay> {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-bedside-'))
  chmodSync(folder, 0o755)
  const browser = await openBrowser()
  const visits: Visit[] = []
  let clinic: ClinicProcess = await startLivedClinic(folder)
  const { url } = clinic
  let hour = clock
  const visit = async (width: number, height: number) => {
    const opened = await browser.visit(url, { width, height, clock: hour })
    visits.push(opened)
    return opened.page
  }
  return {
    folder,
    async staff(who, { width = 820, height = 1180 } = {}) {
      const page = await visit(width, height)
      await signIn(page, `${who}@example.org`)
      return page
    },
    visitor: () => visit(390, 844),
    async moveTo(later) {
      hour = later
      await clinic.stop()
      clinic = await startClinic(folder, {
        EVENKEEL_DEMO_CLOCK: later,
        // The same address and no sign-out for idleness: hours pass here in moments.
        PORT: new URL(url).port,
        EVENKEEL_STAFF_IDLE_MINUTES: '1440',
      })
      for (const { context } of visits) await context.clock.setSystemTime(new Date(later))
    },
    complaints: () =>
      visits
        .flatMap(({ complaints }) => complaints)
        .filter((line) => !/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|ERR_SOCKET|ERR_FAILED/.test(line)),
    async printScreens() {
      for (const { page, complaints } of visits) {
        const text = await page
          .locator('main')
          .innerText({ timeout: 2_000 })
          .catch(() => 'no page')
        console.log(`${page.url()}\n${text.slice(0, 2_500)}\n${complaints.slice(-5).join('\n')}\n`)
      }
    },
    async end() {
      await browser.close()
      await clinic.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Opens a page that follows the clinic live, and waits until it says so. */
export async function openLive(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.getByText('Live', { exact: true }).waitFor({ timeout: 30_000 })
}

/** Opens somebody's session from the board. @returns its path */
export async function openFromBoard(page: Page, name: string): Promise<string> {
  await openLive(page, '/work/board')
  await page.getByRole('button', { name: `Open the session of ${name}` }).click()
  await page.waitForURL(/\/work\/sessions\//)
  const { pathname } = new URL(page.url())
  await openLive(page, pathname)
  return pathname
}

/** Presses a button of a bedside form and waits until the page has taken it and the server has it. */
export async function enter(page: Page, button: string | RegExp, said: string | RegExp): Promise<void> {
  const turns = Number(await page.locator('.bedside').getAttribute('data-turns'))
  await page.getByRole('button', { name: button }).first().click()
  await page.locator(`.bedside:not([data-turns="${turns}"])[data-waiting="0"]`).waitFor()
  await page.getByText(said).first().waitFor()
}

/** Presses a button that only the server may answer: at the bedside the page stays, elsewhere another one comes back. */
export async function ask(page: Page, button: string | RegExp, said: string | RegExp): Promise<void> {
  if ((await page.locator('.bedside').count()) > 0) return enter(page, button, said)
  await pageAfter(page, () => page.getByRole('button', { name: button }).first().click())
  await page.getByText(said).first().waitFor()
}

/** Unfolds one of the forms that are out of the way. */
export async function unfold(page: Page, part: string): Promise<void> {
  const details = page.locator(`#more-${part}`)
  if (!(await details.evaluate((one) => (one as HTMLDetailsElement).open)))
    await details.locator('summary').first().click()
}

/** Ticks the answers of a form by the names of its fields. */
export async function tick(page: Page, answers: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(answers))
    await page.locator(`[name="${name}"][value="${value}"]`).first().check({ force: true })
}

/** A reading as it is spoken: systolic, diastolic, heart rate, oxygen, breathing, MOAA/S. */
export type Spoken = readonly [number, number, number, number, number, number]

/** A reading by the big keys alone, as with a gloved finger. */
export async function readingByKeys(page: Page, spoken: Spoken): Promise<void> {
  await page.locator('#reading-systolicMmHg').focus()
  for (const figure of spoken.slice(0, 5)) {
    for (const digit of String(figure))
      await page.locator('.pad-keys').getByRole('button', { name: digit, exact: true }).click()
  }
  await page
    .locator('.pad-words')
    .getByRole('button')
    .nth(5 - spoken[5])
    .click()
  await enter(page, 'Record reading', 'Reading recorded.')
}

/** A reading by a keyboard: digits, and Enter at the end. */
export async function readingTyped(page: Page, spoken: Spoken): Promise<void> {
  await page.locator('#reading-systolicMmHg').focus()
  await page.keyboard.type(spoken.join(''))
  await enter(page, 'Record reading', 'Reading recorded.')
}

/**
 * Takes on what stands red, one after the other, and waits until every alarm of the room is over: half a minute after the
 * reading that ended its cause, and a red one not before somebody knows of it.
 */
export async function settleAlarms(page: Page): Promise<void> {
  const red = /^Acknowledge Red/
  do await ask(page, red, 'Alarm acknowledged. It stays here until it is over.')
  while ((await page.getByRole('button', { name: red }).count()) > 0)
  await page.getByText('Live', { exact: true }).waitFor()
  await page.getByRole('region', { name: 'Alarms' }).waitFor({ state: 'detached', timeout: 90_000 })
}

/** Arrival, two identifiers and the checklist. */
export async function checkIn(page: Page): Promise<void> {
  await enter(page, 'Record arrival', 'Arrival recorded.')
  await tick(page, { identifiers: 'full-name' })
  await page.locator('[name="identifiers"][value="birth-date"]').check({ force: true })
  await enter(page, 'Record identity', 'Identity recorded.')
  await page.locator('#checklist-escortName').fill('Mia')
  await page.locator('#checklist-escortPhone').fill('703-555-0188')
  await tick(page, { fasted: 'yes', noUseSince: 'yes' })
  await page.locator('#checklist-breathAlcohol').fill('0')
  await enter(page, 'Record checklist', 'Checklist recorded.')
}

/** Draws from the first lot and starts the pump, once the gate is open. */
export async function startInfusion(page: Page, drawnMl: string): Promise<void> {
  await page.getByText('Everything needed before a dose is there').waitFor()
  await page.locator('[name="lotId"]').first().check({ force: true })
  await page.locator('#start-drawnMl').fill(drawnMl)
  await ask(page, 'Start infusion', 'Dose recorded, and the drug taken off the stock.')
  await page.getByText('Live', { exact: true }).waitFor()
}

/** Every question before leaving answered so that nothing holds the person back. */
export async function answerForLeaving(page: Page): Promise<void> {
  const form = page.locator('form', { has: page.locator('#steps-submit') })
  for (const radio of await form
    .locator('input[type="radio"][value="yes"], input[type="radio"][name^="aldrete-"][value="2"]')
    .all())
    await radio.check({ force: true })
  await enter(page, 'Record answers', 'Answers recorded.')
}

/** Something stands whole below the values at the upper edge and above the bar at the lower one. */
export async function expectInView(page: Page, selector: string): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate((what) => {
        const box = (which: string) => document.querySelector(which)!.getBoundingClientRect()
        const { top, bottom } = box(what)
        return top >= box('.vitals-strip').bottom && bottom <= box('.bar-stack').top
          ? 'in view'
          : [top, bottom]
      }, selector),
    )
    .toBe('in view')
}

/** Keys, figures, hint and button of the pad lie beside each other, never on each other, and a finger reaches the button. */
export async function expectPadUsable(page: Page, within: string): Promise<void> {
  const pad = page.locator(`${within} .pad-form`)
  await pad.locator('#reading-submit').scrollIntoViewIfNeeded()
  const found = await pad.evaluate((form) => {
    const boxes = ['.pad-signs', '.pad-keys', '.pad-actions', '.pad-scale'].flatMap((part) => {
      const box = form.querySelector(part)!.getBoundingClientRect()
      return box.height > 0 ? [{ part, box }] : []
    })
    const overlaps = boxes.flatMap(({ part, box }, i) =>
      boxes
        .slice(i + 1)
        .filter(
          ({ box: other }) =>
            Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1 &&
            Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 1,
        )
        .map((other) => `${part} on ${other.part}`),
    )
    const button = form.querySelector('#reading-submit')!
    const { left, top, width, height } = button.getBoundingClientRect()
    const reached = document.elementFromPoint(left + width / 2, top + height / 2)
    return { overlaps, reached: reached !== null && button.contains(reached) }
  })
  expect(found).toEqual({ overlaps: [], reached: true })
}

/** axe finds nothing, and the page does not move sideways. @param state names it where something is found */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect({ state, violations: await violationsOn(page), sideways }).toEqual({
    state,
    violations: [],
    sideways: 0,
  })
}
