import { defaultAlarmConfig, type VitalSign } from '@evenkeel/vital-signs'
import type { Protocol } from '../../plan/index.ts'
import { type Instant, MINUTE_MS } from '../../platform/time.ts'
import type { SessionSamples } from '../monitors/live-samples.ts'
import { alarmCauseWords } from '../session/care-words.ts'
import { DOSE_WORDS, doseKind } from '../session/dose-words.ts'
import { type NewestValue, newestValues } from '../session/newest-values.ts'
import type { SessionDose, SessionState } from '../session/session.ts'
import { DISCHARGE_STEPS, type DischargeStep, type SessionEventId } from '../session/session-event.ts'

export type Verdict = 'met' | 'not-met' | 'unknown'

/** One condition for leaving, with the value it was judged by and the events that say so. */
export type DischargeItem = {
  readonly id: string
  readonly title: string
  readonly verdict: Verdict
  readonly value: string
  readonly eventIds: readonly SessionEventId[]
  /** Of a value that a monitor sent: how its limits judge it. It is no entry of the log. */
  readonly monitor?: NewestValue['state']
}

/** What a protocol says of leaving: its minutes, and what they count from. */
export type ProtocolDischarge = Pick<Protocol['discharge'], 'minMinutesAfterEnd' | 'countedFrom'>

/** Thresholds for leaving. Design defaults, for the medical director to sign off. */
const RULES = {
  withinPercentOfBaseline: 20,
  systolicBelowMmHg: 160,
  diastolicBelowMmHg: 100,
  spo2AtLeastPercent: 94,
  moaasAtLeast: 5,
  /** Aldrete or PADSS, whichever was taken last. */
  recoveryScoreAtLeast: 9,
  /** CADSS; a higher score before the dose counts instead. */
  cadssAtMost: 4,
  /** Breaths a minute, looked at after a nasal dose. */
  breathsPerMin: { atLeast: 10, atMost: 24 },
  /** A value, score or answer older than this says nothing about now. */
  goodForMin: 30,
} as const

/** How far back values of monitors are looked for: an older one says nothing about leaving. */
export const MONITOR_SPEAKS_MS = (RULES.goodForMin + 1) * MINUTE_MS

/** From the first device of esketamine; its label and REMS allow no less. */
const NASAL_MINUTES = 120

/**
 * How long somebody stays at least. Of a nasal dose never less than two hours from the first device, whatever a protocol
 * says; where no protocol is known, what the route asks at most.
 */
export function minimumStay(
  dose: Pick<SessionDose, 'units' | 'atOnce'> | undefined,
  discharge: ProtocolDischarge | undefined,
): ProtocolDischarge {
  if (isNasal(dose)) {
    if (!discharge) return { minMinutesAfterEnd: NASAL_MINUTES, countedFrom: 'the first device' }
    return { ...discharge, minMinutesAfterEnd: Math.max(discharge.minMinutesAfterEnd, NASAL_MINUTES) }
  }
  if (discharge) return discharge
  return dose?.atOnce
    ? { minMinutesAfterEnd: 120, countedFrom: 'the dose' }
    : { minMinutesAfterEnd: 60, countedFrom: 'end of the infusion' }
}

/** Devices one after the other are sprayed into the nose; tablets are given all at once. */
function isNasal(dose: Pick<SessionDose, 'units' | 'atOnce'> | undefined): boolean {
  return dose?.units !== undefined && !dose.atOnce
}

export const STEP_TITLES: Readonly<Record<DischargeStep, string>> = {
  oriented: 'Knows who and where they are, the day, and why',
  'no-dissociation': 'No dissociation left',
  'steady-gait': 'Stands up from the chair and walks ten steps steadily',
  'nausea-controlled': 'Nausea under control',
  'no-new-suicidal-thoughts': 'No new thoughts of suicide',
  'access-out': 'No access is in place: every one is out, or there was none',
  'escort-present': 'The escort is here',
  'instructions-given': 'Written instructions given, with 988 and no driving until tomorrow',
}

/** What is asked of a person about now, and so grows old. Instructions once given stay given, an access once out stays out. */
const AGEING: readonly DischargeStep[] = DISCHARGE_STEPS.filter(
  (step) => step !== 'instructions-given' && step !== 'access-out',
)

/**
 * Whether somebody may leave: every condition with its value. Values, scores and answers count from the end of the dose
 * on and for half an hour; what was recorded for after the instant judged does not count. Unknown, too old and not asked are
 * unknown, and unknown does not let go. Each sign goes by its newest value, by hand or by a monitor; of a monitor's one that it doubts,
 * took back or that is too old meets nothing, and a bad one holds back however much it is doubted.
 *
 * @param atMs the instant judged
 * @param discharge what the protocol says; without it the route's own minutes
 * @param samples the newest values of monitors at that instant; whoever decides on leaving must hand them in
 */
export function dischargeGate(
  state: SessionState,
  atMs: number,
  discharge: ProtocolDischarge | undefined,
  samples: SessionSamples | undefined,
): DischargeItem[] {
  return [
    timeItem(state, atMs, minimumStay(state.dose, discharge)),
    ...measuredItems(state, atMs, samples),
    recoveryItem(state, atMs),
    ...stepsToAsk(state).map((step) =>
      step === 'no-dissociation'
        ? dissociationItem(state, atMs)
        : step === 'access-out'
          ? unrecordedAccess(state, atMs)
          : stepItem(state, step, atMs),
    ),
    ...leftInPlace(state),
    ...openAlarms(state),
  ]
}

/** The questions that only a person can answer. Of an access only where the log says nothing of one and the route has one. */
export function stepsToAsk({ dose, care }: Pick<SessionState, 'dose' | 'care'>): readonly DischargeStep[] {
  const byVein = dose !== undefined && !dose.units && (!dose.atOnce || dose.atOnce === 'intravenous')
  const isRecorded = care.access.length > 0 || care.accessRemoved.length > 0
  return byVein && !isRecorded ? DISCHARGE_STEPS : DISCHARGE_STEPS.filter((step) => step !== 'access-out')
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

/** Values of a monitor come all the time: another one that is no worse is the same reason. */
function markOf({ id, verdict, eventIds, monitor }: DischargeItem): string {
  return `${id}:${verdict}:${eventIds.join(',')}${monitor ? `:monitor-${monitor}` : ''}`
}

/** Where a protocol counts from the end: of what was given by this route. */
function fromWords(countedFrom: ProtocolDischarge['countedFrom'], dose: SessionDose | undefined): string {
  return countedFrom === 'end of the infusion' && dose
    ? DOSE_WORDS[doseKind(dose)].since
    : countedFrom.replace(/^end/, 'the end')
}

/** When the least minutes are over, ms since 1970; of a dose that has not ended the earliest it could be. */
export function mayLeaveAtMs(
  dose: Pick<SessionDose, 'startedAt' | 'ended'>,
  { countedFrom, minMinutesAfterEnd }: ProtocolDischarge,
): number {
  return countedFromMs(dose, countedFrom) + minMinutesAfterEnd * MINUTE_MS
}

function countedFromMs(
  dose: Pick<SessionDose, 'startedAt' | 'ended'>,
  countedFrom: ProtocolDischarge['countedFrom'],
): number {
  return Date.parse(countedFrom === 'the first device' ? dose.startedAt : (dose.ended?.at ?? dose.startedAt))
}

function timeItem({ dose }: SessionState, atMs: number, stay: ProtocolDischarge): DischargeItem {
  const title = `At least ${stay.minMinutesAfterEnd} minutes since ${fromWords(stay.countedFrom, dose)}`
  const item = (verdict: Verdict, value: string, eventIds: SessionEventId[] = []) => ({
    id: 'minimum-time',
    title,
    verdict,
    value,
    eventIds,
  })
  if (!dose) return item('unknown', 'no dose on record')
  if (!dose.ended) return item('not-met', 'the dose is still being given', [dose.startEventId])
  const minutes = Math.floor((atMs - countedFromMs(dose, stay.countedFrom)) / MINUTE_MS)
  return item(atMs >= mayLeaveAtMs(dose, stay) ? 'met' : 'not-met', `${minutes} min`, [
    stay.countedFrom === 'the first device' ? dose.startEventId : dose.ended.eventId,
  ])
}

/** Values by hand and by monitors at the instant judged. */
type Values = Pick<SessionState, 'measured' | 'baseline' | 'dose'> & {
  readonly atMs: number
  readonly samples: SessionSamples
}

function measuredItems(
  { measured, baseline, dose }: SessionState,
  atMs: number,
  samples: SessionSamples = {},
): DischargeItem[] {
  const { spo2AtLeastPercent, breathsPerMin, moaasAtLeast } = RULES
  const known = measured.filter(({ at }) => Date.parse(at) <= atMs)
  const values: Values = { measured: known, baseline, dose, atMs, samples }
  return [
    signItem(values, 'moaas', 'responsiveness', `Fully awake: MOAA/S ${moaasAtLeast}`, (value) => ({
      met: value >= moaasAtLeast,
      value: `MOAA/S ${value}`,
    })),
    pressureItem(values, 'systolicMmHg', 'Systolic', RULES.systolicBelowMmHg),
    pressureItem(values, 'diastolicMmHg', 'Diastolic', RULES.diastolicBelowMmHg),
    signItem(
      values,
      'spo2Percent',
      'saturation',
      `Oxygen saturation ${spo2AtLeastPercent} % or more`,
      (value) => ({ met: value >= spo2AtLeastPercent, value: `${value} %` }),
    ),
    ...(isNasal(dose)
      ? [
          signItem(
            values,
            'respiratoryRatePerMin',
            'breathing',
            `Breathing ${breathsPerMin.atLeast} to ${breathsPerMin.atMost} a minute`,
            (value) => ({
              met: value >= breathsPerMin.atLeast && value <= breathsPerMin.atMost,
              value: `${value} a minute`,
            }),
          ),
        ]
      : []),
  ]
}

type Judged = { readonly met: boolean; readonly value: string } | { readonly unknown: string }

/** One sign by its newest value; a newer reading that left it out takes nothing away. */
function signItem(
  values: Values,
  sign: VitalSign,
  id: string,
  title: string,
  judge: (value: number) => Judged,
  besides: readonly SessionEventId[] = [],
): DischargeItem {
  const { measured, dose, atMs, samples } = values
  const last = measured.findLast((each) => typeof each.values[sign] === 'number')
  const live = sign === 'moaas' ? undefined : samples[sign]
  if (live && (!last || live.atMs > Date.parse(last.at))) {
    return monitorItem(values, sign, live, { id, title, eventIds: besides }, judge)
  }
  const unknown = (value: string): DischargeItem => ({
    id,
    title,
    verdict: 'unknown',
    value,
    eventIds: last ? [last.eventId, ...besides] : [],
  })
  if (!last) return unknown('not measured')
  if (isBeforeEnd(last, dose)) return unknown('not measured since the end of the dose')
  const ageMin = minutesSince(last, atMs)
  if (ageMin > RULES.goodForMin) {
    return unknown(`measured ${ageMin} min ago, may be ${RULES.goodForMin}: measure again`)
  }
  const judged = judge(last.values[sign] as number)
  if ('unknown' in judged) return unknown(judged.unknown)
  return { ...unknown(judged.value), verdict: judged.met ? 'met' : 'not-met' }
}

/** A sign whose newest value a monitor sent. */
function monitorItem(
  values: Values,
  sign: VitalSign,
  live: NonNullable<SessionSamples[keyof SessionSamples]>,
  names: Pick<DischargeItem, 'id' | 'title' | 'eventIds'>,
  judge: (value: number) => Judged,
): DischargeItem {
  const { dose, atMs, samples } = values
  const state = newestValues(values, samples, atMs, RULES.goodForMin * MINUTE_MS).find(
    (each) => each.sign === sign,
  )?.state
  const item = (verdict: Verdict, value: string): DischargeItem => ({
    ...names,
    verdict,
    value: `${value}, by ${live.device}`,
    monitor: state ?? 'unknown',
  })
  if (!dose?.ended || live.atMs < Date.parse(dose.ended.at)) {
    return item('unknown', 'not measured since the end of the dose')
  }
  if (live.quality === 'invalid') return item('unknown', 'taken back by the monitor: measure by hand')
  const ageMs = Math.max(0, atMs - live.atMs)
  const ageMin = Math.floor(ageMs / MINUTE_MS)
  const judged = judge(live.value)
  const bad = 'met' in judged && !judged.met
  const value = 'met' in judged ? judged.value : judged.unknown
  if (bad && ageMin <= RULES.goodForMin) return item('not-met', value)
  const goodForMs = Math.min(defaultAlarmConfig.staleMs[sign] ?? 0, RULES.goodForMin * MINUTE_MS)
  if (ageMs > goodForMs) {
    const age = ageMin > 0 ? `${ageMin} min` : 'over a minute'
    return item('unknown', `${value}, but ${age} ago, too old: measure by hand`)
  }
  if (live.quality !== 'ok') return item('unknown', `${value}, doubted by the monitor: measure by hand`)
  return item('met' in judged ? 'met' : 'unknown', value)
}

function pressureItem(
  values: Values,
  sign: 'systolicMmHg' | 'diastolicMmHg',
  name: string,
  below: number,
): DischargeItem {
  const most = RULES.withinPercentOfBaseline
  const title = `${name} pressure below ${below} mmHg and within ${most} % of the first reading`
  const own = values.baseline?.signs.find((taken) => taken.sign === sign)
  const judge = (value: number): Judged => {
    if (!own) {
      const words = `${value} mmHg, no first reading to compare`
      return value >= below ? { met: false, value: words } : { unknown: words }
    }
    const first = own.value
    const change = value - first
    const percent = Math.abs(Math.round((change / first) * 1000) / 10)
    return {
      met: value < below && Math.abs(change) * 100 <= most * first,
      value: `${value} mmHg, ${percent} % ${change < 0 ? 'below' : 'above'} ${first}`,
    }
  }
  return signItem(values, sign, sign, title, judge, own ? [own.eventId] : [])
}

/** What was recorded before the dose had ended says nothing about the person who is about to leave. */
function isBeforeEnd({ at }: { readonly at: Instant }, dose: SessionDose | undefined): boolean {
  return !dose?.ended || at < dose.ended.at
}

function minutesSince({ at }: { readonly at: Instant }, atMs: number): number {
  return Math.floor((atMs - Date.parse(at)) / MINUTE_MS)
}

/** The newest answer up to the instant judged. An old “no” holds on as such, an old “yes” is unknown. */
function stepItem({ stepAnswers, dose }: SessionState, step: DischargeStep, atMs: number): DischargeItem {
  const answer = stepAnswers.findLast((each) => each.step === step && Date.parse(each.at) <= atMs)
  const item = (verdict: Verdict, value: string): DischargeItem => ({
    id: step,
    title: STEP_TITLES[step],
    verdict,
    value,
    eventIds: answer ? [answer.eventId] : [],
  })
  if (!answer) return item('unknown', 'not asked yet')
  if (isBeforeEnd(answer, dose)) {
    return item('unknown', `${answer.met}, but answered before the end of the dose: ask again`)
  }
  const verdict = answer.met === 'yes' ? 'met' : answer.met === 'no' ? 'not-met' : 'unknown'
  const ageMin = minutesSince(answer, atMs)
  if (AGEING.includes(step) && ageMin > RULES.goodForMin) {
    const value = `${answer.met}, but ${ageMin} min ago, may be ${RULES.goodForMin}: ask again`
    return item(verdict === 'met' ? 'unknown' : verdict, value)
  }
  return item(verdict, answer.met)
}

/** The newest Aldrete or PADSS since the end of the dose; an older one says nothing about now. */
function recoveryItem({ care, dose }: SessionState, atMs: number): DischargeItem {
  const title = `Recovery score (Aldrete or PADSS) ${RULES.recoveryScoreAtLeast} or more`
  const last = care.scales.findLast(
    ({ scale, at }) => (scale === 'aldrete' || scale === 'padss') && Date.parse(at) <= atMs,
  )
  const item = (verdict: Verdict, value: string): DischargeItem => ({
    id: 'recovery-score',
    title,
    verdict,
    value,
    eventIds: last ? [last.eventId] : [],
  })
  if (!last) return item('unknown', 'not taken')
  const name = last.scale === 'aldrete' ? 'Aldrete' : 'PADSS'
  if (last.score === null) return item('unknown', `${name} could not be taken`)
  if (isBeforeEnd(last, dose)) return item('unknown', `${name} ${last.score}, but taken before the end`)
  const ageMin = minutesSince(last, atMs)
  if (ageMin > RULES.goodForMin) {
    return item('unknown', `${name} ${last.score}, ${ageMin} min old, may be ${RULES.goodForMin}`)
  }
  return item(last.score >= RULES.recoveryScoreAtLeast ? 'met' : 'not-met', `${name} ${last.score} of 10`)
}

/**
 * The answer, and no score since the dose that says otherwise: CADSS above its bound, or a rating above the one before. A
 * score that says so holds on until a newer one does not; one that says nothing against leaving grows old like the answer.
 */
function dissociationItem(state: SessionState, atMs: number): DischargeItem {
  const asked = stepItem(state, 'no-dissociation', atMs)
  const { dose, care } = state
  const scores = care.scales.filter(
    ({ scale, score, at }) =>
      (scale === 'cadss' || scale === 'dissociation-0-10') && score !== null && Date.parse(at) <= atMs,
  )
  const newest = scores.findLast((each) => !isBeforeEnd(each, dose))
  if (!newest || newest.score === null) return asked
  const before =
    scores.findLast(({ scale, at }) => scale === newest.scale && dose && at <= dose.startedAt)?.score ?? 0
  const most = Math.max(before, newest.scale === 'cadss' ? RULES.cadssAtMost : 0)
  const ageMin = minutesSince(newest, atMs)
  const isOld = ageMin > RULES.goodForMin
  const words = `${newest.scale === 'cadss' ? 'CADSS' : 'rated'} ${newest.score}, may be ${most}`
  const eventIds = [...asked.eventIds, newest.eventId]
  if (newest.score > most) {
    const value = isOld ? `${words}; ${ageMin} min ago: take it again` : words
    return { ...asked, verdict: 'not-met', value, eventIds }
  }
  return isOld ? asked : { ...asked, value: `${asked.value}; ${words}`, eventIds }
}

/** Of a dose by the vein somebody has to say what became of the access when none was recorded. */
function unrecordedAccess(state: SessionState, atMs: number): DischargeItem {
  const asked = stepItem(state, 'access-out', atMs)
  if (asked.eventIds.length > 0) return asked
  return { ...asked, value: 'none recorded; say that it is out or that there was none' }
}

/** A cannula that is still in place; where none was ever recorded it is asked (`unrecordedAccess`). */
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
