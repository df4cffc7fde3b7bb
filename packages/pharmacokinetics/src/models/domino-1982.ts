import { constant } from '../constant.ts'
import { defineModel } from '../model.ts'
import {
  ANI_UNDER_ANAESTHESIA,
  logSdOfInterval,
  parameter,
  SURROGATE_RESIDUAL,
  surrogateVariability,
} from './parts.ts'

const SOURCE = 'Domino 1982, PMID 7198883'
const read = { source: SOURCE, confidence: 'S' } as const

/** The set that most infusion simulators carry. */
export const domino1982 = defineModel({
  id: 'domino-1982',
  title: 'Domino 1982',
  analyte: 'racemic ketamine',
  sampling: 'unspecified',
  source: SOURCE,
  population: 'surgical, unmedicated, 2.2 mg/kg bolus (dose recalled)',
  disposition: {
    kind: 'rate-constants',
    volume: 'V1',
    elimination: 'k10',
    peripherals: [
      { out: 'k12', back: 'k21' },
      { out: 'k13', back: 'k31' },
    ],
  },
  parameters: {
    V1: parameter(constant(0.063, 'L/kg', read), 1),
    k10: parameter(constant(0.4381, '1/min', read)),
    k12: parameter(constant(0.5921, '1/min', read)),
    k21: parameter(constant(0.247, '1/min', read)),
    k13: parameter(constant(0.59, '1/min', read)),
    k31: parameter(constant(0.0146, '1/min', read)),
  },
  routes: {},
  variability: surrogateVariability({ V1: 0.35, k10: 0.25, k12: 0.3, k21: 0.3, k13: 0.3, k31: 0.3 }),
  residual: SURROGATE_RESIDUAL,
  uncertainty: {
    ke0: { sd: logSdOfInterval(0.2, 0.28), source: ANI_UNDER_ANAESTHESIA.halfLifeMin.source },
  },
  effectSites: { default: ANI_UNDER_ANAESTHESIA },
  validFor: {
    ageYears: [18, 75],
    weightKg: [45, 130],
    doseMgPerKg: [0.1, 2.2],
    source: 'not printed; the default’s range is taken',
  },
  cautions: [
    'One small surgical set; it falls faster after an infusion than others.',
    'Site of sampling not stated; differences between people are a surrogate.',
  ],
})
