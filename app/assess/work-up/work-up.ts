import type { Id, PersonId } from '../../platform/ids.ts'
import { addMs, DAY_MS, type Instant } from '../../platform/time.ts'
import { currentFact, type Fact } from '../fact.ts'
import { TRACKS, type TrackId } from '../forms/condition-track.ts'
import type { LabTest } from '../lab-tests/lab-test.ts'
import { saysNothing, urineValidity } from '../lab-tests/urine-validity.ts'
import { namesAreKnown } from '../medicines/interaction.ts'
import { listAskedAt, type MedicineList } from '../medicines/medicine.ts'
import { AGAIN, type WorkUpItem, type WorkUpOutcome } from './work-up-items.ts'

/** One thing written down by hand. The newest of an item holds; "withdrawn" takes back all before it. */
export type WorkUpEntry = {
  readonly id: Id<'work-up-entry'>
  readonly personId: PersonId
  readonly itemId: string
  readonly outcome: WorkUpOutcome | 'withdrawn'
  readonly happenedAt: Instant
  readonly words: string | undefined
  /** Two letters, for the prescription check. */
  readonly usState: string | undefined
  readonly recordedAt: Instant
  readonly recordedBy: string
}

/** What is known about one person, from wherever it is stored. */
export type WorkUpKnown = {
  readonly openedAt: Instant
  readonly track: TrackId | undefined
  readonly facts: readonly Fact[]
  /** Those that stand. */
  readonly tests: readonly LabTest[]
  readonly responses: readonly { readonly instrumentId: string; readonly completedAt: Instant }[]
  readonly medicines: MedicineList
  readonly entries: readonly WorkUpEntry[]
  /** When doses were given here, in any order. */
  readonly doses: readonly Instant[]
}

export type WorkUpState = 'done' | 'due' | 'overdue' | 'not-needed' | 'refused'

export type WorkUpResult = {
  readonly item: WorkUpItem
  readonly state: WorkUpState
  /** When it was last done. */
  readonly doneAt: Instant | undefined
  /** By when it is, or was, to be done; of something done, how long that is good. */
  readonly dueAt: Instant | undefined
  /** Why it is not needed, what was said when it was refused, or why it is due again. */
  readonly why: string | undefined
  /** The entry behind a tick, a refusal or a "not needed". */
  readonly entry: WorkUpEntry | undefined
}

/** After the sixth dose there are some days to do what is due again. [D] */
const AFTER_SIXTH_DAYS = 7
/** After so long without a dose nothing of a course is due again. [D] */
const COURSE_OVER_DAYS = 120

/**
 * The work-up of one person at one instant. Before the first dose an item is due some days after the assessment opened
 * and grows too old; in a course those that come again are due after six doses or three months. A refusal, or "not
 * needed", holds for the assessment in which it was written down and gives way to whatever was done after it. What
 * cannot be told (sex, track) makes an item needed.
 *
 * @returns one result for each item, in their order
 */
export function workUpOf(items: readonly WorkUpItem[], known: WorkUpKnown, at: Instant): WorkUpResult[] {
  return items.map((item) => resultOf(item, known, at))
}

function resultOf(item: WorkUpItem, known: WorkUpKnown, at: Instant): WorkUpResult {
  const entry = standingEntry(item, known.entries, at)
  const ticked = entry?.outcome === 'done' ? entry : undefined
  const found = newest([...evidence(item, known), ...(ticked ? [ticked.happenedAt] : [])], at)
  const result = (more: Omit<WorkUpResult, 'item' | 'doneAt'>): WorkUpResult => ({
    item,
    doneAt: found,
    ...more,
  })
  const needless = whyNotNeeded(item, known)
  if (needless) return result({ state: 'not-needed', dueAt: undefined, why: needless, entry: undefined })
  if (entry && (entry.outcome === 'refused' || entry.outcome === 'not-needed')) {
    const ofThis = entry.happenedAt >= addMs(known.openedAt, -DAY_MS)
    if (ofThis && (found === undefined || found < entry.happenedAt)) {
      return result({ state: entry.outcome, dueAt: undefined, why: entry.words, entry })
    }
  }
  const by = ticked && ticked.happenedAt === found ? ticked : undefined
  const doses = known.doses.filter((dose) => dose <= at).sort()
  const first = doses[0]
  if (found === undefined) {
    const opened = addMs(known.openedAt, item.dueWithinDays * DAY_MS)
    const dueAt = first !== undefined && first < opened ? first : opened
    return result({ state: at > dueAt ? 'overdue' : 'due', dueAt, why: undefined, entry: undefined })
  }
  if (first === undefined) {
    const dueAt = item.maxAgeDays === null ? undefined : addMs(found, item.maxAgeDays * DAY_MS)
    const old = dueAt !== undefined && at > dueAt
    const why = old ? `older than ${item.maxAgeDays} days` : undefined
    return result({ state: old ? 'overdue' : 'done', dueAt, why, entry: by })
  }
  const last = doses.at(-1)!
  if (!item.again || at > addMs(last, COURSE_OVER_DAYS * DAY_MS)) {
    return result({ state: 'done', dueAt: undefined, why: undefined, entry: by })
  }
  const sixth = doses.filter((dose) => dose > found)[AGAIN.doses - 1]
  const byDays = addMs(found, AGAIN.days * DAY_MS)
  const bySixth = sixth && addMs(sixth, AFTER_SIXTH_DAYS * DAY_MS)
  const dueAt = bySixth !== undefined && bySixth < byDays ? bySixth : byDays
  const state = at > dueAt ? 'overdue' : sixth !== undefined ? 'due' : 'done'
  const why =
    state === 'done'
      ? undefined
      : sixth !== undefined
        ? `${AGAIN.doses} doses since it was done`
        : `${AGAIN.days} days since it was done`
  return result({ state, dueAt, why, entry: by })
}

function standingEntry(
  item: WorkUpItem,
  entries: readonly WorkUpEntry[],
  at: Instant,
): WorkUpEntry | undefined {
  const own = entries
    .filter(({ itemId, recordedAt }) => itemId === item.id && recordedAt <= at)
    .sort((a, b) => a.recordedAt.localeCompare(b.recordedAt) || a.id.localeCompare(b.id))
    .at(-1)
  return own?.outcome === 'withdrawn' ? undefined : own
}

/** Every instant at which something stored shows that the item was done. */
function evidence({ doneBy }: WorkUpItem, known: WorkUpKnown): Instant[] {
  const { facts, tests, instruments, medicines } = doneBy
  const askedAt = medicines && namesAreKnown(known.medicines) ? listAskedAt(known.medicines) : undefined
  return [
    ...(facts ? (oldestOf(facts, known.facts) ?? []) : []),
    ...known.tests.flatMap(({ result, collectedAt }) =>
      tests?.includes(result.kind) &&
      !(result.kind === 'urine' && saysNothing(urineValidity(result.checks).validity))
        ? [collectedAt]
        : [],
    ),
    ...known.responses.flatMap(({ instrumentId, completedAt }) =>
      instruments?.includes(instrumentId) ? [completedAt] : [],
    ),
    ...(askedAt !== undefined ? [askedAt] : []),
  ]
}

/** When the oldest of some facts was observed; undefined while one is missing, unsure or disputed. */
function oldestOf(kinds: NonNullable<WorkUpItem['doneBy']['facts']>, facts: readonly Fact[]) {
  const now = kinds.map((kind) => currentFact(facts.filter((fact) => fact.kind === kind)))
  const known = now.flatMap((one) =>
    one && !one.disputed && one.fact.value !== 'unknown' ? [one.fact.observedAt] : [],
  )
  return known.length === kinds.length ? known.sort().slice(0, 1) : undefined
}

function newest(instants: readonly Instant[], at: Instant): Instant | undefined {
  return instants
    .filter((each) => each <= at)
    .sort()
    .at(-1)
}

/** Why an item is not needed for this person; undefined when it is, or when that cannot be told. */
function whyNotNeeded({ need }: WorkUpItem, { facts, track }: WorkUpKnown): string | undefined {
  if ('always' in need) return undefined
  if ('tracks' in need) {
    if (track === undefined || need.tracks.includes(track)) return undefined
    return `treated for something else: ${TRACKS.find(({ id }) => id === track)?.title.toLowerCase()}`
  }
  const value = (kind: 'sex' | 'pregnancy-possible') => {
    const found = currentFact(facts.filter((fact) => fact.kind === kind))
    return found && !found.disputed ? found.fact.value : undefined
  }
  if (value('sex') === 'male') return 'sex for medical limits: male'
  return value('pregnancy-possible') === 'no' ? 'pregnancy is not possible' : undefined
}

const ORDER: readonly WorkUpState[] = ['overdue', 'due', 'refused', 'not-needed', 'done']

/** Worst first, then what is due soonest; the order of the items otherwise. */
export function byUrgency(results: readonly WorkUpResult[]): WorkUpResult[] {
  return [...results].sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (a.dueAt ?? '').localeCompare(b.dueAt ?? ''),
  )
}

/** After so long without anything a treatment is over, or an assessment was left open. [D] */
export const OVER_DAYS = 120

/**
 * Whether a person's work-up belongs on the list of what is open. What happened last counts: the opening of the
 * assessment, its decision, or a dose.
 *
 * @param decidedAt when the decision of this assessment was signed; undefined while nobody has decided
 * @returns open: on the list. over: treated, and long without a dose. left-open: no dose ever came of the assessment
 */
export function workUpStanding(
  { openedAt, doses }: Pick<WorkUpKnown, 'openedAt' | 'doses'>,
  decidedAt: Instant | undefined,
  at: Instant,
): 'open' | 'over' | 'left-open' {
  const last = newest([openedAt, ...(decidedAt ? [decidedAt] : []), ...doses], at)
  if (last === undefined || last > addMs(at, -OVER_DAYS * DAY_MS)) return 'open'
  return doses.some((dose) => dose > openedAt) ? 'over' : 'left-open'
}
