import { constant } from '../constant.ts'
import { defineModel } from '../model.ts'
import {
  ANI_UNDER_ANAESTHESIA,
  logSdOfInterval,
  OLOFSEN_2022,
  OLOFSEN_LOG_SD,
  parameter,
  RACEMATE_ROUTES,
  SURROGATE_CV,
  SURROGATE_RESIDUAL,
  surrogateVariability,
} from './parts.ts'

const SOURCE = '10.1097/ALN.0000000000003577'
const read = {
  source: SOURCE,
  confidence: 'S',
  note: 'three code bases agree; weight powers: see cautions',
} as const

/** The default: the largest pooled adult base, arterial, so the right driver for an effect site. */
export const kamp2020 = defineModel({
  id: 'kamp-2020-arterial',
  title: 'Kamp 2020, pooled arterial model',
  analyte: 'ketamine (racemate or S)',
  sampling: 'arterial',
  source: SOURCE,
  population: 'mostly healthy adults, 14 data sets pooled, racemate and S-ketamine',
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
    CL: parameter(constant(84, 'L/h', read), 0.75),
    V1: parameter(constant(25, 'L', read), 1),
    Q2: parameter(constant(161, 'L/h', read), 0.75),
    V2: parameter(constant(56, 'L', read), 1),
    Q3: parameter(constant(79, 'L/h', read), 0.75),
    V3: parameter(constant(157, 'L', read), 1),
    ...RACEMATE_ROUTES.parameters,
  },
  routes: RACEMATE_ROUTES.routes,
  variability: surrogateVariability({ ...SURROGATE_CV, ...RACEMATE_ROUTES.cvs }),
  residual: SURROGATE_RESIDUAL,
  uncertainty: {
    CL: {
      sd: logSdOfInterval(69, 90),
      source: `meta-analysis of 18 studies in ${SOURCE}: 79 L/h (69 to 90)`,
    },
    ke0: { sd: OLOFSEN_LOG_SD, source: OLOFSEN_2022.halfLifeMin.source },
  },
  effectSites: { default: OLOFSEN_2022, fast: ANI_UNDER_ANAESTHESIA },
  armDelay: {
    halfLifeMin: constant(13.3, 'min', {
      source:
        'derived here: solved so that the estimated venous level after 0.5 mg/kg over 40 min is 185 ng/mL',
      confidence: 'D',
      interval95: [8.3, 19.1],
      note: 'range, not an interval: 215 and 156 ng/mL instead of 185',
    }),
    rangeMin: [8.3, 19.1],
  },
  validFor: {
    ageYears: [18, 75],
    weightKg: [45, 130],
    doseMgPerKg: [0.1, 2],
    source: 'chosen here from the pooled studies',
  },
  cautions: [
    'Differences between people are a surrogate; the model’s own were not available.',
    'Arterial: a laboratory draw from a vein is lower early on.',
    'One other implementation scales clearance with weight to the power 1 instead of 0.75.',
    'The early volumes are less certain than the clearance: peaks of a 40-minute infusion differ twofold between models.',
  ],
})
