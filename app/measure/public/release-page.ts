import type { LocalDate } from '../../platform/time.ts'
import type { Definition } from '../dataset/definition.ts'
import {
  addUp,
  type CurvePoint,
  type PublicFigures,
  type PublishedShare,
  publishedCurve,
  publishedShares,
} from './public-figures.ts'
import { releaseDefinitions, releaseVersions } from './release-definitions.ts'
import type { ReleasePeriod } from './release-period.ts'

/** A page as it was published: every figure and word on it, stored as JSON and shown without computing anything. null is withheld. */
export type ReleasePage = {
  readonly format: 1
  readonly clinicName: string
  /** Of people who do not exist: what the title says of them; '' for real people. */
  readonly invented: string
  readonly firstSessions: ReleasePeriod
  readonly countedOn: LocalDate
  readonly figures: PublicFigures
  readonly curve: readonly CurvePoint[] | null
  readonly shares: readonly PublishedShare[]
  readonly definitions: readonly Pick<Definition, 'id' | 'version' | 'name' | 'text'>[]
}

/** One batch of people as it was published; `versions` as `releaseVersions` was then. */
export type ReleaseBatch = { readonly versions: string; readonly figures: PublicFigures }

/** A batch and whose first sessions it holds. */
type BatchOfPeriod = ReleaseBatch & { readonly period: ReleasePeriod }

/**
 * The page that shows a new batch together with those before it. Batches counted by other versions of the definitions, and
 * what is older than them, are left out: nobody is counted twice in two ways.
 *
 * @param earlier newest first
 */
export function releasePage(
  added: PublicFigures,
  period: ReleasePeriod,
  earlier: readonly BatchOfPeriod[],
  said: Pick<ReleasePage, 'clinicName' | 'invented' | 'countedOn'>,
): ReleasePage {
  const other = earlier.findIndex(({ versions }) => versions !== releaseVersions)
  const alike = other < 0 ? earlier : earlier.slice(0, other)
  const figures = addUp([added, ...alike.map((batch) => batch.figures)])
  return {
    format: 1,
    ...said,
    firstSessions: { from: alike.at(-1)?.period.from ?? period.from, to: period.to },
    figures,
    curve: publishedCurve(figures),
    shares: publishedShares(figures),
    definitions: releaseDefinitions.map(({ id, version, name, text }) => ({ id, version, name, text })),
  }
}
