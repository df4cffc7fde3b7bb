import type { Definition } from './definition.ts'

/**
 * Published outcomes of weekly urine samples, by the names of the endpoint functions of `@evenkeel/outcome-statistics`
 * and of the public data set they were proved on. A week is positive, negative, mixed or missing; unless it says
 * otherwise a missing or mixed week counts as positive.
 */
export type UrineDefinition = Definition & {
  /** The name of the column in the public data set, without T (weeks) and E (event): which rule computes it. */
  readonly endpoint: string
}

const MISSING = 'A missing or mixed sample counts as positive.'

type Row = readonly [endpoint: string, name: string, text: string, unit: Definition['unit'], more: boolean]

const ROWS: readonly Row[] = [
  [
    'Rs_ctnNinetyFour_2023',
    'Relapse, CTN-0094',
    `The first 4 positive weeks in a row; its week is the first of them. ${MISSING}`,
    'weeks',
    true,
  ],
  [
    'Rs_schottenfeld_2008',
    'Relapse, Schottenfeld 2008',
    `The first 3 positive weeks in a row; its week is the first of them. ${MISSING}`,
    'weeks',
    true,
  ],
  [
    'Rs_ctnFiftyOne_2018',
    'Relapse, CTN-0051',
    `The first 4 positive weeks in a row, not looking at the first two weeks; its week is the first of them. ${MISSING}`,
    'weeks',
    true,
  ],
  [
    'Rs_lee_2016',
    'Relapse, Lee 2016',
    `The first 4 weeks in a row of which at least 2 are positive; its week is the third of them. ${MISSING}`,
    'weeks',
    true,
  ],
  [
    'Dr_ctnNinetyFour_2023',
    'No samples, CTN-0094',
    'The first 4 weeks in a row without a sample; its week is the first of them.',
    'weeks',
    true,
  ],
  [
    'Rs_krupitsky_2004',
    'Relapse, Krupitsky 2004',
    `3 positive weeks in a row at any time. ${MISSING}`,
    'share of people',
    false,
  ],
  [
    'Rs_johnson_1992',
    'Relapse, Johnson 1992',
    `2 positive weeks in a row from week 4 on. ${MISSING}`,
    'share of people',
    false,
  ],
  ['Ab_mokri_2016', 'First positive week, Mokri 2016', `The first positive week. ${MISSING}`, 'weeks', true],
  [
    'Ab_shufman_1994',
    'First positive week, Shufman 1994',
    'The first positive week. A missing sample counts as negative, a mixed one as positive.',
    'weeks',
    true,
  ],
  [
    'Ab_kosten_1993',
    'Abstinence, Kosten 1993',
    '3 negative weeks in a row at any time; missing and mixed weeks are not negative.',
    'share of people',
    true,
  ],
  [
    'Ab_krupitskyA_2011',
    'Abstinence, Krupitsky 2011',
    `No positive week from week 5 to week 15. ${MISSING}`,
    'share of people',
    true,
  ],
  [
    'Ab_ctnNinetyFour_2023',
    'Abstinence, CTN-0094',
    'In weeks 12 to 15 no positive or mixed week and at most one missing.',
    'share of people',
    true,
  ],
  [
    'Ab_fiellin_2006',
    'Negative weeks, Fiellin 2006',
    `The number of negative weeks. ${MISSING}`,
    'weeks',
    true,
  ],
  [
    'Ab_schottenfeldB_2008',
    'Longest abstinence, Schottenfeld 2008',
    `The longest run of negative weeks. ${MISSING}`,
    'weeks',
    true,
  ],
  [
    'Ab_schottenfeld_2005',
    'Longest abstinence, Schottenfeld 2005',
    'The longest run of negative weeks when missing weeks are left out; a mixed week counts as positive.',
    'weeks',
    true,
  ],
]

export const urineDefinitions: readonly UrineDefinition[] = ROWS.map(
  ([endpoint, name, text, unit, more]) => ({
    id: `urine-${endpoint.replaceAll('_', '-').toLowerCase()}`,
    version: 1,
    name,
    text,
    source: {
      kind: 'paper',
      words: `${name.split(', ')[1]}, as computed on the public data of CTN-0094 (Odom; Brandt).`,
    },
    unit,
    direction: more ? 'more-is-better' : 'less-is-better',
    endpoint,
  }),
)
