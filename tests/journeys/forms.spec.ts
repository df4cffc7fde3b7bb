import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, type Visit, type VisitOptions } from './chromium.ts'
import { type ClinicProcess, startClinic } from './clinic-process.ts'
import { heading, pageAfter, signIn } from './people-in-the-story.ts'

/**
 * Forms in the demonstration clinic: an intake on a telephone that loses its connection and its server, a suicide
 * screen whose answer finds somebody before it is finished, and wording that a manager brings in.
 */
const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-forms-'))
chmodSync(folder, 0o755)
const FIRST_HOUR = '2026-11-24T17:20:00Z'
const TWO_HOURS_LATER = '2026-11-24T19:20:00Z'
let clinic: ClinicProcess
let browser: Awaited<ReturnType<typeof openBrowser>>
let port: string
const visits: Visit[] = []
const story = {} as { personPath: string; formPath: string; concernPath: string }

/** A port of the loopback address that is free now. */
async function freePort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  return String(typeof address === 'object' && address ? address.port : 0)
}

const open = (hour: string) => startClinic(folder, { EVENKEEL_DEMO_CLOCK: hour, PORT: port })

async function at(options: VisitOptions = {}): Promise<Page> {
  const visit = await browser.visit(clinic.url, options)
  visits.push(visit)
  return visit.page
}
async function staff(who: string): Promise<Page> {
  const page = await at()
  await signIn(page, `${who}@example.org`)
  return page
}
const wordsOf = async (page: Page) => (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ')

beforeAll(async () => {
  port = await freePort()
  browser = await openBrowser()
  clinic = await open(FIRST_HOUR)
})
afterAll(async () => {
  await browser?.close()
  await clinic?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('an intake on a telephone', () => {
  it('waits out a lost connection and a killed server, shows one question at a time, and goes on elsewhere', async () => {
    const prescriber = await staff('prescriber')
    await prescriber.goto('/work/assessments')
    const row = prescriber.locator('tr', { hasText: 'Intake under way' }).first()
    await row.locator('a').first().click()
    await prescriber.getByRole('button', { name: 'Make a new link to the intake' }).click()
    const link = /\/intake\/[\w-]+/.exec((await prescriber.locator('code').textContent()) ?? '')![0]

    const phone = await at({ width: 390, height: 844 })
    await phone.goto(link)
    await pageAfter(phone, () => phone.getByRole('link', { name: 'Go on' }).click())
    const first = await heading(phone)
    const radio = () => phone.locator('input[type="radio"]').first()
    await radio().waitFor({ state: 'attached' })
    expect(await phone.locator('fieldset:visible').count()).toBe(1)

    // The connection is lost: the answer waits, and so does the button.
    await phone.context().setOffline(true)
    await phone.locator('body').press('1')
    await phone.getByText('No connection at the moment').waitFor()
    const asked = phone.waitForEvent('requestfailed', (request) => request.url().endsWith('/healthz'))
    await phone.getByRole('button', { name: 'Keep and go on' }).click()
    await asked
    expect(await heading(phone)).toBe(first)
    const onward = phone.waitForEvent('load')
    await phone.context().setOffline(false)
    await onward
    const second = await heading(phone)
    expect(second).not.toBe(first)

    // The server is killed under the next answer and the tab is closed: what was chosen stands there when both are back.
    await clinic.kill()
    await phone.locator('input[type="radio"]').nth(1).check({ force: true })
    await phone.getByText('No connection at the moment').waitFor()
    const context = phone.context()
    await phone.close()
    clinic = await open(FIRST_HOUR)
    const again = await context.newPage()
    await again.goto(link)
    await pageAfter(again, () => again.getByRole('link', { name: 'Go on' }).click())
    expect(await heading(again)).toBe(second)
    await again.getByText('Kept.', { exact: true }).waitFor()
    expect(await again.locator('input[type="radio"]').nth(1).isChecked()).toBe(true)
    await pageAfter(again, () => again.getByRole('button', { name: 'Keep and go on' }).click())
    expect(await heading(again)).not.toBe(second)

    // Another device: the answers are there.
    const desk = await at()
    await desk.goto(link)
    expect(await heading(desk)).toBe('Go on where you stopped')
    await pageAfter(desk, () => desk.getByRole('link', { name: 'Go on' }).click())
    await pageAfter(desk, () => desk.getByRole('link', { name: 'Back', exact: true }).click())
    expect(await heading(desk)).toBe(second)
    expect(await desk.locator('input[type="radio"]').nth(1).isChecked()).toBe(true)
  })

  it('can be read in larger print, and answered by the keys alone', async () => {
    const page = await at({ width: 390, height: 844 })
    await signIn(page, 'patient@example.org')
    await page.goto('/portal/forms')
    const size = () =>
      page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize))
    const usual = await size()
    await pageAfter(page, () => page.getByRole('button', { name: 'Larger print' }).click())
    expect(new URL(page.url()).pathname).toBe('/portal/forms')
    expect(await size()).toBeGreaterThan(usual * 1.3)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.locator('main .link-list a').first().click()
    await pageAfter(page, () => page.getByRole('link', { name: /Begin|Go on/ }).click())
    const before = await heading(page)
    // The keys come with the script: until then they do nothing.
    await expect
      .poll(async () => {
        await page.locator('body').press('2')
        return page.getByText('Kept.').count()
      })
      .toBe(1)
    await pageAfter(page, () => page.keyboard.press('Enter'))
    expect(await heading(page)).not.toBe(before)
  })
})

describe('the suicide screen', () => {
  it('finds a named person before it is finished', async () => {
    const nurse = await staff('nurse')
    await nurse.goto('/work/people')
    await nurse.locator('main a[href^="/work/people/0"]').first().click()
    story.personPath = new URL(nurse.url()).pathname
    await nurse.goto(`${story.personPath}/forms?form=c-ssrs-screener`)
    await pageAfter(nurse, () => nurse.getByRole('button', { name: 'Lay and open' }).click())
    story.formPath = new URL(nurse.url()).pathname
    const colleague = await staff('nurse2')
    await colleague.goto(story.formPath)
    const yes = (item: string) =>
      nurse.locator(`[name="c-ssrs-screener.${item}"][value="1"]`).check({ force: true })
    await yes('q1')
    await yes('q2')
    await nurse.getByText(/at least low/).waitFor()
    expect(await nurse.getByText('An answer here needs somebody at once').count()).toBe(0)
    await yes('q4')
    await nurse.getByText('An answer here needs somebody at once').waitFor()
    // The colleague's page was opened before; its "no" does not silently replace the "yes".
    await colleague.locator('[name="c-ssrs-screener.q4"][value="0"]').check({ force: true })
    await colleague.getByText(/Somebody answered this since you opened the page: .*Yes/).waitFor()

    // Nobody has pressed Finish; the named person sees it already.
    const prescriber = await staff('prescriber')
    await prescriber.goto('/work/concerns')
    const concern = prescriber.locator('main a[href^="/work/concerns/"]', { hasText: /./ })
    for (const href of await concern.evaluateAll((all) => all.map((one) => one.getAttribute('href')!))) {
      await prescriber.goto(href)
      if ((await prescriber.locator(`a[href="${story.formPath}"]`).count()) > 0) break
    }
    story.concernPath = new URL(prescriber.url()).pathname
    const words = await wordsOf(prescriber)
    expect(words).toMatch(/Named to respond (Dr )?Priya Raman/)
    expect(words).toContain('Nothing is recorded yet')
    expect(words).toContain('It cannot be closed before somebody has recorded what was done')
  })

  it('is finished with its gaps named, as a level and never as a sum', async () => {
    const nurse = await staff('nurse')
    await nurse.goto(story.formPath)
    await pageAfter(nurse, () => nurse.getByRole('button', { name: 'Finish' }).click())
    expect((await nurse.getByRole('alert').allTextContents()).join(' ')).toMatch(/are open/)
    expect(await nurse.locator('[name="c-ssrs-screener.q4"][value="1"]').isChecked()).toBe(true)
    await nurse.locator('[name="gaps"]').check({ force: true })
    await pageAfter(nurse, () => nurse.getByRole('button', { name: 'Finish' }).click())
    expect(new URL(nurse.url()).pathname).toMatch(/\/results\/[0-9a-f-]{36}$/)
    const words = await wordsOf(nurse)
    expect(words).toMatch(/high/i)
    expect(words).toMatch(/missing|not answered|open/i)
  })

  it('rises on every staff page when nobody has responded, and closes only with what was done', async () => {
    expect(await clinic.stop()).toBe(0)
    clinic = await open(TWO_HOURS_LATER)
    for (const who of ['coordinator', 'nurse', 'therapist', 'manager']) {
      const page = await staff(who)
      await page.goto('/work/people')
      expect(await page.locator('body').innerText(), who).toMatch(/safety concerns? (is|are) overdue/)
    }
    const prescriber = await staff('prescriber')
    await prescriber.goto(story.concernPath)
    expect(await wordsOf(prescriber)).toMatch(/overdue/i)
    // Closing behind the page's back is refused.
    const refused = await prescriber.request.post(story.concernPath, {
      form: { intent: 'close' },
      headers: { origin: clinic.url },
    })
    expect(await refused.text()).toContain('cannot be closed before somebody has recorded')
    await prescriber.locator('[name="contact"][value="in-person"]').check({ force: true })
    await prescriber.locator('[name="outcome"][value="same-day-visit"]').check({ force: true })
    await prescriber.locator('[name="told"]').fill('The psychiatrist on call; the person agreed')
    await prescriber
      .locator('[name="note"]')
      .fill('Stayed with them. Seen by the psychiatrist within the hour.')
    await pageAfter(prescriber, () => prescriber.locator('form:has([name="told"]) button').first().click())
    await pageAfter(prescriber, () => prescriber.getByRole('button', { name: /^Close/ }).click())
    expect(await wordsOf(prescriber)).toMatch(/closed/i)
    expect(await wordsOf(prescriber)).toContain('Seen by the psychiatrist within the hour.')
  })
})

describe('wording that the clinic brings in', () => {
  it('is used by new forms; what was laid before keeps its words, and so do results', async () => {
    const exported = execFileSync(
      process.execPath,
      [join(root, 'scripts/instrument.ts'), 'export', 'gad-7'],
      {
        cwd: root,
        encoding: 'utf8',
      },
    )
    const form = JSON.parse(exported)
    form.item.find((item: { linkId: string }) => item.linkId === 'q1').text =
      'How tense were you, in our words?'
    const file = join(folder, 'gad-7-in-other-words.json')
    writeFileSync(file, JSON.stringify(form))

    const nurse = await staff('nurse')
    const layGad = async () => {
      await nurse.goto(`${story.personPath}/forms?form=gad-7`)
      await pageAfter(nurse, () => nurse.getByRole('button', { name: 'Lay and open' }).click())
      return new URL(nurse.url()).pathname
    }
    const before = await layGad()

    const manager = await staff('manager')
    await manager.goto('/work/instruments/gad-7')
    await importFile(manager, file)
    await manager.goto('/work/instruments/gad-7')
    expect(await wordsOf(manager)).toContain('How tense were you, in our words?')

    const after = await layGad()
    expect(await wordsOf(nurse)).toContain('How tense were you, in our words?')
    await nurse.goto(before)
    expect(await wordsOf(nurse)).not.toContain('How tense were you, in our words?')
    for (const path of [before, after]) {
      await nurse.goto(path)
      for (let item = 1; item <= 7; item++) {
        await nurse.locator(`[name="gad-7.q${item}"][value="2"]`).check({ force: true })
      }
      await nurse.locator('[name="gaps"]').check({ force: true })
      await pageAfter(nurse, () => nurse.getByRole('button', { name: 'Finish' }).click())
      const words = await wordsOf(nurse)
      expect(words).toMatch(/14/)
      expect(words.includes('How tense were you, in our words?')).toBe(path === after)
    }
  })

  it('a broken file changes nothing and says why', async () => {
    const file = join(folder, 'broken.json')
    writeFileSync(file, '{"resourceType":"Questionnaire","item":[{"linkId":"q1"')
    const manager = await staff('manager')
    await manager.goto('/work/instruments/gad-7')
    const before = await wordsOf(manager)
    await importFile(manager, file, false)
    expect(await wordsOf(manager)).toMatch(/JSON/)
    await manager.goto('/work/instruments/gad-7')
    expect(await wordsOf(manager)).toBe(before)
  })
})

it('said nothing in the console and asked no other host', () => {
  const all = visits.flatMap((visit) => visit.complaints)
  expect(
    all.filter((line) => !/ERR_CONNECTION|ERR_INTERNET|ERR_FAILED|Failed to load resource/.test(line)),
  ).toEqual([])
})

/** Looks at a file on the page of an instrument, and uses its words when asked to. */
async function importFile(page: Page, file: string, take = true) {
  await page.locator('input[type="file"]').setInputFiles(file)
  await pageAfter(page, () => page.getByRole('button', { name: 'Look at it first' }).click())
  if (!take) return
  await pageAfter(page, () => page.getByRole('button', { name: 'Use these words from now on' }).click())
}
