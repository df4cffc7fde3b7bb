import { describe, expect, it } from 'vitest'
import { boundsOutsideValidity } from './bounds.ts'
import { exposureFactors } from './exposure-factors.ts'
import { kamp2020, models, perezRuixo2021, simons2022 } from './models/index.ts'
import { simulatePopulation } from './simulate-population.ts'
import { doubtAbout } from './validity.ts'

const infusion = [{ route: 'iv-infusion', startMin: 0, durationMin: 40, doseMg: 35 }] as const
const TIMES = [40, 120, 360]

/** A person outside each end of a model's weights and ages, and within by everything else. */
const outside = models.flatMap((model) => {
  const { weightKg, ageYears } = model.validFor
  const age = Math.round((ageYears[0] + ageYears[1]) / 2)
  const kg = (weightKg[0] + weightKg[1]) / 2
  return [
    { model, who: { weightKg: weightKg[0] - 1, ageYears: age }, reason: 'weight-below-range' },
    { model, who: { weightKg: weightKg[1] + 30, ageYears: age }, reason: 'weight-above-range' },
    { model, who: { weightKg: kg, ageYears: ageYears[0] - 1 }, reason: 'age-below-range' },
    { model, who: { weightKg: kg, ageYears: ageYears[1] + 1 }, reason: 'age-above-range' },
    { model, who: { weightKg: kg, ageYears: 95 }, reason: 'age-above-range' },
  ]
})

describe('outside its weights or ages every model warns and widens', () => {
  it.each(outside.map((each) => [each.model.id, each.reason, each.who, each.model] as const))(
    '%s, %s',
    (_, reason, who, model) => {
      const found = boundsOutsideValidity(model, who, infusion, TIMES)
      if (!found.ok) throw new Error(found.reason)
      expect(found.within).toBe(false)
      expect(found.warnings).toContainEqual(expect.objectContaining({ reason, widens: true }))
      const width = TIMES.map((_, i) => found.upperNgPerMl[i]! / found.lowerNgPerMl[i]! - 1)
      expect(Math.max(...width)).toBeGreaterThan(0.001)
      const drawn = simulatePopulation(model, who, infusion, TIMES, {
        n: 200,
        seed: 1,
        omega: 'none',
        residual: 'none',
        parameterUncertainty: false,
        percentiles: [0.05, 0.95],
      })
      if (!drawn.ok) throw new Error(drawn.reason)
      const [low, high] = drawn.concentrationNgPerMl
      expect(TIMES.some((_, i) => high![i]! > low![i]! * 1.001)).toBe(true)
    },
  )

  it('and within them none does', () => {
    for (const model of models) {
      const [weightKg, ageYears] = [model.validFor.weightKg[0], model.validFor.ageYears[1]]
      expect(doubtAbout(model, { weightKg, ageYears }), model.id).toEqual({
        size: false,
        clearance: [1, 1],
        swallowedShare: [1, 1],
      })
    }
  })
})

describe('how far', () => {
  const clearance = (model: typeof kamp2020, ageYears: number) =>
    doubtAbout(model, { weightKg: 70, ageYears }).clearance

  it('children: 38.9 (Hornik) to 112 L/h (Flint) against 84', () => {
    const [low, high] = clearance(kamp2020, 10)
    expect(low * 84).toBeCloseTo(38.9, 9)
    expect(high * 84).toBeCloseTo(112, 9)
  })
  it('at 80: 84 instead of 109 L/h, and nothing more', () => {
    const [low, high] = clearance(kamp2020, 80)
    expect(low * 109).toBeCloseTo(84, 9)
    expect(high).toBe(1)
  })
  it('a model of the young in other adults: 69 to 90 against 79 L/h; above 60 the fall beside it', () => {
    const [low, high] = clearance(simons2022, 40)
    expect([low * 79, high * 79]).toEqual([expect.closeTo(69, 9), expect.closeTo(90, 9)])
    expect(clearance(simons2022, 80)[0]).toBeCloseTo((69 / 79) * (84 / 109), 9)
  })
  it('a model with age in it, beyond those measured: as if the fall had stopped there, or gone on twice as steep', () => {
    const [low, high] = clearance(perezRuixo2021, 96)
    // Ten years of (1 − 84/109)/20 of the clearance at 60, against what is left of it at 96.
    const perYear = (1 - 84 / 109) / 20
    expect(high - 1).toBeCloseTo((10 * perYear) / (1 - 36 * perYear), 9)
    expect(1 - low).toBeCloseTo(high - 1, 9)
  })
  it('200 kg in a model without size: as it says, or with clearance ×(200/70)^0.75 and volumes × 200/70', () => {
    const level = boundsOutsideValidity(perezRuixo2021, { weightKg: 200, ageYears: 40 }, infusion, [40])
    if (!level.ok) throw new Error('refused')
    expect(level.upperNgPerMl).toEqual(level.concentrationNgPerMl)
    const same = boundsOutsideValidity(perezRuixo2021, { weightKg: 70, ageYears: 40 }, infusion, [40])
    if (!same.ok) throw new Error('refused')
    expect(level.concentrationNgPerMl).toEqual(same.concentrationNgPerMl)
    // A body 200/70 as large has the course of one of 70 kg with the dose in proportion, slowed by (200/70)^0.25.
    const k = 200 / 70
    const slowed = boundsOutsideValidity(
      perezRuixo2021,
      { weightKg: 70, ageYears: 40 },
      [{ ...infusion[0], durationMin: 40 / k ** 0.25, doseMg: 35 / k }],
      [40 / k ** 0.25],
    )
    if (!slowed.ok) throw new Error('refused')
    expect(level.lowerNgPerMl[0]!).toBeCloseTo(slowed.concentrationNgPerMl[0]!, 6)
  })
  it('30 kg in a model with size: it acts, or it does not', () => {
    const found = boundsOutsideValidity(kamp2020, { weightKg: 30, ageYears: 40 }, infusion, [40])
    const usual = boundsOutsideValidity(kamp2020, { weightKg: 70, ageYears: 40 }, infusion, [40])
    if (!found.ok || !usual.ok) throw new Error('refused')
    expect(found.lowerNgPerMl[0]!).toBeCloseTo(usual.concentrationNgPerMl[0]!, 9)
    expect(found.upperNgPerMl[0]!).toBe(found.concentrationNgPerMl[0]!)
  })
})

describe('exposure factors', () => {
  it('say in their words what is recalled and what is our own use of a figure', () => {
    for (const { id, words, confidence, swallowed, swallowedConfidence } of exposureFactors) {
      const recalled = confidence === 'R' || swallowedConfidence === 'R'
      if (recalled) expect(words, id).toContain('recalled')
      expect(/\bwe take\b/.test(words), id).toBe(confidence === 'D')
      expect(swallowedConfidence !== undefined, id).toBe(swallowed !== undefined)
    }
  })
  it('widen by what was published, per way in', () => {
    const range = (id: string) => exposureFactors.find((factor) => factor.id === id)!
    expect(range('clarithromycin')).toMatchObject({ vein: [1, 1.04], confidence: 'R', swallowed: [1, 2.6] })
    expect(range('ticlopidine')).toMatchObject({ vein: [1, 1.29], confidence: 'D', swallowed: [1, 2.4] })
    expect(range('rifampicin')).toMatchObject({ vein: [0.86, 1], confidence: 'P', swallowed: [0.14, 1] })
    expect(range('diazepam').vein[1] * 36).toBeCloseTo(58, 9)
    expect(range('diazepam').confidence).toBe('D')
  })
})
