import type { ReadingPlan } from '@evenkeel/vital-signs'

/**
 * Where a figure of a protocol comes from. `study`: the study the protocol follows. `source`: read in a label or
 * guideline. `memory`: likely, not looked up. `default`: a design default that the clinic's medical director must
 * set; it is no published fact and is never shown as one.
 */
export type Origin = 'study' | 'source' | 'memory' | 'default'

/** A part of a treatment, in order. */
export type ProtocolPhase = { readonly id: string; readonly title: string; readonly text: string }

/** How many calendar days (in the clinic's zone) lie between one session and the next. */
export type SpacingWindow = {
  readonly earliestDays: number
  readonly targetDays: number
  readonly latestDays: number
  readonly origin: Origin
}

/** Above `soft` an order needs a reason, above `hard` a second prescriber; above the rate it is refused. */
export type DoseCeilings = {
  readonly softMgPerKg: number
  readonly hardMgPerKg: number
  readonly rateMgPerKgPerMin: number
  readonly origin: Origin
}

export type StopRule = { readonly when: string; readonly act: string; readonly origin: Origin }

/**
 * A treatment written down so that it can be followed, checked and counted: versioned data, never edited. A change
 * is a new version; a plan keeps the version it was made with.
 */
export type Protocol = {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly condition: string
  /** The study it follows; `find` tells it in full. */
  readonly studyId: string
  /** Other studies a reader should know: repeats under way, and those without benefit. */
  readonly otherStudyIds: readonly string[]
  readonly route: 'intravenous'
  readonly dose: { readonly mgPerKg: number; readonly durationMin: number; readonly origin: Origin }
  readonly sessions: number
  readonly spacing: SpacingWindow
  readonly phases: readonly ProtocolPhase[]
  /** What the diary books for one session, from arrival to leaving. */
  readonly visit: {
    readonly parts: readonly { readonly title: string; readonly minutes: number }[]
    readonly origin: Origin
  }
  readonly ceilings: DoseCeilings
  readonly weight: {
    readonly maxAgeDays: number
    readonly changeToAcknowledgePercent: number
    readonly origin: Origin
  }
  /** How long a signed order may be dosed from, in days. */
  readonly orderValidDays: number
  readonly monitoring: ReadingPlan
  readonly discharge: {
    /** Minutes after the end of the infusion before anybody may leave. */
    readonly minMinutesAfterEnd: number
    readonly conditions: readonly string[]
    readonly origin: Origin
  }
  readonly stopRules: readonly StopRule[]
  readonly therapy: { readonly name: string; readonly sessions: number; readonly text: string }
  readonly evidence: {
    /** One word: what the study found. */
    readonly grade: 'positive' | 'mixed' | 'null' | 'uncontrolled' | 'pending'
    /** The grade in plain words, the unwelcome parts included. */
    readonly text: readonly string[]
  }
  /** Documents the person must have signed, in their current version, before a dose. */
  readonly requiredDocumentIds: readonly string[]
}

/** Minutes of one visit, from arrival to leaving. */
export function visitMin(protocol: Protocol): number {
  return protocol.visit.parts.reduce((sum, part) => sum + part.minutes, 0)
}
