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
  readingByKeys,
  readingTyped,
  startInfusion,
  tick,
  unfold,
} from './bedside-steps.ts'
import { PASSWORD, pageAfter } from './people-in-the-story.ts'
import { prepareVisits } from './prepared-visit.ts'

/** A calm session on a tablet, from opening on the board to a note that two people signed. */
const NAME = 'Marguerite Osgood'
let day: ClinicDay
let path = ''
beforeAll(async () => {
  day = await beginDay('2026-11-24T17:00:00Z')
  await prepareVisits(day.folder, '2026-11-24T17:00:00Z', [{ name: NAME }])
  // A quarter of an hour before the planned start of the infusion.
  await day.moveTo('2026-11-24T18:26:00Z')
})
afterAll(() => day?.end())
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await day?.printScreens()
})

describe('a calm session', () => {
  it('begins with arrival, identity, checklist, access, a score and a reading by the big keys', async () => {
    const nurse = await day.staff('nurse')
    path = await openFromBoard(nurse, NAME)
    await expectAccessible(nurse, 'nobody has arrived')
    await checkIn(nurse)
    await expectAccessible(nurse, 'the pad of a reading')
    await unfold(nurse, 'access')
    await tick(nurse, { side: 'left', place: 'forearm', gauge: '22', runsFreely: 'yes' })
    await enter(nurse, 'Record access', 'Access recorded.')
    const due = nurse.getByRole('region', { name: 'Scales due' })
    await due.locator('#scale-cadss-due').fill('0')
    await enter(nurse, /^Record$/, 'Scale recorded.')
    expect(await due.count()).toBe(0)
    await readingByKeys(nurse, [124, 78, 72, 98, 14, 5])
    await nurse.getByText('Everything needed before a dose is there').waitFor()
    await expectAccessible(nurse, 'the gate is open')
    await startInfusion(nurse, '5.6')
    await expectAccessible(nurse, 'the pump runs')
  })

  it('is read every ten minutes, asked at the peak, and ended as ordered', async () => {
    const nurse = await day.staff('nurse')
    const readings = [
      ['18:39', [130, 82, 76, 98, 14, 5]],
      ['18:49', [138, 84, 78, 97, 13, 5]],
      ['18:59', [140, 85, 80, 97, 13, 5]],
      ['19:10', [138, 84, 78, 97, 14, 5]],
    ] as const
    for (const [hour, spoken] of readings) {
      await day.moveTo(`2026-11-24T${hour}:00Z`)
      await openLive(nurse, path)
      await readingTyped(nurse, spoken)
      expect(await nurse.locator('.vitals-strip').innerText()).toContain(`${spoken[0]}/${spoken[1]}`)
    }
    const due = nurse.getByRole('region', { name: 'Scales due' })
    await due.locator('#scale-cadss-due').fill('18')
    await enter(nurse, /^Record$/, 'Scale recorded.')
    await enter(nurse, 'Infusion finished', 'End of the infusion recorded.')
    await expectAccessible(nurse, 'recovery')
  })

  it('lets them go when every condition is met, and not before', async () => {
    const nurse = await day.staff('nurse')
    for (const hour of ['19:19', '19:34', '19:49', '20:04', '20:13']) {
      await day.moveTo(`2026-11-24T${hour}:00Z`)
      await openLive(nurse, path)
      await readingTyped(nurse, [126, 80, 72, 98, 14, 5])
    }
    expect(await nurse.getByRole('button', { name: 'They leave with their escort' }).count()).toBe(0)
    await answerForLeaving(nurse)
    // The score at the peak says that there was some; a newer one says that it is over.
    await nurse.getByRole('region', { name: 'Scales due' }).locator('#scale-cadss-due').fill('2')
    await enter(nurse, /^Record$/, 'Scale recorded.')
    // A cannula still holds them.
    const access = nurse.locator('tr', { hasText: 'Every access is out' })
    expect(await access.innerText()).toContain('still in: left forearm')
    await expectAccessible(nurse, 'leaving')
    await unfold(nurse, 'access')
    await enter(nurse, 'Out, and whole', 'Removal of the access recorded.')
    await ask(nurse, 'They leave with their escort', 'They have left. The note is next.')
    await expectAccessible(nurse, 'they have left')
  })

  it('has a sheet for the colleague, and one for the way home that opens without a name', async () => {
    const nurse = await day.staff('nurse')
    await nurse.goto(`${path}/hand-over`)
    const sheet = await nurse.locator('main').innerText()
    expect(sheet).toContain('56 mg')
    expect(sheet).toContain('140/85')
    await expectAccessible(nurse, 'hand-over')
    await nurse.getByRole('link', { name: 'For the way home' }).click()
    await nurse.waitForURL(/\/take-home$/)
    await pageAfter(nurse, () => nurse.getByRole('button', { name: 'Make a link to this sheet' }).click())
    await expectAccessible(nurse, 'the sheet for the way home')
    const link = /\/home\/[\w.-]+/.exec(await nurse.locator('code').innerText())![0]
    const escort = await day.visitor()
    await escort.goto(link)
    const home = await escort.locator('body').innerText()
    expect(home).toContain('For the way home')
    expect(home).toContain('988')
    expect(home).not.toMatch(/Osgood|Marguerite|ketamine/i)
    await expectAccessible(escort, 'the way home by link')
    for (const file of ['hand-over.pdf', 'take-home.pdf']) {
      const pdf = await nurse.request.get(`${path}/${file}`)
      expect([file, pdf.status(), pdf.headers()['content-type']]).toEqual([file, 200, 'application/pdf'])
    }
  })

  it('ends with a note drafted from its entries, signed by the nurse and under it by the prescriber', async () => {
    const nurse = await day.staff('nurse')
    await nurse.goto(`${path}/note`)
    const draft = await nurse.locator('textarea[name="body"]').inputValue()
    expect(draft).toContain('56 mg')
    expect(draft).toMatch(/CADSS/)
    expect(draft).toMatch(/left forearm/)
    await expectAccessible(nurse, 'note')
    await nurse.locator('[name="password"]').first().fill(PASSWORD)
    await ask(nurse, 'Sign and close the session', 'Signed and locked. The session is closed.')
    await expectAccessible(nurse, 'signed note')

    const prescriber = await day.staff('prescriber', { width: 1280, height: 900 })
    await prescriber.goto(`${path}/note`)
    const form = prescriber.locator('form', { has: prescriber.locator('[name="remark"]') })
    await form.locator('[name="password"]').fill(PASSWORD)
    await ask(prescriber, 'I have read it and sign under it', 'You have signed under the note.')
    expect(await prescriber.locator('main').innerText()).toMatch(/Signed under it by Dr Priya Raman/)
    await expectAccessible(prescriber, 'note with two signatures')
    const record = await prescriber.request.get(`${path}/record.pdf`)
    expect([record.status(), record.headers()['content-type']]).toEqual([200, 'application/pdf'])
    expect((await record.body()).subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('said nothing in the console of any screen', () => {
    expect(day.complaints()).toEqual([])
  })
})
