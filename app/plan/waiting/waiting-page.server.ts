import type { Read } from '../../platform/database.server.ts'
import type { ClinicId } from '../../platform/ids.ts'
import { addMs, DAY_MS, type Instant, localDateOf, MINUTE_MS, msBetween } from '../../platform/time.ts'
import type { DiaryEntry } from '../diary/diary-entry.ts'
import { heldBetween } from '../diary/diary-queries.server.ts'
import { entriesOfPerson, freedEntries } from '../diary/entry-queries.server.ts'
import { clashes } from '../diary/hold.ts'
import { loadDiary } from '../diary/load-diary.server.ts'
import { asItIs } from '../diary/move-appointment.server.ts'
import { placeVisit } from '../diary/place-visit.ts'
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
  for (const freed of await freedEntries(db, clinicId, at)) {
    // The same time of the same chair may have been freed more than once.
    const same = `${freed.typeCode} ${freed.startsAt} ${freed.place?.id ?? ''} ${freed.staff.map((s) => s.membershipId).join()}`
    if (seen.has(same)) continue
    seen.add(same)
    const type = facts.types.find((t) => t.code === freed.typeCode && !t.retired)
    if (!type) continue
    const held = await heldBetween(db, clinicId, addMs(freed.startsAt, -DAY_MS), addMs(freed.endsAt, DAY_MS))
    const allowed = new Set<WaitingWish['id']>()
    for (const wish of wishes.filter((each) => wantsTime(each, freed, timeZone))) {
      const own = wish.appointmentId
        ? (await entriesOfPerson(db, clinicId, wish.personId)).find(
            (e) => e.id === wish.appointmentId && !e.cancelledAt && e.startsAt > at,
          )
        : undefined
      if (wish.appointmentId && !own) continue
      if (
        own &&
        (own.startsAt === freed.startsAt || !(await spacingOf(db, clinicId, own, timeZone))(freed.startsAt))
      )
        continue
      const others = held.filter((hold) => hold.appointmentId !== own?.id)
      const placed = placeVisit(
        facts,
        others,
        {
          ...asItIs(freed),
          personId: wish.personId,
          type,
          startsAt: freed.startsAt,
          lengthMin: Math.round(msBetween(freed.startsAt, freed.endsAt) / MINUTE_MS),
        },
        at,
      )
      if (placed.ok && clashes(placed.value.holds, others).length === 0) allowed.add(wish.id)
    }
    shown.push({ freed, wishes: fitting(wishes, freed, timeZone, ({ id }) => allowed.has(id)) })
  }
  return shown
}
