import { DAY_MS, HOUR_MS, type Instant, msBetween, toMs } from '../../platform/time.ts'
import type { SourceTag } from '../eligibility/eligibility.ts'
import { currentFact, type Fact, type FactKind } from '../fact.ts'
import { listAskedAt, type Medicine, type MedicineEntryId, type MedicineList } from './medicine.ts'
import type { MedicineGroup } from './medicine-groups.ts'

/**
 * Interactions of medicines with ketamine, as data. Evaluation is pure and has three values: what nobody knows is
 * never "no interaction". No rule and no text asks anybody to stop a medicine.
 */

/** What makes a matter worse. Each is known to hold, known not to hold, or not known. */
export type Condition =
  | { readonly with: MedicineGroup }
  | { readonly alertnessBelow: number }
  | { readonly spo2Below: number }
  | { readonly startedWithinDays: number }
  | { readonly takenWithinHours: number; readonly of: MedicineGroup }
  | { readonly stimulantWithin24Hours: true }
  | { readonly factIsYes: FactKind; readonly withinHours: number }
  | { readonly opioidScreenPositive: true }

/** none: looked at, nothing found. block: does not hold the dose, but must not be begun. */
export type Level = 'none' | 'info' | 'amber' | 'red' | 'block'

/** prescriber: may be set aside by name for one day, with a reason. never: nobody sets it aside. */
export type OverrideClass = 'prescriber' | 'never'

export type Known = { readonly fact: string; readonly source: string; readonly tag: SourceTag }

export type InteractionRule = {
  readonly id: string
  readonly version: number
  readonly title: string
  readonly groups: readonly MedicineGroup[]
  /** Speaks about a medicine that is about to be begun, rather than one that is taken. */
  readonly onStart?: true
  /** Applies also to somebody whose list does not name it, when this fact of the last 24 hours says yes. */
  readonly orFact?: FactKind
  readonly known: readonly Known[]
  readonly level: Level
  /** What to do; a design default. */
  readonly say: string
  /** Said wherever stopping could harm. */
  readonly keep?: string
  readonly override: OverrideClass
  readonly raises: readonly {
    readonly to: 'red' | 'block'
    readonly when: Condition
    /** The condition as a sentence that is true when it holds. */
    readonly words: string
    /** What to ask or measure while it is not known. */
    readonly settle: string
    readonly override: OverrideClass
  }[]
}

export type Truth = 'yes' | 'no' | 'unknown'

/** What is known beside the medicines. */
export type Surroundings = {
  readonly facts: readonly Fact[]
  /** MOAA/S, 0 to 5, with its time. */
  readonly alertness?: { readonly moaas: number; readonly at: Instant }
  /** Newest urine screen of the last days for opioids. */
  readonly opioidScreen: 'positive' | 'negative' | 'unknown'
}

export type Interaction = {
  readonly rule: InteractionRule
  readonly applies: Truth
  /** As it stands; what is unknown leaves the level where the known part puts it. */
  readonly level: Level
  /** The medicines it is about. */
  readonly because: readonly Medicine[]
  readonly raised: readonly InteractionRule['raises'][number][]
  readonly open: readonly InteractionRule['raises'][number][]
  /** Holds a dose: a red that is known, or something that could make it red and is not known. */
  readonly holds: boolean
  readonly override: OverrideClass
}

/** Observations older than this say nothing about today. [D] */
const TODAY_MS = 24 * HOUR_MS

/** What was told longer ago says nothing about what is taken now. [D] */
export const LIST_DAYS = 30

/** Taken as needed as often as not: only today's word says anything about today. [D] */
const ASKED_TODAY: readonly MedicineGroup[] = [
  'alcohol',
  'benzodiazepine',
  'opioid',
  'stimulant-prescribed',
  'stimulant-illicit',
]

/**
 * Every rule as it stands for one person at one instant.
 *
 * A rule applies when a medicine of its groups stands; it does not when the list is known, not too old, and every
 * medicine on it has a group; else it is unknown. A raise that is not known holds just as one that is known to hold.
 *
 * @param rules in the order in which they are shown
 * @returns one result for each rule, in that order
 */
export function interactionsOf(
  rules: readonly InteractionRule[],
  list: MedicineList,
  around: Surroundings,
  at: Instant,
): Interaction[] {
  return rules.map((rule) => {
    const kind = rule.onStart ? 'to-start' : 'taken'
    const because = list.medicines.filter(
      ({ told, groups }) => told.kind === kind && groups.some((group) => rule.groups.includes(group)),
    )
    const applies = because.length > 0 ? 'yes' : otherwise(rule, list, around, at)
    const look = (when: Condition) => conditionHolds(when, list, because, around, at)
    const looked = applies === 'yes' ? rule.raises.map((raise) => ({ raise, truth: look(raise.when) })) : []
    const raised = looked.flatMap(({ raise, truth }) => (truth === 'yes' ? [raise] : []))
    const open = looked.flatMap(({ raise, truth }) => (truth === 'unknown' ? [raise] : []))
    const level = raised[0]?.to ?? rule.level
    const holding = [...raised, ...open].filter(({ to }) => to === 'red')
    const red = rule.level === 'red'
    return {
      rule,
      applies,
      level,
      because,
      raised,
      open,
      holds: applies === 'yes' && (red || holding.length > 0),
      override:
        holding.some(({ override }) => override === 'never') || (red && rule.override === 'never')
          ? 'never'
          : 'prescriber',
    }
  })
}

/** Whether a rule applies to somebody whose list does not name it. */
function otherwise(rule: InteractionRule, list: MedicineList, around: Surroundings, at: Instant): Truth {
  if (rule.orFact && yesWithin(rule.orFact, 24, around, at) === 'yes') return 'yes'
  return listIsKnown(list, at) ? 'no' : 'unknown'
}

/** Whether a group that is not on the list is known to be absent: it was told or confirmed lately, name by name. */
export function listIsKnown(list: MedicineList, at: Instant): boolean {
  const askedAt = listAskedAt(list)
  return namesAreKnown(list) && askedAt !== undefined && isWithin(askedAt, at, LIST_DAYS * DAY_MS)
}

/** Medicines that are taken as needed and of which nobody has asked within the last 24 hours. */
export function toAskToday(list: MedicineList, at: Instant): readonly Medicine[] {
  return list.medicines.filter(
    ({ told, groups, recordedAt }) =>
      told.kind === 'taken' &&
      groups.some((group) => ASKED_TODAY.includes(group)) &&
      !isWithin(recordedAt, at, TODAY_MS),
  )
}

/** Whether something was told, whenever that was, and every name of it has a group. */
export function namesAreKnown(list: MedicineList): boolean {
  return (
    list.state !== 'unknown' && list.medicines.every(({ groups }) => !groups.every((g) => g === 'not-known'))
  )
}

function conditionHolds(
  when: Condition,
  list: MedicineList,
  because: readonly Medicine[],
  around: Surroundings,
  at: Instant,
): Truth {
  if ('with' in when) {
    const there = list.medicines.some(
      ({ told, groups }) => told.kind === 'taken' && groups.includes(when.with),
    )
    return there ? 'yes' : listIsKnown(list, at) ? 'no' : 'unknown'
  }
  if ('alertnessBelow' in when) {
    const { alertness } = around
    if (!alertness || !isWithin(alertness.at, at, TODAY_MS)) return 'unknown'
    return alertness.moaas < when.alertnessBelow ? 'yes' : 'no'
  }
  if ('spo2Below' in when) {
    const fact = factNow('spo2-percent', around)
    if (!fact || !isWithin(fact.observedAt, at, TODAY_MS)) return 'unknown'
    return (fact.value as number) < when.spo2Below ? 'yes' : 'no'
  }
  if ('startedWithinDays' in when) {
    return anyOf(
      because.map(({ told: { since } }) => {
        if (since === undefined) return 'unknown'
        return toMs(at) - Date.parse(`${since}T00:00:00Z`) < when.startedWithinDays * DAY_MS ? 'yes' : 'no'
      }),
    )
  }
  if ('takenWithinHours' in when) {
    const those = because.filter(({ groups }) => groups.includes(when.of))
    return anyOf(those.map((medicine) => takenWithin(medicine, when.takenWithinHours, at)))
  }
  if ('stimulantWithin24Hours' in when) {
    const told = anyOf(because.map((medicine) => takenWithin(medicine, 24, at)))
    const asked = yesWithin('stimulant-last-24-h', 24, around, at)
    // What was told earlier does not show that nothing was used since: only today's answer says no.
    return told === 'yes' || asked === 'yes' ? 'yes' : asked
  }
  if ('factIsYes' in when) return yesWithin(when.factIsYes, when.withinHours, around, at)
  return around.opioidScreen === 'unknown' ? 'unknown' : around.opioidScreen === 'positive' ? 'yes' : 'no'
}

function takenWithin({ told: { lastTakenAt }, recordedAt }: Medicine, hours: number, at: Instant): Truth {
  if (lastTakenAt === undefined) return 'unknown'
  if (toMs(at) - toMs(lastTakenAt) < hours * HOUR_MS) return 'yes'
  // What was told earlier does not show that nothing was taken since.
  return isWithin(recordedAt, at, TODAY_MS) ? 'no' : 'unknown'
}

function yesWithin(kind: FactKind, hours: number, around: Surroundings, at: Instant): Truth {
  const found = currentFact(around.facts.filter((fact) => fact.kind === kind && fact.observedAt <= at))
  if (!found || found.disputed || !isWithin(found.fact.observedAt, at, hours * HOUR_MS)) return 'unknown'
  return found.fact.value === 'yes' ? 'yes' : found.fact.value === 'no' ? 'no' : 'unknown'
}

function factNow(kind: FactKind, { facts }: Surroundings): Fact | undefined {
  return currentFact(facts.filter((fact) => fact.kind === kind))?.fact
}

function isWithin(then: Instant, at: Instant, mostMs: number): boolean {
  const ageMs = msBetween(then, at)
  return ageMs >= 0 && ageMs <= mostMs
}

function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes('yes')) return 'yes'
  return truths.includes('unknown') ? 'unknown' : 'no'
}

/** A red interaction set aside by a prescriber for one day. */
export type InteractionOverride = {
  readonly ruleId: string
  readonly ruleVersion: number
  readonly seen: readonly MedicineEntryId[]
}

/**
 * A rule on a list as one text for a hidden field: its version, how grave it is and why, and every medicine that stands.
 * What is set aside is compared with it.
 *
 * @example shownInteraction(one, list) // '2 red; with another sedative; 018f…,018f…'
 */
export function shownInteraction({ rule, level, raised, open }: Interaction, list: MedicineList): string {
  const why = [...raised.map(({ words }) => words), ...open.map(({ settle }) => settle)]
  const ids = list.medicines.map(({ id }) => id).sort()
  return [`${rule.version} ${level}`, ...why, ids.join(',') || 'no medicine'].join('; ')
}

/**
 * Whether what was set aside is what stands: the same rule, of the same version, on the same list. A list that was only
 * confirmed since, word for word, is the one that was signed.
 */
export function isSetAside(
  { rule, override }: Interaction,
  list: MedicineList,
  overrides: readonly InteractionOverride[],
): boolean {
  if (override === 'never') return false
  return overrides.some(
    ({ ruleId, ruleVersion, seen }) =>
      ruleId === rule.id &&
      ruleVersion === rule.version &&
      seen.length === list.medicines.length &&
      list.medicines.every(({ repeats }) => repeats.some((id) => seen.includes(id))),
  )
}
