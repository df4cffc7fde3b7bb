import { constant } from '../constant.ts'
import { defineModel } from '../model.ts'
import { OLOFSEN_2022, OLOFSEN_LOG_SD, parameter, RACEMATE_AS_S } from './parts.ts'

const SOURCE = '10.3389/fpain.2022.946486'
const read = { source: SOURCE, confidence: 'S' } as const
const scaled = { ...read, note: 'published at 70 kg; the power of weight is taken, not printed' } as const

/** Esketamine film under the tongue or in the cheek, and an infusion, in young healthy people; arterial. */
export const simons2022 = defineModel({
  id: 'simons-2022-arterial',
  title: 'Simons 2022, esketamine film',
  analyte: 'S-ketamine',
  sampling: 'arterial',
  source: SOURCE,
  population: '20 healthy people of 19 to 32 years, 53 to 93 kg',
  disposition: {
    kind: 'clearances',
    volume: 'V1',
    clearance: 'CL',
    peripherals: [
      { flow: 'Q2', volume: 'V2' },
      { flow: 'Q3', volume: 'V3' },
    ],
  },
  parameters: {
    CL: parameter(constant(1.48, 'L/min', scaled), 0.75),
    V1: parameter(constant(11.6, 'L', scaled), 1),
    Q2: parameter(constant(2.43, 'L/min', scaled), 0.75),
    V2: parameter(constant(39.0, 'L', scaled), 1),
    Q3: parameter(constant(1.21, 'L/min', scaled), 0.75),
    V3: parameter(constant(174, 'L', scaled), 1),
    F1: parameter(constant(0.263, 'share', read)),
    D1: parameter(constant(13.1, 'min', read)),
    ka1: parameter(constant(0.04, '1/min', read)),
  },
  routes: {
    // What is swallowed goes into metabolism alone in this model and never appears as ketamine.
    sublingual: [
      {
        id: 'film',
        into: 'central',
        share: [{ of: 'F1' }],
        rate: 'ka1',
        releasedOver: 'D1',
        swallowed: false,
      },
    ],
  },
  variability: {
    variances: { V1: 0.057, CL: 0.029, Q3: 0.026, F1: 0.06, D1: 0.154, ka1: 0.062 },
    status: 'published',
    source: `${SOURCE}; of F1, D1 and ka1 that between occasions, taken here as between people`,
  },
  residual: { form: 'proportional', sd: 0.11, status: 'published', source: `${SOURCE}: about 11 %` },
  uncertainty: { ke0: { sd: OLOFSEN_LOG_SD, source: OLOFSEN_2022.halfLifeMin.source } },
  effectSites: { default: OLOFSEN_2022 },
  validFor: {
    ageYears: [19, 32],
    weightKg: [53, 93],
    doseMgPerKg: [0.2, 1.6],
    source: `${SOURCE}; doses of 20 mg IV and films of 50 and 100 mg`,
  },
  cautions: [
    'Young and healthy people only.',
    RACEMATE_AS_S,
    'How the film’s share, release and rate differ was published between occasions of one person; it is taken as between people.',
    'Published peaks rise less than the dose of the film does; this model is linear.',
  ],
})
