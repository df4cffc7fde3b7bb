import { funnelLimits, funnelOfProportions, wilsonInterval } from '@evenkeel/outcome-statistics'
import { discloseParts, SMALLEST_SHOWN } from '../../platform/disclosure.ts'
import type { PointDay } from '../dataset/definition.ts'
import { definitionOf, smallCountsDefinition } from '../dataset/definitions.ts'
import { percent, percentRange } from '../percent-words.ts'
import {
  funnelDefinition,
  missingWaysDefinition,
  shareIntervalDefinition,
  subgroupsDefinition,
} from './clinic-definitions.ts'
import { closedGroups } from './closed-groups.ts'
import type { FigureBlock, NumberColumn } from './figure-block.ts'
import type { StateCounts } from './missing-shares.ts'
import { countInWords } from './numbers-words.ts'

/** A group with its people at the point day. */
export type GroupCounts = { readonly label: string; readonly counts: StateCounts }

type ToldGroup = {
  readonly label: string
  readonly people: number | undefined
  readonly missing: number | undefined
  readonly share:
    | { readonly count: number; readonly proportion: number; readonly lower: number; readonly upper: number }
    | undefined
}

/**
 * Shares without use, the missing counted as use, group by group, as far as they may stand side by side.
 *
 * @param strict for who does not treat people here: one count under ten in any group, 0 too, withholds the whole division
 */
function toldGroups(groups: readonly GroupCounts[], strict = false): ToldGroup[] {
  const any = (counts: StateCounts) => Object.values(counts).some((count) => count < SMALLEST_SHOWN)
  if (strict && groups.some(({ counts }) => any(counts)))
    return groups.map(({ label }) => ({ label, people: undefined, missing: undefined, share: undefined }))
  const cells = groups.map(({ counts }) => [counts['no-use'], counts.use + counts.missing])
  const people = discloseParts(cells.map(([yes, no]) => yes! + no!)).parts
  const withoutSize = people.flatMap((count, at) => (count === undefined ? [at] : []))
  const closed = closedGroups(cells, withoutSize)
  // Beside the people, the missing would tell those with use, or what is withheld of the rest.
  const missingClosed = closedGroups(
    groups.map(({ counts }) => [counts.use, counts.missing]),
    closed,
  )
  return groups.map(({ label, counts }, at) => {
    const [yes, no] = cells[at]!
    const interval = closed.has(at) ? undefined : wilsonInterval(yes!, yes! + no!)
    return {
      label,
      people: people[at],
      missing: missingClosed.has(at) ? undefined : counts.missing,
      share: interval?.ok
        ? { count: yes!, proportion: interval.proportion, lower: interval.lower, upper: interval.upper }
        : undefined,
    }
  })
}

const GROUP_COLUMNS = [
  { key: 'people', head: 'People', kind: 'count' },
  { key: 'missing', head: 'Missing', unit: 'people', kind: 'count' },
  { key: 'without_use', head: 'Without use', unit: 'people', kind: 'count' },
  { key: 'share', head: 'Share', kind: 'share' },
  { key: 'limits_95', head: '95 % interval', kind: 'share-limits' },
] as const satisfies readonly NumberColumn[]

function cellsOf({ people, missing, share }: ToldGroup) {
  return {
    people,
    missing,
    without_use: share?.count,
    share: share?.proportion,
    limits_95: share && { lower: share.lower, upper: share.upper },
  }
}

function rowOf({ label, people, share }: ToldGroup, series: 1 | 2 | 3 | 4 = 1) {
  return {
    key: label,
    label,
    series,
    value: share?.proportion,
    lower: share?.lower,
    upper: share?.upper,
    beside: share && `${share.count} of ${people}`,
    instead: 'withheld',
  }
}

const definitionsOf = (day: PointDay) => [definitionOf(`abstinence-at-day-${day}`), missingWaysDefinition]

/** Shares without use by several divisions of the same people. */
export function subgroupsBlock(
  day: PointDay,
  divisions: readonly { readonly label: string; readonly groups: readonly GroupCounts[] }[],
  strict: boolean,
): FigureBlock {
  const told = divisions.map(({ label, groups }) => ({ label, groups: toldGroups(groups, strict) }))
  const shown = told.flatMap(({ label, groups }) =>
    groups.flatMap((group) => (group.share ? [{ division: label, ...group, share: group.share }] : [])),
  )
  const base = {
    id: 'subgroups',
    title: `No use told in the week up to day ${day}, by group`,
    definitions: [...definitionsOf(day), subgroupsDefinition, shareIntervalDefinition, smallCountsDefinition],
  }
  if (shown.length === 0) return { ...base, ...tooFew(day), ...(strict ? STRICT_NONE : {}) }
  const said = told.flatMap((division) => divisionInWords(division) ?? [])
  return {
    ...base,
    finding: `Without use at day ${day}, missing counted as use. ${said.join(' ')}`,
    facts: [
      {
        term: 'Groups that can be shown',
        value: `${shown.length} of ${told.flatMap(({ groups }) => groups).length}`,
      },
    ],
    drawing: {
      kind: 'intervals',
      valueLabel: 'Without use, missing counted as use',
      groups: told.map(({ label, groups }) => ({ label, rows: groups.map((group) => rowOf(group)) })),
    },
    tables: [
      {
        id: base.id,
        caption: `No use told in the week up to day ${day}, missing counted as use`,
        columns: [
          { key: 'group', head: 'Group', kind: 'words', names: true },
          { key: 'division', head: 'By', kind: 'words' },
          ...GROUP_COLUMNS,
        ],
        rows: told.flatMap(({ label, groups }) =>
          groups.map((group) => ({ group: group.label, division: label, ...cellsOf(group) })),
        ),
      },
    ],
    caution: GROUPS_CAUTION,
  }
}

/** The groups of a division, in their order, with interval and people; undefined when none can be shown. */
function divisionInWords(division: {
  readonly label: string
  readonly groups: readonly ToldGroup[]
}): string | undefined {
  const said = division.groups.flatMap(({ label, share, people }) =>
    share
      ? [
          `${label} ${percent(share.proportion)} (95 % interval ${percentRange(share)}), ${share.count} of ${countInWords(people)}`,
        ]
      : [],
  )
  if (said.length === 0) return undefined
  const alone = said.length === 1 && division.groups.length > 1 ? '; no other group of it can be shown' : ''
  return `${division.label}: ${said.join('; ')}${alone}.`
}

/** The divisions hold the same people, so no chance of one group standing out can be told as if they were independent. */
const GROUPS_CAUTION =
  'Small groups swing widely, and the more groups are looked at, the likelier chance alone sets one apart. The divisions hold the same people in different ways, so they do not confirm each other. Where intervals overlap widely nothing tells two groups apart. A group that stands out here is a question to ask again of other people, not a result.'

/** What a clinician's own people are called. */
export const OWN_LABEL = 'you'

/** With fewer units a funnel shows nothing that the table does not say better. */
const FEWEST_UNITS = 5
const LIMIT_SIZES = 60

/** Clinicians around the share of everybody, with exact limits; too few say so. */
export function funnelBlock(day: PointDay, units: readonly GroupCounts[], strict: boolean): FigureBlock {
  const told = toldGroups(units, strict)
  const shown = told.flatMap((unit) =>
    unit.share && unit.people ? [{ ...unit, share: unit.share, people: unit.people }] : [],
  )
  const base = {
    id: 'funnel',
    title: `No use told in the week up to day ${day}, by the clinician who made the plan`,
    definitions: [...definitionsOf(day), funnelDefinition, shareIntervalDefinition, smallCountsDefinition],
  }
  const table = {
    id: base.id,
    caption: `No use told in the week up to day ${day}, missing counted as use`,
    columns: [{ key: 'unit', head: 'Clinician', kind: 'words', names: true }, ...GROUP_COLUMNS],
    rows: told.map((unit) => ({ unit: unit.label, ...cellsOf(unit) })),
  } as const
  const funnel = funnelOfProportions(
    shown.map(({ share }) => share.count),
    shown.map(({ people }) => people),
  )
  if (shown.length < FEWEST_UNITS || !funnel.ok) {
    return {
      ...base,
      finding: undefined,
      facts: [{ term: 'Clinicians who can be shown', value: `${shown.length} of ${told.length}` }],
      drawing: undefined,
      tables: shown.length > 0 ? [table] : [],
      nothing: {
        title: 'Too few clinicians for a funnel',
        text: `A funnel is drawn from ${FEWEST_UNITS} clinicians on whose figures can be shown: with fewer, limits around their common share say nothing that the table does not say better.`,
      },
    }
  }
  const limitsAt = (sizes: Float64Array) => {
    const at = { ...funnel, n: sizes }
    const [inner, outer] = [funnelLimits(at, 0.95, 'exact'), funnelLimits(at, 0.998, 'exact')]
    return Array.from(sizes, (n, i) => ({
      n,
      lower95: inner.lower[i]!,
      upper95: inner.upper[i]!,
      lower998: outer.lower[i]!,
      upper998: outer.upper[i]!,
    }))
  }
  const own = limitsAt(funnel.n)
  const placed = shown.map(({ label, people, share }, i) => {
    const { lower95, upper95, lower998, upper998 } = own[i]!
    const p = share.proportion
    return {
      label,
      n: people,
      share: p,
      named: label === OWN_LABEL,
      place:
        p < lower998 || p > upper998
          ? ('beyond' as const)
          : p < lower95 || p > upper95
            ? ('between' as const)
            : ('within' as const),
    }
  })
  const count = (place: 'within' | 'between' | 'beyond') =>
    placed.filter((unit) => unit.place === place).length
  const most = Math.max(...shown.map(({ people }) => people)) * 1.1
  const least = SMALLEST_SHOWN
  return {
    ...base,
    finding: `Around the common share of ${percent(funnel.target)}, ${count('within')} of ${placed.length} clinicians lie within the 95 % limits, ${count('between')} between the 95 % and 99.8 % limits, ${count('beyond')} beyond.`,
    facts: [
      { term: 'Clinicians', value: `${shown.length} of ${told.length} shown` },
      { term: 'Together', value: percent(funnel.target) },
      {
        term: 'Spread, 1 = chance alone',
        value: funnel.overdispersion.toFixed(2),
      },
    ],
    drawing: {
      kind: 'funnel',
      units: placed,
      lines: limitsAt(
        Float64Array.from({ length: LIMIT_SIZES }, (_, at) =>
          Math.round(least + ((most - least) * at) / (LIMIT_SIZES - 1)),
        ),
      ),
      target: funnel.target,
      shareLabel: 'Without use, missing counted as use',
      sizeLabel: 'People past the day',
    },
    tables: [table],
    caution:
      'To lie outside the limits is a reason to look at how records are kept and whom somebody treats before anything else. Being within them does not show that all is well.',
  }
}

const PLACE_WORDS = { within: 'within', outside: 'outside 95 %' } as const

/** What stands in place of the quarters for who does not treat people here. */
export function withheldQuartersBlock(day: PointDay): FigureBlock {
  return {
    ...tooFew(day),
    id: 'quarters',
    title: `No use told in the week up to day ${day}, by quarter of the first dose`,
    definitions: [...definitionsOf(day), smallCountsDefinition],
    nothing: {
      title: 'Not by quarter',
      text: 'Quarters are shown to those who treat people here. From figures by quarter beside those of everybody, or of the same quarter on another day, the few in whom they differ could be worked out.',
    },
  }
}

/** The same share by calendar quarter of the first dose, each held against everybody together. */
export function quartersBlock(day: PointDay, quarters: readonly GroupCounts[]): FigureBlock {
  const told = toldGroups(quarters)
  const shown = told.flatMap((quarter, at) =>
    quarter.share && quarter.people ? [{ at, people: quarter.people, share: quarter.share }] : [],
  )
  const base = {
    id: 'quarters',
    title: `No use told in the week up to day ${day}, by quarter of the first dose`,
    definitions: [...definitionsOf(day), shareIntervalDefinition, smallCountsDefinition],
  }
  if (shown.length === 0) return { ...base, ...tooFew(day) }
  const funnel = funnelOfProportions(
    shown.map(({ share }) => share.count),
    shown.map(({ people }) => people),
  )
  const limits = funnel.ok && shown.length > 1 ? funnelLimits(funnel, 0.95, 'exact') : undefined
  const limitsOf = (at: number) => {
    const place = shown.findIndex((quarter) => quarter.at === at)
    return limits && place >= 0
      ? { lower: Math.max(0, limits.lower[place]!), upper: Math.min(1, limits.upper[place]!) }
      : null
  }
  const isOutside = (at: number) => {
    const share = told[at]!.share?.proportion
    const own = limitsOf(at)
    return share !== undefined && own !== null && (share < own.lower || share > own.upper)
  }
  const outside = told.filter((_, at) => isOutside(at)).length
  // One quarter beside itself says nothing of chance.
  const beside =
    shown.length < 2
      ? 'Too few quarters can be shown to hold one against the others.'
      : `${outside} of ${shown.length} quarters ${outside === 1 ? 'lies' : 'lie'} outside the limits within which chance alone would keep 19 of 20.`
  const [first, last] = [shown[0]!, shown.at(-1)!]
  const say = ({ at, people, share }: (typeof shown)[number]) =>
    `${told[at]!.label}: ${percent(share.proportion)}, ${share.count} of ${people} people (95 % interval ${percentRange(share)})`
  return {
    ...base,
    finding: `Without use at day ${day}, missing counted as use. ${say(first)}${first === last ? '' : `; ${say(last)}`}. ${beside}`,
    facts: [
      { term: 'Quarters that can be shown', value: `${shown.length} of ${told.length}` },
      ...(limits && funnel.ok ? [{ term: 'Together', value: percent(funnel.target) }] : []),
    ],
    drawing: {
      kind: 'intervals',
      valueLabel: 'Without use, missing counted as use',
      groups: [{ rows: told.map((quarter, at) => rowOf(quarter, isOutside(at) ? 3 : 1)) }],
      ...(limits && funnel.ok
        ? { reference: { value: funnel.target, label: `together ${percent(funnel.target)}` } }
        : {}),
    },
    tables: [
      {
        id: base.id,
        caption: `No use told in the week up to day ${day}, missing counted as use`,
        columns: [
          { key: 'quarter', head: 'Quarter', kind: 'words', names: true },
          ...GROUP_COLUMNS,
          { key: 'limits_by_chance', head: 'Chance alone, 95 %', kind: 'share-limits' },
          { key: 'place', head: 'Place', kind: 'words' },
        ],
        rows: told.map((quarter, at) => ({
          quarter: quarter.label,
          ...cellsOf(quarter),
          limits_by_chance: quarter.share ? limitsOf(at) : undefined,
          place: !quarter.share
            ? undefined
            : !limits
              ? null
              : isOutside(at)
                ? PLACE_WORDS.outside
                : PLACE_WORDS.within,
        })),
      },
    ],
    caution:
      'Who comes, how long they are followed and how many answer change from quarter to quarter; the line of everybody together is no aim.',
  }
}

const STRICT_NONE = {
  nothing: {
    title: 'Withheld',
    text: `Who does not treat people here sees a division into groups only when in each of its groups at least ${SMALLEST_SHOWN} people were without use, at least ${SMALLEST_SHOWN} were not, and of at least ${SMALLEST_SHOWN} it is not known.`,
  },
} as const

function tooFew(day: PointDay) {
  return {
    finding: undefined,
    facts: [],
    drawing: undefined,
    tables: [],
    nothing: {
      title: 'Too few people to say',
      text: `A group stands here when at least ${SMALLEST_SHOWN} of its people were without use at day ${day} and at least ${SMALLEST_SHOWN} were not or are missing, and when no smaller group could be worked out from the others.`,
    },
  } as const
}
