import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  answerForLeaving,
  ask,
  beginDay,
  type ClinicDay,
  checkIn,
  enter,
  expectAccessible,
  openFromBoard,
  openLive,
  readingTyped,
  settleAlarms,
  startInfusion,
} from './bedside-steps.ts'
import { PASSWORD, pageAfter } from './people-in-the-story.ts'
import { prepareVisits } from './prepared-visit.ts'

/** A nurse stops an infusion early: in place, with what was given so far, and the rest wasted before a witness. */
const NAME = 'Wilhelmina Arkwright'
let day: ClinicDay
beforeAll(async () => {
  day = await beginDay('2026-11-24T17:00:00Z')
  await prepareVisits(day.folder, '2026-11-24T17:00:00Z', [{ name: NAME }])
})
afterAll(() => day?.end())
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await day?.printScreens()
})

describe('an infusion that is stopped early', () => {
  let path = ''

  it('runs, and the big Stop asks once, in place', async () => {
    const nurse = await day.staff('nurse')
    path = await openFromBoard(nurse, NAME)
    await checkIn(nurse)
    await readingTyped(nurse, [124, 78, 72, 98, 14, 5])
    await startInfusion(nurse, '5.6')

    await day.moveTo('2026-11-24T17:14:00Z')
    await openLive(nurse, path)
    const bar = nurse.getByRole('region', { name: 'Always in reach' })
    const stop = bar.getByRole('button', { name: 'Stop now' })
    expect(await stop.isVisible()).toBe(false)
    const opener = bar.locator('.bar-stop > summary')
    expect(await opener.innerText()).toMatch(/Stop infusion\s+\d+\.\d of 56 mg so far/)
    await opener.click()
    await stop.waitFor()
    await expectAccessible(nurse, 'asked whether to stop')
    // A slip of the finger: the same place closes it, and the pump runs on.
    await bar.getByText('Keep running').click()
    expect(await stop.isVisible()).toBe(false)
    await opener.click()
    const records = Number(/records (\d+\.\d) mg given/.exec(await stop.innerText())?.[1])
    // 56 mg over 40 minutes is 1.4 mg a minute; some minutes have gone by since the start.
    expect(records).toBeGreaterThan(10)
    expect(records).toBeLessThan(25)
    await enter(nurse, 'Stop now', 'Stop recorded. Check that the pump stands.')
    const log = await nurse.locator('.bedside-side').innerText()
    expect(Number(/(\d+(?:\.\d+)?) mg/.exec(log)?.[1])).toBeCloseTo(records, 0)
    expect(await bar.getByText('Stop infusion').count()).toBe(0)
    await expectAccessible(nurse, 'stopped')
  })

  it('what is left in the syringe is wasted before a witness', async () => {
    const nurse = await day.staff('nurse')
    await openLive(nurse, path)
    const left = nurse.getByText(/mL are left in the syringe/)
    const ml = /(\d+\.\d\d) mL/.exec(await left.innerText())![1]!
    await nurse.getByRole('link', { name: 'record waste' }).click()
    await nurse.waitForURL(/\/work\/stock\/take-out/)
    await expectAccessible(nurse, 'what is left in the syringe')
    // By keys alone: the reason, and the button that takes all that is left.
    await nurse.locator('#reason').fill('Stopped early')
    await nurse.locator('#amount').fill(ml)
    await pageAfter(nurse, () => nurse.locator('#amount').press('Enter'))
    const says = await nurse.locator('.act-says').innerText()
    expect(says).toContain(`${ml} mL (`)
    expect(says).toMatch(/from the syringe of the session opened .+ into waste, \d\d:\d\d, recorded by/)
    await expectAccessible(nurse, 'what the witness reads')

    // The witness walks away: nothing has happened.
    await pageAfter(nurse, () => nurse.getByRole('link', { name: 'Leave, nothing recorded' }).click())
    await openLive(nurse, path)
    expect(await left.count()).toBe(1)

    // Another one signs; first with a wrong password, and what was typed stays.
    await nurse.goto(`/work/stock?session=${path.split('/').at(-1)}`)
    await nurse.locator('#reason').fill('Stopped early')
    await pageAfter(nurse, () => nurse.getByRole('button', { name: /^All that is left/ }).click())
    await nurse.locator('#secondEmail').fill('nurse2@example.org')
    await nurse.locator('#secondPassword').fill('not their password')
    await pageAfter(nurse, () => nurse.locator('#secondPassword').press('Enter'))
    await nurse.getByText('Not recorded yet').waitFor()
    expect(await nurse.locator('#secondEmail').inputValue()).toBe('nurse2@example.org')
    await nurse.locator('#secondPassword').fill(PASSWORD)
    await pageAfter(nurse, () => nurse.locator('#secondPassword').press('Enter'))
    await nurse.getByText('Waste recorded.').waitFor()
    await nurse.getByRole('link', { name: 'Back to the session' }).click()
    await openLive(nurse, path)
    expect(await left.count()).toBe(0)
  })

  it('they leave an hour after the end, and the note says what was given and why it ended', async () => {
    await day.moveTo('2026-11-24T18:20:00Z')
    const nurse = await day.staff('nurse2')
    await openLive(nurse, path)
    await readingTyped(nurse, [122, 78, 70, 98, 14, 5])
    expect(await nurse.getByRole('button', { name: 'They leave with their escort' }).count()).toBe(0)
    await answerForLeaving(nurse)
    // Nobody measured for an hour: that is a red alarm, and it holds them until somebody has taken it on.
    expect(await nurse.locator('tr', { hasText: 'No red alarm is open' }).innerText()).toMatch(/not met/)
    await settleAlarms(nurse)
    await ask(nurse, 'They leave with their escort', 'They have left. The note is next.')
    await expectAccessible(nurse, 'left')
    await nurse.goto(`${path}/note`)
    expect(await nurse.locator('textarea[name="body"]').inputValue()).toMatch(/stopped/i)
    await expectAccessible(nurse, 'note')
  })

  it('said nothing in the console of any screen', () => {
    expect(day.complaints()).toEqual([])
  })
})
