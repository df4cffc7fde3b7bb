import type { FactKind } from '../fact.ts'
import { bmiKgPerM2, type EligibilityRule, type FactSeen, type Limits } from './eligibility.ts'
import { belongsTo, type Leaf, leavesOf } from './rule-builder.ts'

type RuleOfFigures = Pick<EligibilityRule, 'requires' | 'limits'>

/** The facts of a rule that it judges as a figure against its limits. */
export function kindsAsFigures({ requires }: RuleOfFigures): ReadonlySet<FactKind> {
  return new Set(leavesOf(requires).flatMap(kindsOf))
}

/**
 * Whether a figure lies further outside a limit than when somebody signed for it: outside one that it kept then, or past
 * what was signed by more than the step of the rule (`RuleLimit.step`; none: any further). A figure that comes nearer to
 * its limit stays covered, and one is always held against what was signed, so that small steps never add up.
 *
 * @param signed the facts as the signed evaluation kept them
 * @param now the same facts as they are now
 */
export function goesBeyond(
  rule: RuleOfFigures,
  signed: readonly FactSeen[],
  now: readonly FactSeen[],
): boolean {
  return leavesOf(rule.requires).some((leaf) => {
    if (kindsOf(leaf).length === 0) return false
    const before = figureOf(leaf, signed)
    const after = figureOf(leaf, now)
    if (before === undefined || after === undefined) return before !== after
    return (['atLeast', 'atMost', 'below'] as const).some((edge) => {
      const was = outside(before, leaf as Limits, edge)
      const is = outside(after, leaf as Limits, edge)
      if (is === undefined) return false
      if (was === undefined) return true
      const step = rule.limits.find((limit) => limit.edge === edge && belongsTo(leaf, limit))?.step ?? 0
      return is - was > step + ROUNDING
    })
  })
}

/** What floating point adds to a figure, far under any that is measured. */
const ROUNDING = 1e-9

/** How far a figure lies past one limit; undefined when it keeps it, or when there is none. */
function outside(figure: number, limits: Limits, edge: keyof Limits): number | undefined {
  const limit = limits[edge]
  if (limit === undefined) return undefined
  if (edge === 'atLeast') return figure < limit ? limit - figure : undefined
  return figure > limit || (edge === 'below' && figure === limit) ? figure - limit : undefined
}

function kindsOf(leaf: Leaf): readonly FactKind[] {
  if ('is' in leaf || 'isNot' in leaf) return []
  if ('derived' in leaf) return leaf.derived === 'bmi-kg-per-m2' ? ['weight-kg', 'height-cm'] : []
  return [leaf.fact]
}

function figureOf(leaf: Leaf, facts: readonly FactSeen[]): number | undefined {
  const valueIn = (kind: FactKind) => facts.find((seen) => seen.kind === kind)?.value
  if ('derived' in leaf) {
    const weight = valueIn('weight-kg')
    const height = valueIn('height-cm')
    return typeof weight === 'number' && typeof height === 'number' ? bmiKgPerM2(weight, height) : undefined
  }
  const value = valueIn(leaf.fact)
  const member = 'member' in leaf ? leaf.member : undefined
  const figure = member ? (value as Readonly<Record<string, unknown>> | undefined)?.[member] : value
  return typeof figure === 'number' ? figure : undefined
}
