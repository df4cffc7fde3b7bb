import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concordance } from './concordance.ts'

const person = fc.record({
  time: fc.integer({ min: 1, max: 9 }),
  event: fc.integer({ min: 0, max: 1 }),
  score: fc.integer({ min: 0, max: 5 }),
  entry: fc.integer({ min: -1, max: 8 }),
  site: fc.integer({ min: 1, max: 2 }),
})
type Person = { time: number; event: number; score: number; entry: number; site: number }
const people = fc.array(
  person.map((p) => ({ ...p, entry: Math.min(p.entry, p.time - 1) })),
  { minLength: 2, maxLength: 30 },
)

/** Every pair looked at, weights as given: concordant, discordant, tied score, tied time, both tied. */
function byPairs(list: readonly Person[], weight: readonly number[]): number[] {
  const counts = [0, 0, 0, 0, 0]
  list.forEach((a, i) => {
    list.forEach((b, j) => {
      if (a.site !== b.site || a.event === 0 || i === j) return
      const both = weight[i]! * weight[j]!
      if (b.event === 1 && b.time === a.time) counts[b.score === a.score ? 4 : 3]! += both / 2
      else if (b.time >= a.time && b.entry < a.time) {
        counts[a.score > b.score ? 0 : a.score < b.score ? 1 : 2]! += both
      }
    })
  })
  return counts
}

const shareOf = ([c, d, t]: readonly number[]) => (c! + t! / 2) / (c! + d! + t!)

const columns = (list: readonly Person[]) => ({
  rows: {
    time: Float64Array.from(list, (p) => p.time),
    event: Uint8Array.from(list, (p) => p.event),
    entry: Float64Array.from(list, (p) => p.entry),
  },
  score: Float64Array.from(list, (p) => p.score),
  strata: Uint8Array.from(list, (p) => p.site),
})

describe('concordance', () => {
  it('counts as looking at every pair does, and its error is the derivative in each weight', () => {
    let answered = 0
    fc.assert(
      fc.property(people, (list) => {
        const { rows, score, strata } = columns(list)
        const found = concordance(rows, score, { strata })
        const ones = list.map(() => 1)
        const counts = byPairs(list, ones)
        if (!found.ok) {
          expect(found.reason).toBe('no-comparable-pairs')
          expect(counts[0]! + counts[1]! + counts[2]!).toBe(0)
          return
        }
        answered++
        const { concordant, discordant, tiedScore, tiedTime, tiedBoth } = found
        expect([concordant, discordant, tiedScore, tiedTime, tiedBoth]).toEqual(counts)
        expect(found.concordance).toBeCloseTo(shareOf(counts), 12)
        const h = 1e-5
        const derivatives = list.map((_, i) => {
          const share = (w: number) => shareOf(byPairs(list, ones.with(i, w)))
          return (share(1 + h) - share(1 - h)) / (2 * h)
        })
        expect(found.se).toBeCloseTo(Math.hypot(...derivatives), 8)
      }),
      { numRuns: 150 },
    )
    expect(answered).toBeGreaterThan(100)
  })

  it('is 1, 0 and one half where it must be', () => {
    const rows = { time: Float64Array.of(1, 2, 3), event: Uint8Array.of(1, 1, 0) }
    const of = (...score: number[]) => concordance(rows, Float64Array.from(score))
    expect(of(9, 5, 1)).toMatchObject({ concordance: 1, concordant: 3, upper: 1 })
    expect(of(1, 5, 9)).toMatchObject({ concordance: 0, discordant: 3, lower: 0 })
    expect(of(4, 4, 4)).toMatchObject({ concordance: 0.5, tiedScore: 3, se: 0 })
  })

  it('adds up the rows of a cluster', () => {
    const { rows, score } = columns([
      { time: 1, event: 1, score: 3, entry: -1, site: 1 },
      { time: 2, event: 1, score: 4, entry: -1, site: 1 },
      { time: 3, event: 0, score: 1, entry: -1, site: 1 },
    ])
    const all = concordance(rows, score, { cluster: Uint8Array.of(7, 7, 7) })
    // Everybody weighing more alike changes nothing.
    expect(all.ok && all.se).toBeCloseTo(0, 14)
  })

  it('refuses by name', () => {
    const rows = { time: Float64Array.of(1, 2), event: Uint8Array.of(0, 0) }
    expect(concordance(rows, Float64Array.of(1, 2))).toEqual({ ok: false, reason: 'no-comparable-pairs' })
    expect(concordance(rows, Float64Array.of(1, Number.NaN))).toEqual({
      ok: false,
      reason: 'score-not-finite',
      row: 1,
    })
    expect(() => concordance(rows, Float64Array.of(1))).toThrow(RangeError)
  })
})
