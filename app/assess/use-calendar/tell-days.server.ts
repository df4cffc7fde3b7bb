import { personById } from '../../identity/index.server.ts'
import { isStaff, ownPersonId } from '../../platform/actor.ts'
import type { Command, Needs } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { type LocalDate, localDateOf } from '../../platform/time.ts'
import { currentAnchors } from './anchor.ts'
import { tellDays as tellDaysAction } from './calendar-access.ts'
import { type AboutTold, daysOf, planRange, type SeenDay } from './day-range.ts'
import { anchorsOfPerson, daysOfPerson, insertAnchor, insertDays } from './use-calendar-queries.server.ts'
import { currentDays, type DayRecord, earliestDay, saysTheSame, type ToldDay, whyNotTell } from './use-day.ts'

type Place = {
  readonly personId: PersonId
  /** The clinic's zone, which says what today is. */
  readonly timeZone: string
  readonly gramsPerDrink: number
}

export type TellDays = Place & {
  /** Each day with the revision on which it is based: 0 when it was seen as not told. */
  readonly days: readonly (ToldDay & { readonly day: LocalDate; readonly basedOn: number })[]
}

type NotTold = 'no-such-person' | 'in-the-future' | 'more-than-a-year-ago' | 'told-meanwhile'

/**
 * Tells one or more days: all of them, or none. A day that was told by somebody else since the form was shown is
 * refused with what was told (`detail.told`); telling the same again changes nothing.
 */
export const tellDays: Command<TellDays, { readonly written: number }, NotTold> = {
  action: tellDaysAction,
  async run(needs, input) {
    const { db, at, actor } = needs
    if (!(await mayTellOf(needs, input.personId))) return refused('no-such-person')
    const today = localDateOf(at, input.timeZone)
    for (const { day } of input.days) {
      const against = whyNotTell(day, today)
      if (against) return refused(against, { day })
    }
    const from = input.days.reduce((least, { day }) => (day < least ? day : least), today)
    const calendar = currentDays(await daysOfPerson(db, actor.clinicId, input.personId, from))
    const news = input.days.filter(({ day, ...telling }) => {
      const told = calendar.get(day)
      return !told || !saysTheSame(told, telling)
    })
    const stale = news.flatMap(({ day, basedOn }) => {
      const told = calendar.get(day)
      return told && told.revision !== basedOn ? [told] : []
    })
    if (stale.length > 0) return refused('told-meanwhile', { told: stale })
    return write(needs, input, news)
  },
}

export type TellRange = Place & {
  readonly from: LocalDate
  readonly to: LocalDate
  /** What all days are said to be, or the day whose telling is taken over. */
  readonly as: 'none' | 'unknown' | { readonly likeDay: LocalDate }
  readonly aboutTold: AboutTold
  readonly seen: readonly SeenDay[]
}

/** Tells a range of days alike. Days told before are named (`detail.told`) and wait for a choice. */
export const tellRange: Command<
  TellRange,
  { readonly written: number },
  NotTold | 'ends-before-it-begins' | 'already-told' | 'no-pattern-there'
> = {
  action: tellDaysAction,
  async run(needs, input) {
    const { db, at, actor } = needs
    if (!(await mayTellOf(needs, input.personId))) return refused('no-such-person')
    const today = localDateOf(at, input.timeZone)
    const all = await daysOfPerson(db, actor.clinicId, input.personId, earliestDay(today))
    const calendar = currentDays(all)
    const pattern = typeof input.as === 'object' ? calendar.get(input.as.likeDay) : undefined
    const wanted: ToldDay | undefined =
      typeof input.as === 'object' ? pattern : { state: input.as, entries: [] }
    if (!wanted) return refused('no-pattern-there')
    const telling = { state: wanted.state, entries: wanted.entries }
    const plan = planRange(calendar, input, telling, input.aboutTold, input.seen, today)
    if (!plan.ok) return 'told' in plan ? refused(plan.reason, { told: plan.told }) : refused(plan.reason)
    return write(
      needs,
      // What is taken over was told in drinks of the day it comes from.
      { ...input, gramsPerDrink: pattern?.gramsPerDrink ?? input.gramsPerDrink },
      plan.days.map(({ day, revision }) => ({ ...telling, day, basedOn: revision })),
    )
  },
}

export type NoteAnchor = {
  readonly personId: PersonId
  readonly day: LocalDate
  /** Null takes it away. */
  readonly words: string | null
  readonly basedOn: number
  readonly timeZone: string
}

/** Notes a special day, or takes it away. */
export const noteAnchor: Command<NoteAnchor, undefined, NotTold> = {
  action: tellDaysAction,
  async run(needs, { personId, day, words, basedOn, timeZone }) {
    const { db, at, actor, audit, tell } = needs
    if (!(await mayTellOf(needs, personId))) return refused('no-such-person')
    const against = whyNotTell(day, localDateOf(at, timeZone))
    if (against) return refused(against, { day })
    const now = currentAnchors(await anchorsOfPerson(db, actor.clinicId, personId, day)).get(day)
    if ((now?.words ?? null) === words) return done(undefined)
    const anchor = { day, revision: (now?.revision ?? 0) + 1, words }
    const fresh = (now?.revision ?? 0) === basedOn
    if (!fresh || !(await insertAnchor(db, actor.clinicId, personId, anchor, { by: whoOf(needs), at }))) {
      return refused('told-meanwhile', { told: [] })
    }
    audit.write(tellDaysAction.id, { personId, object: 'calendar', detail: { anchor: true } })
    tell('calendar.told', { personId })
    return done(undefined)
  },
}

/** Staff for anybody of the clinic; a person only for themselves. */
async function mayTellOf({ db, actor }: Needs, personId: PersonId): Promise<boolean> {
  if (!isStaff(actor) && ownPersonId(actor) !== personId) return false
  return (await personById(db, actor.clinicId, personId)) !== undefined
}

function whoOf({ actor }: Needs): string {
  return actor.kind === 'member' ? actor.accountId : actor.kind
}

async function write(needs: Needs, place: Place, days: TellDays['days']) {
  const { db, at, actor, audit, tell } = needs
  const { personId } = place
  const rows: DayRecord[] = days.map(({ day, basedOn, state, entries }) => ({
    personId,
    day,
    revision: basedOn + 1,
    state,
    entries,
    gramsPerDrink: place.gramsPerDrink,
    saidBy: ownPersonId(actor) === personId ? 'person' : 'with-staff',
    toldBy: whoOf(needs),
    toldAt: at,
    timeZone: place.timeZone,
  }))
  if (!(await insertDays(db, actor.clinicId, rows))) {
    // Two wrote at once: what the faster one said is in the table now.
    const from = days.reduce((least, { day }) => (day < least ? day : least), days[0]!.day)
    const calendar = currentDays(await daysOfPerson(db, actor.clinicId, personId, from))
    return refused('told-meanwhile' as const, {
      told: daysOf({ from, to: rows.reduce((most, { day }) => (day > most ? day : most), from) }).flatMap(
        (day) => (rows.some((row) => row.day === day) ? (calendar.get(day) ?? []) : []),
      ),
    })
  }
  if (rows.length > 0) {
    audit.write(tellDaysAction.id, { personId, object: 'calendar', detail: { days: rows.length } })
    tell('calendar.told', { personId, days: rows.length })
  }
  return done({ written: rows.length })
}
