import type { Reading, VitalSign } from '@evenkeel/vital-signs'
import type { Route } from '../../plan/index.ts'
import type { Id } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'

export type SessionId = Id<'session'>
export type SessionEventId = Id<'session-event'>
export type LotId = Id<'drug-lot'>

/** An answer at the bedside. Unknown is an answer of its own and never counts as yes. */
export type Answer = 'yes' | 'no' | 'unknown'

/** What is observed by a person, not measured, before somebody may leave. */
export const DISCHARGE_STEPS = [
  'oriented',
  'no-dissociation',
  'steady-gait',
  'nausea-controlled',
  'no-new-suicidal-thoughts',
  'escort-present',
  'instructions-given',
] as const
export type DischargeStep = (typeof DISCHARGE_STEPS)[number]

/** One stretch of an infusion at one speed, as ordered. */
export type OrderedStep = {
  readonly title: string
  readonly durationMin: number
  readonly rateMlPerH: number
  readonly rateMgPerH: number
}

/** What each kind of event records in figures and codes. No names and no free text: these travel over the live feed. */
export type SessionEventData = {
  arrived: Record<never, never>
  'identity-checked': { readonly identifiers: readonly ('full-name' | 'birth-date' | 'photo-id')[] }
  checklist: {
    readonly escortNamed: boolean
    readonly escortPhoneGiven: boolean
    readonly fasted: Answer
    readonly noUseSince: Answer
    /** Grams per 210 litres of breath; null when not measured. */
    readonly breathAlcoholGPer210L: number | null
  }
  reading: {
    readonly values: Reading
    /** Signs whose unlikely value was asked about and confirmed. */
    readonly confirmed: readonly VitalSign[]
  }
  'dose-started': {
    readonly orderId: string
    readonly lotId: LotId
    readonly drawnMl: number
    readonly lotConcentrationMgPerMl: number
    readonly orderedMg: number
    /** How fast the drug runs, in mg per hour, from the order's dose and duration. */
    readonly rateMgPerH: number
    readonly durationMin: number
    /** Of an order in several steps: what the pump is to be set to one after the other. Each new rate is an entry of its own. */
    readonly steps?: readonly OrderedStep[]
    /** Given whole at this instant by this route, with no pump: rate and duration are 0, and the end follows at once. */
    readonly atOnce?: Route
  }
  'dose-paused': Record<never, never>
  'dose-resumed': Record<never, never>
  'dose-rate-changed': {
    /** The pump's new rate, as read from it. */
    readonly rateMlPerH: number
    /** The same in drug, by the strength the order had mixed. */
    readonly rateMgPerH: number
  }
  'dose-stopped': { readonly mgGiven: number; readonly computedMg: number }
  'dose-finished': {
    readonly mgGiven: number
    readonly computedMg: number
    /** The end of a dose that was given whole at once. */
    readonly atOnce?: true
  }
  observation: { readonly topic: 'general' | 'distress' | 'nausea' | 'comfort' | 'call' }
  /** Replaces the figures of an earlier event; the old ones stay in the log. */
  correction: { readonly of: SessionEventId; readonly figures: Readonly<Record<string, unknown>> }
  'discharge-step': { readonly step: DischargeStep; readonly met: Answer }
  discharged: {
    /** Account of the second clinician who let the person go although something was not met or not known. */
    readonly overrideBy: string | null
    readonly notMet: readonly string[]
  }
  'session-closed': { readonly outcome: 'completed' | 'ended-without-dose' }
}

export type SessionEventKind = keyof SessionEventData

/** Free text that belongs to an event; it stays in the record and never travels over the live feed. */
export type EventWords = {
  readonly text?: string
  readonly reason?: string
  readonly escortName?: string
  readonly escortPhone?: string
}

type EventOf<Kind extends SessionEventKind> = {
  readonly id: SessionEventId
  readonly kind: Kind
  /** When it happened at the bedside. */
  readonly at: Instant
  /** When the server stored it; later than `at` for what was entered afterwards. */
  readonly receivedAt?: Instant
  /** Account of who recorded it. */
  readonly by: string
  readonly data: SessionEventData[Kind]
  readonly words?: EventWords
}

/** One entry of a session's log. Written once; a mistake is answered by a further event. */
export type SessionEvent = { [Kind in SessionEventKind]: EventOf<Kind> }[SessionEventKind]

export type SessionEventOfKind<Kind extends SessionEventKind> = Extract<SessionEvent, { kind: Kind }>

/** The event as it may leave for screens: figures and codes only. */
export function withoutWords(event: SessionEvent): SessionEvent {
  const { words: _, ...rest } = event
  return rest as SessionEvent
}
