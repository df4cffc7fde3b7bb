import { constant } from '../constant.ts'
import { defineModel } from '../model.ts'
import { parameter, RACEMATE_AS_S } from './parts.ts'

const SOURCE = '10.1002/psp4.12346'
const read = { source: SOURCE, confidence: 'S' } as const

/** Esketamine swallowed or into a vein, with gut wall and liver: shows why inhibitors matter for what is swallowed. */
export const ashraf2018 = defineModel({
  id: 'ashraf-2018-venous',
  title: 'Ashraf 2018, esketamine with gut wall and liver',
  analyte: 'S-ketamine',
  sampling: 'venous',
  source: SOURCE,
  population: '41 healthy people of 50 to 88 kg (site of sampling recalled)',
  disposition: {
    kind: 'well-stirred-liver',
    volume: 'V1',
    peripherals: [
      { flow: 'Q1', volume: 'Vp1' },
      { flow: 'Q2', volume: 'Vp2' },
    ],
    liverFlow: 'Qh',
    liverIntrinsic: 'CLintH',
    unboundInBlood: 'fub',
    gutIntrinsic: 'CLintGut',
    gutPermeability: 'CLperm',
    villousShareOfFlow: 'villous',
  },
  parameters: {
    V1: parameter(constant(14.4, 'L', read)),
    Q1: parameter(constant(287, 'L/h', read)),
    Vp1: parameter(constant(102, 'L', read)),
    Q2: parameter(constant(22.4, 'L/h', read)),
    Vp2: parameter(constant(180, 'L', read)),
    Qh: parameter(constant(3.75, 'L/h/kg^0.75', read), 0.75),
    CLintH: parameter(constant(301, 'L/h', read)),
    fub: parameter(
      constant(1.4, '1', { source: SOURCE, confidence: 'C', note: 'unbound 0.70 ÷ blood:plasma 0.50' }),
    ),
    CLintGut: parameter(constant(1.19, 'L/h', read)),
    CLperm: parameter(constant(4.1, 'L/h', read)),
    villous: parameter(
      constant(0.192, 'share', {
        source: 'recalled',
        confidence: 'R',
        note: 'of liver flow: gut 0.40 × its mucosa 0.80 × villi 0.60; recalled as usual, not read in this paper',
      }),
    ),
    ka: parameter(constant(1.76, '1/h', read)),
  },
  routes: {
    oral: [{ id: 'po', into: 'central', share: [{ passes: 'gut-and-liver' }], rate: 'ka', swallowed: true }],
  },
  variability: {
    variances: { CLintH: 0.25, CLintGut: 2.1, ka: 0.42, Vp1: 0.045 },
    status: 'published',
    source: SOURCE,
  },
  residual: { form: 'proportional', sd: 0.2933, status: 'published', source: `${SOURCE}: variance 0.086` },
  uncertainty: {},
  effectSites: {},
  validFor: {
    ageYears: [18, 75],
    weightKg: [50, 88],
    doseMgPerKg: [0.1, 0.5],
    source: 'weights of the studies; age not printed, the default’s range is taken',
  },
  cautions: [
    RACEMATE_AS_S,
    'The share of liver flow that reaches the villi is recalled, not read in the paper; it acts on what is swallowed alone.',
    'Venous: no effect site.',
  ],
})
