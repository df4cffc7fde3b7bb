import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kaplanMeier } from '../kaplan-meier.ts'
import { type CumulativeIncidence, cumulativeIncidence, incidenceAt } from './cumulative-incidence.ts'

type Person = { time: number; event: number }
const people = fc.array(
  fc.record({ time: fc.integer({ min: 1, max: 8 }), event: fc.integer({ min: 0, max: 3 }) }),
  { minLength: 1, maxLength: 30 },
)

function curveOf(list: readonly Person[]): CumulativeIncidence | null {
  const curve = cumulativeIncidence({
    time: Float64Array.from(list, (p) => p.time),
    event: Uint8Array.from(list, (p) => p.event),
  })
  return curve.ok ? curve : null
}

/** Probability of none of the events, then of each cause, at a time, for weighted people: the definition. */
function byDefinition(
  list: readonly Person[],
  weight: readonly number[],
  at: number,
  causes: readonly number[],
) {
  const sum = (when: (p: Person) => boolean) =>
    list.reduce((total, p, i) => total + (when(p) ? weight[i]! : 0), 0)
  let free = 1
  const incidence = causes.map(() => 0)
  for (const t of [...new Set(list.map((p) => p.time))].sort((a, b) => a - b)) {
    if (t > at) break
    const n = sum((p) => p.time >= t)
    causes.forEach((cause, k) => {
      incidence[k]! += (free * sum((p) => p.time === t && p.event === cause)) / n
    })
    free *= 1 - sum((p) => p.time === t && p.event > 0) / n
  }
  return [free, ...incidence]
}

describe('cumulativeIncidence by hand', () => {
  it('gives four people their steps', () => {
    // Day 1: relapse among 4. Day 2: one leaves among 3. Day 3: one lost. Day 4: relapse of the last.
    const curve = cumulativeIncidence({
      time: Float64Array.of(4, 1, 3, 2),
      event: Uint8Array.of(1, 1, 0, 2),
    })
    if (!curve.ok) throw new Error('refused')
    const [relapse, left] = curve.causes
    const close = (values: Float64Array, expected: readonly number[]) =>
      values.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 14)
      })
    close(curve.eventFree.probability, [3 / 4, 1 / 2, 1 / 2, 0])
    close(relapse!.probability, [1 / 4, 1 / 4, 1 / 4, 3 / 4])
    close(left!.probability, [0, 1 / 4, 1 / 4, 1 / 4])
    expect([...curve.atRisk]).toEqual([4, 3, 2, 1])
    expect([...left!.bandKnown]).toEqual([0, 1, 1, 1])
    // Nobody is lost before day 3: a share of 1 in 4 has the binomial error.
    expect(relapse!.se[0]).toBeCloseTo(Math.sqrt((1 / 4) * (3 / 4) * (1 / 4)), 14)
    expect(left!.se[1]).toBeCloseTo(Math.sqrt((1 / 4) * (3 / 4) * (1 / 4)), 14)
  })

  it('reads a curve before, on and after its times', () => {
    const curve = cumulativeIncidence({ time: Float64Array.of(2, 5, 9), event: Uint8Array.of(1, 2, 0) })
    if (!curve.ok) throw new Error('refused')
    const at = incidenceAt(curve, [1, 2, 7, 20])
    expect([...at.causes[0]!.probability].map((p) => p.toFixed(3))).toEqual([
      '0.000',
      '0.333',
      '0.333',
      '0.333',
    ])
    expect([...at.atRisk]).toEqual([3, 3, 1, 0])
    expect([...at.beyondFollowUp]).toEqual([0, 0, 0, 1])
    expect([...at.causes[0]!.bandKnown]).toEqual([0, 1, 1, 1])
  })
})

describe('cumulativeIncidence, whatever the people', () => {
  it('adds up to 1, never falls and keeps its bands around it', () => {
    fc.assert(
      fc.property(people, (list) => {
        const curve = curveOf(list)
        if (!curve) return
        curve.time.forEach((_, i) => {
          const sum = curve.causes.reduce((total, c) => total + c.probability[i]!, 0)
          expect(sum + curve.eventFree.probability[i]!).toBeCloseTo(1, 12)
          for (const c of [...curve.causes, curve.eventFree]) {
            expect(c.lower[i]! <= c.probability[i]! && c.probability[i]! <= c.upper[i]!).toBe(true)
            expect(Number.isFinite(c.se[i])).toBe(true)
          }
          for (const c of curve.causes) {
            expect(Number.isFinite(c.seDelta[i])).toBe(true)
            if (i > 0) expect(c.probability[i]!).toBeGreaterThanOrEqual(c.probability[i - 1]!)
          }
        })
      }),
    )
  })

  it('has errors made of the derivatives in each person’s weight', () => {
    fc.assert(
      fc.property(people, (list) => {
        const curve = curveOf(list)
        if (!curve) return
        const causes = curve.causes.map((c) => c.cause)
        const ones = list.map(() => 1)
        const h = 1e-5
        curve.time.forEach((t, i) => {
          const found = [curve.eventFree, ...curve.causes]
          const squares = found.map(() => 0)
          list.forEach((_, person) => {
            const up = byDefinition(list, ones.with(person, 1 + h), t, causes)
            const down = byDefinition(list, ones.with(person, 1 - h), t, causes)
            found.forEach((_, state) => {
              squares[state]! += ((up[state]! - down[state]!) / (2 * h)) ** 2
            })
          })
          found.forEach((state, k) => {
            expect(state.probability[i]).toBeCloseTo(byDefinition(list, ones, t, causes)[k]!, 12)
            expect(state.se[i]).toBeCloseTo(Math.sqrt(squares[k]!), 6)
          })
        })
      }),
      { numRuns: 60 },
    )
  })

  it('is one minus Kaplan–Meier when there is one event only', () => {
    fc.assert(
      fc.property(people, (list) => {
        const one = list.map((p) => ({ time: p.time, event: p.event > 0 ? 1 : 0 }))
        const curve = curveOf(one)
        const survival = kaplanMeier({
          time: Float64Array.from(one, (p) => p.time),
          event: Uint8Array.from(one, (p) => p.event),
        })
        if (!curve || !survival.ok) return
        curve.causes[0]!.probability.forEach((p, i) => {
          expect(p).toBeCloseTo(1 - survival.survival[i]!, 12)
          expect(curve.eventFree.se[i]).toBeCloseTo(survival.seSurvival[i]!, 10)
        })
      }),
    )
  })

  it('refuses when nothing happened to anybody', () => {
    expect(cumulativeIncidence({ time: Float64Array.of(1, 2), event: new Uint8Array(2) })).toEqual({
      ok: false,
      reason: 'no-events',
    })
    expect(cumulativeIncidence({ time: new Float64Array(), event: new Uint8Array() })).toEqual({
      ok: false,
      reason: 'no-rows',
    })
    expect(cumulativeIncidence({ time: Float64Array.of(1, Number.NaN), event: Uint8Array.of(1, 1) })).toEqual(
      { ok: false, reason: 'time-not-finite', row: 1 },
    )
  })
})
