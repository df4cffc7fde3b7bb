import type { EligibilityRule } from './eligibility.ts'
import { no, QUARTER, rule, TODAY, YEAR } from './rule-builder.ts'

/**
 * Where sources disagree, or something is no reason against treatment but must be managed. A notice decides and holds
 * nothing; both sides are shown to whoever decides.
 */
export const ELIGIBILITY_NOTICES: readonly EligibilityRule[] = [
  rule(
    'notice',
    'active-substance-problem',
    'S',
    {
      title: 'No substance problem that is active now',
      threshold: 'sources disagree; the clinic’s protocol decides under which structure',
      settle: 'Ask which substances are used now, and record it.',
      source: 'ASRA, AAPM and ASA 2018; esketamine label; trials',
    },
    no('active-substance-problem', QUARTER),
    {
      sides: [
        {
          says: 'No series of infusions with an active substance problem.',
          source: 'ASRA, AAPM and ASA 2018, about pain',
          tag: 'S',
        },
        {
          says: 'Consider carefully with a history of a substance use disorder.',
          source: 'esketamine label',
          tag: 'S',
        },
        {
          says: 'Trials in addiction enrol such people on purpose, under structure.',
          source: 'trials in alcohol, cocaine and opioid use disorder',
          tag: 'S',
        },
      ],
    },
  ),
  rule(
    'notice',
    'outside-ketamine',
    'S',
    {
      title: 'No ketamine or PCP outside treatment',
      threshold: 'trials draw the line at different places',
      settle: 'Ask about ketamine and PCP outside treatment.',
      source: 'trial exclusions',
    },
    { fact: 'ketamine-days-per-week', atMost: 0, maxAge: QUARTER },
    {
      sides: [
        {
          says: 'Any use outside treatment excludes.',
          source: 'a trial in emergency departments',
          tag: 'S',
        },
        {
          says: 'Use on more than 5 days a week excludes.',
          source: 'an opioid use disorder trial; the absolute rule follows it',
          tag: 'S',
        },
      ],
    },
  ),
  rule(
    'notice',
    'opioid-withdrawal',
    'D',
    {
      title: 'No opioid withdrawal now',
      threshold: 'COWS below {points}; not excluded, to be managed',
      settle: 'Rate opioid withdrawal (COWS) where opioids are used.',
      source: 'design default; 5 and more is at least mild, from memory',
    },
    { fact: 'cows', below: 5, maxAge: TODAY },
    {
      sides: [
        {
          says: 'Opioid withdrawal is no reason against treatment. Manage it: rate it, treat it, rate it again.',
          source: 'design default',
          tag: 'D',
        },
      ],
      limits: [
        {
          name: 'points',
          label: 'COWS from which the notice shows',
          unit: 'points',
          of: 'cows',
          edge: 'below',
          least: 1,
          most: 13,
        },
      ],
    },
  ),
  rule(
    'notice',
    'moderate-liver-disease',
    'S',
    {
      title: 'No moderate liver disease',
      threshold: 'Child-Pugh B: caution',
      settle: 'Ask; examine; look in outside records.',
      source: 'labels',
    },
    no('moderate-liver-disease', YEAR),
    {
      sides: [
        {
          says: 'Moderate impairment asks for caution; severe impairment is not recommended.',
          source: 'labels',
          tag: 'S',
        },
      ],
    },
  ),
]
