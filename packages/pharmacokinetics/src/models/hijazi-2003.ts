import { constant } from '../constant.ts'
import { defineModel } from '../model.ts'
import { parameter, SURROGATE_RESIDUAL, varianceOfCv } from './parts.ts'

const SOURCE = '10.1093/bja/aeg028'
const read = { source: SOURCE, confidence: 'S', note: 'clearance and half-life read in the paper' } as const

/** Intensive care: here to show how far disease can move a curve. */
export const hijazi2003 = defineModel({
  id: 'hijazi-2003',
  title: 'Hijazi 2003, intensive care',
  analyte: 'racemic ketamine',
  sampling: 'unspecified',
  source: SOURCE,
  population: '12 people in intensive care with brain or spinal injury, long infusion',
  disposition: {
    kind: 'rate-constants',
    volume: 'V1',
    elimination: 'k10',
    peripherals: [{ out: 'k12', back: 'k21' }],
  },
  parameters: {
    V1: parameter(constant(1.08, 'L/kg', read), 1),
    k10: parameter(constant(0.0333, '1/min', read)),
    k12: parameter(constant(0.0088, '1/min', read)),
    k21: parameter(constant(0.003, '1/min', read)),
  },
  routes: {},
  variability: {
    // Clearance 36.0 ± 13.3 mL/min/kg; the paper's spread of volume is of Vβ, so V1 takes the surrogate.
    variances: {
      k10: varianceOfCv(13.3 / 36),
      V1: varianceOfCv(0.35),
      k12: varianceOfCv(0.3),
      k21: varianceOfCv(0.3),
    },
    status: 'published in part, the rest surrogate',
    source: SOURCE,
  },
  residual: SURROGATE_RESIDUAL,
  uncertainty: {},
  effectSites: {},
  validFor: {
    ageYears: [18, 75],
    weightKg: [45, 130],
    doseMgPerKg: [0.1, 2],
    source: 'not printed; the default’s range is taken',
  },
  cautions: ['Intensive care: not for a person who walks into a clinic.', 'Site of sampling not stated.'],
})
