import type { Id } from '../../platform/ids.ts'
import { addMs, type Instant, MINUTE_MS } from '../../platform/time.ts'
import type { AppointmentId } from '../plan.ts'
import type { StaffPart } from './appointment-type.ts'

export type ResourceKind = 'person' | 'staff' | 'room' | 'chair' | 'equipment'

/** A person, member of staff, room, chair or piece of equipment, by its id. */
export type ResourceId = Id<'resource'>

/**
 * What a visit holds, from `from` to before `until` (time of preparing and cleaning included). Of two `alone` holds of
 * one resource never both are live at one moment; `present` holds are shared.
 */
export type Hold = {
  readonly kind: ResourceKind
  readonly resourceId: ResourceId
  readonly sharing: 'alone' | 'present'
  /** What a member of staff is there for; undefined for the rest. */
  readonly part: StaffPart | undefined
  readonly from: Instant
  readonly until: Instant
}

export type StoredHold = Hold & { readonly appointmentId: AppointmentId }

/** Any id of a person, member, room, chair or item as a resource. */
export function resource(id: Id<string>): ResourceId {
  return id as unknown as ResourceId
}

/** Everything one visit takes. */
export type Placed = {
  readonly personId: Id<'person'>
  readonly startsAt: Instant
  readonly lengthMin: number
  readonly beforeMin: number
  readonly afterMin: number
  readonly place:
    | { readonly kind: 'chair' | 'room'; readonly id: Id<string>; readonly turnaroundMin: number }
    | undefined
  readonly staff: readonly { readonly part: StaffPart; readonly membershipId: Id<'membership'> }[]
  readonly onSite: Id<'membership'> | undefined
  readonly equipment: readonly Id<'equipment'>[]
}

/** The holds of a visit: people for its length, place and equipment with the time before and after. */
export function holdsOf(placed: Placed): Hold[] {
  const from = placed.startsAt
  const until = addMs(from, placed.lengthMin * MINUTE_MS)
  const early = addMs(from, -placed.beforeMin * MINUTE_MS)
  const late = (ownMin: number) => addMs(until, Math.max(ownMin, placed.afterMin) * MINUTE_MS)
  const alone = { sharing: 'alone', part: undefined } as const
  return [
    { ...alone, kind: 'person', resourceId: resource(placed.personId), from, until },
    ...placed.staff.map(
      ({ part, membershipId }): Hold => ({
        kind: 'staff',
        resourceId: resource(membershipId),
        sharing: 'alone',
        part,
        from,
        until,
      }),
    ),
    ...(placed.onSite
      ? [
          {
            kind: 'staff',
            resourceId: resource(placed.onSite),
            sharing: 'present',
            part: 'prescriber',
            from,
            until,
          } as const,
        ]
      : []),
    ...(placed.place
      ? [
          {
            ...alone,
            kind: placed.place.kind,
            resourceId: resource(placed.place.id),
            from: early,
            until: late(placed.place.turnaroundMin),
          },
        ]
      : []),
    ...placed.equipment.map(
      (id): Hold => ({ ...alone, kind: 'equipment', resourceId: resource(id), from: early, until: late(0) }),
    ),
  ]
}

/** What of wanted holds the others have already: half-open intervals, so that one may begin as another ends. */
export function clashes(wanted: readonly Hold[], others: readonly Hold[]): Hold[] {
  return wanted.filter(
    (want) =>
      want.sharing === 'alone' &&
      others.some(
        (other) =>
          other.sharing === 'alone' &&
          other.resourceId === want.resourceId &&
          want.from < other.until &&
          other.from < want.until,
      ),
  )
}

/** What a refused booking names. */
export type Taken = 'patient' | 'chair' | 'room' | 'equipment' | StaffPart

/** What stands in the way, in words' order, each once. */
export function takenOf(holds: readonly Hold[]): Taken[] {
  const order: readonly Taken[] = [
    'patient',
    'chair',
    'room',
    'nurse',
    'therapist',
    'prescriber',
    'equipment',
  ]
  const named = new Set(
    holds.map(
      (hold): Taken =>
        hold.kind === 'person' ? 'patient' : hold.kind === 'staff' ? (hold.part ?? 'nurse') : hold.kind,
    ),
  )
  return order.filter((each) => named.has(each))
}
