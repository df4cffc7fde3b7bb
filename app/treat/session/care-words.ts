import { defaultLimits, vitalSignNames, writeValue } from '@evenkeel/vital-signs'
import type { Care } from './care.ts'
import {
  type AdverseEventFigures,
  type AlarmChange,
  type Answer,
  type CallTo,
  type ComfortMeasure,
  type RemsFacts,
  SCALES,
  type SessionEventOfKind,
} from './session-event.ts'

type CareKind =
  | 'access-placed'
  | 'access-removed'
  | 'scale'
  | 'comfort'
  | 'music'
  | 'sitter-in'
  | 'sitter-out'
  | 'medicine-given'
  | 'rems'
  | 'alarm'
  | 'adverse-event'
  | 'adverse-event-followed'
  | 'call'
  | 'handover-offered'
  | 'handover-taken'
  | 'watch-taken'

export const COMFORT_WORDS: Readonly<Record<ComfortMeasure, string>> = {
  blanket: 'Blanket',
  'eye-mask': 'Eye mask',
  'light-dimmed': 'Light dimmed',
  position: 'Position changed',
  breathing: 'Breathing together',
  'hand-held': 'Hand held, as agreed before',
  quiet: 'Quiet in the room',
}

export const CALL_WORDS: Readonly<Record<CallTo, string>> = {
  'second-nurse': 'second nurse',
  prescriber: 'prescriber',
  'emergency-911': '911',
  escort: 'escort',
  'poison-control': 'poison control',
  manager: 'manager',
  other: 'somebody else',
}

export const ADVERSE_WORDS: Readonly<Record<AdverseEventFigures['term'], string>> = {
  hypertension: 'High blood pressure',
  hypotension: 'Low blood pressure',
  tachycardia: 'Fast heart',
  bradycardia: 'Slow heart',
  desaturation: 'Low oxygen',
  'respiratory-depression': 'Slow or shallow breathing',
  laryngospasm: 'Spasm of the larynx',
  oversedation: 'Too deeply sedated',
  'distressing-dissociation': 'Distressing dissociation',
  panic: 'Panic',
  psychosis: 'Psychotic symptoms',
  mania: 'Manic symptoms',
  'suicidal-thoughts': 'Thoughts of suicide',
  nausea: 'Nausea',
  vomiting: 'Vomiting',
  headache: 'Headache',
  dizziness: 'Dizziness',
  'chest-pain': 'Chest pain',
  seizure: 'Seizure',
  'allergic-reaction': 'Allergic reaction',
  'excess-saliva': 'Too much saliva',
  'bladder-pain': 'Bladder pain or trouble passing water',
  extravasation: 'Drug beside the vein',
  fall: 'Fall',
  'medication-error': 'Error with a medicine',
  other: 'Something else',
}

const CHANGE_WORDS: Readonly<Record<AlarmChange['change'], string>> = {
  raised: 'Alarm',
  worsened: 'Alarm became worse',
  seen: 'Alarm seen',
  acknowledged: 'Alarm acknowledged',
  escalated: 'Alarm passed on',
  resolved: 'Alarm over',
  'raised-again': 'Alarm again',
}

const TECHNICAL_WORDS: Readonly<Record<string, string>> = {
  'reading-overdue': 'reading overdue',
  silence: 'the monitor is silent',
  'device-lost': 'the monitor is lost',
  'device-clock': 'the monitor’s clock is wrong: set its time and zone, and measure by hand until then',
  'flat-line': 'a value that does not move',
  stale: 'a value too old to say anything',
}

/** What an alarm is about, in words: "Red: Systolic pressure 184 mmHg", "Reading overdue". */
export function alarmCauseWords({
  level,
  cause,
  sign,
  value,
}: Pick<AlarmChange, 'level' | 'cause' | 'sign' | 'value'>): string {
  const levelWord = level === 'technical' ? 'Technical' : level === 'red' ? 'Red' : 'Amber'
  if (sign && value !== undefined)
    return `${levelWord}: ${vitalSignNames[sign].name} ${writeValue(sign, value)}`
  const scale = defaultLimits.scores?.find(({ id }) => id === cause)
  if (scale) return `${levelWord}: ${scale.name}${value === undefined ? '' : ` ${value}`}`
  const technical = TECHNICAL_WORDS[cause] ?? ruleWords(cause)
  const parts = [...(sign ? [vitalSignNames[sign].name] : []), ...(technical ? [technical] : [])]
  return `${levelWord}: ${parts.length > 0 ? parts.join(', ') : 'something outside limits'}`
}

const TEST_WORDS = {
  'at-least': 'at or above',
  above: 'above',
  'at-most': 'at or below',
  below: 'below',
  'risen-by-at-least': 'risen by',
  'fallen-by-at-least': 'fallen by',
} as const

/** What a rule of the limits asks, in words: "at or above 180 mmHg"; undefined for a rule that is not known here, whose code says nothing. */
function ruleWords(cause: string): string | undefined {
  const rule = defaultLimits.rules.find(({ id }) => id === cause)
  if (!rule) return undefined
  const { when, sign, heldForMs } = rule
  const held =
    heldForMs === undefined
      ? ''
      : ` for ${heldForMs >= 60_000 ? `${heldForMs / 60_000} min` : `${heldForMs / 1000} s`}`
  return `${TEST_WORDS[when.is]} ${writeValue(sign, 'value' in when ? when.value : when.amount)}${held}`
}

type Say = (
  title: string,
  ...more: (string | false | undefined)[]
) => { readonly title: string; readonly text: string | undefined }

/** What an event around the dose says, in words. */
export function careWords(event: SessionEventOfKind<CareKind>, say: Say): ReturnType<Say> {
  const words = event.words ?? {}
  switch (event.kind) {
    case 'access-placed': {
      const { side, place, gauge, runsFreely } = event.data
      return say(
        `Access placed: ${side} ${place}`,
        gauge === null ? 'size not noted' : `${gauge} gauge`,
        runsFreely === 'yes'
          ? 'runs freely'
          : runsFreely === 'no'
            ? 'does not run freely'
            : 'not checked whether it runs freely',
        words.text,
      )
    }
    case 'access-removed':
      return say(
        'Access removed',
        event.data.intact === 'yes'
          ? 'whole'
          : event.data.intact === 'no'
            ? 'not whole'
            : 'not checked whether whole',
        words.text,
      )
    case 'scale': {
      const { title } = SCALES[event.data.scale]
      const { score, notTaken } = event.data
      return say(
        score === null ? `${title}: not taken` : `${title}: ${score}`,
        notTaken === 'declined'
          ? 'they did not want to answer'
          : notTaken === 'asleep'
            ? 'asleep'
            : notTaken === 'not-able' && 'not able to answer',
        words.text,
      )
    }
    case 'comfort':
      return say(`${COMFORT_WORDS[event.data.measure]}${event.data.on ? '' : ': ended'}`, words.text)
    case 'music':
      return say(event.data.on ? 'Music on' : 'Music off', words.text)
    case 'sitter-in':
      return say(`Sits with them: ${words.name ?? 'a colleague'}`, words.text)
    case 'sitter-out':
      return say('Nobody sits with them any more', words.text)
    case 'medicine-given': {
      const { medicine, amount, unit, route, against } = event.data
      return say(`${medicine} ${amount} ${unit}, ${route}`, `for ${against}`, words.reason)
    }
    case 'alarm':
      return say(
        `${CHANGE_WORDS[event.data.change]}. ${alarmCauseWords(event.data)}`,
        event.data.change === 'escalated' && `Step ${event.data.ladderStep ?? 1} of the ladder`,
        words.reason,
      )
    case 'rems':
      return say('Answers for the REMS', ...remsWords(event.data))
    case 'adverse-event':
    case 'adverse-event-followed': {
      const { term, grade, relation, serious, outcome } = event.data
      return say(
        event.kind === 'adverse-event'
          ? `Adverse event: ${ADVERSE_WORDS[event.data.term]}, grade ${event.data.grade}`
          : 'Adverse event followed up',
        event.kind === 'adverse-event-followed' && term && ADVERSE_WORDS[term],
        event.kind === 'adverse-event-followed' && grade !== undefined && `grade ${grade}`,
        relation && `Relation to the dose: ${relation}`,
        serious && (serious.length > 0 ? `Serious: ${serious.join(', ')}` : 'Not serious'),
        outcome && `Outcome: ${outcome.replaceAll('-', ' ')}`,
        words.text,
      )
    }
    case 'call':
      return say(
        `Called: ${CALL_WORDS[event.data.to]}`,
        event.data.answered === 'yes'
          ? 'answered'
          : event.data.answered === 'no'
            ? 'no answer'
            : 'answer not known',
        words.text,
      )
    case 'handover-offered':
      return say('Watch over the room offered to a colleague', words.text)
    case 'handover-taken':
      return say('Watch over the room taken over', words.text)
    case 'watch-taken':
      return say('Watch over the room taken', words.reason)
  }
}

/** The questions of the REMS, in the order of its form. */
export const REMS_TITLES: Readonly<Record<keyof RemsFacts, string>> = {
  enrolled: 'Enrolled in the REMS',
  firstTreatment: 'First treatment',
  prescriberOnSite: 'Prescriber on site',
  oximeterReady: 'Pulse oximeter at the chair',
  takesBenzodiazepine: 'Takes a benzodiazepine',
  takesSedative: 'Takes another sedative or sleeping medicine',
  takesOpioid: 'Takes an opioid',
  takesPsychostimulant: 'Takes a psychostimulant',
  takesMaoInhibitor: 'Takes a MAO inhibitor',
  vitalsAcceptableBefore: 'Vital signs acceptable before',
  vitalsAcceptableAtEnd: 'Vital signs acceptable at the end',
  readyAfterMin: 'Ready to leave without the two hours, after',
  sedation: 'Sedation',
  dissociation: 'Dissociation',
  respiratoryDepression: 'Slow or shallow breathing',
}

const ANSWERS: Readonly<Record<Answer, string>> = { yes: 'yes', no: 'no', unknown: 'not known' }

/** An answer for the REMS in words; what was never answered is "not recorded". */
export function remsAnswerWords(name: keyof RemsFacts, rems: Partial<RemsFacts>): string {
  const value = rems[name]
  if (value === undefined) return 'not recorded'
  if (value === null) return 'not known'
  if (typeof value === 'number') return `${value} min`
  if (typeof value === 'string') return ANSWERS[value]
  if (value.seen !== 'yes') return ANSWERS[value.seen]
  const from = value.onsetMin === null ? 'start not known' : `from minute ${value.onsetMin}`
  const to = value.resolvedMin === null ? 'end not known' : `to minute ${value.resolvedMin}`
  return `yes, ${from} ${to}`
}

function remsWords(rems: Partial<RemsFacts>): string[] {
  return (Object.keys(REMS_TITLES) as (keyof RemsFacts)[])
    .filter((name) => rems[name] !== undefined)
    .map((name) => `${REMS_TITLES[name]}: ${remsAnswerWords(name, rems)}`)
}

/** Whoever has the watch, or the word that nobody has. */
export function watchWords({ watch }: Pick<Care, 'watch'>, name: (accountId: string) => string): string {
  if (!watch) return 'Nobody watches this room'
  return watch.offer ? `${name(watch.by)}, offered to ${name(watch.offer.to)}` : name(watch.by)
}
