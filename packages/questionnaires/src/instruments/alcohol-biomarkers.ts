import type { Instrument, InstrumentForm } from '../instrument.ts'

const STRICT = {
  rule: 'strict',
  source: 'no published rule found; no score when an answer is missing',
} as const

export const alcoholBiomarkersForm: InstrumentForm = {
  id: 'alcohol-biomarkers',
  shortName: 'PEth/EtG',
  version: '3 markers: PEth, urine EtG, CDT',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Enter each result as the laboratory reports it, in the unit shown. Leave open what was not measured.',
  recall: {
    sentence:
      'PEth looks back about two to four weeks, CDT two to three weeks, and EtG in urine one to five days.',
    period: 'P28D',
  },
  direction: 'higher-worse',
  items: [
    {
      id: 'peth',
      concept: 'PEth 16:0/18:1 in whole blood',
      prompt: 'What is the result for PEth 16:0/18:1 in whole blood?',
      range: {
        min: 0,
        max: 10000,
        step: 1,
        unit: 'ng/mL',
        minLabel: 'None found',
        maxLabel: 'Highest entry',
      },
      loinc: null,
    },
    {
      id: 'uetg',
      concept: 'urine ethyl glucuronide',
      prompt: 'What is the result for EtG in urine?',
      range: {
        min: 0,
        max: 1000000,
        step: 1,
        unit: 'ng/mL',
        minLabel: 'None found',
        maxLabel: 'Highest entry',
      },
      loinc: null,
    },
    {
      id: 'cdt',
      concept: 'carbohydrate-deficient transferrin',
      prompt: 'What share of transferrin is CDT?',
      range: {
        min: 0,
        max: 100,
        step: 0.1,
        unit: '%',
        minLabel: 'None found',
        maxLabel: 'Highest entry',
      },
      loinc: null,
    },
  ],
  subscales: [
    {
      id: 'peth',
      label: 'peth',
      method: 'single',
      items: ['peth'],
      min: 0,
      missing: STRICT,
      bands: [
        { min: 0, max: 19, label: 'abstinent or light' },
        { min: 20, max: 199, label: 'moderate consumption' },
        { min: 200, max: 10000, label: 'heavy consumption' },
      ],
    },
    {
      id: 'uetg',
      label: 'uetg',
      method: 'single',
      items: ['uetg'],
      min: 0,
      missing: STRICT,
      bands: [
        { min: 0, max: 99, label: 'negative at 100' },
        { min: 100, max: 499, label: 'low positive: recent or incidental exposure' },
        { min: 500, max: 1000000, label: 'positive: drinking likely' },
      ],
    },
    {
      id: 'cdt',
      label: 'cdt',
      method: 'single',
      items: ['cdt'],
      min: 0,
      missing: STRICT,
      bands: [
        { min: 0, max: 1.7, label: 'not elevated' },
        { min: 1.70001, max: 100, label: 'elevated' },
      ],
    },
  ],
  total: null,
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const alcoholBiomarkers: Instrument = {
  ...alcoholBiomarkersForm,
  name: 'Alcohol biomarkers (PEth, EtG, CDT)',
  construct: 'recent alcohol exposure (biological)',
  administered: 'lab',
  schedule: ['baseline', 'monthly PEth', 'random EtG'],
  cutoffs: [],
  change: {
    score: 'peth',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'No published size of meaningful change; read the course of each marker beside the drinking calendar.',
  },
  loinc: {
    panel: null,
    scores: {},
    status:
      'component checked in LOINC 2.68; urine EtG candidates 45324-1, 55349-5, 58375-7 (axes not checked); PEth has no term in 2.68, later releases do',
  },
  licence: { status: 'not-applicable', holder: '', terms: 'facts', confidence: 'high' },
  source:
    'Ulwelling 2018, Luginbuhl 2022, SAMHSA 2012; cut-offs to be compared with the limits the laboratory states',
  citations: [
    'Ulwelling W, Smith K. J Forensic Sci 2018;63:1634-41 (PEth 20/200)',
    'Luginbuhl M et al. Drug Test Anal 2022;14:1800-2 (2022 Consensus of Basel, PEth)',
    'SAMHSA Advisory 2012 biomarkers',
  ],
  notes: [
    'incidental exposure (hand gel, foods) raises EtG: never a sole basis for consequences',
    'SAMHSA 2012 calls EtG 100 to 500 very low positive, 500 to 1000 low positive and above 1000 high positive; the bands here are coarser',
    'a diluted urine lowers EtG: read it with creatinine',
    'the CDT limit of 1.7 percent holds for the IFCC standard; other methods have other limits',
  ],
  confidence: 'medium',
}
