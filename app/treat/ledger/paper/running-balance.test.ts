import { describe, expect, it } from 'vitest'
import type { Instant } from '../../../platform/time.ts'
import type { LotId, SessionId } from '../../session/session-event.ts'
import { type ContainerId, type MovementKind, type PlannedMovement, SAFE, type Side } from '../movement.ts'
import { belowZero } from './running-balance.ts'

const lotId = 'lot' as LotId
const time = (clock: string) => `2026-11-24T${clock}:00.000Z` as Instant
const safe: Side = { place: SAFE }
const vial: Side = { place: SAFE, container: 'vial' as ContainerId }
const syringe: Side = { place: { at: 'syringe', id: 'session' as SessionId } }
let counter = 0
function moved(
  kind: MovementKind,
  clock: string,
  from: Side,
  to: Side,
  hundredths: number,
  lot = lotId,
): PlannedMovement {
  counter += 1
  const id = `m${counter}` as PlannedMovement['id']
  return { id, kind, at: time(clock), lotId: lot, from, to, hundredths, reason: '' }
}
const supplier: Side = { place: { at: 'supplier' } }
const wasted: Side = { place: { at: 'waste' } }

describe('what is entered from paper, by when it happened', () => {
  const received = moved('receive', '14:30', supplier, safe, 1000)
  it('can have stood there', () => {
    expect(belowZero([received], [moved('waste', '14:40', safe, wasted, 1000)])).toEqual([])
  })
  it('cannot have been taken before it came', () => {
    expect(belowZero([received], [moved('waste', '14:10', safe, wasted, 400)])).toEqual([
      { side: safe, at: time('14:10'), hundredths: 400 },
    ])
  })
  it('was there when it came in the same minute: paper knows no seconds', () => {
    const late = { ...received, at: '2026-11-24T14:30:50.000Z' as Instant }
    expect(belowZero([late], [moved('waste', '14:30', safe, wasted, 1000)])).toEqual([])
  })
  it('takes what a later movement of the ledger needed too, and says when it lacked', () => {
    const later = moved('waste', '15:00', safe, wasted, 800)
    expect(belowZero([received, later], [moved('waste', '14:40', safe, wasted, 400)])).toEqual([
      { side: safe, at: time('15:00'), hundredths: 200 },
    ])
  })
  it('a vial is opened and drawn from in one line', () => {
    const line = [moved('open', '14:40', safe, vial, 1000), moved('draw', '14:40', vial, syringe, 560)]
    expect(belowZero([received], line)).toEqual([])
    expect(belowZero([received], [...line, moved('draw', '14:41', vial, syringe, 560)])).toEqual([
      { side: vial, at: time('14:41'), hundredths: 120 },
    ])
  })
  it('a vial cannot be drawn from before it was opened, though the lot was there', () => {
    const opened = moved('open', '14:50', safe, vial, 1000)
    expect(belowZero([received, opened], [moved('draw', '14:45', vial, syringe, 100)])).toEqual([
      { side: vial, at: time('14:45'), hundredths: 100 },
    ])
  })
  it('what was already less than nothing before the line is not laid to it, and other lots are apart', () => {
    const early = moved('waste', '14:00', safe, wasted, 100)
    expect(belowZero([early, received], [moved('waste', '14:40', safe, wasted, 100)])).toEqual([])
    const other = moved('receive', '10:00', supplier, safe, 5000, 'other' as LotId)
    expect(belowZero([other], [moved('waste', '14:40', safe, wasted, 1)])).toMatchObject([{ hundredths: 1 }])
  })
})
