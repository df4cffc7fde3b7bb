import type { Read } from '../../platform/database.server.ts'
import type { ClinicId, MembershipId, PersonId } from '../../platform/ids.ts'
import {
  addDays,
  addMs,
  DAY_MS,
  dateInWords,
  type Instant,
  instantAt,
  localDateOf,
  msBetween,
} from '../../platform/time.ts'
import { givenDoses } from '../orders/given-dose-queries.server.ts'
import type { ChairId } from '../plan.ts'
import { DOSING } from './appointment-type.ts'
import { heldBetween } from './diary-queries.server.ts'
import type { ResourceId } from './hold.ts'
import { loadDiary } from './load-diary.server.ts'
import { factsForRoute } from './needs-by-route.ts'
import { gridOf, shapeOf } from './place-visit.ts'
import { type NoSeries, type SeriesAnswer, searchSeries } from './series-search.ts'
import type { SessionRules } from './session-rules.ts'

/** How far ahead a whole series is looked for, in days beyond what its own windows need. */
const SEARCH_DAYS = 56

export type SeriesSearch = {
  readonly personId: PersonId
  readonly rules: SessionRules
  /** Sessions to be placed, ascending. */
  readonly sessions: readonly number[]
  readonly standing: readonly { readonly sessionNumber: number; readonly startsAt: Instant }[]
  readonly from: Instant
  /** Preferred time on the clinic's clock. */
  readonly time: string | undefined
  /** Preferred chair, when it is free. */
  readonly place?: ChairId | undefined
  /** Only this chair or nurse; without them any will do. */
  readonly chairId: ChairId | undefined
  readonly nurseMembershipId: MembershipId | undefined
}

/** A whole series of dosing visits inside the protocol's windows, or why there is none. Nothing is booked. */
export async function findSeries(db: Read, clinicId: ClinicId, asked: SeriesSearch): Promise<SeriesAnswer> {
  const facts = factsForRoute(await loadDiary(db, clinicId, asked.from), asked.rules.route)
  const wish = { ...asked, from: await afterLastDose(db, clinicId, asked, facts.clinic.timeZone) }
  const type = facts.types.find((t) => t.code === DOSING)
  if (!type) throw new Error('the standard kinds of appointments hold no dosing visit')
  const windows = wish.sessions.map((n) => wish.rules.windowBefore(n)?.latestDays ?? 0)
  // As far as the sessions that stand, too: one between them is looked for there.
  const lastStanding = wish.standing.map((s) => msBetween(wish.from, s.startsAt) / DAY_MS)
  const days = Math.min(
    400,
    Math.max(SEARCH_DAYS, ...lastStanding.map(Math.ceil)) + windows.reduce((sum, n) => sum + n, 0),
  )
  const held = await heldBetween(
    db,
    clinicId,
    addMs(wish.from, -DAY_MS),
    addMs(wish.from, (days + 1) * DAY_MS),
  )
  const grid = gridOf(facts, held, localDateOf(wish.from, facts.clinic.timeZone), days)
  const shape = shapeOf(facts, {
    personId: wish.personId,
    type,
    lengthMin: wish.rules.lengthMin,
    chairId: wish.chairId,
    nurseMembershipId: wish.nurseMembershipId,
  })
  return searchSeries(grid, {
    ...wish,
    shape,
    windowBefore: wish.rules.windowBefore,
    place: wish.place as ResourceId | undefined,
  })
}

/** When the search may begin: not within the protocol's fewest days after a dose that was given. */
async function afterLastDose(
  db: Read,
  clinicId: ClinicId,
  { personId, rules, from }: SeriesSearch,
  timeZone: string,
): Promise<Instant> {
  const last = (await givenDoses(db, clinicId, personId))[0]
  if (!last || rules.leastDays === undefined) return from
  const day = addDays(localDateOf(last.dosedAt, timeZone), rules.leastDays)
  const earliest = instantAt(day, '00:00', timeZone)
  return earliest > from ? earliest : from
}

const MISSING_WORDS: Readonly<Partial<Record<NoSeries['missing'][number], string>>> = {
  opening: 'the clinic is not open long enough',
  patient: 'the person has other visits',
  place: 'no chair is free',
  nurse: 'no nurse is free',
  therapist: 'no therapist is free',
  prescriber: 'no prescriber is free',
  'prescriber-on-site': 'no prescriber is in the house',
  equipment: 'the equipment is in use',
  together: 'each of those needed is free at some time, but never all at once',
}

/** "Session 3 finds no place from Mon 7 Dec 2026 to Fri 11 Dec 2026: no nurse is free." */
export function noSeriesWords({ sessionNumber, fromDay, toDay, missing }: NoSeries): string {
  if (missing.includes('spacing-not-known'))
    return `The protocol does not say how many days lie before session ${sessionNumber}. Choose its day yourself.`
  if (missing.includes('past-last-day'))
    return `Session ${sessionNumber} may be on ${dateInWords(toDay)} at the latest, as the protocol counts its days. The first day that can still be looked at is ${dateInWords(fromDay)}.`
  if (missing.includes('between-standing'))
    return `Session ${sessionNumber} finds no place: no free day keeps the days the protocol allows to all the other sessions that are booked. Move one of those first.`
  const why = missing.flatMap((need) => MISSING_WORDS[need] ?? [])
  return `Session ${sessionNumber} finds no place from ${dateInWords(fromDay)} to ${dateInWords(toDay)}: ${why.join(', ')}.`
}
