import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../pdf/read-pdf.ts'
import { openBrowser, type Visit } from './chromium.ts'
import type { ClinicProcess } from './clinic-process.ts'
import { startLivedClinic } from './lived-clinic.ts'
import { pageAfter, signIn } from './people-in-the-story.ts'

/**
 * Consent in the demonstration clinic: a new version makes it due again everywhere, it is signed with a drawing, a copy is
 * kept, and taking back is one step that cancels what is ahead.
 */
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-consent-'))
chmodSync(folder, 0o755)
let clinic: ClinicProcess
let browser: Awaited<ReturnType<typeof openBrowser>>
let patient: Page
let manager: Page
let nurse: Page
const visits: Visit[] = []

async function as(who: string): Promise<Page> {
  const visit = await browser.visit(clinic.url)
  visits.push(visit)
  await signIn(visit.page, `${who}@example.org`)
  return visit.page
}
const wordsOf = async (page: Page) => (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ')
/** The plan of the one who is signed in as the patient, found by their name. */
let planPath = ''

beforeAll(async () => {
  browser = await openBrowser()
  clinic = await startLivedClinic(folder)
  patient = await as('patient')
  manager = await as('manager')
  nurse = await as('nurse')
})
afterAll(async () => {
  await browser?.close()
  await clinic?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('consent', () => {
  it('is due again when a manager puts another version in force, and says so to the patient and on the plan', async () => {
    await patient.goto('/portal/documents/treatment')
    await patient.locator('a[href*="/copies/"]').first().click()
    await patient.getByRole('heading', { name: 'Your signed copy' }).waitFor()
    expect(await wordsOf(patient)).toContain('are what was signed')

    await manager.goto('/work/documents')
    await manager.locator('summary', { hasText: 'Version 3, not in force' }).click()
    const version = manager.locator('details', { hasText: 'Version 3, not in force' })
    await pageAfter(manager, () =>
      version.getByRole('button', { name: 'Put version 3 in force now' }).click(),
    )
    expect(await wordsOf(manager)).toContain('Say in a few words why.')
    await manager.locator('[id="reason-treatment-3"]').fill('We offer second courses from this month on.')
    await pageAfter(manager, () =>
      manager.getByRole('button', { name: 'Put version 3 in force now' }).click(),
    )
    expect(await wordsOf(manager)).toContain('It is in force.')

    await patient.goto('/portal/documents')
    expect(await wordsOf(patient)).toContain('changed since you signed; to read and sign again')
    const name = await nameOfPatient()
    await nurse.goto('/work/plans')
    const row = nurse.locator('tr', { hasText: name })
    planPath = (await row.locator('a').first().getAttribute('href'))!
    await nurse.goto(planPath)
    expect(await wordsOf(nurse)).toContain('No dose until this is signed again')
    expect(await wordsOf(nurse)).toContain('to be signed again before any dose')
    // What was signed in the older version can be taken back all the same.
    expect(await wordsOf(nurse)).toContain('told me that they take back: Consent to treatment with ketamine')
    await patient.goto('/portal/documents/treatment')
    expect(await patient.locator('summary', { hasText: 'Take this back' }).count()).toBe(1)
  })

  it('is signed with answers, statements and a drawing; nothing typed is lost on the way', async () => {
    const name = await nameOfPatient()
    await patient.goto('/portal/documents/treatment')
    await patient.locator('.signature-pad').waitFor()
    await patient.locator('[name="typedName"]').fill(name)
    await draw(patient)
    await pageAfter(patient, () =>
      patient.getByRole('button', { name: 'I have read this and I agree' }).click(),
    )
    expect(await wordsOf(patient)).toContain('Choose an answer.')
    expect(await patient.locator('[name="typedName"]').inputValue()).toBe(name)
    expect(await patient.locator('[name="drawing"]').inputValue()).toMatch(/^M\d/)

    for (const [question, answer] of [
      ['approved', 'no'],
      ['driving', 'hour'],
      ['stop', 'stopped'],
    ])
      await patient.locator(`[name="answer-${question}"][value="${answer}"]`).check({ force: true })
    for (const statement of await patient.locator('[name^="ack-"]').all())
      await statement.check({ force: true })
    await pageAfter(patient, () =>
      patient.getByRole('button', { name: 'I have read this and I agree' }).click(),
    )
    expect(await wordsOf(patient)).toContain('Not until the next day, after a night of sleep')
    await patient.locator('[name="answer-driving"][value="next-day"]').check({ force: true })
    await pageAfter(patient, () =>
      patient.getByRole('button', { name: 'I have read this and I agree' }).click(),
    )
    expect(await wordsOf(patient)).toContain('Thank you. It is signed and kept with your record.')
    await nurse.goto(planPath)
    expect(await wordsOf(nurse)).not.toContain('No dose until this is signed again')
  })

  it('leaves a copy with the drawing and a hash that is checked, as a page and as a file', async () => {
    await patient.goto('/portal/documents/treatment')
    await patient.locator('a[href*="/copies/"]').first().click()
    await patient.locator('.signature-drawn').waitFor()
    const hash = await patient.locator('.consent-hash').last().innerText()
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    const kept = async (link: string) => {
      const waiting = patient.waitForEvent('download')
      await patient.getByRole('link', { name: link, exact: true }).click()
      const download = await waiting
      expect(download.suggestedFilename()).toMatch(/^signed-copy-[0-9a-f]{8}\.(html|pdf)$/)
      return readFileSync(await download.path())
    }
    const file = (await kept('one HTML file')).toString('utf8')
    expect(file).toContain(hash)
    expect(file).toContain('<path d="M')
    expect(file).toContain('Version 3.')
    const { text, about } = readPdf(await kept('PDF copy'))
    expect(text).toContain(hash)
    expect(text).toContain('Version 3.')
    expect(about).toContain('/Alt (Signature drawn by')
  })

  it('is taken back in one step, with what that stops shown before', async () => {
    await patient.goto('/portal/documents/treatment')
    await patient.locator('summary', { hasText: 'Take this back' }).click()
    expect(await wordsOf(patient)).toContain('Visits for dosing that are still ahead are cancelled at once.')
    await pageAfter(patient, () => patient.getByRole('button', { name: 'Take it back now' }).click())
    expect(await wordsOf(patient)).toContain('You have taken this back.')
    await patient.goto('/portal')
    expect(await wordsOf(patient)).not.toContain('Your next visit')
    await nurse.goto(planPath)
    expect(await wordsOf(nurse)).toContain(
      'Taken back: Consent to treatment with ketamine. No dose is given.',
    )
  })

  it('can be given with help, never without a witness', async () => {
    const name = await nameOfPatient()
    await nurse.goto(`${planPath}/consent?document=treatment`)
    for (const [question, answer] of [
      ['approved', 'no'],
      ['driving', 'next-day'],
      ['stop', 'stopped'],
    ])
      await nurse.locator(`[name="answer-${question}"][value="${answer}"]`).check({ force: true })
    for (const statement of await nurse.locator('[name^="ack-"]').all())
      await statement.check({ force: true })
    await nurse.locator('[name="typedName"]').fill(name)
    await nurse.locator('[name="assistance"]').fill('Hand is in plaster.')
    const agree = () =>
      pageAfter(nurse, () => nurse.getByRole('button', { name: 'They have understood and agree' }).click())
    await agree()
    expect(await wordsOf(nurse)).toContain('A witness must be there and sign.')
    await nurse.locator('[name="witnessName"]').fill('Kim Bell')
    await nurse.locator('[name="witnessRole"]').fill('sister')
    await nurse.locator('[name="witnessSignature"]').fill('Kim Bell')
    await agree()
    expect(await wordsOf(nurse)).toContain('It is signed, with the witness')
  })
})

async function nameOfPatient(): Promise<string> {
  await patient.goto('/portal/documents/treatment')
  const hint = await patient.locator('#typedName-hint').innerText()
  return /signed in as (.+?)\. You/.exec(hint)![1]!
}

/** Three strokes in the field, by mouse. */
async function draw(page: Page): Promise<void> {
  const pad = page.locator('.signature-pad')
  await pad.scrollIntoViewIfNeeded()
  const box = (await pad.boundingBox())!
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const
  for (const shift of [0, 0.2, 0.4]) {
    await page.mouse.move(...at(0.1 + shift, 0.3))
    await page.mouse.down()
    await page.mouse.move(...at(0.2 + shift, 0.7), { steps: 5 })
    await page.mouse.up()
  }
}
