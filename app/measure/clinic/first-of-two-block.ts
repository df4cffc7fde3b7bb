import { cumulativeIncidence, incidenceAt } from '@evenkeel/outcome-statistics'
import { discloseParts, SMALLEST_SHOWN, WITHHELD } from '../../platform/disclosure.ts'
import { RETENTION_DAYS } from '../dataset/definition.ts'
import { definitionOf, smallCountsDefinition } from '../dataset/definitions.ts'
import { percent, percentRange } from '../percent-words.ts'
import { firstOfTwoDefinition, fixedDaysDefinition } from './clinic-definitions.ts'
import type { FirstOfTwoCount } from './clinic-queries.server.ts'
import { FIXED_DAYS_NOTE, type FigureBlock } from './figure-block.ts'
import { countInWords } from './numbers-words.ts'
import { isTooWide, lostBounds } from './strict-figure.ts'
import { areApart, type DatedCount, strictRows } from './strict-rows.ts'

const CAUSES = [
  [1, 'Relapse first'],
  [2, 'Lost touch first'],
] as const

/**
 * How likely relapse, and how likely losing touch, is to have come first by round days.
 *
 * @param strict for who does not treat people here: computed of counts at the days that tell of nobody or of ten and more
 * @param alone how many relapsed and how many lost touch, whatever came first, as told elsewhere: strict shares stand only
 *   when each differs by nobody or at least ten from those who had it first
 */
export function firstOfTwoBlock(
  counts: readonly FirstOfTwoCount[],
  strict: boolean,
  alone?: readonly [relapsed: number, lostTouch: number],
): FigureBlock {
  const people = counts.reduce((sum, count) => sum + count.people, 0)
  const base = {
    id: 'relapse-or-losing-touch',
    title: 'Relapse or losing touch, whichever came first',
    definitions: [
      firstOfTwoDefinition,
      definitionOf('time-to-relapse'),
      definitionOf('time-to-leaving'),
      ...(strict ? [fixedDaysDefinition] : []),
      smallCountsDefinition,
    ],
  }
  const dated = counts.map(({ days, first, people }) => ({ days, what: first, people }))
  const cameFirst = (what: number) => dated.reduce((sum, c) => (c.what === what ? sum + c.people : sum), 0)
  const apart = alone?.every((all, at) => areApart(all, cameFirst(at + 1))) ?? true
  const strictly = strict && apart ? strictRows(dated, [1, 2]) : undefined
  const coarse = strict ? strictly : { rows: dated, shown: RETENTION_DAYS }
  const curve = people >= SMALLEST_SHOWN && coarse ? cumulativeIncidence(expanded(coarse.rows)) : undefined
  const pointDays = coarse?.shown ?? []
  const at = curve?.ok ? incidenceAt(curve, pointDays) : undefined
  const bounds = strictly && lostBounds(strictly)
  // Beyond the last day with ten people under observation nothing is told.
  const days = at
    ? pointDays
        .map((day, i) => ({ day, i, left: strictly ? strictly.left[i]! : at.atRisk[i]! }))
        .filter(({ left, i }) => left >= SMALLEST_SHOWN && !(bounds && isTooWide(bounds[i]!)))
    : []
  if (!at || days.length === 0) {
    return {
      ...base,
      finding: undefined,
      facts: [],
      drawing: undefined,
      tables: [],
      nothing: {
        title: 'Too few people to say',
        text: strict
          ? `Shares stand here when of relapse, of losing touch and of neither none is told of fewer than ${SMALLEST_SHOWN} people, by any day, between two, or beside the figures of relapse and of losing touch alone.`
          : `Shares stand here when at least ${SMALLEST_SHOWN} people are still under observation on day ${RETENTION_DAYS[0]}.`,
      },
    }
  }
  const parts = discloseParts([1, 2, 0].map(cameFirst))
  const told = days.flatMap(({ day, i, left }) =>
    CAUSES.map(([cause, label]) => {
      const of = at.causes.find((found) => found.cause === cause)
      return {
        day,
        label,
        cause,
        left,
        share: of ? of.probability[i]! : 0,
        limits: of?.bandKnown[i] ? { lower: of.lower[i]!, upper: of.upper[i]! } : undefined,
      }
    }),
  )
  const say = ({ label, share, limits }: (typeof told)[number]) =>
    `${label.toLowerCase()} ${percent(share)}${limits ? ` (95 % interval ${percentRange(limits)})` : ''}`
  const last = told.slice(-2)
  return {
    ...base,
    finding: `By day ${last[0]!.day}, of ${parts.total ?? 'the'} people: ${last.map(say).join(', ')}, neither ${percent(1 - last[0]!.share - last[1]!.share)}.`,
    facts: [
      { term: 'People', value: parts.total ?? WITHHELD },
      { term: 'Relapse first', value: countInWords(parts.parts[0]) },
      { term: 'Lost touch first', value: countInWords(parts.parts[1]) },
      { term: 'Neither so far', value: countInWords(parts.parts[2]) },
    ],
    drawing: {
      kind: 'intervals',
      valueLabel: 'Came first, by round days',
      ...(strict ? { note: FIXED_DAYS_NOTE } : {}),
      groups: days.map(({ day }) => ({
        label: `By day ${day}`,
        rows: told
          .filter((row) => row.day === day)
          .map(({ label, cause, share, limits }) => ({
            key: label,
            label,
            series: cause,
            value: share,
            lower: limits?.lower,
            upper: limits?.upper,
            beside: percent(share),
          })),
      })),
    },
    tables: [
      {
        id: base.id,
        caption: 'What came first, by round days',
        columns: [
          { key: 'day', head: 'Day', kind: 'count', names: true },
          { key: 'first', head: 'What came first', kind: 'words' },
          { key: 'still_observed', head: 'Neither so far', unit: 'people', kind: 'count' },
          { key: 'share', head: 'Share', kind: 'share' },
          { key: 'limits_95', head: '95 % interval', kind: 'share-limits' },
        ],
        rows: told.map(({ day, label, left, share, limits }) => ({
          day,
          first: label,
          still_observed: left,
          share,
          limits_95: limits ?? null,
        })),
      },
    ],
  }
}

function expanded(counts: readonly DatedCount[]) {
  const people = counts.reduce((sum, count) => sum + count.people, 0)
  const time = new Float64Array(people)
  const event = new Uint8Array(people)
  let at = 0
  for (const { days, what, people: many } of counts) {
    time.fill(days, at, at + many)
    event.fill(what, at, at + many)
    at += many
  }
  return { time, event }
}
