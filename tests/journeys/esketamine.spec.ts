import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  answerForLeaving,
  ask,
  beginDay,
  type ClinicDay,
  checkIn,
  expectAccessible,
  openFromBoard,
  openLive,
  readingTyped,
  tick,
} from './bedside-steps.ts'
import { prepareVisits } from './prepared-visit.ts'

/** A visit with esketamine spray: what the REMS asks, two devices five minutes apart, two hours, and its form. */
const NAME = 'Cassius Holloway'
const CALM = [124, 78, 72, 98, 14, 5] as const
let day: ClinicDay
let path = ''
beforeAll(async () => {
  day = await beginDay('2026-11-24T17:00:00Z')
  await prepareVisits(day.folder, '2026-11-24T17:00:00Z', [{ name: NAME, devices: true }])
})
afterAll(() => day?.end())
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await day?.printScreens()
})

describe('a visit with esketamine spray', () => {
  it('gives no device before the REMS has its answers, each missing one by name', async () => {
    const nurse = await day.staff('nurse')
    path = await openFromBoard(nurse, NAME)
    await checkIn(nurse)
    await readingTyped(nurse, CALM)
    const gate = nurse.locator('table', { hasText: 'conditions before a dose are open' }).first()
    for (const condition of [
      'Enrolled in the REMS',
      'A prescriber is on site',
      'Pulse oximeter at the chair',
    ])
      expect(await gate.locator('tr', { hasText: condition }).innerText()).toMatch(/open\s+not recorded yet/)
    expect(await nurse.getByRole('button', { name: 'Device 1 was sprayed' }).count()).toBe(0)
    await expectAccessible(nurse, 'the gate of a nasal dose')
    await nurse.getByRole('link', { name: 'Answer for the REMS' }).click()
    await nurse.waitForURL(/\/rems$/)
    await nurse.getByText('No device given yet').waitFor()
    await tick(nurse, { enrolled: 'yes', prescriberOnSite: 'yes', oximeterReady: 'yes' })
    await expectAccessible(nurse, 'questions of the REMS')
    await ask(nurse, 'Record answers', 'Answers recorded.')

    await openLive(nurse, path)
    await nurse.locator('[name="lotId"]').first().check({ force: true })
    await ask(nurse, 'Device 1 was sprayed', 'Dose recorded, and the drug taken off the stock.')
    await nurse.getByText('Live', { exact: true }).waitFor()
    expect(await nurse.getByRole('region', { name: 'Devices' }).innerText()).toMatch(/28 of 56 mg given/)
    await expectAccessible(nurse, 'between two devices')
    // Five minutes have not passed: the second one is refused in words, and nothing is taken off the stock.
    await nurse.locator('[name="lotId"]').first().check({ force: true })
    await ask(nurse, 'Device 2 was sprayed', 'The next device is not due yet.')
    await expectAccessible(nurse, 'a device too early')
  })

  it('gives the second one after five minutes', async () => {
    await day.moveTo('2026-11-24T17:12:00Z')
    const nurse = await day.staff('nurse')
    await openLive(nurse, path)
    await nurse.locator('[name="lotId"]').first().check({ force: true })
    await ask(nurse, 'Device 2 was sprayed', 'Device recorded, and taken off the stock.')
    await nurse.getByText('Live', { exact: true }).waitFor()
    expect(await nurse.getByRole('region', { name: 'Devices' }).count()).toBe(0)
    expect(
      await nurse.getByRole('region', { name: 'Always in reach' }).getByText('Stop the dose').count(),
    ).toBe(0)
    const manager = await day.staff('manager')
    await manager.goto('/work/stock')
    expect(await manager.locator('.lot', { hasText: 'SPRAY-7' }).first().innerText()).toMatch(/\b4\b/)
  })

  it('keeps them two hours from the first device', async () => {
    const nurse = await day.staff('nurse')
    for (const hour of ['17:41', '18:20', '18:55']) {
      await day.moveTo(`2026-11-24T${hour}:00Z`)
      await openLive(nurse, path)
      await readingTyped(nurse, CALM)
    }
    await answerForLeaving(nurse)
    // Everything else is met an hour and a half after the last device; the two hours are not.
    const since = nurse.locator('tr', { hasText: 'At least 120 minutes since the first device' })
    expect(await since.innerText()).toMatch(/not met\s+11\d min/)
    expect(await nurse.getByRole('button', { name: 'They leave with their escort' }).count()).toBe(0)
    await expectAccessible(nurse, 'waiting for the two hours')

    await day.moveTo('2026-11-24T19:06:00Z')
    await openLive(nurse, path)
    expect(await since.innerText()).toMatch(/met\s+12\d min/)
    await ask(nurse, 'They leave with their escort', 'They have left. The note is next.')
  })

  it('has a sheet for the form that says what it does not know, prints, and is recorded as sent', async () => {
    const nurse = await day.staff('nurse')
    await nurse.goto(`${path}/rems`)
    const missing = nurse.getByText(/\d+ fields are not known yet/)
    const before = Number(/\d+/.exec(await missing.innerText())![0])
    const sheet = await nurse.locator('main').innerText()
    expect(sheet).toContain('56 mg')
    expect(sheet).toContain('SPRAY-7')
    expect(sheet).toMatch(/Blood pressure at about 40 minutes\s+124\/78 mmHg/)
    await expectAccessible(nurse, 'the sheet for the REMS')
    await tick(nurse, {
      firstTreatment: 'yes',
      takesOpioid: 'no',
      respiratoryDepression: 'no',
      sedation: 'no',
    })
    await ask(nurse, 'Record answers', 'Answers recorded.')
    expect(Number(/\d+/.exec(await missing.innerText())![0])).toBe(before - 4)
    const pdf = await nurse.request.get(`${path}/rems.pdf`)
    expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf'])
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')

    await nurse.goto('/work/rems')
    const row = nurse.locator('tr', { hasText: NAME })
    expect(await row.innerText()).toContain('Due by Tue 1 Dec 2026')
    await expectAccessible(nurse, 'forms for the REMS')
    await row.getByRole('link', { name: NAME }).click()
    await tick(nurse, { how: 'portal' })
    await nurse.locator('#sent-confirmation').fill('R-20961')
    await ask(nurse, 'It was sent', 'Recorded that the form was sent.')
    expect(await nurse.locator('main').innerText()).toMatch(
      /by the portal, R-20961; recorded by Nadia Ferris/,
    )
    await nurse.goto('/work/rems')
    expect(await row.innerText()).toMatch(/Sent/)
  })

  it('said nothing in the console of any screen', () => {
    expect(day.complaints()).toEqual([])
  })
})
