import type { AssessmentId, EligibilityDecision } from '../assess/index.ts'
import type { AccountId, Id, MembershipId, PersonId } from '../platform/ids.ts'
import type { Instant } from '../platform/time.ts'

export type PlanId = Id<'plan'>
export type AppointmentId = Id<'appointment'>
export type SeriesId = Id<'series'>
export type ChairId = Id<'chair'>
export type SignatureId = Id<'consent-signature'>

/** One person's treatment by one version of a protocol, made on one signed decision. */
export type Plan = {
  readonly id: PlanId
  readonly personId: PersonId
  readonly assessmentId: AssessmentId
  readonly decisionId: EligibilityDecision['id']
  readonly protocolId: string
  readonly protocolVersion: string
  readonly createdBy: AccountId | undefined
  readonly createdAt: Instant
}

/** One visit of a person, in one chair, with one nurse. Times are instants; the chair is kept longer for turnaround. */
export type Appointment = {
  readonly id: AppointmentId
  readonly planId: PlanId
  readonly personId: PersonId
  readonly sessionNumber: number
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly chairId: ChairId
  readonly chairName: string
  readonly roomName: string
  readonly nurseMembershipId: MembershipId
  readonly nurseName: string
  readonly movedAt: Instant | undefined
  readonly cancelledAt: Instant | undefined
}

export type Chair = {
  readonly id: ChairId
  readonly roomName: string
  readonly name: string
  /** Minutes after a visit during which the chair is cleaned and cannot be booked. */
  readonly turnaroundMin: number
}
