import { describe, expect, it } from 'vitest'
import { integrate } from './dormand-prince.ts'
import { kamp2020 } from './models/kamp-2020.ts'
import { simulateByOde } from './simulate-by-ode.ts'

describe('Runge–Kutta 5(4)', () => {
  it('follows a circle once round', () => {
    const y = Float64Array.of(1, 0)
    integrate(
      (_, [x, v], into) => {
        into[0] = v!
        into[1] = -x!
      },
      y,
      0,
      2 * Math.PI,
      { relative: 1e-11, absolute: 1e-13 },
    )
    expect(Math.hypot(y[0]! - 1, y[1]!)).toBeLessThan(1e-9)
  })
  it('errs less when asked for less: about tenfold for tenfold', () => {
    const errors = [1e-4, 1e-6, 1e-8, 1e-10].map((relative) => {
      const y = Float64Array.of(1)
      integrate(
        (t, _, into) => {
          into[0] = 3 * t * t
        },
        y,
        0,
        1,
        { relative, absolute: 1e-14 },
      )
      const z = Float64Array.of(1)
      integrate(
        (_, w, into) => {
          into[0] = -w[0]!
        },
        z,
        0,
        5,
        { relative, absolute: 1e-14 },
      )
      expect(Math.abs(y[0]! - 2)).toBeLessThan(1e-12)
      return Math.abs(z[0]! / Math.exp(-5) - 1)
    })
    for (let i = 1; i < errors.length; i += 1) expect(errors[i]!).toBeLessThan(errors[i - 1]! / 10)
  })
  it('refuses tolerances that cannot be met', () => {
    const still = (_: number, __: Float64Array, into: Float64Array) => {
      into[0] = 0
    }
    expect(() => integrate(still, Float64Array.of(1), 0, 1, { relative: 0, absolute: 1 })).toThrow(
      'relative tolerance 0',
    )
    expect(() => integrate(still, Float64Array.of(1), 0, 1, { relative: 1, absolute: -1 })).toThrow(
      'absolute tolerance -1',
    )
    expect(() =>
      integrate(
        (_, y, into) => {
          into[0] = y[0]! * y[0]!
        },
        Float64Array.of(1),
        0,
        2,
        { relative: 1e-9, absolute: 1e-9, mostSteps: 2000 },
      ),
    ).toThrow(/stands still|needs more than/)
  })
  it('does what has no closed form: elimination that saturates is slower at high levels', () => {
    const doses = [{ route: 'iv-infusion' as const, startMin: 0, durationMin: 40, doseMg: 35 }]
    const person = { weightKg: 70, ageYears: 40 }
    const plain = simulateByOde(kamp2020, person, doses, [40, 120, 4000])
    const slower = simulateByOde(kamp2020, person, doses, [40, 120, 4000], {
      eliminationFactor: (_, level) => 1 / (1 + level / 200),
    })
    if (!plain.ok || !slower.ok) throw new Error('refused')
    expect(slower.concentrationNgPerMl[1]!).toBeGreaterThan(plain.concentrationNgPerMl[1]!)
    expect(slower.areaNgMinPerMl[2]!).toBeGreaterThan(plain.areaNgMinPerMl[2]!)
  })
})
