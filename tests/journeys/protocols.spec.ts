import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, type Visit, type VisitOptions } from './chromium.ts'
import type { ClinicProcess } from './clinic-process.ts'
import { startLivedClinic } from './lived-clinic.ts'
import { heading, PASSWORD, signIn } from './people-in-the-story.ts'

/**
 * A protocol's way: drafted with an error that is mended, tried on invented people, refused to its author, reviewed by
 * somebody else, published, given to a new plan while a running one keeps its own, retired; and one of the library
 * that is adopted first.
 */
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-protocols-'))
chmodSync(folder, 0o755)
let clinic: ClinicProcess
let browser: Awaited<ReturnType<typeof openBrowser>>
const visits: Visit[] = []
const people = new Map<string, Page>()

/** Somebody of the staff, on a small screen without script. */
async function staff(who: string, options: VisitOptions = {}): Promise<Page> {
  const known = people.get(who)
  if (known) return known
  const visit = await browser.visit(clinic.url, { width: 390, height: 844, javaScript: false, ...options })
  visits.push(visit)
  await signIn(visit.page, `${who}@example.org`)
  people.set(who, visit.page)
  return visit.page
}
const wordsOf = async (page: Page) => (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ')
/** A simulation takes seconds of a whole core; on a busy machine the answer is waited for longer. */
async function press(page: Page, name: string) {
  const loaded = page.waitForEvent('load', { timeout: 120_000 })
  await page.getByRole('button', { name, exact: true }).click({ noWaitAfter: true })
  await loaded
}
const fits = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
async function sign(page: Page, button: string) {
  const form = page.locator('form', { has: page.getByRole('button', { name: button, exact: true }) })
  await form.getByLabel('Your password').fill(PASSWORD)
  await press(page, button)
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

describe('an own version', () => {
  const own = '/work/protocols/aud-kare?version=own-1'
  let runningPlan = ''

  it('is drafted by a manager, with a row more, and keeps what was typed when something is wrong', async () => {
    const manager = await staff('manager')
    await manager.goto('/work/protocols/aud-kare')
    expect(await wordsOf(manager)).toContain('adopted')
    await press(manager, 'Draft from this version')
    expect(await heading(manager)).toBe('Change the draft')
    await manager.locator('[name="dose.steps.0.mgPerKg"]').fill('0.6')
    await manager.locator('[name="course.0.sessions"]').fill('four hundred')
    await press(manager, 'Add a stretch')
    expect(await manager.locator('[name="dose.steps.0.mgPerKg"]').inputValue()).toBe('0.6')
    await manager.locator('[name="course.1.title"]').fill('Two weeks apart')
    await manager.locator('[name="course.0.sessions"]').fill('400')
    await press(manager, 'Store this draft')
    expect(await wordsOf(manager)).toContain('Give a number from 1 to 60')
    // The new stretch has no number of sessions yet either.
    const parts = manager.getByRole('navigation', { name: 'Parts of the draft' })
    expect(await parts.innerText()).toMatch(/Course\s+2 to mend/)
    await parts.getByRole('link', { name: 'Course' }).click()
    expect(await manager.locator(':target').getAttribute('id')).toBe('part-course')
    expect(await manager.locator('[name="course.1.title"]').inputValue()).toBe('Two weeks apart')
    expect(await manager.locator('[name="course.0.sessions"]').inputValue()).toBe('400')
    await fits(manager)
    await manager.locator('[name="course.0.sessions"]').fill('2')
    await manager.locator('[name="course.1.sessions"]').fill('1')
    await manager.locator('[name="course.1.spacing"]').fill('12, 14, 18')
    await press(manager, 'Store this draft')
    expect(await wordsOf(manager)).toContain('The draft is stored.')
  })

  it('says in words what is different', async () => {
    const manager = await staff('manager')
    const changes = (await manager.locator('.protocol-changes').innerText()).replaceAll(/\s+/g, ' ')
    expect(changes).toMatch(/Dose: Dose was 0\.8 mg\/kg .* is 0\.6 mg\/kg/)
    expect(changes).toContain('Two weeks apart')
    await fits(manager)
  })

  it('is tried on invented people, each figure with what it is counted in', async () => {
    const manager = await staff('manager')
    await manager.getByLabel('Around what is booked in the diary now').check({ force: true })
    await press(manager, 'Run the simulation')
    const said = await wordsOf(manager)
    expect(said).toMatch(/\d+ of 240 invented people/)
    expect(said).toContain('what is booked already stays where it is')
    expect(said).not.toMatch(/NaN|undefined|Infinity/)
    await fits(manager)
  })

  it('is not reviewed by who wrote on it, and not published by who reviewed it', async () => {
    // The prescriber stores one word more: an author from then on, whose simulation must be of this revision.
    const prescriber = await staff('prescriber')
    await prescriber.goto('/work/protocols/aud-kare/edit?version=own-1')
    await prescriber.locator('[name="title"]').fill('Three infusions, the last one later')
    await press(prescriber, 'Store this draft')
    expect(await wordsOf(prescriber)).toContain('This was an earlier revision')
    await press(prescriber, 'Run the simulation again')
    await press(prescriber, 'Submit for review')
    expect(await wordsOf(prescriber)).toContain('You wrote on this version')
    expect(await prescriber.getByRole('button', { name: 'Approve this version' }).count()).toBe(0)
    // Nor by the form itself, kept from elsewhere.
    const refused = await prescriber.request.post(own, {
      form: { intent: 'approve', version: 'own-1', revision: '3', password: PASSWORD },
      headers: { origin: new URL(prescriber.url()).origin },
    })
    expect(await refused.text()).toContain('Another prescriber must review it')

    const second = await staff('prescriber2')
    await second.goto(own)
    await sign(second, 'Approve this version')
    expect(await wordsOf(second)).toContain('You approved this version')
    expect(await second.getByRole('button', { name: 'Publish this version' }).count()).toBe(0)
  })

  it('is published; new plans get it and a running plan keeps its own', async () => {
    const prescriber = await staff('prescriber')
    await prescriber.goto('/work/plans')
    runningPlan =
      (await prescriber
        .locator('main a[href^="/work/plans/"]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
        .then((all) => all.find((href) => /^\/work\/plans\/[0-9a-f-]{36}/.test(href)))) ?? ''
    const manager = await staff('manager')
    await manager.goto(own)
    await sign(manager, 'Publish this version')
    expect(await wordsOf(manager)).toContain('new plans get this version')
    await manager.goto('/work/protocols')
    expect(await wordsOf(manager)).toContain('Three infusions, the last one later')
    await fits(manager)
    await prescriber.goto(runningPlan)
    expect(await wordsOf(prescriber)).not.toContain('Three infusions, the last one later')

    const planned = await aNewPlan(prescriber)
    expect(planned).toContain('Three infusions, the last one later')
  })

  it('is retired; who is treated by it keeps it, and new plans get the adopted one again', async () => {
    const manager = await staff('manager')
    await manager.goto(own)
    await manager.locator('summary', { hasText: 'Retire this version' }).click()
    await manager.getByLabel('Why').fill('We go back to what the study did.')
    await press(manager, 'Retire it')
    expect(await wordsOf(manager)).toContain('Retired. No new plan gets this version')
    await manager.goto('/work/protocols/aud-kare')
    expect(await wordsOf(manager)).toContain('new plans get this version')
    expect(await heading(manager)).toBe('Three weekly infusions with therapy')
    const prescriber = await staff('prescriber')
    await prescriber.reload()
    expect(await wordsOf(prescriber)).toContain('Three infusions, the last one later')
  })
})

describe('a protocol of the library', () => {
  const offer = '/work/protocols/trd-sc'

  it('is an offer until it is tried, reviewed by a second prescriber and adopted', async () => {
    const prescriber = await staff('prescriber')
    await prescriber.goto(offer)
    expect(await wordsOf(prescriber)).toContain('offered by the library, not adopted here')
    await press(prescriber, 'Run the simulation')
    await press(prescriber, 'Put forward for review')
    expect(await wordsOf(prescriber)).toContain('another prescriber must review it')
    const second = await staff('prescriber2')
    await second.goto(offer)
    await sign(second, 'Approve this version')
    await prescriber.goto(offer)
    await sign(prescriber, 'Adopt this version')
    expect(await wordsOf(prescriber)).toContain('new plans get this version')
    await fits(prescriber)
  })

  it('can be copied under a new name, which is asked for when it is missing', async () => {
    const manager = await staff('manager')
    await manager.goto(offer)
    await manager.locator('summary', { hasText: 'under a new name' }).click()
    await press(manager, 'Copy under this name')
    expect(await wordsOf(manager)).toContain('Give it a name')
    await manager.getByLabel('Its name').fill('Under the skin, our way')
    await press(manager, 'Copy under this name')
    expect(new URL(manager.url()).pathname).toBe('/work/protocols/own-under-the-skin-our-way/edit')
    await press(manager, 'Store this draft')
    expect(await wordsOf(manager)).toContain('library version 1')
    await fits(manager)
  })
})

it('no page complained', () => {
  expect(visits.flatMap(({ complaints }) => complaints)).toEqual([])
})

/** Makes a plan for somebody who was decided about and has none. @returns what the plan's page says */
async function aNewPlan(prescriber: Page): Promise<string> {
  await prescriber.goto('/work/assessments')
  const ids = await prescriber
    .locator('main a[href^="/work/assessments/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')!.split('/')[3]!.split('?')[0]!))
  for (const id of new Set(ids)) {
    const offered = await prescriber.request.get(`/work/plans/new?assessment=${id}`)
    if (!(await offered.text()).includes('name="protocol"')) continue
    await prescriber.goto(`/work/plans/new?assessment=${id}`)
    await prescriber.locator('[name="protocol"][value="aud-kare"]').check({ force: true })
    await press(prescriber, 'Make the plan')
    return wordsOf(prescriber)
  }
  throw new Error('nobody waits for a plan')
}
