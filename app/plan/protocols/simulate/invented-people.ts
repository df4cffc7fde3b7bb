import type { EligibilityRule, Fact, FactKind } from '../../../assess/index.ts'
import type { Id, PersonId } from '../../../platform/ids.ts'
import { addDays, addMs, HOUR_MS, type Instant, localDateOf } from '../../../platform/time.ts'

/** An invented person as the simulation needs them: nobody's record, and never stored. */
export type InventedPerson = {
  readonly id: PersonId
  readonly sex: 'female' | 'male'
  readonly heightCm: number
  readonly weightKg: number
  /** What is known about them on the day they are assessed. */
  readonly facts: readonly Fact[]
}

/** Chance from a seed, uniform in [0, 1): the same seed gives the same people on any machine. */
export type Chance = () => number

/** mulberry32 (public domain, T. Ettinger): 32 bits of state, plenty for inventing people. */
export function seededChance(seed: number): Chance {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * How often each history is "yes" among invented people who come to an assessment. Assumptions of ours: no survey
 * stands behind them.
 */
const ASSUMED_HISTORIES: Readonly<Partial<Record<FactKind, number>>> = {
  'ketamine-reaction': 0.005,
  'aneurysm-or-vessel-malformation': 0.01,
  'brain-haemorrhage': 0.01,
  'pressure-rise-hazard': 0.02,
  'recent-infarct-stroke-head-injury': 0.02,
  'heart-disease-not-controlled': 0.03,
  'raised-head-or-eye-pressure': 0.01,
  psychosis: 0.04,
  'psychosis-in-family': 0.06,
  'mania-now': 0.02,
  'dissociative-disorder-dementia-delirium': 0.02,
  breastfeeding: 0.01,
  'severe-liver-disease': 0.03,
  'kidney-failure-porphyria-thyrotoxicosis': 0.01,
  'sleep-apnoea-or-lung-disease': 0.06,
  'ketamine-use-disorder': 0.02,
  'bladder-symptoms': 0.04,
  'withdrawal-seizure-or-delirium': 0.05,
}

/** One history or result in this many is not settled when the decision is due: an assumption. */
export const ASSUMED_UNKNOWN = 0.01

/**
 * One invented person from a source of chance, with facts observed two hours before `at`. What a rule asks and we
 * assume nothing about is settled and in order.
 */
export function inventPerson(
  chance: Chance,
  number: number,
  at: Instant,
  timeZone: string,
  rules: readonly EligibilityRule[],
): InventedPerson {
  const normal = () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())
  const sex = chance() < 0.42 ? 'female' : 'male'
  const ageYears = Math.round(clamp(44 + 12 * normal(), 17, 82))
  const heightCm = Math.round(clamp((sex === 'female' ? 163 : 177) + 7 * normal(), 145, 205))
  const bmi = clamp(27.5 * Math.exp(0.19 * normal()), 15, 52)
  const weightKg = Math.round(bmi * (heightCm / 100) ** 2 * 10) / 10
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as PersonId
  const facts: Fact[] = []
  const drawn = new Set<FactKind>()
  const know = (kind: FactKind, value: unknown) => {
    facts.push({
      id: `fact-${number}-${kind}` as Id<'fact'>,
      personId: id,
      kind,
      value: value as never,
      observedAt: addMs(at, -2 * HOUR_MS),
      recordedAt: addMs(at, -2 * HOUR_MS),
      source: 'measured-here',
      recordedBy: 'simulation',
    })
  }
  /** Settled most of the time; drawn in any case, so that one answer never shifts the next person. */
  const settle = (kind: FactKind, value: unknown) => {
    drawn.add(kind)
    if (chance() >= ASSUMED_UNKNOWN) know(kind, value)
  }
  know('birth-date', addDays(localDateOf(at, timeZone), -Math.round(ageYears * 365.25) - 1))
  know('sex', sex)
  know('weight-kg', weightKg)
  know('height-cm', heightCm)
  for (const [kind, share] of Object.entries(ASSUMED_HISTORIES))
    settle(kind as FactKind, chance() < share ? 'yes' : 'no')
  settle('pregnancy-test', chance() < 0.01 && sex !== 'male' ? 'positive' : 'negative')
  settle('ketamine-days-per-week', chance() < 0.01 ? 6 : 0)
  settle('alt-times-uln', round1(Math.exp(-0.2 + 0.6 * normal())))
  settle('ast-times-uln', round1(Math.exp(-0.2 + 0.6 * normal())))
  settle('ecg', chance() < 0.04 ? 'needs-review' : 'no-concern')
  settle('suicide-risk-level', chance() < 0.03 ? 4 : chance() < 0.2 ? 2 : 0)
  settle('consent-capacity', chance() < 0.01 ? 'no' : 'yes')
  for (const { requires } of rules)
    for (const [kind, value] of inOrder(requires))
      if (!drawn.has(kind) && !facts.some((fact) => fact.kind === kind)) know(kind, value)
  // Assumed to be so of everybody: what no survey behind this page counts.
  know('bipolar-disorder', 'no')
  know('contraception-agreed', 'yes')
  know('stop-bang', 2)
  return { id, sex, heightCm, weightKg, facts }
}

/** Values with which a requirement is met, by the facts it looks at. */
function inOrder(requires: EligibilityRule['requires']): readonly (readonly [FactKind, unknown])[] {
  if ('all' in requires) return requires.all.flatMap(inOrder)
  if ('any' in requires) return requires.any.flatMap(inOrder)
  if ('derived' in requires || 'isNot' in requires) return []
  if ('is' in requires) return [[requires.fact, requires.is[0]]]
  const { atLeast, atMost, below, member } = requires
  const value = atLeast ?? (atMost === undefined ? (below ?? 1) - 1 : Math.min(atMost, 0))
  return [[requires.fact, member === undefined ? value : { [member]: value }]]
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}

function round1(value: number): number {
  return Math.round(value * 10) / 10
}
