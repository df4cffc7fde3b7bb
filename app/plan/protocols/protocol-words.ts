import { infusionFigures } from './order-figures.ts'
import type {
  Ceilings,
  ConditionGroup,
  CourseStretch,
  DoseRule,
  Figure,
  Grade,
  Monitoring,
  Origin,
  Protocol,
  Route,
  SpacingWindow,
} from './protocol.ts'

/** Where a figure comes from, in words; a default is called one. */
export const ORIGIN_WORDS: Readonly<Record<Origin, string>> = {
  study: 'from the study',
  source: 'from a label or guideline',
  memory: 'likely, not looked up',
  default: 'default, to be set by the medical director',
  clinic: 'set by this clinic',
}

export const ROUTE_WORDS: Readonly<Record<Route, string>> = {
  intravenous: 'into a vein',
  intramuscular: 'into a muscle',
  subcutaneous: 'under the skin',
  'nasal-esketamine': 'esketamine into the nose',
  'nasal-racemic': 'racemic ketamine into the nose',
  sublingual: 'under the tongue',
  oral: 'swallowed',
}

export const GROUP_WORDS: Readonly<Record<ConditionGroup, string>> = {
  alcohol: 'Alcohol',
  cocaine: 'Cocaine',
  cannabis: 'Cannabis',
  opioids: 'Opioids',
  benzodiazepines: 'Benzodiazepines',
  methamphetamine: 'Methamphetamine',
  gambling: 'Gambling',
  depression: 'Depression',
  ptsd: 'Post-traumatic stress disorder',
  bipolar: 'Bipolar depression',
  ocd: 'Obsessive-compulsive disorder',
  mixed: 'Several conditions',
}

/** The grade as one plain clause. */
export const GRADE_WORDS: Readonly<Record<Grade, string>> = {
  approved: 'approved for this use',
  positive: 'found a benefit',
  mixed: 'results point both ways',
  null: 'found no benefit',
  biased: 'compared without drawing lots',
  uncontrolled: 'nobody to compare with',
  thin: 'very little data',
  pending: 'no result yet',
}

/** "0.8 mg/kg", "not confirmed". */
export function figureWords(figure: Figure, unit: string): string {
  return figure.value === null ? figure.word : `${figure.value} ${unit}`
}

/** The dose in one line: "0.8 mg/kg into a vein over 40 minutes". */
export function doseWords({ dose, route }: Pick<Protocol, 'dose' | 'route'>): string {
  const way = ROUTE_WORDS[route]
  if (dose.kind === 'infusion-mg-per-kg') {
    const each = dose.steps.map(
      (s) =>
        `${figureWords(s.mgPerKg, 'mg/kg')} over ${s.durationMin.value === null ? `a time that is ${s.durationMin.word}` : `${s.durationMin.value} minutes`}`,
    )
    if (each.length === 1) return each[0]!.replace(' over', ` ${way} over`)
    const all = infusionFigures({ dose })
    const total = all ? `${all.mgPerKg} mg/kg ${way} in ${all.durationMin} minutes: ` : `${way}: `
    return `${total}${each.join(', then ')}`
  }
  if (dose.kind === 'bolus-mg-per-kg') return `${figureWords(dose.mgPerKg, 'mg/kg')} ${way}, given at once`
  if (dose.kind === 'fixed-mg') return `${fixedWords(dose)} ${way}. ${dose.administration}`
  const bolus = dose.bolusMgPerKg ? `, after ${figureWords(dose.bolusMgPerKg, 'mg/kg')} at once` : ''
  return `${figureWords(dose.lowMgPerKgPerH, '')}to ${figureWords(dose.highMgPerKgPerH, 'mg/kg an hour')} ${way} until settled${bolus}`
    .replace(/ +/g, ' ')
    .replace(/(\d)to /, '$1 to ')
}

function fixedWords(dose: Extract<DoseRule, { kind: 'fixed-mg' }>): string {
  if (dose.choicesMg.length === 0) return `Dose ${dose.unknownBecause ?? 'not stated'},`
  const choices = `${dose.choicesMg.join(' or ')} mg`
  return dose.firstDayChoicesMg
    ? `${dose.firstDayChoicesMg.join(' or ')} mg on the first day, then ${choices}`
    : choices
}

/** What may be given after the first dose, in words; undefined when the protocol keeps to one. */
export function titrationWords(dose: DoseRule): string | undefined {
  if (dose.kind !== 'infusion-mg-per-kg' && dose.kind !== 'bolus-mg-per-kg') return undefined
  if (!dose.titration) return undefined
  const { furtherMgPerKg, rule, neverAfter } = dose.titration
  const never = neverAfter.length === 0 ? '' : ` Never raised after: ${neverAfter.join('; ')}.`
  return `Then ${furtherMgPerKg.join(', ')} mg/kg: ${rule}${never}`
}

/** "every 7 days (6 to 10 are allowed)". */
function spacingWords(spacing: SpacingWindow | null, targetsInTurn: readonly number[] = []): string {
  if (!spacing) return 'no spacing is stated'
  const { earliestDays, targetDays, latestDays } = spacing
  const turns =
    targetsInTurn.length > 0
      ? `${targetsInTurn.slice(0, -1).join(', ')} and ${targetsInTurn.at(-1)} days in turn`
      : `${targetDays} days`
  return `every ${turns} (${earliestDays} to ${latestDays} are allowed)`
}

/** One stretch in words: "3 sessions, every 7 days (6 to 10 are allowed)". */
export function stretchWords(stretch: CourseStretch): string {
  const count = stretch.sessions.value
  if (count === null) return `Sessions: ${stretch.sessions.word}`
  const many = `${count} ${count === 1 ? 'session' : 'sessions'}`
  const review = stretch.openEnded ? ', then a review; it goes on only while it helps' : ''
  // One session after others still has a distance to keep; one alone has none.
  if (!stretch.spacing) return `${many}${review}`
  return `${many}, ${spacingWords(stretch.spacing, stretch.targetsInTurn)}${review}`
}

/** The ceilings in one sentence. */
export function ceilingWords(ceilings: Ceilings): string {
  if (ceilings.by === 'mg')
    return `A reason above ${figureWords(ceilings.softMg, 'mg')}, a second prescriber above ${figureWords(ceilings.hardMg, 'mg')}`
  const rate = ceilings.rateMgPerKgPerMin
  const faster = rate === null ? '' : `; never faster than ${figureWords(rate, 'mg/kg per minute')}`
  const exception = ceilings.bolusException
  const but = exception
    ? `, but for the step “${exception.stepTitle}” at ${exception.mgPerKgPerMin} mg/kg per minute`
    : ''
  return `A reason above ${figureWords(ceilings.softMgPerKg, 'mg/kg')}, a second prescriber above ${figureWords(ceilings.hardMgPerKg, 'mg/kg')}${faster}${but}`
}

/** When readings are taken, in one sentence. */
export function readingsWords({ readings, continuous }: Monitoring, during: string): string {
  const min = (ms: number) => ms / 60_000
  const after = readings.afterEnd.map(
    (a) => `every ${min(a.everyMs)} min until ${min(a.untilMs)} min after it`,
  )
  const always = continuous.length === 0 ? '' : `; ${continuous.join(' and ')} all the time`
  return `One within ${min(readings.beforeStartWithinMs)} min before the start; every ${min(readings.duringEveryMs)} min in ${during}; ${after.join('; ')}; then every ${min(readings.thereafterEveryMs)} min until leaving${always}`
}

/** What the readings go on during: the infusion, or the time after a dose given at once. */
export function duringWords({ dose }: Pick<Protocol, 'dose'>): string {
  return dose.kind === 'infusion-mg-per-kg' || dose.kind === 'rate'
    ? 'the infusion'
    : 'the time after the dose'
}

/** The therapy that goes with it, in words; "none in the study" is said. */
export function therapyWords({ therapy }: Pick<Protocol, 'therapy'>): string {
  if (!therapy) return 'None in the study it follows.'
  const count = figureWords(therapy.sessions, therapy.sessions.value === 1 ? 'session' : 'sessions')
  const when = therapy.hoursAfterDose
    ? ` Aimed at ${therapy.hoursAfterDose.from} to ${therapy.hoursAfterDose.to} hours after a dose (${ORIGIN_WORDS[therapy.hoursAfterDose.origin]}).`
    : ''
  return `${therapy.name}: ${count}. ${therapy.text}${when}`
}
