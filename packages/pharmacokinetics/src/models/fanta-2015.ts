import { constant } from '../constant.ts'
import { defineModel } from '../model.ts'
import { parameter, RACEMATE_AS_S, varianceOfCv } from './parts.ts'

const SOURCE = '10.1007/s00228-021-03104-1'
const ORIGIN = '10.1007/s00228-015-1826-y'
const read = { source: SOURCE, confidence: 'S' } as const

/** Esketamine in healthy people, venous; Otto 2021 confirmed it and supplies the variability. */
export const fanta2015 = defineModel({
  id: 'fanta-2015-venous',
  title: 'Fanta 2015 / Otto 2021, esketamine',
  analyte: 'S-ketamine',
  sampling: 'venous',
  source: SOURCE,
  population: '11 healthy men (Fanta), 48 healthy people (Otto)',
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
    CL: parameter(constant(95.2, 'L/h', read), 0.75),
    V1: parameter(constant(133, 'L', read), 1),
    Q2: parameter(constant(23.2, 'L/h', read)),
    V2: parameter(constant(187, 'L', read)),
    Q3: parameter(constant(157, 'L/h', read)),
    V3: parameter(constant(98.8, 'L', read)),
    F_po: parameter(constant(0.08, 'share', { source: ORIGIN, confidence: 'P' })),
    ka_po: parameter(
      constant(0.02, '1/min', {
        source: 'derived here',
        confidence: 'D',
        note: 'the published rate was not retrieved',
      }),
    ),
  },
  routes: {
    oral: [{ id: 'po', into: 'central', share: [{ of: 'F_po' }], rate: 'ka_po', swallowed: true }],
  },
  variability: {
    variances: { V1: 0.084177, CL: 0.026048, F_po: varianceOfCv(0.11), ka_po: varianceOfCv(0.65) },
    covariances: [{ between: ['V1', 'CL'], value: 0.02261 }],
    status: 'published in part, the rest surrogate',
    source: SOURCE,
  },
  residual: { form: 'proportional', sd: 0.236, status: 'published', source: SOURCE },
  uncertainty: {},
  effectSites: {},
  validFor: {
    ageYears: [18, 75],
    weightKg: [45, 130],
    doseMgPerKg: [0.1, 0.5],
    source: 'doses of the studies; age and weight not printed, the default’s range is taken',
  },
  cautions: [RACEMATE_AS_S, 'The rate of oral absorption is ours.', 'Venous: no effect site.'],
})
