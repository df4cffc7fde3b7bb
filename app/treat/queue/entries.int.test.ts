import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { RouterContextProvider } from 'react-router'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
import type { Actor, Member } from '../../platform/actor.ts'
import { runCommand } from '../../platform/command.server.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { requestScope } from '../../platform/services.server.ts'
import { type Instant, MINUTE_MS, timeInWords } from '../../platform/time.ts'
import { entryActions } from '../bedside/session-actions.server.ts'
import { loadSession } from '../bedside/session-page.server.ts'
import { openSession, receiveStock, recordSessionEvents, sessionById, startDose } from '../index.server.ts'
import type { LotId, SessionEventId, SessionId } from '../index.ts'
import { loadNote } from '../note/note-page.server.ts'
import { loadRecord } from '../note/record-page.server.ts'
import { recordContent } from '../note/record-pdf.ts'
import type { BedsideEntry } from '../session/bedside-entry.ts'
import { THE_CLINIC } from '../session/session-event.ts'
import { action } from './pages/entries.ts'
import { SetAsideList } from './set-aside-list.tsx'
import { type EntryAnswer, formOf, setAsideNote } from './waiting-entry.ts'

let t: TestDatabase
let harbor: TestClinic
let other: TestClinic
let sessionId: SessionId
/** When the dose began. */
let startedMs: number

beforeAll(async () => {
  t = await openTestDatabase()
  t.clock.set('2026-11-23T15:00:00.000Z')
  harbor = await makeClinic(t.services, 'harbor')
  other = await makeClinic(t.services, 'other')
  const { appointmentId } = await makeBookedPerson(t, harbor, {})
  const key = anId<'session'>(t.services)
  sessionId = (await must(runCommand(t.services, harbor.as.nurse, openSession, { appointmentId, key })))
    .sessionId
  const entry = (kind: string, data: object) =>
    ({ id: anId(t.services), kind, at: t.clock.now(), data }) as unknown as BedsideEntry
  await must(
    runCommand(t.services, harbor.as.nurse, recordSessionEvents, {
      sessionId,
      entries: [
        entry('arrived', {}),
        entry('identity-checked', { identifiers: ['full-name', 'birth-date'] }),
        entry('checklist', {
          escortNamed: true,
          escortPhoneGiven: true,
          fasted: 'yes',
          noUseSince: 'yes',
          breathAlcoholGPer210L: 0,
        }),
        entry('reading', { values: vitals, confirmed: [] }),
      ],
    }),
  )
  const { lotId } = await must(
    runCommand(t.services, harbor.as.manager, receiveStock, {
      key: anId<'drug-lot'>(t.services),
      drug: 'Ketamine hydrochloride',
      lotNumber: 'L1',
      concentrationMgPerMl: 10,
      containerMl: 20,
      containers: 1,
      expiresOn: '2031-12-31' as never,
      reason: 'delivery',
    } as never),
  )
  await must(
    runCommand(t.services, harbor.as.nurse, startDose, {
      sessionId,
      key: anId<'session-event'>(t.services),
      lotId: lotId as LotId,
      drawnMl: 5.6,
    }),
  )
  startedMs = Date.parse(t.clock.now())
}, 120_000)
afterAll(() => t?.close())

const vitals = {
  systolicMmHg: 125,
  diastolicMmHg: 80,
  heartRatePerMin: 70,
  spo2Percent: 97,
  respiratoryRatePerMin: 14,
  moaas: 5,
}
const TABLET = '018f0000-0000-7000-8000-00000000000a'
const SECOND_TABLET = '018f0000-0000-7000-8000-00000000000b'
let number = 0

type Typed = { intent: string; fields: [string, string][]; writtenMs: number; aheadMs: number | null }
const typed = (intent: string, writtenMs: number, fields: Record<string, string> = {}, aheadMs = 0) => {
  number += 1
  const key = anId<'session-event'>(t.services)
  return {
    number,
    key,
    entry: { intent, fields: Object.entries({ key, ...fields }), writtenMs, aheadMs } satisfies Typed,
  }
}
const reading = (writtenMs: number, aheadMs = 0) =>
  typed(
    'reading',
    writtenMs,
    Object.fromEntries(Object.entries(vitals).map(([sign, value]) => [sign, String(value)])),
    aheadMs,
  )
const nowMs = () => Date.parse(t.clock.now())

async function post(
  entries: readonly { number: number; entry: Typed }[],
  change: { account?: string; tablet?: string; sentMs?: number; body?: unknown } = {},
  by: Actor = harbor.as.nurse,
  id: string = sessionId,
): Promise<{ status: number; answers: EntryAnswer[]; why?: string }> {
  const context = new RouterContextProvider()
  const clinic = await look(t.services, harbor.as.nurse, ({ db }) => clinicById(db, harbor.id))
  context.set(requestScope, { services: t.services, actor: by, clinic, nonce: '', address: '' } as never)
  const request = new Request(`http://clinic.test/work/sessions/${id}/entries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(
      change.body ?? {
        tablet: change.tablet ?? TABLET,
        account: change.account ?? (by as Member).accountId,
        sentMs: change.sentMs ?? nowMs(),
        entries: entries.map(({ number, entry }) => ({ number, entry })),
      },
    ),
  })
  const response = await action({ request, params: { id }, context } as never).catch((thrown) => {
    if (thrown instanceof Response) return thrown
    throw thrown
  })
  const body = response.headers.get('content-type')?.includes('json') ? await response.json() : {}
  return { status: response.status, ...body }
}
const answersOf = async (...args: Parameters<typeof post>) =>
  (await post(...args)).answers.map((one) => (one.answer === 'refused' ? one.why : one.answer))
const log = async () =>
  (await look(t.services, harbor.as.nurse, ({ db }) => sessionById(db, harbor.id, sessionId)))!
const eventOf = async (key: SessionEventId) => (await log()).events.filter(({ id }) => id === key)

describe('what a tablet kept', () => {
  it('is stored once, however often and in whatever order it is sent', async () => {
    t.clock.set(new Date(startedMs + 6 * MINUTE_MS).toISOString())
    const first = reading(startedMs + 2 * MINUTE_MS)
    const second = reading(startedMs + 5 * MINUTE_MS)
    expect(await answersOf([second])).toEqual(['stored'])
    expect(await answersOf([first, second])).toEqual(['stored', 'already-stored'])
    const both = await Promise.all([answersOf([first, second]), answersOf([second, first])])
    expect(both.flat()).toEqual(Array(4).fill('already-stored'))
    expect((await log()).events.filter(({ id }) => id === first.key || id === second.key)).toHaveLength(2)
    expect((await eventOf(first.key))[0]).toMatchObject({
      at: new Date(startedMs + 2 * MINUTE_MS).toISOString(),
      receivedAt: t.clock.now(),
      by: harbor.as.nurse.accountId,
      via: { tablet: TABLET, number: first.number, aheadMs: 0 },
    })
  })

  it('is timed by the server’s clock, whatever the tablet’s clock says, and keeps how far it was off', async () => {
    t.clock.set(new Date(startedMs + 8 * MINUTE_MS).toISOString())
    const aheadMs = 3 * 60 * MINUTE_MS
    const written = startedMs + 7 * MINUTE_MS
    const one = reading(written + aheadMs, aheadMs)
    expect(await answersOf([one], { sentMs: nowMs() + aheadMs })).toEqual(['stored'])
    expect((await eventOf(one.key))[0]).toMatchObject({
      at: new Date(written).toISOString(),
      via: { aheadMs },
    })
    // Set right while it waited; a time typed from the wall needs no correction.
    const two = reading(written + aheadMs, aheadMs)
    expect(await answersOf([two])).toEqual(['stored'])
    expect((await eventOf(two.key))[0]!.at).toBe(new Date(written).toISOString())
  })

  it('is never taken for somebody else’s, nor without a sign-in or the right', async () => {
    const one = reading(nowMs())
    const mine = { account: harbor.as.nurse.accountId }
    expect(await post([one], mine, harbor.as.prescriber)).toMatchObject({ status: 409, why: 'other-account' })
    const visitor: Actor = { kind: 'visitor', clinicId: harbor.id }
    expect(await post([one], mine, visitor)).toMatchObject({ status: 401, why: 'signed-out' })
    expect((await post([one], {}, harbor.as.therapist)).status).toBe(403)
    expect((await post([one], {}, other.as.nurse)).status).toBe(404)
    expect((await post([one], {}, harbor.as.nurse, anId(t.services))).status).toBe(404)
    expect(await eventOf(one.key)).toEqual([])
    expect(await answersOf([one], mine)).toEqual(['stored'])
  })

  it('that is no tablet’s is refused as a whole, and nothing of it stored', async () => {
    const one = reading(nowMs())
    for (const body of [[], { tablet: 'x' }, { entries: [] }, 'text', null]) {
      expect((await post([], { body: body ?? 0 })).status).toBe(400)
    }
    expect((await post([], { body: { more: 'x'.repeat(600_000) } })).status).toBe(413)
    expect(await eventOf(one.key)).toEqual([])
  })

  it('may not be what needs the server; each is answered alone', async () => {
    const before = (await log()).events.length
    const guarded = ['start', 'device', 'discharge', 'override', 'close', 'acknowledge', 'nonsense']
    const one = reading(nowMs())
    const broken = typed('reading', nowMs(), { systolicMmHg: 'abc' })
    const answers = await answersOf([...guarded.map((intent) => typed(intent, nowMs())), broken, one])
    for (const why of answers.slice(0, guarded.length)) expect(why).toContain('needs the network')
    expect(answers.slice(-2)).toEqual(['Write systolic pressure as a number from 0 to 400.', 'stored'])
    expect((await log()).events.length).toBe(before + 1)
  })

  it('of two tablets is judged by its own time: a pause and a rate of before the stop are taken, late, and the mg follow', async () => {
    const base = startedMs + 10 * MINUTE_MS
    t.clock.set(new Date(base + 45 * MINUTE_MS).toISOString())
    // Thirty minutes without a network: one tablet paused, resumed and slowed the pump, the other stopped it.
    const paused = typed('pause', base)
    const resumed = typed('resume', base + 4 * MINUTE_MS)
    const rate = typed('rate', base + 5 * MINUTE_MS, { rateMlPerH: '37.5' })
    const after = typed('pause', base + 12 * MINUTE_MS)
    const resumedAfter = typed('resume', base + 13 * MINUTE_MS)
    const late = reading(base + 15 * MINUTE_MS)
    const stopped = typed('stop', base + 10 * MINUTE_MS, { reason: 'distress' })
    expect(await answersOf([stopped], { tablet: SECOND_TABLET }, harbor.as.nurse)).toEqual(['stored'])
    // 1.4 mg a minute: 56 mg in 40 minutes.
    expect((await log()).state.doseMgGiven).toBe(28)
    const answers = await answersOf([paused, resumed, rate, after, resumedAfter, late])
    expect(answers.slice(0, 3)).toEqual(['stored', 'stored', 'stored'])
    // After the stop there was nothing to pause.
    expect(answers[3]).toContain('Nothing was being given at that time')
    expect(answers[4]).toContain('Nothing was being given at that time')
    expect(answers[5]).toBe('stored')
    const { state, events } = await log()
    expect(state.notCounted).toEqual([])
    expect(state.dose?.pauses).toEqual([
      { from: new Date(base).toISOString(), until: new Date(base + 4 * MINUTE_MS).toISOString() },
    ])
    expect(state.dose?.ended).toMatchObject({
      how: 'stopped',
      at: new Date(base + 10 * MINUTE_MS).toISOString(),
      // Ten minutes and one at full speed, five at half of it.
      mgGiven: 18.9,
    })
    // Late: the log keeps both times.
    const arrived = events.find(({ id }) => id === paused.key)!
    expect(Date.parse(arrived.receivedAt!) - Date.parse(arrived.at)).toBe(45 * MINUTE_MS)
    // Whoever reads rows reads the same mg: the clinic's own correction says them, once for each change.
    const corrections = events.filter(({ kind }) => kind === 'correction')
    expect(corrections.at(-1)).toMatchObject({
      by: THE_CLINIC,
      data: { of: stopped.key, figures: { mgGiven: 18.9 } },
      words: { reason: expect.stringContaining('worked out anew') },
    })
    expect(await answersOf([paused, resumed, rate])).toEqual(Array(3).fill('already-stored'))
    expect((await log()).events).toHaveLength(events.length)
  })

  it('of two tablets that contradict each other: what others recorded for later speaks against it, by name and time', async () => {
    const base = startedMs + 10 * MINUTE_MS
    t.clock.set(new Date(base + 50 * MINUTE_MS).toISOString())
    const before = (await log()).state
    const earlier = typed('stop', base + 2 * MINUTE_MS)
    const [answer] = await answersOf([earlier])
    expect(answer).toMatch(
      /^What others recorded for a later time says otherwise\..* On record: at \d\d:\d\d the infusion was resumed; at \d\d:\d\d the pump was set to another rate; at \d\d:\d\d the infusion was stopped\.$/,
    )
    // A page without script says the same above its form.
    const clinic = await look(t.services, harbor.as.nurse, ({ db }) => clinicById(db, harbor.id))
    const time = timeInWords(new Date(base + 2 * MINUTE_MS).toISOString() as Instant, clinic!.timeZone)
    const page = { services: t.services, actor: harbor.as.nurse, clinic, params: { id: sessionId } }
    const form = formOf({
      intent: 'stop',
      fields: [
        ['key', anId(t.services)],
        ['time', time],
      ],
    })
    const plain = await entryActions.stop[1]({ ...page, form } as unknown as PageArgs & { form: FormData })
    expect(plain).toMatchObject({ errors: { form: answer } })
    expect((await log()).state).toEqual(before)
    const note = typed('observe', base + 15 * MINUTE_MS, { topic: 'general', text: 'Set aside: stop' })
    expect(await answersOf([note])).toEqual(['stored'])
  })

  it('and was set aside stays: in the log while that is open, beside it once it is closed, and in no note', async () => {
    t.clock.set(new Date(startedMs + 70 * MINUTE_MS).toISOString())
    const asideOf = (refused: { number: number; entry: Typed }, because: string) => {
      const why = 'This session is over.'
      const waits = { ...refused.entry, number: refused.number, account: '', sessionId, refused: why }
      number += 1
      return { number, entry: setAsideNote(waits, 'Calm.', because) as Typed }
    }
    const early = typed('observe', startedMs + 60 * MINUTE_MS, { topic: 'general', text: 'Calm' })
    const open = asideOf(early, 'Said twice')
    expect(await answersOf([open, open])).toEqual(['stored', 'already-stored'])
    expect((await eventOf(early.key))[0]).toMatchObject({
      kind: 'observation',
      words: { text: expect.stringContaining('Set aside because: Said twice') },
    })

    await t.owner.query(
      `insert into session_event (clinic_id, id, session_id, kind, at, received_at, by_account_id, data, words)
       values ($1, $2, $3, 'session-closed', $4, $4, $5, '{"outcome":"completed"}', '{}')`,
      [harbor.id, anId(t.services), sessionId, t.clock.now(), harbor.as.nurse.accountId],
    )
    const events = (await log()).events.length
    const late = typed('observe', startedMs + 65 * MINUTE_MS, { topic: 'general', text: 'Calm' })
    const [why] = await answersOf([late])
    expect(why).toContain('This session is over')
    t.clock.advance(MINUTE_MS)
    const closed = asideOf(late, 'Nobody needs it')
    expect(await answersOf([closed])).toEqual(['stored'])
    expect(await answersOf([closed, open])).toEqual(['already-stored', 'already-stored'])
    // Only what was set aside goes beside a closed log.
    expect((await answersOf([late]))[0]).toContain('This session is over')
    expect((await log()).events).toHaveLength(events)

    const context = (path: string) => {
      const url = new URL(`http://clinic.test/work/sessions/${sessionId}${path}`)
      return { params: { id: sessionId }, url, request: new Request(url) }
    }
    const clinic = await look(t.services, harbor.as.nurse, ({ db }) => clinicById(db, harbor.id))
    const scope = { services: t.services, actor: harbor.as.nurse, clinic }
    const kept = {
      id: late.key,
      said: 'Calm.',
      notTakenBecause: 'This session is over.',
      because: 'Nobody needs it',
      writtenAt: new Date(startedMs + 65 * MINUTE_MS).toISOString(),
      setAsideAt: t.clock.now(),
      by: harbor.as.nurse.accountId,
      via: { tablet: TABLET, number: closed.number, aheadMs: 0 },
    }
    const page = await loadSession({ ...scope, ...context('') } as unknown as PageArgs)
    expect(page.setAside).toMatchObject([kept])
    expect(
      renderToStaticMarkup(
        createElement(SetAsideList, { entries: page.setAside, moment: (at) => at, name: () => 'Nora' }),
      ),
    ).toContain('Nobody needs it')
    const record = recordContent(
      await loadRecord({ ...scope, ...context('/record.pdf') } as unknown as PageArgs),
    )
    expect(JSON.stringify(record)).toContain('Calm. Set aside because: Nobody needs it')
    const note = await loadNote({ ...scope, ...context('/note') } as unknown as PageArgs)
    expect(JSON.stringify(note)).not.toContain('Nobody needs it')
    const { rows } = await t.owner.query(
      `select action, object_id, detail from audit_entry where action = 'treat.set-aside'`,
    )
    expect(rows).toMatchObject([{ object_id: sessionId, detail: { entryId: late.key } }])
    await expect(t.owner.query('delete from set_aside_entry')).rejects.toThrow()
  })
})
