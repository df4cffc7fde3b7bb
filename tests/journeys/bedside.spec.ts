import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  ask,
  beginDay,
  type ClinicDay,
  checkIn,
  enter,
  expectAccessible,
  expectInView,
  expectPadUsable,
  openFromBoard,
  openLive,
  readingTyped,
  startInfusion,
  unfold,
} from './bedside-steps.ts'
import { prepareVisits } from './prepared-visit.ts'

/** High pressure in the middle of an infusion on three people's screens, and a room that goes from one nurse to the other. */
const NAME = 'Theodora Quill'
const DESK = { width: 1280, height: 900 }
let day: ClinicDay
let path = ''
let roomName = ''
beforeAll(async () => {
  day = await beginDay('2026-11-24T17:00:00Z')
  const [visit] = await prepareVisits(day.folder, '2026-11-24T17:00:00Z', [{ name: NAME }])
  roomName = visit!.roomName
})
afterAll(() => day?.end())
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await day?.printScreens()
})

describe('high pressure during an infusion', () => {
  it('is an alarm with its seconds, climbs the ladder while nobody answers, and ends when the values are in limits', async () => {
    const nurse = await day.staff('nurse')
    path = await openFromBoard(nurse, NAME)
    await checkIn(nurse)
    // After each step what is next stands in view, under the cursor of keyboard and screen reader.
    await expectInView(nurse, '#next-title')
    await nurse.getByRole('heading', { name: 'Take a reading' }).waitFor()
    await readingTyped(nurse, [124, 78, 72, 98, 14, 5])
    await expectInView(nurse, '#next-title')
    expect(await nurse.evaluate(() => document.activeElement?.id)).toBe('next-title')
    // The reading may be taken again before the dose, by the same pad.
    await unfold(nurse, 'reading')
    for (const [width, height] of [
      [390, 844],
      [768, 1024],
      [1024, 768],
      [1280, 900],
      [820, 1180],
    ] as const) {
      await nurse.setViewportSize({ width, height })
      await expectPadUsable(nurse, '#more-reading')
    }
    await startInfusion(nurse, '5.6')

    const second = await day.staff('nurse2', DESK)
    await openLive(second, '/work/board')
    const prescriber = await day.staff('prescriber', DESK)
    await openLive(prescriber, '/work/board')
    const tile = second.getByRole('article', { name: NAME })
    expect(await tile.innerText()).toContain('Nadia Ferris watches')

    await readingTyped(nurse, [192, 94, 88, 97, 14, 5])
    const alarms = nurse.getByRole('region', { name: 'Alarms' })
    const cause = alarms.locator('.alarm-cause', { hasText: 'Red: Systolic pressure 192 mmHg' })
    await cause.waitFor()
    // Counted in seconds, and nobody has to reload to see them go by.
    const seconds = alarms.locator('.alarm-red .alarm-for').first()
    const shown = await seconds.innerText()
    expect(shown).toMatch(/^\d+ s$/)
    await expect.poll(() => seconds.innerText(), { timeout: 20_000 }).not.toBe(shown)
    await expectAccessible(nurse, 'a red alarm at the bedside')

    // The board of somebody else: this room first, with what is wrong and that nobody answered.
    await tile
      .getByText(/Red: Systolic pressure 192/)
      .first()
      .waitFor()
    await tile
      .getByText(/nobody has acknowledged/)
      .first()
      .waitFor()
    expect(await second.locator('article').first().getAttribute('aria-label')).toContain(NAME)
    await expectAccessible(second, 'a red alarm on the board')
    await tile
      .getByText(/passed on, step 1/)
      .first()
      .waitFor({ timeout: 60_000 })
    await prescriber
      .getByRole('article', { name: NAME })
      .getByText(/passed on, step 2/)
      .first()
      .waitFor({ timeout: 60_000 })

    // The second nurse answers by name. It stops the ladder and hides nothing.
    await openLive(second, path)
    await second.locator('#reading-systolicMmHg').fill('13')
    await unfold(second, 'observe')
    await second.locator('#observe-text').fill('They see')
    await ask(second, /^Acknowledge Red: Systolic/, 'Alarm acknowledged. It stays here until it is over.')
    // What is being typed elsewhere is still there, and what is open is open.
    expect(await second.locator('#reading-systolicMmHg').inputValue()).toBe('13')
    expect(await second.locator('#observe-text').inputValue()).toBe('They see')
    expect(await second.locator('#observe-text').isVisible()).toBe(true)
    await alarms
      .getByText(/acknowledged at .* by Tomas Bell/)
      .first()
      .waitFor()
    expect(await cause.count()).toBe(1)
    await prescriber
      .getByRole('article', { name: NAME })
      .getByText(/acknowledged at .* by Tomas Bell/)
      .first()
      .waitFor()
    await expectAccessible(nurse, 'an acknowledged alarm')

    // On the wall every line of every tile is whole, also of one whose state takes two.
    const wall = await day.staff('manager', { width: 1920, height: 1080 })
    await openLive(wall, '/work/board?wall=1')
    const cut = await wall
      .locator('.wall-tile')
      .evaluateAll((tiles) =>
        tiles
          .filter((tile) => tile.scrollHeight > tile.clientHeight || tile.scrollWidth > tile.clientWidth)
          .map((tile) => tile.textContent),
      )
    expect(cut).toEqual([])

    await readingTyped(nurse, [138, 84, 76, 98, 14, 5])
    await alarms.waitFor({ state: 'detached', timeout: 120_000 })
    const calm = prescriber.getByRole('article', { name: NAME })
    await expect.poll(() => calm.innerText(), { timeout: 30_000 }).toContain('Within limits')
    // The ladder is climbed in its own time: a minute and a half of this is waiting.
  }, 480_000)

  it('is on record with every step and who did it', async () => {
    const nurse = await day.staff('nurse')
    await openLive(nurse, path)
    const log = await nurse.locator('.bedside-side').innerText()
    expect(log).toMatch(/Step 1 of the ladder/)
    expect(log).toMatch(/Step 2 of the ladder/)
    expect(log).toMatch(/Tomas Bell/)
    const manager = await day.staff('manager', DESK)
    await manager.goto('/work/outbox')
    const called = manager.locator('tr', { hasText: `Please go to ${roomName} now` })
    const letters = (await called.allTextContents()).join('\n')
    expect(letters).toContain('prescriber@example.org')
    expect(letters).not.toMatch(/ketamine|pressure|Quill/i)
    // Whoever watches stands at the chair and is not written to.
    expect(letters).not.toContain('nurse@example.org')
  })
})

describe('a room that is handed over', () => {
  it('stays with the one who offers it until the other takes it', async () => {
    const nurse = await day.staff('nurse')
    const second = await day.staff('nurse2', DESK)
    await openLive(second, '/work/board')
    const tile = second.getByRole('article', { name: NAME })
    await openLive(nurse, path)
    const watch = nurse.locator('.watch')
    expect(await watch.innerText()).toMatch(/You watch this room since/)
    await watch.getByText('Hand over').click()
    await watch.getByLabel('To whom').selectOption({ label: 'Tomas Bell' })
    await expectAccessible(nurse, 'a watch to be offered')
    await enter(nurse, 'Offer the watch', 'Offered. The watch stays with you until your colleague takes it.')
    await watch.getByText(/You watch this room since .*offered to Tomas Bell, not taken yet/).waitFor()

    await tile.getByText(/Offered to you for/).waitFor()
    expect(await tile.innerText()).toContain('Nadia Ferris watches')
    await second.getByText(/Nadia Ferris offers you/).waitFor()
    await expectAccessible(second, 'a watch offered on the board')
    await tile.getByRole('button', { name: /Take over from Nadia Ferris/ }).click()
    await tile.getByText('You watch', { exact: true }).waitFor()

    await watch.getByText(/Tomas Bell watches this room since/).waitFor()
    expect(await watch.innerText()).not.toContain('You watch')
    await expectAccessible(nurse, 'a watch given away')
  })

  it('said nothing in the console of any screen', () => {
    expect(day.complaints()).toEqual([])
  })
})
