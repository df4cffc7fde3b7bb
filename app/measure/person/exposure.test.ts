import { describe, expect, it } from 'vitest'
import { parseLocalDate } from '../../platform/time.ts'
import { exposureOf, sumInWords } from './exposure.ts'

const dose = (day: string, mg: number | undefined, weightKg: number | undefined, sessionNumber = 1) => ({
  day: parseLocalDate(day),
  mg,
  weightKg,
  sessionNumber,
})

describe('exposure', () => {
  it('adds what was recorded, counts apart what was not, each dose by the weight of its own order', () => {
    const { spans, lastDay, daysSinceLast } = exposureOf(
      [
        dose('2026-03-02', 60, 80),
        dose('2026-03-16', undefined, 80),
        dose('2026-03-09', 40, 100),
        dose('2026-03-18', 50, undefined),
      ],
      parseLocalDate('2026-03-20'),
    )
    expect([lastDay, daysSinceLast]).toEqual(['2026-03-18', 2])
    expect(spans[0]).toMatchObject({ sessions: 4, mg: { known: 150, without: 1 } })
    // 60 mg at 80 kg and 40 mg at 100 kg; one dose without amount and one without weight are not in it.
    expect(spans[0]!.mgPerKg.known).toBeCloseTo(0.75 + 0.4, 12)
    expect(spans[0]!.mgPerKg.without).toBe(2)
    expect(sumInWords(spans[0]!.mgPerKg, 2)).toBe('at least 1.15')
  })

  it('counts the last 30, 90 and 365 days with today in them', () => {
    const { spans } = exposureOf(
      [
        dose('2026-03-31', 1, 50),
        dose('2026-03-02', 2, 50),
        dose('2026-03-01', 4, 50),
        dose('2026-01-01', 8, 50),
        dose('2025-04-01', 16, 50),
        dose('2025-03-31', 32, 50),
      ],
      parseLocalDate('2026-03-31'),
    )
    expect(spans.map(({ days, sessions, mg }) => [days, sessions, mg.known])).toEqual([
      [undefined, 6, 63],
      [30, 2, 3],
      [90, 4, 15],
      [365, 5, 31],
    ])
  })

  it('never says 0 for what nobody knows, and says 0 where nothing was given', () => {
    const unknown = exposureOf([dose('2026-03-02', undefined, undefined)], parseLocalDate('2026-03-02'))
    expect(sumInWords(unknown.spans[0]!.mg, 1)).toBe('not known')
    const none = exposureOf([], parseLocalDate('2026-03-02'))
    expect([sumInWords(none.spans[0]!.mg, 1), none.daysSinceLast]).toEqual(['0', undefined])
  })
})
