import { type ConsentChange, ROUTE_WORDS } from '../../plan/index.ts'
import { leftOverMl } from '../dose/infusion.ts'
import type { MonitorStretch } from '../monitors/monitor-stretches.ts'
import { CONSENT_SOURCE, consentChangeWords } from '../session/consent-during.ts'
import { withCorrections } from '../session/corrected-sources.ts'
import { DOSE_WORDS, doseKind } from '../session/dose-words.ts'
import { baselineWords, eventWords, readingWords } from '../session/event-words.ts'
import { extremesSince } from '../session/extremes.ts'
import { whoOrdered } from '../session/named-in-entry.ts'
import { correctedLog, foldSession, type SessionReading, type SessionState } from '../session/session.ts'
import type { SessionEvent, SessionEventId } from '../session/session-event.ts'
import { readingState } from '../session/session-vitals.ts'
import { alarmSentences } from './alarm-sentences.ts'
import { defaultNoteTemplate, type NotePart, type NoteTemplate } from './note-template.ts'

/**
 * A sentence of a drafted note and the events it says, or the other record it is taken from. A sentence without either
 * says that something is missing.
 */
export type DraftSentence = {
  readonly text: string
  readonly eventIds: readonly SessionEventId[]
  readonly source?: string
}

/** What a draft needs besides the log. */
export type NoteContext = {
  readonly sessionNumber: number
  readonly lotNumber: string | undefined
  /** What became of consent to dosing during the session; no part of the log. */
  readonly consent: readonly ConsentChange[]
  /** What monitors measured, see `monitorStretches`; no part of the log either. */
  readonly stretches: readonly MonitorStretch[]
  /** An instant as the clinic's clock shows it, "14:05". */
  readonly time: (instant: string) => string
  /** Name behind an account. */
  readonly name: (accountId: string) => string
}

/**
 * Drafts the note of a session from its log: plain sentences in the order of the day, each with the ids of the events
 * it says and of the corrections that its figures come from. What the log does not know is said to be missing, never filled in.
 */
export function draftNote(
  events: readonly SessionEvent[],
  context: NoteContext,
  template: NoteTemplate = defaultNoteTemplate,
): DraftSentence[] {
  return draftParts(events, context, template).flatMap(({ sentences }) => sentences)
}

/** A part of the draft under its heading; lines of the clinic's own come first and say no entry. */
export type DraftPart = {
  readonly heading: string
  readonly ownText: string
  readonly sentences: readonly DraftSentence[]
}

/** The draft in the parts of a clinic's template; what the template leaves out is not drafted. */
export function draftParts(
  events: readonly SessionEvent[],
  context: NoteContext,
  template: NoteTemplate,
): DraftPart[] {
  const state = foldSession(events)
  const { log, correctedBy } = correctedLog(events)
  const sentencesOf: Readonly<Record<NotePart, () => DraftSentence[]>> = {
    before: () => [...beforeTheDose(state, log, context), ...told(log, ['access-placed'], context)],
    dose: () => [...theDose(state, log, context), ...consentSaid(context)],
    readings: () => [
      ...theReadings(state, context),
      ...monitorSaid(state, context),
      ...told(log, ['scale'], context),
    ],
    events: () => [
      ...observations(log, context),
      ...told(log, ['medicine-given', 'adverse-event', 'adverse-event-followed', 'call'], context),
      ...alarmSentences(state.care.alarms, context),
    ],
    people: () =>
      told(log, ['watch-taken', 'handover-taken', 'sitter-in', 'sitter-out', 'music', 'comfort'], context),
    leaving: () => [...told(log, ['access-removed'], context), ...leaving(state, log, context)],
  }
  return template.parts
    .filter(({ included }) => included)
    .map(({ part, heading, ownText }) => ({
      heading,
      ownText,
      sentences: sentencesOf[part]().map((sentence) => ({
        ...sentence,
        eventIds: withCorrections(sentence.eventIds, correctedBy),
      })),
    }))
    .filter(({ ownText, sentences }) => ownText !== '' || sentences.length > 0)
}

/** The text that a note begins with. */
export function draftText(parts: readonly DraftPart[]): string {
  return parts
    .map(({ heading, ownText, sentences }) =>
      [heading, ...(ownText ? [ownText] : []), ...sentences.map(({ text }) => text)].join('\n'),
    )
    .join('\n\n')
}

/** Entries of these kinds as the log says them, each a sentence with its time. */
function told(
  log: readonly SessionEvent[],
  kinds: readonly SessionEvent['kind'][],
  context: NoteContext,
): DraftSentence[] {
  return log
    .filter(({ kind }) => kinds.includes(kind))
    .map((event) => {
      const { title, text } = eventWords(event)
      const who =
        event.kind === 'watch-taken' || event.kind === 'handover-taken' ? ` (${context.name(event.by)})` : ''
      const ordered = whoOrdered(event, context.name)
      const more = [text, ordered].filter(Boolean).join('; ')
      return said(`${context.time(event.at)} ${title}${who}${more ? `: ${ended(more)}` : '.'}`, event)
    })
}

function beforeTheDose(
  state: SessionState,
  log: readonly SessionEvent[],
  context: NoteContext,
): DraftSentence[] {
  const arrived = log.find(({ kind }) => kind === 'arrived')
  const checked = log.findLast(({ kind }) => kind === 'identity-checked')
  const checklist = log.findLast(({ kind }) => kind === 'checklist')
  return [
    arrived
      ? said(`Session ${context.sessionNumber}: arrived at ${context.time(arrived.at)}.`, arrived)
      : missing(`Session ${context.sessionNumber}: arrival is not on record.`),
    checked
      ? said(`${eventWords(checked).title} (${context.name(checked.by)}).`, checked)
      : missing('Identity check is not on record.'),
    checklist ? said(`${eventWords(checklist).text}.`, checklist) : missing('Checklist is not on record.'),
    state.baseline
      ? said(`Before the dose, ${baselineWords(state.baseline, context.time)}.`, ...state.baseline.eventIds)
      : missing('No reading before the dose is on record.'),
  ]
}

/** Devices one by one, or tablets all at once. */
function unitsGiven({ dose }: SessionState, lot: string, context: NoteContext): DraftSentence[] {
  if (!dose?.units) return []
  const { count, unitMg, atMin } = dose.units
  if (atMin.length === 0) {
    const route = dose.atOnce ? ` ${ROUTE_WORDS[dose.atOnce]}` : ''
    const mgGiven = dose.ended?.mgGiven ?? dose.orderedMg
    // Something was spat out, say: what was handed over and what was given are two figures then.
    const less = mgGiven === dose.orderedMg ? '' : `; ${mgGiven} mg given`
    return [
      said(
        `${dose.orderedMg} mg ordered and ${less ? 'handed over' : 'given'}${route} at ${context.time(dose.startedAt)}: ${count} of ${unitMg} mg from ${lot}${less}.`,
        dose.startEventId,
        ...(dose.ended ? [dose.ended.eventId] : []),
      ),
    ]
  }
  const devices = dose.devices.map(({ deviceNumber, mg, at, eventId }) =>
    said(`Device ${deviceNumber}, ${mg} mg, sprayed at ${context.time(at)}.`, eventId),
  )
  const ending = dose.ended
    ? said(
        `${dose.ended.mgGiven} mg of esketamine given in all${dose.ended.how === 'stopped' ? ', stopped before the rest' : ''}.`,
        dose.ended.eventId,
      )
    : missing('The end of the nasal dose is not on record.')
  return [
    said(
      `Esketamine ${dose.orderedMg} mg ordered in ${count} devices of ${unitMg} mg, from ${lot}.`,
      dose.startEventId,
    ),
    ...devices,
    ending,
  ]
}

/** What happens to a running pump, each with a sentence of its own. */
const TURNS: readonly SessionEvent['kind'][] = ['dose-paused', 'dose-resumed', 'dose-rate-changed']

function theDose(state: SessionState, log: readonly SessionEvent[], context: NoteContext): DraftSentence[] {
  const { dose } = state
  if (!dose) return [missing('No dose was given.')]
  const lot = context.lotNumber ? `lot ${context.lotNumber}` : 'lot not known'
  if (dose.units) return unitsGiven(state, lot, context)
  if (dose.atOnce && dose.ended) {
    return [
      said(
        `Ketamine ${dose.orderedMg} mg ordered ${ROUTE_WORDS[dose.atOnce]}; ${dose.drawnMl} mL of ${dose.lotConcentrationMgPerMl} mg/mL drawn from ${lot}; ${dose.ended.mgGiven} mg given at ${context.time(dose.startedAt)}.`,
        dose.startEventId,
        dose.ended.eventId,
      ),
    ]
  }
  const sentences = [
    said(
      `Ketamine ${dose.orderedMg} mg ordered over ${dose.durationMin} min; ${dose.drawnMl} mL of ${dose.lotConcentrationMgPerMl} mg/mL drawn from ${lot}; infusion started at ${context.time(dose.startedAt)}.`,
      dose.startEventId,
    ),
  ]
  for (const event of log) {
    if (!TURNS.includes(event.kind) || state.notCounted.includes(event.id)) continue
    const { title } = eventWords(event)
    const drug =
      event.kind === 'dose-rate-changed' ? ` (${Math.round(event.data.rateMgPerH * 100) / 100} mg/h)` : ''
    const why = event.words?.reason ? `: ${event.words.reason}` : ''
    sentences.push(said(`${title}${drug} at ${context.time(event.at)}${why}.`, event))
  }
  if (!dose.ended) return [...sentences, missing('The end of the infusion is not on record.')]
  const ending = log.find(({ id }) => id === dose.ended?.eventId)
  const why = ending?.words?.reason ? ` (${ending.words.reason})` : ''
  const left = leftOverMl(dose) ?? 0
  sentences.push(
    said(
      `Infusion ${dose.ended.how} at ${context.time(dose.ended.at)}${why}: ${dose.ended.mgGiven} mg given${left > 0 ? `, ${left} mL left in the syringe` : ''}.`,
      dose.ended.eventId,
    ),
  )
  return sentences
}

/** Consent taken back during the session, or signed again: at which minute, by whom, with where that is on record. */
function consentSaid({ consent, time, name }: NoteContext): DraftSentence[] {
  return consent.map((change) => {
    const { title, text } = consentChangeWords(change)
    const source = `${time(change.at)} ${CONSENT_SOURCE.toLowerCase()}`
    return { text: `${title} at ${time(change.at)} by ${name(change.by)} (${text}).`, eventIds: [], source }
  })
}

function theReadings(state: SessionState, context: NoteContext): DraftSentence[] {
  const { dose } = state
  if (!dose) return []
  const { begun } = DOSE_WORDS[doseKind(dose)]
  const during = state.readings.filter(({ at }) => at > dose.startedAt)
  if (during.length === 0) return [missing(`No reading since ${begun} is on record.`)]
  const sentences = [
    said(
      `${during.length} ${during.length === 1 ? 'reading' : 'readings'} by hand after ${begun}: ${rangeWords(during)}.`,
      ...during.map(({ eventId }) => eventId),
    ),
  ]
  for (const reading of during) {
    const judged = readingState(state, reading)
    if (judged !== 'red' && judged !== 'amber') continue
    sentences.push(
      said(
        `At ${context.time(reading.at)} outside limits (${judged}): ${readingWords(reading.values)}.`,
        reading.eventId,
      ),
    )
  }
  const last = during[during.length - 1]!
  sentences.push(
    said(`Last reading at ${context.time(last.at)}: ${readingWords(last.values)}.`, last.eventId),
  )
  return sentences
}

/** What monitors measured beyond the readings by hand: the extremes with their minute and the alarm they raised. */
function monitorSaid(state: SessionState, { stretches, time }: NoteContext): DraftSentence[] {
  const { highest, lowestOxygen } = extremesSince(state, stretches)
  return [
    { what: 'Highest pressure since the start', extreme: highest },
    { what: 'Lowest oxygen saturation since the start', extreme: lowestOxygen },
  ].flatMap(({ what, extreme }) => {
    if (!extreme?.isMonitor) return []
    const { words, at, by, eventIds } = extreme
    return [
      { text: `${what}: ${words} at ${time(at)}, ${by}.`, eventIds, source: `${time(at)} ${by.slice(3)}` },
    ]
  })
}

function rangeWords(readings: readonly SessionReading[]): string {
  const range = (sign: 'systolicMmHg' | 'diastolicMmHg' | 'heartRatePerMin' | 'spo2Percent') => {
    const values = readings.flatMap(({ values: each }) =>
      typeof each[sign] === 'number' ? [each[sign]] : [],
    )
    if (values.length === 0) return 'not measured'
    const [low, high] = [Math.min(...values), Math.max(...values)]
    return low === high ? `${low}` : `${low} to ${high}`
  }
  return `systolic ${range('systolicMmHg')} and diastolic ${range('diastolicMmHg')} mmHg, heart rate ${range('heartRatePerMin')}/min, SpO₂ ${range('spo2Percent')} %`
}

function observations(log: readonly SessionEvent[], context: NoteContext): DraftSentence[] {
  return log.flatMap((event) => {
    if (event.kind !== 'observation' || !event.words?.text) return []
    return [
      said(
        `${context.time(event.at)} ${eventWords(event).title.toLowerCase()}: ${ended(event.words.text)}`,
        event,
      ),
    ]
  })
}

function leaving(state: SessionState, log: readonly SessionEvent[], context: NoteContext): DraftSentence[] {
  const left = log.find(({ kind }) => kind === 'discharged')
  const closed = log.find(({ kind }) => kind === 'session-closed')
  if (left?.kind === 'discharged') {
    const steps = Object.values(state.steps).map(({ eventId }) => eventId)
    const gate =
      left.data.overrideBy === null
        ? 'all conditions for leaving were met'
        : `released by ${context.name(left.data.overrideBy)} as second clinician with ${left.data.notMet.length} ${left.data.notMet.length === 1 ? 'condition' : 'conditions'} not met or not known: ${left.words?.reason ?? 'no reason on record'}`
    return [said(`Left at ${context.time(left.at)}; ${ended(gate)}`, left, ...steps)]
  }
  if (closed) {
    return [
      said(
        `Session ended without a dose at ${context.time(closed.at)}: ${ended(closed.words?.reason ?? 'no reason on record')}`,
        closed,
      ),
    ]
  }
  return [missing('The person has not left yet.')]
}

function ended(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`
}

function said(text: string, ...from: readonly (SessionEvent | SessionEventId)[]): DraftSentence {
  return { text, eventIds: from.map((each) => (typeof each === 'string' ? each : each.id)) }
}

function missing(text: string): DraftSentence {
  return { text, eventIds: [] }
}
