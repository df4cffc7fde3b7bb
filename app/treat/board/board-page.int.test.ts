import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeBookedPerson } from '../../../tests/database/booked-person.ts'
import {
  anId,
  look,
  makeClinic,
  must,
  openTestDatabase,
  type TestClinic,
  type TestDatabase,
} from '../../../tests/database/test-clinic.ts'
import { clinicById } from '../../identity/index.server.ts'
import type { Member } from '../../platform/actor.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { DAY_MS } from '../../platform/time.ts'
import { openSession } from '../index.server.ts'
import { boardTiles } from './board.ts'
import { loadBoard, recordSoundTest, recordWatch } from './board-page.server.ts'
import { screenCookie } from './screen-mark.ts'
import { watchesOf } from './watch.ts'

let t: TestDatabase
let harbor: TestClinic
beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-11-23T15:00:00.000Z')
  harbor = await makeClinic(t.services, 'harbor')
})
afterAll(() => t.close())

async function page(by: Member, search = '', cookie = ''): Promise<PageArgs> {
  const clinic = await look(t.services, by, ({ db }) => clinicById(db, harbor.id))
  const url = new URL(`http://clinic.test/work/board${search}`)
  const request = new Request(url, { headers: { cookie } })
  return {
    services: t.services,
    actor: by,
    clinic,
    url,
    request,
    params: {},
    address: '',
  } as unknown as PageArgs
}
async function send(
  handle: ReturnType<typeof recordWatch>,
  by: Member,
  fields: Readonly<Record<string, string>>,
  search = '',
) {
  const form = new FormData()
  for (const [name, value] of Object.entries({ key: anId(t.services), ...fields })) form.append(name, value)
  return handle({ ...(await page(by, search)), form })
}

it('a watch goes from the board to a colleague: offered, then taken over; a wall carries no whole name', async () => {
  const name = 'Quentin Unmistakable'
  const { appointmentId, startsAt } = await makeBookedPerson(t, harbor, {
    order: false,
    consent: false,
    name,
  })
  t.clock.set(startsAt)
  const { nurse, prescriber, manager } = harbor.as
  const { sessionId } = await must(
    runCommand(t.services, nurse, openSession, { appointmentId, key: anId<'session'>(t.services) }),
  )
  const tileSeenBy = async (by: Member) => {
    const { snapshot } = await loadBoard(await page(by))
    const [tile] = boardTiles(snapshot.visits, snapshot.logs, Date.parse(snapshot.now))
    return tile!
  }
  expect((await tileSeenBy(prescriber)).session.care.watch?.by).toBe(nurse.accountId)

  // Nobody who does not watch can offer, and nobody takes over what they were not offered.
  expect(await send(recordWatch('offer'), prescriber, { sessionId, to: prescriber.accountId })).toMatchObject(
    {
      errors: { form: expect.stringContaining('Nothing was changed') },
    },
  )
  expect(await send(recordWatch('offer'), nurse, { sessionId, to: '' })).toMatchObject({
    errors: { to: expect.any(String) },
  })
  const offered = await send(
    recordWatch('offer'),
    nurse,
    { sessionId, to: prescriber.accountId },
    '?watch=mine',
  )
  expect((offered as Response).headers.get('location')).toBe('/work/board?watch=mine')
  const { offer } = (await tileSeenBy(prescriber)).session.care.watch!
  expect(offer).toMatchObject({ to: prescriber.accountId })
  expect(await send(recordWatch('take-offer'), nurse, { sessionId, of: offer!.eventId })).toHaveProperty(
    'errors',
  )
  expect(await send(recordWatch('take-offer'), prescriber, { sessionId, of: offer!.eventId })).toBeInstanceOf(
    Response,
  )
  expect((await tileSeenBy(nurse)).session.care.watch).toMatchObject({
    by: prescriber.accountId,
    offer: undefined,
  })

  const { snapshot, names } = await loadBoard(await page(prescriber))
  await send(recordWatch('take-watch'), nurse, { sessionId, from: prescriber.accountId })
  const tiles = boardTiles(snapshot.visits, snapshot.logs, Date.parse(snapshot.now))
  expect(watchesOf(tiles, prescriber.accountId).mine).toHaveLength(1)
  expect(names[prescriber.accountId]).toBe(prescriber.name)
  expect((await tileSeenBy(nurse)).session.care.watch?.by).toBe(nurse.accountId)

  const wall = await loadBoard(await page(manager, '?wall=1'))
  expect(JSON.stringify(wall)).not.toContain('Unmistakable')
  expect(wall.snapshot.visits.map(({ personName }) => personName)).toContain('Q. U.')
})

it('the test of the sound belongs to a screen and a day, is written once, and says who heard it', async () => {
  const screenId = anId(t.services)
  const cookie = screenCookie(screenId, false).split(';')[0]!
  const said = async (by = harbor.as.nurse) => (await loadBoard(await page(by, '', cookie))).sound
  expect(await said()).toEqual({ screenName: undefined, test: undefined })
  const key = anId(t.services)
  const fields = { key, screenId, screenName: 'Corridor' }
  expect(await send(recordSoundTest, harbor.as.nurse, fields)).toHaveProperty('errors.heard')
  await send(recordSoundTest, harbor.as.nurse, { ...fields, heard: 'yes' })
  await send(recordSoundTest, harbor.as.manager, { ...fields, heard: 'no' })
  expect(await said(harbor.as.manager)).toMatchObject({
    screenName: 'Corridor',
    test: { heard: true, testedBy: harbor.as.nurse.name, testedAt: t.clock.now() },
  })
  expect((await loadBoard(await page(harbor.as.nurse))).sound.test).toBeUndefined()
  t.clock.advance(DAY_MS)
  expect(await said()).toEqual({ screenName: 'Corridor', test: undefined })
})
