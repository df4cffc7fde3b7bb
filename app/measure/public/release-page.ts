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
}

/** People as they were counted for a release, by which versions of definitions and rules. Holds small counts: never shown. */
export type ReleaseBatch = { readonly versions: string; readonly counts: BatchCounts }

/** A batch and whose first sessions it holds. */
type BatchOfPeriod = ReleaseBatch & { readonly period: ReleasePeriod }

/**
 * The page that shows a new batch together with those before it. Batches counted by other versions of the definitions, and
 * what is older than them, are left out: nobody is counted twice in two ways.
 *
 * @param earlier newest first
 */
export function releasePage(
  added: BatchCounts,
  period: ReleasePeriod,
  earlier: readonly BatchOfPeriod[],
  said: Pick<ReleasePage, 'clinicName' | 'invented' | 'countedOn'>,
): ReleasePage {
  const other = earlier.findIndex(({ versions }) => versions !== releaseVersions)
  const alike = [...(other < 0 ? earlier : earlier.slice(0, other))].reverse()
  const figures = publicFigures([...alike.map(({ counts }) => counts), added])
  const periods = [...alike.map((batch) => batch.period), period]
  const upTo = (batches: number): ReleasePeriod => ({ from: periods[0]!.from, to: periods[batches - 1]!.to })
  const { course } = figures
  return {
    format: 1,
    ...said,
    firstSessions: upTo(periods.length),
    figures,
    coursePeriod: course && upTo(course.batches),
    curve: course && publishedCurve(course),
    shares: course && publishedShares(course),
    definitions: releaseDefinitions.map(({ id, version, name, text }) => ({ id, version, name, text })),
  }
}
