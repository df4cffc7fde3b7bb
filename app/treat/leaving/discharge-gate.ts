import type { Reading } from '@evenkeel/vital-signs'
import type { Protocol } from '../../plan/index.ts'
import { alarmCauseWords } from '../session/care-words.ts'
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
  /** Aldrete or PADSS, whichever was taken last. */
  readonly recoveryScoreAtLeast: number
  /** CADSS; a higher score before the dose counts instead. */
  readonly cadssAtMost: number
  /** Breaths a minute, looked at after a nasal dose. */
  readonly breathsPerMin: { readonly atLeast: number; readonly atMost: number }
  /** A reading or score older than this says nothing about now. */
  readonly readingWithinMin: number
}

const defaultDischargeRules: DischargeRules = {
  minMinutesAfterEnd: 60,
  countedFrom: 'end of the infusion',
  withinPercentOfBaseline: 20,
  systolicBelowMmHg: 160,
  diastolicBelowMmHg: 100,
  spo2AtLeastPercent: 94,
  moaasAtLeast: 5,
  recoveryScoreAtLeast: 9,
  cadssAtMost: 4,
  breathsPerMin: { atLeast: 10, atMost: 24 },
  readingWithinMin: 30,
}

/** The rules of a protocol: its minutes and what they count from, on top of the defaults. */
export function dischargeRulesOf(
  discharge: Pick<Protocol['discharge'], 'minMinutesAfterEnd' | 'countedFrom'> | undefined,
): DischargeRules {
  if (!discharge) return defaultDischargeRules
  const { minMinutesAfterEnd, countedFrom } = discharge
  return { ...defaultDischargeRules, minMinutesAfterEnd, countedFrom }
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
    recoveryItem(state, atMs, rules),
    ...DISCHARGE_STEPS.map((step) =>
      step === 'no-dissociation' ? dissociationItem(state, rules) : stepItem(state, step),
    ),
    ...leftInPlace(state),
    ...openAlarms(state),
  ]
}

/** The conditions that hold somebody back: not met, or not known. */
export function holdingBack(items: readonly DischargeItem[]): DischargeItem[] {
  return items.filter(({ verdict }) => verdict !== 'met')
}

/**
 * What holds somebody back as one text for a hidden field: each condition with its verdict and the entries that say so.
 * Minutes that pass change it only where they change a verdict.
 *
 * @example heldBackBy(items) // 'minimum-time:not-met:018f… oriented:unknown:'
 */
export function heldBackBy(items: readonly DischargeItem[]): string {
  return holdingBack(items).map(markOf).join(' ')
}

/** The conditions that hold somebody back and did not, or by other entries, when a list was shown as `heldBackBy` tells. */
export function notAsShown(items: readonly DischargeItem[], shown: string): DischargeItem[] {
  const before = new Set(shown.split(' '))
  return holdingBack(items).filter((item) => !before.has(markOf(item)))
}

function markOf({ id, verdict, eventIds }: DischargeItem): string {
  return `${id}:${verdict}:${eventIds.join(',')}`
}

const FROM_WORDS: Readonly<Record<DischargeRules['countedFrom'], string>> = {
  'end of the infusion': 'the end of the infusion',
  'the dose': 'the dose',
  'the first device': 'the first device',
}

/** From when the least minutes count, ms since 1970; of a dose that has not ended the earliest it could be. */
function countedFromMs(
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
    ...(rules.countedFrom === 'the first device'
      ? [
          measured(
            'breathing',
            `Breathing ${rules.breathsPerMin.atLeast} to ${rules.breathsPerMin.atMost} a minute`,
            now?.values.respiratoryRatePerMin,
            why,
            ids,
            (v) => ({
              met: v >= rules.breathsPerMin.atLeast && v <= rules.breathsPerMin.atMost,
              value: `${v} a minute`,
            }),
          ),
        ]
      : []),
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

/** The newest Aldrete or PADSS since the end of the dose; an older one says nothing about now. */
function recoveryItem({ care, dose }: SessionState, atMs: number, rules: DischargeRules): DischargeItem {
  const title = `Recovery score (Aldrete or PADSS) ${rules.recoveryScoreAtLeast} or more`
  const item = (verdict: Verdict, value: string, eventIds: SessionEventId[] = []): DischargeItem => ({
    id: 'recovery-score',
    title,
    verdict,
    value,
    eventIds,
  })
  const last = care.scales.findLast(
    ({ scale, at }) => (scale === 'aldrete' || scale === 'padss') && Date.parse(at) <= atMs,
  )
  if (!last) return item('unknown', 'not taken')
  const name = last.scale === 'aldrete' ? 'Aldrete' : 'PADSS'
  if (last.score === null) return item('unknown', `${name} could not be taken`, [last.eventId])
  if (!dose?.ended || last.at < dose.ended.at) {
    return item('unknown', `${name} ${last.score}, but taken before the end`, [last.eventId])
  }
  const ageMin = Math.floor((atMs - Date.parse(last.at)) / 60_000)
  if (ageMin > rules.readingWithinMin) {
    return item('unknown', `${name} ${last.score}, ${ageMin} min old, may be ${rules.readingWithinMin}`, [
      last.eventId,
    ])
  }
  return item(last.score >= rules.recoveryScoreAtLeast ? 'met' : 'not-met', `${name} ${last.score} of 10`, [
    last.eventId,
  ])
}

/** The answer, and no score since the dose that says otherwise: CADSS above its bound, or a rating above the one before. */
function dissociationItem(state: SessionState, rules: DischargeRules): DischargeItem {
  const asked = stepItem(state, 'no-dissociation')
  const { dose, care } = state
  const scores = care.scales.filter(
    ({ scale, score }) => (scale === 'cadss' || scale === 'dissociation-0-10') && score !== null,
  )
  const newest = dose?.ended && scores.findLast(({ at }) => at >= dose.ended!.at)
  if (!newest || newest.score === null) return asked
  const before =
    scores.findLast(({ scale, at }) => scale === newest.scale && at <= dose.startedAt)?.score ?? 0
  const most = Math.max(before, newest.scale === 'cadss' ? rules.cadssAtMost : 0)
  const words = `${newest.scale === 'cadss' ? 'CADSS' : 'rated'} ${newest.score}, may be ${most}`
  if (newest.score > most) {
    return { ...asked, verdict: 'not-met', value: words, eventIds: [...asked.eventIds, newest.eventId] }
  }
  return { ...asked, value: `${asked.value}; ${words}`, eventIds: [...asked.eventIds, newest.eventId] }
}

/** A cannula that is still in place; no item when none was ever recorded. */
function leftInPlace({ care }: SessionState): DischargeItem[] {
  if (care.access.length === 0 && care.accessRemoved.length === 0) return []
  const inPlace = care.access.map(({ side, place }) => `${side} ${place}`)
  return [
    {
      id: 'access-removed',
      title: 'Every access is out',
      verdict: inPlace.length > 0 ? 'not-met' : 'met',
      value: inPlace.length > 0 ? `still in: ${inPlace.join(', ')}` : 'removed',
      eventIds: [...care.access, ...care.accessRemoved].map(({ eventId }) => eventId),
    },
  ]
}

/** A red alarm that is not over; no item when there never was one. */
function openAlarms({ care }: SessionState): DischargeItem[] {
  const red = care.alarms.filter(({ level }) => level === 'red')
  if (red.length === 0) return []
  const open = red.filter(({ resolvedAt }) => resolvedAt === undefined)
  return [
    {
      id: 'no-red-alarm',
      title: 'No red alarm is open',
      verdict: open.length > 0 ? 'not-met' : 'met',
      value: open.length > 0 ? open.map(alarmCauseWords).join('; ') : `${red.length} over`,
      eventIds: red.flatMap(({ changes }) => changes.map(({ eventId }) => eventId)),
    },
  ]
}
