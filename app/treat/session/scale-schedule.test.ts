import { describe, expect, it } from 'vitest'
import type { Instant } from '../../platform/time.ts'
import { scaleSchedule, scalesNamed } from './scale-schedule.ts'
import { foldSession } from './session.ts'
import type { SessionEvent, SessionEventData, SessionEventKind } from './session-event.ts'

const START = Date.parse('2026-11-22T15:00:00.000Z')
const atMs = (min: number) => START + min * 60_000
const at = (min: number) => new Date(atMs(min)).toISOString() as Instant
let made = 0
function event<Kind extends SessionEventKind>(kind: Kind, min: number, data: SessionEventData[Kind]) {
  made += 1
  return {
    id: `e${String(made).padStart(4, '0')}`,
    kind,
    at: at(min),
    by: 'nurse',
    data,
  } as unknown as SessionEvent
}
const dose = event('dose-started', 0, {
  orderId: 'order',
  lotId: 'lot' as SessionEventData['dose-started']['lotId'],
  drawnMl: 1,
  lotConcentrationMgPerMl: 50,
  orderedMg: 50,
  rateMgPerH: 75,
  durationMin: 40,
})
const arrived = event('arrived', -30, {})
const scale = (min: number, score: number | null) =>
  event('scale', min, { scale: 'dissociation-0-10', score })
const CADSS = [{ scale: 'Dissociation (CADSS or a short form)', atMin: [-15, 40, 100] }]
const states = (events: SessionEvent[], nowMin: number) =>
  scaleSchedule(CADSS, foldSession(events), START, atMs(nowMin)).map(({ state }) => state)

describe('scales of the schedule', () => {
  it.each([
    ['before its minute', [arrived], -16, ['ahead', 'ahead', 'ahead']],
    ['at its minute', [arrived], -15, ['due', 'ahead', 'ahead']],
    ['ten minutes later', [arrived], -5, ['due', 'ahead', 'ahead']],
    ['more than that', [arrived], -4.9, ['overdue', 'ahead', 'ahead']],
    ['without a dose nothing after it is due', [arrived], 60, ['overdue', 'ahead', 'ahead']],
    ['taken', [arrived, scale(-12, 0), dose], 20, ['taken', 'ahead', 'ahead']],
    ['taken near its minute', [arrived, dose, scale(33, 4)], 60, ['missed', 'taken', 'ahead']],
    ['taken late before the dose', [arrived, scale(-1, 0), dose], 20, ['taken', 'ahead', 'ahead']],
    ['never taken before a planned dose that waits', [arrived], 60, ['overdue', 'ahead', 'ahead']],
    ['twenty minutes after its minute', [arrived, dose], 60, ['missed', 'overdue', 'ahead']],
    ['more than that', [arrived, dose], 60.1, ['missed', 'missed', 'ahead']],
    ['too far from any', [arrived, dose, scale(65, 4)], 66, ['missed', 'missed', 'ahead']],
    ['not taken is no answer', [arrived, dose, scale(40, null)], 60, ['missed', 'not-taken', 'ahead']],
    ['a score after that', [arrived, dose, scale(40, null), scale(45, 3)], 60, ['missed', 'taken', 'ahead']],
    [
      'a second word does not take a score back',
      [arrived, dose, scale(40, 3), scale(45, null)],
      60,
      ['missed', 'taken', 'ahead'],
    ],
  ])('%s', (_, events, nowMin, expected) => {
    expect(states(events, nowMin)).toEqual(expected)
  })

  describe('before a dose that begins earlier than planned', () => {
    const checks = [
      arrived,
      event('identity-checked', -29, { identifiers: ['full-name', 'birth-date'] }),
      event('checklist', -29, {
        escortNamed: true,
        escortPhoneGiven: true,
        fasted: 'yes',
        noUseSince: 'yes',
        breathAlcoholGPer210L: 0,
      }),
      event('reading', -28, { values: { moaas: 5 }, confirmed: [] }),
    ]
    const early = (events: SessionEvent[], nowMin: number) =>
      // Planned an hour later than the dose of these events.
      scaleSchedule(CADSS, foldSession(events), atMs(60), atMs(nowMin))[0]!
    it('is due as soon as the dose could begin, and not late', () => {
      expect(early([arrived], -20)).toMatchObject({ state: 'ahead' })
      expect(early(checks, -20)).toMatchObject({ state: 'due', overdueMs: 0, dueAtMs: atMs(-20) })
      expect(early(checks, 56)).toMatchObject({ state: 'overdue', overdueMs: 11 * 60_000 })
    })
    it('is answered by one taken then', () => {
      expect(early([...checks, scale(-20, 0)], -10)).toMatchObject({ state: 'taken' })
      expect(early([...checks, scale(-20, 0), dose], 1)).toMatchObject({ state: 'taken' })
    })
    it('is missed, not overdue, once the dose has begun without it, and no later one settles it', () => {
      expect(early([...checks, dose], 0.1)).toMatchObject({ state: 'missed', overdueMs: 0 })
      expect(early([...checks, dose, scale(4, 2)], 5)).toMatchObject({ state: 'missed' })
    })
  })

  it('says by how long one is late', () => {
    const [first] = scaleSchedule(CADSS, foldSession([arrived]), START, atMs(0))
    expect(first).toMatchObject({ state: 'overdue', overdueMs: 15 * 60_000 })
  })

  it('does not know what is filled in elsewhere', () => {
    const [screen] = scaleSchedule(
      [{ scale: 'C-SSRS', atMin: [-15] }],
      foldSession([arrived]),
      START,
      atMs(60),
    )
    expect(screen).toMatchObject({ state: 'elsewhere', answeredBy: [] })
  })

  it.each([
    ['Dissociation (CADSS or a short form)', ['cadss', 'dissociation-0-10']],
    ['MOAA/S', ['moaas']],
    ['Aldrete score', ['aldrete']],
    ['PHQ-9', []],
  ])('%s is answered by %j', (name, expected) => {
    expect(scalesNamed(name)).toEqual(expected)
  })
})
