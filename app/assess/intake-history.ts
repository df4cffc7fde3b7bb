import type { FactKind } from './fact.ts'
import type { IntakeAnswers, IntakeQuestion, IntakeScreen, IntakeSection } from './intake-question.ts'
import { SUBSTANCE_SCREENS } from './intake-substances.ts'

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
      yesNo('health.bipolar', 'Bipolar disorder, also called manic depression, ever?', 'bipolar-disorder'),
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

const LIFE: readonly Omit<IntakeScreen, 'section'>[] = [
  {
    id: 'home',
    questions: [
      {
        id: 'life.home',
        label: 'Where do you live at the moment?',
        kind: 'choice',
        choices: [
          { value: 'own', label: 'In my own place, alone' },
          { value: 'with-others', label: 'With family, a partner or friends' },
          { value: 'shared', label: 'In a shared or supported home' },
          { value: 'unstable', label: 'Here and there, or without a place' },
          { value: 'unsaid', label: 'I would rather say it in person' },
        ],
        seconds: 12,
      },
    ],
  },
  {
    id: 'safe-at-home',
    questions: [
      {
        id: 'life.safe',
        label: 'Do you feel safe where you live?',
        hint: 'If not, we talk about it with you alone. Help for you is on the help page of this site.',
        kind: 'yes-no',
        seconds: 8,
      },
    ],
  },
  {
    id: 'supports',
    title: 'People and daily life',
    questions: [
      {
        id: 'life.escort',
        label: 'Is there somebody who could bring you home after a session?',
        hint: 'You cannot drive until the next day.',
        kind: 'yes-no',
        seconds: 8,
      },
      {
        id: 'life.supports',
        label: 'Who or what helps you when things are hard?',
        kind: 'text',
        long: true,
        seconds: 40,
      },
      {
        id: 'life.days',
        label: 'What fills your days: work, care for others, study, something else?',
        kind: 'text',
        long: false,
        seconds: 25,
      },
    ],
  },
  {
    id: 'care-so-far',
    title: 'Care so far',
    questions: [
      {
        id: 'life.care',
        label: 'Who treats you at the moment, and for what?',
        hint: 'Doctors, therapists, groups. We ask before we speak with any of them.',
        kind: 'text',
        long: true,
        seconds: 40,
      },
      {
        id: 'life.ketamine-before',
        label: 'Have you had ketamine or esketamine as a treatment before? What was it like?',
        kind: 'text',
        long: true,
        seconds: 40,
      },
    ],
  },
  {
    id: 'goals',
    title: 'What you want',
    questions: [
      {
        id: 'life.goals',
        label: 'What should be different in half a year?',
        hint: 'In your words. We come back to it together.',
        kind: 'text',
        long: true,
        seconds: 60,
      },
      {
        id: 'life.aim',
        label: 'What do you want to do about use?',
        kind: 'choice',
        choices: [
          { value: 'stop', label: 'Stop' },
          { value: 'less', label: 'Use less' },
          { value: 'safer', label: 'Be safer while I use' },
          { value: 'unsure', label: 'I do not know yet' },
          { value: 'not-use', label: 'It is not about use' },
        ],
        seconds: 12,
      },
    ],
  },
]

function section(
  id: string,
  title: string,
  screens: readonly Omit<IntakeScreen, 'section'>[],
): IntakeSection {
  return { id, title, screens: screens.map((screen) => ({ ...screen, section: id })) }
}

/** The history that everybody is asked, in order: what a biopsychosocial assessment needs before the forms. */
export const HISTORY: readonly IntakeSection[] = [
  section('about', 'About you', ABOUT),
  section('substances', 'Substances', SUBSTANCE_SCREENS),
  section('medicines', 'Medicines', [...MEDICINES, ...ALLERGIES]),
  section('health', 'Health', HEALTH),
  section('life', 'Life', LIFE),
]
