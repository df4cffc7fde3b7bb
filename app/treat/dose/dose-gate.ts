import { type Limits, vitalSignNames } from '@evenkeel/vital-signs'
import type { RuleAgainst } from '../../assess/index.ts'
import { type GivenDose, type Route, syringeStepMl } from '../../plan/index.ts'
import { DAY_MS, daysBetween, type Instant, type LocalDate } from '../../platform/time.ts'
import { type ChecklistGap, checklistGaps, type SessionState } from '../session/session.ts'
import type { Answer } from '../session/session-event.ts'
import { judgeReading, readingState, sessionLimits } from '../session/session-vitals.ts'
import { standsAgainst } from './stands-against.ts'

/** Everything that must be true before a drug is given. Each has its own name, so that a refusal says which. */
export type DoseHindrance =
  | 'session-over'
  | 'dose-already-started'
  | 'appointment-cancelled'
  | 'not-todays-visit'
  | 'too-soon'
  | 'not-arrived'
  | 'identity-not-checked'
  | 'not-eligible'
  | 'eligibility-stale'
  | 'eligibility-too-old'
  | 'open-concern'
  | 'held-today'
  | 'medicines-hold'
  | 'consent-missing'
  | 'no-active-order'
  | 'not-enrolled'
  | 'no-prescriber-on-site'
  | 'no-oximeter'
  | 'weight-too-old'
  | 'weight-changed'
  | 'checklist-incomplete'
  | 'no-baseline-reading'
  | 'baseline-too-old'
  | 'baseline-unknown'
  | 'baseline-red'
  | 'red-stands'
  | LotHindrance

export type LotHindrance =
  | 'no-lot'
  | 'lot-expired'
  | 'lot-wrong-concentration'
  | 'lot-wrong-form'
  | 'drawn-not-as-ordered'
  | 'not-enough-in-lot'
  | 'not-enough-there'
  | 'opened-vials-over'
  | 'not-there-then'
  | 'lot-recalled'

/** What the gate looks at: plain facts of this session and of the slices before it. */
export type DoseFacts = {
  readonly state: SessionState
  readonly atMs: number
  /** Day of the dose, in the clinic's zone. */
  readonly today: LocalDate
  readonly visit: { readonly day: LocalDate; readonly cancelled: boolean }
  /** Day of the person's last dose in any other session, whatever plan; undefined when there was none. */
  readonly lastDoseDay: LocalDate | undefined
  /** Fewest calendar days from one dose to the next, by the protocol. */
  readonly earliestDays: number
  /** The plan's decision, or a newer one against treatment, of whichever assessment. */
  readonly decision: { readonly decision: 'eligible' | 'not-eligible'; readonly stale: boolean } | undefined
  /** Rules of the decision that are not met on what is known by now and were not overridden when it was signed. */
  readonly tooOld: readonly RuleAgainst[]
  /** A critical safety concern about the person is not closed. */
  readonly openConcern: boolean
  /** Rules that hold a dose on the day and are not met or not known. */
  readonly heldBy: readonly RuleAgainst[]
  /** Medicines that hold a dose, or that are not known. */
  readonly medicines: readonly RuleAgainst[]
  /** Titles of documents that are not signed in their current version. */
  readonly missingDocuments: readonly string[]
  readonly order: OrderFacts | undefined
  /** How old the reading before the dose may be. */
  readonly baselineWithinMs: number
  /** How old the weight behind the order may be. */
  readonly weightWithinMs: number
  /** By how many percent the newest weight on record lies above the one behind the order; undefined where not counted. */
  readonly weightChangePercent: number | undefined
  /** By the protocol: a larger change in either direction wants a new order. */
  readonly mostWeightChangePercent: number
  readonly limits?: Limits
}

export type OrderFacts = {
  readonly doseMg: number
  readonly doseMgPerKg: number | undefined
  readonly route: Route
  /** What a syringe is checked against; undefined for devices and tablets. */
  readonly drawn: DrawnOrder | undefined
  readonly given: GivenDose
  /** Undefined for a dose that is not counted from a weight. */
  readonly weightMeasuredAt: Instant | undefined
}

/** What of an order a syringe is checked against. */
export type DrawnOrder = {
  readonly volumeMl: number
  readonly concentrationMgPerMl: number
}

export type LotFacts = {
  readonly expiresOn: LocalDate
  /** Why its maker calls it back; undefined while nobody does. */
  readonly recalled?: string | undefined
} & (
  | { readonly form: 'vial'; readonly concentrationMgPerMl: number; readonly balanceMl: number }
  | { readonly form: 'nasal-device' | 'tablet'; readonly unitMg: number; readonly balanceUnits: number }
)

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
  const { state, decision, tooOld, openConcern, heldBy, medicines, missingDocuments, order } = facts
  const gaps = checklistGaps(state.checklist)
  const eligibility: DoseHindrance | undefined =
    decision?.decision !== 'eligible' ? 'not-eligible' : decision.stale ? 'eligibility-stale' : undefined
  return [
    check('Session open', sessionHindrance(state), {
      'session-over': 'this session is over',
      'dose-already-started': 'a dose was started already',
      ok: 'no dose yet',
    }),
    visitCheck(facts),
    spacingCheck(facts),
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
    check('The decision still holds', tooOld.length > 0 ? 'eligibility-too-old' : undefined, {
      'eligibility-too-old': ruleWords(tooOld),
      ok: 'every rule met, or overridden by name',
    }),
    check('No open safety concern', openConcern ? 'open-concern' : undefined, {
      'open-concern': 'a critical concern is open: somebody must respond and close it first',
      ok: 'none',
    }),
    check('Nothing holds the dose today', heldBy.length > 0 ? 'held-today' : undefined, {
      'held-today': ruleWords(heldBy),
      ok: 'pressure, heart rate, breath, intoxication and withdrawal all known and in order',
    }),
    check('Medicines', medicines.length > 0 ? 'medicines-hold' : undefined, {
      'medicines-hold': ruleWords(medicines),
      ok: 'known, and none holds the dose',
    }),
    check('Consent', missingDocuments.length > 0 ? 'consent-missing' : undefined, {
      'consent-missing': `not signed: ${missingDocuments.join(', ')}`,
      ok: 'all documents signed',
    }),
    orderCheck(order),
    weightCheck(facts),
    check('Checklist', gaps.length > 0 ? 'checklist-incomplete' : undefined, {
      'checklist-incomplete': gaps.map((gap) => GAP_WORDS[gap]).join('; '),
      ok: 'complete',
    }),
    baselineCheck(facts),
    alarmCheck(state),
    ...remsChecks(facts),
  ]
}

/** Each rule with what is the matter and what settles it. */
function ruleWords(rules: readonly RuleAgainst[]): string {
  return rules
    .map(({ title, truth, settle }) =>
      truth === 'unknown' ? `not known today: ${title}. ${settle}` : `not met: ${title}.`,
    )
    .join(' ')
}

function orderCheck(order: OrderFacts | undefined): DoseCheck {
  return check('Order', order ? undefined : 'no-active-order', {
    'no-active-order': 'no signed, valid order',
    ok: order ? orderInWords(order) : '',
  })
}

function orderInWords({ doseMg, drawn, given }: OrderFacts): string {
  if (given.kind === 'units') return `${doseMg} mg = ${given.units} of ${given.unitMg} mg`
  return drawn ? `${doseMg} mg = ${drawn.volumeMl} mL of ${drawn.concentrationMgPerMl} mg/mL` : `${doseMg} mg`
}

/** What the REMS of esketamine asks for before a device is given; nothing for every other route. */
function remsChecks({ order, state }: DoseFacts): DoseCheck[] {
  if (order?.route !== 'nasal-esketamine') return []
  const { enrolled, prescriberOnSite, oximeterReady } = state.care.rems
  const asked = (title: string, answer: Answer | undefined, hindrance: DoseHindrance) =>
    check(title, answer === 'yes' ? undefined : hindrance, {
      [hindrance]: answer === 'no' ? 'no' : answer === 'unknown' ? 'not known' : 'not recorded yet',
      ok: 'yes',
    })
  return [
    asked('Enrolled in the REMS', enrolled, 'not-enrolled'),
    asked('A prescriber is on site', prescriberOnSite, 'no-prescriber-on-site'),
    asked('Pulse oximeter at the chair', oximeterReady, 'no-oximeter'),
  ]
}

function visitCheck({ visit, today }: DoseFacts): DoseCheck {
  const hindrance: DoseHindrance | undefined = visit.cancelled
    ? 'appointment-cancelled'
    : visit.day !== today
      ? 'not-todays-visit'
      : undefined
  return check('Visit of today', hindrance, {
    'appointment-cancelled': 'cancelled in the diary',
    'not-todays-visit': `booked for ${visit.day}, today is ${today}`,
    ok: 'booked for today',
  })
}

function spacingCheck({ lastDoseDay, earliestDays, today }: DoseFacts): DoseCheck {
  const days = lastDoseDay === undefined ? undefined : daysBetween(lastDoseDay, today)
  const hindrance: DoseHindrance | undefined =
    days !== undefined && days < earliestDays ? 'too-soon' : undefined
  return check('Days since the last dose', hindrance, {
    'too-soon': `${days} of at least ${earliestDays} days`,
    ok: days === undefined ? 'no dose before' : `${days} days, at least ${earliestDays}`,
  })
}

function weightCheck(facts: DoseFacts): DoseCheck {
  const { order, atMs, weightWithinMs, weightChangePercent: change, mostWeightChangePercent: most } = facts
  const mostDays = Math.round(weightWithinMs / DAY_MS)
  if (!order?.weightMeasuredAt) {
    const value = order ? 'not counted from a weight' : 'no order yet'
    return { title: 'Weight behind the order', met: true, hindrance: undefined, value }
  }
  const ageMs = atMs - Date.parse(order.weightMeasuredAt)
  const days = Math.floor(ageMs / DAY_MS)
  const value = `${days === 1 ? '1 day' : `${days} days`} old, may be ${mostDays}`
  const changed = change !== undefined && Math.abs(change) > most
  const hindrance = ageMs > weightWithinMs ? 'weight-too-old' : changed ? 'weight-changed' : undefined
  return check('Weight behind the order', hindrance, {
    'weight-too-old': value,
    'weight-changed': `the newest weight lies ${Math.abs(change ?? 0).toFixed(1)} % ${(change ?? 0) < 0 ? 'below' : 'above'} it, may be ${most} %: a prescriber signs a new order`,
    ok: value,
  })
}

function sessionHindrance(state: SessionState): DoseHindrance | undefined {
  if (state.phase === 'leave') return 'session-over'
  return state.dose ? 'dose-already-started' : undefined
}

function baselineCheck({ state, atMs, baselineWithinMs, limits = sessionLimits }: DoseFacts): DoseCheck {
  const title = 'Reading before the dose'
  const last = state.readings.findLast(({ at }) => Date.parse(at) <= atMs)
  if (!last) return { title, met: false, hindrance: 'no-baseline-reading', value: 'none taken yet' }
  const ageMin = Math.floor((atMs - Date.parse(last.at)) / 60_000)
  // A MOAA/S that was taken as a scale since then is newer than the reading's own.
  const newer = state.measured.filter(({ at }) => at > last.at && Date.parse(at) <= atMs)
  const reading = { at: last.at, values: Object.assign({}, ...[last, ...newer].map(({ values }) => values)) }
  const own = { measured: state.measured, baseline: undefined }
  const judged = judgeReading(own, reading, limits).signs
  const signs = Object.values(judged)
  const worst = readingState(own, reading, limits)
  if (worst === 'red') {
    const why = signs.filter((sign) => sign.state === 'red').map((sign) => sign.reason)
    return { title, met: false, hindrance: 'baseline-red', value: why.join('; ') }
  }
  const unknown = limits.required.filter((sign) => judged[sign].state === 'unknown')
  if (unknown.length > 0) {
    const value = `not known: ${unknown.map((sign) => vitalSignNames[sign].name).join(', ')}`
    return { title, met: false, hindrance: 'baseline-unknown', value }
  }
  const mostMin = Math.round(baselineWithinMs / 60_000)
  if (atMs - Date.parse(last.at) > baselineWithinMs) {
    const value = `${ageMin} min old, may be ${mostMin} min`
    return { title, met: false, hindrance: 'baseline-too-old', value }
  }
  const amber = worst === 'amber' ? ', with amber values' : ''
  return { title, met: true, hindrance: undefined, value: `${ageMin} min old${amber}` }
}

/** What only a monitor measured, or nobody has answered, holds a dose as a red reading does. */
function alarmCheck(state: SessionState): DoseCheck {
  const { redAlarms } = standsAgainst(state)
  return check('No red alarm', redAlarms.length > 0 ? 'red-stands' : undefined, {
    'red-stands': redAlarms.join('; '),
    ok: 'none stands',
  })
}

function check(
  title: string,
  hindrance: DoseHindrance | undefined,
  words: Readonly<Partial<Record<DoseHindrance | 'ok', string>>>,
): DoseCheck {
  return { title, met: hindrance === undefined, hindrance, value: words[hindrance ?? 'ok'] ?? '' }
}

/** mL: what floating point adds to a volume, far under any mark. */
const FLOATING = 1e-9

/**
 * What speaks against drawing this volume from this lot for this order. What was drawn may lie under what was ordered by
 * half a mark of the syringe, and never over it: the order's ceilings were judged by the volume it says.
 *
 * @param today the clinic's calendar day; a lot may be used through the day it expires
 */
export function lotHindrance(
  lot: LotFacts | undefined,
  order: DrawnOrder | undefined,
  drawnMl: number,
  today: LocalDate,
): LotHindrance | undefined {
  if (!lot) return 'no-lot'
  if (lot.recalled !== undefined) return 'lot-recalled'
  if (lot.expiresOn < today) return 'lot-expired'
  if (lot.form !== 'vial' || !order) return 'lot-wrong-form'
  if (lot.concentrationMgPerMl !== order.concentrationMgPerMl) return 'lot-wrong-concentration'
  const least = order.volumeMl - syringeStepMl(order.volumeMl) / 2
  // Asked this way round, what is no number is refused as well.
  if (!(drawnMl >= least - FLOATING && drawnMl <= order.volumeMl + FLOATING)) return 'drawn-not-as-ordered'
  if (lot.balanceMl < drawnMl) return 'not-enough-in-lot'
  return undefined
}

/** The form a lot of devices or tablets has for a route; undefined for what is drawn from a vial. */
export function unitForm(route: Route): 'nasal-device' | 'tablet' | undefined {
  if (route === 'nasal-esketamine') return 'nasal-device'
  return route === 'sublingual' || route === 'oral' ? 'tablet' : undefined
}

/**
 * What speaks against giving so many units of this lot for an order of devices or tablets.
 *
 * @param units how many are taken from it now
 */
export function unitLotHindrance(
  lot: LotFacts | undefined,
  order: Pick<OrderFacts, 'route'> & { readonly unitMg: number },
  units: number,
  today: LocalDate,
): LotHindrance | undefined {
  if (!lot) return 'no-lot'
  if (lot.recalled !== undefined) return 'lot-recalled'
  if (lot.expiresOn < today) return 'lot-expired'
  if (lot.form === 'vial' || lot.form !== unitForm(order.route) || lot.unitMg !== order.unitMg)
    return 'lot-wrong-form'
  return lot.balanceUnits < units ? 'not-enough-in-lot' : undefined
}
