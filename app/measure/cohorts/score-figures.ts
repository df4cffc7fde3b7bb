import {
  type ContrastEstimate,
  mixedModelRepeatedMeasures,
  visitByArmDesign,
} from '@evenkeel/outcome-statistics'
import type { ScoreRow } from './cohort-rows.ts'
import { LEAST_PEOPLE, tooFewToTest } from './enough-to-test.ts'
import { groupLabels } from './timed-figures.ts'
import { meanWithLimits } from './urine-figures.ts'

export type VisitMean = {
  readonly group: string
  readonly visit: number
  /** People of the group with a score there. */
  readonly known: number
  /** The others of the group: lost, or not asked. */
  readonly notKnown: number
  readonly mean: number | undefined
  readonly limits: { readonly lower: number; readonly upper: number } | undefined
}

export type ModelVisit = {
  readonly visit: number
  readonly means: readonly [Estimate, Estimate]
  /** The second group minus the first. `p` is undefined where a group is too small for a test. */
  readonly difference: Estimate & { readonly p: number | undefined }
  /** People of each group who have no change at this visit: lost, not asked, or without a score before. */
  readonly notKnown: readonly [number, number]
}
type Estimate = Pick<ContrastEstimate, 'estimate' | 'lower' | 'upper' | 'standardError' | 'df'>

export type ScoreFigures = {
  readonly groups: readonly string[]
  readonly people: readonly number[]
  readonly scores: readonly VisitMean[]
  /** Change from the score before; at the visits after it. */
  readonly changes: readonly VisitMean[]
  readonly model:
    | {
        readonly ok: true
        readonly visits: readonly ModelVisit[]
        readonly observations: number
        readonly people: number
        /** Which group is too small for a test, as a sentence. */
        readonly few: string | undefined
      }
    | { readonly ok: false; readonly why: string }
}

/** A model over more rows than this would hold the page up. */
const MOST_MODEL_ROWS = 20_000
const MOST_MODEL_VISITS = 8

const WHY_NO_FIT: Readonly<Record<string, string>> = {
  'too-few-people': 'there are too few people for so many visits',
  'singular-covariance': 'the scores of the visits do not vary freely',
  'not-converged': 'it did not settle',
  'error-not-known': 'nearly everybody was seen once, so nothing tells how sure it is',
  'rank-deficient-design': 'the score before or a visit says the same as the group',
}

/**
 * Means of a score by visit and group as observed, and the change from the score before: as observed, and by a mixed model
 * where two groups are compared and it settles.
 *
 * @param rows one person and visit each; the score before is `baseline`, or the score at the first visit of all
 * @param reference the group that the other one is compared with, which then stands first; the first unless it is one of them
 */
export function scoreFigures(rows: readonly ScoreRow[], reference?: string): ScoreFigures {
  const labels = groupLabels(rows)
  const groups = [
    ...labels.filter((label) => label === reference),
    ...labels.filter((label) => label !== reference),
  ]
  const groupOf = new Map(rows.map(({ person, group }) => [person, group]))
  const sizes = groups.map((label) => [...groupOf.values()].filter((group) => group === label).length)
  const visits = [...new Set(rows.map(({ visit }) => visit))].sort((a, b) => a - b)
  const withColumn = rows.some(({ baseline }) => baseline !== undefined)
  const before = new Map(
    rows.flatMap(({ person, visit, score, baseline }): [number, number][] => {
      const value = withColumn ? baseline : visit === visits[0] ? score : undefined
      return value === undefined ? [] : [[person, value]]
    }),
  )
  const changes = rows.flatMap((row) => {
    const start = before.get(row.person)
    if (start === undefined || row.score === undefined || (!withColumn && row.visit === visits[0])) return []
    return [{ ...row, before: start, change: row.score - start }]
  })
  const later = withColumn ? visits : visits.slice(1)
  const meansOf = (
    at: readonly number[],
    values: readonly { group: string; visit: number; value: number }[],
  ) =>
    groups.flatMap((group, g) =>
      at.map((visit): VisitMean => {
        const known = values.filter((one) => one.group === group && one.visit === visit)
        return {
          group,
          visit,
          known: known.length,
          notKnown: sizes[g]! - known.length,
          ...(known.length === 0
            ? { mean: undefined, limits: undefined }
            : meanWithLimits(known.map(({ value }) => value))),
        }
      }),
    )
  return {
    groups,
    people: sizes,
    scores: meansOf(
      visits,
      rows.flatMap(({ group, visit, score }) =>
        score === undefined ? [] : [{ group, visit, value: score }],
      ),
    ),
    changes: meansOf(
      later,
      changes.map(({ group, visit, change }) => ({ group, visit, value: change })),
    ),
    model: modelOf(groups, sizes, changes),
  }
}

function modelOf(
  groups: readonly string[],
  sizes: readonly number[],
  rows: readonly { person: number; visit: number; group: string; before: number; change: number }[],
): ScoreFigures['model'] {
  if (groups.length !== 2) return { ok: false, why: 'it compares two groups' }
  const visits = [...new Set(rows.map(({ visit }) => visit))].sort((a, b) => a - b)
  if (visits.length < 2) return { ok: false, why: 'it needs two visits or more after the score before' }
  if (visits.length > MOST_MODEL_VISITS || rows.length > MOST_MODEL_ROWS)
    return {
      ok: false,
      why: `it is fitted for up to ${MOST_MODEL_VISITS} visits and ${MOST_MODEL_ROWS} scores`,
    }
  const outcome = Float64Array.from(rows, ({ change }) => change)
  const visit = Float64Array.from(rows, (row) => row.visit)
  const { design, differences, means } = visitByArmDesign({
    outcome,
    visit,
    arm: Uint8Array.from(rows, ({ group }) => groups.indexOf(group)),
    covariates: [{ name: 'before', values: Float64Array.from(rows, ({ before }) => before) }],
  })
  const fit = mixedModelRepeatedMeasures(
    { outcome, person: Float64Array.from(rows, ({ person }) => person), visit, design },
    { contrasts: [...differences, ...means] },
  )
  if (!fit.ok) return { ok: false, why: WHY_NO_FIT[fit.reason] ?? 'the scores do not allow it' }
  const k = visits.length
  const estimates = fit.contrasts
  const knownAt = (at: number, group: string) =>
    rows.filter((row) => row.visit === at && row.group === group).length
  const [reference, other] = groups as [string, string]
  const peopleOf = (group: string) =>
    new Set(rows.filter((row) => row.group === group).map(({ person }) => person)).size
  const few = tooFewToTest(groups.map((label) => ({ label, people: peopleOf(label) })))
  return {
    ok: true,
    observations: fit.observations,
    people: fit.people,
    few,
    visits: visits.map((at, v) => {
      const known = [knownAt(at, reference), knownAt(at, other)] as const
      const { p, ...difference } = estimates[v]!
      const enough = few === undefined && known.every((people) => people >= LEAST_PEOPLE)
      return {
        visit: at,
        difference: { ...difference, p: enough ? p : undefined },
        means: [estimates[k + v]!, estimates[2 * k + v]!],
        notKnown: [sizes[0]! - known[0], sizes[1]! - known[1]],
      }
    }),
  }
}
