import { ROUTE_WORDS } from '../../plan/index.ts'
import type { Instant } from '../../platform/time.ts'
import { leftOverMl } from '../dose/infusion.ts'
import type { SessionSamples } from '../monitors/live-samples.ts'
import type { MonitorStretch } from '../monitors/monitor-stretches.ts'
import { ADVERSE_WORDS, alarmCauseWords } from '../session/care-words.ts'
import { withCorrections } from '../session/corrected-sources.ts'
import { baselineWords, eventWords, readingWords } from '../session/event-words.ts'
import { type Extreme, extremesSince } from '../session/extremes.ts'
import { correctedLog, foldSession, type SessionState } from '../session/session.ts'
import { SCALES, type SessionEvent, type SessionEventId } from '../session/session-event.ts'
import { type DischargeItem, dischargeGate, type ProtocolDischarge } from './discharge-gate.ts'

export type HandOverLine = {
  readonly term: string
  /** Undefined where the log does not say; printed as unknown. */
  readonly value: string | undefined
  readonly eventIds: readonly SessionEventId[]
}
export type HandOverPart = { readonly title: string; readonly lines: readonly HandOverLine[] }

/** What the sheet needs besides the log. */
export type HandOverContext = {
  readonly time: (instant: string) => string
  /** With its day, for what may be another one. */
  readonly moment: (instant: string) => string
  /** What monitors measured; none in a log without them. */
  readonly stretches: readonly MonitorStretch[]
  readonly name: (accountId: string) => string
  /** The conditions for leaving as they stand, or stood when the person left. */
  readonly gate: readonly DischargeItem[]
}

/**
 * The conditions for leaving as they stand, or as they stood when the person left: what was recorded for after that is left out,
 * while a figure that was set right later counts as set right.
 *
 * @param samples the newest values of monitors now, or when the person left
 * @returns none without a dose
 */
export function gateAsTheyLeft(
  state: SessionState,
  events: readonly SessionEvent[],
  now: Instant,
  discharge: ProtocolDischarge | undefined,
  samples: SessionSamples | undefined,
): DischargeItem[] {
  if (!state.dose) return []
  const left = state.dischargedAt
  if (!left) return dischargeGate(state, Date.parse(now), discharge, samples)
  const then = foldSession(events.filter(({ kind, at }) => at <= left || kind === 'correction'))
  return dischargeGate(then, Date.parse(left), discharge, samples)
}

/**
 * What the next colleague has to know, from the log alone: dose, how it was borne, what was given besides, what is
 * still open. Each line names its entries and what corrected them; what the log does not say is unknown.
 */
export function handOver(
  state: SessionState,
  events: readonly SessionEvent[],
  context: HandOverContext,
): readonly HandOverPart[] {
  const { dose, care } = state
  const { correctedBy } = correctedLog(events)
  const line = (
    term: string,
    value: string | undefined,
    ...eventIds: readonly SessionEventId[]
  ): HandOverLine => ({
    term,
    value,
    eventIds: withCorrections(eventIds, correctedBy),
  })
  const { highest, lowestOxygen } = extremesSince(state, context.stretches)
  const last = state.readings.at(-1)
  const measured = (extreme: Extreme | undefined) =>
    extreme && `${extreme.words} at ${context.time(extreme.at)}, ${extreme.by}`
  const observed = events.filter(({ kind, words }) => kind === 'observation' && words?.text)
  return [
    {
      title: 'Dose',
      lines: dose
        ? [
            line(
              'Ordered',
              `${dose.orderedMg} mg ${dose.atOnce ? ROUTE_WORDS[dose.atOnce] : dose.units ? ROUTE_WORDS['nasal-esketamine'] : 'as an infusion'}, from ${context.time(dose.startedAt)}`,
              dose.startEventId,
            ),
            line(
              'Given',
              dose.ended &&
                `${dose.ended.mgGiven} mg, ${dose.ended.how === 'stopped' ? 'stopped' : 'ended'} at ${context.time(dose.ended.at)}`,
              ...(dose.ended ? [dose.ended.eventId] : []),
            ),
            ...(leftOverMl(dose) === undefined
              ? []
              : [line('Left in the syringe', `${leftOverMl(dose)} mL`)]),
          ]
        : [line('Dose', 'none was given')],
    },
    {
      title: 'How it was borne',
      lines: [
        line(
          'Before the dose',
          state.baseline && baselineWords(state.baseline, context.time),
          ...(state.baseline?.eventIds ?? []),
        ),
        line('Highest pressure since', measured(highest), ...(highest?.eventIds ?? [])),
        line('Lowest oxygen since', measured(lowestOxygen), ...(lowestOxygen?.eventIds ?? [])),
        line(
          'Newest reading',
          last && `${readingWords(last.values)} at ${context.time(last.at)}`,
          ...(last ? [last.eventId] : []),
        ),
        ...care.scales.map((scale) =>
          line(
            `${SCALES[scale.scale].title}, ${context.time(scale.at)}`,
            scale.score === null ? 'could not be taken' : String(scale.score),
            scale.eventId,
          ),
        ),
      ],
    },
    {
      title: 'What else happened',
      lines: [
        ...care.medicines.map((given) =>
          line(
            context.time(given.at),
            `${given.medicine} ${given.amount} ${given.unit}, ${given.route}, for ${given.against}; ordered by ${given.orderedBy ? context.name(given.orderedBy) : 'a standing order'}`,
            given.eventId,
          ),
        ),
        ...care.adverseEvents.map((adverse) =>
          line(
            context.time(adverse.at),
            `${ADVERSE_WORDS[adverse.term]}, grade ${adverse.grade}, ${adverse.outcome.replaceAll('-', ' ')}`,
            adverse.eventId,
          ),
        ),
        ...care.alarms.map((alarm) =>
          line(
            context.time(alarm.raisedAt),
            `${alarmCauseWords(alarm)}; ${alarm.resolvedAt ? `over at ${context.time(alarm.resolvedAt)}` : 'not over'}`,
            ...alarm.changes.map(({ eventId }) => eventId),
          ),
        ),
        ...observed.map((event) =>
          line(context.time(event.at), `${eventWords(event).title}: ${event.words?.text}`, event.id),
        ),
      ],
    },
    {
      title: 'Leaving',
      lines: context.gate.map((item) =>
        line(
          item.title,
          `${item.verdict === 'met' ? 'met' : item.verdict === 'not-met' ? 'not met' : 'unknown'}: ${item.value}`,
          ...item.eventIds,
        ),
      ),
    },
    {
      title: 'Still open',
      lines: [
        ...care.alarms
          .filter(({ resolvedAt }) => !resolvedAt)
          .map((alarm) => line('Alarm', alarmCauseWords(alarm))),
        ...care.adverseEvents
          .filter(({ followUpBy }) => followUpBy !== null)
          .map((adverse) =>
            line(
              'To be followed up',
              `${ADVERSE_WORDS[adverse.term]} by ${context.moment(adverse.followUpBy!)}`,
              adverse.eventId,
            ),
          ),
        ...care.access.map(({ side, place, eventId }) =>
          line('Access in place', `${side} ${place}`, eventId),
        ),
      ],
    },
  ].filter(({ lines }) => lines.length > 0)
}
