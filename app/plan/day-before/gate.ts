import { speaksOfCrisis } from '../../find/index.ts'
import {
  addDays,
  addMs,
  HOUR_MS,
  type Instant,
  instantAt,
  localDateOf,
  msBetween,
} from '../../platform/time.ts'
import type { DayRule } from '../protocols/protocol.ts'

/** From so long before a dosing visit the questions of the day before can be answered. A design default. */
const OPENS_BEFORE_MS = 36 * HOUR_MS
/** Alcohol or another drug in so long before a visit is for staff to speak about. A design default. */
const USE_WITHIN_MS = 24 * HOUR_MS

/** Questions with a fixed set of answers. */
export const GATE_CHOICES = {
  escort: ['named', 'not-yet', 'nobody'],
  /** Only after "nobody": the person would rather have another day. */
  move: ['yes', 'no'],
  fasting: ['yes', 'no', 'not-sure'],
  medicines: ['as-told', 'not-as-told', 'not-told'],
  alcohol: ['today', 'yesterday', 'earlier', 'never', 'rather-not-say'],
  drugs: ['today', 'yesterday', 'earlier', 'never', 'rather-not-say'],
  unwell: ['no', 'yes'],
  harm: ['no', 'yes'],
} as const

/** Questions answered in words, with the most characters they take. */
export const GATE_WORDS = {
  escortName: 120,
  escortPhone: 40,
  medicinesWords: 500,
  drugsWhat: 200,
  unwellWords: 500,
  question: 1000,
} as const

export type GateField = keyof typeof GATE_CHOICES | keyof typeof GATE_WORDS

const WRITTEN = Object.keys(GATE_WORDS) as (keyof typeof GATE_WORDS)[]

/** The newest answer to each question; a question without an answer is not in it. */
export type GateAnswers = Partial<
  Readonly<Record<GateField, { readonly value: string; readonly toldAt: Instant }>>
>

/** What must be known before the visit, in the order in which it is asked. */
const GATE_ITEMS = ['danger', 'harm', 'escort', 'fasting', 'medicines', 'use', 'unwell'] as const
export type GateItem = (typeof GATE_ITEMS)[number]

export type GateState =
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'open'; readonly missing: readonly GateItem[] }
  | {
      readonly kind: 'problem'
      readonly problems: readonly GateItem[]
      readonly missing: readonly GateItem[]
    }

/** The visit that is asked about. */
export type GateVisit = {
  readonly startsAt: Instant
  readonly timeZone: string
  /** Day-of rules of the protocol version the plan goes by. */
  readonly dayOf: readonly DayRule[]
}

export function gateOpensAt(startsAt: Instant): Instant {
  return addMs(startsAt, -OPENS_BEFORE_MS)
}

/** Whether the questions can be answered at an instant: too early, now, or the visit has begun. */
export function gatePhase(startsAt: Instant, at: Instant): 'too-early' | 'open' | 'over' {
  if (at >= startsAt) return 'over'
  return at >= gateOpensAt(startsAt) ? 'open' : 'too-early'
}

/** The rules about eating, drinking and sprays. A protocol without any asks nothing of the kind. */
export function fastingRules(dayOf: readonly DayRule[]): readonly DayRule[] {
  return dayOf.filter(({ item }) => /food|fluid|spray/i.test(item))
}

/**
 * What somebody prepares at home, of a protocol's day-of rules: eating, drinking, sprays, alcohol, the way home. Of the rule about
 * alcohol the part after its first comma is what staff look at.
 *
 * @returns sentences such as "Clear fluids: none in the 2 hours before."
 */
export function preparing(dayOf: readonly DayRule[]): string[] {
  const alcohol = dayOf.filter(({ item }) => /^alcohol$/i.test(item))
  return [
    ...fastingRules(dayOf).map(({ item, rule }) => `${item}: ${rule}.`),
    ...alcohol.map(({ item, rule }) => `${item}: ${rule.split(',')[0]}.`),
    ...dayOf.filter(({ item }) => /way home/i.test(item)).map(({ item, rule }) => `${item}: ${rule}.`),
  ]
}

/**
 * What is confirmed of a visit as known at an instant. Everything that was not answered, "not sure", "rather not say",
 * an escort without a name or a telephone number: open, never confirmed. Answers from before the questions opened do not
 * count, since they are about another day.
 *
 * @returns `problem` as soon as one answer speaks against the visit, with what is missing besides
 */
export function gateStateOf(answers: GateAnswers, visit: GateVisit, at: Instant): GateState {
  const opens = gateOpensAt(visit.startsAt)
  const value = (field: GateField) => {
    const answer = answers[field]
    return answer && answer.toldAt >= opens && answer.toldAt <= at ? answer : undefined
  }
  const said = (field: GateField) => value(field)?.value
  const judged: Readonly<Record<GateItem, 'confirmed' | 'open' | 'problem'>> = {
    // Whatever the question about harm was answered with: words that speak of danger are never "confirmed".
    danger: WRITTEN.some((field) => speaksOfCrisis(said(field) ?? '')) ? 'problem' : 'confirmed',
    harm: judge(said('harm'), ['no'], ['yes']),
    escort:
      said('escort') === 'nobody'
        ? 'problem'
        : said('escort') === 'named' && said('escortName') && isPhone(said('escortPhone'))
          ? 'confirmed'
          : 'open',
    fasting: fastingRules(visit.dayOf).length === 0 ? 'confirmed' : judge(said('fasting'), ['yes'], ['no']),
    medicines: judge(said('medicines'), ['as-told'], ['not-as-told']),
    use: worst([lastUse(value('alcohol'), visit), lastUse(value('drugs'), visit)]),
    unwell: judge(said('unwell'), ['no'], ['yes']),
  }
  const problems = GATE_ITEMS.filter((item) => judged[item] === 'problem')
  const missing = GATE_ITEMS.filter((item) => judged[item] === 'open')
  if (problems.length > 0) return { kind: 'problem', problems, missing }
  return missing.length > 0 ? { kind: 'open', missing } : { kind: 'confirmed' }
}

function judge(value: string | undefined, good: readonly string[], bad: readonly string[]) {
  if (value === undefined) return 'open'
  return good.includes(value) ? 'confirmed' : bad.includes(value) ? 'problem' : 'open'
}

function worst(each: readonly ('confirmed' | 'open' | 'problem')[]) {
  return each.includes('problem') ? 'problem' : each.includes('open') ? 'open' : 'confirmed'
}

/** "Today" may have been until the moment it was told, "yesterday" until midnight: the latest that it can mean counts. */
function lastUse(
  answer: { readonly value: string; readonly toldAt: Instant } | undefined,
  { startsAt, timeZone }: GateVisit,
): 'confirmed' | 'open' | 'problem' {
  if (!answer || answer.value === 'rather-not-say') return 'open'
  if (answer.value === 'never') return 'confirmed'
  const midnight = (daysBack: number) =>
    instantAt(addDays(localDateOf(answer.toldAt, timeZone), -daysBack), '00:00', timeZone)
  const latest =
    answer.value === 'today' ? answer.toldAt : answer.value === 'yesterday' ? midnight(0) : midnight(1)
  return msBetween(latest, startsAt) < USE_WITHIN_MS ? 'problem' : 'confirmed'
}

/**
 * Whether an answer means something else when it is given again: "today" and "yesterday" are about the moment they are
 * told, and a yes to thoughts of self-harm is heard each time.
 */
export function isNewEachTime(field: GateField, value: string): boolean {
  if (field === 'harm') return value === 'yes'
  return (field === 'alcohol' || field === 'drugs') && (value === 'today' || value === 'yesterday')
}

/** A number that can be called: seven digits or more. */
export function isPhone(text: string | undefined): boolean {
  return (text?.replace(/\D/g, '').length ?? 0) >= 7
}

/** One visit among those that somebody must look at. */
export type GateRow = {
  readonly state: GateState
  readonly startsAt: Instant
  /** Since when it is open or a problem: when the questions opened, or when the problem was told. */
  readonly since: Instant
}

const RANK = { problem: 0, open: 1, confirmed: 2 } as const

/** What needs somebody rises: problems, then what is open, longest first; then by time. */
export function byUrgency(a: GateRow, b: GateRow): number {
  return (
    RANK[a.state.kind] - RANK[b.state.kind] ||
    (a.state.kind === 'confirmed' ? 0 : a.since.localeCompare(b.since)) ||
    a.startsAt.localeCompare(b.startsAt)
  )
}
