import type { Alarm } from './alarm.ts'
import type { AlarmConfig } from './alarm-config.ts'
import { nextStep } from './alarm-life.ts'
import type { AlarmState } from './alarm-state.ts'
import { nextTimer } from './alarm-timers.ts'
import type { State } from './interpret.ts'
import { describeTest, meetsTest } from './limit-test.ts'
import { type MonitoredSign, monitoredSigns, vitalSignNames, writeValue } from './vital-sign.ts'

const SEVERITY: Readonly<Record<State, number>> = { red: 3, amber: 2, unknown: 1, within: 0 }

/** Alarms that are not resolved, acknowledged ones among them: red first, then those nobody took on, then the oldest. */
export function openAlarms({ shown }: AlarmState): Alarm[] {
  return Object.values(shown.alarms)
    .filter(({ resolved }) => !resolved)
    .sort(
      (a, b) =>
        SEVERITY[b.level] - SEVERITY[a.level] ||
        Number(a.acknowledged !== null) - Number(b.acknowledged !== null) ||
        a.raisedAtMs - b.raisedAtMs ||
        (a.key < b.key ? -1 : 1),
    )
}

/** Somebody who is to be called when nobody acknowledges before. */
export type EscalationDue = {
  readonly alarm: string
  readonly level: 'amber' | 'red'
  readonly to: string
  readonly dueAtMs: number
}

/** The next call of every open alarm that nobody has acknowledged, the soonest first. */
export function escalationDue(state: AlarmState, config: AlarmConfig): EscalationDue[] {
  return openAlarms(state)
    .flatMap((alarm) => {
      const step = nextStep(alarm, config)
      return step ? [{ alarm: alarm.key, level: alarm.level, to: step.to, dueAtMs: step.dueAtMs }] : []
    })
    .sort((a, b) => a.dueAtMs - b.dueAtMs)
}

/** When something will happen though nothing comes: hand in a tick then. Null when no timer runs. */
export function nextTickMs({ shown }: AlarmState, config: AlarmConfig): number | null {
  return nextTimer(shown, config)?.atMs ?? null
}

/** A sign as it may be shown now. */
export type SignShown = {
  readonly sign: MonitoredSign
  readonly state: State
  /** The newest valid value, however old: its age says so. */
  readonly value: number | null
  readonly atMs: number | null
  readonly ageMs: number | null
  readonly from: 'hand' | 'device' | null
  readonly reason: string
}

/**
 * How each sign stands at `state.nowMs`. `within` needs a valid, undoubted value that is not too old, limits, and every
 * rule judged. Age and doubt turn `within` into `unknown`, never amber or red.
 */
export function signsShown(state: AlarmState, config: AlarmConfig): SignShown[] {
  return monitoredSigns.map((sign) => signShown(sign, state, config))
}

function signShown(sign: MonitoredSign, { shown, nowMs }: AlarmState, config: AlarmConfig): SignShown {
  const { name } = vitalSignNames[sign]
  const latest = shown.latest[sign]
  if (!latest) {
    return {
      sign,
      state: 'unknown',
      value: null,
      atMs: null,
      ageMs: null,
      from: null,
      reason: `${name}: not measured`,
    }
  }
  const { value, atMs, deviceId, doubtful } = latest
  const ageMs = Math.max(0, nowMs - atMs)
  const written = `${name} ${writeValue(sign, value)}`
  const at = { sign, value, atMs, ageMs, from: deviceId === null ? 'hand' : 'device' } as const
  const judged = judgeNow(
    sign,
    value,
    shown.baseline?.[sign as keyof typeof shown.baseline],
    atMs,
    shown.heldSinceMs,
    config,
  )
  const open: Why[] = []
  const tooOld = ageMs > knownForMs(sign, deviceId, atMs, shown.readingDueMs, config)
  if (tooOld) open.push(`no newer value for ${Math.floor(ageMs / 60_000)} min`)
  if ((shown.invalidAtMs[sign] ?? Number.NEGATIVE_INFINITY) >= atMs)
    open.push('the device calls its newest value invalid')
  if (doubtful) open.push('the value is in doubt')
  const words = [...judged.words, ...open].join('; ')
  const result: State = judged.state === 'within' && open.length > 0 ? 'unknown' : judged.state
  return { ...at, state: result, reason: words === '' ? `${written}: within limits` : `${written}: ${words}` }
}

type Why = string

function judgeNow(
  sign: MonitoredSign,
  value: number,
  own: number | null | undefined,
  atMs: number,
  heldSinceMs: Readonly<Record<string, number>>,
  { limits }: AlarmConfig,
): { readonly state: State; readonly words: readonly Why[] } {
  const rules = limits?.rules.filter((rule) => rule.sign === sign) ?? []
  if (rules.length === 0) return { state: 'unknown', words: ['no limits are set'] }
  const met = rules.filter((rule) => {
    if (meetsTest(rule, value, own) !== true) return false
    return rule.heldForMs === undefined || atMs - (heldSinceMs[rule.id] ?? atMs) >= rule.heldForMs
  })
  const level = met.some((rule) => rule.level === 'red') ? 'red' : 'amber'
  if (met.length > 0) {
    const words = met.filter((rule) => rule.level === level).map((rule) => describeTest(rule, value, own))
    return { state: level, words }
  }
  const unjudged = rules.some((rule) => meetsTest(rule, value, own) === null)
  return unjudged
    ? { state: 'unknown', words: ['no own baseline to compare with'] }
    : { state: 'within', words: [] }
}

function knownForMs(
  sign: MonitoredSign,
  deviceId: string | null,
  atMs: number,
  readingDueMs: number | null,
  config: AlarmConfig,
): number {
  if (deviceId !== null) return config.staleMs[sign] ?? config.manualKnownMs
  return Math.max(config.manualKnownMs, readingDueMs === null ? 0 : readingDueMs - atMs)
}

/**
 * The state of a room: the worst of its signs and its open alarms; unknown while a required sign is. An alarm that has
 * been acknowledged counts like any other, and so does a red one whose cause is gone but that nobody has seen.
 */
export function worstShown(state: AlarmState, config: AlarmConfig): State {
  const signs = signsShown(state, config)
  const required: readonly string[] = config.limits?.required ?? []
  const counted = signs.filter(
    ({ sign, state: of }) => of === 'amber' || of === 'red' || required.includes(sign),
  )
  const states: State[] = [
    ...counted.map((sign) => sign.state),
    ...openAlarms(state).map(({ level }) => level),
  ]
  if (required.length === 0) states.push('unknown')
  return states.reduce<State>((worst, of) => (SEVERITY[of] > SEVERITY[worst] ? of : worst), 'within')
}
