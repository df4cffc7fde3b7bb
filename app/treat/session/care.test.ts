import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { watchWords } from './care-words.ts'
import { foldSession } from './session.ts'
import {
  type AlarmChange,
  COMFORT_MEASURES,
  type SessionEvent,
  type SessionEventData,
  type SessionEventId,
  type SessionEventKind,
} from './session-event.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
const minute = (min: number) => new Date(START + min * 60_000).toISOString() as Instant
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` as SessionEventId

let made = 0
function event<Kind extends SessionEventKind>(
  kind: Kind,
  atMin: number,
  data: SessionEventData[Kind],
  by = 'nurse',
): SessionEvent {
  return { id: id(++made), kind, at: minute(atMin), by, data } as SessionEvent
}
const alarm = (
  atMin: number,
  change: AlarmChange['change'],
  more: Partial<AlarmChange> = {},
  by = 'clinic',
) => event('alarm', atMin, { alarmId: 'a', change, cause: 'sbp-high-red', level: 'red', ...more }, by)

describe('the watch over a room', () => {
  it('stays where it was until the colleague takes it', () => {
    const taken = event('watch-taken', 0, { from: null })
    const offered = event('handover-offered', 10, { to: 'nurse2' })
    const { care } = foldSession([taken, offered])
    expect(care.watch).toMatchObject({ by: 'nurse', offer: { to: 'nurse2' } })
    expect(watchWords(care, (account) => account)).toBe('nurse, offered to nurse2')
    const accepted = event('handover-taken', 12, { of: offered.id }, 'nurse2')
    expect(foldSession([accepted, offered, taken]).care.watch).toEqual({
      by: 'nurse2',
      since: minute(12),
      offer: undefined,
    })
  })

  it('is not handed over by somebody else, nor taken by somebody it was not offered to', () => {
    const taken = event('watch-taken', 0, { from: null })
    const offered = event('handover-offered', 10, { to: 'nurse2' })
    const stray = event('handover-offered', 11, { to: 'x' }, 'therapist')
    const grabbed = event('handover-taken', 12, { of: offered.id }, 'therapist')
    const state = foldSession([taken, offered, stray, grabbed])
    expect(state.care.watch?.by).toBe('nurse')
    expect(state.notCounted).toEqual([stray.id, grabbed.id])
  })

  it('says that nobody watches before anybody took it', () => {
    expect(watchWords(foldSession([]).care, String)).toBe('Nobody watches this room')
  })
})

describe('the life of an alarm', () => {
  it('is acknowledged by a person and goes on until it says that it is over', () => {
    const log = [alarm(0, 'raised', { value: 184 }), alarm(1, 'acknowledged', {}, 'nurse')]
    const [life] = foldSession(log).care.alarms
    expect(life).toMatchObject({
      acknowledged: { by: 'nurse', at: minute(1) },
      seenAt: minute(1),
      resolvedAt: undefined,
    })
    const [over] = foldSession([...log, alarm(5, 'resolved')]).care.alarms
    expect(over?.resolvedAt).toBe(minute(5))
  })

  it('wants a new acknowledgement when it worsens or comes again', () => {
    const log = [alarm(0, 'raised', { level: 'amber' }), alarm(1, 'acknowledged', {}, 'nurse')]
    const [worse] = foldSession([...log, alarm(2, 'worsened')]).care.alarms
    expect(worse).toMatchObject({ level: 'red', acknowledged: undefined })
    const [again] = foldSession([...log, alarm(2, 'resolved'), alarm(3, 'raised-again')]).care.alarms
    expect(again).toMatchObject({ acknowledged: undefined, resolvedAt: undefined })
    expect(again?.changes).toHaveLength(4)
  })

  it('keeps the highest step of the ladder', () => {
    const steps = [
      alarm(0, 'raised'),
      alarm(1, 'escalated', { ladderStep: 2 }),
      alarm(2, 'escalated', { ladderStep: 1 }),
    ]
    expect(foldSession(steps).care.alarms[0]?.ladderStep).toBe(2)
  })

  it('does not count a change to an alarm that was never raised', () => {
    const stray = alarm(0, 'acknowledged', {}, 'nurse')
    const state = foldSession([stray])
    expect(state.care.alarms).toEqual([])
    expect(state.notCounted).toEqual([stray.id])
  })
})

it('keeps what an adverse event was, with what became of it', () => {
  const found = event('adverse-event', 20, {
    term: 'hypertension',
    grade: 2,
    relation: 'probable',
    serious: [],
    expected: 'expected',
    outcome: 'not-resolved',
    followUpBy: minute(1500),
  })
  const later = event('adverse-event-followed', 90, { of: found.id, outcome: 'resolved', followUpBy: null })
  const [adverse] = foldSession([later, found]).care.adverseEvents
  expect(adverse).toMatchObject({ term: 'hypertension', grade: 2, outcome: 'resolved', followUpBy: null })
  expect(adverse?.followed).toHaveLength(1)
})

it('goes on with an adverse event after the session was closed, and with nothing else', () => {
  const found = event('adverse-event', 20, {
    term: 'headache',
    grade: 1,
    relation: 'possible',
    serious: [],
    expected: 'expected',
    outcome: 'resolving',
    followUpBy: minute(1500),
  })
  const closing = event('session-closed', 100, { outcome: 'completed' })
  const followed = event('adverse-event-followed', 1400, {
    of: found.id,
    outcome: 'resolved',
    followUpBy: null,
  })
  const late = event('music', 1400, { on: true })
  const { care, closed } = foldSession([late, followed, closing, found])
  expect(closed?.at).toBe(minute(100))
  expect(care.adverseEvents[0]).toMatchObject({ outcome: 'resolved', followUpBy: null })
  expect(care.music).toBe(false)
})

it('corrects a scale and never makes 0 of one that was not taken', () => {
  const scale = event('scale', 20, { scale: 'dissociation-0-10', score: null, notTaken: 'asleep' })
  expect(foldSession([scale]).care.scales[0]?.score).toBeNull()
  const right = event('correction', 22, { of: scale.id, figures: { score: 4 } })
  expect(foldSession([scale, right]).care.scales[0]?.score).toBe(4)
})

it('takes out only an access and a sitter that are there', () => {
  const access = event('access-placed', 1, { side: 'left', place: 'forearm', gauge: 22, runsFreely: 'yes' })
  const sitter = event('sitter-in', 2, { accountId: null })
  expect(foldSession([access, sitter]).care).toMatchObject({
    access: [{ gauge: 22 }],
    sitters: [{ accountId: null }],
  })
  const out = [
    event('access-removed', 90, { of: access.id, intact: 'yes' }),
    event('sitter-out', 91, { of: sitter.id }),
  ]
  const state = foldSession([access, sitter, ...out])
  expect(state.care).toMatchObject({ access: [], sitters: [], accessRemoved: [{ intact: 'yes' }] })
  const again = event('access-removed', 95, { of: access.id, intact: 'yes' })
  expect(foldSession([access, ...out, again]).notCounted).toContain(again.id)
})

it('folds to the same whatever the order of arrival and however often an entry arrives', () => {
  const any = fc.oneof(
    fc
      .constantFrom<AlarmChange['change']>(
        'raised',
        'worsened',
        'seen',
        'acknowledged',
        'escalated',
        'resolved',
        'raised-again',
      )
      .map((change) => ({
        kind: 'alarm' as const,
        data: { alarmId: 'a', change, cause: 'sbp-high-red', level: 'red' as const },
      })),
    fc
      .constantFrom(...COMFORT_MEASURES)
      .map((measure) => ({ kind: 'comfort' as const, data: { measure, on: measure.length % 2 === 0 } })),
    fc.constant({ kind: 'watch-taken' as const, data: { from: null } }),
    fc.constant({ kind: 'handover-offered' as const, data: { to: 'nurse2' } }),
    fc.boolean().map((on) => ({ kind: 'music' as const, data: { on } })),
  )
  const logs = fc.array(fc.tuple(any, fc.nat(30), fc.constantFrom('nurse', 'nurse2')), { maxLength: 30 })
  fc.assert(
    fc.property(logs, fc.infiniteStream(fc.nat()), (entries, shuffle) => {
      const log = entries.map(([{ kind, data }, atMin, by], i) => ({
        id: id(900_000 + i),
        kind,
        data,
        at: minute(atMin),
        by,
      })) as SessionEvent[]
      const keyed = [...log, ...log.slice(0, 5)].map((each) => ({
        each,
        key: shuffle.next().value as number,
      }))
      const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ each }) => each)
      expect(foldSession(shuffled)).toEqual(foldSession(log))
    }),
  )
})
