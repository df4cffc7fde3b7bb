import { constant } from '../constant.ts'
import { defineModel } from '../model.ts'
import { parameter, RACEMATE_AS_S, varianceOfCv } from './parts.ts'

const SOURCE = '10.1007/s40262-020-00953-4'
const read = { source: SOURCE, confidence: 'S' } as const

/** Esketamine nasal spray, also infusion and drink, in 820 people with and without depression. Parent drug alone. */
export const perezRuixo2021 = defineModel({
  id: 'perez-ruixo-2021-venous',
  title: 'Perez-Ruixo 2021, esketamine nasal spray',
  analyte: 'S-ketamine',
  sampling: 'venous',
  source: SOURCE,
  population: '256 healthy people and 564 with treatment-resistant depression, 18 to 86 years, 39 to 170 kg',
  disposition: {
    kind: 'liver-compartment',
    volume: 'Vc',
    peripherals: [
      { flow: 'Q1', volume: 'Vp1' },
      { flow: 'Q2', volume: 'Vp2' },
    ],
    liver: { flow: 'Qh', volume: 'Vh', losses: ['kel', 'kmet'] },
  },
  parameters: {
    Vc: parameter(constant(192, 'L', read)),
    Q1: parameter(constant(84.3, 'L/h', read)),
    Vp1: parameter(constant(143, 'L', read)),
    Q2: parameter(constant(37.6, 'L/h', read)),
    Vp2: parameter(constant(417, 'L', read)),
    Qh: parameter(constant(151, 'L/h', read)),
    Vh: parameter(constant(101, 'L', read)),
    kel: parameter(constant(1.11, '1/h', { ...read, note: '× 0.36 in Asian people, not applied' })),
    kmet: parameter(constant(2.77, '1/h', read)),
    FRn: parameter(
      constant(0.54, 'share', { ...read, note: '× 1.34 in Japanese people, not applied' }),
      0,
      'logit-normal',
    ),
    laterSpray: parameter(constant(0.62, 'share', { ...read, note: 'second and later pairs of sprays' })),
    ka_n: parameter(constant(2.93, '1/h', read)),
    Dsw: parameter(constant(0.53, 'h', read)),
    ka_sw: parameter(constant(1.45, '1/h', read)),
    Dpo: parameter(constant(0.32, 'h', read)),
    ka_po: parameter(constant(0.97, '1/h', read)),
    Fgut: parameter(constant(0.64, 'share', read)),
  },
  routes: {
    intranasal: [
      {
        id: 'nose',
        into: 'central',
        share: [{ of: 'FRn', laterDoses: 'laterSpray' }],
        rate: 'ka_n',
        swallowed: false,
      },
      {
        id: 'nose-swallowed',
        into: 'liver',
        share: [{ rest: 'FRn', laterDoses: 'laterSpray' }, { of: 'Fgut' }],
        releasedOver: 'Dsw',
        rate: 'ka_sw',
        swallowed: true,
      },
    ],
    oral: [
      {
        id: 'drink',
        into: 'liver',
        share: [{ of: 'Fgut' }],
        releasedOver: 'Dpo',
        rate: 'ka_po',
        swallowed: true,
      },
    ],
  },
  variability: {
    variances: {
      Vc: varianceOfCv(0.275),
      Vp1: varianceOfCv(0.493),
      Qh: varianceOfCv(0.232),
      Vh: varianceOfCv(0.346),
      kel: varianceOfCv(1.2),
      ka_n: varianceOfCv(0.615),
      ka_po: varianceOfCv(1.32),
      FRn: 0.708 * 0.708,
    },
    status: 'published',
    source: SOURCE,
  },
  residual: { form: 'log-normal', sd: 0.276, status: 'published', source: SOURCE },
  uncertainty: {},
  effectSites: {},
  liverFlowByAge: {
    parameter: 'Qh',
    perYearOver60: constant(2.19, 'L/h', { ...read, note: 'fall for each year above 60' }),
  },
  validFor: {
    ageYears: [18, 86],
    weightKg: [39, 170],
    doseMgPerKg: [0.1, 1.6],
    source: `${SOURCE}; nasal doses of 14 to 112 mg`,
  },
  cautions: [
    'The spread of kmet, and of how fast what is swallowed from the nose is absorbed, is not printed and is taken as none.',
    RACEMATE_AS_S,
    'The first device and later ones differ: give each device as its own dose.',
    'Venous: no effect site.',
  ],
})
