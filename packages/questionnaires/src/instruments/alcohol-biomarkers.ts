import type { Instrument, InstrumentForm } from '../instrument.ts'

const MISSING = {
  rule: 'strict',
  source: 'no published rule found; project default is no score when an item is missing',
} as const

export const alcoholBiomarkersForm: InstrumentForm = {
  id: 'alcohol-biomarkers',
  shortName: 'PEth/EtG',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: {
    sentence: 'TODO PEth about 2-4 weeks; urine EtG 1-5 days; CDT 2-3 weeks',
    period: 'P28D',
  },
  direction: 'higher-worse',
  items: [
    {
      id: 'peth',
      concept: 'PEth 16:0/18:1 in whole blood',
      prompt: 'TODO PEth 16:0/18:1 in whole blood',
      range: {
        min: 0,
        max: 10000,
        step: 1,
        unit: 'ng/mL',
        minLabel: 'TODO lowest',
        maxLabel: 'TODO highest',
      },
      loinc: null,
    },
    {
      id: 'uetg',
      concept: 'urine ethyl glucuronide',
      prompt: 'TODO urine ethyl glucuronide',
      range: {
        min: 0,
        max: 1000000,
        step: 1,
        unit: 'ng/mL',
        minLabel: 'TODO lowest',
        maxLabel: 'TODO highest',
      },
      loinc: null,
    },
    {
      id: 'cdt',
      concept: 'carbohydrate-deficient transferrin',
      prompt: 'TODO carbohydrate-deficient transferrin',
      range: {
        min: 0,
        max: 100,
        step: 0.1,
        unit: '%',
        minLabel: 'TODO lowest',
        maxLabel: 'TODO highest',
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
      missing: MISSING,
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
      missing: MISSING,
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
      missing: MISSING,
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
    note: 'TODO no published size of change',
  },
  loinc: {
    panel: null,
    scores: {},
    status:
      'component checked in LOINC 2.68; urine EtG candidates 45324-1, 55349-5, 58375-7 (axes not checked); PEth has no term in 2.68, later releases do',
  },
  licence: { status: 'not-applicable', holder: '', terms: 'facts', confidence: 'high' },
  source: 'item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: [
    'Ulwelling W, Smith K. J Forensic Sci 2018;63:1634-41 (PEth 20/200)',
    'Luginbuhl M et al. 2022 Basel consensus PEth',
    'SAMHSA Advisory 2012 biomarkers',
  ],
  notes: ['incidental exposure (hand gel, foods) raises EtG: never a sole basis for consequences'],
  confidence: 'medium',
}
