import type { Instrument, InstrumentForm } from '../instrument.ts'

export const whoRdlForm: InstrumentForm = {
  id: 'who-rdl',
  shortName: 'WHO RDL',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO mean of the last 28-30 days', period: 'P28D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'gramsPerDay',
      concept: 'mean grams of pure ethanol per day over the period',
      prompt: 'TODO mean grams of pure ethanol per day over the period',
      range: {
        min: 0,
        max: 2000,
        step: 0.1,
        unit: 'g/d',
        minLabel: 'TODO lowest',
        maxLabel: 'TODO highest',
      },
      loinc: null,
    },
  ],
  subscales: [],
  total: {
    id: 'level',
    label: 'risk level 0-4',
    method: 'bandIndex',
    items: ['gramsPerDay'],
    min: 0,
    max: 4,
    missing: {
      rule: 'strict',
      source: 'no published rule found; project default is no score when an item is missing',
    },
    bandsOn: 'gramsPerDay',
    levels: {
      male: [
        { level: 0, label: 'abstinent', maxGrams: 0 },
        { level: 1, label: 'low', maxGrams: 40 },
        { level: 2, label: 'medium', maxGrams: 60 },
        { level: 3, label: 'high', maxGrams: 100 },
        { level: 4, label: 'very high', maxGrams: null },
      ],
      female: [
        { level: 0, label: 'abstinent', maxGrams: 0 },
        { level: 1, label: 'low', maxGrams: 20 },
        { level: 2, label: 'medium', maxGrams: 40 },
        { level: 3, label: 'high', maxGrams: 60 },
        { level: 4, label: 'very high', maxGrams: null },
      ],
    },
  },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const whoRdl: Instrument = {
  ...whoRdlForm,
  name: 'WHO drinking risk levels',
  construct: 'risk from mean daily ethanol',
  administered: 'clinician',
  schedule: ['with every TLFB'],
  cutoffs: [],
  change: {
    score: 'level',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'TODO no published size of change',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'public-domain',
    holder: 'WHO (2000) thresholds',
    terms: 'facts',
    confidence: 'high',
  },
  source:
    'gram table: BMJ Open supplementary table; very high >100/>60 g: press; FDA recognition 2025: UNM press release; item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: [
    'WHO. International guide for monitoring alcohol consumption and related harm. WHO/MSD/MSB/00.4, 2000',
    'Witkiewitz K et al. Alcohol Clin Exp Res 2017;41:179-86',
    'Hasin DS et al. Lancet Psychiatry 2017;4:469-76',
    'Witkiewitz K et al. JAMA Psychiatry 2025 (WHO RDL end point review; FDA recognition announced 2025)',
  ],
  notes: [
    'published tables are whole grams (men 1-40, 41-60, 61-100, 101+; women 1-20, 21-40, 41-60, 61+); continuous rule used here: value <= upper limit stays in the level, so 40.0 is low and 40.1 medium for men',
    'unknown sex: female table',
    'whether FDA qualifies a one- or two-level drop: check current FDA text',
  ],
  confidence: 'high',
}
