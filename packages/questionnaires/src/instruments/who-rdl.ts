import type { Instrument, InstrumentForm } from '../instrument.ts'

export const whoRdlForm: InstrumentForm = {
  id: 'who-rdl',
  shortName: 'WHO RDL',
  version: 'WHO 2000, mean of 28 to 30 days',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Work this out from the drinking calendar. Take the grams of pure alcohol of the whole period and divide them by the days with an entry, dry days too.',
  recall: { sentence: 'Please think about the past 28 to 30 days.', period: 'P28D' },
  direction: 'higher-worse',
  items: [
    {
      id: 'gramsPerDay',
      concept: 'mean grams of pure ethanol per day over the period',
      prompt: 'How many grams of pure alcohol did the person drink in a day, as a mean of all days?',
      range: {
        min: 0,
        max: 2000,
        step: 0.1,
        unit: 'g/d',
        minLabel: 'No alcohol',
        maxLabel: 'The most that can be entered',
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
      source: 'no published rule found; no score when an answer is missing',
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
    note: 'A fall of one level or of two levels from baseline is the usual response; for trials the FDA accepts a fall of at least two levels.',
  },
  loinc: { panel: null, scores: {}, status: 'no term found in LOINC 2.68; use a local code' },
  licence: {
    status: 'public-domain',
    holder: 'WHO (2000) thresholds',
    terms: 'facts',
    confidence: 'high',
  },
  source: 'WHO 2000 (gram limits as in published tables), Witkiewitz 2017 and 2025',
  citations: [
    'WHO. International guide for monitoring alcohol consumption and related harm. WHO/MSD/MSB/00.4, 2000',
    'Witkiewitz K et al. Alcohol Clin Exp Res 2017;41:179-86',
    'Hasin DS et al. Lancet Psychiatry 2017;4:469-76',
    'Witkiewitz K et al. JAMA Psychiatry 2025;82:1246-54',
  ],
  notes: [
    'published tables are whole grams (men 1-40, 41-60, 61-100, 101+; women 1-20, 21-40, 41-60, 61+); continuous rule used here: value <= upper limit stays in the level, so 40.0 is low and 40.1 medium for men',
    'unknown sex: female table',
    'the FDA qualified a fall of at least two levels as a primary end point of drug trials (Witkiewitz 2025)',
    'where fewer levels are left below the baseline level, reaching low or abstinent is the fall that can be had',
  ],
  confidence: 'high',
}
