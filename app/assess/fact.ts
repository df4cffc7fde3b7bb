import * as z from 'zod'
import type { Id, PersonId } from '../platform/ids.ts'
import type { Instant } from '../platform/time.ts'

/**
 * Clinical facts: one thing known about a person, with its value, when it was observed, and who says so. Facts
 * are never changed; a newer one stands beside the older. What nobody knows has no fact, and an answer "not
 * sure" is the value "unknown": neither ever counts as normal.
 */

/** "not sure" is an answer of its own: it never counts as no. */
export type YesNo = 'yes' | 'no' | 'unknown'

const yesNo = z.enum(['yes', 'no', 'unknown'], { error: 'Choose yes, no or not known.' })

/** A number between the least and the most that can be true of a living person; outside it is a slip of the pen. */
function figure(least: number, most: number, unit: string) {
  const message = `Enter a number from ${least} to ${most}${unit ? ` ${unit}` : ''}.`
  return z.number({ error: message }).min(least, message).max(most, message)
}

const systolic = figure(50, 280, 'mmHg')
const diastolic = figure(20, 180, 'mmHg')

/** Every kind of fact with the form its value takes; units stand in the name or in `FACT_KINDS`. */
export const factValueSchemas = {
  'birth-date': z.string().regex(/^\d{4}-\d\d-\d\d$/, 'Enter a calendar day.'),
  sex: z.enum(['female', 'male', 'other', 'unknown']),
  'weight-kg': figure(25, 350, 'kg'),
  'height-cm': figure(100, 230, 'cm'),
  'blood-pressure': z
    .object({ systolicMmHg: systolic, diastolicMmHg: diastolic })
    .refine((bp) => bp.systolicMmHg > bp.diastolicMmHg, {
      message: 'The upper value must be greater than the lower one.',
      path: ['systolicMmHg'],
    }),
  'heart-rate-per-min': figure(20, 250, 'per minute'),
  'spo2-percent': figure(50, 100, '%'),
  ecg: z.enum(['no-concern', 'needs-review', 'serious-finding', 'unknown'], { error: 'Choose a reading.' }),
  'pregnancy-test': z.enum(['negative', 'positive', 'unknown'], { error: 'Choose a result.' }),
  'alt-times-uln': figure(0, 100, 'times the upper limit'),
  'ast-times-uln': figure(0, 100, 'times the upper limit'),
  'breath-alcohol': figure(0, 0.6, 'g/dL'),
  'ciwa-ar': figure(0, 67, 'points').int('Enter a whole number.'),
  'suicide-risk-level': figure(0, 5, '').int('Enter a whole number.'),
  'ketamine-days-per-week': figure(0, 7, 'days').int('Enter a whole number.'),
  'ketamine-reaction': yesNo,
  'aneurysm-or-vessel-malformation': yesNo,
  'brain-haemorrhage': yesNo,
  'pressure-rise-hazard': yesNo,
  'recent-infarct-stroke-head-injury': yesNo,
  'heart-disease-not-controlled': yesNo,
  'raised-head-or-eye-pressure': yesNo,
  psychosis: yesNo,
  'psychosis-in-family': yesNo,
  'mania-now': yesNo,
  'dissociative-disorder-dementia-delirium': yesNo,
  'pregnancy-possible': yesNo,
  breastfeeding: yesNo,
  'severe-liver-disease': yesNo,
  'kidney-failure-porphyria-thyrotoxicosis': yesNo,
  'sleep-apnoea-or-lung-disease': yesNo,
  'ketamine-use-disorder': yesNo,
  'bladder-symptoms': yesNo,
  'withdrawal-seizure-or-delirium': yesNo,
  'intoxicated-now': yesNo,
  'stimulant-last-24-h': yesNo,
  'consent-capacity': yesNo,
  'bipolar-disorder': yesNo,
  'mood-stabiliser': yesNo,
  ymrs: figure(0, 60, 'points').int('Enter a whole number.'),
  'contraception-agreed': yesNo,
  'moderate-liver-disease': yesNo,
  'stop-bang': figure(0, 8, 'points').int('Enter a whole number.'),
  cows: figure(0, 48, 'points').int('Enter a whole number.'),
  'active-substance-problem': yesNo,
  'bladder-worked-up': yesNo,
  'escort-named': yesNo,
} as const

export type FactKind = keyof typeof factValueSchemas
export type FactValues = { readonly [Kind in FactKind]: z.infer<(typeof factValueSchemas)[Kind]> }

/** Who says so. Self-report ranks below what staff measured or read. */
export type FactSource = 'self-report' | 'measured-here' | 'outside-record'

export type FactId = Id<'fact'>

export type Fact<Kind extends FactKind = FactKind> = {
  readonly id: FactId
  readonly personId: PersonId
  readonly kind: Kind
  readonly value: FactValues[Kind]
  /** When it was true or measured; for a history, when it was told. */
  readonly observedAt: Instant
  readonly recordedAt: Instant
  readonly source: FactSource
  /** Account id of staff; "patient" for what the person told us. */
  readonly recordedBy: string
}

export function isFactKind(text: unknown): text is FactKind {
  return typeof text === 'string' && Object.hasOwn(factValueSchemas, text)
}

/** Kinds whose answer is yes, no or unknown: histories and states, where staff's word outranks a self-report. */
export function isYesNoKind(kind: FactKind): boolean {
  return factValueSchemas[kind] === yesNo
}

/**
 * The fact that holds now, out of all facts of one kind about one person; their order does not matter.
 *
 * Measurements: the one observed last. Histories (yes, no, unknown): what staff wrote last outranks what the
 * person told, except that a "yes" told after staff's "no" leaves the matter open: the value is then "unknown"
 * until staff have asked again. Without staff's word the person's last one holds.
 *
 * @returns undefined when there is none; `disputed` when staff and person disagree as described
 */
export function currentFact<Kind extends FactKind>(
  facts: readonly Fact<Kind>[],
): { readonly fact: Fact<Kind>; readonly disputed: boolean } | undefined {
  const first = facts[0]
  if (!first) return undefined
  if (!isYesNoKind(first.kind)) return { fact: latestBy(facts, 'observedAt'), disputed: false }
  const told = facts.filter((fact) => fact.source === 'self-report')
  const found = facts.filter((fact) => fact.source !== 'self-report')
  if (found.length === 0) return { fact: latestBy(told, 'recordedAt'), disputed: false }
  const staff = latestBy(found, 'recordedAt')
  if (told.length === 0) return { fact: staff, disputed: false }
  const person = latestBy(told, 'recordedAt')
  const disputed = staff.value === 'no' && person.value === 'yes' && person.recordedAt > staff.recordedAt
  return { fact: disputed ? person : staff, disputed }
}

function latestBy<Kind extends FactKind>(
  facts: readonly Fact<Kind>[],
  by: 'observedAt' | 'recordedAt',
): Fact<Kind> {
  const other = by === 'observedAt' ? 'recordedAt' : 'observedAt'
  return facts.reduce((best, fact) => {
    const order =
      fact[by].localeCompare(best[by]) ||
      fact[other].localeCompare(best[other]) ||
      fact.id.localeCompare(best.id)
    return order > 0 ? fact : best
  })
}

/** The fact that holds now of each kind. */
export function currentFacts(
  facts: readonly Fact[],
): ReadonlyMap<FactKind, { readonly fact: Fact; readonly disputed: boolean }> {
  const byKind = new Map<FactKind, Fact[]>()
  for (const fact of facts) byKind.set(fact.kind, [...(byKind.get(fact.kind) ?? []), fact])
  return new Map([...byKind].map(([kind, all]) => [kind, currentFact(all)!]))
}
