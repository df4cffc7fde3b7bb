import { describeTest, meetsTest } from './limit-test.ts'
import type { LimitRule, Limits } from './limits.ts'
import {
  type Reading,
  type TimedReading,
  type VitalSign,
  vitalSignNames,
  vitalSigns,
  writeValue,
} from './vital-sign.ts'

/** `unknown` is a state of its own: it is never shown, counted or passed on as `within`. */
export type State = 'within' | 'unknown' | 'amber' | 'red'

export type SignState = {
  readonly state: State
  readonly value: number | null
  /** Why, in words for the screen and the record. */
  readonly reason: string
  /** Ids of the rules that are met, the worst first. */
  readonly rules: readonly string[]
}

export type Interpretation = {
  /** The version of the limits used; null when there were none. */
  readonly limitsVersion: string | null
  readonly signs: Readonly<Record<VitalSign, SignState>>
}

/** What went before, for rules that ask how long something has lasted. */
export type Course = {
  /** The instant of the reading interpreted, epoch milliseconds. */
  readonly atMs: number
  /** Readings of the same session in any order; those at or after `atMs` are not looked at. */
  readonly earlier: readonly TimedReading[]
}

/**
 * Judges each sign of a reading by the limits, absolutely and against the person's own baseline.
 *
 * A sign is `within` only when every rule for it could be judged and none is met. It is `unknown` when it was not
 * measured, is not a number, has no limits, or when a rule that might have been met could not be judged (no baseline; no
 * course for a rule about time) and none other is met. For the baseline reading itself pass that reading as baseline.
 *
 * A rule with a duration is met when this reading and every earlier one that measured the sign, back to one at least
 * that long ago, meet it. Without `course` it cannot be judged.
 *
 * @param limits null or undefined when none are configured: everything is then unknown
 * @param baseline the person's own reading before the dose
 * Cost: rules × earlier readings.
 * @example interpret({ systolicMmHg: 172 }, defaultLimits, { systolicMmHg: 128 }).signs.systolicMmHg
 * // amber: "Systolic pressure 172 mmHg: at or above 160 mmHg; 44 mmHg above own baseline of 128 mmHg (limit 30 mmHg)"
 */
export function interpret(
  reading: Reading,
  limits: Limits | null | undefined,
  baseline?: Reading | null,
  course?: Course | null,
): Interpretation {
  const context: Context = { baseline: baseline ?? null, course: course ?? null }
  const states = vitalSigns.map((sign) => [sign, judgeSign(sign, reading[sign], limits, context)] as const)
  return {
    limitsVersion: limits?.version ?? null,
    signs: Object.fromEntries(states) as Record<VitalSign, SignState>,
  }
}

type Context = { readonly baseline: Reading | null; readonly course: Course | null }

function judgeSign(
  sign: VitalSign,
  value: number | null | undefined,
  limits: Limits | null | undefined,
  context: Context,
): SignState {
  const { name } = vitalSignNames[sign]
  const unknown = (reason: string): SignState => ({
    state: 'unknown',
    value: value ?? null,
    reason,
    rules: [],
  })
  if (value === undefined || value === null) return unknown(`${name}: not measured`)
  if (!Number.isFinite(value)) return { ...unknown(`${name}: not a number`), value: null }
  const rules = limits?.rules.filter((rule) => rule.sign === sign) ?? []
  const written = `${name} ${writeValue(sign, value)}`
  if (rules.length === 0) return unknown(`${written}: no limits are set`)

  const judged = rules.map((rule) => ({ rule, ...judgeRule(rule, value, context) }))
  const met = judged.filter(({ verdict }) => verdict === 'met')
  const unjudged = judged.filter(({ verdict }) => verdict === 'unjudged')
  for (const level of ['red', 'amber'] as const) {
    const atLevel = met.filter(({ rule }) => rule.level === level)
    if (atLevel.length === 0) continue
    const worseOpen = level === 'amber' ? unjudged.filter(({ rule }) => rule.level === 'red') : []
    const words = [...atLevel, ...worseOpen].map(({ words: why }) => why)
    const others = met.filter(({ rule }) => rule.level !== level)
    return {
      state: level,
      value,
      reason: `${written}: ${words.join('; ')}`,
      rules: [...atLevel, ...others].map(({ rule }) => rule.id),
    }
  }
  if (unjudged.length > 0) return unknown(`${written}: ${unjudged.map(({ words }) => words).join('; ')}`)
  return { state: 'within', value, reason: `${written}: within limits`, rules: [] }
}

type Judgement = { readonly verdict: 'met' | 'not-met' | 'unjudged'; readonly words: string }

function judgeRule(rule: LimitRule, value: number, { baseline, course }: Context): Judgement {
  const own = baseline?.[rule.sign]
  const now = meetsTest(rule, value, own)
  if (now === null) {
    return { verdict: 'unjudged', words: 'no own baseline to compare with' }
  }
  const words = describeTest(rule, value, own)
  if (!now) return { verdict: 'not-met', words }
  if (rule.heldForMs === undefined) return { verdict: 'met', words }
  const limit = writeDuration(rule.heldForMs)
  if (!course) return { verdict: 'unjudged', words: `${words}, not known whether for ${limit}` }
  const heldMs = course.atMs - heldSince(rule, course, own)
  return heldMs >= rule.heldForMs
    ? { verdict: 'met', words: `${words} for ${writeDuration(heldMs)} (limit ${limit})` }
    : { verdict: 'not-met', words }
}

/** Since when the readings up to now have met the rule without one to the contrary. */
function heldSince(rule: LimitRule, { atMs, earlier }: Course, own: number | null | undefined): number {
  const before = earlier.filter((timed) => timed.atMs < atMs).sort((a, b) => b.atMs - a.atMs)
  let since = atMs
  for (const timed of before) {
    const value = timed.values[rule.sign]
    // A moment at which the sign was not measured neither breaks nor proves the stretch.
    if (value === undefined || value === null || !Number.isFinite(value)) continue
    if (meetsTest(rule, value, own) !== true) break
    since = timed.atMs
  }
  return since
}

function writeDuration(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  return minutes >= 1 ? `${minutes} min` : `${Math.floor(ms / 1000)} s`
}

/**
 * The state of a reading as a whole: the worst of its signs, red before amber before unknown before within.
 *
 * @param required the signs that must be known; an unknown one among them keeps the whole from being `within`. Give the
 * limits' own `required` list unless the moment asks for less. With nothing known at all the answer is `unknown`.
 */
export function worstState({ signs }: Interpretation, required: readonly VitalSign[]): State {
  const states = vitalSigns.map((sign) => signs[sign].state)
  if (states.includes('red')) return 'red'
  if (states.includes('amber')) return 'amber'
  if (required.some((sign) => signs[sign].state === 'unknown')) return 'unknown'
  return states.includes('within') ? 'within' : 'unknown'
}
