import {
  ABSTINENT,
  type AbstinenceCounts,
  type AbstinenceResults,
  abstinenceByLook,
  abstinenceDifferenceBounds,
  abstinenceWithMissing,
  countAbstinence,
  MISSING,
  type MissingRule,
  USE,
} from '../src/index.ts'
import type { ReferenceCase, TableReader } from './case.ts'
import { answered, limits, twoProportions } from './proportion-cases.ts'
import { where } from './table.ts'

const WEEKS = 24

/** Cases of itt.json: weekly urine patterns of randomised people. */
export function abstinenceFigures(c: ReferenceCase, read: TableReader): unknown {
  if (c.id.startsWith('weekly-counts-')) {
    const byWeek = answered(abstinenceByLook(urines(read, '51')))
    return {
      n: byWeek.n,
      negative: byWeek.abstinent,
      positive_or_mixed: byWeek.used,
      missing: byWeek.missing,
    }
  }
  if (!c.id.startsWith('itt-')) return undefined
  const project = c.id.startsWith('itt-ctn51') ? '51' : '27'
  const { weeks, arms } = c.args as { weeks: number | number[]; arms: string[] }
  const window = [weeks].flat().map((week) => week - 1)
  const known = arms.map((arm) => answered(countAbstinence(urines(read, project, arm), window)))
  const [first, second] = known as [AbstinenceCounts, AbstinenceCounts]
  const bounds = answered(abstinenceDifferenceBounds(first, second))
  const groups = { count1: first.abstinent, n1: first.n, count2: second.abstinent, n2: second.n }
  return {
    arms: known.map((counts, i) => armFigures(arms[i]!, counts)),
    missing_is_use: twoProportions(groups, 0.95),
    worst_case_for_arm1: bounds.lower,
    best_case_for_arm1: bounds.upper,
    imor: [0.1, 0.25, 0.5, 1].map((odds) => {
      const p = known.map((counts) => by(counts, { kind: 'informative', odds }).proportion)
      return { imor_abstinence: odds, p, diff: p[0]! - p[1]! }
    }),
  }
}

function by(counts: AbstinenceCounts, rule: MissingRule) {
  return answered(abstinenceWithMissing(counts, rule))
}

function armFigures(arm: string, counts: AbstinenceCounts) {
  const least = by(counts, { kind: 'missing-is-use' })
  const most = by(counts, { kind: 'missing-is-abstinent' })
  const seen = by(counts, { kind: 'missing-left-out' })
  return {
    arm,
    n: least.n,
    abstinent_missing_is_use: least.count,
    p: least.proportion,
    wilson: limits(least),
    n_complete: seen.n,
    abstinent_complete_case: seen.count,
    abstinent_missing_is_abstinent: most.count,
    bounds: [least.proportion, most.proportion],
  }
}

const said: Record<string, number> = { '-': ABSTINENT, '+': USE, '*': USE, o: MISSING }

/** The first 24 weekly samples of everybody randomised in a trial; a pattern that ends early goes on as missing. */
function urines(read: TableReader, project: string, arm?: string): AbstinenceResults {
  const people = where(
    read('ctn0094_participants.csv'),
    ['project', 'treatment'],
    (p, treatment) => p === project && (arm === undefined ? treatment !== '' : treatment === arm),
  )
  const patterns = people.column('uds_pattern').map((pattern) => pattern.padEnd(WEEKS, 'o').slice(0, WEEKS))
  return { result: Int8Array.from(patterns.join(''), (letter) => said[letter]!), looks: WEEKS }
}
