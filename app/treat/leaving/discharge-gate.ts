import type { Reading } from '@evenkeel/vital-signs'
import type { Protocol } from '../../plan/index.ts'
import type { SessionDose, SessionReading, SessionState } from '../session/session.ts'
import { DISCHARGE_STEPS, type DischargeStep, type SessionEventId } from '../session/session-event.ts'

export type Verdict = 'met' | 'not-met' | 'unknown'

/** One condition for leaving, with the value it was judged by and the events that say so. */
export type DischargeItem = {
  readonly id: string
  readonly title: string
  readonly verdict: Verdict
  readonly value: string
  readonly eventIds: readonly SessionEventId[]
}

/** Thresholds for leaving. Design defaults, for the medical director to sign off. */
export type DischargeRules = {
  readonly minMinutesAfterEnd: number
  /** What those minutes count from: an infusion's end, or the first device of a nasal dose. */
  readonly countedFrom: Protocol['discharge']['countedFrom']
  readonly withinPercentOfBaseline: number
  readonly systolicBelowMmHg: number
  readonly diastolicBelowMmHg: number
  readonly spo2AtLeastPercent: number
  readonly moaasAtLeast: number
  /** A reading older than this says nothing about now. */
  readonly readingWithinMin: number
}

export const defaultDischargeRules: DischargeRules = {
  minMinutesAfterEnd: 60,
  countedFrom: 'end of the infusion',
  withinPercentOfBaseline: 20,
  systolicBelowMmHg: 160,
  diastolicBelowMmHg: 100,
  spo2AtLeastPercent: 94,
  moaasAtLeast: 5,
  readingWithinMin: 30,
}

export const STEP_TITLES: Readonly<Record<DischargeStep, string>> = {
  oriented: 'Knows who and where they are, the day, and why',
  'no-dissociation': 'No dissociation left',
  'steady-gait': 'Stands up from the chair and walks ten steps steadily',
  'nausea-controlled': 'Nausea under control',
  'no-new-suicidal-thoughts': 'No new thoughts of suicide',
  'escort-present': 'The escort is here',
  'instructions-given': 'Written instructions given, with 988 and no driving until tomorrow',
}

/**
 * Whether somebody may leave: every condition with its value. Unknown, too old and not asked are unknown, and unknown
 * does not let go.
 *
 * @param atMs the instant judged
 */
export function dischargeGate(
  state: SessionState,
  atMs: number,
  rules: DischargeRules = defaultDischargeRules,
): DischargeItem[] {
  return [
    timeItem(state, atMs, rules),
    ...readingItems(state, atMs, rules),
    ...DISCHARGE_STEPS.map((step) => stepItem(state, step)),
  ]
}

/** The conditions that hold somebody back: not met, or not known. */
export function holdingBack(items: readonly DischargeItem[]): DischargeItem[] {
  return items.filter(({ verdict }) => verdict !== 'met')
}

const FROM_WORDS: Readonly<Record<DischargeRules['countedFrom'], string>> = {
  'end of the infusion': 'the end of the infusion',
  'the dose': 'the dose',
  'the first device': 'the first device',
}

/** From when the least minutes count, ms since 1970; of a dose that has not ended the earliest it could be. */
export function countedFromMs(
  dose: Pick<SessionDose, 'startedAt' | 'ended'>,
  { countedFrom }: Pick<DischargeRules, 'countedFrom'>,
): number {
  return Date.parse(countedFrom === 'the first device' ? dose.startedAt : (dose.ended?.at ?? dose.startedAt))
}

function timeItem({ dose }: SessionState, atMs: number, rules: DischargeRules): DischargeItem {
  const title = `At least ${rules.minMinutesAfterEnd} minutes since ${FROM_WORDS[rules.countedFrom]}`
  const item = (verdict: Verdict, value: string, eventIds: SessionEventId[] = []) => ({
    id: 'minimum-time',
    title,
    verdict,
    value,
    eventIds,
  })
  if (!dose) return item('unknown', 'no dose on record')
  if (!dose.ended) return item('not-met', 'the dose is still being given', [dose.startEventId])
  const fromMs = countedFromMs(dose, rules)
  const minutes = Math.floor((atMs - fromMs) / 60_000)
  const verdict = minutes >= rules.minMinutesAfterEnd ? 'met' : 'not-met'
  return item(verdict, `${minutes} min`, [
    rules.countedFrom === 'the first device' ? dose.startEventId : dose.ended.eventId,
  ])
}

function readingItems(state: SessionState, atMs: number, rules: DischargeRules): DischargeItem[] {
  const last = state.readings.findLast(({ at }) => Date.parse(at) <= atMs)
  const useless = uselessBecause(last, state, atMs, rules)
  const now = useless ? undefined : last
  const own = state.baseline?.values
  const ids = last ? [last.eventId] : []
  const withBaseline = state.baseline ? [...ids, state.baseline.eventId] : ids
  const why = useless ?? 'not measured'
  return [
    measured(
      'responsiveness',
      `Fully awake: MOAA/S ${rules.moaasAtLeast}`,
      now?.values.moaas,
      why,
      ids,
      (v) => ({
        met: v >= rules.moaasAtLeast,
        value: `MOAA/S ${v}`,
      }),
    ),
    pressure('systolicMmHg', 'Systolic', rules.systolicBelowMmHg, now?.values, own, why, withBaseline, rules),
    pressure(
      'diastolicMmHg',
      'Diastolic',
      rules.diastolicBelowMmHg,
      now?.values,
      own,
      why,
      withBaseline,
      rules,
    ),
    measured(
      'saturation',
      `Oxygen saturation ${rules.spo2AtLeastPercent} % or more`,
      now?.values.spo2Percent,
      why,
      ids,
      (v) => ({ met: v >= rules.spo2AtLeastPercent, value: `${v} %` }),
    ),
  ]
}

function uselessBecause(
  last: SessionReading | undefined,
  { dose }: SessionState,
  atMs: number,
  rules: DischargeRules,
): string | undefined {
  if (!last) return 'no reading'
  if (!dose?.ended || last.at < dose.ended.at) return 'no reading since the end of the infusion'
  const ageMin = Math.floor((atMs - Date.parse(last.at)) / 60_000)
  if (ageMin > rules.readingWithinMin)
    return `last reading ${ageMin} min old, may be ${rules.readingWithinMin}`
  return undefined
}

function pressure(
  sign: 'systolicMmHg' | 'diastolicMmHg',
  name: string,
  below: number,
  now: Reading | undefined,
  own: Reading | undefined,
  why: string,
  eventIds: SessionEventId[],
  rules: DischargeRules,
): DischargeItem {
  const baseline = own?.[sign]
  const title = `${name} pressure below ${below} mmHg and within ${rules.withinPercentOfBaseline} % of the first reading`
  const value = now?.[sign]
  if (typeof value === 'number' && typeof baseline !== 'number') {
    const verdict = value >= below ? 'not-met' : 'unknown'
    return { id: sign, title, verdict, value: `${value} mmHg, no first reading to compare`, eventIds }
  }
  return measured(sign, title, value, why, eventIds, (v) => {
    const first = baseline as number
    const change = v - first
    const percent = Math.abs(Math.round((change / first) * 1000) / 10)
    return {
      met: v < below && Math.abs(change) * 100 <= rules.withinPercentOfBaseline * first,
      value: `${v} mmHg, ${percent} % ${change < 0 ? 'below' : 'above'} ${first}`,
    }
  })
}

function measured(
  id: string,
  title: string,
  value: number | null | undefined,
  why: string,
  eventIds: SessionEventId[],
  judge: (value: number) => { met: boolean; value: string },
): DischargeItem {
  if (typeof value !== 'number') return { id, title, verdict: 'unknown', value: why, eventIds }
  const judged = judge(value)
  return { id, title, verdict: judged.met ? 'met' : 'not-met', value: judged.value, eventIds }
}

/** An answer from before the end of the infusion says nothing about the person who is about to leave. */
function stepItem({ steps, dose }: SessionState, step: DischargeStep): DischargeItem {
  const answer = steps[step]
  const early = answer !== undefined && (!dose?.ended || answer.at < dose.ended.at)
  const verdict: Verdict =
    !answer || early ? 'unknown' : answer.met === 'yes' ? 'met' : answer.met === 'no' ? 'not-met' : 'unknown'
  return {
    id: step,
    title: STEP_TITLES[step],
    verdict,
    value: !answer ? 'not asked yet' : early ? `${answer.met}, but answered before the end` : answer.met,
    eventIds: answer ? [answer.eventId] : [],
  }
}
