import { describe, expect, it } from 'vitest'
import type { Dose } from './dose.ts'
import { kamp2020 } from './models/kamp-2020.ts'
import { simulate } from './simulate.ts'

const infusion: Dose[] = [{ route: 'iv-infusion', startMin: 0, durationMin: 40, doseMg: 35 }]
const person = { weightKg: 70, ageYears: 40 }

/** Largest relative distance between two lists. */
const farthest = (found: ArrayLike<number>, wanted: readonly number[]) =>
  Math.max(...wanted.map((value, i) => Math.abs(found[i]! / value - 1)))

describe('simulate, exact targets', () => {
  // Closed form and an ODE solver at 1e-12 agree on these in the facts the project works from; 1e-6 relative.
  it('Kamp, 35 mg over 40 min, 70 kg: arterial and effect site', () => {
    const found = simulate(kamp2020, person, infusion, [10, 40, 60, 120, 360], {
      effectSite: { halfLifeMin: Math.LN2 / 0.0835 },
    })
    if (!found.ok) throw new Error(found.reason)
    expect(
      farthest(found.concentrationNgPerMl, [154.531515, 253.051835, 95.859956, 49.906191, 15.967401]),
    ).toBeLessThan(1e-6)
    expect(
      farthest(found.effectSiteNgPerMl!, [61.613378, 214.68807, 138.037499, 56.264307, 16.733783]),
    ).toBeLessThan(1e-6)
  })
})
