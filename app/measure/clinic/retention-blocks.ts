import { sampleQuantiles, wilsonInterval } from '@evenkeel/outcome-statistics'
import { discloseParts, SMALLEST_SHOWN, WITHHELD } from '../../platform/disclosure.ts'
import { POINT_DAY, type PointDay } from '../dataset/definition.ts'
import { type CravingDay, definitionOf, smallCountsDefinition } from '../dataset/definitions.ts'
import type { CravingCounts } from '../dataset/figure-queries.server.ts'
import { percent, percentRange } from '../percent-words.ts'
import {
  quartilesDefinition,
  roundedQuartilesDefinition,
  shareIntervalDefinition,
} from './clinic-definitions.ts'
import { type FigureBlock, pointToTell } from './figure-block.ts'
import { countInWords, valueRange } from './numbers-words.ts'
import { daysApart } from './strict-rows.ts'
import { CRAVING_POINTS, FEWEST_FOR_QUARTILES, strictQuartiles } from './strict-values.ts'

/**
 * How many were in touch at the point days.
 *
 * @param strict for who does not treat people here: no day on which all or none were in touch
 */
export function retentionBlock(
  points: readonly { day: PointDay; here: number; left: number }[],
  strict: boolean,
): FigureBlock {
  const apart = strict ? daysApart(points, ({ here, left }) => here + left, POINT_DAY) : points
  const told = apart.map(({ day, here, left }) => {
    if (strict && Math.min(here, left) < SMALLEST_SHOWN)
      return { day, people: undefined, here: undefined, share: undefined }
    const { total, parts } = discloseParts([here, left])
    const interval = wilsonInterval(here, here + left)
    const shown = here + left >= SMALLEST_SHOWN && parts[0] !== undefined && interval.ok
    return { day, people: total, here: parts[0], share: shown ? interval : undefined }
  })
  const base = {
    id: 'retention',
    title: 'In touch at round days',
    definitions: [
      ...points.map(({ day }) => definitionOf(`retention-at-day-${day}`)),
      shareIntervalDefinition,
      smallCountsDefinition,
    ],
  }
  const first = pointToTell(told, ({ share }) => share !== undefined)
  if (!first) {
    return {
      ...base,
      finding: undefined,
      facts: [],
      drawing: undefined,
      tables: [],
      nothing: {
        title: 'Too few people to say',
        text: `Shares stand here when at least ${SMALLEST_SHOWN} people are long enough past a point day, and neither those in touch nor those who lost touch are fewer than ten.`,
      },
    }
  }
  return {
    ...base,
    finding: `${percent(first.share!.proportion)} were in touch on day ${first.day}, ${first.here} of ${first.people} people (95 % interval ${percentRange(first.share)}).`,
    line: {
      figure: `${percent(first.share!.proportion)} in touch on day ${first.day}`,
      interval: percentRange(first.share),
      people: first.people,
      // Who lost touch: of them nothing is known since.
      lost: first.people! - first.here!,
    },
    facts: told.map(({ day, people }) => ({
      term: `Known for day ${day}`,
      value: people === undefined ? (strict ? 'withheld' : WITHHELD) : `${people} people`,
    })),
    drawing: {
      kind: 'intervals',
      valueLabel: 'In touch',
      groups: [
        {
          rows: told.map(({ day, people, here, share }) => ({
            key: String(day),
            label: `Day ${day}`,
            value: share?.proportion,
            lower: share?.lower,
            upper: share?.upper,
            beside: share && `${here} of ${people}`,
            instead: 'withheld',
          })),
        },
      ],
    },
    tables: [
      {
        id: base.id,
        caption: 'In touch at round days',
        columns: [
          { key: 'day', head: 'Day', kind: 'count', names: true },
          { key: 'in_touch', head: 'In touch', unit: 'people', kind: 'count' },
          { key: 'of', head: 'Of', unit: 'people', kind: 'count' },
          { key: 'share', head: 'Share', kind: 'share' },
          { key: 'limits_95', head: '95 % interval', kind: 'share-limits' },
        ],
        rows: told.map(({ day, people, here, share }) => ({
          day,
          in_touch: here,
          of: people,
          share: share?.proportion,
          limits_95: share && { lower: share.lower, upper: share.upper },
        })),
      },
    ],
  }
}

/**
 * Craving in the weeks up to round days: median and quartiles of the people who answered, and how many did not.
 *
 * @param strict for who does not treat people here: rounded, and a week stands only with ten in each quarter and ten who did
 * not answer
 */
export function cravingBlock(
  points: readonly { day: CravingDay; counts: readonly CravingCounts[] }[],
  strict: boolean,
): FigureBlock {
  const peopleOf = ({ counts }: (typeof points)[number]) =>
    counts.reduce((sum, { people }) => sum + people, 0)
  const digits = strict ? 0 : 1
  const reached = (strict ? daysApart(points, peopleOf, POINT_DAY) : points).filter(
    ({ counts }) => counts.length > 0,
  )
  const told = reached.map(({ day, counts }) => {
    const means: number[] = []
    let silent = 0
    for (const { sum, answers, people } of counts) {
      if (answers === 0) silent += people
      else for (let i = 0; i < people; i++) means.push(sum / answers)
    }
    if (strict) {
      const quartiles = silent < SMALLEST_SHOWN ? undefined : strictQuartiles(means, CRAVING_POINTS)
      const [lower, median, upper] = quartiles ?? ([] as const)
      const [people, answered, silentShown] = quartiles ? [means.length + silent, means.length, silent] : []
      return { day, people, answered, silent: silentShown, lower, median, upper }
    }
    const { total, parts } = discloseParts([means.length, silent])
    const quartiles = sampleQuantiles(Float64Array.from(means), [0.25, 0.5, 0.75])
    const [lower, median, upper] =
      means.length >= SMALLEST_SHOWN && quartiles.ok ? quartiles.values : ([] as const)
    return { day, people: total, answered: parts[0], silent: parts[1], lower, median, upper }
  })
  const base = {
    id: 'craving',
    title: 'Craving over time',
    definitions: [
      ...points.map(({ day }) => definitionOf(`craving-to-day-${day}`)),
      quartilesDefinition,
      ...(strict ? [roundedQuartilesDefinition] : []),
      smallCountsDefinition,
    ],
    caution:
      'At each window other people answered: those who stop answering may crave more. A lower median later need not mean that anybody craves less.',
  }
  const shown = told.filter(({ median }) => median !== undefined)
  const first = shown[0]
  const last = shown.at(-1)
  if (!first || !last) {
    return {
      ...base,
      finding: undefined,
      facts: [],
      drawing: undefined,
      tables: [],
      nothing: {
        title: 'Too few answers to say',
        text: strict
          ? `Medians and quartiles stand here when at least ${FEWEST_FOR_QUARTILES} people answered the craving question in the week up to a day, ten in each quarter, and at least ${SMALLEST_SHOWN} did not.`
          : `Medians stand here when at least ${SMALLEST_SHOWN} people answered the craving question in the week up to a day.`,
      },
    }
  }
  const say = ({ day, answered, lower, median, upper }: (typeof told)[number]) =>
    `In the week up to day ${day} the median was ${median!.toFixed(digits)} of 10, quartiles ${valueRange({ lower: lower!, upper: upper! }, digits)}${answered === undefined ? '' : `, of ${answered} people who answered`}.`
  return {
    ...base,
    finding: first === last ? say(first) : `${say(first)} ${say(last)}`,
    line: {
      figure: `median ${last.median!.toFixed(digits)} of 10 in the week up to day ${last.day}`,
      interval: `quartiles ${valueRange({ lower: last.lower!, upper: last.upper! }, digits)}`,
      people: last.people,
      lost: last.silent,
    },
    facts: told.map(({ day, people, silent }) => ({
      term: `Past day ${day}`,
      value: people === undefined ? (strict ? 'withheld' : WITHHELD) : `${people} people`,
      source: `did not answer: ${countInWords(silent)}`,
    })),
    drawing: {
      kind: 'intervals',
      valueLabel: 'Craving, 0 to 10: median and quartiles',
      range: [0, 10],
      unit: 'number',
      groups: [
        {
          rows: told.map(({ day, answered, lower, median, upper }) => ({
            key: String(day),
            label: `Week up to day ${day}`,
            value: median,
            lower,
            upper,
            beside: answered === undefined ? undefined : `${answered} answered`,
            instead: 'withheld',
          })),
        },
      ],
    },
    tables: [
      {
        id: base.id,
        caption: 'Craving in the weeks up to round days',
        columns: [
          { key: 'day', head: 'Week up to day', kind: 'count', names: true },
          { key: 'answered', head: 'Answered', unit: 'people', kind: 'count' },
          { key: 'not_answered', head: 'Did not answer', unit: 'people', kind: 'count' },
          { key: 'median', head: 'Median', unit: '0 to 10', kind: 'value', digits },
          { key: 'quartiles', head: 'Quartiles', kind: 'value-limits', digits },
        ],
        rows: told.map(({ day, answered, silent, lower, median, upper }) => ({
          day,
          answered,
          not_answered: silent,
          median,
          quartiles: lower === undefined || upper === undefined ? undefined : { lower, upper },
        })),
      },
    ],
  }
}
