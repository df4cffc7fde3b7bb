import { members } from '../../identity/index.server.ts'
import type { Command } from '../../platform/command.server.ts'
import type { MembershipId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import { setCalendars } from '../plan-access.ts'
import { insertClosure, insertLeave, insertWeek, markRemoved } from './calendar-queries.server.ts'
import type { Closure, ClosureId, DayHours, LeaveId, LeaveKind } from './diary-entry.ts'

/**
 * Writes down when somebody works, from a day on. Visits that are booked stay; those that no longer fit are open work
 * (`conflictRows`).
 */
export const setWorkingWeek: Command<
  {
    readonly key: string
    readonly membershipId: MembershipId
    readonly validFrom: LocalDate
    readonly hours: readonly DayHours[]
  },
  { readonly key: string },
  'no-such-member' | 'hours-overlap'
> = {
  action: setCalendars,
  async run({ db, at, actor, audit }, { key, ...week }) {
    const known = await members(db, actor.clinicId)
    if (!known.some((m) => m.membershipId === week.membershipId)) return refused('no-such-member')
    const inOrder = [...week.hours].sort((a, b) => a.weekday - b.weekday || a.from.localeCompare(b.from))
    const wrong = inOrder.some(
      (h, i) =>
        h.from >= h.until || (inOrder[i + 1]?.weekday === h.weekday && inOrder[i + 1]!.from < h.until),
    )
    if (wrong) return refused('hours-overlap')
    if (await insertWeek(db, actor.clinicId, { id: key, ...week, hours: inOrder }, by(actor), at))
      audit.write(setCalendars.id, {
        object: 'working-week',
        objectId: week.membershipId,
        detail: { validFrom: week.validFrom, hours: JSON.stringify(inOrder) },
      })
    return done({ key })
  },
}

/** Enters leave, over booked visits too: these stay and are open work until somebody moves them (`conflictRows`). */
export const enterLeave: Command<
  {
    readonly key: LeaveId
    readonly membershipId: MembershipId
    readonly from: Instant
    readonly until: Instant
    readonly kind: LeaveKind
  },
  { readonly leaveId: LeaveId },
  'no-such-member' | 'ends-before-it-begins'
> = {
  action: setCalendars,
  async run({ db, at, actor, audit }, { key, ...leave }) {
    const known = await members(db, actor.clinicId)
    if (!known.some((m) => m.membershipId === leave.membershipId)) return refused('no-such-member')
    if (leave.until <= leave.from) return refused('ends-before-it-begins')
    if (await insertLeave(db, actor.clinicId, { id: key, ...leave }, by(actor), at))
      audit.write(setCalendars.id, {
        object: 'leave',
        objectId: key,
        detail: { membershipId: leave.membershipId, from: leave.from, until: leave.until },
      })
    return done({ leaveId: key })
  },
}

export const removeLeave: Command<
  { readonly leaveId: LeaveId },
  { readonly leaveId: LeaveId },
  'no-such-leave'
> = {
  action: setCalendars,
  async run({ db, at, actor, audit }, { leaveId }) {
    if (!(await markRemoved(db, actor.clinicId, { kind: 'leave', id: leaveId }, by(actor), at)))
      return refused('no-such-leave')
    audit.write(setCalendars.id, { object: 'leave', objectId: leaveId, detail: { removed: true } })
    return done({ leaveId })
  },
}

/** Enters days on which the clinic is closed or open at other hours, all or none. */
export const enterClosures: Command<
  { readonly days: readonly Closure[] },
  { readonly entered: number },
  'day-entered-already' | 'closes-before-it-opens'
> = {
  action: setCalendars,
  async run({ db, at, actor, audit }, { days }) {
    for (const closure of days) {
      const { hours } = closure
      if (hours !== 'closed' && hours.closes <= hours.opens)
        return refused('closes-before-it-opens', { day: closure.day })
      if (!(await insertClosure(db, actor.clinicId, closure, by(actor), at)))
        return refused('day-entered-already', { day: closure.day })
      audit.write(setCalendars.id, {
        object: 'closed-day',
        objectId: closure.id,
        detail: { day: closure.day, hours: JSON.stringify(hours) },
      })
    }
    return done({ entered: days.length })
  },
}

export const removeClosure: Command<
  { readonly closureId: ClosureId },
  { readonly closureId: ClosureId },
  'no-such-closure'
> = {
  action: setCalendars,
  async run({ db, at, actor, audit }, { closureId }) {
    if (!(await markRemoved(db, actor.clinicId, { kind: 'closure', id: closureId }, by(actor), at)))
      return refused('no-such-closure')
    audit.write(setCalendars.id, { object: 'closed-day', objectId: closureId, detail: { removed: true } })
    return done({ closureId })
  },
}

function by(actor: Parameters<typeof setWorkingWeek.run>[0]['actor']) {
  return actor.kind === 'member' ? actor.accountId : undefined
}
