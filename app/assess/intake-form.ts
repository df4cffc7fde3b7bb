import { instrumentById, visibleItems } from '@evenkeel/questionnaires'
import type { FactKind } from './fact.ts'
import type { IntakeAnswers, IntakeQuestion } from './intake-question.ts'

/** Names the words below; raised when a question, choice or order changes. Stored with every answer. */
export const INTAKE_EDITION = 'intake-1'

export type IntakeScreen = {
  readonly id: string
  readonly section: string
  /** Heading of a screen with several questions; a screen with one question has the question as its heading. */
  readonly title?: string
  readonly lead?: string
  readonly questions: readonly IntakeQuestion[]
}

export type IntakeSection = {
  readonly id: string
  readonly title: string
  readonly screens: readonly IntakeScreen[]
}

const notMale = (answers: IntakeAnswers) => answers['about.sex'] !== 'male'

function yesNo(
  id: string,
  label: string,
  fact: FactKind,
  more: { hint?: string; askedIf?: IntakeQuestion['askedIf'] } = {},
): IntakeQuestion {
  return { id, label, fact, kind: 'yes-no', seconds: 8, ...more }
}

const ABOUT: readonly Omit<IntakeScreen, 'section'>[] = [
  {
    id: 'birth-date',
    questions: [
      {
        id: 'about.birth-date',
        label: 'When were you born?',
        kind: 'date',
        earliest: '1900-01-01',
        seconds: 15,
        fact: 'birth-date',
      },
    ],
  },
  {
    id: 'sex',
    questions: [
      {
        id: 'about.sex',
        label: 'Which sex should we use for medical limits?',
        hint: 'Some limits and tests depend on the body, for example a pregnancy test before treatment. How you call yourself is yours; tell us when we meet.',
        kind: 'choice',
        choices: [
          { value: 'female', label: 'Female' },
          { value: 'male', label: 'Male' },
          { value: 'other', label: 'Intersex or something else' },
          { value: 'unknown', label: 'I would rather say it in person' },
        ],
        seconds: 12,
        fact: 'sex',
      },
    ],
  },
  {
    id: 'body',
    title: 'Height and weight',
    lead: 'As well as you know them. We measure again before any treatment.',
    questions: [
      { id: 'about.height', label: 'How tall are you?', kind: 'height', seconds: 20, fact: 'height-cm' },
      { id: 'about.weight', label: 'What do you weigh?', kind: 'weight', seconds: 15, fact: 'weight-kg' },
    ],
  },
]

const SUBSTANCES: readonly Omit<IntakeScreen, 'section'>[] = [
  {
    id: 'substances',
    questions: [
      {
        id: 'substances.used',
        label: 'Which of these have you used in the past year?',
        hint: 'Choose all that fit. We ask so that treatment is safe; nobody here will scold you.',
        kind: 'choices',
        choices: [
          { value: 'alcohol', label: 'Alcohol' },
          { value: 'cannabis', label: 'Cannabis' },
          { value: 'cocaine', label: 'Cocaine or crack' },
          { value: 'amphetamine', label: 'Methamphetamine or other stimulants' },
          { value: 'opioid', label: 'Heroin, fentanyl or other opioids' },
          { value: 'benzodiazepine', label: 'Benzodiazepines or sleeping pills' },
          { value: 'ketamine', label: 'Ketamine or PCP' },
          { value: 'nicotine', label: 'Tobacco or nicotine' },
          { value: 'other', label: 'Something else' },
          { value: 'none', label: 'None of these' },
        ],
        seconds: 25,
      },
    ],
  },
  {
    id: 'pattern',
    title: 'The one you want to change most',
    questions: [
      {
        id: 'substances.main',
        label: 'Which one is it?',
        kind: 'text',
        long: false,
        seconds: 12,
      },
      {
        id: 'substances.pattern',
        label: 'How often in the past month?',
        kind: 'choice',
        choices: [
          { value: 'daily', label: 'Every day or nearly' },
          { value: 'weekly', label: 'Several days a week' },
          { value: 'weekends', label: 'About once a week' },
          { value: 'episodes', label: 'In episodes, with longer times without' },
          { value: 'not', label: 'Not in the past month' },
        ],
        seconds: 12,
      },
      {
        id: 'substances.last-use',
        label: 'When did you last use it?',
        hint: 'The day, as well as you remember.',
        kind: 'date',
        earliest: '1950-01-01',
        seconds: 15,
      },
      {
        id: 'substances.without',
        label: 'What was your longest time without it in the past year, and what helped?',
        kind: 'text',
        long: true,
        seconds: 45,
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
      yesNo(
        'substances.ketamine-trouble',
        'Has your use of ketamine ever been hard to control, or brought you trouble?',
        'ketamine-use-disorder',
      ),
    ],
  },
  {
    id: 'withdrawal',
    questions: [
      yesNo(
        'substances.withdrawal',
        'When you stopped drinking or stopped pills, did you ever have a seizure, or lose track of what is real?',
        'withdrawal-seizure-or-delirium',
        {
          hint: 'If you drink every day, do not stop suddenly on your own: that can be dangerous. Call us first.',
        },
      ),
    ],
  },
]

const MEDICINES: readonly Omit<IntakeScreen, 'section'>[] = [
  {
    id: 'medicines',
    title: 'Medicines',
    lead: 'From a doctor, a shop or anybody else. Do not stop any of them because of this form.',
    questions: [
      {
        id: 'medicines.classes',
        label: 'Do you take any of these?',
        kind: 'choices',
        choices: [
          { value: 'benzodiazepine', label: 'For anxiety or sleep (such as lorazepam, zolpidem)' },
          { value: 'opioid', label: 'Opioids, methadone or buprenorphine' },
          { value: 'naltrexone', label: 'Naltrexone, tablets or injection' },
          { value: 'stimulant', label: 'For attention (such as methylphenidate)' },
          { value: 'maoi', label: 'An MAO inhibitor' },
          { value: 'lamotrigine', label: 'Lamotrigine' },
          { value: 'theophylline', label: 'Theophylline or aminophylline' },
          { value: 'blood-pressure', label: 'For blood pressure or the heart' },
          { value: 'none', label: 'None of these' },
        ],
        seconds: 25,
      },
      {
        id: 'medicines.list',
        label: 'All medicines you take, with the dose if you know it',
        hint: 'Write “none” if you take none.',
        kind: 'text',
        long: true,
        seconds: 60,
      },
    ],
  },
]

const ALLERGIES: readonly Omit<IntakeScreen, 'section'>[] = [
  {
    id: 'allergies',
    title: 'Allergies',
    questions: [
      yesNo(
        'allergies.ketamine',
        'Have you ever had a bad reaction to ketamine, also during an operation?',
        'ketamine-reaction',
      ),
      {
        id: 'allergies.other',
        label: 'What else are you allergic to?',
        hint: 'Write “none” if nothing.',
        kind: 'text',
        long: false,
        seconds: 20,
      },
    ],
  },
]

const HEALTH: readonly Omit<IntakeScreen, 'section'>[] = [
  {
    id: 'vessels',
    title: 'Vessels and brain',
    lead: 'Ketamine raises blood pressure for a while. These conditions make that dangerous.',
    questions: [
      yesNo(
        'health.aneurysm',
        'An aneurysm, or a malformed blood vessel, anywhere in the body?',
        'aneurysm-or-vessel-malformation',
      ),
      yesNo('health.brain-bleed', 'Bleeding in the brain, ever?', 'brain-haemorrhage'),
      yesNo(
        'health.recent',
        'A heart attack, a stroke or a serious head injury in the past six months?',
        'recent-infarct-stroke-head-injury',
      ),
    ],
  },
  {
    id: 'heart',
    title: 'Heart',
    questions: [
      yesNo(
        'health.pressure-hazard',
        'Chest pain that comes at rest or gets worse, or a tear in the main artery?',
        'pressure-rise-hazard',
      ),
      yesNo(
        'health.heart-disease',
        'A heart disease or high blood pressure that is not well controlled?',
        'heart-disease-not-controlled',
      ),
    ],
  },
  {
    id: 'mind',
    title: 'Mind',
    lead: 'Having had one of these says nothing about you as a person; it changes which treatment is safe.',
    questions: [
      yesNo(
        'health.psychosis',
        'Times when you heard or saw things others did not, or a diagnosis such as schizophrenia?',
        'psychosis',
        { hint: 'Not counting moments under the influence of something.' },
      ),
      yesNo(
        'health.psychosis-family',
        'The same for a parent, brother, sister or child?',
        'psychosis-in-family',
      ),
      yesNo(
        'health.mania',
        'In the past month: days with far too much energy, hardly any sleep, racing thoughts?',
        'mania-now',
      ),
      yesNo(
        'health.dissociation',
        'A dissociative disorder, dementia, or a state of confusion?',
        'dissociative-disorder-dementia-delirium',
      ),
    ],
  },
  {
    id: 'organs',
    title: 'Organs',
    questions: [
      yesNo('health.liver', 'Cirrhosis or another severe liver disease?', 'severe-liver-disease'),
      yesNo(
        'health.kidney-thyroid',
        'Kidney failure, porphyria or an overactive thyroid?',
        'kidney-failure-porphyria-thyrotoxicosis',
      ),
      yesNo(
        'health.bladder',
        'In the past three months: pain in the bladder, blood in the urine, or going far more often?',
        'bladder-symptoms',
      ),
    ],
  },
  {
    id: 'airway-and-eyes',
    title: 'Breathing, head and eyes',
    questions: [
      yesNo('health.airway', 'Severe sleep apnoea, COPD or severe asthma?', 'sleep-apnoea-or-lung-disease'),
      yesNo(
        'health.eye-pressure',
        'Raised pressure in the head or in an eye, such as glaucoma?',
        'raised-head-or-eye-pressure',
      ),
    ],
  },
  {
    id: 'pregnancy',
    title: 'Pregnancy and breastfeeding',
    questions: [
      yesNo('health.pregnancy', 'Could you be pregnant?', 'pregnancy-possible', { askedIf: notMale }),
      yesNo('health.breastfeeding', 'Are you breastfeeding?', 'breastfeeding', { askedIf: notMale }),
    ],
  },
]

/** The instruments of the intake, in order, with what their part is called for the person. */
export const INTAKE_INSTRUMENTS = [
  { id: 'phq-9', title: 'Mood' },
  { id: 'gad-7', title: 'Worry' },
  { id: 'audit', title: 'Alcohol' },
  { id: 'craving-nrs', title: 'Craving' },
] as const

/** @throws Error when we do not ship the instrument: the list above is ours */
function instrumentSection({ id, title }: (typeof INTAKE_INSTRUMENTS)[number]): IntakeSection {
  const instrument = instrumentById(id)
  if (!instrument) throw new Error(`no instrument ${id}`)
  return {
    id,
    title,
    screens: instrument.items.map((item) => ({
      id: `${id}-${item.id}`,
      section: id,
      questions: [
        {
          id: `${id}.${item.id}`,
          label: item.prompt,
          kind: 'item',
          instrumentId: id,
          itemId: item.id,
          seconds: 10,
          askedIf: (answers) =>
            visibleItems(id, instrumentAnswers(id, answers)).some((visible) => visible.item.id === item.id),
        },
      ],
    })),
  }
}

function section(
  id: string,
  title: string,
  screens: readonly Omit<IntakeScreen, 'section'>[],
): IntakeSection {
  return { id, title, screens: screens.map((screen) => ({ ...screen, section: id })) }
}

/** The whole intake in order. */
export const INTAKE: readonly IntakeSection[] = [
  section('about', 'About you', ABOUT),
  section('substances', 'Substances', SUBSTANCES),
  section('medicines', 'Medicines', [...MEDICINES, ...ALLERGIES]),
  section('health', 'Health', HEALTH),
  ...INTAKE_INSTRUMENTS.map(instrumentSection),
]

export const INTAKE_SCREENS: readonly IntakeScreen[] = INTAKE.flatMap((part) => part.screens)

const BY_ID: ReadonlyMap<string, IntakeQuestion> = new Map(
  INTAKE_SCREENS.flatMap((screen) => screen.questions).map((question) => [question.id, question]),
)

export function questionById(id: string): IntakeQuestion | undefined {
  return BY_ID.get(id)
}

/** The answers to one instrument's items, as the scoring engine takes them. */
export function instrumentAnswers(instrumentId: string, answers: IntakeAnswers): Record<string, unknown> {
  const prefix = `${instrumentId}.`
  return Object.fromEntries(
    Object.entries(answers)
      .filter(([id]) => id.startsWith(prefix))
      .map(([id, value]) => [id.slice(prefix.length), value]),
  )
}
