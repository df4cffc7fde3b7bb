import { defaultInfusionReadingPlan } from '@evenkeel/vital-signs'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { alarmCauseWords } from '../session/care-words.ts'
import { foldSession } from '../session/session.ts'
import type { SessionPlan } from '../session/session-clock.ts'
import { type SessionEvent, THE_CLINIC } from '../session/session-event.ts'
import { changesOf, type FoundChange, reconciled } from './alarm-changes.ts'
import { alarmConfigOf } from './alarm-inputs.ts'
import { type AlarmRoom, alarmRoom } from './alarm-room.ts'
import { inputOfBatch } from './monitor-inputs.ts'

const START = Date.parse('2026-11-24T15:00:00Z')
const s = (seconds: number) => START + seconds * 1000
const iso = (seconds: number) => new Date(s(seconds)).toISOString() as Instant
const plan: SessionPlan = {
  startsAt: iso(0),
  preparationMin: 30,
  monitoring: defaultInfusionReadingPlan,
  minMinutesAfterEnd: 60,
}
const NURSE = '11111111-1111-4111-8111-111111111111'
let ids = 0
const event = (seconds: number, kind: string, data: object = {}): SessionEvent => {
  ids += 1
  return {
    id: `e${ids}`,
    kind,
    at: iso(seconds),
    receivedAt: iso(seconds),
    by: NURSE,
    data,
  } as unknown as SessionEvent
}
const full = {
  systolicMmHg: 122,
  diastolicMmHg: 78,
  heartRatePerMin: 72,
  spo2Percent: 98,
  respiratoryRatePerMin: 14,
  moaas: 5,
}
const reading = (seconds: number, values: object = full) =>
  event(seconds, 'reading', { values, confirmed: [] })
const dose = (seconds: number) =>
  event(seconds, 'dose-started', {
    orderId: 'o',
    lotId: 'l',
    drawnMl: 6,
    lotConcentrationMgPerMl: 10,
    orderedMg: 56,
    rateMgPerH: 84,
    durationMin: 40,
  })
const batch = (sequence: number, seconds: number, sign: 'spo2Percent' | 'heartRatePerMin', v: number) =>
  inputOfBatch(
    { run: '', sequence, samples: [{ i: 0, s: sign, v, at: s(seconds), rx: s(seconds) }], technical: [] },
    'monitor-1',
    iso(seconds),
  )

/** Takes what was found, as the log would. */
function writeFound(room: AlarmRoom): FoundChange[] {
  const found = room.found()
  if (!found) return []
  room.written(found)
  return [...found.changes]
}
const said = (changes: readonly FoundChange[]) =>
  changes.map(({ atMs, change }) => `${(atMs - START) / 1000} ${change.change} ${change.cause}`)
const asEvents = (changes: readonly FoundChange[]): SessionEvent[] =>
  changes.map(({ mark, atMs, change }) => ({
    id: mark as SessionEvent['id'],
    kind: 'alarm',
    at: new Date(atMs).toISOString() as Instant,
    by: THE_CLINIC,
    data: change,
  }))

describe('the alarms of a session', () => {
  it('are raised by a reading, climb while nobody takes them on, and are over when the cause is gone', () => {
    const log = [event(0, 'arrived'), reading(60), dose(120)]
    const room = alarmRoom(plan, log, [], s(120))
    expect(writeFound(room)).toEqual([])
    const red = reading(300, { ...full, spo2Percent: 88 })
    room.hear(red, s(300))
    const raised = writeFound(room)
    expect(said(raised)).toEqual(['300 raised spo2-low-amber', '300 raised spo2-low-red'])
    expect(raised[1]!.change).toMatchObject({ level: 'red', sign: 'spo2Percent', value: 88 })
    expect(raised[1]!.reason).toContain('88%')
    // Hearing the same entry again says nothing new.
    room.hear(red, s(301))
    expect(writeFound(room)).toEqual([])
    room.tick(s(370))
    expect(said(writeFound(room))).toEqual(['330 escalated spo2-low-red', '360 escalated spo2-low-red'])
    const answer = event(371, 'alarm', { ...raised[1]!.change, change: 'acknowledged' })
    room.hear(answer, s(371))
    room.hear(reading(400), s(400))
    room.tick(s(440))
    expect(said(writeFound(room))).toEqual([
      '420 escalated spo2-low-amber',
      '430 resolved spo2-low-amber',
      '430 resolved spo2-low-red',
    ])
  })

  it('say the same, with the same marks, when everything is found anew after a kill', () => {
    const log = [event(0, 'arrived'), reading(60), dose(120), reading(300, { ...full, spo2Percent: 88 })]
    const values = [
      batch(1, 310, 'heartRatePerMin', 120),
      batch(2, 320, 'heartRatePerMin', 90),
      batch(3, 321, 'spo2Percent', 97),
    ]
    const live = alarmRoom(plan, log.slice(0, 3), [], s(120))
    const lived: FoundChange[] = [...writeFound(live)]
    live.hear(log[3]!, s(300))
    for (const [i, value] of values.entries()) live.take(value, s(311 + 10 * i))
    for (let at = 340; at <= 460; at += 1) {
      live.tick(s(at))
      lived.push(...writeFound(live))
    }
    const anew = writeFound(alarmRoom(plan, [...log, ...asEvents(lived)], values, s(460)))
    expect(anew.map(({ mark }) => mark).sort()).toEqual(lived.map(({ mark }) => mark).sort())
    expect(lived.length).toBeGreaterThan(5)
  })

  it('take the same batch once', () => {
    const room = alarmRoom(plan, [event(0, 'arrived'), reading(60)], [], s(60))
    for (let i = 0; i < 3; i++) room.take(batch(1, 70, 'heartRatePerMin', 140), s(71))
    expect(said(writeFound(room))).toEqual(['70 raised hr-high-amber', '70 raised hr-high-red'])
  })

  it('miss the reading that red makes due within five minutes, also once the dose was stopped', () => {
    const red = reading(300, { ...full, systolicMmHg: 186, diastolicMmHg: 112 })
    const log = [event(0, 'arrived'), reading(60), dose(120), red]
    for (const more of [[], [event(310, 'dose-stopped', { mgGiven: 4, computedMg: 4 })]]) {
      const room = alarmRoom(plan, [...log, ...more], [], s(320))
      room.tick(s(659))
      expect(said(writeFound(room)).filter((words) => words.includes('overdue'))).toEqual([])
      room.tick(s(661))
      // Due five minutes after it, missed one minute later.
      expect(said(writeFound(room))).toContain('660 raised reading-overdue')
      room.hear(reading(662), s(662))
      room.tick(s(1_200))
      expect(said(writeFound(room)).filter((words) => words.includes('raised reading-overdue'))).toEqual([])
    }
  })

  it('miss it by a monitor as well, until its value comes back', () => {
    const log = [event(0, 'arrived'), reading(60), dose(120), reading(130)]
    const room = alarmRoom(plan, log, [], s(130))
    for (let at = 140; at <= 520; at += 10) room.take(batch(at, at, 'spo2Percent', 85), s(at))
    expect(said(writeFound(room))).toContain('500 raised reading-overdue')
    room.take(batch(530, 530, 'spo2Percent', 97), s(530))
    room.tick(s(700))
    expect(said(writeFound(room))).toContain('560 resolved reading-overdue')
  })

  it('take silence for an alarm, and a reading that is not taken', () => {
    const room = alarmRoom(plan, [event(0, 'arrived'), reading(60), dose(120)], [], s(120))
    room.take(batch(1, 130, 'spo2Percent', 97), s(130))
    room.tick(s(165))
    expect(said(writeFound(room))).toContain('160 raised silence')
    room.tick(s(800))
    const late = writeFound(room)
    expect(said(late)).toContain('780 raised reading-overdue')
    expect(late.find(({ change }) => change.cause === 'silence')?.change.level ?? 'technical').toBe(
      'technical',
    )
  })

  it('let go of a typing error once it is put right', () => {
    const wrong = reading(300, { ...full, heartRatePerMin: 172 })
    const room = alarmRoom(plan, [event(0, 'arrived'), reading(60), dose(120), wrong], [], s(300))
    const raised = writeFound(room)
    expect(said(raised)).toContain('300 raised hr-high-red')
    const red = raised.find(({ change }) => change.cause === 'hr-high-red')!
    room.hear(event(400, 'alarm', { ...red.change, change: 'acknowledged' }), s(400))
    room.hear(event(420, 'correction', { of: wrong.id, figures: { values: full } }), s(420))
    room.tick(s(460))
    expect(said(writeFound(room))).toContain('450 resolved hr-high-red')
  })
})

describe('a log that says something else than is the case', () => {
  const config = alarmConfigOf(plan)
  const raised = (alarmId: string): SessionEvent =>
    ({
      ...event(10, 'alarm', { alarmId, change: 'raised', cause: 'silence', level: 'technical' }),
      by: THE_CLINIC,
    }) as SessionEvent
  const key = `silence:monitor-1`

  it('is told that an alarm was not so, or is not over', () => {
    const open = raised(`${key}@${s(10)}`)
    const over = raised(`${key}@${s(50)}`)
    const resolved = event(80, 'alarm', { ...(over.data as object), change: 'resolved' })
    const { alarms } = foldSession([open, over, resolved]).care
    const changes = reconciled(alarms, [{ key, beganAtMs: s(50), value: null }], s(100), config)
    expect(changes.map(({ change }) => [change.alarmId, change.change])).toEqual([
      [`${key}@${s(10)}`, 'resolved'],
      [`${key}@${s(50)}`, 'raised-again'],
    ])
    const after = foldSession([open, over, resolved, ...asEvents(changes)]).care.alarms
    expect(after.map(({ resolvedAt }) => resolvedAt !== undefined)).toEqual([true, false])
    expect(reconciled(after, [{ key, beganAtMs: s(50), value: null }], s(101), config)).toEqual([])
  })
})

describe('what was taken and does not hold any more', () => {
  it('is read anew: a baseline put right within a minute of the start counts, as after a restart', () => {
    const base = reading(195, { ...full, systolicMmHg: 128 })
    const log = [event(0, 'arrived'), base, dose(200)]
    const room = alarmRoom(plan, log, [], s(201))
    const fix = event(230, 'correction', {
      of: base.id,
      figures: { values: { ...full, systolicMmHg: 112 } },
    })
    expect(room.mustReload()).toBe(false)
    room.hear(fix, s(231))
    expect(room.mustReload()).toBe(true)
    const anew = alarmRoom(plan, [...log, fix], [], s(231))
    anew.hear(reading(245, { ...full, systolicMmHg: 145 }), s(246))
    expect(said(writeFound(anew))).toContain('245 raised sbp-rise-amber')
  })
})

describe('what the log says of times', () => {
  const begun = [event(0, 'arrived'), reading(100), dose(200)]

  it('is late from when it was received, not from when it was written', () => {
    const low = { ...reading(400, { ...full, spo2Percent: 88 }), receivedAt: iso(700) } as SessionEvent
    expect(said(writeFound(alarmRoom(plan, [...begun, low], [], s(701))))).toContain(
      '700 raised spo2-low-red',
    )
  })

  it('of a dose that was stopped is its end: readings are due less often', () => {
    const stopped = event(700, 'dose-stopped', { mgGiven: 10, computedMg: 10 })
    const room = alarmRoom(plan, [...begun, reading(600), stopped, reading(710)], [], s(1_500))
    expect(said(writeFound(room)).filter((one) => one.includes('raised'))).toEqual([])
  })
})

describe('what is written of an alarm', () => {
  it('counts the steps of the ladder anew when it is raised again', () => {
    const low = reading(300, { ...full, spo2Percent: 88 })
    const room = alarmRoom(plan, [event(0, 'arrived'), reading(100), dose(200), low], [], s(370))
    const red = writeFound(room).filter(({ change }) => change.cause === 'spo2-low-red')
    expect(red.map(({ change }) => change.ladderStep)).toEqual([undefined, 1, 2])
    room.hear(event(380, 'alarm', { ...red[0]!.change, change: 'acknowledged' }), s(380))
    room.tick(s(540))
    const again = writeFound(room).filter(({ change }) => change.cause === 'spo2-low-red')
    expect(again.map(({ change }) => [change.change, change.ladderStep])).toEqual([
      ['raised-again', undefined],
      ['escalated', 1],
    ])
  })

  it('is not what people answered: that stands in the log already', () => {
    const about = { atMs: s(10), alarm: 'silence:m' }
    const raised = {
      ...about,
      id: 'r',
      kind: 'raised',
      level: 'amber',
      reason: '',
      value: null,
      why: 'began',
      to: '',
    } as const
    const resolved = { ...about, id: 'x', kind: 'resolved', reason: '', by: 'nurse' } as const
    const found = changesOf([raised, resolved], new Map(), alarmConfigOf(plan))
    expect(found.changes.map(({ change }) => change.change)).toEqual(['raised'])
    expect(found.lives.size).toBe(1)
  })

  it('is compared with the log once more when something that arrived since shows that it was not so', () => {
    const room = alarmRoom(plan, [event(0, 'arrived'), reading(100), dose(200)], [], s(200))
    room.take(batch(1, 210, 'spo2Percent', 97), s(210))
    room.tick(s(241))
    const found = room.found()!
    expect(said(found.changes)).toEqual(['240 raised silence'])
    room.written(found)
    expect(room.found()).toBeUndefined()
    room.take(batch(2, 235, 'spo2Percent', 97), s(242))
    expect(room.found()).toMatchObject({ changes: [], open: [] })
    room.written(room.found()!)
    expect(room.found()).toBeUndefined()
  })
})

describe('figures put right within the minute', () => {
  it('count, though the second tablet’s clock was behind and its ids are older', () => {
    for (const id of ['a', 'zzz']) {
      const wrong = { ...reading(400, { ...full, systolicMmHg: 118 }), id: 'm' } as SessionEvent
      const figures = { values: { ...full, systolicMmHg: 172 } }
      const fix = { ...event(430, 'correction', { of: 'm', figures }), id } as SessionEvent
      const room = alarmRoom(plan, [event(0, 'arrived'), reading(100), dose(200), wrong, fix], [], s(470))
      expect(room.found()?.open?.map(({ key }) => key)).toContain('limit:sbp-high-amber')
    }
  })

  it('speak for the time they are of, however late they are written', () => {
    const wrong = reading(400, { ...full, spo2Percent: 89 })
    const later = reading(500)
    const log = [event(0, 'arrived'), reading(100), dose(200), wrong, later]
    const room = alarmRoom(plan, log, [], s(500))
    writeFound(room)
    // 88 at 400 says nothing of now: 98 was measured since.
    room.hear(
      event(600, 'correction', { of: wrong.id, figures: { values: { ...full, spo2Percent: 88 } } }),
      s(600),
    )
    expect(said(writeFound(room))).not.toContain('600 worsened spo2-low-red')
    expect(said(writeFound(room)).filter((one) => one.includes('raised'))).toEqual([])
  })
})

describe('a scale of the schedule', () => {
  const scale = (seconds: number, of: string, score: number | null) =>
    event(seconds, 'scale', { scale: of, score })
  const begun = [event(0, 'arrived'), reading(100), dose(200)]

  it('at or above its limit is an amber alarm with the version of the limits; lower or put right it is over', () => {
    const high = scale(400, 'cadss', 60)
    const room = alarmRoom(plan, [...begun, high], [], s(401))
    const [raised] = writeFound(room)
    expect(raised?.change).toMatchObject({ cause: 'cadss-high-amber', level: 'amber', value: 60 })
    expect(raised?.change.limitsVersion).toBe(alarmConfigOf(plan).limits?.version)
    expect(alarmCauseWords(raised!.change)).toBe('Amber: Dissociation (CADSS) 60')
    room.hear(event(410, 'correction', { of: high.id, figures: { score: 6 } }), s(410))
    room.tick(s(450))
    expect(said(writeFound(room))).toContain('430 resolved cadss-high-amber')
    room.hear(scale(500, 'distress-0-10', 9), s(500))
    expect(said(writeFound(room))).toEqual(['500 raised distress-high-amber'])
  })

  it('that could not be taken, or asks for nobody, raises nothing', () => {
    const log = [...begun, scale(400, 'cadss', null), scale(401, 'pain-0-10', 10), scale(402, 'cadss', 19)]
    expect(writeFound(alarmRoom(plan, log, [], s(403)))).toEqual([])
  })
})

describe('monitors at the chair', () => {
  const begun = [event(0, 'arrived'), reading(100), dose(200)]
  const stands = (until?: number, inUse = true) => [
    { device: 'monitor-1', since: iso(-9_999), until: until === undefined ? undefined : iso(until), inUse },
  ]
  const silences = (room: AlarmRoom) => said(writeFound(room)).filter((one) => one.endsWith('silence'))

  it('that never send are silent from half a minute after the beginning of the dose, unless nobody uses them', () => {
    const room = alarmRoom(plan, begun.slice(0, 2), [], s(150), stands())
    room.tick(s(195))
    expect(silences(room)).toEqual([])
    room.hear(begun[2]!, s(200))
    room.tick(s(240))
    expect(silences(room)).toEqual(['230 raised silence'])
    expect(silences(alarmRoom(plan, begun, [], s(400), stands()))[0]).toBe('230 raised silence')
    expect(silences(alarmRoom(plan, begun, [], s(400), stands(undefined, false)))).toEqual([])
  })

  it('that were taken elsewhere are not missed, told live or found after a restart', () => {
    const room = alarmRoom(plan, begun, [batch(1, 210, 'spo2Percent', 97)], s(211), stands())
    room.stand(stands(220), s(221))
    room.tick(s(400))
    expect(silences(room)).toEqual([])
    const silent = alarmRoom(plan, begun, [batch(1, 210, 'spo2Percent', 97)], s(300), stands())
    silent.stand(stands(301), s(302))
    silent.tick(s(400))
    expect(silences(silent)).toEqual(['240 raised silence', '331 resolved silence'])
  })
})

describe('a value filed by when it came', () => {
  it('raises its own alarm and says that the clock is wrong', () => {
    const sample = {
      i: 0,
      s: 'spo2Percent',
      v: 84,
      at: s(300),
      rx: s(300),
      q: 'questionable',
      ca: -1_800_000,
    } as const
    const value = inputOfBatch(
      { run: '', sequence: 1, samples: [sample], technical: [] },
      'monitor-1',
      iso(300),
    )
    const room = alarmRoom(plan, [event(0, 'arrived'), reading(100), dose(200)], [value], s(301))
    const changes = writeFound(room)
    expect(said(changes)).toContain('300 raised spo2-low-red')
    const clock = changes.find(({ change }) => change.cause === 'device-clock')!
    expect(clock.change.level).toBe('technical')
    expect(clock.reason).toContain('30 min behind')
    expect(alarmCauseWords(clock.change)).toContain('set its time and zone')
  })
})
