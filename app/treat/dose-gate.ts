import { type Limits, vitalSignNames } from '@evenkeel/vital-signs'
import type { LocalDate } from '../platform/time.ts'
import { type ChecklistGap, checklistGaps, type SessionState } from './session.ts'
import { judgeReading, readingState, sessionLimits } from './session-vitals.ts'

/** Everything that must be true before a drug is given. Each has its own name, so that a refusal says which. */
export type DoseHindrance =
  | 'session-over'
  | 'dose-already-started'
  | 'not-arrived'
  | 'identity-not-checked'
  | 'not-eligible'
  | 'eligibility-stale'
  | 'held-today'
  | 'consent-missing'
  | 'no-active-order'
  | 'checklist-incomplete'
  | 'no-baseline-reading'
  | 'baseline-too-old'
  | 'baseline-unknown'
  | 'baseline-red'
  | LotHindrance

export type LotHindrance =
  | 'no-lot'
  | 'lot-expired'
  | 'lot-wrong-concentration'
  | 'drawn-not-as-ordered'
  | 'not-enough-in-lot'

/** What the gate looks at: plain facts of this session and of the slices before it. */
export type DoseFacts = {
  readonly state: SessionState
  readonly atMs: number
  readonly decision: { readonly decision: 'eligible' | 'not-eligible'; readonly stale: boolean } | undefined
  /** Rules that hold a dose on the day and are known not to be met; what is unknown of them is asked here. */
  readonly heldBy: readonly string[]
  /** Titles of documents that are not signed in their current version. */
  readonly missingDocuments: readonly string[]
  readonly order: OrderFacts | undefined
  /** How old the reading before the dose may be. */
  readonly baselineWithinMs: number
  readonly limits?: Limits
}

export type OrderFacts = {
  readonly doseMg: number
  readonly volumeMl: number
  readonly concentrationMgPerMl: number
}

export type LotFacts = {
  readonly concentrationMgPerMl: number
  readonly expiresOn: LocalDate
  readonly balanceMl: number
}

/** One condition of the gate as it stands. */
export type DoseCheck = {
  readonly title: string
  readonly met: boolean
  readonly hindrance: DoseHindrance | undefined
  /** The value it was judged by, in words. */
  readonly value: string
}

const GAP_WORDS: Readonly<Record<ChecklistGap, string>> = {
  missing: 'not filled in yet',
  escort: 'escort not named with telephone',
  fasting: 'fasting not confirmed',
  'use-since': 'use since the last visit not ruled out',
  'breath-alcohol': 'breath alcohol not measured as 0.00',
}

/**
 * The conditions before a dose, each with its value, those of the lot apart (they depend on which vial is in the
 * hand). Unknown is never met.
 */
export function doseChecks(facts: DoseFacts): DoseCheck[] {
  const { state, decision, heldBy, missingDocuments, order } = facts
  const gaps = checklistGaps(state.checklist)
  const eligibility: DoseHindrance | undefined =
    decision?.decision !== 'eligible' ? 'not-eligible' : decision.stale ? 'eligibility-stale' : undefined
  return [
    check('Session open', sessionHindrance(state), {
      'session-over': 'this session is over',
      'dose-already-started': 'a dose was started already',
      ok: 'no dose yet',
    }),
    check('Here', state.arrivedAt ? undefined : 'not-arrived', {
      'not-arrived': 'arrival not recorded',
      ok: 'arrived',
    }),
    check('Identity', state.identity?.complete ? undefined : 'identity-not-checked', {
      'identity-not-checked': 'two identifiers not checked',
      ok: 'two identifiers checked',
    }),
    check('Eligibility', eligibility, {
      'not-eligible': decision ? 'decided: not eligible' : 'no signed decision',
      'eligibility-stale': 'facts changed since the decision: a prescriber must look again',
      ok: 'eligible, signed and current',
    }),
    check('Nothing holds the dose today', heldBy.length > 0 ? 'held-today' : undefined, {
      'held-today': `recorded today: ${heldBy.map((rule) => rule.replaceAll('-', ' ')).join(', ')}`,
      ok: 'nothing recorded against it',
    }),
    check('Consent', missingDocuments.length > 0 ? 'consent-missing' : undefined, {
      'consent-missing': `not signed: ${missingDocuments.join(', ')}`,
      ok: 'all documents signed',
    }),
    check('Order', order ? undefined : 'no-active-order', {
      'no-active-order': 'no signed, valid order',
      ok: order ? `${order.doseMg} mg = ${order.volumeMl} mL of ${order.concentrationMgPerMl} mg/mL` : '',
    }),
    check('Checklist', gaps.length > 0 ? 'checklist-incomplete' : undefined, {
      'checklist-incomplete': gaps.map((gap) => GAP_WORDS[gap]).join('; '),
      ok: 'complete',
    }),
    baselineCheck(facts),
  ]
}

function sessionHindrance(state: SessionState): DoseHindrance | undefined {
  if (state.phase === 'leave') return 'session-over'
  return state.dose ? 'dose-already-started' : undefined
}

function baselineCheck({ state, atMs, baselineWithinMs, limits = sessionLimits }: DoseFacts): DoseCheck {
  const title = 'Reading before the dose'
  const baseline = state.readings.findLast(({ at }) => Date.parse(at) <= atMs)
  if (!baseline) return { title, met: false, hindrance: 'no-baseline-reading', value: 'none taken yet' }
  const ageMin = Math.floor((atMs - Date.parse(baseline.at)) / 60_000)
  const own = { readings: state.readings, baseline }
  const signs = Object.values(judgeReading(own, baseline, limits).signs)
  const worst = readingState(own, baseline, limits)
  if (worst === 'red') {
    const why = signs.filter((sign) => sign.state === 'red').map((sign) => sign.reason)
    return { title, met: false, hindrance: 'baseline-red', value: why.join('; ') }
  }
  const judged = judgeReading(own, baseline, limits).signs
  const unknown = limits.required.filter((sign) => judged[sign].state === 'unknown')
  if (unknown.length > 0) {
    const value = `not known: ${unknown.map((sign) => vitalSignNames[sign].name).join(', ')}`
    return { title, met: false, hindrance: 'baseline-unknown', value }
  }
  const mostMin = Math.round(baselineWithinMs / 60_000)
  if (atMs - Date.parse(baseline.at) > baselineWithinMs) {
    const value = `${ageMin} min old, may be ${mostMin} min`
    return { title, met: false, hindrance: 'baseline-too-old', value }
  }
  const amber = worst === 'amber' ? ', with amber values' : ''
  return { title, met: true, hindrance: undefined, value: `${ageMin} min old${amber}` }
}

function check(
  title: string,
  hindrance: DoseHindrance | undefined,
  words: Readonly<Partial<Record<DoseHindrance | 'ok', string>>>,
): DoseCheck {
  return { title, met: hindrance === undefined, hindrance, value: words[hindrance ?? 'ok'] ?? '' }
}

/** Half of what the coarser syringe is marked in: what was drawn must be what was ordered. */
const DRAW_TOLERANCE_ML = 0.05

/**
 * What speaks against drawing this volume from this lot for this order.
 *
 * @param today the clinic's calendar day; a lot may be used through the day it expires
 */
export function lotHindrance(
  lot: LotFacts | undefined,
  order: OrderFacts,
  drawnMl: number,
  today: LocalDate,
): LotHindrance | undefined {
  if (!lot) return 'no-lot'
  if (lot.expiresOn < today) return 'lot-expired'
  if (lot.concentrationMgPerMl !== order.concentrationMgPerMl) return 'lot-wrong-concentration'
  if (Math.abs(drawnMl - order.volumeMl) > DRAW_TOLERANCE_ML) return 'drawn-not-as-ordered'
  if (lot.balanceMl < drawnMl) return 'not-enough-in-lot'
  return undefined
}
