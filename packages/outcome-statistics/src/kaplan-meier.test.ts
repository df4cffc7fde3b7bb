import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kaplanMeier, kaplanMeierByGroup, type SurvivalCurve } from './kaplan-meier.ts'
import type { SurvivalRows } from './survival-rows.ts'

function curve(rows: SurvivalRows, options = {}): SurvivalCurve {
  const result = kaplanMeier(rows, options)
  if (!result.ok) throw new Error(`refused: ${result.reason}`)
  return result
}

/** Weeks in remission on 6-MP (Freireich et al., Blood 1963;21:699); the sign marks censoring. */
const sixMp = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
const sixMpRows = {
  time: Float64Array.from(sixMp, Math.abs),
  event: Uint8Array.from(sixMp, (week) => (week > 0 ? 1 : 0)),
}

const person = fc.record({
  time: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.double({ min: 0.001, max: 12, noNaN: true })),
  event: fc.integer({ min: 0, max: 1 }),
  weight: fc.constantFrom(0.25, 1, 1.5, 2, 3.7),
  enteredAt: fc.double({ min: 0, max: 0.999, noNaN: true }),
})
const people = fc.array(person, { minLength: 1, maxLength: 40 })
type Person = { time: number; event: number; weight: number; enteredAt: number }

function rowsOf(list: readonly Person[]) {
  return {
    time: Float64Array.from(list, (p) => p.time),
    event: Uint8Array.from(list, (p) => p.event),
  }
}

describe('kaplanMeier by hand', () => {
  it('gives the published steps of the 6-MP group', () => {
    const c = curve(sixMpRows)
    const steps = [...c.time].flatMap((t, i) => (c.events[i]! > 0 ? [[t, c.atRisk[i]!, c.survival[i]!]] : []))
    const s6 = 18 / 21
    const s7 = s6 * (16 / 17)
    const s10 = s7 * (14 / 15)
    const s13 = s10 * (11 / 12)
    const s16 = s13 * (10 / 11)
    const s22 = s16 * (6 / 7)
    const s23 = s22 * (5 / 6)
    const byHand = [
      [6, 21, s6],
      [7, 17, s7],
      [10, 15, s10],
      [13, 12, s13],
      [16, 11, s16],
      [22, 7, s22],
      [23, 6, s23],
    ]
    expect(steps).toHaveLength(byHand.length)
    byHand.forEach(([t, n, s], i) => {
      expect(steps[i]![0]).toBe(t)
      expect(steps[i]![1]).toBe(n)
      expect(steps[i]![2]).toBeCloseTo(s!, 14)
    })
    // Greenwood at week 7: S² (3/(21·18) + 1/(17·16)).
    expect(c.seSurvival[1]).toBeCloseTo(s7 * Math.sqrt(3 / (21 * 18) + 1 / (17 * 16)), 14)
    expect(c.n).toBe(21)
  })

  it('counts an event at time zero', () => {
    const c = curve({ time: Float64Array.of(0, 0, 5, 9), event: Uint8Array.of(1, 0, 1, 0) })
    expect([...c.time]).toEqual([0, 5, 9])
    expect([...c.atRisk]).toEqual([4, 2, 1])
    expect([...c.survival]).toEqual([0.75, 0.375, 0.375])
  })

  it('says that no band is known before the first event and at zero', () => {
    const c = curve({ time: Float64Array.of(1, 2, 3), event: Uint8Array.of(0, 1, 1) })
    expect([...c.survival]).toEqual([1, 0.5, 0])
    expect([...c.bandKnown]).toEqual([0, 1, 0])
    expect([...c.lower].map(Number.isNaN)).toEqual([false, false, false])
    expect(c.seSurvival[2]).toBe(0)
    expect(c.seLogSurvival[2]).toBe(Number.POSITIVE_INFINITY)
  })

  it('sorts numerically, not as text', () => {
    const c = curve({ time: Float64Array.of(100, 20, 3), event: Uint8Array.of(1, 1, 1) })
    expect([...c.time]).toEqual([3, 20, 100])
  })

  it('takes late entrants into the risk set only after they entered', () => {
    const c = curve({
      time: Float64Array.of(3, 5, 8),
      event: Uint8Array.of(1, 1, 1),
      entry: Float64Array.of(0, 3, 1),
    })
    // At 3: rows 1 and 3 (row 2 enters at 3, so after it). At 5: rows 2 and 3.
    expect([...c.atRisk]).toEqual([2, 2, 1])
    expect([...c.survival]).toEqual([0.5, 0.25, 0])
  })
})

describe('kaplanMeier refuses by name', () => {
  const time = Float64Array.of(1, 2)
  const event = Uint8Array.of(1, 0)
  it.each([
    ['no-rows', { time: new Float64Array(), event: new Uint8Array() }, undefined],
    ['time-not-finite', { time: Float64Array.of(1, Number.NaN), event }, 1],
    ['time-not-finite', { time: Float64Array.of(Number.POSITIVE_INFINITY, 1), event }, 0],
    ['time-not-finite', { time: Float64Array.of(1, Number.NEGATIVE_INFINITY), event }, 1],
    ['time-negative', { time: Float64Array.of(1, -2), event }, 1],
    ['event-not-0-or-1', { time, event: Uint8Array.of(0, 2) }, 1],
    ['entry-not-before-time', { time, event, entry: Float64Array.of(0, 2) }, 1],
    ['entry-not-before-time', { time, event, entry: Float64Array.of(Number.NaN, 0) }, 0],
    ['weight-not-positive', { time, event, weight: Float64Array.of(1, 0) }, 1],
    ['weight-not-positive', { time, event, weight: Float64Array.of(Number.NaN, 1) }, 0],
  ])('%s', (reason, rows, row) => {
    const expected = row === undefined ? { ok: false, reason } : { ok: false, reason, row }
    expect(kaplanMeier(rows)).toEqual(expected)
    expect(kaplanMeierByGroup({ ...rows, group: new Uint8Array(rows.time.length) })).toEqual(expected)
  })

  it('throws when columns differ in length: that is broken code', () => {
    expect(() => kaplanMeier({ time, event: Uint8Array.of(1) })).toThrow(RangeError)
    expect(() => kaplanMeierByGroup({ time, event, group: [1] })).toThrow(RangeError)
  })
})

describe('kaplanMeier always', () => {
  const bands = ['plain', 'log', 'log-log', 'logit', 'arcsin'] as const

  it('never rises, stays within 0 and 1, and keeps the estimate inside its band', () => {
    fc.assert(
      fc.property(
        people,
        fc.constantFrom(...bands),
        fc.constantFrom(0.5, 0.9, 0.95, 0.999),
        (list, band, conf) => {
          const c = curve(rowsOf(list), { band, conf })
          let before = 1
          for (let i = 0; i < c.time.length; i++) {
            const s = c.survival[i]!
            expect(s).toBeLessThanOrEqual(before)
            expect(s).toBeGreaterThanOrEqual(0)
            expect(c.lower[i]! - 1e-15).toBeLessThanOrEqual(s)
            expect(c.upper[i]! + 1e-15).toBeGreaterThanOrEqual(s)
            expect(c.lower[i]).toBeGreaterThanOrEqual(0)
            expect(c.upper[i]).toBeLessThanOrEqual(1)
            expect(c.seSurvival[i]).toBeGreaterThanOrEqual(0)
            if (i > 0) expect(c.time[i]).toBeGreaterThan(c.time[i - 1]!)
            before = s
          }
        },
      ),
    )
  })

  it('is unmoved by the order of the rows and leaves them as they were', () => {
    fc.assert(
      fc.property(people, fc.integer(), (list, seed) => {
        const shuffled = [...list]
          .map((p, i) => ({ p, key: Math.imul(i + 1, seed | 1) }))
          .sort((a, b) => a.key - b.key)
        const rows = rowsOf(list)
        const kept = { time: rows.time.slice(), event: rows.event.slice() }
        expect(curve(rowsOf(shuffled.map(({ p }) => p)))).toEqual(curve(rows))
        expect(rows).toEqual(kept)
      }),
    )
  })

  it('takes a weight of two as two equal rows', () => {
    fc.assert(
      fc.property(people, (list) => {
        const doubled = curve(rowsOf([...list, ...list]))
        const weighted = curve({ ...rowsOf(list), weight: new Float64Array(list.length).fill(2) })
        expect(weighted).toEqual(doubled)
      }),
    )
  })

  it('agrees with the definition written out, with weights and late entry', () => {
    fc.assert(
      fc.property(people, (list) => {
        const entry = Float64Array.from(list, (p) => p.time * p.enteredAt)
        const weight = Float64Array.from(list, (p) => p.weight)
        const c = curve({ ...rowsOf(list), entry, weight })
        let s = 1
        c.time.forEach((t, i) => {
          let atRisk = 0
          let events = 0
          list.forEach((p, row) => {
            if (entry[row]! < t && p.time >= t) atRisk += p.weight
            if (p.time === t && p.event === 1) events += p.weight
          })
          s *= Math.abs(atRisk - events) < 1e-12 ? 0 : 1 - events / atRisk
          expect(c.atRisk[i]).toBeCloseTo(atRisk, 10)
          expect(c.survival[i]).toBeCloseTo(s, 10)
        })
      }),
    )
  })

  it('gives each group the curve it has alone', () => {
    fc.assert(
      fc.property(people, fc.constantFrom([7, 1], [3, 3], [0.5, 1e6]), (list, labels) => {
        const group = list.map((_, row) => labels[row % 2]!)
        const grouped = kaplanMeierByGroup({ ...rowsOf(list), group })
        if (!grouped.ok) throw new Error(grouped.reason)
        const present = [...new Set(group)].sort((a, b) => a - b)
        expect(grouped.curves.map((g) => g.group)).toEqual(present)
        for (const { group: label, curve: ofGroup } of grouped.curves) {
          expect(ofGroup).toEqual(curve(rowsOf(list.filter((_, row) => group[row] === label))))
        }
      }),
    )
  })
})
