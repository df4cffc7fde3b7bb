import type {
  Administered,
  Comparison,
  Condition,
  Confidence,
  Cutoff,
  Instrument,
  ItemScore,
} from '@evenkeel/questionnaires'

/** How the parts of an instrument are called in the workspace. */
export const ADMINISTERED_WORDS: Readonly<Record<Administered, string>> = {
  self: 'the person',
  clinician: 'a clinician',
  observer: 'whoever watches',
  lab: 'a laboratory',
}

export const CONFIDENCE_WORDS: Readonly<Record<Confidence, string>> = {
  high: 'high',
  medium: 'medium',
  low: 'low',
}

export const LICENCE_WORDS: Readonly<Record<Instrument['licence']['status'], string>> = {
  'public-domain': 'public domain',
  'free-with-conditions': 'free, with conditions',
  'permission-needed': 'needs permission',
  registration: 'needs registration',
  own: 'our own',
  'not-applicable': 'none needed',
}

const SIGNS = { gte: 'at least', gt: 'more than', lte: 'at most', lt: 'less than' } as const

/** "at least 10": what a comparison asks, in words. */
function comparisonInWords(comparison: Comparison): string {
  const { eq, in: among, notIn } = comparison
  const limits = (['gte', 'gt', 'lte', 'lt'] as const).flatMap((sign) =>
    comparison[sign] === undefined ? [] : [`${SIGNS[sign]} ${comparison[sign]}`],
  )
  return [
    ...(eq === undefined ? [] : [scalarInWords(eq)]),
    ...limits,
    ...(among ? [`one of ${among.map(scalarInWords).join(', ')}`] : []),
    ...(notIn ? [`none of ${notIn.map(scalarInWords).join(', ')}`] : []),
  ].join(' and ')
}

function scalarInWords(value: number | string | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}

/** When something holds, for staff: "q9 is at least 1". Names of items, scores and flags stand as they are. */
export function conditionInWords(condition: Condition): string {
  if ('all' in condition) return condition.all.map(withinOthers).join(' and ')
  if ('any' in condition) return condition.any.map(withinOthers).join(' or ')
  if ('not' in condition) return `not: ${conditionInWords(condition.not)}`
  if ('flag' in condition) return `the sign ${condition.flag} is there`
  if ('category' in condition) {
    return condition.unknown
      ? `${condition.category} is not known`
      : `${condition.category} is ${condition.eq}`
  }
  if ('countItems' in condition) return countInWords(condition)
  if ('analyte' in condition) {
    const names = typeof condition.analyte === 'string' ? [condition.analyte] : condition.analyte
    return `${names.join(' or ')} is ${condition.result}`
  }
  const name =
    'item' in condition
      ? condition.item
      : 'score' in condition
        ? `the score ${condition.score}`
        : `${condition.context} of the person`
  return `${name} is ${comparisonInWords(condition)}`
}

function withinOthers(condition: Condition): string {
  const words = conditionInWords(condition)
  return 'all' in condition || 'any' in condition ? `(${words})` : words
}

function countInWords(condition: Extract<Condition, { countItems: readonly string[] }>): string {
  const { countItems, overrides = {}, atLeast, atMost } = condition
  const how =
    atLeast !== undefined && atMost !== undefined
      ? `${atLeast} to ${atMost}`
      : atMost !== undefined
        ? `at most ${atMost}`
        : `at least ${atLeast ?? 1}`
  const except = Object.entries(overrides).map(([item, from]) => `${item} from ${from}`)
  return `${how} of ${rangeOfItems(countItems)} are ${comparisonInWords(condition)}${except.length > 0 ? ` (${except.join(', ')})` : ''}`
}

/** "q1 to q9" for a run of items, else their names. */
export function rangeOfItems(items: readonly string[]): string {
  const numbers = items.map((item) => /^([A-Za-z]+)(\d+)$/.exec(item))
  const run =
    items.length > 2 &&
    numbers.every(
      (found, place) =>
        found !== null &&
        found[1] === numbers[0]?.[1] &&
        Number(found[2]) === Number(numbers[0]?.[2]) + place,
    )
  return run ? `${items[0]} to ${items.at(-1)}` : items.join(', ')
}

const METHOD_WORDS: Readonly<Record<ItemScore['method'], string>> = {
  sum: 'sum',
  mean: 'mean',
  max: 'highest answer',
  single: 'the answer itself',
  highestIndex: 'the highest question answered yes',
  concat: 'the answers side by side',
  count: 'number of questions that count',
  percentOfRange: 'per cent of the range',
  sumOfGroups: 'sum of groups',
  weighted: 'weighted sum',
  bandIndex: 'level by grams of alcohol a day',
}

const MISSING_WORDS: Readonly<Record<ItemScore['missing']['rule'], string>> = {
  strict: 'no score when an answer is missing',
  prorate: 'estimated from the others',
  available: 'made of the answers there are',
  'highest-answered': 'made of the answers there are',
}

/** How a score is made and what happens when answers are missing, in two short lines. */
export function scoreInWords(score: ItemScore): { readonly how: string; readonly missing: string } {
  const multiply = 'multiply' in score && score.multiply !== undefined ? ` × ${score.multiply}` : ''
  const counted = score.method === 'count' ? ` (${comparisonInWords(score.countIf)})` : ''
  const { rule, maxMissing } = score.missing
  return {
    how: `${METHOD_WORDS[score.method]}${counted}${multiply} of ${rangeOfItems(score.items)}`,
    missing:
      rule === 'prorate' && maxMissing !== undefined
        ? `up to ${maxMissing} missing: ${MISSING_WORDS.prorate}`
        : MISSING_WORDS[rule],
  }
}

export function cutoffInWords({ score, op, value, when }: Cutoff): string {
  const limit = `${score} ${SIGNS[op]} ${value}`
  return when ? `${limit}, when ${conditionInWords(when)}` : limit
}
