import type { Instrument, InstrumentForm } from '../instrument.ts'

export const tlfbForm: InstrumentForm = {
  id: 'tlfb',
  shortName: 'TLFB',
  version: 'TODO version',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction: 'TODO introduction',
  recall: { sentence: 'TODO 30-90 days before baseline, then since last visit', period: 'P30D' },
  direction: 'per metric',
  items: [
    {
      id: 'days',
      concept:
        'one entry per calendar day: drinks (standard drinks) or grams of ethanol; drugs: list of substances used; or missing=true',
      prompt:
        'TODO one entry per calendar day: drinks (standard drinks) or grams of ethanol; drugs: list of substances used; or missing=true',
      type: 'daily-calendar',
      loinc: null,
    },
  ],
  subscales: [],
  total: { id: 'tlfb', label: 'metrics', method: 'algorithm', algorithm: 'tlfb-metrics' },
  flags: [],
  categories: [],
  safetyTriggers: [],
}

export const tlfb: Instrument = {
  ...tlfbForm,
  name: 'Timeline follow-back derived metrics',
  construct: 'daily alcohol and drug use',
  administered: 'clinician',
  schedule: ['baseline 90 days', 'every visit since last contact', 'post-treatment monthly'],
  cutoffs: [],
  change: {
    score: 'tlfb',
    response: null,
    remission: null,
    mcid: null,
    reliableChange: null,
    note: 'TODO no published size of change',
  },
  loinc: {
    panel: null,
    scores: { drinksPerDay: '74013-4', drinksPerDrinkingDay: '11287-0' },
    status:
      'checked in LOINC 2.68; 74013-4 alcoholic drinks per day; 11287-0 alcoholic drinks per drinking day (units to be checked)',
  },
  licence: {
    status: 'free-with-conditions',
    holder: 'Sobell LC & Sobell MB',
    terms:
      'method published; calendar instructions free to use with citation; commercial TLFB software is separate',
    confidence: 'high',
  },
  source: 'item structure, cut-offs and citations from knowledge: confirm on the official form at import',
  citations: [
    'Sobell LC, Sobell MB. Timeline Follow-back, 1992',
    'FDA. Alcoholism: developing drugs for treatment (draft) 2015',
    'EMA/CHMP/EWP/20097/2008 alcohol dependence guideline 2010',
    'Falk DE et al. Alcohol Clin Exp Res 2019;43:2113-22',
  ],
  notes: ['sex is used only for the heavy-day and WHO thresholds; unknown uses the female value'],
  confidence: 'high',
}
