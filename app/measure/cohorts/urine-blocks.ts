import { weeklyEndpoints } from '@evenkeel/outcome-statistics'
import type { NumberTable } from '../clinic/figure-block.ts'
import { urineDefinitions } from '../dataset/urine-definitions.ts'
import { percent, percentRange } from '../percent-words.ts'
import type { CohortBlock } from './cohort-block.ts'
import { meanDefinition, shareDefinition } from './cohort-definitions.ts'
import type { WeeklyPerson } from './cohort-rows.ts'
import { countedPeople } from './counted.ts'
import { timedBlock } from './timed-block.ts'
import type { TimedAsked } from './timed-figures.ts'
import {
  ENDPOINT_NAMES,
  type EndpointFigures,
  type EndpointName,
  endpointFigures,
  type GroupMean,
  type GroupShare,
  type ReadPatterns,
  readPatterns,
  type WeeksOfGroup,
  weeksByGroup,
} from './urine-figures.ts'

const MISSING_WORDS = {
  use: 'A week without a sample counts as use.',
  negative: 'A week without a sample counts as a week without use.',
  missing: 'A week without a sample counts as neither use nor no use.',
  'left-out': 'A week without a sample is left out, as if it had not been planned.',
} as const

/** For more people all definitions side by side would hold the page up: they are chosen one by one. */
const MOST_FOR_ALL = 20_000
const ONE_BY_ONE =
  'With more than 20,000 people the published definitions are shown and downloaded one by one.'

/** The definition that is printed with an endpoint. */
export function endpointDefinition(name: EndpointName) {
  return urineDefinitions.find(({ endpoint }) => endpoint === name)!
}

/**
 * The figures of weekly urine samples: one endpoint drawn by group, all endpoints over everybody beside one another (they
 * differ on the same people), and what the weeks hold.
 *
 * @param chosen the endpoint that is drawn
 * @param every also one block for each other endpoint, for the download; up to 20,000 people, as the comparison of all is
 */
export function urineBlocks(
  rows: readonly WeeklyPerson[],
  chosen: EndpointName,
  asked: Omit<TimedAsked, 'ticks'>,
  every = false,
): CohortBlock[] {
  const people = readPatterns(rows)
  const longest = people.reduce((most, { pattern }) => Math.max(most, pattern.length), 1)
  const step = [1, 2, 4, 8, 13, 26, 52].find((weeks) => longest / weeks < 9) ?? 104
  const ticks = Array.from({ length: Math.floor(longest / step) + 1 }, (_, at) => at * step)
  const all = people.length <= MOST_FOR_ALL
  const names = every && all ? [chosen, ...ENDPOINT_NAMES.filter((name) => name !== chosen)] : [chosen]
  return [
    ...names.map((name) => {
      const block = endpointBlock(endpointFigures(name, people, { ...asked, ticks }))
      return all ? block : { ...block, caution: `${block.caution} ${ONE_BY_ONE}` }
    }),
    ...(all ? [allEndpointsBlock(everybodyByEach(people))] : []),
    weeksBlock(weeksByGroup(people)),
  ]
}

function endpointBlock(endpoint: EndpointFigures): CohortBlock {
  const definition = endpointDefinition(endpoint.name)
  const { id, name } = definition
  const missing = MISSING_WORDS[weeklyEndpoints[endpoint.name].reading.missing]
  const short =
    endpoint.notTold === 0
      ? ''
      : ` Of ${countedPeople(endpoint.notTold)} it cannot be told: the weeks end before those it asks about.`
  const caution = `${missing}${short}`
  switch (endpoint.answer) {
    case 'time':
      return {
        ...timedBlock(endpoint.figures, {
          id,
          title: name,
          unit: 'week',
          still: 'Not seen yet',
          had: 'had it',
          timeLabel: 'Weeks since the start',
          definitions: [definition],
        }),
        caution: `${caution} Whether people were assigned to these groups at random is not in the file.`,
      }
    case 'yes-no':
      return {
        id,
        title: name,
        finding: endpoint.groups.map(
          ({ label, yes, n, share, limits }) =>
            `${label}: ${yes} of ${countedPeople(n)}, ${percent(share)} (95 % interval ${percentRange(limits)}).`,
        ),
        facts: [],
        drawing: {
          kind: 'intervals',
          groups: [
            {
              rows: endpoint.groups.map(({ label, yes, n, share, limits }) => ({
                key: label,
                label,
                value: share,
                lower: limits.lower,
                upper: limits.upper,
                beside: `${yes} of ${n}`,
              })),
            },
          ],
          valueLabel: name,
          unit: 'percent',
        },
        tables: [sharesTable(id, name, endpoint.groups)],
        numbers: [['cannot be told', endpoint.notTold]],
        definitions: [definition, shareDefinition],
        caution,
      }
    case 'weeks': {
      const most = endpoint.groups.reduce(
        (high, { limits, mean }) => Math.max(high, limits?.upper ?? mean),
        1,
      )
      return {
        id,
        title: name,
        finding: endpoint.groups.map(
          ({ label, n, mean, limits }) =>
            `${label}: ${mean.toFixed(1)} weeks on average of ${countedPeople(n)}${limits ? ` (95 % interval ${limits.lower.toFixed(1)} to ${limits.upper.toFixed(1)})` : ''}.`,
        ),
        facts: [],
        drawing: {
          kind: 'intervals',
          groups: [
            {
              rows: endpoint.groups.map(({ label, n, mean, limits }) => ({
                key: label,
                label,
                value: mean,
                ...(limits ?? {}),
                beside: `${mean.toFixed(1)} · ${countedPeople(n)}`,
              })),
            },
          ],
          valueLabel: `${name}, mean`,
          range: [0, Math.ceil(most)],
          unit: 'number',
        },
        tables: [meansTable(id, name, endpoint.groups)],
        numbers: [['cannot be told', endpoint.notTold]],
        definitions: [definition, meanDefinition],
        caution,
      }
    }
  }
}

function sharesTable(id: string, caption: string, groups: readonly GroupShare[]): NumberTable {
  return {
    id: `${id}-shares`,
    caption,
    columns: [
      { key: 'group', head: 'Group', kind: 'words', names: true },
      { key: 'yes', head: 'Yes', unit: 'people', kind: 'count' },
      { key: 'people', head: 'Of', unit: 'people', kind: 'count' },
      { key: 'share', head: 'Share', kind: 'share' },
      { key: 'limits_95', head: '95 % interval', kind: 'share-limits' },
    ],
    rows: groups.map(({ label, yes, n, share, limits }) => ({
      group: label,
      yes,
      people: n,
      share,
      limits_95: limits,
    })),
  }
}

function meansTable(id: string, caption: string, groups: readonly GroupMean[]): NumberTable {
  return {
    id: `${id}-weeks`,
    caption,
    columns: [
      { key: 'group', head: 'Group', kind: 'words', names: true },
      { key: 'people', head: 'Of', unit: 'people', kind: 'count' },
      { key: 'mean', head: 'Mean', unit: 'weeks', kind: 'value', digits: 2 },
      { key: 'limits_95', head: '95 % interval', kind: 'value-limits', digits: 2 },
    ],
    rows: groups.map(({ label, n, mean, limits }) => ({
      group: label,
      people: n,
      mean,
      limits_95: limits ?? null,
    })),
  }
}

function everybodyByEach(people: ReadPatterns): EndpointFigures[] {
  const everybody = people.map(({ pattern }) => ({ pattern, group: 'everybody' }))
  return ENDPOINT_NAMES.map((name) => endpointFigures(name, everybody, { at: [], ticks: [0] }))
}

/** Every endpoint over everybody: what one calls relapse decides how many relapsed. */
function allEndpointsBlock(endpoints: readonly EndpointFigures[]): CohortBlock {
  const rows = endpoints.map((endpoint) => {
    const { id, name } = endpointDefinition(endpoint.name)
    const base = { definition: name, id, not_told: endpoint.notTold }
    if (endpoint.answer === 'time') {
      const all = endpoint.figures.groups[0]
      return {
        ...base,
        people: all?.n ?? 0,
        yes: all?.events ?? null,
        share: null,
        weeks: all?.median?.days ?? null,
        weeks_is: all?.median ? 'half by week' : 'fewer than half',
      }
    }
    if (endpoint.answer === 'yes-no') {
      const all = endpoint.groups[0]
      return {
        ...base,
        people: all?.n ?? 0,
        yes: all?.yes ?? null,
        share: all?.share ?? null,
        weeks: null,
        weeks_is: '',
      }
    }
    const all = endpoint.groups[0]
    return {
      ...base,
      people: all?.n ?? 0,
      yes: null,
      share: null,
      weeks: all?.mean ?? null,
      weeks_is: 'mean weeks',
    }
  })
  const relapsed = rows.filter(({ definition, yes }) => /relapse/i.test(definition) && yes !== null)
  const counts = relapsed.map(({ yes }) => yes!)
  return {
    id: 'all-definitions',
    title: 'All published definitions on the same people',
    finding:
      counts.length > 1
        ? [
            `By ${counts.length} definitions of relapse, between ${Math.min(...counts)} and ${Math.max(...counts)} of the same ${countedPeople(relapsed[0]!.people)} met it.`,
          ]
        : [],
    facts: [],
    drawing: undefined,
    tables: [
      {
        id: 'all-definitions',
        caption: 'Everybody, by each definition',
        columns: [
          { key: 'definition', head: 'Definition', kind: 'words', names: true },
          { key: 'people', head: 'Of', unit: 'people', kind: 'count' },
          { key: 'yes', head: 'Yes', unit: 'people', kind: 'count' },
          { key: 'share', head: 'Share', kind: 'share' },
          { key: 'weeks', head: 'Weeks', kind: 'value', digits: 1 },
          { key: 'weeks_is', head: 'which are', kind: 'words' },
          { key: 'not_told', head: 'Cannot be told', unit: 'people', kind: 'count' },
        ],
        rows,
      },
    ],
    numbers: [],
    definitions: [],
    caution: 'A count without its definition says nothing: the same weeks give all of these.',
  }
}

function weeksBlock(groups: readonly WeeksOfGroup[]): CohortBlock {
  const [weeks, none] = groups.reduce(
    ([all, without], group) => [all + group.weeks, without + group.noSample],
    [0, 0],
  )
  return {
    id: 'weeks',
    title: 'What the weeks hold',
    finding: [`Of ${weeks} weeks, ${none} (${percent(none / weeks)}) have no sample.`],
    facts: [],
    drawing: undefined,
    tables: [
      {
        id: 'weeks',
        caption: 'Weeks by what their samples said',
        columns: [
          { key: 'group', head: 'Group', kind: 'words', names: true },
          { key: 'people', head: 'People', kind: 'count' },
          { key: 'weeks', head: 'Weeks', kind: 'count' },
          { key: 'negative', head: 'Negative', kind: 'count' },
          { key: 'positive', head: 'Positive', kind: 'count' },
          { key: 'mixed', head: 'Both', kind: 'count' },
          { key: 'no_sample', head: 'No sample', kind: 'count' },
          { key: 'no_sample_share', head: 'No sample', unit: 'share', kind: 'share' },
        ],
        rows: groups.map((group) => ({
          group: group.label,
          people: group.people,
          weeks: group.weeks,
          negative: group.negative,
          positive: group.positive,
          mixed: group.mixed,
          no_sample: group.noSample,
          no_sample_share: group.noSample / group.weeks,
        })),
      },
    ],
    numbers: [],
    definitions: [],
  }
}
