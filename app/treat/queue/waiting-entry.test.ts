import { expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import type { SessionEvent, SessionEventId } from '../session/session-event.ts'
import { judgeForm, type KnownSession, NEEDS_NETWORK, withWaiting } from './judge-form.ts'
import { joinLogs } from './known-log.ts'
import { becauseOf, canWait, setAsideNote, setAsideOfForm, withNewKeys, writtenAt } from './waiting-entry.ts'

const id = (n: number) => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}` as SessionEventId
const at = (clock: string) => `2026-11-24T${clock}:00.000Z` as Instant
const ME = id(900)
const started: SessionEvent = {
  id: id(1),
  kind: 'dose-started',
  at: at('17:00'),
  receivedAt: at('17:00'),
  by: ME,
  data: {
    orderId: id(2),
    lotId: id(3) as never,
    drawnMl: 5,
    lotConcentrationMgPerMl: 10,
    orderedMg: 40,
    rateMgPerH: 60,
    durationMin: 40,
  },
}
const known: KnownSession = {
  events: [started],
  context: { openedAt: at('16:00'), orderedRateMlPerH: 75 },
  timeZone: 'UTC',
  me: ME,
}
const form = (intent: string, n: number, ...fields: [string, string][]) => ({
  intent,
  fields: [['key', id(n)], ...fields] as [string, string][],
})

it('sets the time right by what the tablet’s clock is ahead, and never into the future', () => {
  const now = at('17:30')
  const ms = (clock: string) => Date.parse(at(clock))
  // An hour ahead, written 20 minutes ago.
  expect(writtenAt({ writtenMs: ms('18:10'), aheadMs: 3_600_000 }, 3_600_000, now)).toBe(at('17:10'))
  // The clock was set right between writing and sending: what was known at writing counts.
  expect(writtenAt({ writtenMs: ms('18:10'), aheadMs: 3_600_000 }, 0, now)).toBe(at('17:10'))
  // The tablet knew nothing at writing.
  expect(writtenAt({ writtenMs: ms('17:10'), aheadMs: null }, 0, now)).toBe(at('17:10'))
  expect(writtenAt({ writtenMs: ms('19:10'), aheadMs: 0 }, 0, now)).toBe(now)
})

it('only what adds to the log may wait', () => {
  expect(['reading', 'rate', 'stop', 'pause', 'scale', 'correct-reading'].map(canWait)).not.toContain(false)
  const guarded = [
    'start',
    'device',
    'discharge',
    'override',
    'close',
    'acknowledge',
    'toString',
    'constructor',
  ]
  expect(guarded.map(canWait)).not.toContain(true)
  const judged = judgeForm(form('start', 10), known, at('17:05'))
  expect(judged).toMatchObject({ ok: false, answer: { errors: { form: NEEDS_NETWORK } } })
})

it('judges as the server will: stop is folded at once, a rate faster than the order comes back at its field', () => {
  const stopped = judgeForm(form('stop', 11), known, at('17:20'))
  expect(stopped).toMatchObject({
    ok: true,
    done: 'dose-stopped',
    events: [{ kind: 'dose-stopped', at: at('17:20'), by: ME, data: { mgGiven: 20, computedMg: 20 } }],
  })
  const faster = judgeForm(form('rate', 12, ['rateMlPerH', '90']), known, at('17:20'))
  expect(faster).toMatchObject({
    ok: false,
    answer: { errors: { rateMlPerH: 'A faster rate needs a new order; the order says 75 mL/h.' } },
  })
})

it('asks about an unlikely value without a server, and takes it when it is confirmed', () => {
  const fields: [string, string][] = [
    ['systolicMmHg', '70'],
    ['diastolicMmHg', '90'],
  ]
  const asked = judgeForm(form('reading', 13, ...fields), known, at('17:20'))
  if (asked.ok) throw new Error('not asked')
  expect(Object.keys(asked.answer.errors)).toEqual(['diastolicMmHg'])
  const confirmed = String(asked.answer.values.confirmed)
  const taken = judgeForm(form('reading', 13, ...fields, ['confirmed', confirmed]), known, at('17:20'))
  expect(taken).toMatchObject({ ok: true, events: [{ kind: 'reading' }] })
})

it('folds what waits after what is known, in order; what the log no longer allows is left to the list', () => {
  const wait = (n: number, intent: string) => ({
    ...form(intent, 20 + n),
    number: n,
    writtenMs: Date.parse(at('17:20')) + n * 60_000,
    aheadMs: 0,
  })
  const { events, shown } = withWaiting(
    known,
    [wait(1, 'pause'), wait(2, 'resume'), wait(3, 'resume'), wait(4, 'stop')],
    ({ writtenMs }) => new Date(writtenMs).toISOString() as Instant,
  )
  expect(events.map(({ kind }) => kind)).toEqual([
    'dose-started',
    'dose-paused',
    'dose-resumed',
    'dose-stopped',
  ])
  expect([...shown.values()]).toEqual([1, 2, 4])
})

it('joins tellings of one log: what is stored goes before what was assumed, and no words are lost', () => {
  const assumed = {
    id: id(5),
    kind: 'observation',
    at: at('17:10'),
    by: ME,
    data: { topic: 'general' },
    words: { text: 'calm' },
  } as SessionEvent
  const { words: _, ...told } = { ...assumed, at: at('17:09'), receivedAt: at('17:11') }
  for (const logs of [
    [[assumed], [told as SessionEvent]],
    [[told as SessionEvent], [assumed]],
  ]) {
    expect(joinLogs(...logs)).toEqual([{ ...told, words: { text: 'calm' } }])
  }
})

it('gives new keys to what is sent again, also of a form with several entries', () => {
  let n = 100
  const fields: [string, string][] = [
    ['key', id(1)],
    ['key-oriented', id(2)],
    ['keyword', 'x'],
    ['time', '14:00'],
  ]
  expect(withNewKeys(fields, () => id(n++), { time: '' })).toEqual([
    ['key', id(100)],
    ['key-oriented', id(101)],
    ['keyword', 'x'],
  ])
  expect(withNewKeys(fields, () => id(n++), { time: '14:05' })).toContainEqual(['time', '14:05'])
})

it('sets a refused entry aside under its own id: an observation at the time of writing, whatever time was typed', () => {
  const refused = {
    ...form('pause', 30, ['time', '03:00']),
    number: 7,
    account: ME,
    sessionId: id(800),
    refused: 'The time lies before this session.',
    writtenMs: Date.parse(at('17:20')),
    aheadMs: 0,
  }
  const note = setAsideNote(refused, '03:00 Infusion paused.', 'It was the day before')
  expect(judgeForm(note, known, at('17:20'))).toMatchObject({
    ok: true,
    events: [
      {
        id: id(30),
        kind: 'observation',
        at: at('17:20'),
        words: {
          text: 'Set aside, not recorded as it was typed: 03:00 Infusion paused. Not taken because: The time lies before this session. Set aside because: It was the day before',
        },
      },
    ],
  })
  expect(canWait(note.intent)).toBe(false)
  // What nothing could be read of goes all the same, at full length of every field.
  const long = setAsideNote(
    { ...refused, fields: [['key', 'x']], refused: 'n'.repeat(3000) },
    's'.repeat(3000),
    'b',
  )
  expect(setAsideOfForm(long)).toMatchObject({ ok: true, value: { because: 'b' } })
  const nothing = new FormData()
  expect(becauseOf(nothing)).toMatchObject({ ok: false })
})
