import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { addMs, DAY_MS, type Instant, localDateOf, MINUTE_MS, msBetween } from '../../platform/time.ts'
import type { DiaryEntry } from '../diary/diary-entry.ts'
import { heldBetween } from '../diary/diary-queries.server.ts'
import { entriesOfPerson, freedEntries } from '../diary/entry-queries.server.ts'
import { clashes, type StoredHold } from '../diary/hold.ts'
import { loadDiary } from '../diary/load-diary.server.ts'
import { asItIs } from '../diary/move-appointment.server.ts'
import { typeForRoute } from '../diary/needs-by-route.ts'
import { placeVisit } from '../diary/place-visit.ts'
import { routeOfVisit } from '../diary/session-rules.ts'
import { spacingOf } from '../own-visits/own-visit-page.server.ts'
import { fitting, type WaitingWish, wantsTime } from './fitting.ts'
import { openWishes } from './waiting-queries.server.ts'

/** Freed times ahead that are still free, each with who fits, longest waiting first. */
export async function freedWithFitting(
  db: Read,
  clinicId: ClinicId,
  at: Instant,
): Promise<{ readonly freed: DiaryEntry; readonly wishes: readonly WaitingWish[] }[]> {
  const facts = await loadDiary(db, clinicId, at)
  const { timeZone } = facts.clinic
  const wishes = await openWishes(db, clinicId, localDateOf(at, timeZone))
  const shown: { freed: DiaryEntry; wishes: WaitingWish[] }[] = []
  const seen = new Set<string>()
  const own = new Set(wishes.map(({ appointmentId }) => appointmentId))
  for (const freed of await freedEntries(db, clinicId, at)) {
    // The same time of the same chair may have been freed more than once.
    const same = `${freed.typeCode} ${freed.startsAt} ${freed.place?.id ?? ''} ${freed.staff.map((s) => s.membershipId).join()}`
    if (seen.has(same)) continue
    seen.add(same)
    const type = facts.types.find((t) => t.code === freed.typeCode && !t.retired)
    if (!type) continue
    const held = await heldBetween(db, clinicId, addMs(freed.startsAt, -DAY_MS), addMs(freed.endsAt, DAY_MS))
    // A visit that would move here itself is in nobody's way.
    const others = held.filter(({ appointmentId }) => !own.has(appointmentId))
    if (isTaken(freed, others)) continue
    // A day that was closed since, or staff who are away, make a freed time nobody's.
    const possible = placeVisit(
      facts,
      [],
      {
        ...asItIs(freed),
        personId: freed.personId,
        type: typeForRoute(type, await routeOfVisit(db, clinicId, freed)),
        startsAt: freed.startsAt,
        lengthMin: Math.round(msBetween(freed.startsAt, freed.endsAt) / MINUTE_MS),
      },
      at,
    )
    if (!possible.ok) continue
    const allowed = new Set<WaitingWish['id']>()
    for (const wish of wishes.filter((each) => wantsTime(each, freed, timeZone))) {
      const mine = wish.appointmentId
        ? (await entriesOfPerson(db, clinicId, wish.personId)).find(
            (e) => e.id === wish.appointmentId && !e.cancelledAt && e.startsAt > at,
          )
        : undefined
      if (wish.appointmentId && !mine) continue
      if (
        mine &&
        (mine.startsAt === freed.startsAt || !(await spacingOf(db, clinicId, mine, timeZone))(freed.startsAt))
      )
        continue
      const forMine = typeForRoute(type, mine && (await routeOfVisit(db, clinicId, mine)))
      const inTheWay = held.filter((hold) => hold.appointmentId !== mine?.id)
      const placed = placeVisit(
        facts,
        inTheWay,
        {
          ...asItIs(freed),
          personId: wish.personId,
          type: forMine,
          startsAt: freed.startsAt,
          lengthMin: Math.round(msBetween(freed.startsAt, freed.endsAt) / MINUTE_MS),
        },
        at,
      )
      if (placed.ok && clashes(placed.value.holds, inTheWay).length === 0) allowed.add(wish.id)
    }
    shown.push({ freed, wishes: fitting(wishes, freed, timeZone, ({ id }) => allowed.has(id)) })
  }
  return shown
}

/** Whether somebody has its place or one of its people again. */
function isTaken(freed: DiaryEntry, held: readonly StoredHold[]): boolean {
  const needed = new Set<string>([
    ...(freed.place ? [freed.place.id] : []),
    ...freed.staff.map(({ membershipId }) => membershipId),
  ])
  return held.some(
    (hold) =>
      hold.sharing === 'alone' &&
      needed.has(hold.resourceId) &&
      hold.from < freed.endsAt &&
      hold.until > freed.startsAt,
  )
}
