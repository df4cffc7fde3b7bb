import { poissonRate } from '@evenkeel/outcome-statistics'
import { discloseParts, SMALLEST_SHOWN, WITHHELD } from '../../platform/disclosure.ts'
import { definitionOf, smallCountsDefinition } from '../dataset/definitions.ts'
import type { SessionCounts } from '../dataset/result-queries.server.ts'
import { sessionRateDefinition } from './clinic-definitions.ts'
import { closedGroups } from './closed-groups.ts'
import { calm, type FigureBlock } from './figure-block.ts'
import { valueRange } from './numbers-words.ts'
import { areApart } from './strict-rows.ts'

const TOPICS = [
  ['nauseaNoted', 'Nausea noted', 1],
  ['distressNoted', 'Distress noted', 2],
  ['stoppedEarly', 'Infusion stopped early', 3],
  ['leftByOverride', 'Left on a second clinician’s word', 4],
] as const
type Topic = (typeof TOPICS)[number][0]

/** Doses from this number on stand together. */
const LAST_DOSE_ALONE = 6
/** Width of a step of dose, mg. */
export const DOSE_STEP_MG = 20

/** Counted sessions of one step of dose or number of dose, and of what they were counted. */
type Step = {
  readonly key: string
  readonly label: string
  readonly sessions: number
  readonly of: readonly SessionCounts[]
} & Readonly<Record<Topic, number>>

/**
 * What was noted in sessions, per 100 sessions with exact intervals, by one division of all sessions.
 *
 * @param by `dose-number`: first, second … dose of a person; `mg`: recorded amount in steps of 20 mg
 * @param strict for who does not treat people here: an entry stands by steps only when in every step ten people for certain
 * have it and ten have sessions without, and when steps differ by no session or by ten: who had one dose had the one before
 */
export function sessionBlock(
  by: 'dose-number' | 'mg',
  counts: readonly SessionCounts[],
  strict: boolean,
): FigureBlock {
  const steps = stepsOf(by, counts)
  const all = together(steps)
  const enough = fewestPeople(counts, ({ sessions }) => sessions) >= SMALLEST_SHOWN
  const base = {
    id: by === 'mg' ? 'noted-by-dose' : 'noted-by-session',
    title: by === 'mg' ? 'What was noted, by recorded dose' : 'What was noted in sessions',
    definitions: [definitionOf('side-effects-by-session'), sessionRateDefinition, smallCountsDefinition],
    caution:
      'A session without an entry is one in which nobody noted it. Doses are raised for people who bear them well, so a higher dose with fewer entries is to be expected.',
  }
  if (all.sessions < SMALLEST_SHOWN || !enough) {
    return {
      ...base,
      finding: undefined,
      facts: [{ term: 'Sessions', value: all.sessions === 0 ? '0' : WITHHELD }],
      drawing: undefined,
      tables: [],
      nothing: {
        title: 'Too few sessions to say',
        text: `Rates stand here from sessions of ${SMALLEST_SHOWN} people on.`,
      },
    }
  }
  const lines = TOPICS.map(([topic, label, series]) => {
    const shown = shownSteps(steps, topic, strict)
    const total = shown.total
    return {
      topic,
      label,
      series,
      total: total === undefined ? undefined : rateOf(total, all.sessions),
      steps: shown.steps,
    }
  })
  if (strict && lines.every(({ total }) => total === undefined)) {
    return {
      ...base,
      finding: undefined,
      facts: [{ term: 'Sessions with a dose', value: String(all.sessions) }],
      drawing: undefined,
      tables: [],
      nothing: {
        title: 'Withheld',
        text: `Who does not treat people here sees an entry only when sessions of at least ${SMALLEST_SHOWN} people have it and sessions of at least ${SMALLEST_SHOWN} have not.`,
      },
    }
  }
  const first = lines[0]!
  const say = ({ label, total }: (typeof lines)[number]) =>
    total
      ? `${label}: ${total.rate.toFixed(1)} per 100 sessions (95 % interval ${valueRange(total)}), ${total.events} of ${all.sessions} sessions.`
      : `${label}: withheld.`
  const most = Math.max(
    10,
    ...lines.flatMap(({ total, steps }) => [total?.upper ?? 0, ...steps.map(({ rate }) => rate?.upper ?? 0)]),
  )
  return {
    ...base,
    finding: lines.map(say).join(' '),
    line: {
      figure: first.total
        ? `${first.label}: ${first.total.rate.toFixed(1)} per 100 sessions`
        : `${first.label}: withheld`,
      interval: first.total ? valueRange(first.total) : '–',
      people: `${all.sessions} sessions`,
      lost: null,
    },
    facts: [{ term: 'Sessions with a dose', value: String(all.sessions) }],
    drawing: {
      kind: 'intervals',
      valueLabel: 'Per 100 sessions',
      range: [0, Math.min(100, Math.ceil(most / 10) * 10)],
      unit: 'number',
      groups: lines.map(({ label, series, total, steps: ofTopic }) => ({
        label,
        rows: calm([
          {
            key: 'all',
            label: 'All sessions',
            series,
            value: total?.rate,
            lower: total?.lower,
            upper: total?.upper,
            beside: total && `${total.events} of ${all.sessions}`,
            instead: 'withheld',
          },
          ...ofTopic.map(({ step, rate }) => ({
            key: step.key,
            label: step.label,
            series,
            value: rate?.rate,
            lower: rate?.lower,
            upper: rate?.upper,
            beside: rate && `${rate.events} of ${step.sessions}`,
            instead: 'withheld',
          })),
        ]),
      })),
    },
    tables: [
      {
        id: base.id,
        caption: 'Sessions with an entry',
        columns: [
          { key: 'entry', head: 'Entry', kind: 'words', names: true },
          { key: 'step', head: by === 'mg' ? 'Recorded dose' : 'Dose of the person', kind: 'words' },
          { key: 'with_entry', head: 'With the entry', unit: 'sessions', kind: 'count' },
          { key: 'of', head: 'Of', unit: 'sessions', kind: 'count' },
          { key: 'per_100', head: 'Per 100 sessions', kind: 'value' },
          { key: 'limits_95', head: '95 % interval', kind: 'value-limits' },
        ],
        rows: lines.flatMap(({ label, total, steps: ofTopic }) => [
          {
            entry: label,
            step: 'All sessions',
            with_entry: total?.events,
            of: all.sessions,
            per_100: total?.rate,
            limits_95: total && { lower: total.lower, upper: total.upper },
          },
          ...ofTopic.map(({ step, rate, sessions }) => ({
            entry: label,
            step: step.label,
            with_entry: rate?.events,
            of: sessions,
            per_100: rate?.rate,
            limits_95: rate && { lower: rate.lower, upper: rate.upper },
          })),
        ]),
      },
    ],
  }
}

function rateOf(events: number, sessions: number) {
  const found = poissonRate(events, sessions / 100)
  return found.ok ? { events, rate: found.rate, lower: found.lower, upper: found.upper } : undefined
}

/** Between any two steps there is no session or there are at least ten: else the difference tells who had no further dose. */
function areStepsApart(steps: readonly Step[]): boolean {
  return steps.every(({ sessions }, at) =>
    steps.slice(at + 1).every((later) => areApart(sessions, later.sessions)),
  )
}

/**
 * A step's rate is shown when neither it nor what the other steps leave over tells a small count of sessions, or of the
 * people whose sessions they are: one person has many.
 */
function shownSteps(steps: readonly Step[], topic: Topic, strict: boolean) {
  const without = (count: SessionCounts) => count.sessions - count[topic]
  const parts = [(count: SessionCounts) => count[topic], without] as const
  const cells = steps.map((step) => [step[topic], step.sessions - step[topic]])
  const sum = (part: 0 | 1) => cells.reduce((total, of) => total + of[part]!, 0)
  const everything = steps.flatMap(({ of }) => of)
  const [total] = parts.some((part) => isOfFew(everything, part))
    ? [undefined]
    : discloseParts([sum(0), sum(1)]).parts
  if (strict) {
    const few = ({ of }: { readonly of: readonly SessionCounts[] }) =>
      parts.some((part) => fewestPeople(of, part) < SMALLEST_SHOWN)
    return {
      total: few({ of: everything }) ? undefined : total,
      // Sizes of steps stand beside every entry: one entry that may not be told by steps closes them for all.
      steps:
        steps.some(few) || !areStepsApart(steps)
          ? []
          : steps.map((step) => ({
              step,
              sessions: step.sessions,
              rate: rateOf(step[topic], step.sessions),
            })),
    }
  }
  const closedSizes = closedWithPeople(
    steps,
    steps.map(({ sessions }) => [sessions]),
    [(count) => count.sessions],
  )
  const closed = closedWithPeople(steps, cells, parts, closedSizes)
  return {
    total,
    steps: steps.map((step, at) => ({
      step,
      sessions: closedSizes.has(at) ? undefined : step.sessions,
      rate: total === undefined || closed.has(at) ? undefined : rateOf(step[topic], step.sessions),
    })),
  }
}

type Part = (count: SessionCounts) => number

/** Steps that must not be told: those of few sessions or of few people, and so many more that what is left over is of ten. */
function closedWithPeople(
  steps: readonly Step[],
  cells: readonly (readonly number[])[],
  parts: readonly Part[],
  first: Iterable<number> = [],
): ReadonlySet<number> {
  const few = (places: Iterable<number>) => {
    const of = [...places].flatMap((at) => steps[at]!.of)
    return parts.some((part) => isOfFew(of, part))
  }
  let closed = closedGroups(cells, [...first, ...steps.flatMap((_, at) => (few([at]) ? [at] : []))])
  while (few(closed) && closed.size < steps.length) {
    const [next] = steps
      .map((_, at) => at)
      .filter((at) => !closed.has(at))
      .sort((a, b) => steps[a]!.sessions - steps[b]!.sessions)
    closed = closedGroups(cells, [...closed, next!])
  }
  return closed
}

/** True when there are such sessions, and ten different people in them are not certain. */
function isOfFew(counts: readonly SessionCounts[], part: Part): boolean {
  return counts.some((count) => part(count) > 0) && fewestPeople(counts, part) < SMALLEST_SHOWN
}

/**
 * How many different people such sessions have at the least. A person has each number of dose once, so people of one number
 * add up over the steps of dose; people of several numbers may be the same, so only the fullest number counts.
 */
function fewestPeople(counts: readonly SessionCounts[], part: Part): number {
  const byNumber = new Map<number, number>()
  for (const count of counts) {
    const people = Math.min(part(count), count.people)
    byNumber.set(count.doseNumber, (byNumber.get(count.doseNumber) ?? 0) + people)
  }
  return Math.max(0, ...byNumber.values())
}

function together(steps: readonly Step[]): { sessions: number } {
  return { sessions: steps.reduce((sum, { sessions }) => sum + sessions, 0) }
}

function stepsOf(by: 'dose-number' | 'mg', counts: readonly SessionCounts[]): Step[] {
  const found = new Map<number, Step>()
  for (const count of counts) {
    const at =
      by === 'mg' ? (count.mgFrom ?? Number.POSITIVE_INFINITY) : Math.min(count.doseNumber, LAST_DOSE_ALONE)
    const step = found.get(at)
    found.set(at, {
      key: labelOf(by, at),
      label: labelOf(by, at),
      sessions: (step?.sessions ?? 0) + count.sessions,
      of: [...(step?.of ?? []), count],
      nauseaNoted: (step?.nauseaNoted ?? 0) + count.nauseaNoted,
      distressNoted: (step?.distressNoted ?? 0) + count.distressNoted,
      stoppedEarly: (step?.stoppedEarly ?? 0) + count.stoppedEarly,
      leftByOverride: (step?.leftByOverride ?? 0) + count.leftByOverride,
    })
  }
  return [...found].sort(([a], [b]) => a - b).map(([, step]) => step)
}

function labelOf(by: 'dose-number' | 'mg', at: number): string {
  if (by === 'mg')
    return Number.isFinite(at) ? `${at} to under ${at + DOSE_STEP_MG} mg` : 'Amount not recorded'
  return at === LAST_DOSE_ALONE ? `Dose ${at} and later` : `Dose ${at}`
}
