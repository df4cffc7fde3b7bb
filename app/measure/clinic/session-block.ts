import { poissonRate } from '@evenkeel/outcome-statistics'
import { discloseParts, SMALLEST_SHOWN, WITHHELD } from '../../platform/disclosure.ts'
import { definitionOf, smallCountsDefinition } from '../dataset/definitions.ts'
import type { SessionCounts } from '../dataset/result-queries.server.ts'
import { sessionRateDefinition } from './clinic-definitions.ts'
import { closedGroups } from './closed-groups.ts'
import { calm, type FigureBlock } from './figure-block.ts'
import { valueRange } from './numbers-words.ts'

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

/** Counted sessions of one step of dose or number of dose. */
type Step = { readonly key: string; readonly label: string; readonly sessions: number } & Readonly<
  Record<Topic, number>
>

/**
 * What was noted in sessions, per 100 sessions with exact intervals, by one division of all sessions.
 *
 * @param by `dose-number`: first, second … dose of a person; `mg`: recorded amount in steps of 20 mg
 */
export function sessionBlock(by: 'dose-number' | 'mg', counts: readonly SessionCounts[]): FigureBlock {
  const steps = stepsOf(by, counts)
  const all = together(steps)
  const base = {
    id: by === 'mg' ? 'noted-by-dose' : 'noted-by-session',
    title: by === 'mg' ? 'What was noted, by recorded dose' : 'What was noted in sessions',
    definitions: [definitionOf('side-effects-by-session'), sessionRateDefinition, smallCountsDefinition],
    caution:
      'A session without an entry is one in which nobody noted it. Doses are raised for people who bear them well, so a higher dose with fewer entries is to be expected.',
  }
  if (all.sessions < SMALLEST_SHOWN) {
    return {
      ...base,
      finding: undefined,
      facts: [{ term: 'Sessions', value: all.sessions === 0 ? '0' : WITHHELD }],
      drawing: undefined,
      tables: [],
      nothing: {
        title: 'Too few sessions to say',
        text: `Rates stand here from ${SMALLEST_SHOWN} sessions on.`,
      },
    }
  }
  const lines = TOPICS.map(([topic, label, series]) => {
    const shown = shownSteps(steps, topic)
    const total = shown.total
    return {
      topic,
      label,
      series,
      total: total === undefined ? undefined : rateOf(total, all.sessions),
      steps: shown.steps,
    }
  })
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

/** A step's rate is shown when neither it nor what the other steps leave over tells a small count of sessions. */
function shownSteps(steps: readonly Step[], topic: Topic) {
  const cells = steps.map((step) => [step[topic], step.sessions - step[topic]])
  const sum = (part: 0 | 1) => cells.reduce((total, parts) => total + parts[part]!, 0)
  const [total] = discloseParts([sum(0), sum(1)]).parts
  const sizes = discloseParts(steps.map(({ sessions }) => sessions)).parts
  const closed = closedGroups(
    cells,
    sizes.flatMap((size, at) => (size === undefined ? [at] : [])),
  )
  return {
    total,
    steps: steps.map((step, at) => ({
      step,
      sessions: sizes[at],
      rate: total === undefined || closed.has(at) ? undefined : rateOf(step[topic], step.sessions),
    })),
  }
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
