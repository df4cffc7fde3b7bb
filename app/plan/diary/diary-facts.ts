import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import type { ClinicId, MembershipId } from '../../platform/ids.ts'
import type { Chair } from '../plan.ts'
import type { AppointmentType, StaffPart } from './appointment-type.ts'
import type { Closure, Equipment, Leave, Room, RoomId, WorkingWeek } from './diary-entry.ts'

/** Everything the diary of a clinic is decided on, but for what is held. */
export type DiaryFacts = {
  readonly clinic: ClinicProfile & { readonly id: ClinicId }
  readonly types: readonly AppointmentType[]
  readonly chairs: readonly (Chair & { readonly roomId: RoomId; readonly retired: boolean })[]
  readonly rooms: readonly Room[]
  readonly equipment: readonly Equipment[]
  /** Members of staff who can be with a person, or on site, with what they can be there for. */
  readonly staff: readonly {
    readonly membershipId: MembershipId
    readonly name: string
    readonly parts: readonly StaffPart[]
  }[]
  readonly weeks: readonly WorkingWeek[]
  readonly leaves: readonly Leave[]
  readonly closures: readonly Closure[]
}
