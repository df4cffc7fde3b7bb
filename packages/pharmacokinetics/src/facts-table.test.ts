import { describe, expect, it } from 'vitest'
import type { Confidence, Constant, Unit } from './constant.ts'
import type { Residual } from './model.ts'
import { modelById, models } from './models/index.ts'

/**
 * Every number of every model, typed once more from the project's page of facts on pharmacokinetics (value, unit, how far
 * to trust it), with the section it stands in. Not computed from the models and not rounded: a constant that is changed,
 * moved to another unit or better tagged than the page does not pass. `own` stands for what is not on the page.
 */
type Fact = readonly [value: number, unit: Unit, tag: Confidence]
type Facts = {
  readonly section: string
  readonly parameters: Readonly<Record<string, Fact>>
  /** Coefficients of variation, or variances where the page prints variances. */
  readonly cv?: Readonly<Record<string, number>>
  readonly variance?: Readonly<Record<string, number>>
  readonly residual: readonly [Residual['form'], number, Residual['status']]
}

const RACEMATE: Record<string, Fact> = {
  // 2, absorptionForRacemate
  F_im: [0.93, 'share', 'R'],
  ka_im: [0.12, '1/min', 'D'],
  F_sl: [0.29, 'share', 'P'],
  ka_sl: [0.03, '1/min', 'D'],
  F_po: [0.2, 'share', 'P'],
  ka_po: [0.02, '1/min', 'D'],
  F_in: [0.3, 'share', 'D'],
  ka_in: [0.2, '1/min', 'D'],
}
const RACEMATE_CV = {
  F_im: 0.1,
  ka_im: 0.5,
  F_sl: 0.3,
  ka_sl: 0.5,
  F_po: 0.4,
  ka_po: 0.65,
  F_in: 0.5,
  ka_in: 0.6,
}
const SURROGATE = ['proportional', 0.2, 'surrogate'] as const

const PAGE: Readonly<Record<string, Facts>> = {
  'kamp-2020-arterial': {
    section: '1a row 1; spread and residual 2',
    parameters: {
      CL: [84, 'L/h', 'S'],
      V1: [25, 'L', 'S'],
      Q2: [161, 'L/h', 'S'],
      V2: [56, 'L', 'S'],
      Q3: [79, 'L/h', 'S'],
      V3: [157, 'L', 'S'],
      ...RACEMATE,
    },
    cv: { CL: 0.25, V1: 0.35, Q2: 0.3, V2: 0.3, Q3: 0.3, V3: 0.3, ...RACEMATE_CV },
    residual: SURROGATE,
  },
  'simons-2022-arterial': {
    section: '1b column 2',
    parameters: {
      CL: [1.48, 'L/min', 'S'],
      V1: [11.6, 'L', 'S'],
      Q2: [2.43, 'L/min', 'S'],
      V2: [39.0, 'L', 'S'],
      Q3: [1.21, 'L/min', 'S'],
      V3: [174, 'L', 'S'],
      F1: [0.263, 'share', 'S'],
      D1: [13.1, 'min', 'S'],
      ka1: [0.04, '1/min', 'S'],
    },
    // F1, D1 and ka1 are printed as between occasions.
    variance: { V1: 0.057, CL: 0.029, Q3: 0.026, F1: 0.06, D1: 0.154, ka1: 0.062 },
    residual: ['proportional', 0.11, 'published'],
  },
  'domino-1982': {
    section: '1a row 3',
    parameters: {
      V1: [0.063, 'L/kg', 'S'],
      k10: [0.4381, '1/min', 'S'],
      k12: [0.5921, '1/min', 'S'],
      k21: [0.247, '1/min', 'S'],
      k13: [0.59, '1/min', 'S'],
      k31: [0.0146, '1/min', 'S'],
    },
    cv: { V1: 0.35, k10: 0.25, k12: 0.3, k21: 0.3, k13: 0.3, k31: 0.3 },
    residual: SURROGATE,
  },
  'clements-1981-venous': {
    section: '1a row 4',
    parameters: {
      V1: [1.7522, 'L/kg', 'S'],
      k10: [0.0109, '1/min', 'S'],
      k12: [0.0186, '1/min', 'S'],
      k21: [0.0137, '1/min', 'S'],
      ...RACEMATE,
    },
    cv: { V1: 0.35, k10: 0.25, k12: 0.3, k21: 0.3, ...RACEMATE_CV },
    residual: SURROGATE,
  },
  'fanta-2015-venous': {
    section: '1b column 1; variances to the digit in 2',
    parameters: {
      CL: [95.2, 'L/h', 'S'],
      V1: [133, 'L', 'S'],
      Q2: [23.2, 'L/h', 'S'],
      V2: [187, 'L', 'S'],
      Q3: [157, 'L/h', 'S'],
      V3: [98.8, 'L', 'S'],
      F_po: [0.08, 'share', 'P'],
      // own: "ka not retrieved".
      ka_po: [0.02, '1/min', 'D'],
    },
    cv: { F_po: 0.11, ka_po: 0.65 },
    variance: { V1: 0.084177, CL: 0.026048 },
    residual: ['proportional', 0.236, 'published'],
  },
  'perez-ruixo-2021-venous': {
    section: '1b column 3',
    parameters: {
      Vc: [192, 'L', 'S'],
      Q1: [84.3, 'L/h', 'S'],
      Vp1: [143, 'L', 'S'],
      Q2: [37.6, 'L/h', 'S'],
      Vp2: [417, 'L', 'S'],
      Qh: [151, 'L/h', 'S'],
      Vh: [101, 'L', 'S'],
      kel: [1.11, '1/h', 'S'],
      kmet: [2.77, '1/h', 'S'],
      FRn: [0.54, 'share', 'S'],
      laterSpray: [0.62, 'share', 'S'],
      ka_n: [2.93, '1/h', 'S'],
      Dsw: [0.53, 'h', 'S'],
      ka_sw: [1.45, '1/h', 'S'],
      Dpo: [0.32, 'h', 'S'],
      ka_po: [0.97, '1/h', 'S'],
      Fgut: [0.64, 'share', 'S'],
    },
    // ka_sw and kmet have none in print; the 132 % is of ka_po.
    cv: { Vc: 0.275, Vp1: 0.493, Qh: 0.232, Vh: 0.346, kel: 1.2, ka_n: 0.615, ka_po: 1.32 },
    variance: { FRn: 0.708 * 0.708 },
    residual: ['log-normal', 0.276, 'published'],
  },
  'ashraf-2018-venous': {
    section: '1b column 4',
    parameters: {
      V1: [14.4, 'L', 'S'],
      Q1: [287, 'L/h', 'S'],
      Vp1: [102, 'L', 'S'],
      Q2: [22.4, 'L/h', 'S'],
      Vp2: [180, 'L', 'S'],
      Qh: [3.75, 'L/h/kg^0.75', 'S'],
      CLintH: [301, 'L/h', 'S'],
      // fu .70 ÷ B:P .5
      fub: [1.4, '1', 'C'],
      CLintGut: [1.19, 'L/h', 'S'],
      CLperm: [4.1, 'L/h', 'S'],
      // own: recalled
      villous: [0.192, 'share', 'R'],
      ka: [1.76, '1/h', 'S'],
    },
    variance: { CLintH: 0.25, CLintGut: 2.1, ka: 0.42, Vp1: 0.045 },
    // √.086
    residual: ['proportional', 0.2933, 'published'],
  },
  'hijazi-2003': {
    section: '1a row 5',
    parameters: {
      V1: [1.08, 'L/kg', 'S'],
      k10: [0.0333, '1/min', 'S'],
      k12: [0.0088, '1/min', 'S'],
      k21: [0.003, '1/min', 'S'],
    },
    // Clearance 36.0 ± 13.3.
    cv: { k10: 13.3 / 36.0, V1: 0.35, k12: 0.3, k21: 0.3 },
    residual: SURROGATE,
  },
}

const said = ({ value, unit, confidence }: Constant): Fact => [value, unit, confidence]

describe('every number of every model is that of the page of facts', () => {
  it('no model is missing', () => {
    expect(models.map(({ id }) => id).sort()).toEqual(Object.keys(PAGE).sort())
  })

  for (const [id, { section, parameters, cv = {}, variance = {}, residual }] of Object.entries(PAGE)) {
    it(`${id} (${section})`, () => {
      const model = modelById(id)!
      const own = Object.entries(model.parameters).map(([name, constant]) => [name, said(constant)])
      expect(Object.fromEntries(own)).toEqual(parameters)
      const { variances } = model.variability
      expect(Object.keys(variances).sort()).toEqual([...Object.keys(cv), ...Object.keys(variance)].sort())
      for (const [name, wanted] of Object.entries(cv)) {
        expect(variances[name], `${name}, CV ${wanted}`).toBeCloseTo(Math.log(1 + wanted ** 2), 12)
      }
      for (const [name, wanted] of Object.entries(variance)) {
        expect(variances[name], name).toBeCloseTo(wanted, 12)
      }
      const { form, sd, status } = model.residual
      expect([form, sd, status]).toEqual(residual)
    })
  }

  it('effect sites (2, 4b), the delay of the arm (2), the fall of liver flow (1b) and the covariance of Fanta (2)', () => {
    const { effectSites, armDelay } = modelById('kamp-2020-arterial')!
    expect(said(effectSites.default!.halfLifeMin)).toEqual([8.3, 'min', 'P'])
    expect(effectSites.default!.halfLifeMin.interval95).toEqual([5.1, 13.0])
    // ke0 0.238 (0.20 to 0.28) per minute.
    const fast = effectSites.fast!.halfLifeMin
    expect([fast.unit, fast.confidence]).toEqual(['min', 'P'])
    for (const [found, ke0] of [
      [fast.value, 0.238],
      [fast.interval95![0], 0.28],
      [fast.interval95![1], 0.2],
    ] as const) {
      expect(found).toBeCloseTo(Math.LN2 / ke0, 4)
    }
    expect(said(armDelay!.halfLifeMin)).toEqual([13.3, 'min', 'D'])
    expect(armDelay!.rangeMin).toEqual([8.3, 19.1])
    expect(modelById('domino-1982')!.effectSites.default).toBe(effectSites.fast)
    expect(said(modelById('perez-ruixo-2021-venous')!.liverFlowByAge!.perYearOver60)).toEqual([
      2.19,
      'L/h',
      'S',
    ])
    expect(modelById('fanta-2015-venous')!.variability.covariances).toEqual([
      { between: ['V1', 'CL'], value: 0.02261 },
    ])
  })
})
