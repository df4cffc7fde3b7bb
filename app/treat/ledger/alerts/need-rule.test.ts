import { describe, expect, it } from 'vitest'
import { codes, facts, lot, lotId, NOW, only, settings } from '../../../../tests/stock-for-alerts.ts'
import { addMs, DAY_MS, HOUR_MS, type Instant, type LocalDate } from '../../../platform/time.ts'
import { type ContainerId, SAFE } from '../movement.ts'
import type { NeededDose } from './alert.ts'
import { ledgerAlerts } from './alert-rules.ts'

let count = 0

describe('stock below the need of booked visits', () => {
  const dose = (days: number, hundredths = 100, change: Partial<NeededDose> = {}): NeededDose => {
    count += 1
    return {
      appointmentId: `visit-${String(count).padStart(6, '0')}`,
      startsAt: addMs(NOW, days * DAY_MS),
      need: { form: 'vial', strength: 50, hundredths },
      ...change,
    }
  }
  const forOne = { ...settings, vialForOnePersonOnly: true }

  it('is enough when it is just enough', () => {
    const doses = [dose(1, 600), dose(1, 400)]
    expect(codes({ doses, lots: [lot({ hundredths: 1000 })] })).toEqual([])
    const alert = only('stock-below-need', { doses, lots: [lot({ hundredths: 999 })] })
    expect(alert.detail).toMatch(
      /^The next 14 days take 10\.00 mL for 2 visits; 9\.99 mL can be drawn\. It lasts for 1 of 2; the first without is on Wed 25 Nov 2026\./,
    )
  })

  it('with vials for one person only counts vials, not mL', () => {
    const doses = [dose(1, 100), dose(1, 100), dose(1, 100)]
    expect(codes({ doses, lots: [lot({ hundredths: 2000 })] })).toEqual([])
    const alert = only('stock-below-need', { settings: forOne, doses, lots: [lot({ hundredths: 2000 })] })
    expect(alert.detail).toMatch(/lasts for 2 of 3.*for one person only/)
    expect(codes({ settings: forOne, doses, lots: [lot({ hundredths: 3000 })] })).toEqual([])
  })

  it('an opened vial serves as long as it may be drawn from', () => {
    const container = 'vial-1' as ContainerId
    const opened = (hoursAgo: number) => ({
      lots: [lot({ standing: [{ place: SAFE, container, hundredths: 500 }] })],
      openVials: [{ id: container, lotId, number: 1, openedAt: addMs(NOW, -hoursAgo * HOUR_MS) }],
    })
    const soon = [dose(0, 100, { startsAt: addMs(NOW, HOUR_MS) })]
    expect(codes({ doses: soon, ...opened(5) })).toEqual([])
    expect(codes({ doses: soon, ...opened(5.01) })).toEqual(['stock-below-need'])
    expect(codes({ settings: forOne, doses: soon, ...opened(1) })).toEqual(['stock-below-need'])
  })

  it('a vial opened for one visit serves another of that day, none of the next', () => {
    const today = [0, 1].map((n) => dose(1, 100, { startsAt: addMs(NOW, n * HOUR_MS) }))
    expect(codes({ doses: today, lots: [lot({ hundredths: 1000 })] })).toEqual([])
    expect(codes({ doses: [dose(1), dose(2)], lots: [lot({ hundredths: 1000 })] })).toEqual([
      'stock-below-need',
    ])
  })

  it('leaves out lots that are called back, or expired by the visit’s day', () => {
    const last = (expiresOn: string) => [lot({ hundredths: 1000, expiresOn: expiresOn as LocalDate })]
    const doses = [dose(5)]
    expect(codes({ doses, lots: last('2026-11-29') })).toEqual(['lot-expires-soon'])
    expect(codes({ doses, lots: last('2026-11-28') })).toEqual(['stock-below-need', 'lot-expires-soon'])
    expect(codes({ doses, lots: [lot({ recalled: 'glass' })] })).toEqual(['lot-recalled', 'stock-below-need'])
  })

  it('looks at the strength and the form that were ordered', () => {
    expect(codes({ doses: [dose(1)], lots: [lot({ strength: 100 })] })).toEqual(['stock-below-need'])
    const units: NeededDose['need'] = { form: 'nasal-device', strength: 28, hundredths: 300 }
    const devices = lot({ form: 'nasal-device', strength: 28, containerHundredths: 100, hundredths: 500 })
    expect(codes({ doses: [dose(1, 0, { need: units })], lots: [devices] })).toEqual([])
    const alert = only('stock-below-need', {
      doses: [dose(1, 0, { need: units }), dose(2, 0, { need: units })],
      lots: [devices],
    })
    expect(alert.detail).toMatch(/take 6 devices for 2 visits; 5 devices can be drawn/)
  })

  it('a dose that nobody knows yet is said to be unknown, and is not 0', () => {
    const doses = [dose(1), dose(2, 0, { need: undefined })]
    const { alerts, notJudged } = ledgerAlerts(facts({ doses, lots: [lot()] }))
    expect(alerts).toEqual([])
    expect(notJudged.map(({ words }) => words)).toEqual([
      'Stock for booked visits: 1 of 2 booked visits of the next 14 days has no dose that is known yet (no order in force): what it takes comes on top.',
    ])
    const without = ledgerAlerts(facts({ doses }))
    expect(without.alerts[0]?.detail).toMatch(/1 of 2 booked visits/)
  })

  it('looks as far ahead as is set, and is red for the next two days', () => {
    expect(codes({ doses: [dose(14)] })).toEqual(['stock-below-need'])
    expect(codes({ doses: [dose(14, 100, { startsAt: addMs(NOW, 14 * DAY_MS + 1) })] })).toEqual([])
    const at = (startsAt: Instant) =>
      only('stock-below-need', { doses: [dose(0, 100, { startsAt })] }).severity
    expect(at(addMs(NOW, 2 * DAY_MS))).toBe('red')
    expect(at(addMs(NOW, 2 * DAY_MS + 1))).toBe('amber')
  })

  it('a visit that cannot be served takes nothing from the others', () => {
    const doses = [dose(1, 5000), dose(2, 100)]
    expect(only('stock-below-need', { doses, lots: [lot({ hundredths: 1000 })] }).ids.appointments).toEqual([
      doses[0]!.appointmentId,
    ])
  })
})
