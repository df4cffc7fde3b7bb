import type { Instrument, InstrumentForm } from '../instrument.ts'

export const tlfbForm: InstrumentForm = {
  id: 'tlfb',
  shortName: 'TLFB',
  version: 'day by day, 30 to 90 days at first',
  edition: 'plain-language-edition',
  scoringVersion: 1,
  introduction:
    'Go through the calendar together, from yesterday back. Start with days that stand out, such as birthdays, pay days and trips, and fill in the rest around them. A best guess is fine, and nothing is right or wrong.',
  recall: {
    sentence:
      'Please think about the past 30 to 90 days at the first visit, and later about the days since the last visit.',
    period: 'P30D',
  },
  direction: 'per metric',
  items: [
    {
      id: 'days',
      concept:
        'one entry per calendar day: drinks (standard drinks) or grams of ethanol; drugs: list of substances used; or missing=true',
      prompt:
        'For each day, note the drinks or the grams of pure alcohol, and any other drugs. Mark a day as missing when nobody can tell.',
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
    note: 'Response is no heavy drinking day after a grace period (FDA 2015 draft) or a fall of two WHO risk levels; no size of change in points applies.',
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
  source:
    'Sobell 1992; FDA 2015 and EMA 2010 for heavy days and endpoints; item structure to be compared with the official instructions at import',
  citations: [
    'Sobell LC, Sobell MB. Timeline Follow-back. In: Litten RZ, Allen JP (eds). Measuring alcohol consumption. Humana 1992:41-72',
    'FDA. Alcoholism: developing drugs for treatment (draft) 2015',
    'EMA/CHMP/EWP/20097/2008 alcohol dependence guideline 2010',
    'Falk DE et al. Alcohol Clin Exp Res 2019;43:2113-22',
  ],
  notes: ['sex is used only for the heavy-day and WHO thresholds; unknown uses the female value'],
  confidence: 'high',
}
