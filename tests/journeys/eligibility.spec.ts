import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, type Visit } from './chromium.ts'
import { type ClinicProcess, startClinic } from './clinic-process.ts'
import { choose, PASSWORD, pageAfter, signIn } from './people-in-the-story.ts'

/**
 * Eligibility in the demonstration clinic: what is unknown blocks until it is settled, one prescriber overrides a
 * relative rule, two an absolute one, nobody a pregnancy; and a decision whose facts changed says so where it is used.
 */
const folder = mkdtempSync(join(tmpdir(), 'evenkeel-eligibility-'))
chmodSync(folder, 0o755)
let clinic: ClinicProcess
let browser: Awaited<ReturnType<typeof openBrowser>>
let nurse: Page
let prescriber: Page
const visits: Visit[] = []
const story = {} as { one: string; other: string }

async function staff(who: string): Promise<Page> {
  const visit = await browser.visit(clinic.url)
  visits.push(visit)
  await signIn(visit.page, `${who}@example.org`)
  return visit.page
}
const wordsOf = async (page: Page) => (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ')

beforeAll(async () => {
  browser = await openBrowser()
  clinic = await startClinic(folder, { EVENKEEL_DEMO_CLOCK: '2026-11-24T15:20:00Z' })
  nurse = await staff('nurse')
  prescriber = await staff('prescriber')
  await prescriber.goto('/work/assessments')
  const open = await prescriber
    .locator('tr', { hasText: 'Intake under way' })
    .locator('a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')!))
  story.one = open[0]!
  story.other = open[1]!
})
afterAll(async () => {
  await browser?.close()
  await clinic?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const HISTORIES = [
  'ketamine-reaction',
  'aneurysm-or-vessel-malformation',
  'brain-haemorrhage',
  'pressure-rise-hazard',
  'recent-infarct-stroke-head-injury',
  'heart-disease-not-controlled',
  'raised-head-or-eye-pressure',
  'psychosis',
  'psychosis-in-family',
  'mania-now',
  'bipolar-disorder',
  'dissociative-disorder-dementia-delirium',
  'severe-liver-disease',
  'kidney-failure-porphyria-thyrotoxicosis',
  'sleep-apnoea-or-lung-disease',
  'ketamine-use-disorder',
  'bladder-symptoms',
  'withdrawal-seizure-or-delirium',
  'pregnancy-possible',
  'breastfeeding',
] as const

/** Everything that decides, but whether the person can consent. */
const KNOWN: Readonly<Record<string, string>> = {
  ...Object.fromEntries(HISTORIES.map((kind) => [kind, 'no'])),
  'pregnancy-test': 'negative',
  'suicide-risk-level': '0',
  'alt-times-uln': '1',
  'ast-times-uln': '1',
  'stop-bang': '2',
  'ketamine-days-per-week': '0',
  'weight-kg': '70',
  'height-cm': '170',
  ecg: 'no-concern',
}

async function record(assessment: string, facts: Readonly<Record<string, string>>) {
  await nurse.goto(assessment)
  await nurse.locator('summary', { hasText: 'Record facts' }).click()
  for (const [name, value] of Object.entries(facts)) {
    const field = nurse.locator(`form [name="${name}"]`).first()
    if ((await field.evaluate((one) => one.tagName)) === 'SELECT') await field.selectOption(value)
    else await field.fill(value)
  }
  await pageAfter(nurse, () => nurse.getByRole('button', { name: 'Record', exact: true }).click())
}

async function sign(fields: Readonly<Record<string, string>> = {}) {
  await choose(prescriber, 'Your decision', /^Eligible/)
  const summary = prescriber.locator('summary', { hasText: 'with a second prescriber' })
  const opens = (await summary.count()) > 0 && !(await prescriber.locator('[name="secondEmail"]').isVisible())
  if (opens) await summary.click()
  const all = { reasons: 'Examined today; understands what is not known.', password: PASSWORD, ...fields }
  for (const [name, value] of Object.entries(all)) await prescriber.locator(`[name="${name}"]`).fill(value)
  await pageAfter(prescriber, () => prescriber.getByRole('button', { name: 'Sign', exact: true }).click())
}

describe('deciding', () => {
  it('what is unknown blocks, is settled, and then “eligible” is signed', async () => {
    await record(story.one, KNOWN)
    await prescriber.goto(`${story.one}/decision?show=open`)
    expect(await wordsOf(prescriber)).toContain('Judge capacity in conversation and record it.')
    await sign()
    expect(await prescriber.getByRole('alert').first().textContent()).toContain('Able to consent')
    // Nothing typed is lost.
    expect(await prescriber.locator('[name="reasons"]').inputValue()).toContain('Examined today')
    await record(story.one, { 'consent-capacity': 'yes' })
    await prescriber.goto(`${story.one}/decision`)
    await sign()
    expect(await wordsOf(prescriber)).toContain('Signed.')
  })

  it('a relative rule stands aside by name and reason', async () => {
    await record(story.other, { ...KNOWN, 'consent-capacity': 'yes', ecg: 'needs-review' })
    await prescriber.goto(`${story.other}/decision`)
    await sign()
    expect(await prescriber.getByRole('alert').first().textContent()).toContain('Write why you override this')
    await sign({ 'override:ecg-read': 'The cardiologist has seen it and agrees.' })
    expect(await wordsOf(prescriber)).toContain(
      'Overrode “ECG without a finding that needs a cardiologist”: The cardiologist has seen it and agrees.',
    )
  })

  it('a fact that changed is told, and an absolute rule stands aside only by two', async () => {
    await record(story.other, { 'aneurysm-or-vessel-malformation': 'yes' })
    await prescriber.goto('/work/assessments')
    const again = await wordsOf(prescriber)
    expect(again).toContain('To be looked at again')
    expect(again).toContain('Aneurysm or malformed vessel: no, now yes; met, now not met')
    await prescriber.goto(`${story.other}/decision`)
    const reasons = {
      'override:ecg-read': 'The cardiologist has seen it and agrees.',
      'override:no-aneurysm': 'Treated and closed; the surgeon sees no danger.',
      secondPassword: PASSWORD,
    }
    await sign({ ...reasons, secondEmail: 'prescriber@example.org' })
    expect(await prescriber.getByRole('alert').first().textContent()).toContain('This is you')
    await sign({ ...reasons, secondEmail: 'nurse@example.org' })
    expect(await prescriber.getByRole('alert').first().textContent()).toContain('of a prescriber here')
    await sign({ ...reasons, secondEmail: 'prescriber2@example.org' })
    const signed = await wordsOf(prescriber)
    expect(signed).toContain('second prescriber')
    expect(signed).toContain('Overrode “No aneurysm and no malformation of vessels”')
  })

  it('nobody overrides that somebody cannot consent', async () => {
    await record(story.one, { 'consent-capacity': 'no' })
    await prescriber.goto(`${story.one}/decision`)
    expect(await prescriber.locator('[name="override:consent-capacity"]').count()).toBe(0)
    expect(await wordsOf(prescriber)).toContain('cannot be signed by anybody while this is open')
    await sign()
    expect(await prescriber.getByRole('alert').first().textContent()).toContain('nobody can override it')
  })
})

describe('somebody with a visit today', () => {
  it('whose facts changed is marked in the diary, on the board, in the plan and where orders are signed', async () => {
    await prescriber.goto('/work/board')
    const name = await prescriber
      .locator('.tile', { hasText: 'Expected' })
      .first()
      .locator('.tile-name')
      .innerText()
    const hrefTo = async (path: string) => {
      await prescriber.goto(path)
      return (await prescriber.locator('main a', { hasText: name }).first().getAttribute('href')) ?? ''
    }
    const plan = await hrefTo('/work/plans')
    const visit = await hrefTo('/work/schedule')
    const assessment = await hrefTo('/work/assessments')
    await record(assessment, { psychosis: 'yes' })
    for (const [path, words] of [
      ['/work/schedule', 'Decision to be looked at again'],
      [visit, 'no dose until a prescriber has looked again'],
      ['/work/board', 'Decision to be looked at again'],
      ['/work/plans', 'Facts have changed since the decision'],
      [plan, 'Psychosis, past or present: no, now yes'],
      [`${plan}/order`, 'Facts have changed since the decision'],
    ] as const) {
      await prescriber.goto(path)
      expect(`${path} ${await wordsOf(prescriber)}`).toContain(words)
    }
  })
})

describe('the rules of the clinic', () => {
  it('are set by a manager and a prescriber, and decisions follow', async () => {
    const manager = await staff('manager')
    await manager.goto('/work/eligibility-rules/body-mass')
    await manager.locator('[name="number:most"]').fill('60')
    await manager.locator('[name="reason"]').fill('What the chairs here carry.')
    await manager.locator('[name="password"]').fill(PASSWORD)
    await manager.locator('[name="secondEmail"]').fill('prescriber@example.org')
    await manager.locator('[name="secondPassword"]').fill(PASSWORD)
    await pageAfter(manager, () => manager.getByRole('button', { name: 'Sign', exact: true }).click())
    expect(await manager.getByRole('alert').first().textContent()).toContain('from 30 to 50')
    await manager.locator('[name="number:most"]').fill('38')
    await manager.locator('[name="password"]').fill(PASSWORD)
    await manager.locator('[name="secondPassword"]').fill(PASSWORD)
    await pageAfter(manager, () => manager.getByRole('button', { name: 'Sign', exact: true }).click())
    expect(await wordsOf(manager)).toContain('Body mass index from 17 to 38')
    await prescriber.goto('/work/assessments')
    await prescriber.locator('summary', { hasText: 'only because a rule was set anew' }).click()
    expect(await wordsOf(prescriber)).toContain('the rule was version 1, now version 2')
  })

  it('nothing complained in any browser', () => {
    expect(visits.flatMap(({ complaints }) => complaints)).toEqual([])
  })
})
