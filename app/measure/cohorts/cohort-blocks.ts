import { weeklyEndpoints } from '@evenkeel/outcome-statistics'
import { dayTicks } from '../curve-drawing.ts'
import { readDays, readUntil } from './chosen-days.ts'
import type { CohortBlock } from './cohort-block.ts'
import { outsideTimeDefinition } from './cohort-definitions.ts'
import type { CohortMapping } from './cohort-mapping.ts'
import type { CohortRows } from './cohort-rows.ts'
import { countBlocks } from './count-blocks.ts'
import { covariatesBlock } from './covariates-block.ts'
import { scoreBlocks } from './score-blocks.ts'
import { timedBlock } from './timed-block.ts'
import { groupLabels, type TimedAsked, timedFigures } from './timed-figures.ts'
import { urineBlocks } from './urine-blocks.ts'
import { ENDPOINT_NAMES, type EndpointName } from './urine-figures.ts'

/** What a reader asked for, as it stands in the address. */
export type CohortAsked = {
  readonly days: string | null
  readonly until: string | null
  readonly endpoint: string | null
  /** The group that the others are compared with. */
  readonly reference?: string | null
  /** Every published endpoint, not only the chosen one: for the download. */
  readonly every?: boolean
}

/** What the page's form shows again. */
export type CohortChosen = {
  readonly days: string
  readonly daysProblem?: string | undefined
  readonly until: string
  readonly untilProblem?: string | undefined
  readonly endpoint: EndpointName | undefined
  /** Groups that can be the one of reference; fewer than two leave nothing to choose. */
  readonly groups: readonly string[]
  readonly reference: string | undefined
  /** The figure is a curve over time, so that times can be chosen. */
  readonly timed: boolean
}

const DEFAULT_WEEKS = [4, 12, 24]
const DEFAULT_ENDPOINT: EndpointName = 'relapseFourWeeksCtn94'

/**
 * The figures of an outside cohort, by what its file holds: the page and the download are made of these.
 *
 * @param asked from the address; what makes no sense is answered in words, and the default is shown
 */
export function cohortBlocks(
  cohort: CohortRows,
  mapping: CohortMapping,
  asked: CohortAsked,
): { readonly blocks: readonly CohortBlock[]; readonly chosen: CohortChosen } {
  const weekly = cohort.kind === 'weekly-urine'
  const { days, problem: daysProblem } = weekly
    ? readDays(asked.days, 'weeks', DEFAULT_WEEKS)
    : readDays(asked.days, 'days', usualDays(cohort))
  const { until, problem: untilProblem } = readUntil(asked.until)
  const endpoint = weekly
    ? (ENDPOINT_NAMES.find((name) => name === asked.endpoint) ?? DEFAULT_ENDPOINT)
    : undefined
  const timed = endpoint === undefined || weeklyEndpoints[endpoint].rule.answer === 'time'
  const groups = comparedGroups(cohort, timed)
  const usual = mapping.kind === 'counts-by-arm' ? mapping.reference : groups[0]
  const reference = groups.find((label) => label === asked.reference) ?? usual
  const chosen = {
    groups,
    reference,
    days: asked.days ?? days.join(', '),
    daysProblem,
    until: asked.until ?? '',
    untilProblem,
    endpoint,
    timed,
  }
  return { chosen, blocks: blocksOf(cohort, mapping, { at: days, until, reference }, endpoint, asked.every) }
}

const DEFAULT_DAYS = [180, 365]

/** Half a year and a year; for people who were followed for less, the half and the whole of what there is. */
function usualDays(cohort: CohortRows): readonly number[] {
  if (cohort.kind !== 'time-to-event') return DEFAULT_DAYS
  const end = Math.floor(cohort.rows.reduce((most, { timeDays }) => Math.max(most, timeDays), 0))
  return end === 0 || end >= DEFAULT_DAYS[0]! ? DEFAULT_DAYS : [...new Set([Math.floor(end / 2), end])]
}

/** Groups of which one is compared with the others; none where a figure compares nothing. */
function comparedGroups(cohort: CohortRows, timed: boolean): readonly string[] {
  if (cohort.kind === 'counts-by-arm') return groupLabels(cohort.rows.map(({ arm }) => ({ group: arm })))
  const labels = groupLabels(cohort.rows)
  const compares = cohort.kind === 'repeated-scores' ? labels.length === 2 : timed
  return compares ? labels : []
}

function blocksOf(
  cohort: CohortRows,
  mapping: CohortMapping,
  asked: Omit<TimedAsked, 'ticks'>,
  endpoint: EndpointName | undefined,
  every = false,
): CohortBlock[] {
  if (cohort.kind === 'time-to-event' && mapping.kind === 'time-to-event') {
    const rows = cohort.rows.map((row) => ({ ...row, time: row.timeDays }))
    const end = rows.reduce((most, { time }) => Math.max(most, time), 0)
    const people = covariatesBlock(cohort.rows, mapping.covariates)
    return [
      timedBlock(timedFigures(rows, { ...asked, ticks: dayTicks(end) }), {
        id: 'curve',
        title: `Share without the event (“${mapping.event.column}”) over time`,
        unit: 'day',
        still: 'Event not seen yet',
        had: 'had the event',
        timeLabel: 'Days',
        definitions: [outsideTimeDefinition],
        within: mapping.stratum,
      }),
      ...(people ? [people] : []),
    ]
  }
  if (cohort.kind === 'weekly-urine' && endpoint !== undefined)
    return urineBlocks(cohort.rows, endpoint, asked, every)
  if (cohort.kind === 'repeated-scores' && mapping.kind === 'repeated-scores')
    return scoreBlocks(cohort.rows, mapping, asked.reference)
  if (cohort.kind === 'counts-by-arm' && mapping.kind === 'counts-by-arm')
    return countBlocks(cohort.rows, { ...mapping, reference: asked.reference ?? mapping.reference })
  throw new Error(`rows of ${cohort.kind} with a mapping of ${mapping.kind}`)
}
