import { describe, expect, it } from 'vitest'
import { modelById } from './models/index.ts'
import { exposureOf, simulate } from './simulate.ts'

const TIMES = [10, 20, 40, 60, 80, 120, 230, 360]

/**
 * 0.5 mg/kg over 40 minutes in 70 kg: concentrations (ng/mL) at TIMES, area (ng·h/mL), terminal half-life (h), from the
 * table of predictions in the facts the project works from (linear-system solutions of the published parameters).
 * Printed to the digit shown: half of its last place is the tolerance.
 */
const TABLE: Record<string, readonly [readonly number[], number, number]> = {
  'kamp-2020-arterial': [[154.5, 198.3, 253.1, 95.9, 73.7, 49.9, 26.7, 16.0], 417, 3.06],
  'simons-2022-arterial': [[195.1, 234.5, 288.7, 90.7, 62.9, 38.2, 20.9, 13.0], 394, 3.22],
  'domino-1982': [[181.8, 209.6, 240.3, 55.1, 45.8, 35.8, 18.4, 8.4], 302, 1.91],
  'ashraf-2018-venous': [[160.0, 200.7, 268.5, 123.0, 99.9, 66.9, 25.1, 11.1], 469, 7.53],
  'clements-1981-venous': [[62.0, 109.5, 177.3, 115.4, 84.7, 58.8, 35.9, 21.9], 436, 3.05],
  'fanta-2015-venous': [[56.1, 98.0, 158.0, 103.8, 78.8, 55.1, 26.7, 13.0], 368, 7.37],
  'perez-ruixo-2021-venous': [[40.8, 74.0, 124.8, 87.8, 65.1, 40.4, 18.9, 11.2], 321, 11.0],
  'hijazi-2003': [[94.5, 156.7, 225.3, 99.6, 46.0, 13.1, 4.7, 3.4], 232, 4.95],
}

describe('what each model predicts for the same infusion', () => {
  for (const [id, [levels, areaHours, halfLifeHours]] of Object.entries(TABLE)) {
    it(id, () => {
      const found = simulate(
        modelById(id)!,
        { weightKg: 70, ageYears: 40 },
        [{ route: 'iv-infusion', startMin: 0, durationMin: 40, doseMg: 35 }],
        TIMES,
      )
      if (!found.ok) throw new Error(found.reason)
      for (const [i, level] of levels.entries()) {
        expect(Math.abs(found.concentrationNgPerMl[i]! - level)).toBeLessThanOrEqual(0.0501)
      }
      const { concentration } = found.curves
      expect(Math.abs(exposureOf(concentration).totalAreaNgMinPerMl! / 60 - areaHours)).toBeLessThan(0.501)
      expect(Math.abs(Math.LN2 / Math.min(...concentration.rates) / 60 - halfLifeHours)).toBeLessThan(0.0501)
    })
  }
})
