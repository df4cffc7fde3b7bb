/**
 * Findings of studies that count the same thing as we do: people without use at a time. Which they are is a judgement, so they
 * stand here one by one; the figures themselves come from the study's record.
 */
export type PublishedOutcome = {
  readonly studyId: string
  /** Outcome and time as the study's record names them. */
  readonly outcome: string
  readonly when: string
  /** Short, for a picture. */
  readonly label: string
  /** What "without use" means there. */
  readonly counts: string
  readonly howKnown: string
  /** How long after the treatment, beside our day 90. */
  readonly time: string
}

export const publishedOutcomes: readonly PublishedOutcome[] = [
  {
    studyId: 'dakwar-2019-cocaine',
    outcome: 'No cocaine in the last 2 weeks',
    when: 'weeks 4 to 5',
    label: 'cocaine, week 5',
    counts: 'no cocaine in the last two weeks of the study; other substances are not counted',
    howKnown: 'who left the study counted as having used',
    time: 'weeks 4 to 5',
  },
  {
    studyId: 'dakwar-2019-cocaine',
    outcome: 'No cocaine, by own report',
    when: '6 months',
    label: 'cocaine, 6 months',
    counts: 'no cocaine; other substances are not counted',
    howKnown: 'asked by telephone; how those who were not reached were counted is not in our record',
    time: '6 months',
  },
  {
    studyId: 'garel-2023-benzodiazepine',
    outcome: 'Stopped all, shown by urine test',
    when: '4 weeks',
    label: 'benzodiazepines, 4 weeks, no comparison',
    counts: 'all benzodiazepines and sleeping pills stopped after a planned, slow reduction',
    howKnown: 'a urine test',
    time: '4 weeks',
  },
  {
    studyId: 'garel-2023-benzodiazepine',
    outcome: 'Still off',
    when: '12 months on average',
    label: 'benzodiazepines, 12 months, no comparison',
    counts: 'still without benzodiazepines and sleeping pills',
    howKnown: 'how it was known is not in our record',
    time: '12 months on average, 3 to 24',
  },
  {
    studyId: 'krupitsky-1997-alcohol',
    outcome: 'No drinking at all',
    when: '1 year',
    label: 'alcohol, 1 year, not by chance',
    counts: 'no drinking at all for a whole year',
    howKnown: 'told by people or their families',
    time: '1 year',
  },
  {
    studyId: 'krupitsky-2007-heroin',
    outcome: 'Off heroin',
    when: '12 months',
    label: 'heroin, 12 months',
    counts:
      'off heroin; other substances are not counted. Every group there had ketamine, the comparison once',
    howKnown: 'six people are missing from the count',
    time: '12 months',
  },
]

/** Where a rule would say less than is known of why a study has no point. */
export const whyNoPoint: Readonly<Record<string, string>> = {
  'grabski-2022-kare':
    'Its main outcomes are the share of days without alcohol, another measure, and confirmed return to drinking, of which our record holds no counts (it found no clear difference).',
  'tobacco-iv-pilot-rct':
    'It counts cigarettes, craving and withdrawal over 8 days, and found no clear difference.',
  'terasaki-2022-inpatient':
    'It counts people back in hospital within 30 days, and found no clear difference.',
}
