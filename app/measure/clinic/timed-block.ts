import { WITHHELD } from '../../platform/disclosure.ts'
import type { Fact } from '../../ui/index.ts'
import { FEWEST_FOR_A_CURVE } from '../dataset/definition.ts'
import { definitionOf, smallCountsDefinition, survivalBandDefinition } from '../dataset/definitions.ts'
import type { CensoredWhy, EventCount, StillHereWhy, TimedOutcome } from '../dataset/outcome-row.ts'
import { percent, percentRange } from '../percent-words.ts'
import { fixedDaysDefinition, restrictedMeanDefinition } from './clinic-definitions.ts'
import { CENSORED, type ClinicFigure, clinicFigure, type PeopleByState, STILL_HERE } from './clinic-figure.ts'
import { type Drawing, FIXED_DAYS_NOTE, type FigureBlock, type NumberTable } from './figure-block.ts'
import { countInWords, valueRange } from './numbers-words.ts'
import { type StrictFigure, type StrictPoint, strictFigure } from './strict-figure.ts'
import { areApart } from './strict-rows.ts'

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
  'too-few-followed': `Enough people, but fewer than ${FEWEST_FOR_A_CURVE} of them have been followed for a week. The curve appears when they have.`,
} as const

const WHY_WITHHELD =
  'Who does not treat people here sees a time to an event at fixed days only, and only when at least ten people had the event, at least ten had not, and no day and no other figure of nearly the same people would tell of fewer than ten. A day is also left out when it depends too much on when people stopped being followed.'

/**
 * The figure of a time to an event: the curve with its band and the numbers at risk, what it says at round days, why
 * people are counted no further, the median and the mean days.
 *
 * @param rows people who share day, event and reason
 * @param strict for who does not treat people here: at fixed days only, see `strictFigure`
 * @param othersPeople how many people another outcome counts that holds all of these; a strict figure stands beside it only
 *   when the same people or ten fewer are in it
 */
export function timedBlock<Outcome extends TimedOutcome>(
  outcome: Outcome,
  rows: readonly EventCount<CensoredWhy | StillHereWhy>[],
  label: string,
  strict: boolean,
  othersPeople?: number,
): FigureBlock {
  const definition = definitionOf(outcome)
  const words = WORDS[outcome]
  const whys = outcome === 'time-to-leaving' ? STILL_HERE : CENSORED
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
  const people = rows.reduce((sum, row) => sum + row.people, 0)
  if (strict && people >= FEWEST_FOR_A_CURVE) {
    const told = othersPeople === undefined || areApart(people, othersPeople)
    const figure = told ? strictFigure(rows, whys) : undefined
    if (figure) return { ...base, ...strictParts(outcome, figure) }
    // Beside another outcome of nearly the same people their number alone would tell a few.
    return { ...base, ...nothingOf([], 'Withheld', WHY_WITHHELD) }
  }
  const figure = clinicFigure(rows, label, whys)
  if (figure.kind === 'no-curve') {
    const facts = [{ term: 'People', value: figure.people ?? WITHHELD }]
    return { ...base, ...nothingOf(facts, 'No curve yet', WHY_NO_CURVE[figure.why]) }
  }
  const last = figure.points.at(-1)!
  const lost = outcome === 'time-to-leaving' ? null : lostOf(figure)
  return {
    ...base,
    ...saidOf(figure.people, last, words.had, lost),
    facts: [...peopleFacts(figure.people, lost), ...singleFacts(figure, words.half)],
    drawing: { kind: 'curve', group: figure.drawn, timeLabel: words.from, survivalLabel: words.still },
    tables: [
      {
        id: outcome,
        caption: `${words.still}, at round days`,
        columns: pointColumns(words.still),
        rows: figure.points.map((point) => ({
          day: point.day,
          still_observed: point.atRisk,
          without: point.without,
          limits_95: point.limits ?? null,
        })),
      },
      statesTable(outcome, figure, words.event),
    ],
  }
}

function nothingOf(facts: readonly Fact[], title: string, text: string) {
  return { finding: undefined, facts, drawing: undefined, tables: [], nothing: { title, text } }
}

type Said = Pick<StrictPoint, 'day' | 'without' | 'limits'>

function saidOf(people: number | undefined, last: Said, had: string, lost: number | null | undefined) {
  return {
    finding: `Of ${people ?? 'the'} people, ${percent(last.without)} ${had} by day ${last.day} (95 % interval ${percentRange(last.limits)}).`,
    line: {
      figure: `${percent(last.without)} ${had} by day ${last.day}`,
      interval: percentRange(last.limits),
      people,
      lost,
    },
  }
}

function peopleFacts(people: number | undefined, lost: number | null | undefined): Fact[] {
  return [
    { term: 'People', value: people ?? WITHHELD },
    ...(lost === null ? [] : [{ term: 'Lost sight of', value: countInWords(lost) }]),
  ]
}

function pointColumns(still: string): NumberTable['columns'] {
  return [
    { key: 'day', head: 'Day', kind: 'count', names: true },
    { key: 'still_observed', head: 'Still observed', unit: 'people', kind: 'count' },
    { key: 'without', head: still, kind: 'share' },
    { key: 'limits_95', head: '95 % interval', kind: 'share-limits' },
  ]
}

function strictParts(outcome: TimedOutcome, figure: StrictFigure) {
  const words = WORDS[outcome]
  const { people, points } = figure
  const last = points.at(-1)!
  const { lower, upper } = last.lostBounds
  const lost = outcome === 'time-to-leaving' ? null : lostOf(figure)
  const said = saidOf(people, last, words.had, lost)
  const drawing: Drawing = {
    kind: 'intervals',
    valueLabel: words.still,
    note: FIXED_DAYS_NOTE,
    groups: [
      {
        rows: points.map(({ day, left, without, limits }) => ({
          key: String(day),
          label: `Day ${day}`,
          value: without,
          lower: limits?.lower,
          upper: limits?.upper,
          beside: `${left} followed`,
        })),
      },
    ],
  }
  return {
    ...said,
    finding:
      lower === upper
        ? said.finding
        : `${said.finding} It is between ${percentRange(last.lostBounds)}, depending on when between the days shown the others stopped being followed.`,
    facts: peopleFacts(people, lost),
    drawing,
    tables: [
      {
        id: outcome,
        caption: `${words.still}, at fixed days`,
        columns: [
          ...pointColumns(words.still),
          { key: 'by_when_lost', head: 'By when the lost stopped', kind: 'share-limits' as const },
        ],
        rows: points.map((point) => ({
          day: point.day,
          still_observed: point.left,
          without: point.without,
          limits_95: point.limits ?? null,
          by_when_lost: point.lostBounds,
        })),
      },
      statesTable(outcome, figure, words.event),
    ],
  }
}

type Curve = Extract<ClinicFigure, { kind: 'curve' }>

/** Median and mean days: single courses can be worked out of them, so they are not among strict figures. */
function singleFacts({ median, mean, untilDay }: Curve, half: string): Fact[] {
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
function lostOf({ states }: { readonly states: PeopleByState }): number | undefined {
  const parts = states.filter(({ state }) => state === 'stopped-answering' || state === 'never-answered')
  return parts.some(({ people }) => people === undefined)
    ? undefined
    : parts.reduce((sum, { people }) => sum + people!, 0)
}

function statesTable(
  outcome: TimedOutcome,
  { states, people }: { readonly states: PeopleByState; readonly people: number | undefined },
  event: string,
): NumberTable {
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
