import { listInstruments } from '@evenkeel/questionnaires'
import type { StateKind } from '../ui/index.ts'
import type { AssessmentState } from './assessment.ts'
import type { ConcernOutcome, ConcernState, Contact } from './concern.ts'
import type { FactKind, FactSource } from './fact.ts'
import { aboutTrigger } from './trigger-about.ts'

/** What each kind of fact is called, and its unit. */
export const FACT_WORDS: Readonly<Record<FactKind, { readonly title: string; readonly unit?: string }>> = {
  'birth-date': { title: 'Birth date' },
  sex: { title: 'Sex for medical limits' },
  'weight-kg': { title: 'Weight', unit: 'kg' },
  'height-cm': { title: 'Height', unit: 'cm' },
  'blood-pressure': { title: 'Blood pressure', unit: 'mmHg' },
  'heart-rate-per-min': { title: 'Heart rate', unit: 'per min' },
  'spo2-percent': { title: 'Oxygen saturation', unit: '%' },
  ecg: { title: 'ECG' },
  'pregnancy-test': { title: 'Pregnancy test' },
  'alt-times-uln': { title: 'ALT', unit: '× upper limit' },
  'ast-times-uln': { title: 'AST', unit: '× upper limit' },
  'breath-alcohol': { title: 'Breath alcohol', unit: 'g/dL' },
  'ciwa-ar': { title: 'Alcohol withdrawal (CIWA-Ar)', unit: 'points' },
  'suicide-risk-level': { title: 'Suicide risk screen, highest level', unit: 'of 5' },
  'ketamine-days-per-week': { title: 'Ketamine or PCP outside treatment', unit: 'days a week' },
  'ketamine-reaction': { title: 'Bad reaction to ketamine' },
  'aneurysm-or-vessel-malformation': { title: 'Aneurysm or malformed vessel' },
  'brain-haemorrhage': { title: 'Bleeding in the brain, ever' },
  'pressure-rise-hazard': { title: 'Condition in which a pressure rise is a serious hazard' },
  'recent-infarct-stroke-head-injury': { title: 'Heart attack, stroke or head injury in 6 months' },
  'heart-disease-not-controlled': { title: 'Heart disease, poorly controlled' },
  'raised-head-or-eye-pressure': { title: 'Raised pressure in head or eye' },
  psychosis: { title: 'Psychosis, past or present' },
  'psychosis-in-family': { title: 'Psychosis in the near family' },
  'mania-now': { title: 'Mania or mixed state now' },
  'dissociative-disorder-dementia-delirium': { title: 'Dissociative disorder, dementia or delirium' },
  'pregnancy-possible': { title: 'Pregnancy possible' },
  breastfeeding: { title: 'Breastfeeding' },
  'severe-liver-disease': { title: 'Cirrhosis or severe liver disease' },
  'kidney-failure-porphyria-thyrotoxicosis': { title: 'Renal failure, porphyria or thyrotoxicosis' },
  'sleep-apnoea-or-lung-disease': { title: 'Severe sleep apnoea or lung disease' },
  'ketamine-use-disorder': { title: 'Ketamine use disorder' },
  'bladder-symptoms': { title: 'Bladder complaints' },
  'withdrawal-seizure-or-delirium': { title: 'Seizure or delirium in withdrawal' },
  'intoxicated-now': { title: 'Intoxicated or sedated now' },
  'stimulant-last-24-h': { title: 'Stimulant in the last 24 hours' },
  'consent-capacity': { title: 'Able to consent' },
  'bipolar-disorder': { title: 'Bipolar disorder' },
  'mood-stabiliser': { title: 'Takes a mood stabiliser' },
  ymrs: { title: 'Mania rating (YMRS)', unit: 'points' },
  'contraception-agreed': { title: 'Contraception agreed until six weeks after' },
  'moderate-liver-disease': { title: 'Moderate liver disease (Child-Pugh B)' },
  'stop-bang': { title: 'Sleep apnoea screen (STOP-BANG)', unit: 'of 8' },
  cows: { title: 'Opioid withdrawal (COWS)', unit: 'points' },
  'active-substance-problem': { title: 'Substance problem active now' },
  'bladder-worked-up': { title: 'Bladder complaints worked up' },
  'escort-named': { title: 'Escort named with telephone' },
}

const VALUE_WORDS: Readonly<Record<string, string>> = {
  unknown: 'not known',
  'no-concern': 'no concern',
  'needs-review': 'needs a cardiologist’s review',
  'serious-finding': 'serious finding',
}

/** A fact's value as staff read it, with its unit. */
export function factInWords(kind: FactKind, value: unknown): string {
  if (kind === 'blood-pressure') {
    const { systolicMmHg, diastolicMmHg } = value as { systolicMmHg: number; diastolicMmHg: number }
    return `${systolicMmHg}/${diastolicMmHg} mmHg`
  }
  const { unit } = FACT_WORDS[kind]
  const text = VALUE_WORDS[String(value)] ?? String(value)
  return unit && typeof value === 'number' ? `${text} ${unit}` : text
}

export const SOURCE_WORDS: Readonly<Record<FactSource, string>> = {
  'self-report': 'told by the person',
  'measured-here': 'found here',
  'outside-record': 'outside record',
}

export const ASSESSMENT_STATE_WORDS: Readonly<
  Record<AssessmentState, { readonly word: string; readonly state: StateKind }>
> = {
  opened: { word: 'Intake not begun', state: 'due' },
  'intake-in-progress': { word: 'Intake under way', state: 'due' },
  'intake-complete': { word: 'Waits for a decision', state: 'due' },
  decided: { word: 'Decided', state: 'calm' },
}

export const CONCERN_STATE_WORDS: Readonly<
  Record<ConcernState, { readonly word: string; readonly state: StateKind }>
> = {
  waiting: { word: 'Nobody has responded', state: 'amber' },
  overdue: { word: 'Overdue', state: 'red' },
  'in-hand': { word: 'Responded, open', state: 'due' },
  closed: { word: 'Closed', state: 'calm' },
}

export const CONTACT_WORDS: Readonly<Record<Contact, string>> = {
  reached: 'Called, and spoke with them',
  'no-answer': 'Called, no answer',
  'in-person': 'Spoke in person',
  'not-tried': 'Not tried yet',
}

export const OUTCOME_WORDS: Readonly<Record<ConcernOutcome, string>> = {
  'safety-plan': 'Safety plan made together',
  'same-day-visit': 'Seen, or coming, today',
  'emergency-service': 'Emergency service called',
  'other-care': 'In the care of somebody else, who knows',
  'no-present-danger': 'Looked at: no present danger',
  'still-open': 'More must be done',
}

/** What a trigger is called, what it is about, and what the instrument asks staff to do. */
export function triggerInWords(triggerId: string): {
  readonly title: string
  /** Undefined when it is about the whole score. */
  readonly about: string | undefined
  readonly action: string
} {
  if (triggerId === 'words-of-danger') {
    return {
      title: 'Words of danger in a check-in',
      about: 'words of danger',
      action: 'Read what they wrote, reach them today, ask about suicide directly',
    }
  }
  for (const instrument of listInstruments()) {
    const trigger = instrument.safetyTriggers.find((one) => one.id === triggerId)
    if (!trigger) continue
    const about = aboutTrigger(instrument, trigger.when)
    return { title: `${instrument.shortName}: ${about ?? 'score'}`, about, action: trigger.action }
  }
  // One that is not in use any more has nothing but its name.
  const name = triggerId.replaceAll('-', ' ')
  return {
    title: name,
    about: name,
    action: 'Speak with the person and record what was done.',
  }
}
