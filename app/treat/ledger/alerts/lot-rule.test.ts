import { describe, expect, it } from 'vitest'
import { codes, lot, lotId, NOW, only } from '../../../../tests/stock-for-alerts.ts'
import { addMs, HOUR_MS, type Instant, type LocalDate } from '../../../platform/time.ts'
import { type ContainerId, SAFE } from '../movement.ts'

describe('lots and opened vials', () => {
  const until = (expiresOn: string) => [lot({ expiresOn: expiresOn as LocalDate })]

  it.each([
    ['2026-12-25', []],
    ['2026-12-24', ['lot-expires-soon']],
    ['2026-11-24', ['lot-expires-soon']],
    ['2026-11-23', ['lot-expired']],
  ])('usable through %s: %j', (expiresOn, expected) => {
    expect(codes({ lots: until(expiresOn) })).toEqual(expected)
    expect(codes({ lots: [lot({ expiresOn: expiresOn as LocalDate, hundredths: 0 })] })).toEqual([])
  })

  it('counts by the clinic’s day', () => {
    // 20:00 on Monday there.
    const at = '2026-11-24T01:00:00.000Z' as Instant
    expect(codes({ at, lots: until('2026-11-23') })).toEqual(['lot-expires-soon'])
  })

  it('a lot that is called back is red while any of it is here, and told once', () => {
    const lots = [lot({ recalled: 'particles in the glass', expiresOn: '2026-11-01' as LocalDate })]
    const alert = only('lot-recalled', { lots })
    expect(alert.severity).toBe('red')
    expect(alert.detail).toBe('100.00 mL in the safe. Why: particles in the glass')
    expect(codes({ lots: [lot({ recalled: 'particles', hundredths: 0 })] })).toEqual([])
  })

  it('an opened vial stands there as soon as its hours are over, while there is drug in it', () => {
    const container = 'vial-1' as ContainerId
    const vial = (ms: number, hundredths = 300) => ({
      lots: [lot({ standing: [{ place: SAFE, container, hundredths }] })],
      openVials: [{ id: container, lotId, number: 7, openedAt: addMs(NOW, -6 * HOUR_MS - ms) }],
    })
    expect(codes(vial(0))).toEqual([])
    const alert = only('vial-open-too-long', vial(1))
    expect(alert.title).toBe('Open for too long: vial 7 of lot L1 (Ketamine hydrochloride)')
    expect(alert.since).toBe(addMs(NOW, -1))
    expect(codes(vial(HOUR_MS, 0))).toEqual([])
  })
})
