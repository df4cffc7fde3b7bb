import { describe, expect, it } from 'vitest'
import { codes, hours, lot, moved, only, settings } from '../../../../tests/stock-for-alerts.ts'
import { addMs, HOUR_MS, type Instant, MINUTE_MS } from '../../../platform/time.ts'
import type { SessionId } from '../../session/session-event.ts'
import type { Movement } from '../movement.ts'

describe('outside working hours', () => {
  const night = '2026-11-22T03:10:00.000Z' as Instant
  const set = { ...settings, workingHours: hours }

  it('tells what was moved, when and by whom', () => {
    const alert = only('outside-hours', {
      settings: set,
      lots: [lot()],
      movements: [moved('move', { at: night, hundredths: 400 })],
    })
    expect(alert.severity).toBe('amber')
    expect(alert.title).toBe('Stock moved outside working hours: Ana Ruiz')
    expect(alert.detail).toBe(
      'Once within 30 days, with no session under way: Sat 21 Nov 2026, 22:10: moved, 4.00 mL of lot L1 in the safe.',
    )
    expect(alert.since).toBe(night)
  })

  it('is red where drug left the books without a witness', () => {
    const severity = (change: Partial<Movement>) =>
      only('outside-hours', { settings: set, movements: [moved('waste', { at: night, ...change })] }).severity
    expect(severity({})).toBe('red')
    expect(severity({ witness: 'ben' })).toBe('amber')
  })

  it('the first and the last minute belong to the hours', () => {
    const at = (time: string) =>
      codes({ settings: set, movements: [moved('move', { at: `2026-11-23T${time}Z` as Instant })] })
    expect(at('11:59:59.999')).toEqual(['outside-hours'])
    expect(at('12:00:00.000')).toEqual([])
    expect(
      codes({ settings: set, movements: [moved('move', { at: '2026-11-24T00:00:59.999Z' as Instant })] }),
    ).toEqual([])
    expect(
      codes({ settings: set, movements: [moved('move', { at: '2026-11-24T00:01:00.000Z' as Instant })] }),
    ).toEqual(['outside-hours'])
  })

  it('leaves out a session under way, with the vial opened for it in the same act', () => {
    const sessionId = 'session-9' as SessionId
    const draw = moved('draw', { at: night, sessionId })
    const open = moved('open', { at: night, actId: draw.actId })
    const movements = [open, draw]
    const of = (from: Instant, to?: Instant) =>
      codes({
        settings: set,
        movements,
        sessions: [{ id: sessionId, from, ...(to ? { to } : {}) }],
      })
    expect(of(addMs(night, -HOUR_MS))).toEqual([])
    expect(of(night, night)).toEqual([])
    expect(of(addMs(night, 1))).toEqual(['outside-hours'])
    expect(of(addMs(night, -2 * HOUR_MS), addMs(night, -1))).toEqual(['outside-hours'])
    expect(codes({ settings: set, movements })).toEqual(['outside-hours'])
  })

  it('says when something of the day was written at night', () => {
    const at = '2026-11-20T20:00:00.000Z' as Instant
    const alert = only('outside-hours', {
      settings: set,
      movements: [moved('move', { at, recordedAt: night })],
    })
    expect(alert.detail).toMatch(/Fri 20 Nov 2026, 15:00: .*, written Sat 21 Nov 2026, 22:10\.$/)
  })

  it('tells what was done at night also where it was written by day', () => {
    const recordedAt = '2026-11-23T15:00:00.000Z' as Instant
    const alert = only('outside-hours', {
      settings: set,
      movements: [moved('move', { at: night, recordedAt })],
    })
    expect(alert.detail).toMatch(/Sat 21 Nov 2026, 22:10: moved.*in the safe\.$/)
  })

  it('leaves out what the ledger was opened with, and what is older than 30 days', () => {
    const opened = moved('receive', { at: night, detail: { beforeTheLedger: true } })
    expect(codes({ settings: set, movements: [opened] })).toEqual([])
    const old = '2026-10-25T03:00:00.000Z' as Instant
    expect(codes({ settings: set, movements: [moved('move', { at: old })] })).toEqual([])
  })

  it('names the last three and counts the others', () => {
    const movements = [0, 1, 2, 3, 4].map((n) => moved('move', { at: addMs(night, n * MINUTE_MS) }))
    const alert = only('outside-hours', { settings: set, movements })
    expect(alert.detail).toMatch(/^5 times .*22:12.*22:13.*22:14.*; and 2 before\.$/)
    expect(alert.ids.movements).toHaveLength(5)
  })
})
