import type { Id, MembershipId, PersonId } from '../../platform/ids.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import type { AppointmentId, ChairId, PlanId, SeriesId } from '../plan.ts'
import type { RoomKind, StaffPart } from './appointment-type.ts'

export type RoomId = Id<'room'>
export type EquipmentId = Id<'equipment'>
export type LeaveId = Id<'leave'>
export type ClosureId = Id<'closure'>

/** One entry of the diary, of whatever kind, with everything it holds. */
export type DiaryEntry = {
  readonly id: AppointmentId
  readonly seriesId: SeriesId
  readonly typeCode: string
  readonly typeName: string
  readonly neutralName: string
  readonly personId: PersonId
  /** Undefined for an appointment without a plan. */
  readonly planId: PlanId | undefined
  /** Set for the dosing sessions of a plan. */
  readonly sessionNumber: number | undefined
  readonly startsAt: Instant
  readonly endsAt: Instant
  /** With the time before and after during which place and equipment are held. */
  readonly heldFrom: Instant
  readonly heldUntil: Instant
  readonly place:
    | {
        readonly kind: 'chair' | 'room'
        readonly id: ChairId | RoomId
        readonly roomId: RoomId
        readonly roomName: string
        /** Undefined when the whole room is taken. */
        readonly chairName: string | undefined
        /** "Room 1, Chair A" or "Room 3". */
        readonly label: string
      }
    | undefined
  /** Who is with the person. */
  readonly staff: readonly {
    readonly part: StaffPart
    readonly membershipId: MembershipId
    readonly name: string
  }[]
  /** The prescriber in the house, when one was found; undefined when none is needed or it is not known. */
  readonly onSite: { readonly membershipId: MembershipId; readonly name: string } | undefined
  readonly equipment: readonly { readonly id: EquipmentId; readonly name: string }[]
  readonly bookedAt: Instant
  readonly movedAt: Instant | undefined
  readonly cancelledAt: Instant | undefined
  /** How often it was moved or cancelled since it was booked. */
  readonly changes: number
}

export type Room = {
  readonly id: RoomId
  readonly name: string
  readonly kind: RoomKind
  readonly retired: boolean
}

export type Equipment = {
  readonly id: EquipmentId
  /** "infusion-pump": what a kind of appointment asks for. */
  readonly kind: string
  readonly name: string
  readonly retired: boolean
}

/** Hours of one weekday, by the clinic's wall clock; 0 is Sunday. A break makes two of them. */
export type DayHours = { readonly weekday: number; readonly from: string; readonly until: string }

/** When a member works, from a day on. */
export type WorkingWeek = {
  readonly membershipId: MembershipId
  readonly validFrom: LocalDate
  readonly hours: readonly DayHours[]
}

export const LEAVE_KINDS = ['away', 'training', 'other-duty'] as const
export type LeaveKind = (typeof LEAVE_KINDS)[number]

export type Leave = {
  readonly id: LeaveId
  readonly membershipId: MembershipId
  readonly from: Instant
  readonly until: Instant
  readonly kind: LeaveKind
}

/** A day unlike the week: closed, or open at other hours. */
export type Closure = {
  readonly id: ClosureId
  readonly day: LocalDate
  readonly title: string
  readonly hours: { readonly opens: string; readonly closes: string } | 'closed'
}
