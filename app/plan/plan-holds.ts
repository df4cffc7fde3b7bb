import type { EligibilityDecision, MedicineHold, RuleAgainst } from '../assess/index.ts'
import { DAY_MS, daysBetween, type Instant, type LocalDate, msBetween } from '../platform/time.ts'
import type { StateKind } from '../ui/index.ts'
import type { GateState } from './day-before/gate.ts'
import { gateWords } from './day-before/gate-words.ts'
import type { DoseOrder } from './orders/order.ts'
import { weightChangePercent } from './orders/order-decision.ts'
import type { Protocol } from './protocols/protocol.ts'

/** What can hold a plan's next dose beside its steps, by the names that the gate before a dose uses. */
export const PLAN_HOLDS = [
  'not-eligible',
  'open-concern',
  'eligibility-too-old',
  'medicines-hold',
  'weight-too-old',
  'weight-changed',
  'too-soon',
  'day-before',
] as const

export type PlanHold = {
  readonly id: (typeof PLAN_HOLDS)[number]
  /** against: known, and it holds. unknown: it holds until somebody knows. */
  readonly kind: 'against' | 'unknown'
  /** For everybody who may see the plan. */
  readonly text: string
  /** What exactly, for those who may read the part of the record it comes from. */
  readonly detail?: string
}

/** What is known of a plan before its next visit. */
export type HoldFacts = {
  readonly at: Instant
  /** The newest decision on the person, of whichever assessment. */
  readonly newestDecision: Pick<EligibilityDecision, 'decision'> | undefined
  readonly openConcern: boolean
  /** Rules of the decision that are not met on what is known now (`rulesAgainst`). */
  readonly tooOld: readonly RuleAgainst[]
  readonly medicines: readonly MedicineHold[]
  readonly order: Pick<DoseOrder, 'given' | 'weightMeasuredAt' | 'actualWeightKg'> | undefined
  /** The newest weight on record, in kg. */
  readonly weightKg: number | undefined
  readonly weight: Pick<Protocol['weight'], 'maxAgeDays' | 'changeToAcknowledgePercent'>
  /** When the next visit begins; undefined when none is ahead. */
  readonly nextAt: Instant | undefined
  /** The next visit's calendar day in the clinic; undefined when none is ahead. */
  readonly nextDay: LocalDate | undefined
  readonly lastDoseDay: LocalDate | undefined
  /** Fewest days from one dose to the next visit. */
  readonly earliestDays: number
  /** What was answered the day before; undefined while nobody is asked yet. */
  readonly dayBefore: GateState | undefined
}

/**
 * What holds a plan's next dose although every step of it is done, as far as that can be known before the day. It asks
 * what the gate before a dose asks; readings, breath, withdrawal and the checklist are left to the day. Unknown is
 * never left out.
 *
 * @returns what is known to hold first, then what is not known; empty when nothing is open before the day
 */
export function planHolds(facts: HoldFacts): PlanHold[] {
  const holds = [
    facts.newestDecision?.decision === 'not-eligible' &&
      against('not-eligible', 'The newest decision is “not eligible”.'),
    facts.openConcern && against('open-concern', 'A critical safety concern is open.'),
    ruleHold(facts.tooOld),
    medicineHold(facts.medicines),
    orderHold(facts),
    spacingHold(facts),
    dayBeforeHold(facts.dayBefore),
  ].filter((hold) => hold !== false && hold !== undefined)
  return [
    ...holds.filter(({ kind }) => kind === 'against'),
    ...holds.filter(({ kind }) => kind === 'unknown'),
  ]
}

function against(id: PlanHold['id'], text: string, detail?: string): PlanHold {
  return { id, kind: 'against', text, ...(detail ? { detail } : {}) }
}

function ruleHold(rules: readonly RuleAgainst[]): PlanHold | undefined {
  if (rules.length === 0) return undefined
  const known = rules.some(({ truth }) => truth === 'not-met')
  return {
    id: 'eligibility-too-old',
    kind: known ? 'against' : 'unknown',
    text: known
      ? 'A rule of the decision is not met on what is known now.'
      : 'A rule of the decision is to be asked again before the dose.',
    detail: rules.map(detailOf).join(' '),
  }
}

function medicineHold(all: readonly MedicineHold[]): PlanHold | undefined {
  const holds = all.filter(({ onTheDay }) => !onTheDay)
  if (holds.length === 0) return undefined
  const known = holds.some(({ truth }) => truth === 'not-met')
  return {
    id: 'medicines-hold',
    kind: known ? 'against' : 'unknown',
    text: known ? 'A medicine holds the dose.' : 'The medicines are not known.',
    detail: holds.map(detailOf).join(' '),
  }
}

function detailOf({ title, truth, settle }: RuleAgainst): string {
  return `${truth === 'unknown' ? 'Not known now' : 'Not met'}: ${title.replace(/\.$/, '')}. ${settle}`
}

function orderHold({ order, weight, weightKg, at, nextAt }: HoldFacts): PlanHold | undefined {
  if (!order) return undefined
  if (!order.weightMeasuredAt) return undefined
  const tooOldAt = (when: Instant) => msBetween(order.weightMeasuredAt!, when) > weight.maxAgeDays * DAY_MS
  const tooOld = tooOldAt(at)
  // The gate asks on the visit's day, not today.
  if (tooOld || (nextAt && tooOldAt(nextAt)))
    return {
      id: 'weight-too-old',
      kind: 'unknown',
      text: `The weight behind the order ${tooOld ? 'is' : 'will be'} more than ${weight.maxAgeDays} days old${tooOld ? '' : ' at the next visit'}: weigh, and sign a new order.`,
    }
  const change = weightKg === undefined ? undefined : weightChangePercent(weightKg, order.actualWeightKg)
  if (change !== undefined && Math.abs(change) > weight.changeToAcknowledgePercent)
    return against(
      'weight-changed',
      `The newest weight lies ${Math.abs(change).toFixed(1)} % ${change < 0 ? 'below' : 'above'} the one behind the order: a prescriber signs a new one.`,
    )
  return undefined
}

function spacingHold({ nextDay, lastDoseDay, earliestDays }: HoldFacts): PlanHold | undefined {
  if (!nextDay || !lastDoseDay) return undefined
  const days = daysBetween(lastDoseDay, nextDay)
  return days < earliestDays
    ? against(
        'too-soon',
        `The next visit is ${days} ${days === 1 ? 'day' : 'days'} after the last dose; at least ${earliestDays} are asked.`,
      )
    : undefined
}

function dayBeforeHold(state: GateState | undefined): PlanHold | undefined {
  if (!state || state.kind === 'confirmed') return undefined
  return state.kind === 'problem'
    ? against(
        'day-before',
        'The day before, something was told that speaks against the visit.',
        gateWords(state),
      )
    : {
        id: 'day-before',
        kind: 'unknown',
        text: 'The questions of the day before are not all answered.',
        detail: gateWords(state),
      }
}

/** How a plan stands whose steps are done; nothing of it says that the dose may be given. */
export function holdsInWords(holds: readonly Pick<PlanHold, 'kind'>[]): {
  readonly state: StateKind
  readonly word: string
} {
  if (holds.some(({ kind }) => kind === 'against')) return { state: 'amber', word: 'held' }
  if (holds.length > 0) return { state: 'unknown', word: 'not known' }
  return { state: 'calm', word: 'nothing open before the day' }
}
