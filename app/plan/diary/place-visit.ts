import type { MembershipId, PersonId } from '../../platform/ids.ts'
import { done, type Outcome, refused } from '../../platform/outcome.ts'
import { addMs, DAY_MS, type Instant, MINUTE_MS } from '../../platform/time.ts'
import type { ChairId } from '../plan.ts'
import { type AppointmentType, DOSING, type StaffPart } from './appointment-type.ts'
import { atWork, withinHours } from './calendar.ts'
import type { EquipmentId, RoomId } from './diary-entry.ts'
import type { DiaryFacts } from './diary-facts.ts'
import { type DiaryGrid, layOut, type VisitShape } from './free-slots.ts'
import { clashes, type Hold, holdsOf, type ResourceId, resource, type StoredHold } from './hold.ts'

/** Where and with whom a visit is wanted. What is left out is chosen, where the kind of visit needs it. */
export type WantedWith = {
  readonly chairId?: ChairId | undefined
  readonly roomId?: RoomId | undefined
  readonly nurseMembershipId?: MembershipId | undefined
  readonly therapistMembershipId?: MembershipId | undefined
  readonly prescriberMembershipId?: MembershipId | undefined
}

export type Wanted = WantedWith & {
  readonly personId: PersonId
  readonly type: AppointmentType
  readonly startsAt: Instant
  readonly lengthMin: number
}

/** So far ahead a visit can be booked: two years. Further is a slip of the keyboard. A design default. */
const BOOKED_AHEAD_DAYS = 731

export type PlaceRefusal =
  | 'in-the-past'
  | 'too-far-ahead'
  | 'clinic-closed'
  | 'no-such-chair'
  | 'no-such-room'
  | 'no-such-nurse'
  | 'no-such-member'
  | 'not-at-work'
  | 'no-prescriber-on-site'
  | 'no-such-equipment'

export type PlacedVisit = {
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly holds: readonly Hold[]
}

export function wantedMember(wanted: WantedWith, part: StaffPart): MembershipId | undefined {
  return {
    nurse: wanted.nurseMembershipId,
    therapist: wanted.therapistMembershipId,
    prescriber: wanted.prescriberMembershipId,
  }[part]
}

/**
 * Turns a wish into the holds of a visit, or says why it cannot be at all. Whether something is taken is not decided
 * here: the database does; what was left open is given to the first who is free by `held`, else to the first of all.
 *
 * A chair and its staff are named by whoever books; a room, a therapist and so on may be left open.
 */
export function placeVisit(
  facts: DiaryFacts,
  held: readonly StoredHold[],
  wanted: Wanted,
  at: Instant,
): Outcome<PlacedVisit, PlaceRefusal> {
  const { type, startsAt, lengthMin } = wanted
  const { timeZone } = facts.clinic
  const endsAt = addMs(startsAt, lengthMin * MINUTE_MS)
  if (startsAt <= at) return refused('in-the-past')
  if (startsAt > addMs(at, BOOKED_AHEAD_DAYS * DAY_MS)) return refused('too-far-ahead')
  if (withinHours({ ...facts.clinic, closures: facts.closures }, startsAt, endsAt) === 'closed')
    return refused('clinic-closed')
  const isFree = (id: ResourceId, beforeMin = 0, afterMin = 0) =>
    clashes(
      [
        {
          kind: 'person',
          resourceId: id,
          sharing: 'alone',
          part: undefined,
          from: addMs(startsAt, -beforeMin * MINUTE_MS),
          until: addMs(endsAt, afterMin * MINUTE_MS),
        },
      ],
      held,
    ).length === 0
  const firstFree = <Each extends { readonly id: string }>(
    each: readonly Each[],
    beforeMin = 0,
    after: (one: Each) => number = () => 0,
  ): Each | undefined => each.find((one) => isFree(one.id as ResourceId, beforeMin, after(one))) ?? each[0]

  const places = placesFor(facts, type, wanted)
  const place = firstFree(places ?? [], type.beforeMin, (p) => p.turnaroundMin)
  if (places && !place) return refused(type.needs.place === 'chair' ? 'no-such-chair' : 'no-such-room')

  const staff: { part: StaffPart; membershipId: MembershipId }[] = []
  for (const part of type.needs.staff) {
    const named = wantedMember(wanted, part)
    const able = facts.staff.filter(
      (m) => m.parts.includes(part) && !staff.some((s) => s.membershipId === m.membershipId),
    )
    const candidates = named ? able.filter((m) => m.membershipId === named) : able
    // A dosing visit is never given a nurse whom nobody chose.
    if (candidates.length === 0 || (!named && type.code === DOSING))
      return refused(part === 'nurse' ? 'no-such-nurse' : 'no-such-member', { part })
    const here = candidates.filter((m) => isHere(atWork(facts, m.membershipId, startsAt, endsAt, timeZone)))
    const chosen = firstFree(here.map((m) => ({ id: m.membershipId as string, ...m })))
    if (!chosen)
      return refused('not-at-work', {
        part,
        names: candidates.map((m) => m.name),
        why: atWork(facts, candidates[0]!.membershipId, startsAt, endsAt, timeZone),
      })
    staff.push({ part, membershipId: chosen.membershipId })
  }

  let onSite: MembershipId | undefined
  if (type.needs.prescriberOnSite) {
    const covering = onSiteCandidates(facts)
    onSite = covering?.find((id) => atWork(facts, id, startsAt, endsAt, timeZone) === 'yes')
    if (covering && !onSite) return refused('no-prescriber-on-site')
  }

  const items: EquipmentId[] = []
  for (const kind of type.needs.equipment) {
    const all = facts.equipment.filter((e) => e.kind === kind && !e.retired && !items.includes(e.id))
    const item = firstFree(all, type.beforeMin, () => type.afterMin)
    if (!item) return refused('no-such-equipment', { kind })
    items.push(item.id)
  }

  const holds = holdsOf({
    personId: wanted.personId,
    startsAt,
    lengthMin,
    beforeMin: type.beforeMin,
    afterMin: type.afterMin,
    place: place && { kind: place.kind, id: place.id, turnaroundMin: place.turnaroundMin },
    staff,
    onSite,
    equipment: items,
  })
  return done({ startsAt, endsAt, holds })
}

const isHere = (answer: ReturnType<typeof atWork>) => answer === 'yes' || answer === 'not-written'

/** Prescribers whose weeks are written down; undefined when none's is: then presence is not known, and said so. */
function onSiteCandidates(facts: DiaryFacts): MembershipId[] | undefined {
  const written = facts.staff.filter(
    (m) => m.parts.includes('prescriber') && facts.weeks.some((w) => w.membershipId === m.membershipId),
  )
  return written.length === 0 ? undefined : written.map((m) => m.membershipId)
}

type PlaceChoice = {
  readonly kind: 'chair' | 'room'
  readonly id: ChairId | RoomId
  readonly turnaroundMin: number
}

/** The places that would do, the wanted one alone when one is named; undefined when none is needed. */
function placesFor(facts: DiaryFacts, type: AppointmentType, wanted: WantedWith): PlaceChoice[] | undefined {
  if (type.needs.place === 'none') return undefined
  if (type.needs.place === 'chair')
    return (
      facts.chairs
        .filter((c) => !c.retired && c.id === (wanted.chairId ?? c.id))
        // A dosing visit is never given a chair that nobody chose.
        .filter((c) => wanted.chairId === c.id || type.code !== DOSING)
        .map((c) => ({ kind: 'chair', id: c.id, turnaroundMin: Math.max(c.turnaroundMin, type.afterMin) }))
    )
  const withChairs = new Set(facts.chairs.filter((c) => !c.retired).map((c) => c.roomId))
  return facts.rooms
    .filter((r) => !r.retired && !withChairs.has(r.id) && type.needs.roomKinds.includes(r.kind))
    .filter((r) => r.id === (wanted.roomId ?? r.id))
    .map((r) => ({ kind: 'room', id: r.id, turnaroundMin: type.afterMin }))
}

/**
 * Who and what would do for a visit, as the search for free times takes it. What is named in `wanted` is the only one;
 * what is left out may be any.
 */
export function shapeOf(
  facts: DiaryFacts,
  wanted: WantedWith & {
    readonly personId: PersonId
    readonly type: AppointmentType
    readonly lengthMin: number
  },
): VisitShape {
  const { type } = wanted
  const anyChair = { ...type, code: '' }
  const { needs } = type
  return {
    lengthMin: wanted.lengthMin,
    beforeMin: type.beforeMin,
    personId: resource(wanted.personId),
    places: placesFor(facts, anyChair, wanted)?.map((p) => ({
      id: resource(p.id),
      afterMin: p.turnaroundMin,
    })),
    staff: needs.staff.map((part) => ({
      part,
      ids: facts.staff
        .filter((m) => m.parts.includes(part))
        .filter((m) => m.membershipId === (wantedMember(wanted, part) ?? m.membershipId))
        .map((m) => resource(m.membershipId)),
    })),
    onSite: needs.prescriberOnSite ? onSiteCandidates(facts)?.map(resource) : undefined,
    equipment: needs.equipment.map((kind) => ({
      ids: facts.equipment.filter((e) => e.kind === kind && !e.retired).map((e) => resource(e.id)),
      afterMin: type.afterMin,
    })),
  }
}

/** The diary by minutes, for the search. @param except an appointment whose own holds do not count */
export function gridOf(
  facts: DiaryFacts,
  held: readonly StoredHold[],
  firstDay: DiaryGrid['firstDay'],
  days: number,
  except?: StoredHold['appointmentId'],
): DiaryGrid {
  return layOut(
    {
      calendar: { ...facts.clinic, closures: facts.closures },
      weeks: facts.weeks,
      leaves: facts.leaves,
      memberIds: facts.staff.map((m) => m.membershipId),
    },
    held,
    firstDay,
    days,
    except,
  )
}
