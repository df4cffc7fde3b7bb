import { describe, expect, it } from 'vitest'
import type { Dose } from './dose.ts'
import { perezRuixo2021 } from './models/index.ts'
import { exposureOf, simulate } from './simulate.ts'

const spray = (doseMg: number, atMin = 0): Dose => ({ route: 'intranasal', atMin, doseMg })
const peak = (...doses: readonly Dose[]) => {
  const found = simulate(perezRuixo2021, { weightKg: 70, ageYears: 40 }, doses, [0])
  if (!found.ok) throw new Error(found.reason)
  return exposureOf(found.curves.concentration).peak!.value
}

describe('where the first dose and later ones differ', () => {
  it('of several at one minute the largest is the first, however they are listed', () => {
    expect(peak(spray(14), spray(28))).toBe(peak(spray(28), spray(14)))
    expect(peak(spray(14), spray(28))).toBeCloseTo(peak(spray(28), spray(14, 1e-9)), 6)
    expect(peak(spray(28), spray(14))).toBeGreaterThan(peak(spray(14), spray(28, 1e-9)) + 1)
  })
  it('nothing is no first dose', () => {
    expect(peak(spray(0), spray(28))).toBe(peak(spray(28)))
    expect(peak(spray(0), spray(28, 5))).toBeCloseTo(peak(spray(28)), 9)
  })
})

describe('an infusion', () => {
  it('gives all of its dose however late it begins and however short it is', () => {
    const area = (startMin: number, durationMin: number) => {
      const doses: Dose[] = [{ route: 'iv-infusion', startMin, durationMin, doseMg: 10 }]
      const found = simulate(perezRuixo2021, { weightKg: 70, ageYears: 40 }, doses, [0])
      if (!found.ok) throw new Error(found.reason)
      return exposureOf(found.curves.concentration).totalAreaNgMinPerMl!
    }
    expect(area(9_999_999, 0.001) / area(0, 0.001) - 1).toBeCloseTo(0, 9)
  })
})
