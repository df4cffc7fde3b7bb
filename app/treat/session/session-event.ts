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
  'access-out',
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

/** Scales of the bedside. MOAA/S is a sign of a reading as well; here it stands where only it was asked. */
export const SCALES = {
  moaas: { title: 'Responsiveness (MOAA/S)', low: 0, high: 5 },
  rass: { title: 'Agitation and sedation (RASS)', low: -5, high: 4 },
  cadss: { title: 'Dissociation (CADSS)', low: 0, high: 92 },
  'dissociation-0-10': { title: 'Dissociation, 0 to 10', low: 0, high: 10 },
  'nausea-0-10': { title: 'Nausea, 0 to 10', low: 0, high: 10 },
  'distress-0-10': { title: 'Distress, 0 to 10', low: 0, high: 10 },
  'pain-0-10': { title: 'Pain, 0 to 10', low: 0, high: 10 },
  aldrete: { title: 'Recovery (Aldrete)', low: 0, high: 10 },
  padss: { title: 'Readiness to leave (PADSS)', low: 0, high: 10 },
} as const
export type ScaleId = keyof typeof SCALES

export const COMFORT_MEASURES = [
  'blanket',
  'eye-mask',
  'light-dimmed',
  'position',
  'breathing',
  'hand-held',
  'quiet',
] as const
export type ComfortMeasure = (typeof COMFORT_MEASURES)[number]

export const CALL_TO = [
  'second-nurse',
  'prescriber',
  'emergency-911',
  'escort',
  'poison-control',
  'manager',
  'other',
] as const
export type CallTo = (typeof CALL_TO)[number]

/**
 * A step in the life of an alarm. Who acknowledged is who recorded the entry; what the clinic's clock raised,
 * escalated or saw end is recorded by the clinic itself.
 */
export type AlarmChange = {
  readonly alarmId: string
  readonly change: 'raised' | 'worsened' | 'seen' | 'acknowledged' | 'escalated' | 'resolved' | 'raised-again'
  /** The rule of the limits, or the technical cause, that raised it: "sbp-high-red", "reading-overdue", "silence". */
  readonly cause: string
  readonly level: 'amber' | 'red' | 'technical'
  readonly sign?: VitalSign
  /** The value that raised it, in the sign's own unit; left out for technical causes. */
  readonly value?: number
  /** Version of the limits it was judged by. */
  readonly limitsVersion?: string
  /** Step of the ladder, from 1: second nurse, prescriber. */
  readonly ladderStep?: number
}

export const ADVERSE_TERMS = [
  'hypertension',
  'hypotension',
  'tachycardia',
  'bradycardia',
  'desaturation',
  'respiratory-depression',
  'laryngospasm',
  'oversedation',
  'distressing-dissociation',
  'panic',
  'psychosis',
  'mania',
  'suicidal-thoughts',
  'nausea',
  'vomiting',
  'headache',
  'dizziness',
  'chest-pain',
  'seizure',
  'allergic-reaction',
  'excess-saliva',
  'bladder-pain',
  'extravasation',
  'fall',
  'medication-error',
  'other',
] as const

export const SERIOUS_CRITERIA = [
  'death',
  'life-threatening',
  'hospital',
  'disability',
  'congenital',
  'important-medical-event',
] as const

export type AdverseEventFigures = {
  readonly term: (typeof ADVERSE_TERMS)[number]
  /** 1 mild, 2 moderate, 3 severe, 4 life-threatening, 5 death: the grading of CTCAE. */
  readonly grade: 1 | 2 | 3 | 4 | 5
  readonly relation: 'unrelated' | 'unlikely' | 'possible' | 'probable' | 'definite' | 'unknown'
  /** What makes it serious; empty when nothing does. */
  readonly serious: readonly (typeof SERIOUS_CRITERIA)[number][]
  readonly expected: 'expected' | 'unexpected' | 'unknown'
  readonly outcome: 'resolved' | 'resolving' | 'not-resolved' | 'resolved-with-sequelae' | 'fatal' | 'unknown'
  /** By when somebody looks at it again; null when nobody needs to. */
  readonly followUpBy: Instant | null
}

/** A dose counted in devices or tablets. */
export type OrderedUnits = {
  readonly unitMg: number
  readonly count: number
  /** Minutes from the first one at which each is given; empty where all are given at once. */
  readonly atMin: readonly number[]
}

/** How long a thing was seen, in minutes since the first device; null where it is not known or not over. */
export type RemsSeen = {
  readonly seen: Answer
  readonly onsetMin: number | null
  readonly resolvedMin: number | null
}

/**
 * What the REMS of esketamine asks about a session and no other entry says. Recorded as it becomes known; what was not
 * recorded is unknown, and is printed so. Fields of the outpatient form as the facts page of safety lists them.
 */
export type RemsFacts = {
  readonly enrolled: Answer
  readonly firstTreatment: Answer
  readonly prescriberOnSite: Answer
  readonly oximeterReady: Answer
  readonly takesBenzodiazepine: Answer
  readonly takesSedative: Answer
  readonly takesOpioid: Answer
  readonly takesPsychostimulant: Answer
  readonly takesMaoInhibitor: Answer
  readonly vitalsAcceptableBefore: Answer
  readonly vitalsAcceptableAtEnd: Answer
  /** Minutes from the first device at which they would have been ready without the rule of two hours. */
  readonly readyAfterMin: number | null
  readonly sedation: RemsSeen
  readonly dissociation: RemsSeen
  readonly respiratoryDepression: Answer
}

/** A part of a dose that was drawn from another lot than the first. */
export type OtherLot = { readonly lotId: LotId; readonly ml: number }

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
    /** What was drawn from a vial, and the vial's strength; absent for devices and tablets. */
    readonly drawnMl?: number
    readonly lotConcentrationMgPerMl?: number
    /** Further lots of the same drug and strength, where one did not hold it all: how much of the volume drawn came from each. The rest came from `lotId`. */
    readonly otherLots?: readonly OtherLot[]
    /** Devices or tablets; absent for what is drawn from a vial. */
    readonly units?: OrderedUnits
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
  'dose-stopped': {
    readonly mgGiven: number
    readonly computedMg: number
    /** Nobody read the mg from the pump: they follow from rates and times, also from what arrives later for before the stop. */
    readonly mgComputed?: true
  }
  'dose-finished': {
    readonly mgGiven: number
    readonly computedMg: number
    /** The end of a dose that was given whole at once. */
    readonly atOnce?: true
  }
  /** One of the devices of a nasal dose; the next one waits until it is due. */
  'device-given': { readonly deviceNumber: number; readonly mg: number; readonly lotId: LotId }
  /** Answers for the REMS; the newest answer to each question counts. */
  rems: Partial<RemsFacts>
  /** Drug by hand beside the pump. No order defines one, so none is taken; an older log may hold one, and it is in no sum. */
  'bolus-given': { readonly mg: number; readonly ml: number }
  observation: { readonly topic: 'general' | 'distress' | 'nausea' | 'comfort' | 'call' }
  'access-placed': {
    readonly side: 'left' | 'right'
    readonly place: 'hand' | 'wrist' | 'forearm' | 'elbow' | 'other'
    /** Size of the cannula in gauge; null when it was not noted. */
    readonly gauge: number | null
    /** Whether it was seen to run freely, without swelling or pain. */
    readonly runsFreely: Answer
  }
  'access-removed': { readonly of: SessionEventId; readonly intact: Answer }
  /** A scale of the schedule. A score that could not be taken is null, with the reason in words; never 0. */
  scale: {
    readonly scale: ScaleId
    readonly score: number | null
    /** Points of its parts, where it is a sum. */
    readonly parts?: Readonly<Record<string, number>>
    readonly notTaken?: 'declined' | 'asleep' | 'not-able'
  }
  comfort: { readonly measure: ComfortMeasure; readonly on: boolean }
  music: { readonly on: boolean }
  /** Somebody sits with the person; who it is stands in words unless it is a colleague. */
  'sitter-in': { readonly accountId: string | null }
  'sitter-out': { readonly of: SessionEventId }
  /** A medicine beside the ordered dose: always on a prescriber's order, never proposed by this page. */
  'medicine-given': {
    readonly medicine: string
    readonly amount: number
    readonly unit: 'mg' | 'mcg' | 'mL' | 'g' | 'L/min'
    readonly route: 'intravenous' | 'intramuscular' | 'oral' | 'sublingual' | 'nasal' | 'inhaled'
    readonly against:
      | 'hypertension'
      | 'nausea'
      | 'agitation'
      | 'saliva'
      | 'allergy'
      | 'breathing'
      | 'pain'
      | 'seizure'
      | 'other'
    /** Account of who ordered it; null when it was a standing order, named in words. */
    readonly orderedBy: string | null
  }
  alarm: AlarmChange
  'adverse-event': AdverseEventFigures
  /** What became of an adverse event; the newest word counts and the earlier ones stay. */
  'adverse-event-followed': { readonly of: SessionEventId } & Partial<AdverseEventFigures>
  call: { readonly to: CallTo; readonly answered: Answer }
  /** The watch over the room is offered to a colleague; until that colleague takes it, it stays where it was. */
  'handover-offered': { readonly to: string }
  'handover-taken': { readonly of: SessionEventId }
  /** Somebody watches this room from now on, without an offer: at the beginning, or because nobody else is there. */
  'watch-taken': { readonly from: string | null }
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
  readonly name?: string
}

/** The tablet an entry was written on, its number there, and how far that clock was ahead of the server's (negative: behind). */
export type EntryOrigin = {
  readonly tablet: string
  readonly number: number
  readonly aheadMs: number | null
}

/** Stands as the author of what the clinic's clock records: an alarm that was raised, escalated or saw its end. */
export const THE_CLINIC = '00000000-0000-0000-0000-000000000000'

type EventOf<Kind extends SessionEventKind> = {
  readonly id: SessionEventId
  readonly kind: Kind
  /** When it happened at the bedside. */
  readonly at: Instant
  /** When the server stored it; later than `at` for what was entered afterwards. */
  readonly receivedAt?: Instant
  /** Account of who recorded it; `THE_CLINIC` for what its clock recorded. */
  readonly by: string
  /** Where it was written, when that was a tablet with a queue of its own. */
  readonly via?: EntryOrigin
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
