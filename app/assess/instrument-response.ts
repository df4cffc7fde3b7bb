import type { ScoringContext, ScoringOutcome } from '@evenkeel/questionnaires'
import type { Id, PersonId } from '../platform/ids.ts'
import type { Instant } from '../platform/time.ts'

export type ResponseId = Id<'instrument-response'>

/** Who gave the answers: the person, somebody for them, or somebody who rates what they see and hear. */
export type Respondent = 'self' | 'proxy' | 'clinician'

/** Answers to one instrument at one time, with what was asked and how it was scored then. */
export type InstrumentResponse = {
  readonly id: ResponseId
  readonly personId: PersonId
  /** Where it was answered: "intake", "check-in" … and the id there. */
  readonly source: string
  readonly objectId: string
  readonly instrumentId: string
  readonly version: string
  readonly edition: string
  readonly formHash: string
  readonly recallPeriod: string
  readonly scoringVersion: number
  readonly answers: Readonly<Record<string, unknown>>
  /** Scores as computed when it was stored; an incomplete one has no value, never a low one. */
  readonly scores: ScoringOutcome
  readonly completedAt: Instant
  /** When the first answer was given; absent where nobody kept it. */
  readonly startedAt?: Instant
  /** The zone in which it was answered (IANA), so that a time of night can be read as such. */
  readonly timeZone?: string
  /** Absent for responses stored before it was asked: unknown, not "self". */
  readonly respondent?: Respondent
  /** Who answered for the person, in words; only with `respondent: 'proxy'`. */
  readonly proxy?: string
  /** What scoring was told beside the answers; absent where nobody kept it. */
  readonly context?: ScoringContext
  /** The account, link or system that stored it. */
  readonly recordedBy?: string
}
