import type { Needs } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import { done, type Outcome, refused } from '../../platform/outcome.ts'
import { addMs, DAY_MS, type Instant, localDateOf } from '../../platform/time.ts'
import type { AppointmentId } from '../plan.ts'
import { LOOK_AHEAD_DAYS, lookAhead } from './calendar.ts'
import type { DiaryFacts } from './diary-facts.ts'
import { heldBetween, insertHolds, moveTo, tentatively } from './diary-queries.server.ts'
import { freeSlots } from './free-slots.ts'
import { clashes, type Hold, type StoredHold, type Taken, takenOf } from './hold.ts'
import {
  gridOf,
  type PlacedVisit,
  type PlaceRefusal,
  placeVisit,
  shapeOf,
  type Wanted,
} from './place-visit.ts'

/** What a refused booking says, so that a page can explain it. */
export type TakenDetail = {
  /** Which of the wanted visits: the session of a plan, or its place in the list, from 1. */
  readonly sessionNumber: number
  readonly resources: readonly Taken[]
  /** The next times at which the same people and places are all free, on days that the protocol allows. */
  readonly nextFree: readonly Instant[]
  /** Whether the protocol's days were looked at: then an empty list says that no such day is free. */
  readonly spaced: boolean
}

/** Whether a visit of a list may be at another time, by the days between sessions; undefined: any day will do. */
export type KeepsDays = ((wish: Wish, start: Instant) => boolean) | undefined

export type Wish = Wanted & { readonly id: AppointmentId; readonly sessionNumber: number }

/** How often somebody else may come first with what was left open before it is told as taken. */
const ATTEMPTS = 4

/**
 * Part of a command: takes everything that visits hold, all or nothing. Their rows must be there. Who comes second waits
 * for who was first, then looks again: what was left open may be another's, what was named is told as taken with the next
 * free times.
 */
export async function takeVisits(
  { db, at, actor }: Pick<Needs, 'db' | 'at' | 'actor'>,
  facts: DiaryFacts,
  wishes: readonly Wish[],
  keeps?: KeepsDays,
): Promise<Outcome<readonly { wish: Wish; placed: PlacedVisit }[], PlaceRefusal | 'taken'>> {
  for (let attempt = 1; ; attempt++) {
    const held = [...(await heldAround(db, facts, wishes))]
    const placed: { wish: Wish; placed: PlacedVisit }[] = []
    for (const wish of wishes) {
      const outcome = placeVisit(facts, held, wish, at)
      if (!outcome.ok)
        return refused(outcome.reason, { ...(outcome.detail as object), sessionNumber: wish.sessionNumber })
      const taken = clashes(outcome.value.holds, held)
      if (taken.length > 0) return explainTaken(db, facts, wish, taken, at, keeps)
      held.push(...outcome.value.holds.map((hold) => ({ ...hold, appointmentId: wish.id })))
      placed.push({ wish, placed: outcome.value })
    }
    const holds = placed.flatMap(({ wish, placed: { holds } }) =>
      holds.map((hold) => ({ ...hold, appointmentId: wish.id })),
    )
    if (await tentatively(db, () => insertHolds(db, actor.clinicId, holds))) return done(placed)
    if (attempt === ATTEMPTS) return explainTaken(db, facts, wishes[0]!, [], at, keeps)
  }
}

/** Part of a command: gives one visit another time, place or people, or leaves everything as it was. */
export async function retakeVisit(
  { db, at, actor }: Pick<Needs, 'db' | 'at' | 'actor'>,
  facts: DiaryFacts,
  wish: Wish,
  keeps?: KeepsDays,
): Promise<Outcome<PlacedVisit, PlaceRefusal | 'taken'>> {
  for (let attempt = 1; ; attempt++) {
    const held = (await heldAround(db, facts, [wish])).filter((hold) => hold.appointmentId !== wish.id)
    const outcome = placeVisit(facts, held, wish, at)
    if (!outcome.ok)
      return refused(outcome.reason, { ...(outcome.detail as object), sessionNumber: wish.sessionNumber })
    const taken = clashes(outcome.value.holds, held)
    if (taken.length > 0) return explainTaken(db, facts, wish, taken, at, keeps)
    if (await moveTo(db, actor.clinicId, wish.id, outcome.value, at)) return done(outcome.value)
    if (attempt === ATTEMPTS) return explainTaken(db, facts, wish, [], at, keeps)
  }
}

function heldAround(db: Read, facts: DiaryFacts, wishes: readonly Wish[]): Promise<StoredHold[]> {
  const starts = wishes.map((w) => w.startsAt).sort()
  return heldBetween(db, facts.clinic.id, addMs(starts[0]!, -DAY_MS), addMs(starts.at(-1)!, 2 * DAY_MS))
}

async function explainTaken(
  db: Read,
  facts: DiaryFacts,
  wish: Wish,
  taken: readonly Hold[],
  at: Instant,
  keeps: KeepsDays,
) {
  const nextFree = await nextKeptStarts(db, facts, wish, at, keeps && ((start) => keeps(wish, start)))
  return refused('taken' as const, {
    sessionNumber: wish.sessionNumber,
    resources: takenOf(taken),
    nextFree,
    spaced: keeps !== undefined,
  } satisfies TakenDetail)
}

/** How many times are offered in place of one that is taken. */
const OFFERED = 3
/** Most free starts of the time that is looked through: each quarter of an hour. */
export const LOOKED_THROUGH = (LOOK_AHEAD_DAYS + 1) * 96
/** Where no later day will do, the days a session may be on can lie before the one that was asked for. */
const LOOK_BACK_DAYS = 14

/**
 * The next times at which a visit fits and keeps the protocol's days, from the asked time on, else from two weeks before it;
 * never in the past.
 *
 * @param keeps whether a start keeps the days; undefined: any day will do
 * @param from where to begin to look, when that is not the asked time
 */
export async function nextKeptStarts(
  db: Read,
  facts: DiaryFacts,
  wish: Parameters<typeof nextFreeStarts>[2],
  at: Instant,
  keeps: ((start: Instant) => boolean) | undefined,
  from: Instant = wish.startsAt,
): Promise<Instant[]> {
  const startsAt = from > at ? from : addMs(at, 1)
  const free = await nextFreeStarts(db, facts, { ...wish, startsAt }, keeps ? LOOKED_THROUGH : OFFERED)
  const kept = (keeps ? free.filter(keeps) : free).slice(0, OFFERED)
  const back = addMs(wish.startsAt, -LOOK_BACK_DAYS * DAY_MS)
  return keeps && kept.length === 0 && from > back ? nextKeptStarts(db, facts, wish, at, keeps, back) : kept
}

/** The next times at which a visit fits with whoever and whatever is named in the wish. */
export async function nextFreeStarts(
  db: Read,
  facts: DiaryFacts,
  wish: Omit<Wish, 'sessionNumber' | 'id'> & { readonly id?: AppointmentId },
  count: number,
): Promise<Instant[]> {
  const span = lookAhead(wish.startsAt)
  const held = await heldBetween(db, facts.clinic.id, span.from, span.to)
  const firstDay = localDateOf(wish.startsAt, facts.clinic.timeZone)
  const grid = gridOf(facts, held, firstDay, LOOK_AHEAD_DAYS + 1, wish.id)
  return freeSlots(grid, shapeOf(facts, wish), wish.startsAt, count)
}
