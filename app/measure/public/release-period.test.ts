import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, parseLocalDate } from '../../platform/time.ts'
import { LAG_DAYS, nextReleaseDay, releasePeriod } from './release-period.ts'

const day = parseLocalDate

describe('whose first session the next release adds', () => {
  it.each([
    // today         first session  published to  from          to
    ['2026-11-24', '2026-01-06', undefined, '2026-01-01', '2026-06-30'],
    ['2026-11-24', '2025-12-31', undefined, '2025-10-01', '2026-06-30'],
    ['2026-11-24', '2026-01-06', '2026-03-31', '2026-04-01', '2026-06-30'],
    ['2027-01-28', '2026-01-06', '2026-06-30', '2026-07-01', '2026-09-30'],
  ] as const)('on %s, begun %s, published to %s: %s to %s', (today, begins, before, from, to) => {
    expect(releasePeriod(day(today), day(begins), before && day(before))).toEqual({ from, to })
  })

  it('is nobody before the first session, before a quarter lies far enough back, and twice in a quarter', () => {
    expect(releasePeriod(day('2026-11-24'), undefined)).toBeUndefined()
    expect(releasePeriod(day('2026-11-24'), day('2026-09-01'))).toBeUndefined()
    expect(releasePeriod(day('2026-11-24'), day('2026-01-06'), day('2026-06-30'))).toBeUndefined()
  })

  it('lies far enough back on every day of three years, and grows on the day that is named', () => {
    for (let today = day('2026-05-01'); today < day('2029-05-01'); today = addDays(today, 1)) {
      const period = releasePeriod(today, day('2026-01-01'))
      if (!period) continue
      expect(daysBetween(period.to, today)).toBeGreaterThanOrEqual(LAG_DAYS)
      const next = nextReleaseDay(period.to)
      expect(releasePeriod(addDays(next, -1), day('2026-01-01'), period.to)).toBeUndefined()
      expect(releasePeriod(next, day('2026-01-01'), period.to)).toBeDefined()
    }
  })
})
