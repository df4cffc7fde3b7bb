import type { Reading } from '@evenkeel/vital-signs'
import type { Route } from '../../plan/index.ts'
import type { Instant } from '../../platform/time.ts'
import { computedMg } from '../dose/infusion.ts'
import { type Baseline, baselineOf } from './baseline.ts'
import { type Care, foldCare } from './care.ts'
import { readingOfScale } from './moaas-scale.ts'
import type {
  DischargeStep,
  OrderedStep,
  OrderedUnits,
  OtherLot,
  SessionEvent,
  SessionEventData,
  SessionEventId,
  SessionEventOfKind,
} from './session-event.ts'

/** Where a session stands: waiting for arrival, checks, ready to dose, infusion, recovery, left. */
export type SessionPhase = 'arrive' | 'check' | 'dose' | 'monitor' | 'recover' | 'leave'

export type SessionReading = {
  readonly eventId: SessionEventId
  readonly at: Instant
  readonly by: string
  readonly values: Reading
  /** What stood there before corrections, oldest first. */
  readonly earlierValues: readonly Reading[]
}

export type SessionDose = {
  readonly startEventId: SessionEventId
  readonly orderId: string
  readonly lotId: string
  /** From a vial; undefined for devices and tablets. */
  readonly drawnMl?: number
  readonly lotConcentrationMgPerMl?: number
  /** What of it came from further lots; empty or undefined for one. */
  readonly otherLots?: readonly OtherLot[]
  /** Devices or tablets; undefined for what is drawn from a vial. */
  readonly units?: OrderedUnits
  /** Devices that were given, in order. */
  readonly devices: readonly (SessionEventData['device-given'] & {
    readonly eventId: SessionEventId
    readonly at: Instant
  })[]
  readonly orderedMg: number
  readonly rateMgPerH: number
  readonly durationMin: number
  /** What the pump is to be set to one after the other; absent for one speed. */
  readonly steps?: readonly OrderedStep[]
  /** By which route it was given whole at once; absent for a pump. */
  readonly atOnce?: Route
  readonly startedAt: Instant
  /** What the pump was set to after the start, oldest first; changes while it stood hold from the resumption on. */
  readonly rateChanges: readonly (SessionEventData['dose-rate-changed'] & {
    readonly eventId: SessionEventId
    readonly at: Instant
  })[]
  /** Stretches in which the pump stood; the last one is open while `until` is undefined. */
  readonly pauses: readonly { readonly from: Instant; readonly until: Instant | undefined }[]
  readonly ended:
    | {
        readonly eventId: SessionEventId
        readonly how: 'finished' | 'stopped'
        readonly at: Instant
        readonly mgGiven: number
      }
    | undefined
}

export type StepAnswer = SessionEventData['discharge-step'] & {
  readonly eventId: SessionEventId
  readonly at: Instant
}

/** What is known of a session. Everything here follows from the events; nothing is stored beside them. */
export type SessionState = {
  readonly phase: SessionPhase
  readonly arrivedAt: Instant | undefined
  readonly identity:
    | { readonly eventId: SessionEventId; readonly at: Instant; readonly complete: boolean }
    | undefined
  readonly checklist:
    | (SessionEventData['checklist'] & { readonly eventId: SessionEventId; readonly at: Instant })
    | undefined
  /** What was read together, by bedside time, oldest first. */
  readonly readings: readonly SessionReading[]
  /** Every value by hand: the readings, and MOAA/S taken as a scale as a reading of that sign alone; oldest first. */
  readonly measured: readonly SessionReading[]
  /** The newest value of each sign not later than the dose; before the dose simply the newest ones. */
  readonly baseline: Baseline | undefined
  readonly dose: SessionDose | undefined
  /** mg given as recorded at the end of the infusion; undefined before that. */
  readonly doseMgGiven: number | undefined
  /** The newest answer to each question before leaving. */
  readonly steps: Readonly<Partial<Record<DischargeStep, StepAnswer>>>
  /** Every answer to them, oldest first. */
  readonly stepAnswers: readonly StepAnswer[]
  readonly dischargedAt: Instant | undefined
  readonly closed: { readonly at: Instant; readonly outcome: 'completed' | 'ended-without-dose' } | undefined
  /** Events that contradict what was known at their time (a second start, a pause or a new rate without an infusion). Kept, shown, not counted. */
  readonly notCounted: readonly SessionEventId[]
  /** Everything around the dose: access, scales, medicines, who watches, alarms, adverse events. */
  readonly care: Care
}

/**
 * Folds a session's log into its state. Pure and the same on the server and in the browser.
 *
 * The events may come in any order and more than once: they are counted by id and taken by bedside time, then id.
 * What lies after the first closing is not counted. A correction replaces the figures of its event for everything that
 * follows from them and keeps the old ones. mg of a stop that nobody read from the pump are worked out from what the log
 * says of rates and times, so that an entry that arrives late changes them.
 *
 * @param at fold only what had happened by this instant, for looking back
 * @example foldSession(events).phase // 'monitor'
 */
export function foldSession(events: readonly SessionEvent[], at?: Instant): SessionState {
  const log = orderedLog(events, at)
  const corrections = newestCorrections(log)
  const draft = emptyDraft()
  for (const event of log) apply(draft, corrected(event, corrections), event, corrections)
  const { doseDraft, ...rest } = draft
  const dose = doseDraft && {
    ...doseDraft,
    rateChanges: [...doseDraft.rateChanges],
    devices: [...doseDraft.devices],
    pauses: [...doseDraft.pauses],
  }
  const baseline = baselineOf(draft.measured, dose?.startedAt)
  const care = foldCare(log.map((event) => corrected(event, corrections)))
  const notCounted = [...rest.notCounted, ...care.notCounted]
  const state = { ...rest, notCounted, dose, baseline, doseMgGiven: dose?.ended?.mgGiven, care }
  return { ...state, phase: phaseOf(state) }
}

/**
 * A session's events as they are counted: each once, by bedside time and then id, up to its closing. An adverse event
 * is often told only in the evening, and what became of it days later, so those alone go on.
 */
function orderedLog(events: readonly SessionEvent[], at: Instant | undefined): SessionEvent[] {
  const byId = new Map<string, SessionEvent>()
  for (const event of events) if (at === undefined || event.at <= at) byId.set(event.id, event)
  const ordered = [...byId.values()].sort(byBedsideTime)
  const closing = ordered.findIndex((event) => event.kind === 'session-closed')
  if (closing < 0) return ordered
  return ordered.filter(({ kind }, place) => place <= closing || GOES_ON.includes(kind))
}

/** What is still recorded once a session is closed: an adverse event that is told later, and how one went on. */
export const GOES_ON: readonly SessionEvent['kind'][] = ['adverse-event', 'adverse-event-followed']

/** Whether an entry was recorded after the session was closed, whenever it happened: the signed note cannot say it. */
export function isAfterClosing(event: SessionEvent, events: readonly SessionEvent[]): boolean {
  const closing = events.find(({ kind }) => kind === 'session-closed')
  if (!closing || !GOES_ON.includes(event.kind)) return false
  return (event.receivedAt ?? event.at) > (closing.receivedAt ?? closing.at)
}

/** Order of the log: bedside time, then id. */
export function byBedsideTime(
  a: Pick<SessionEvent, 'at' | 'id'>,
  b: Pick<SessionEvent, 'at' | 'id'>,
): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

type Corrections = ReadonlyMap<string, readonly SessionEventOfKind<'correction'>[]>

function newestCorrections(log: readonly SessionEvent[]): Corrections {
  const found = new Map<string, SessionEventOfKind<'correction'>[]>()
  for (const event of log) {
    if (event.kind !== 'correction') continue
    found.set(event.data.of, [...(found.get(event.data.of) ?? []), event])
  }
  return found
}

/** Only these may be corrected; a dose and its lot are corrected by the ledger, never by overwriting. */
export const CORRECTABLE = [
  'reading',
  'checklist',
  'dose-stopped',
  'dose-finished',
  'discharge-step',
  'scale',
  'medicine-given',
  'access-placed',
] as const

/** The correction whose figures count for an entry; undefined where none does. */
function countingCorrection(
  event: SessionEvent,
  corrections: Corrections,
): SessionEventOfKind<'correction'> | undefined {
  if (!(CORRECTABLE as readonly string[]).includes(event.kind)) return undefined
  const chain = corrections.get(event.id) ?? []
  // mg that a person gave count before mg that were worked out anew, whichever was written later.
  return chain.findLast(({ data }) => !data.figures.mgComputed) ?? chain.at(-1)
}

/** The log as it counts, for whatever tells it in words. */
export type CorrectedLog = {
  /** Each entry once, by bedside time and id, with the figures that count. */
  readonly log: readonly SessionEvent[]
  /** By an entry's id the correction that its figures come from. */
  readonly correctedBy: ReadonlyMap<SessionEventId, SessionEventOfKind<'correction'>>
}

/** The whole log, also after a closing, with what was corrected before it in the place of what was written. */
export function correctedLog(events: readonly SessionEvent[]): CorrectedLog {
  const written = [...new Map(events.map((event) => [event.id, event])).values()].sort(byBedsideTime)
  const corrections = newestCorrections(orderedLog(events, undefined))
  const correctedBy = new Map<SessionEventId, SessionEventOfKind<'correction'>>()
  for (const event of written) {
    const counts = countingCorrection(event, corrections)
    if (counts) correctedBy.set(event.id, counts)
  }
  return { log: written.map((event) => corrected(event, corrections)), correctedBy }
}

function corrected(event: SessionEvent, corrections: Corrections): SessionEvent {
  const newest = countingCorrection(event, corrections)
  return newest ? withFigures(event, newest.data.figures) : event
}

/** An entry with the figures of a correction in the place of its own. */
export function withFigures(
  event: SessionEvent,
  figures: SessionEventOfKind<'correction'>['data']['figures'],
): SessionEvent {
  const given = 'mgGiven' in figures ? { mgComputed: undefined } : {}
  return { ...event, data: { ...event.data, ...given, ...figures } } as SessionEvent
}

type DoseDraft = Omit<SessionDose, 'pauses' | 'rateChanges' | 'devices'> & {
  devices: SessionDose['devices'][number][]
  rateChanges: SessionDose['rateChanges'][number][]
  pauses: { from: Instant; until: Instant | undefined }[]
  ended: SessionDose['ended']
}

type Draft = {
  arrivedAt: Instant | undefined
  identity: SessionState['identity']
  checklist: SessionState['checklist']
  readings: SessionReading[]
  measured: SessionReading[]
  doseDraft: DoseDraft | undefined
  steps: Partial<Record<DischargeStep, StepAnswer>>
  stepAnswers: StepAnswer[]
  dischargedAt: Instant | undefined
  closed: SessionState['closed']
  notCounted: SessionEventId[]
}

function emptyDraft(): Draft {
  return {
    arrivedAt: undefined,
    identity: undefined,
    checklist: undefined,
    readings: [],
    measured: [],
    doseDraft: undefined,
    steps: {},
    stepAnswers: [],
    dischargedAt: undefined,
    closed: undefined,
    notCounted: [],
  }
}

function apply(draft: Draft, event: SessionEvent, asWritten: SessionEvent, corrections: Corrections): void {
  const dose = draft.doseDraft
  const running = dose !== undefined && dose.ended === undefined
  const lastPause = dose?.pauses.at(-1)
  const paused = lastPause !== undefined && lastPause.until === undefined
  switch (event.kind) {
    case 'arrived':
      draft.arrivedAt ??= event.at
      return
    case 'identity-checked':
      draft.identity = {
        eventId: event.id,
        at: event.at,
        complete: new Set(event.data.identifiers).size >= 2,
      }
      return
    case 'checklist':
      draft.checklist = { ...event.data, eventId: event.id, at: event.at }
      return
    case 'reading': {
      const reading = {
        eventId: event.id,
        at: event.at,
        by: event.by,
        values: event.data.values,
        earlierValues: asWritten.kind === 'reading' ? earlierValues(asWritten, corrections) : [],
      }
      draft.readings.push(reading)
      draft.measured.push(reading)
      return
    }
    case 'scale': {
      const values = readingOfScale(event.data)
      if (values) {
        draft.measured.push({ eventId: event.id, at: event.at, by: event.by, values, earlierValues: [] })
      }
      return
    }
    case 'dose-started':
      if (dose) draft.notCounted.push(event.id)
      else {
        draft.doseDraft = {
          ...event.data,
          startEventId: event.id,
          startedAt: event.at,
          rateChanges: [],
          devices: [],
          pauses: [],
          ended: undefined,
        }
      }
      return
    case 'dose-paused':
      if (running && !paused) dose.pauses.push({ from: event.at, until: undefined })
      else draft.notCounted.push(event.id)
      return
    case 'dose-resumed':
      if (running && paused) lastPause.until = event.at
      else draft.notCounted.push(event.id)
      return
    case 'dose-rate-changed':
      if (running) dose.rateChanges.push({ ...event.data, eventId: event.id, at: event.at })
      else draft.notCounted.push(event.id)
      return
    case 'device-given':
      if (running && dose.units) dose.devices.push({ ...event.data, eventId: event.id, at: event.at })
      else draft.notCounted.push(event.id)
      return
    case 'dose-stopped':
    case 'dose-finished': {
      if (running) {
        if (paused) lastPause.until = event.at
        const { data } = event
        draft.doseDraft = {
          ...dose,
          ended: {
            eventId: event.id,
            how: event.kind === 'dose-stopped' ? 'stopped' : 'finished',
            at: event.at,
            mgGiven:
              'mgComputed' in data && data.mgComputed ? computedMg(dose, Date.parse(event.at)) : data.mgGiven,
          },
        }
      } else draft.notCounted.push(event.id)
      return
    }
    case 'discharge-step': {
      const answer = { ...event.data, eventId: event.id, at: event.at }
      draft.steps[event.data.step] = answer
      draft.stepAnswers.push(answer)
      return
    }
    case 'discharged':
      draft.dischargedAt ??= event.at
      return
    case 'session-closed':
      draft.closed = { at: event.at, outcome: event.data.outcome }
      return
    default:
      // Everything else about the person and the room is folded in care.ts.
      return
  }
}

/** What a reading said before its newest correction, oldest first. */
function earlierValues(asWritten: SessionEventOfKind<'reading'>, corrections: Corrections): Reading[] {
  const chain = corrections.get(asWritten.id) ?? []
  if (chain.length === 0) return []
  return [asWritten.data.values, ...chain.slice(0, -1).map(({ data }) => data.figures.values as Reading)]
}

function phaseOf(state: Omit<SessionState, 'phase'>): SessionPhase {
  if (state.dischargedAt || state.closed) return 'leave'
  if (state.dose) return state.dose.ended ? 'recover' : 'monitor'
  if (!state.arrivedAt) return 'arrive'
  const ready =
    state.identity?.complete && checklistGaps(state.checklist).length === 0 && state.readings.length > 0
  return ready ? 'dose' : 'check'
}

export type ChecklistGap = 'missing' | 'escort' | 'fasting' | 'use-since' | 'breath-alcohol'

/** What the checklist before a dose still lacks; unknown and not measured count as lacking. Breath alcohol must be 0.00. */
export function checklistGaps(checklist: SessionEventData['checklist'] | undefined): ChecklistGap[] {
  if (!checklist) return ['missing']
  const gaps: ChecklistGap[] = []
  if (!checklist.escortNamed || !checklist.escortPhoneGiven) gaps.push('escort')
  if (checklist.fasted !== 'yes') gaps.push('fasting')
  if (checklist.noUseSince !== 'yes') gaps.push('use-since')
  if (checklist.breathAlcoholGPer210L !== 0) gaps.push('breath-alcohol')
  return gaps
}
