import type { ScoringOutcome } from '@evenkeel/questionnaires'
import type { PersonId } from '../../platform/ids.ts'
import { daysBetween, type Instant, type LocalDate } from '../../platform/time.ts'
import { RESULT_WINDOW_DAYS } from './definition.ts'
import type { FollowedScore } from './followed-scores.ts'
import type { OutcomeCourse } from './outcome-course.ts'
import type { ChangeRow, SessionRow } from './outcome-row.ts'

/** One finished result of an instrument; set-aside forms are none. */
export type ResultFact = {
  readonly personId: PersonId
  readonly instrumentId: string
  readonly completedAt: Instant
  /** The clinic's day on which it was finished. */
  readonly day: LocalDate
  /** The followed score; null when it is not known. */
  readonly value: number | null
  /** Equal for results that stand on one line: version, edition, recall period and scoring. */
  readonly line: string
}

export type DoseFact = { readonly personId: PersonId; readonly at: Instant; readonly day: LocalDate }

/** What is known of a person by one instrument, whatever today is. */
export type ResultPair = {
  readonly personId: PersonId
  readonly instrumentId: string
  readonly before: number | null
  readonly after: number | null
  /** null while one of the two is missing. */
  readonly sameLine: boolean | null
}

/** A followed score of a stored result as a number; null when it is incomplete, partial, or no number. */
export function followedValue(scores: ScoringOutcome, { scoreId, isMetric }: FollowedScore): number | null {
  if (!scores.valid) return null
  if ('metrics' in scores) {
    const metric = isMetric ? scores.metrics[scoreId] : null
    return typeof metric === 'number' ? metric : null
  }
  const found = isMetric ? undefined : scores.scores[scoreId]
  if (typeof found?.value !== 'number') return null
  return found.status === 'ok' || found.status === 'prorated' ? found.value : null
}

/**
 * For each person with a dose and each instrument to which they have a result: the last known value finished before the
 * first dose was begun, and the first known one on days 1 to 28 after the day of the last dose. Of two finished at one
 * instant the greater id is the later; hand them in by time and id.
 */
export function resultPairs(doses: readonly DoseFact[], results: readonly ResultFact[]): ResultPair[] {
  const doseOf = new Map<PersonId, { firstAt: Instant; lastDay: LocalDate }>()
  for (const { personId, at, day } of doses) {
    const known = doseOf.get(personId)
    doseOf.set(personId, {
      firstAt: known && known.firstAt < at ? known.firstAt : at,
      lastDay: known && known.lastDay > day ? known.lastDay : day,
    })
  }
  const pairs = new Map<string, { before: ResultFact | null; after: ResultFact | null; of: ResultFact }>()
  for (const result of results) {
    const dose = doseOf.get(result.personId)
    if (!dose) continue
    const key = `${result.personId} ${result.instrumentId}`
    const pair = pairs.get(key) ?? { before: null, after: null, of: result }
    pairs.set(key, pair)
    if (result.value === null) continue
    const since = daysBetween(dose.lastDay, result.day)
    if (result.completedAt < dose.firstAt) pair.before = result
    else if (since >= 1 && since <= RESULT_WINDOW_DAYS) pair.after ??= result
  }
  return [...pairs.values()]
    .map(({ of, before, after }) => ({
      personId: of.personId,
      instrumentId: of.instrumentId,
      before: before?.value ?? null,
      after: after?.value ?? null,
      sameLine: before && after ? before.line === after.line : null,
    }))
    .sort((a, b) =>
      a.personId === b.personId
        ? a.instrumentId < b.instrumentId
          ? -1
          : 1
        : a.personId < b.personId
          ? -1
          : 1,
    )
}

/** The rows of one instrument on a day: each pair with why it is not compared, where it is not. */
export function changeRows(
  pairs: readonly ResultPair[],
  courses: readonly OutcomeCourse[],
  today: LocalDate,
  instrumentId: string,
): ChangeRow[] {
  const courseOf = new Map(courses.map((course) => [course.personId, course]))
  return pairs.flatMap(({ personId, instrumentId: of, before, after, sameLine }) => {
    const course = courseOf.get(personId)
    if (of !== instrumentId || !course || course.firstDoseDay > today) return []
    const sinceLastDose = daysBetween(course.firstDoseDay, today) - course.lastDoseDay
    return [
      { personId, instrumentId, state: stateOf({ before, after, sameLine }, sinceLastDose), before, after },
    ]
  })
}

function stateOf(
  { before, after, sameLine }: Pick<ResultPair, 'before' | 'after' | 'sameLine'>,
  daysSinceLastDose: number,
): ChangeRow['state'] {
  if (daysSinceLastDose <= RESULT_WINDOW_DAYS) return 'not-yet'
  if (before === null) return 'no-baseline'
  if (after === null) return 'no-result'
  return sameLine ? 'compared' : 'other-edition'
}

/** What is known of a session in which a dose was begun. */
export type SessionFact = {
  readonly personId: PersonId
  readonly sessionId: string
  readonly doseStartedAt: Instant
  readonly day: LocalDate
  readonly mgGiven: number | undefined
  readonly stoppedEarly: boolean
  readonly topics: ReadonlySet<string>
  readonly leftByOverride: boolean
}

/** One row a session, by person and number of dose; sessions at one instant are numbered by id. */
export function sessionRows(sessions: readonly SessionFact[]): SessionRow[] {
  const ordered = [...sessions].sort((a, b) =>
    order([a.personId, a.doseStartedAt, a.sessionId], [b.personId, b.doseStartedAt, b.sessionId]),
  )
  const first = new Map<PersonId, number>()
  ordered.forEach(({ personId }, at) => {
    if (!first.has(personId)) first.set(personId, at)
  })
  return ordered.map((session, at) => {
    const from = first.get(session.personId)!
    return {
      personId: session.personId,
      sessionId: session.sessionId,
      day: daysBetween(ordered[from]!.day, session.day),
      doseNumber: at - from + 1,
      mgGiven: session.mgGiven ?? null,
      nauseaNoted: session.topics.has('nausea'),
      distressNoted: session.topics.has('distress'),
      stoppedEarly: session.stoppedEarly,
      leftByOverride: session.leftByOverride,
    }
  })
}

function order(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, index) => part !== b[index])
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1
}
