import type { Fact, FactKind, FactSource } from '../app/assess/fact.ts'
import { addMs, HOUR_MS, type Instant, parseInstant } from '../app/platform/time.ts'

/** The instant at which tests of the rules look, in a clinic of New York. */
export const NOW = parseInstant('2026-11-22T15:00:00Z')
export const ZONE = 'America/New_York'
let counter = 0

/** One invented fact; observed and recorded an hour before `NOW` unless told otherwise. */
export function fact(
  kind: FactKind,
  value: unknown,
  more: { ageMs?: number; source?: FactSource; recordedAt?: Instant } = {},
): Fact {
  counter += 1
  const observedAt = addMs(NOW, -(more.ageMs ?? HOUR_MS))
  return {
    id: `fact-${String(counter).padStart(6, '0')}` as Fact['id'],
    personId: 'person' as Fact['personId'],
    kind,
    value: value as Fact['value'],
    observedAt,
    recordedAt: more.recordedAt ?? observedAt,
    source: more.source ?? 'measured-here',
    recordedBy: 'somebody',
  }
}

/** A person for whom every rule is met and no notice applies. */
export const WELL: readonly (readonly [FactKind, unknown])[] = [
  ['birth-date', '1980-05-01'],
  ['sex', 'female'],
  ['weight-kg', 70],
  ['height-cm', 170],
  ['blood-pressure', { systolicMmHg: 120, diastolicMmHg: 80 }],
  ['heart-rate-per-min', 70],
  ['ecg', 'no-concern'],
  ['pregnancy-test', 'negative'],
  ['contraception-agreed', 'yes'],
  ['alt-times-uln', 1],
  ['ast-times-uln', 1],
  ['breath-alcohol', 0],
  ['ciwa-ar', 2],
  ['cows', 0],
  ['stop-bang', 2],
  ['suicide-risk-level', 0],
  ['ketamine-days-per-week', 0],
  ['consent-capacity', 'yes'],
  ['escort-named', 'yes'],
  ...(
    [
      'ketamine-reaction',
      'aneurysm-or-vessel-malformation',
      'brain-haemorrhage',
      'pressure-rise-hazard',
      'recent-infarct-stroke-head-injury',
      'heart-disease-not-controlled',
      'raised-head-or-eye-pressure',
      'psychosis',
      'psychosis-in-family',
      'mania-now',
      'bipolar-disorder',
      'dissociative-disorder-dementia-delirium',
      'breastfeeding',
      'moderate-liver-disease',
      'severe-liver-disease',
      'kidney-failure-porphyria-thyrotoxicosis',
      'sleep-apnoea-or-lung-disease',
      'ketamine-use-disorder',
      'active-substance-problem',
      'bladder-symptoms',
      'withdrawal-seizure-or-delirium',
      'intoxicated-now',
      'stimulant-last-24-h',
    ] as const
  ).map((kind) => [kind, 'no'] as const),
]

/** The facts of the well person, without those of some kinds. */
export function wellFacts(...without: readonly FactKind[]): Fact[] {
  return WELL.filter(([kind]) => !without.includes(kind)).map(([kind, value]) => fact(kind, value))
}
