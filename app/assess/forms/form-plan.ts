import type { Id } from '../../platform/ids.ts'
import type { Instant } from '../../platform/time.ts'
import type { AssessmentId } from '../assessment.ts'
import type { PhaseId, TrackId } from './condition-track.ts'
import type { EditionId } from './edition.ts'

/** One form of a plan in the wording that was in use when it was planned; null is our plain-language edition. */
export type PlannedForm = { readonly instrumentId: string; readonly editionId: EditionId | null }

/** Which forms one intake asks. Fixed when made; another one replaces it as a whole. */
export type IntakePlan = {
  readonly id: Id<'intake-plan'>
  readonly assessmentId: AssessmentId
  readonly track: TrackId
  readonly forms: readonly PlannedForm[]
  readonly plannedAt: Instant
  /** Account id, or "system". */
  readonly plannedBy: string
}

/** Who gives the answers: the person alone, or somebody for them, named in words. */
export type Respondent = { readonly kind: 'self' } | { readonly kind: 'proxy'; readonly proxy: string }

export type IntakeStart = {
  readonly assessmentId: AssessmentId
  readonly startedAt: Instant
  /** IANA name of the zone the person was in. */
  readonly timeZone: string
  readonly respondent: Respondent
}

/** A clinic's own set of instruments for a track and phase, as it was last changed. */
export type StoredSet = {
  readonly track: TrackId
  readonly phase: PhaseId
  readonly instruments: readonly string[]
  readonly changedAt: Instant
  readonly changedBy: string
}

/** What assessments opened before there were sets asked, in that order. */
export const FIRST_INTAKE: readonly PlannedForm[] = ['phq-9', 'gad-7', 'audit', 'craving-nrs'].map(
  (instrumentId) => ({ instrumentId, editionId: null }),
)
