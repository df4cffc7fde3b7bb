import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BodyFacts, WeightBasis } from './basis-weight.ts'
import {
  CONCENTRATIONS_MG_PER_ML,
  type ConcentrationMgPerMl,
  type DoseAnswer,
  type DoseProblem,
  doseArithmetic,
} from './dose-arithmetic.ts'
import type { InfusionFigures } from './infusion-arithmetic.ts'
import type { OrderCeilings } from './order-ceilings.ts'

/** An infusion of one step, flat. */
type DoseQuestion = BodyFacts & {
  readonly mgPerKg: number
  readonly weightBasis: WeightBasis
  readonly concentrationMgPerMl: ConcentrationMgPerMl
  readonly totalVolumeMl: number
  readonly durationMin: number
}

const ceilings = {
  by: 'mg-per-kg',
  soft: 1,
  hard: 1.5,
  rateMgPerKgPerMin: 0.025,
  bolus: undefined,
} as const satisfies OrderCeilings
const question: DoseQuestion = {
  mgPerKg: 0.8,
  weightBasis: 'actual',
  actualWeightKg: 70,
  heightCm: 177.8,
  sex: 'male',
  concentrationMgPerMl: 50,
  totalVolumeMl: 50,
  durationMin: 40,
}
const workOut = (q: DoseQuestion) =>
  doseArithmetic({
    route: 'intravenous',
    body: q,
    ceilings,
    choice: {
      kind: 'infusion',
      steps: [{ title: 'Infusion', mgPerKg: q.mgPerKg, durationMin: q.durationMin }],
      weightBasis: q.weightBasis,
      concentrationMgPerMl: q.concentrationMgPerMl,
      totalVolumeMl: q.totalVolumeMl,
    },
  }) as DoseAnswer<InfusionFigures>
const ask = (part: Partial<DoseQuestion>) => workOut({ ...question, ...part })
const figuresOf = (answer: DoseAnswer<InfusionFigures>) => {
  if (!answer.ok) throw new Error(answer.problems.join())
  return { ...answer.figures, rateMlPerH: answer.figures.steps[0]!.rateMlPerH }
}
const problemsOf = (part: Partial<DoseQuestion>): readonly DoseProblem[] => {
  const answer = ask(part)
  return answer.ok ? [] : answer.problems
}

describe('from mg/kg to the pump', () => {
  // weight mg/kg mg/mL total min  -> wanted mg, mL drawn, mg in the syringe, mL/h; worked by hand
  it.each([
    [70, 0.8, 10, 50, 40, 56, 5.6, 56, 75],
    [70, 0.8, 50, 50, 40, 56, 1.1, 55, 75],
    [70, 0.8, 100, 50, 40, 56, 0.56, 56, 75],
    [82.4, 0.8, 10, 20, 40, 65.92, 6.6, 66, 30],
    [55, 0.5, 50, 30, 45, 27.5, 0.55, 27.5, 40],
    [120, 0.8, 100, 100, 40, 96, 0.96, 96, 150],
  ])(
    '%d kg × %d mg/kg from %d mg/mL in %d mL over %d min',
    (actualWeightKg, mgPerKg, concentration, totalVolumeMl, durationMin, wanted, mL, mg, rate) => {
      const figures = figuresOf(
        ask({
          actualWeightKg,
          mgPerKg,
          concentrationMgPerMl: concentration as 10 | 50 | 100,
          totalVolumeMl,
          durationMin,
        }),
      )
      expect(figures.wantedMg).toBeCloseTo(wanted, 6)
      expect([figures.volumeMl, figures.doseMg, figures.rateMlPerH]).toEqual([mL, mg, rate])
      expect(figures.diluentMl).toBeCloseTo(totalVolumeMl - mL, 9)
    },
  )

  it('says of the syringe how far the syringe is rounded, not the pump', () => {
    // 42.9 mL in 61 min are 42.197 mL/h, pumped as 42.2: 0.01 % off, while the syringe holds exactly what is wanted.
    const figures = figuresOf(
      ask({ actualWeightKg: 70, concentrationMgPerMl: 10, totalVolumeMl: 42.9, durationMin: 61 }),
    )
    expect(figures.doseMg).toBe(56)
    expect(figures.roundingErrorPercent).toBeCloseTo(0, 9)
    expect(figuresOf(ask({})).roundingErrorPercent).toBeCloseTo((55 / 56 - 1) * 100, 9)
  })

  it('writes every step down, backwards too', () => {
    const answer = ask({})
    expect(answer.lines.map((l) => [l.label, l.result])).toEqual([
      ['Actual weight', '70 kg'],
      ['Dose', '56 mg'],
      ['Drawn from the vial', '1.1 mL'],
      ['In the syringe', '55 mg'],
      ['Diluted', '1.1 mg/mL'],
      ['Pump rate', '75 mL/h'],
      ['Checked backwards', '55 mg'],
      ['Speed', '0.02 mg/kg per min'],
      ['Per kg of the actual body', '0.786 mg/kg'],
    ])
    expect(answer.lines.find((l) => l.label === 'In the syringe')?.working).toContain('rounding −1.8 %')
  })
})

describe('the weight a dose is counted from', () => {
  // Devine: 70 inches = 177.8 cm. Men 50 + 23 = 73 kg, women 45.5 + 23 = 68.5 kg.
  it.each([
    ['actual', 'male', 110, 110],
    ['ideal', 'male', 110, 73],
    ['ideal', 'female', 110, 68.5],
    ['adjusted', 'male', 110, 87.8],
    ['adjusted', 'female', 110, 85.1],
    ['adjusted', 'male', 60, 67.8],
  ] as const)('%s of a %s of 177.8 cm and %d kg is %d kg', (weightBasis, sex, actualWeightKg, kg) => {
    expect(figuresOf(ask({ weightBasis, sex, actualWeightKg })).basisWeightKg).toBe(kg)
  })

  it.each([
    ['unknown height', { heightCm: undefined }, 'height-unknown'],
    ['unknown sex', { sex: undefined }, 'sex-unknown'],
    ['a sex the formula does not know', { sex: 'other' }, 'sex-unknown'],
    ['just under 60 inches', { heightCm: 152.39 }, 'under-60-inches'],
  ] as const)('is the actual one alone with %s', (_why, part, problem) => {
    for (const weightBasis of ['ideal', 'adjusted'] as const)
      expect(problemsOf({ ...part, weightBasis })).toEqual([problem])
    expect(ask({ ...part, weightBasis: 'actual' }).ok).toBe(true)
  })

  it('is said to be higher than the actual one where it is', () => {
    const lines = (actualWeightKg: number) =>
      ask({ weightBasis: 'adjusted', actualWeightKg, durationMin: 60 }).lines.map((l) => l.result)
    expect(lines(60)).toEqual(
      expect.arrayContaining([
        '73 kg, higher than the actual weight',
        '67.8 kg, higher than the actual weight',
      ]),
    )
    expect(lines(110).join()).not.toContain('higher')
  })

  it('is defined from exactly 60 inches', () => {
    expect(figuresOf(ask({ weightBasis: 'ideal', heightCm: 152.4 })).basisWeightKg).toBe(50)
  })
})

describe('what is refused', () => {
  it.each([
    ['a weight of nobody', { actualWeightKg: 7 }, ['implausible-weight']],
    ['a slipped decimal point', { mgPerKg: 8 }, ['implausible-dose']],
    ['no number', { mgPerKg: Number.NaN }, ['implausible-dose']],
    ['a minute', { durationMin: 1 }, ['implausible-duration']],
    ['a height of nobody', { heightCm: 17 }, ['implausible-height']],
    [
      'less in the pump than in the syringe',
      { concentrationMgPerMl: 10, totalVolumeMl: 5 },
      ['volume-too-small'],
    ],
    [
      '100 mg/mL diluted less than one to one',
      { concentrationMgPerMl: 100, totalVolumeMl: 1.11 },
      ['must-be-diluted'],
    ],
    ['0.8 mg/kg in 30 minutes', { durationMin: 30 }, ['rate-ceiling']],
    ['a bag nobody hangs', { totalVolumeMl: 9999 }, ['volume-too-large']],
    ['a drop above the largest bag', { totalVolumeMl: 250.1 }, ['volume-too-large']],
    [
      'faster than a pump runs',
      { mgPerKg: 0.1, durationMin: 15, totalVolumeMl: 249.9, concentrationMgPerMl: 10 },
      ['pump-rate-too-high'],
    ],
    ['a volume the pump cannot time', { concentrationMgPerMl: 100, totalVolumeMl: 1.17 }, ['pump-mismatch']],
  ] as const)('%s', (_what, part, problems) => {
    expect(problemsOf(part as Partial<DoseQuestion>)).toEqual(problems)
  })

  it('takes the largest bag, and the fastest rate of a pump', () => {
    expect(problemsOf({ totalVolumeMl: 250 })).toEqual([])
    // 249.75 mL in 15 min are 999 mL/h; a twentieth of a mL less or more is 0.2 mL/h.
    const fast = { mgPerKg: 0.1, durationMin: 15, concentrationMgPerMl: 10 } as const
    expect(figuresOf(ask({ ...fast, totalVolumeMl: 249.75 })).rateMlPerH).toBe(999)
    expect(problemsOf({ ...fast, totalVolumeMl: 249.8 })).toEqual(['pump-rate-too-high'])
  })

  it('takes 100 mg/mL diluted exactly one to one', () => {
    // 1.5 mg/kg × 70 kg = 105 mg = 1.05 mL, down to 1 mL at the ceiling (100 mg): 2 mL at the least.
    const part = { concentrationMgPerMl: 100, mgPerKg: 1.5, durationMin: 60 } as const
    expect(problemsOf({ ...part, totalVolumeMl: 2 })).toEqual([])
    expect(problemsOf({ ...part, totalVolumeMl: 1.9 })).toEqual(['must-be-diluted'])
  })
})

describe('ceilings, at their edges', () => {
  it.each([
    [0.8, 40, []],
    [1.0, 40, []],
    [1.01, 60, ['reason']],
    [1.5, 60, ['reason']],
    [1.51, 61, ['reason', 'second-prescriber']],
  ])('%d mg/kg over %d min needs %j', (mgPerKg, durationMin, needs) => {
    const answer = ask({ mgPerKg, durationMin, concentrationMgPerMl: 10 })
    expect(answer.ok && answer.needs).toEqual(needs)
  })

  // weight, mg/kg, mg/mL, min -> mL in the syringe; the nearest mark would be one step higher each time
  it.each([
    ['hard', 42, 1.5, 50, 60, 1.2, ['reason']],
    ['soft', 55.7, 1, 10, 60, 5.5, []],
    ['rate', 55.7, 1, 10, 40, 5.5, []],
  ] as const)(
    'rounding never carries the syringe over the %s one',
    (_, actualWeightKg, mgPerKg, concentrationMgPerMl, durationMin, volumeMl, needs) => {
      const answer = ask({ actualWeightKg, mgPerKg, concentrationMgPerMl, durationMin })
      expect(figuresOf(answer).volumeMl).toBe(volumeMl)
      expect(answer.ok && answer.needs).toEqual(needs)
      expect(figuresOf(answer).mgPerActualKg).toBeLessThanOrEqual(mgPerKg)
      expect(answer.lines.find((l) => l.label === 'Drawn from the vial')?.working).toContain('down to')
    },
  )

  it('look at the actual body when the ideal one is heavier', () => {
    // 190 cm, 50 kg: ideal 83.6 kg, so 0.8 mg/kg ideal is 1.34 mg for each actual kg.
    const answer = ask({
      weightBasis: 'ideal',
      actualWeightKg: 50,
      heightCm: 190,
      durationMin: 60,
      concentrationMgPerMl: 10,
    })
    expect(answer.ok && answer.needs).toEqual(['reason'])
    expect(problemsOf({ weightBasis: 'ideal', actualWeightKg: 50, heightCm: 190 })).toEqual(['rate-ceiling'])
  })
})

describe('properties', () => {
  const questions = fc.record({
    mgPerKg: fc.double({ min: 0.1, max: 1.5, noNaN: true }),
    weightBasis: fc.constantFrom('actual', 'ideal', 'adjusted'),
    actualWeightKg: fc.double({ min: 40, max: 250, noNaN: true }),
    heightCm: fc.option(fc.double({ min: 100, max: 230, noNaN: true }), { nil: undefined }),
    sex: fc.option(fc.constantFrom('female', 'male', 'other', 'unknown'), { nil: undefined }),
    concentrationMgPerMl: fc.constantFrom(...CONCENTRATIONS_MG_PER_ML),
    totalVolumeMl: fc.double({ min: 1, max: 500, noNaN: true }),
    durationMin: fc.integer({ min: 5, max: 240 }),
  }) as fc.Arbitrary<DoseQuestion>

  it('an answered order is consistent whichever way it is counted', () => {
    fc.assert(
      fc.property(questions, (q) => {
        const answer = workOut(q)
        if (!answer.ok) return
        const f = figuresOf(answer)
        expect(f.doseMg).toBeCloseTo(f.volumeMl * q.concentrationMgPerMl, 6)
        expect(Math.abs(f.doseMg / f.wantedMg - 1)).toBeLessThanOrEqual(0.05 + 1e-9)
        const pumpedMg = (f.rateMlPerH / 60) * q.durationMin * (f.doseMg / f.totalVolumeMl)
        expect(Math.abs(pumpedMg / f.doseMg - 1)).toBeLessThanOrEqual(0.01 + 1e-9)
        expect(f.totalVolumeMl).toBeGreaterThanOrEqual(f.volumeMl)
        expect(f.totalVolumeMl).toBeLessThanOrEqual(250)
        expect(f.rateMlPerH).toBeLessThanOrEqual(999)
        if (q.concentrationMgPerMl === 100)
          expect(f.totalVolumeMl + 1e-6).toBeGreaterThanOrEqual(2 * f.volumeMl)
        expect(f.mgPerKgPerMin).toBeLessThanOrEqual(ceilings.rateMgPerKgPerMin + 1e-9)
        if (!answer.needs.includes('second-prescriber'))
          expect(f.mgPerActualKg).toBeLessThanOrEqual(ceilings.hard + 1e-9)
        if (!answer.needs.includes('reason'))
          expect(f.mgPerActualKg).toBeLessThanOrEqual(ceilings.soft + 1e-9)
      }),
      { numRuns: 2000 },
    )
  })

  it('never chooses a weight by itself', () => {
    fc.assert(
      fc.property(questions, (q) => {
        const answer = workOut(q)
        if (q.weightBasis === 'actual') {
          if (answer.ok) expect(answer.figures.basisWeightKg).toBe(q.actualWeightKg)
        } else if (q.heightCm === undefined || (q.sex !== 'male' && q.sex !== 'female'))
          expect(answer.ok).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  it('needs a second prescriber only where it needs a reason', () => {
    fc.assert(
      fc.property(questions, (q) => {
        const answer = workOut({ ...q, mgPerKg: q.mgPerKg * 2, durationMin: 240 })
        if (answer.ok && answer.needs.includes('second-prescriber')) expect(answer.needs).toContain('reason')
      }),
    )
  })

  it('more mg/kg never means fewer mg', () => {
    fc.assert(
      fc.property(questions, fc.double({ min: 1, max: 2, noNaN: true }), (q, factor) => {
        const less = workOut(q)
        const more = workOut({ ...q, mgPerKg: q.mgPerKg * factor })
        if (less.ok && more.ok) expect(more.figures.doseMg).toBeGreaterThanOrEqual(less.figures.doseMg - 1e-9)
      }),
    )
  })
})
