import type {
  ConditionGroup,
  CourseStretch,
  DoseRule,
  Figure,
  Grade,
  Origin,
  Protocol,
  Route,
  StopRule,
} from '../protocol.ts'

/** How a protocol's parts are said to a person who may be treated, not to one who treats. All pure. */

export const PUBLIC_ROUTE: Readonly<Record<Route, string>> = {
  intravenous: 'As a drip into a vein',
  intramuscular: 'As an injection into a muscle',
  subcutaneous: 'As an injection under the skin',
  'nasal-esketamine': 'As a nasal spray of esketamine',
  'nasal-racemic': 'As a nasal spray of ketamine that a pharmacy makes up',
  sublingual: 'As a tablet or lozenge under the tongue',
  oral: 'Swallowed',
}

export const PUBLIC_GRADE: Readonly<Record<Grade, string>> = {
  approved: 'Approved by the FDA for this',
  positive: 'Found a benefit, in few people so far',
  mixed: 'Results point both ways',
  null: 'Found no benefit',
  biased: 'Groups were not formed by chance',
  uncontrolled: 'Nobody to compare with',
  thin: 'Very little is known',
  pending: 'No result yet',
}

export const PUBLIC_ORIGIN: Readonly<Record<Origin, string>> = {
  study: 'printed by the study',
  source: 'from a label or guideline',
  memory: 'unverified: from memory, not looked up',
  default: 'our default, not a published rule',
  clinic: 'set by this clinic',
}

/** The same around the dose, where a study is one whose rules are shared and not the one that the plan follows. */
export const VISIT_ORIGIN: Readonly<Record<Origin, string>> = { ...PUBLIC_ORIGIN, study: 'a rule of a study' }

/** The page about a group's condition, where there is one. */
export const CONDITION_PAGE: Readonly<Partial<Record<ConditionGroup, string>>> = {
  alcohol: '/conditions/alcohol',
  cocaine: '/conditions/cocaine',
  cannabis: '/conditions/cannabis',
  opioids: '/conditions/opioids',
  benzodiazepines: '/conditions/benzodiazepines',
  methamphetamine: '/conditions/methamphetamine',
  gambling: '/conditions/gambling',
  depression: '/conditions/depression',
  ptsd: '/conditions/ptsd',
  bipolar: '/conditions/bipolar-depression',
  ocd: '/conditions/ocd',
}

const AMERICAN: readonly (readonly [british: RegExp, american: string])[] = [
  [/behaviour/g, 'behavior'],
  [/counselling/g, 'counseling'],
  [/\bcentre/g, 'center'],
  [/programme/g, 'program'],
  [/stabiliser/g, 'stabilizer'],
  [/randomised/g, 'randomized'],
  [/(\d) %/g, '$1%'],
]

/** A text of the library as the public site spells. */
export function asOnTheSite(text: string): string {
  return AMERICAN.reduce((words, [british, american]) => words.replace(british, american), text)
}

/**
 * The dose as it is published, in whole words.
 *
 * @example publicDose(audKare) // '0.8 mg for each kilogram of body weight, over 40 minutes'
 */
export function publicDose({ dose }: Pick<Protocol, 'dose'>): string {
  if (dose.kind === 'infusion-mg-per-kg')
    return dose.steps
      .map(({ mgPerKg, durationMin }) => `${perKg(mgPerKg)}, ${over(durationMin)}`)
      .join('; then ')
  if (dose.kind === 'bolus-mg-per-kg') return `${perKg(dose.mgPerKg)}, all at once`
  if (dose.kind === 'fixed-mg') return `${fixedDose(dose)}. ${dose.administration}`
  const first = dose.bolusMgPerKg === null ? '' : `, after ${perKg(dose.bolusMgPerKg)} at once`
  return `${figure(dose.lowMgPerKgPerH)} to ${figure(dose.highMgPerKgPerH)} mg for each kilogram of body weight in an hour, until it has settled${first}`
}

/** Other doses of the same protocol; undefined when it keeps to one. */
export function publicTitration(dose: DoseRule): string | undefined {
  if (!('titration' in dose) || dose.titration === null) return undefined
  return `${dose.titration.furtherMgPerKg.join(', ')} mg for each kilogram. ${dose.titration.rule}`
}

function perKg(mgPerKg: Figure): string {
  return mgPerKg.value === null
    ? `A dose that is ${mgPerKg.word}`
    : `${mgPerKg.value} mg for each kilogram of body weight`
}

function over(minutes: Figure): string {
  return minutes.value === null ? `over a time that is ${minutes.word}` : `over ${minutes.value} minutes`
}

function figure({ value, ...rest }: Figure): string {
  return value === null && 'word' in rest ? rest.word : String(value)
}

function fixedDose(dose: Extract<DoseRule, { kind: 'fixed-mg' }>): string {
  if (dose.choicesMg.length === 0) return `No fixed dose: ${dose.unknownBecause ?? 'not stated'}`
  const choices = `${dose.choicesMg.join(' or ')} mg`
  return dose.firstDayChoicesMg
    ? `${dose.firstDayChoicesMg.join(' or ')} mg on the first day, then ${choices}`
    : choices
}

/** "3 sessions, about 7 days apart". */
export function publicStretch({ sessions, spacing, targetsInTurn, openEnded }: CourseStretch): string {
  if (sessions.value === null)
    return `${upperFirst(sessions.word)}${spacing ? `, about ${spacing.targetDays} days apart` : ''}`
  const days = targetsInTurn.length > 0 ? [...new Set(targetsInTurn)] : spacing ? [spacing.targetDays] : []
  const apart = days.length === 0 ? '' : `, about ${days.join(' or ')} days apart`
  const review = openEnded ? ', then a review; it goes on only while it helps' : ''
  return `${sessions.value} ${sessions.value === 1 ? 'session' : 'sessions'}${apart}${review}`
}

/** "About 3 hours", "About 2 and a half hours". */
export function hoursInWords(minutes: number): string {
  const halves = Math.round(minutes / 30)
  const hours = Math.floor(halves / 2)
  return `About ${hours}${halves % 2 === 1 ? ' and a half' : ''} ${hours === 1 && halves % 2 === 0 ? 'hour' : 'hours'}`
}

const VALUE_WORDS: Readonly<Record<string, string>> = {
  'blood pressure': 'blood pressure',
  'heart rate': 'pulse',
  'oxygen saturation': 'oxygen in the blood',
  'breathing rate': 'breathing',
  'wakefulness (MOAA/S)': 'how awake you are',
}

/** What is watched and how often. */
export function publicReadings({ monitoring, dose }: Pick<Protocol, 'monitoring' | 'dose'>): string {
  const { readings, values, continuous } = monitoring
  const minutes = (ms: number) => ms / 60_000
  const drip = dose.kind === 'infusion-mg-per-kg'
  const after = readings.afterEnd.map(
    ({ everyMs, untilMs }) => `every ${minutes(everyMs)} minutes for ${minutes(untilMs)} minutes after it`,
  )
  const always =
    continuous.length === 0
      ? ''
      : ` ${upperFirst(listed(continuous.map((value) => VALUE_WORDS[value] ?? value)))} ${continuous.length === 1 ? 'is' : 'are'} watched all the time.`
  return `${upperFirst(listed(values.map((value) => VALUE_WORDS[value] ?? value)))}. Once before the start, every ${minutes(readings.duringEveryMs)} minutes during ${drip ? 'the drip' : 'the dose'}, ${after.join(', ')}, then every ${minutes(readings.thereafterEveryMs)} minutes until you leave.${always}`
}

const SCALE_WORDS: Readonly<Record<string, string>> = {
  'C-SSRS': 'thoughts of suicide',
  'PHQ-9': 'your mood',
  'Dissociation (CADSS or a short form)': 'feeling far from yourself',
}

/** What you are asked, and when. */
export function publicQuestions({ monitoring }: Pick<Protocol, 'monitoring'>): readonly string[] {
  return monitoring.scales.map(({ scale, atMin }) => {
    const when = [
      ...(atMin.some((minute) => minute < 0) ? ['before'] : []),
      ...(atMin.filter((minute) => minute >= 0).length > 1 ? ['during'] : []),
      ...(atMin.some((minute) => minute >= 0) ? ['after'] : []),
    ]
    return `About ${SCALE_WORDS[scale] ?? scale}: ${listed(when)}`
  })
}

const STOP_WORDS: Readonly<Record<string, string>> = {
  'Any red reading': 'A reading is far too high or too low',
  'Chest pain, severe headache, a sign of stroke, a seizure, trouble breathing':
    'Chest pain, a very bad headache, a sign of a stroke, a seizure, or trouble with breathing',
  'The person asks to stop, panics, or is not safe to leave still':
    'You ask to stop, you panic, or you cannot lie still safely',
  'The person does not want more, panics, or is not safe to leave still':
    'You want no more, you panic, or you cannot lie still safely',
  'Alcohol on the breath, or a drink in the last 24 hours':
    'Alcohol on your breath, or a drink in the last 24 hours',
}

const ACT_WORDS: Readonly<Record<string, string>> = {
  'Stop the pump, note the time and the mg given, call the prescriber.':
    'The drip is stopped and the prescriber is called.',
  'Stop the pump and call 911.': 'The drip is stopped and 911 is called.',
  'Stop the pump. Nothing has to be explained.': 'The drip is stopped. You need not explain it.',
  'Give nothing further, note the time and the mg given, call the prescriber.':
    'Nothing more is given and the prescriber is called.',
  'Give nothing further and call 911.': 'Nothing more is given and 911 is called.',
  'Give nothing further and stay with them. Nothing has to be explained.':
    'Nothing more is given and somebody stays with you. You need not explain it.',
}

/** A stop rule as the person it is for would hear it. */
export function publicStop({ when, act }: StopRule): { readonly when: string; readonly act: string } {
  return { when: STOP_WORDS[when] ?? when, act: ACT_WORDS[act] ?? act }
}

const DAY_WORDS: Readonly<Record<string, string>> = {
  'PHQ-9 and C-SSRS at each visit': 'questions about your mood and about thoughts of suicide, at each visit',
  'at least 24 hours since the last drink, breath alcohol 0.00, CIWA-Ar looked at':
    'at least 24 hours since the last drink, no alcohol on the breath, and a look at signs of withdrawal',
  'no steroid or decongestant within 1 hour': 'no other nasal spray in the hour before',
}

/** A rule of the day, said plainly. */
export function publicDayRule(rule: string): string {
  return upperFirst(DAY_WORDS[rule] ?? rule)
}

const COUNTED_FROM: Readonly<Record<Protocol['discharge']['countedFrom'], string>> = {
  'end of the infusion': 'the end of the drip',
  'the dose': 'the dose',
  'the first device': 'the first spray',
}

/** When somebody may go home at the earliest. */
export function publicLeaving({ discharge }: Pick<Protocol, 'discharge'>): string {
  return `At the earliest ${discharge.minMinutesAfterEnd} minutes after ${COUNTED_FROM[discharge.countedFrom]}. You must be awake, clear and steady, with good readings, and the adult who takes you home must be there.`
}

/** The therapy that goes with it. */
export function publicTherapy({ therapy }: Pick<Protocol, 'therapy'>): string {
  if (therapy === null) return 'None in the study.'
  const { sessions } = therapy
  const count =
    sessions.value === null
      ? sessions.word
      : `${sessions.value} ${sessions.value === 1 ? 'session' : 'sessions'}`
  return asOnTheSite(`${therapy.name}. ${upperFirst(count)}. ${therapy.text}`)
}

/** "one, two and three". */
function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

export function upperFirst(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
