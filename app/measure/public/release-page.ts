import { isSmall } from '../../platform/disclosure.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { Definition } from '../dataset/definition.ts'
import {
  type BatchCounts,
  type CurvePoint,
  type PublicFigures,
  type PublishedShare,
  publicFigures,
  publishedCurve,
  publishedShares,
} from './public-figures.ts'
import { releaseDefinitions, releaseVersions } from './release-definitions.ts'
import type { ReleasePeriod } from './release-period.ts'

/** A release that was withdrawn, and the one that counts its people anew. */
export type Correction = {
  /** Number of the release that was wrong. */
  readonly release: number
  readonly withdrawnOn: LocalDate
  /** As the manager gave it for everybody to read. */
  readonly reason: string
  readonly correctedBy: number
  readonly correctedOn: LocalDate
}

/** A page as it was published: every figure and word on it, stored as JSON and shown without computing anything. null: too few people. */
export type ReleasePage = {
  readonly format: 1
  readonly clinicName: string
  /** Of people who do not exist: what the title says of them; '' for real people. */
  readonly invented: string
  readonly firstSessions: ReleasePeriod
  readonly countedOn: LocalDate
  readonly figures: PublicFigures
  /** Whose first sessions each figure is about, as far as it is shown: batches that wait are not in it. */
  readonly coursePeriod: ReleasePeriod | null
  readonly curve: readonly CurvePoint[] | null
  readonly shares: readonly PublishedShare[] | null
  readonly definitions: readonly Pick<Definition, 'id' | 'version' | 'name' | 'text'>[]
  /** What was corrected so far, oldest first. Pages from before there were corrections do not have it. */
  readonly corrections?: readonly Correction[]
}

/** People as they were counted for a release, by which versions of definitions and rules. Holds small counts: never shown. */
export type ReleaseBatch = {
  readonly versions: string
  readonly counts: BatchCounts
  /** The first day of the quarter in which the first of them began, when that is before the quarters the release adds. */
  readonly since?: LocalDate
}

/** A batch and whose first sessions it holds. */
type BatchOfPeriod = ReleaseBatch & { readonly period: ReleasePeriod }

/**
 * The page that shows a new batch together with those before it. Batches counted by other versions of the definitions, and
 * what is older than them, are left out: nobody is counted twice in two ways.
 *
 * @param earlier newest first
 */
export function releasePage(
  added: Omit<BatchOfPeriod, 'versions'>,
  earlier: readonly BatchOfPeriod[],
  said: Pick<ReleasePage, 'clinicName' | 'invented' | 'countedOn' | 'corrections'>,
): ReleasePage {
  const other = earlier.findIndex(({ versions }) => versions !== releaseVersions)
  const batches = [...[...(other < 0 ? earlier : earlier.slice(0, other))].reverse(), added]
  const figures = publicFigures(batches.map(({ counts }) => counts))
  const { course } = figures
  return {
    format: 1,
    ...said,
    firstSessions: periodOf(batches),
    figures,
    coursePeriod: course && periodOf(batches.slice(0, course.batches)),
    curve: course && publishedCurve(course),
    shares: course && publishedShares(course),
    definitions: releaseDefinitions.map(({ id, version, name, text }) => ({ id, version, name, text })),
  }
}

/** @param batches oldest first, one at least; who began before the quarters of a batch widens the whole */
function periodOf(batches: readonly Omit<BatchOfPeriod, 'versions'>[]): ReleasePeriod {
  const starts = batches.map(({ since, period }) => since ?? period.from)
  return { from: starts.reduce((a, b) => (a < b ? a : b)), to: batches.at(-1)!.period.to }
}

/**
 * True when some count on a corrected page differs from the withdrawn page by 1 to 9: whoever kept that page can tell what
 * was corrected of those few. Said to the signer, who alone can weigh it.
 */
export function correctionTellsFew(withdrawn: PublicFigures, corrected: PublicFigures): boolean {
  const [a, b] = [shownCounts(withdrawn), shownCounts(corrected)]
  return [...a].some(([what, count]) => {
    const apart = Math.abs(count - (b.get(what) ?? count))
    return isSmall(apart)
  })
}

/** Every count on a page by a name that says what it counts; first use and losses from the first session on, so that coarser days compare. */
function shownCounts({ people, course, noted }: PublicFigures): Map<string, number> {
  const counts = new Map([['people', people]])
  for (const [what, figure] of Object.entries(noted)) {
    if (figure) counts.set(what, figure.count)
  }
  if (!course) return counts
  counts.set('course', course.people).set('followed', course.followed)
  for (const [state, count] of Object.entries(course.week)) counts.set(`week ${state}`, count)
  for (const [at, day] of course.days.entries()) {
    const upTo = (parts: readonly number[]) => parts.slice(0, at + 1).reduce((sum, part) => sum + part, 0)
    counts.set(`used by ${day}`, upTo(course.used)).set(`lost by ${day}`, upTo(course.lost))
  }
  return counts
}
