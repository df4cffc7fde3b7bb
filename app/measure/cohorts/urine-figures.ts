import {
  parseWeeklyPattern,
  studentTQuantile,
  type WeeklyAnswer,
  type WeeklyEndpoint,
  type WeeklyPattern,
  weekCode,
  weeklyEndpoint,
  weeklyEndpoints,
  wilsonInterval,
} from '@evenkeel/outcome-statistics'
import type { WeeklyPerson } from './cohort-rows.ts'
import {
  groupLabels,
  type TimedAsked,
  type TimedFigures,
  type TimedRow,
  timedFigures,
} from './timed-figures.ts'

export type EndpointName = keyof typeof weeklyEndpoints
export const ENDPOINT_NAMES = Object.keys(weeklyEndpoints) as EndpointName[]

/** Patterns of people, in the order of the file, with their group. */
export type ReadPatterns = readonly { readonly pattern: WeeklyPattern; readonly group: string }[]

/** The weeks of people as codes, once for all endpoints. */
export function readPatterns(rows: readonly WeeklyPerson[]): ReadPatterns {
  return rows.map(({ weeks, group }, at) => {
    const read = parseWeeklyPattern(weeks)
    if (!read.ok) throw new Error(`the weeks of row ${at + 1} were stored and cannot be read: ${read.reason}`)
    return { pattern: read.pattern, group }
  })
}

/** What a published endpoint says of each person; undefined where the pattern ends before the weeks it asks about. */
export function endpointAnswers(name: EndpointName, people: ReadPatterns): (WeeklyAnswer | undefined)[] {
  const endpoint: WeeklyEndpoint = weeklyEndpoints[name]
  return people.map(({ pattern }) => {
    const answer = weeklyEndpoint(endpoint, pattern)
    return answer.ok ? answer : undefined
  })
}

type Limits = { readonly lower: number; readonly upper: number }

export type GroupShare = {
  readonly label: string
  readonly yes: number
  readonly n: number
  readonly share: number
  readonly limits: Limits
}

export type GroupMean = {
  readonly label: string
  readonly n: number
  readonly mean: number
  /** Undefined for one person, or when all are alike. */
  readonly limits: Limits | undefined
}

/** An endpoint by group, in the form that its rule answers in. `notTold` are people whose pattern is too short for it. */
export type EndpointFigures = { readonly name: EndpointName; readonly notTold: number } & (
  | { readonly answer: 'time'; readonly figures: TimedFigures }
  | { readonly answer: 'yes-no'; readonly groups: readonly GroupShare[] }
  | { readonly answer: 'weeks'; readonly groups: readonly GroupMean[] }
)

/**
 * One published endpoint over groups of people.
 *
 * @param asked of the curve of a time, in weeks
 */
export function endpointFigures(
  name: EndpointName,
  people: ReadPatterns,
  asked: TimedAsked,
): EndpointFigures {
  const answers = endpointAnswers(name, people)
  const notTold = answers.filter((answer) => answer === undefined).length
  const told = answers.flatMap((answer, i) => (answer ? [{ answer, group: people[i]!.group }] : []))
  const timed = told.flatMap(({ answer, group }): TimedRow[] =>
    answer.answer === 'time' ? [{ time: answer.week, event: answer.event, group }] : [],
  )
  if (weeklyEndpoints[name].rule.answer === 'time') {
    return { name, notTold, answer: 'time', figures: timedFigures(timed, asked) }
  }
  const labels = groupLabels(people)
  const yesNo = told.some(({ answer }) => answer.answer === 'yes-no')
  if (yesNo) {
    return {
      name,
      notTold,
      answer: 'yes-no',
      groups: labels.flatMap((label) => {
        const of = told.filter(({ group }) => group === label)
        const yes = of.filter(({ answer }) => answer.answer === 'yes-no' && answer.yes).length
        const interval = wilsonInterval(yes, of.length)
        return interval.ok ? [{ label, yes, n: of.length, share: interval.proportion, limits: interval }] : []
      }),
    }
  }
  return {
    name,
    notTold,
    answer: 'weeks',
    groups: labels.flatMap((label) => {
      const weeks = told.flatMap(({ answer, group }) =>
        group === label && answer.answer === 'weeks' ? [answer.weeks] : [],
      )
      return weeks.length === 0 ? [] : [{ label, n: weeks.length, ...meanWithLimits(weeks) }]
    }),
  }
}

/** The mean with Student's 95 % interval; no interval where one value, or no spread, would make it a point. */
export function meanWithLimits(values: readonly number[]): {
  readonly mean: number
  readonly limits: Limits | undefined
} {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  if (n < 2 || squares === 0) return { mean, limits: undefined }
  const reach = studentTQuantile(0.975, n - 1) * Math.sqrt(squares / (n - 1) / n)
  return { mean, limits: { lower: mean - reach, upper: mean + reach } }
}

/** What is in the weeks of a group before any definition reads them. */
export type WeeksOfGroup = {
  readonly label: string
  readonly people: number
  readonly weeks: number
  readonly negative: number
  readonly positive: number
  readonly mixed: number
  readonly noSample: number
}

/** Weeks of each group by what their samples said; a week without one is told as that. */
export function weeksByGroup(people: ReadPatterns): WeeksOfGroup[] {
  return groupLabels(people).map((label) => {
    const counts = [0, 0, 0, 0]
    let n = 0
    for (const { pattern, group } of people) {
      if (group !== label) continue
      n += 1
      for (const code of pattern) counts[code]! += 1
    }
    return {
      label,
      people: n,
      weeks: counts.reduce((sum, count) => sum + count, 0),
      negative: counts[weekCode.negative]!,
      positive: counts[weekCode.positive]!,
      mixed: counts[weekCode.mixed]!,
      noSample: counts[weekCode.missing]!,
    }
  })
}
