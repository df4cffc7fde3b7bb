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
import { withdrawConsent } from '../../plan/index.server.ts'
import type { Member } from '../../platform/actor.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { DAY_MS } from '../../platform/time.ts'
import { acknowledgeAlarm, seeAlarm } from '../alarms/answer-alarm.server.ts'
import { openSession } from '../index.server.ts'
import { type AlarmChange, THE_CLINIC } from '../session/session-event.ts'
import { alarmFormName, shownTo } from './alarm-forms.ts'
import { boardTiles } from './board.ts'
import { answerAlarm, loadBoard, recordSoundTest, recordWatch } from './board-page.server.ts'
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

it('an alarm is seen and taken on from its tile, not once it was raised anew, and by nobody without the right', async () => {
  const { appointmentId, startsAt, personId, patient } = await makeBookedPerson(t, harbor, {
    order: false,
    nurse: harbor.as.secondNurse,
  })
  t.clock.set(startsAt)
  const { nurse, prescriber, manager } = harbor.as
  const { sessionId } = await must(
    runCommand(t.services, nurse, openSession, { appointmentId, key: anId<'session'>(t.services) }),
  )
  const alarmId = 'spo2Percent:spo2-low-red'
  const raised = async (change: AlarmChange['change']) => {
    t.clock.advance(1000)
    const data = { alarmId, change, cause: 'spo2-low-red', level: 'red', sign: 'spo2Percent', value: 86 }
    await t.owner.query(
      `insert into session_event (clinic_id, id, session_id, kind, at, received_at, by_account_id, data, words)
       values ($1, $2, $3, 'alarm', $4, $4, $5, $6, '{}')`,
      [harbor.id, anId(t.services), sessionId, t.clock.now(), THE_CLINIC, JSON.stringify(data)],
    )
  }
  const shown = async (by: Member) => {
    const { snapshot, mayAcknowledge, alarmKeys } = await loadBoard(await page(by))
    const tiles = boardTiles(snapshot.visits, snapshot.logs, Date.parse(snapshot.now))
    const tile = tiles.find(({ visit }) => visit.sessionId === sessionId)!
    return { tile, life: tile.session.care.alarms[0]!, mayAcknowledge, alarmKeys }
  }
  await raised('raised')
  const before = await shown(nurse)
  const fields = { sessionId, alarmId, shownTo: shownTo(before.life) }
  const keyOf = (kind: 'seen' | 'acknowledge') =>
    before.alarmKeys[alarmFormName(kind, sessionId, before.life)]!
  expect(before.mayAcknowledge).toBe(true)
  expect((await shown(manager)).mayAcknowledge).toBe(false)

  const seen = await send(answerAlarm(seeAlarm), nurse, { ...fields, key: keyOf('seen') })
  expect(seen).toBeInstanceOf(Response)
  expect((await shown(nurse)).life).toMatchObject({ seenAt: expect.any(String), acknowledged: undefined })
  await raised('raised-again')
  // What this screen shows is older than the alarm as it is now.
  const late = { ...fields, key: keyOf('acknowledge') }
  expect(await send(answerAlarm(acknowledgeAlarm), nurse, late)).toMatchObject({
    errors: { form: expect.stringContaining('raised again') },
  })
  expect((await shown(nurse)).life).toMatchObject({ seenAt: undefined, acknowledged: undefined })
  const now = { ...fields, shownTo: shownTo((await shown(prescriber)).life), key: anId(t.services) }
  expect(await send(answerAlarm(acknowledgeAlarm), manager, now)).toMatchObject({
    errors: { form: expect.stringContaining('role') },
  })
  const taken = await send(answerAlarm(acknowledgeAlarm), prescriber, now, '?watch=mine')
  expect((taken as Response).headers.get('location')).toBe('/work/board?watch=mine')
  // Sent twice it is one answer.
  expect(await send(answerAlarm(acknowledgeAlarm), prescriber, now)).toBeInstanceOf(Response)
  const { tile, life } = await shown(manager)
  expect(life.acknowledged?.by).toBe(prescriber.accountId)
  expect(life.changes.filter(({ change }) => change === 'acknowledged')).toHaveLength(1)

  expect(tile.visit.consentTakenBackAt).toBeUndefined()
  t.clock.advance(1000)
  const what = { personId, documentId: 'treatment' }
  await must(runCommand(t.services, patient, withdrawConsent, what))
  expect((await shown(nurse)).tile.visit.consentTakenBackAt).toBe(t.clock.now())
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
