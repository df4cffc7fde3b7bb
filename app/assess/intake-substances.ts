import type { IntakeAnswers, IntakeQuestion, IntakeScreen } from './intake-question.ts'

/** What is asked about one by one, in the words people know. */
const USED = [
  { value: 'alcohol', label: 'Alcohol' },
  { value: 'cannabis', label: 'Cannabis' },
  { value: 'cocaine', label: 'Cocaine or crack' },
  { value: 'amphetamine', label: 'Methamphetamine or other stimulants' },
  { value: 'opioid', label: 'Heroin, fentanyl or other opioids' },
  { value: 'benzodiazepine', label: 'Benzodiazepines or sleeping pills' },
  { value: 'ketamine', label: 'Ketamine or PCP' },
  { value: 'nicotine', label: 'Tobacco or nicotine' },
  { value: 'other', label: 'Something else' },
] as const

const HOW_OFTEN = [
  { value: 'daily', label: 'Every day or nearly' },
  { value: 'weekly', label: 'Several days a week' },
  { value: 'weekends', label: 'About once a week' },
  { value: 'episodes', label: 'In episodes, with longer times without' },
  { value: 'not', label: 'Not in the past month' },
]

const TRIED = [
  { value: 'alone', label: 'Stopping or cutting down on my own' },
  { value: 'group', label: 'A group, such as a mutual-help meeting' },
  { value: 'talking', label: 'Talking with a therapist or counsellor' },
  { value: 'medicine', label: 'A medicine against craving or withdrawal' },
  { value: 'detox', label: 'Detoxification in a hospital or unit' },
  { value: 'stay', label: 'A stay of weeks in a programme' },
  { value: 'none', label: 'None of these' },
]

const toldUse = (value: string) => (answers: IntakeAnswers) => {
  const used = answers['substances.used']
  return Array.isArray(used) && used.includes(value)
}

/** One screen for each substance that was named: pattern, last use, time without, what was tried. */
function aboutOne({ value, label }: (typeof USED)[number]): Omit<IntakeScreen, 'section'> {
  const askedIf = toldUse(value)
  const id = (part: string) => `substances.${value}.${part}`
  const questions: IntakeQuestion[] = [
    {
      id: id('pattern'),
      label: 'How often in the past month?',
      kind: 'choice',
      choices: HOW_OFTEN,
      seconds: 10,
      askedIf,
    },
    {
      id: id('last-use'),
      label: 'When did you last use it?',
      hint: 'The day, as well as you remember.',
      kind: 'date',
      earliest: '1950-01-01',
      seconds: 12,
      askedIf,
    },
    {
      id: id('without'),
      label: 'What was your longest time without it in the past year, and what helped?',
      kind: 'text',
      long: false,
      seconds: 30,
      askedIf,
    },
    {
      id: id('tried'),
      label: 'What have you tried so far to change it?',
      kind: 'choices',
      choices: TRIED,
      seconds: 15,
      askedIf,
    },
  ]
  return { id: `use-of-${value}`, title: label, questions }
}

/** Substances and behaviours: what is used, how each goes, what is wanted, and what makes stopping dangerous. */
export const SUBSTANCE_SCREENS: readonly Omit<IntakeScreen, 'section'>[] = [
  {
    id: 'substances',
    questions: [
      {
        id: 'substances.used',
        label: 'Which of these have you used in the past year?',
        hint: 'Choose all that fit. We ask so that treatment is safe; nobody here will scold you.',
        kind: 'choices',
        choices: [...USED, { value: 'none', label: 'None of these' }],
        seconds: 25,
      },
    ],
  },
  ...USED.map(aboutOne),
  {
    id: 'behaviours',
    questions: [
      {
        id: 'substances.behaviours',
        label: 'Does one of these take more of your life than you want?',
        kind: 'choices',
        choices: [
          { value: 'gambling', label: 'Gambling or betting' },
          { value: 'gaming', label: 'Gaming' },
          { value: 'spending', label: 'Buying things' },
          { value: 'sex', label: 'Sex or pornography' },
          { value: 'eating', label: 'Eating' },
          { value: 'none', label: 'None of these' },
        ],
        seconds: 15,
      },
    ],
  },
  {
    id: 'change-most',
    questions: [
      {
        id: 'substances.main',
        label: 'Which one do you want to change most?',
        kind: 'text',
        long: false,
        seconds: 12,
      },
    ],
  },
  {
    id: 'ketamine-use',
    title: 'Ketamine outside treatment',
    questions: [
      {
        id: 'substances.ketamine-days',
        label: 'On how many days of a usual week do you use ketamine or PCP outside treatment?',
        hint: '0 if you do not.',
        kind: 'number',
        unit: 'days a week',
        least: 0,
        most: 7,
        seconds: 10,
        fact: 'ketamine-days-per-week',
      },
      {
        id: 'substances.ketamine-trouble',
        label: 'Has your use of ketamine ever been hard to control, or brought you trouble?',
        kind: 'yes-no',
        fact: 'ketamine-use-disorder',
        seconds: 8,
      },
    ],
  },
  {
    id: 'withdrawal',
    questions: [
      {
        id: 'substances.withdrawal',
        label:
          'When you stopped drinking or stopped pills, did you ever have a seizure, or lose track of what is real?',
        hint: 'If you drink every day, do not stop suddenly on your own: that can be dangerous. Call us first.',
        kind: 'yes-no',
        fact: 'withdrawal-seizure-or-delirium',
        seconds: 8,
      },
    ],
  },
]
