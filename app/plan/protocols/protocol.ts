import type { ReadingPlan } from '@evenkeel/vital-signs'

/**
 * Where a figure of a protocol comes from. `study`: the study the protocol follows. `source`: read in a label or
 * guideline. `memory`: likely, not looked up. `default`: a design default that the clinic's medical director must
 * set; it is no published fact and is never shown as one. `clinic`: set by this clinic in its own version.
 */
export const ORIGINS = ['study', 'source', 'memory', 'default', 'clinic'] as const
export type Origin = (typeof ORIGINS)[number]

/** A figure with where it comes from, or the word that says what is not known. Never guessed, never 0 for unknown. */
export type Figure = KnownFigure | UnknownFigure
export type KnownFigure = { readonly value: number; readonly origin: Origin }
export type UnknownFigure = {
  readonly value: null
  /** What is said in its place: "not confirmed". */
  readonly word: string
}

export const ROUTES = [
  'intravenous',
  'intramuscular',
  'subcutaneous',
  'nasal-esketamine',
  'nasal-racemic',
  'sublingual',
  'oral',
] as const
export type Route = (typeof ROUTES)[number]

/** Other doses that the protocol allows after the first one, in order. A step is never raised after what `neverAfter` lists. */
export type Titration = {
  readonly furtherMgPerKg: readonly number[]
  readonly rule: string
  readonly neverAfter: readonly string[]
  readonly origin: Origin
}

/**
 * How much and how. mg/kg doses are counted from a weight; `fixed-mg` never is. `rate` is given until settled, in a
 * hospital only. No rule is ever turned into one of another route.
 */
export type DoseRule =
  | {
      readonly kind: 'infusion-mg-per-kg'
      /** One after the other: one step, or a bolus and then an infusion. */
      readonly steps: readonly InfusionStep[]
      readonly titration: Titration | null
    }
  | { readonly kind: 'bolus-mg-per-kg'; readonly mgPerKg: Figure; readonly titration: Titration | null }
  | {
      readonly kind: 'fixed-mg'
      /** The doses that may be ordered, ascending; exactly these and nothing between. */
      readonly choicesMg: readonly number[]
      readonly origin: Origin
      /** Why no choice is given; null when there is one. */
      readonly unknownBecause: string | null
      /** What may be given on the first day, when that is fewer. */
      readonly firstDayChoicesMg: readonly number[] | null
      /** How it is taken: devices, holding time. */
      readonly administration: string
    }
  | {
      readonly kind: 'rate'
      readonly lowMgPerKgPerH: Figure
      readonly highMgPerKgPerH: Figure
      readonly bolusMgPerKg: Figure | null
    }

export type InfusionStep = {
  readonly title: string
  readonly mgPerKg: Figure
  readonly durationMin: Figure
}

/**
 * Above `soft` an order needs a reason, above `hard` a second prescriber. For infusions, faster than the rate is
 * refused, but for a step that the protocol itself defines as a bolus (`bolusException`).
 */
export type Ceilings =
  | {
      readonly by: 'mg-per-kg'
      readonly softMgPerKg: Figure
      readonly hardMgPerKg: Figure
      /** Null where there is no rate (a dose given at once). */
      readonly rateMgPerKgPerMin: Figure | null
      readonly bolusException: {
        readonly stepTitle: string
        readonly mgPerKgPerMin: number
        readonly origin: Origin
      } | null
    }
  | { readonly by: 'mg'; readonly softMg: Figure; readonly hardMg: Figure }

export const PHASE_KINDS = [
  'evaluate',
  'prepare',
  'induct',
  'integrate',
  'maintain',
  'taper',
  'stop',
] as const
export type PhaseKind = (typeof PHASE_KINDS)[number]

/** A part of a treatment, in order. */
export type ProtocolPhase = {
  readonly id: string
  readonly kind: PhaseKind
  readonly title: string
  readonly text: string
}

/** How many calendar days (in the clinic's zone) lie between one session and the next. */
export type SpacingWindow = {
  readonly earliestDays: number
  readonly targetDays: number
  readonly latestDays: number
  readonly origin: Origin
}

/** Sessions that follow each other with the same spacing. The first window is that after the session before it. */
export type CourseStretch = {
  readonly phaseId: string
  readonly title: string
  readonly sessions: Figure
  readonly spacing: SpacingWindow | null
  /** Days aimed at in turn where they alternate (twice a week: 3 and 4); empty when always `targetDays`. */
  readonly targetsInTurn: readonly number[]
  /** Goes on while it helps; `sessions` are then those before the next review. */
  readonly openEnded: boolean
}

export type ScaleMoment = {
  readonly scale: string
  /** Minutes from the start of dosing; negative before it. */
  readonly atMin: readonly number[]
  readonly origin: Origin
}

export type Monitoring = {
  /** The clock of readings at the bedside. */
  readonly readings: ReadingPlan
  readonly values: readonly string[]
  readonly scales: readonly ScaleMoment[]
  readonly continuous: readonly string[]
}

export type StopRule = { readonly when: string; readonly act: string; readonly origin: Origin }

export type DayRule = { readonly item: string; readonly rule: string; readonly origin: Origin }

export type PairedTherapy = {
  readonly name: string
  readonly sessions: Figure
  /** When a therapy session is aimed at, in hours after a dose; null when the study ties it to none. */
  readonly hoursAfterDose: { readonly from: number; readonly to: number; readonly origin: Origin } | null
  readonly text: string
}

export const GRADES = [
  'approved',
  'positive',
  'mixed',
  'null',
  'biased',
  'uncontrolled',
  'thin',
  'pending',
] as const
export type Grade = (typeof GRADES)[number]

export const CONDITION_GROUPS = [
  'alcohol',
  'cocaine',
  'cannabis',
  'opioids',
  'benzodiazepines',
  'methamphetamine',
  'gambling',
  'depression',
  'ptsd',
  'bipolar',
  'ocd',
  'mixed',
] as const
export type ConditionGroup = (typeof CONDITION_GROUPS)[number]

/** The form of `Protocol`. A stored version of an older form is never read as if it were this one. */
export const PROTOCOL_SCHEMA_VERSION = 2

/**
 * A treatment written down so that it can be followed, checked and counted: versioned data, never edited. A change
 * is a new version; a plan keeps the version it was made with.
 */
export type Protocol = {
  readonly schemaVersion: typeof PROTOCOL_SCHEMA_VERSION
  readonly id: string
  readonly version: string
  readonly title: string
  readonly conditionGroup: ConditionGroup
  readonly condition: string
  readonly setting: 'outpatient' | 'hospital-only'
  readonly route: Route
  readonly dose: DoseRule
  readonly course: readonly CourseStretch[]
  readonly phases: readonly ProtocolPhase[]
  /** What the diary books for one session, from arrival to leaving. */
  readonly visit: {
    readonly parts: readonly { readonly title: string; readonly minutes: number }[]
    readonly origin: Origin
  }
  readonly ceilings: Ceilings
  readonly weight: {
    readonly maxAgeDays: number
    readonly changeToAcknowledgePercent: number
    readonly origin: Origin
  }
  /** How long a signed order may be dosed from, in days. */
  readonly orderValidDays: number
  readonly dayOf: readonly DayRule[]
  readonly monitoring: Monitoring
  readonly stopRules: readonly StopRule[]
  readonly nonResponse: {
    readonly reviewAfterSessions: Figure
    readonly text: string
    readonly origin: Origin
  }
  readonly discharge: {
    /** Minutes before anybody may leave, counted from the end of the dose (an injection ends when it is given). */
    readonly minMinutesAfterEnd: number
    readonly countedFrom: 'end of the infusion' | 'the dose' | 'the first device'
    readonly conditions: readonly string[]
    readonly origin: Origin
  }
  /** Null when the study had none. */
  readonly therapy: PairedTherapy | null
  readonly evidence: {
    readonly grade: Grade
    /** The study it follows first, then those a reader should know, the ones without benefit included; `find` tells each. */
    readonly studyIds: readonly string[]
    /** The grade in plain words, the unwelcome parts included. */
    readonly text: readonly string[]
  }
  /** Documents the person must have signed, in their current version, before a dose. */
  readonly requiredDocumentIds: readonly string[]
  /** Why it may not be ordered though every figure is known; null when nothing stands in the way. */
  readonly notOrderableBecause: string | null
}

/** Minutes of one visit, from arrival to leaving. */
export function visitMin(protocol: Pick<Protocol, 'visit'>): number {
  return protocol.visit.parts.reduce((sum, part) => sum + part.minutes, 0)
}
