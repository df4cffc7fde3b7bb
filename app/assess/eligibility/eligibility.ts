import { DAY_MS, HOUR_MS, type Instant, localDateOf, msBetween } from '../../platform/time.ts'
import { currentFacts, type Fact, type FactId, type FactKind, type FactSource } from '../fact.ts'

/**
 * Eligibility: rules are data, their evaluation is pure and has three values. "met" means that the requirement
 * is known to hold on facts that are not too old. What is unknown, disputed or too old never counts as met.
 */
export type Truth = 'met' | 'not-met' | 'unknown'

/** A figure that is worked out from facts. */
export type DerivedFigure = 'age-years' | 'bmi-kg-per-m2'

/** How old a fact may be; null when it does not age (a birth date). */
export type MaxAge = { readonly days: number } | { readonly hours: number } | null

/** What must hold, as data: it can be printed, stored beside a decision and compared between versions. */
export type Requirement =
  | { readonly fact: FactKind; readonly is: readonly string[]; readonly maxAge: MaxAge }
  // Need not be known; once it is, none of these. What was recorded and settles nothing is unknown here too.
  | { readonly fact: FactKind; readonly isNot: readonly string[]; readonly maxAge: null }
  | ({ readonly fact: FactKind; readonly member?: string; readonly maxAge: MaxAge } & Limits)
  | ({ readonly derived: DerivedFigure; readonly maxAge: MaxAge } & Limits)
  | { readonly all: readonly Requirement[] }
  | { readonly any: readonly Requirement[] }

/** `atLeast` and `atMost` include the figure, `below` does not. */
export type Limits = { readonly atLeast?: number; readonly atMost?: number; readonly below?: number }

/**
 * absolute: overridden only by two prescribers, and by nobody where `never` stands. relative: a prescriber may
 * override it, naming rule and reason. hold-today: does not decide eligibility; it holds a dose on the day and is
 * checked again on every day. notice: decides and holds nothing; it is shown where sources disagree or something
 * must be managed.
 */
export type RuleClass = 'absolute' | 'relative' | 'hold-today' | 'notice'

/** A number of a rule that the clinic may set, within stated bounds. `name` stands as `{name}` in the rule's words. */
export type RuleLimit = {
  readonly name: string
  readonly label: string
  readonly unit: string
  /** Which part of the requirement it belongs to. */
  readonly of: FactKind | DerivedFigure
  readonly member?: string
  readonly edge: keyof Limits
  readonly least: number
  readonly most: number
  /** How far past what was signed for a figure may go before its override is asked for again; left out: not at all. */
  readonly step?: number
}

/** One of several sources that say different things about the same matter. */
export type Side = { readonly says: string; readonly source: string; readonly tag: SourceTag }

/** S seen in a source, M likely but from memory, D a design default that a medical director must set. */
export type SourceTag = 'S' | 'M' | 'D' | 'S/D' | 'M/D' | 'S/M'

export type EligibilityRule = {
  readonly id: string
  readonly version: number
  readonly ruleClass: RuleClass
  /** The requirement as a sentence that is true when it is met. */
  readonly title: string
  /** The limit in words. */
  readonly threshold: string
  readonly requires: Requirement
  /** What to do when it is unknown. */
  readonly settle: string
  readonly source: string
  readonly tag: SourceTag
  /** Nobody overrides it, not even two prescribers. */
  readonly never?: true
  readonly limits: readonly RuleLimit[]
  /** The words before the numbers are put in, for a clinic that sets its own. */
  readonly template: { readonly title: string; readonly threshold: string }
  /** What the sources say where they disagree. */
  readonly sides?: readonly Side[]
}

/** One fact as a rule saw it. */
export type FactSeen = {
  readonly kind: FactKind
  readonly factId: FactId | undefined
  readonly value: unknown
  readonly observedAt: Instant | undefined
  readonly source: FactSource | undefined
  /** Why the fact could not settle the rule, if it could not. */
  readonly trouble?: 'missing' | 'not-sure' | 'too-old' | 'disputed'
}

export type RuleResult = {
  readonly ruleId: string
  readonly version: number
  readonly ruleClass: RuleClass
  readonly never?: true
  readonly truth: Truth
  /** What the same facts would say if none could be too old: tells a changed fact from one that only aged. */
  readonly truthWhateverAge: Truth
  readonly facts: readonly FactSeen[]
}

type Known = ReturnType<typeof currentFacts>

/**
 * Evaluates every rule on what is known about one person at one instant.
 *
 * @param facts every recorded fact about the person, in any order
 * @param timeZone the clinic's zone, in which a birthday begins
 */
export function evaluateEligibility(
  rules: readonly EligibilityRule[],
  facts: readonly Fact[],
  at: Instant,
  timeZone: string,
): RuleResult[] {
  const known = currentFacts(facts)
  return rules.map((rule) => {
    const seen = new Map<FactKind, FactSeen>()
    const moment = { known, at, timeZone }
    return {
      ruleId: rule.id,
      version: rule.version,
      ruleClass: rule.ruleClass,
      ...(rule.never ? { never: true as const } : {}),
      truth: evaluate(rule.requires, { ...moment, agesCount: true, seen }),
      truthWhateverAge: evaluate(rule.requires, { ...moment, agesCount: false, seen: new Map() }),
      facts: [...seen.values()],
    }
  })
}

type Moment = {
  readonly known: Known
  readonly at: Instant
  readonly timeZone: string
  readonly agesCount: boolean
  /** Filled with every fact that was looked at. */
  readonly seen: Map<FactKind, FactSeen>
}

function evaluate(requires: Requirement, moment: Moment): Truth {
  if ('all' in requires) {
    const parts = requires.all.map((part) => evaluate(part, moment))
    return parts.includes('not-met') ? 'not-met' : parts.includes('unknown') ? 'unknown' : 'met'
  }
  if ('any' in requires) {
    const parts = requires.any.map((part) => evaluate(part, moment))
    return parts.includes('met') ? 'met' : parts.includes('unknown') ? 'unknown' : 'not-met'
  }
  const look = (kind: FactKind) => usable(kind, requires.maxAge, moment)
  if ('derived' in requires) {
    const figure = derivedFigure(requires.derived, look, moment.at, moment.timeZone)
    return figure === undefined ? 'unknown' : withinLimits(figure, requires)
  }
  const fact = look(requires.fact)
  if ('isNot' in requires) {
    if (!fact) return moment.known.has(requires.fact) ? 'unknown' : 'met'
    return requires.isNot.includes(String(fact.value)) ? 'not-met' : 'met'
  }
  if (!fact) return 'unknown'
  if ('is' in requires) return requires.is.includes(String(fact.value)) ? 'met' : 'not-met'
  const value = requires.member
    ? (fact.value as Readonly<Record<string, unknown>>)[requires.member]
    : fact.value
  return typeof value === 'number' ? withinLimits(value, requires) : 'unknown'
}

/** The fact of a kind if it can settle anything at this instant; what was seen is noted either way. */
function usable(kind: FactKind, maxAge: MaxAge, { known, at, agesCount, seen }: Moment): Fact | undefined {
  const found = known.get(kind)
  const fact = found?.fact
  const trouble = !found
    ? ('missing' as const)
    : found.disputed
      ? ('disputed' as const)
      : found.fact.value === 'unknown'
        ? ('not-sure' as const)
        : agesCount && isTooOld(found.fact.observedAt, at, maxAge)
          ? ('too-old' as const)
          : undefined
  const before = seen.get(kind)
  if (!before || trouble) {
    seen.set(kind, {
      kind,
      factId: fact?.id,
      value: fact?.value,
      observedAt: fact?.observedAt,
      source: fact?.source,
      ...(trouble ? { trouble } : {}),
    })
  }
  return trouble ? undefined : fact
}

/** A fact exactly as old as allowed still counts; one observed after `at` does not count yet. */
function isTooOld(observedAt: Instant, at: Instant, maxAge: MaxAge): boolean {
  const ageMs = msBetween(observedAt, at)
  if (ageMs < 0) return true
  if (maxAge === null) return false
  return ageMs > ('days' in maxAge ? maxAge.days * DAY_MS : maxAge.hours * HOUR_MS)
}

function withinLimits(figure: number, limits: Limits): Truth {
  if (limits.atLeast !== undefined && figure < limits.atLeast) return 'not-met'
  if (limits.atMost !== undefined && figure > limits.atMost) return 'not-met'
  if (limits.below !== undefined && figure >= limits.below) return 'not-met'
  return 'met'
}

function derivedFigure(
  figure: DerivedFigure,
  look: (kind: FactKind) => Fact | undefined,
  at: Instant,
  timeZone: string,
): number | undefined {
  if (figure === 'age-years') {
    const born = look('birth-date')?.value as string | undefined
    if (!born) return undefined
    const today = localDateOf(at, timeZone)
    return Number(today.slice(0, 4)) - Number(born.slice(0, 4)) - (today.slice(5) < born.slice(5) ? 1 : 0)
  }
  const weight = look('weight-kg')?.value as number | undefined
  const height = look('height-cm')?.value as number | undefined
  if (weight === undefined || height === undefined) return undefined
  return bmiKgPerM2(weight, height)
}

/** Body mass index. @example bmiKgPerM2(80, 178) // 25.2… */
export function bmiKgPerM2(weightKg: number, heightCm: number): number {
  return weightKg / (heightCm / 100) ** 2
}
