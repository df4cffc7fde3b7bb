import { holdPerson } from '../../identity/index.server.ts'
import type { Command, Needs } from '../../platform/command.server.ts'
import { done, refused } from '../../platform/outcome.ts'
import { type Instant, MINUTE_MS, msBetween } from '../../platform/time.ts'
import type { AppointmentId, ChairId } from '../plan.ts'
import { moveAppointment as moveAction } from '../plan-access.ts'
import { planById } from '../plan-queries.server.ts'
import { asSeen, seenPlace } from './as-seen.ts'
import type { DiaryRefusal } from './book-series.server.ts'
import type { DiaryEntry, RoomId } from './diary-entry.ts'
import type { DiaryFacts } from './diary-facts.ts'
import { lockAppointment } from './diary-queries.server.ts'
import { entryById } from './entry-queries.server.ts'
import { loadDiary } from './load-diary.server.ts'
import { factsForRoute } from './needs-by-route.ts'
import { type WantedWith, wantedMember } from './place-visit.ts'
import { spacingOfPlan } from './plan-spacing.server.ts'
import { routeOfVisit } from './session-rules.ts'
import { retakeVisit } from './take-visits.server.ts'
import { courseOf } from './visit-course.server.ts'
import { type CourseRefusal, courseRefusal } from './visit-course.ts'

/** Where a visit is to go. Place and people that are left out stay as they are. */
export type MoveInput = WantedWith & {
  readonly appointmentId: AppointmentId
  readonly startsAt: Instant
  /** What was looked at (`asSeen`); a visit that is otherwise by now is not moved. */
  readonly seen?: string
}

/** Moves one visit to another time, place or people. The others stay where they are. */
export const moveAppointment: Command<
  MoveInput,
  { readonly appointmentId: AppointmentId },
  DiaryRefusal | CourseRefusal | 'no-such-appointment' | 'cancelled' | 'changed-meanwhile'
> = {
  action: moveAction,
  run: (needs, input) => moveEntry(needs, input, moveAction.id),
}

/** Part of a command: moves one visit. @param action under which it is audited */
export async function moveEntry(
  needs: Needs,
  input: MoveInput,
  action: string,
): ReturnType<typeof moveAppointment.run> {
  const { db, at, actor } = needs
  const { startsAt } = input
  if (!(await holdVisit(needs, input.appointmentId))) return refused('no-such-appointment')
  const entry = await entryById(db, actor.clinicId, input.appointmentId)
  if (!entry) return refused('no-such-appointment')
  if (entry.cancelledAt) return refused('cancelled')
  const to = { ...asItIs(entry), ...chosen(input) }
  if (entry.startsAt === startsAt && sameWith(asItIs(entry), to)) return done({ appointmentId: entry.id })
  const { course } = await courseOf(db, actor.clinicId, entry)
  const no = courseRefusal({ endsAt: entry.endsAt, course }, 'move', at)
  if (no) return refused(no)
  const route = await routeOfVisit(db, actor.clinicId, entry)
  const facts = factsForRoute(await loadDiary(db, actor.clinicId, at), route)
  if (input.seen !== undefined && input.seen !== asSeen(entry))
    return refused('changed-meanwhile', changedMeanwhile(facts, input.seen, entry))
  const type = facts.types.find((t) => t.code === entry.typeCode)
  if (!type) return refused('no-such-appointment')
  const sessionNumber = entry.sessionNumber ?? 1
  if (startsAt <= at) return refused('in-the-past', { sessionNumber })
  const judge = await spacingOfEntry(needs, entry, facts.clinic.timeZone)
  // Another place or other people change no distance.
  const tooNear = startsAt !== entry.startsAt ? judge?.(startsAt) : undefined
  if (tooNear) return tooNear
  const wish = {
    ...to,
    id: entry.id,
    personId: entry.personId,
    type,
    startsAt,
    lengthMin: Math.round(msBetween(entry.startsAt, entry.endsAt) / MINUTE_MS),
    sessionNumber,
  }
  const moved = await retakeVisit(needs, facts, wish, judge && ((_, start) => !judge(start)))
  if (!moved.ok) return moved
  needs.audit.write(action, {
    personId: entry.personId,
    object: 'visit',
    objectId: entry.id,
    detail: { from: entry.startsAt, to: startsAt },
  })
  needs.tell('appointment.moved', {
    appointmentId: entry.id,
    planId: entry.planId,
    personId: entry.personId,
    type: entry.typeCode,
  })
  return done({ appointmentId: entry.id })
}

/** What it was and what it is, for words. */
function changedMeanwhile(facts: DiaryFacts, seen: string, entry: DiaryEntry) {
  const { startsAt, placeId } = seenPlace(seen)
  const chair = facts.chairs.find((c) => c.id === placeId)
  const room = facts.rooms.find((r) => r.id === placeId)
  return {
    was: { startsAt, place: chair ? `${chair.roomName}, ${chair.name}` : room?.name },
    is: { startsAt: entry.startsAt, place: entry.place?.label },
  }
}

/**
 * Part of a command: holds a visit until the transaction ends. A session's person is held before it, always in this
 * order, so that two who change sessions of one person judge their spacing one after the other.
 *
 * @returns false when there is none
 */
export async function holdVisit({ db, actor }: Needs, id: AppointmentId): Promise<boolean> {
  const entry = await entryById(db, actor.clinicId, id)
  if (entry?.sessionNumber !== undefined) await holdPerson(db, actor.clinicId, entry.personId)
  return lockAppointment(db, actor.clinicId, id)
}

/** Judges why a session of a plan may not be at another time; undefined for a visit that is none. */
async function spacingOfEntry({ db, actor }: Needs, entry: DiaryEntry, timeZone: string) {
  const { planId, sessionNumber } = entry
  if (sessionNumber === undefined) return undefined
  const plan = planId && (await planById(db, actor.clinicId, planId))
  if (!plan) return undefined
  const judge = await spacingOfPlan(db, actor.clinicId, plan, timeZone)
  return (startsAt: Instant) => judge([{ sessionNumber, startsAt }])
}

/** The place and people a visit has. */
export function asItIs(entry: DiaryEntry): WantedWith {
  const member = (part: 'nurse' | 'therapist' | 'prescriber') =>
    entry.staff.find((s) => s.part === part)?.membershipId
  return chosen({
    chairId: entry.place?.kind === 'chair' ? (entry.place.id as ChairId) : undefined,
    roomId: entry.place?.kind === 'room' ? (entry.place.id as RoomId) : undefined,
    nurseMembershipId: member('nurse'),
    therapistMembershipId: member('therapist'),
    prescriberMembershipId: member('prescriber'),
  })
}

/** Only what is named. */
function chosen({
  chairId,
  roomId,
  nurseMembershipId,
  therapistMembershipId,
  prescriberMembershipId,
}: WantedWith): WantedWith {
  return {
    ...(chairId && { chairId }),
    ...(roomId && { roomId }),
    ...(nurseMembershipId && { nurseMembershipId }),
    ...(therapistMembershipId && { therapistMembershipId }),
    ...(prescriberMembershipId && { prescriberMembershipId }),
  }
}

function sameWith(a: WantedWith, b: WantedWith): boolean {
  return (
    a.chairId === b.chairId &&
    a.roomId === b.roomId &&
    (['nurse', 'therapist', 'prescriber'] as const).every(
      (part) => wantedMember(a, part) === wantedMember(b, part),
    )
  )
}
