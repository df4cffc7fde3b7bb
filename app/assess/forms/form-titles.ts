import type { Instrument } from '@evenkeel/questionnaires'

/** What the part of a form is called for the person who answers: what it is about, not the name of a scale. */
const TITLES: Readonly<Record<string, string>> = {
  'phq-9': 'Mood',
  'gad-7': 'Worry',
  audit: 'Alcohol',
  'audit-c': 'Alcohol',
  'dast-10': 'Other substances',
  sds: 'Hold of the substance',
  'cudit-r': 'Cannabis',
  ftnd: 'Tobacco',
  pgsi: 'Gambling',
  'igds9-sf': 'Gaming',
  pacs: 'Thoughts of drinking',
  ocds: 'Thoughts of drinking',
  'ocds-5': 'Thoughts of use',
  'craving-nrs': 'Craving',
  'craving-vas': 'Craving now',
  bam: 'The past month',
  'bam-r': 'The past month',
  mdq: 'Highs and energy',
  asrm: 'Energy this week',
  'who-5': 'Well-being',
  'qids-sr16': 'Mood and sleep',
  'pcl-5': 'After hard events',
  'oci-r': 'Thoughts and habits',
  isi: 'Sleep',
  ace: 'Childhood',
  swls: 'Life as a whole',
  'q-les-q-sf': 'Daily life',
  'promis-29': 'Health and daily life',
  'eq-5d-5l': 'Health today',
  'readiness-ruler': 'Readiness',
  'socrates-8': 'Change',
  ceq: 'What you expect',
  meq30: 'What you went through',
  edi: 'What you went through',
  'awe-s': 'What you went through',
  'bpic-ss': 'Bladder',
  'icsi-icpi': 'Bladder',
}

/** The title a person sees; the construct where we have no better words. */
export function titleForPerson({ id, construct }: Pick<Instrument, 'id' | 'construct'>): string {
  return TITLES[id] ?? `${construct.slice(0, 1).toUpperCase()}${construct.slice(1)}`
}
