import type { VitalSign } from './vital-sign.ts'

/** amber = call the nurse; red = stop the infusion and call the prescriber. */
export type AlarmLevel = 'amber' | 'red'

/**
 * Where a threshold comes from. `default`: a design default to be signed off by the medical director; it is not a
 * guideline and must not be shown as one. `source`: read in the source named. `memory`: likely, but not looked up.
 */
export type LimitOrigin = 'default' | 'source' | 'memory'

/** When a value meets a rule: against a fixed value, or against the person's own baseline. */
export type LimitTest =
  | { readonly is: 'at-least' | 'above' | 'at-most' | 'below'; readonly value: number }
  | { readonly is: 'risen-by-at-least' | 'fallen-by-at-least'; readonly amount: number }

export type LimitRule = {
  /** Stays the same across versions, so that a recorded alarm can name its rule. */
  readonly id: string
  readonly sign: VitalSign
  readonly level: AlarmLevel
  readonly when: LimitTest
  /** Only when it has held for this long without a reading to the contrary. */
  readonly heldForMs?: number
  readonly origin: LimitOrigin
}

/** When the total of a scale calls somebody. A score that could not be taken meets no rule and ends none. */
export type ScoreRule = {
  readonly id: string
  /** The scale's own name in the record. */
  readonly score: string
  /** How it is called on the screen. */
  readonly name: string
  readonly level: AlarmLevel
  readonly atLeast: number
  /** Higher by this than when somebody acknowledged, it is raised again. */
  readonly worseBy: number
  readonly origin: LimitOrigin
}

/** A versioned set of alarm limits, from the clinic's configuration or a protocol. */
export type Limits = {
  readonly version: string
  readonly origin: string
  /** The signs that must be known before a reading as a whole may be called within limits. */
  readonly required: readonly VitalSign[]
  readonly rules: readonly LimitRule[]
  /** Absent: no scale calls anybody. */
  readonly scores?: readonly ScoreRule[]
}

const MINUTE_MS = 60_000

function rule(
  id: string,
  sign: VitalSign,
  level: AlarmLevel,
  is: 'at-least' | 'above' | 'at-most' | 'below',
  value: number,
  heldForMs?: number,
): LimitRule {
  const when: LimitTest = { is, value }
  return heldForMs === undefined
    ? { id, sign, level, when, origin: 'default' }
    : { id, sign, level, when, heldForMs, origin: 'default' }
}

function rise(id: string, sign: VitalSign, level: AlarmLevel, amount: number): LimitRule {
  return { id, sign, level, when: { is: 'risen-by-at-least', amount }, origin: 'default' }
}

/**
 * Alarm limits a clinic starts from. Every one is a design default: no US regulator sets them for racemic ketamine, and
 * sources differ, so a medical director signs them off or changes them.
 *
 * "165/100 persisting for ten minutes" is read cautiously: either pressure by itself.
 */
export const defaultLimits: Limits = {
  version: '2026-11-23',
  origin: 'design defaults, to be signed off by the medical director',
  required: [
    'systolicMmHg',
    'diastolicMmHg',
    'heartRatePerMin',
    'spo2Percent',
    'respiratoryRatePerMin',
    'moaas',
  ],
  rules: [
    rule('sbp-high-amber', 'systolicMmHg', 'amber', 'at-least', 160),
    rise('sbp-rise-amber', 'systolicMmHg', 'amber', 30),
    rule('sbp-high-red', 'systolicMmHg', 'red', 'at-least', 180),
    rule('sbp-lasting-red', 'systolicMmHg', 'red', 'at-least', 165, 10 * MINUTE_MS),
    rule('sbp-low-red', 'systolicMmHg', 'red', 'below', 90),
    rule('dbp-high-amber', 'diastolicMmHg', 'amber', 'at-least', 100),
    rise('dbp-rise-amber', 'diastolicMmHg', 'amber', 20),
    rule('dbp-high-red', 'diastolicMmHg', 'red', 'at-least', 110),
    rule('dbp-lasting-red', 'diastolicMmHg', 'red', 'at-least', 100, 10 * MINUTE_MS),
    rule('dbp-low-red', 'diastolicMmHg', 'red', 'below', 50),
    rule('hr-high-amber', 'heartRatePerMin', 'amber', 'above', 110),
    rule('hr-low-amber', 'heartRatePerMin', 'amber', 'below', 55),
    rule('hr-high-red', 'heartRatePerMin', 'red', 'above', 130),
    rule('hr-low-red', 'heartRatePerMin', 'red', 'below', 45),
    rule('spo2-low-amber', 'spo2Percent', 'amber', 'below', 94),
    rule('spo2-low-red', 'spo2Percent', 'red', 'below', 90),
    rule('spo2-lasting-red', 'spo2Percent', 'red', 'below', 92, MINUTE_MS),
    rule('rr-low-amber', 'respiratoryRatePerMin', 'amber', 'below', 10),
    rule('rr-high-amber', 'respiratoryRatePerMin', 'amber', 'above', 24),
    rule('rr-low-red', 'respiratoryRatePerMin', 'red', 'below', 8),
    rule('moaas-low-amber', 'moaas', 'amber', 'at-most', 4),
    rule('moaas-low-red', 'moaas', 'red', 'at-most', 2),
  ],
  scores: [
    {
      id: 'cadss-high-amber',
      score: 'cadss',
      name: 'Dissociation (CADSS)',
      level: 'amber',
      atLeast: 20,
      worseBy: 10,
      origin: 'default',
    },
    {
      id: 'distress-high-amber',
      score: 'distress-0-10',
      name: 'Distress, 0 to 10',
      level: 'amber',
      atLeast: 7,
      worseBy: 2,
      origin: 'default',
    },
  ],
}
