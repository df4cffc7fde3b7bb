import { constant } from '../constant.ts'
import { defineModel } from '../model.ts'
import { parameter, RACEMATE_ROUTES, SURROGATE_RESIDUAL, surrogateVariability } from './parts.ts'

const SOURCE = '10.1093/bja/53.1.27'
const read = { source: SOURCE, confidence: 'S' } as const

/** The published venous model whose 40-minute level lies nearest to what clinics measure. */
export const clements1981 = defineModel({
  id: 'clements-1981-venous',
  title: 'Clements & Nimmo 1981, 250 µg/kg',
  analyte: 'racemic ketamine',
  sampling: 'venous',
  source: SOURCE,
  population: 'five healthy volunteers, 0.25 mg/kg bolus (number and site recalled, not verified)',
  disposition: {
    kind: 'rate-constants',
    volume: 'V1',
    elimination: 'k10',
    peripherals: [{ out: 'k12', back: 'k21' }],
  },
  parameters: {
    V1: parameter(constant(1.7522, 'L/kg', read), 1),
    k10: parameter(constant(0.0109, '1/min', read)),
    k12: parameter(constant(0.0186, '1/min', read)),
    k21: parameter(constant(0.0137, '1/min', read)),
    ...RACEMATE_ROUTES.parameters,
  },
  routes: RACEMATE_ROUTES.routes,
  variability: surrogateVariability({ V1: 0.35, k10: 0.25, k12: 0.3, k21: 0.3, ...RACEMATE_ROUTES.cvs }),
  residual: SURROGATE_RESIDUAL,
  uncertainty: {},
  effectSites: {},
  validFor: {
    ageYears: [18, 75],
    weightKg: [45, 130],
    doseMgPerKg: [0.1, 2],
    source: 'not printed; the default’s range is taken',
  },
  cautions: [
    'About five people; differences between people are a surrogate.',
    'Venous: no effect site, because the brain sees arterial blood.',
  ],
})
