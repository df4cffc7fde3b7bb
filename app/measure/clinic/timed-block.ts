import { WITHHELD } from '../../platform/disclosure.ts'
import type { Fact } from '../../ui/index.ts'
import { FEWEST_FOR_A_CURVE } from '../dataset/definition.ts'
import { definitionOf, smallCountsDefinition, survivalBandDefinition } from '../dataset/definitions.ts'
import type { CensoredWhy, EventCount, StillHereWhy, TimedOutcome } from '../dataset/outcome-row.ts'
import { percent, percentRange } from '../percent-words.ts'
import { fixedDaysDefinition, restrictedMeanDefinition } from './clinic-definitions.ts'
import { type ClinicFigure, clinicFigure, STILL_HERE } from './clinic-figure.ts'
import type { FigureBlock, NumberTable } from './figure-block.ts'
import { countInWords, valueRange } from './numbers-words.ts'

/** How each outcome is spoken of. */
const WORDS: Readonly<
  Record<TimedOutcome, { still: string; had: string; half: string; event: string; from: string }>
> = {
  'time-to-first-use': {
    still: 'No use told yet',
    had: 'had told of no use',
    half: 'Half had used by',
    event: 'Use told',
    from: 'Days since the first dose',
  },
  'time-to-lapse': {
    still: 'Without a lapse',
    had: 'had no lapse',
    half: 'Half had a lapse by',
    event: 'Lapse seen',
    from: 'Days since the seventh day in a row without use',
  },
  'time-to-relapse': {
    still: 'Without a relapse',
    had: 'had no relapse',
    half: 'Half had a relapse by',
    event: 'Relapse seen',
    from: 'Days since the first dose',
  },
  'time-to-leaving': {
    still: 'In touch',
    had: 'were in touch',
    half: 'Half had lost touch by',
    event: 'Lost touch',
    from: 'Days since the first dose',
  },
}

const WHY_WORDS: Readonly<Record<CensoredWhy | StillHereWhy, string>> = {
  'still-followed': 'Not so far, days still told',
  'stopped-answering': 'Not as far as known, no days told any more',
  'never-answered': 'No day ever told',
  'end-of-follow-up': 'Not until day 365',
  'still-here': 'Still in touch',
  'end-of-asking': 'In touch as long as it can be seen',
}

const WHY_NO_CURVE = {
  'too-few-people': `A curve is drawn for ${FEWEST_FOR_A_CURVE} people or more: with fewer, one person's course could be read from it, and the uncertainty would be larger than anything it says.`,
  strict:
    'Who does not treat people here sees a curve at fixed days only, and only when at least ten people had the event, at least ten had not, and no day would tell of fewer than ten.',
  'too-few-followed': `Enough people, but fewer than ${FEWEST_FOR_A_CURVE} of them have been followed for a week. The curve appears when they have.`,
} as const

/**
 * The figure of a time to an event: the curve with its band and the numbers at risk, what it says at round days, why
 * people are counted no further, the median and the mean days.
 *
 * @param rows people who share day, event and reason
 * @param strict for who does not treat people here, see `clinicFigure`
 */
export function timedBlock<Outcome extends TimedOutcome>(
  outcome: Outcome,
  rows: readonly EventCount<CensoredWhy | StillHereWhy>[],
  label: string,
  strict: boolean,
): FigureBlock {
  const definition = definitionOf(outcome)
  const words = WORDS[outcome]
  const figure = clinicFigure(rows, label, outcome === 'time-to-leaving' ? STILL_HERE : undefined, strict)
  const base = {
    id: outcome,
    title: definition.name,
    definitions: [
      definition,
      survivalBandDefinition,
      strict ? fixedDaysDefinition : restrictedMeanDefinition,
      smallCountsDefinition,
    ],
  }
  if (figure.kind === 'no-curve') {
    return {
      ...base,
      finding: undefined,
      // Beside another outcome of nearly the same people their number alone would tell a few.
      facts: figure.why === 'strict' ? [] : [{ term: 'People', value: figure.people ?? WITHHELD }],
      drawing: undefined,
      tables: [],
      nothing: { title: 'No curve yet', text: WHY_NO_CURVE[figure.why] },
    }
  }
  const last = figure.points.at(-1)!
  const lost = outcome === 'time-to-leaving' ? null : lostOf(figure)
  return {
    ...base,
    finding: `Of ${figure.people ?? 'the'} people, ${percent(last.without)} ${words.had} by day ${last.day} (95 % interval ${percentRange(last.limits)}).`,
    line: {
      figure: `${percent(last.without)} ${words.had} by day ${last.day}`,
      interval: percentRange(last.limits),
      people: figure.people,
      lost,
    },
    facts: [
      { term: 'People', value: figure.people ?? WITHHELD },
      ...(lost === null ? [] : [{ term: 'Lost sight of', value: countInWords(lost) }]),
      ...singleFacts(figure, words.half),
    ],
    drawing: { kind: 'curve', group: figure.drawn, timeLabel: words.from, survivalLabel: words.still },
    tables: [pointsTable(outcome, figure, words.still), statesTable(outcome, figure, words.event)],
  }
}

type Curve = Extract<ClinicFigure, { kind: 'curve' }>

/** Median and mean days; none among strict figures. */
function singleFacts({ single, untilDay }: Curve, half: string): Fact[] {
  if (!single) return []
  const { median, mean } = single
  return [
    {
      term: half,
      value: median ? `day ${median.days}` : 'not reached',
      source: median
        ? `95 % interval: day ${median.lower ?? 'not known'} to ${median.upper === null ? 'not reached' : `day ${median.upper}`}`
        : `within the ${untilDay} days that can be shown`,
    },
    {
      term: `Mean of the first ${untilDay} days`,
      value: `${mean.days.toFixed(1)} days`,
      source: `95 % interval ${valueRange(mean)}`,
    },
  ]
}

/** Of whom no days are told any more, or never were; withheld when one of the two is. */
function lostOf({ states }: Curve): number | undefined {
  const parts = states.filter(({ state }) => state === 'stopped-answering' || state === 'never-answered')
  return parts.some(({ people }) => people === undefined)
    ? undefined
    : parts.reduce((sum, { people }) => sum + people!, 0)
}

function pointsTable(outcome: TimedOutcome, { points }: Curve, still: string): NumberTable {
  return {
    id: outcome,
    caption: `${still}, at round days`,
    columns: [
      { key: 'day', head: 'Day', kind: 'count', names: true },
      { key: 'still_observed', head: 'Still observed', unit: 'people', kind: 'count' },
      { key: 'without', head: still, kind: 'share' },
      { key: 'limits_95', head: '95 % interval', kind: 'share-limits' },
    ],
    rows: points.map((point) => ({
      day: point.day,
      still_observed: point.atRisk,
      without: point.without,
      limits_95: point.limits ?? null,
    })),
  }
}

function statesTable(outcome: TimedOutcome, { states, people }: Curve, event: string): NumberTable {
  return {
    id: `${outcome}-people`,
    caption: 'Where people stand',
    columns: [
      { key: 'state', head: 'State', kind: 'words', names: true },
      { key: 'people', head: 'People', kind: 'count' },
    ],
    rows: [
      ...states.map(({ state, people }) => ({
        state: state === 'event' ? event : WHY_WORDS[state],
        people,
      })),
      { state: 'Together', people },
    ],
  }
}
