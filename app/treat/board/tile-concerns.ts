import type { Instant } from '../../platform/time.ts'
import type { StateKind } from '../../ui/index.ts'
import { dueSteps, expectedEndMs, isPaused } from '../dose/infusion.ts'
import type { AlarmLife } from '../session/care.ts'
import { alarmCauseWords } from '../session/care-words.ts'
import { causeNow } from '../session/cause-now.ts'
import type { NewestValue } from '../session/newest-values.ts'
import type { SessionState } from '../session/session.ts'

/** How urgent a room is, the most urgent first: the order of the board. What is unknown never stands with what is calm. */
export const URGENCIES = [
  'red',
  'red-acknowledged',
  'technical',
  'amber',
  'technical-acknowledged',
  'amber-acknowledged',
  'unknown',
  'due',
  'calm',
] as const
export type Urgency = (typeof URGENCIES)[number]

/** Something that is wrong in a room. */
export type Concern = {
  readonly urgency: Exclude<Urgency, 'unknown' | 'due' | 'calm'>
  /** What, in words that need no colour: "Red: Systolic pressure 184 mmHg". */
  readonly word: string
  /** Since when, epoch milliseconds; undefined where nobody knows. */
  readonly sinceMs: number | undefined
  /** The alarm behind it; undefined for what the screen itself finds in values, clocks and the watch. */
  readonly alarm: AlarmLife | undefined
  /** What the room says now about an alarm's cause: that it is over, or that nothing is known. Or what is to be done; else empty. */
  readonly now: string
}

/** Of a dose that runs against the person's will. */
export const CONSENT_CONCERN = 'Consent taken back'

/** A reading this late during or after a dose is as bad as a red one: silence is an alarm. A design default. */
export const OVERDUE_RED_MS = 5 * 60_000

/** Whether somebody is here: arrived and not left. Such a room has a named watcher, or says in red that it has none. */
export function isUnderWay({ phase }: Pick<SessionState, 'phase'>): boolean {
  return phase !== 'arrive' && phase !== 'leave'
}

/**
 * Since when consent to dosing is taken back in a session that somebody has come to and not left; red while a dose
 * runs, amber otherwise: nothing more may be given, and the watch goes on. Undefined where it is not.
 */
export function consentTakenBack(
  session: Pick<SessionState, 'phase' | 'dose'>,
  since: Instant | undefined,
): { readonly state: 'red' | 'amber'; readonly since: Instant } | undefined {
  if (!since || !isUnderWay(session)) return undefined
  return { state: session.dose && !session.dose.ended ? 'red' : 'amber', since }
}

/**
 * Everything that is wrong in a room now, the worst first; of two alike the one that lasts longer. Pure.
 *
 * Alarms of the log that are not over stand here whether or not somebody acknowledged them. Values and clocks speak for
 * themselves where no alarm of the log speaks for them, so that a red value is red on the board before, or without, the
 * server's alarm. A dose that runs after consent was taken back is a concern until it is stopped; once nothing runs the tile
 * says it and sounds for nothing. So is a pump that nobody has set to the step that was ordered for now, and one that should be
 * empty while nobody has said that it ended.
 *
 * @param values the newest values of the room
 * @param overdueMs how late the next reading is, in milliseconds
 * @param takenBackAt since when consent to dosing is taken back
 */
export function concernsOf(
  session: SessionState,
  values: readonly NewestValue[],
  overdueMs: number,
  nowMs: number,
  takenBackAt?: Instant,
): Concern[] {
  if (session.closed) return []
  const alarms = session.care.alarms.filter(({ resolvedAt }) => resolvedAt === undefined)
  const concerns: Concern[] = alarms.map((alarm) => ({
    urgency: alarm.acknowledged ? `${alarm.level}-acknowledged` : alarm.level,
    word: alarmCauseWords(alarm),
    sinceMs: Date.parse(alarm.raisedAt),
    alarm,
    now: nowWords(alarm, values, overdueMs),
  }))
  const own = (urgency: 'red' | 'amber', word: string, sinceMs: number | undefined, now = '') =>
    concerns.push({ urgency, word, sinceMs, alarm: undefined, now })
  const takenBack = consentTakenBack(session, takenBackAt)
  if (takenBack?.state === 'red') {
    own('red', CONSENT_CONCERN, Date.parse(takenBack.since), 'Stop what is being given.')
  }
  if (isUnderWay(session)) {
    const spoken = (level: 'red' | 'amber', about: (alarm: AlarmLife) => boolean) =>
      alarms.some((alarm) => about(alarm) && (alarm.level === 'red' || alarm.level === level))
    for (const level of ['red', 'amber'] as const) {
      const of = values.filter(
        (value) => value.state === level && !spoken(level, ({ sign }) => sign === value.sign),
      )
      if (of.length === 0) continue
      const ages = of.flatMap(({ atMs }) => (atMs === undefined ? [] : [atMs]))
      own(level, valueWords(of, level), ages.length > 0 ? Math.min(...ages) : undefined)
    }
    const overdue = session.dose && overdueMs >= OVERDUE_RED_MS ? 'red' : 'amber'
    if (overdueMs > 0 && !spoken(overdue, ({ cause }) => cause === 'reading-overdue')) {
      own(overdue, 'Reading overdue', nowMs - overdueMs)
    }
    for (const { urgency, word, sinceMs } of latePump(session.dose, nowMs)) own(urgency, word, sinceMs)
    if (!session.care.watch) {
      own('red', 'Nobody watches this room', session.arrivedAt && Date.parse(session.arrivedAt))
    }
  }
  return concerns.sort(
    (a, b) =>
      URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency) ||
      Number(isAboutValues(b)) - Number(isAboutValues(a)) ||
      (a.sinceMs ?? 0) - (b.sinceMs ?? 0),
  )
}

/** How long a pump may be empty before the board asks for the end of the infusion. A design default. */
const END_UNSAID_MS = 2 * 60_000

/** What nobody has done at the pump although it is time. */
function latePump(
  dose: SessionState['dose'],
  nowMs: number,
): readonly { readonly urgency: 'red' | 'amber'; readonly word: string; readonly sinceMs: number }[] {
  if (!dose || dose.ended || dose.atOnce || dose.units) return []
  // A pump that stands is set when it is resumed.
  if (isPaused(dose)) return []
  const [step] = dueSteps(dose, nowMs)
  if (step && step.atMs <= nowMs) {
    const word = `Set the pump to ${step.step.rateMlPerH} mL/h`
    return [{ urgency: 'red', word, sinceMs: step.atMs }]
  }
  const endedMs = expectedEndMs(dose, nowMs)
  if (nowMs - endedMs < END_UNSAID_MS) return []
  return [{ urgency: 'amber', word: 'End of the infusion not recorded', sinceMs: endedMs }]
}

function nowWords(...about: Parameters<typeof causeNow>): string {
  const { state, words } = causeNow(...about)
  return state === 'lasts' ? '' : words
}

/** A value that is wrong, or a dose nobody agrees to, comes before a clock or a watch that is. */
export function isAboutValues({ alarm, word }: Concern): boolean {
  return alarm ? alarm.sign !== undefined : word.includes(':') || word === CONSENT_CONCERN
}

/** The state a concern is drawn in; a technical alarm says that something is not known. */
export function stateOfConcern({ urgency }: Pick<Concern, 'urgency'>): StateKind {
  if (urgency.startsWith('red')) return 'red'
  return urgency.startsWith('amber') ? 'amber' : 'unknown'
}

const SHORT = {
  systolicMmHg: 'SBP',
  diastolicMmHg: 'DBP',
  heartRatePerMin: 'HR',
  spo2Percent: 'SpO₂',
  respiratoryRatePerMin: 'RR',
  moaas: 'MOAA/S',
  temperatureCelsius: 'Temp',
} as const

function valueWords(values: readonly NewestValue[], level: 'red' | 'amber'): string {
  const named = values.map(({ sign, value }) => `${SHORT[sign]} ${value}`)
  return `${level === 'red' ? 'Red' : 'Amber'}: ${named.join(', ')}`
}
