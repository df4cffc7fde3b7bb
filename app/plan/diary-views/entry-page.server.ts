import { peopleToLookAtAgain } from '../../assess/index.server.ts'
import { personById } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { runQuery } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { parseId } from '../../platform/ids.ts'
import { notFound, type PageArgs } from '../../platform/page.server.ts'
import { type Instant, localDateOf, momentInWords } from '../../platform/time.ts'
import { asSeen } from '../diary/as-seen.ts'
import { conflictsOf, conflictWords } from '../diary/conflicts.ts'
import type { DiaryEntry } from '../diary/diary-entry.ts'
import { wallTimeOf } from '../diary/diary-form.ts'
import { refusalWords } from '../diary/diary-words.ts'
import { entryById } from '../diary/entry-queries.server.ts'
import { loadDiary } from '../diary/load-diary.server.ts'
import { PART_WORDS } from '../diary/type-words.ts'
import { courseOf } from '../diary/visit-course.server.ts'
import { courseRefusal } from '../diary/visit-course.ts'
import { infusionOf } from '../orders/order.ts'
import { activeOrderOf } from '../orders/order-decision.ts'
import { ordersOfPlan } from '../orders/order-queries.server.ts'
import { visitShortMin } from '../orders/visit-short.ts'
import { cancelAppointment, moveAppointment, readOrders, readPlan, readSchedule } from '../plan-access.ts'
import { planById } from '../plan-queries.server.ts'
import { protocolOfPlan } from '../protocols/protocol-of.server.ts'
import { scheduleHref } from './schedule-address.ts'
import { spanWords } from './schedule-columns.ts'

/** One visit, of whatever kind, with what can be done about it. */
export function entryPage({ services, actor, clinic, params, url }: PageArgs) {
  const id = parseId<'appointment'>(params.id) ?? notFound()
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const entry = (await entryById(db, clinic.id, id)) ?? notFound()
    const person = (await personById(db, clinic.id, entry.personId)) ?? notFound()
    audit.read(readSchedule.id, { personId: entry.personId, object: 'visit', objectId: entry.id })
    const facts = await loadDiary(db, clinic.id, at)
    const type = facts.types.find((t) => t.code === entry.typeCode)
    const { timeZone } = clinic
    const day = localDateOf(entry.startsAt, timeZone)
    const ahead = !entry.cancelledAt && entry.endsAt > at
    const { course, sessionId } = await courseOf(db, clinic.id, entry)
    const refusal = (change: 'move' | 'cancel') => courseRefusal({ endsAt: entry.endsAt, course }, change, at)
    const stays = entry.cancelledAt ? undefined : refusal('move')
    const again = await peopleToLookAtAgain(db, clinic.id, [entry.personId])
    return {
      id: entry.id as string,
      day,
      person: { name: person.displayName, href: `/work/people/${person.id}` },
      title: entry.sessionNumber ? `Session ${entry.sessionNumber}` : entry.typeName,
      when: `${momentInWords(entry.startsAt, timeZone)} to ${spanWords(entry, timeZone).slice(-5)}`,
      place: entry.place?.label ?? 'by telephone',
      held:
        entry.heldUntil > entry.endsAt
          ? `held until ${momentInWords(entry.heldUntil, timeZone).slice(-5)} for cleaning`
          : undefined,
      staff: entry.staff.map((s) => `${s.name}, ${PART_WORDS[s.part].replace(/^an? /, '')}`),
      onSite: entry.onSite?.name,
      equipment: entry.equipment.map((e) => e.name),
      booked: momentInWords(entry.bookedAt, timeZone),
      moved: entry.movedAt && momentInWords(entry.movedAt, timeZone),
      cancelled: entry.cancelledAt && momentInWords(entry.cancelledAt, timeZone),
      state: entry.cancelledAt
        ? ('cancelled' as const)
        : course !== 'not-begun'
          ? course
          : ahead
            ? ('booked' as const)
            : ('over' as const),
      /** A session ahead of somebody whose decision rests on something that has changed. */
      lookAgain: ahead && entry.sessionNumber !== undefined && again.size > 0,
      /** Why it is not moved, where that is for the bedside to say. */
      atBedside:
        stays && stays !== 'already-over'
          ? {
              words: refusalWords({ reason: stays }, timeZone),
              href: sessionId && mayDo(actor, readOrders) ? `/work/sessions/${sessionId}` : undefined,
            }
          : undefined,
      problems: [
        ...conflictsOf(facts, [entry]).map(conflictWords),
        ...(ahead ? await lacking(db, clinic.id, entry, at) : []),
      ],
      planHref: entry.planId && mayDo(actor, readPlan) ? `/work/plans/${entry.planId}` : undefined,
      scheduleHref: scheduleHref({ view: 'day', day }),
      movingHref: scheduleHref({
        view: entry.place?.kind === 'chair' ? 'day' : 'rooms',
        day,
        moving: entry.id,
      }),
      may: {
        move: !entry.cancelledAt && !refusal('move') && mayDo(actor, moveAppointment),
        cancel: !entry.cancelledAt && !refusal('cancel') && mayDo(actor, cancelAppointment),
      },
      start: wallTimeOf(entry.startsAt, timeZone),
      seen: asSeen(entry),
      chairs:
        type?.needs.place === 'chair'
          ? facts.chairs
              .filter((c) => !c.retired || c.id === entry.place?.id)
              .map((c) => ({ value: c.id as string, label: `${c.roomName}, ${c.name}` }))
          : [],
      rooms:
        type?.needs.place === 'room'
          ? facts.rooms
              .filter(
                (r) => (!r.retired && type.needs.roomKinds.includes(r.kind)) || r.id === entry.place?.id,
              )
              .map((r) => ({ value: r.id as string, label: r.name }))
          : [],
      placeId: (entry.place?.id ?? '') as string,
      members: (type?.needs.staff ?? []).map((part) => ({
        part,
        label: PART_WORDS[part].replace(/^an? /, '').replace(/^./, (c) => c.toUpperCase()),
        chosen: (entry.staff.find((s) => s.part === part)?.membershipId ?? '') as string,
        options: facts.staff
          .filter((m) => m.parts.includes(part))
          .map((m) => ({ value: m.membershipId as string, label: m.name })),
      })),
      timeZone,
      done: url.searchParams.get('done') ?? undefined,
    }
  })
}

/** That what is ordered takes longer than the visit was booked for: the minutes alone, not what is ordered. */
async function lacking(
  db: Read,
  clinicId: ClinicId,
  entry: DiaryEntry,
  at: Instant,
): Promise<readonly string[]> {
  const plan =
    entry.planId && entry.sessionNumber !== undefined && (await planById(db, clinicId, entry.planId))
  if (!plan) return []
  const protocol = await protocolOfPlan(db, clinicId, plan)
  const order = activeOrderOf(await ordersOfPlan(db, clinicId, plan.id), at)
  const short = visitShortMin(protocol, order && infusionOf(order)?.durationMin, entry)
  return short > 0 ? [`It is ${short} min too short for what is ordered.`] : []
}
