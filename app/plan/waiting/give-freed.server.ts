import { clinicById, personById } from '../../identity/index.server.ts'
import type { Command } from '../../platform/command.server.ts'
import { done, type Outcome, refused } from '../../platform/outcome.ts'
import { localDateOf } from '../../platform/time.ts'
import { bookEntries, type bookVisits } from '../diary/book-series.server.ts'
import { entryById } from '../diary/entry-queries.server.ts'
import { asItIs, type moveAppointment, moveEntry } from '../diary/move-appointment.server.ts'
import type { AppointmentId, SeriesId } from '../plan.ts'
import type { WaitingWish, WishId } from './fitting.ts'
import { enterWish as enterAction, giveFreed as giveAction } from './waiting-access.ts'
import { closeWish, insertWish, lockOpenWish } from './waiting-queries.server.ts'

type ReasonOf<C extends { run: (...args: never[]) => unknown }> =
  Awaited<ReturnType<C['run']>> extends Outcome<unknown, infer R> ? R : never

/** Writes down who would take a time that becomes free. Repeating it changes nothing. */
export const enterWish: Command<
  Omit<WaitingWish, 'enteredAt'>,
  undefined,
  'no-such-person' | 'no-such-visit' | 'days-over'
> = {
  action: enterAction,
  async run({ db, at, actor, audit, tell }, wish) {
    if (!(await personById(db, actor.clinicId, wish.personId))) return refused('no-such-person')
    const timeZone = (await clinicById(db, actor.clinicId))?.timeZone ?? 'UTC'
    if (wish.latest < localDateOf(at, timeZone)) return refused('days-over')
    if (wish.appointmentId) {
      const own = await entryById(db, actor.clinicId, wish.appointmentId)
      if (own?.personId !== wish.personId || own.cancelledAt || own.typeCode !== wish.typeCode)
        return refused('no-such-visit')
    }
    const by = actor.kind === 'member' ? actor.accountId : undefined
    if (await insertWish(db, actor.clinicId, { ...wish, enteredAt: at }, by)) {
      audit.write(enterAction.id, { personId: wish.personId, object: 'waiting-wish', objectId: wish.id })
      tell('waiting.entered', { wishId: wish.id, personId: wish.personId })
    }
    return done(undefined)
  },
}

/** Takes a wish from the list. Repeating it changes nothing. */
export const takeBackWish: Command<{ readonly wishId: WishId }, undefined, never> = {
  action: enterAction,
  async run({ db, at, actor, audit }, { wishId }) {
    const wish = await lockOpenWish(db, actor.clinicId, wishId)
    if (!wish) return done(undefined)
    await closeWish(db, actor.clinicId, wishId, 'taken-back', at)
    audit.write(enterAction.id, {
      personId: wish.personId,
      object: 'waiting-wish',
      objectId: wishId,
      detail: { closed: 'taken-back' },
    })
    return done(undefined)
  },
}

/**
 * Gives a freed time to somebody who said yes: their own visit moves there, or a new one is booked, with the people and
 * place that were freed, and the wish is closed, all in one transaction. Of two who are given the same time the
 * database lets the first have it.
 */
export const giveFreed: Command<
  { readonly wishId: WishId; readonly freedId: AppointmentId; readonly seriesKey: SeriesId },
  undefined,
  'no-such-wish' | 'no-such-time' | ReasonOf<typeof moveAppointment> | ReasonOf<typeof bookVisits>
> = {
  action: giveAction,
  async run(needs, { wishId, freedId, seriesKey }) {
    const { db, at, actor, audit } = needs
    const wish = await lockOpenWish(db, actor.clinicId, wishId)
    if (!wish) return refused('no-such-wish')
    const freed = await entryById(db, actor.clinicId, freedId)
    if (!freed?.cancelledAt || freed.startsAt <= at || freed.typeCode !== wish.typeCode)
      return refused('no-such-time')
    const wanted = { ...asItIs(freed), startsAt: freed.startsAt }
    const outcome = wish.appointmentId
      ? await moveEntry(needs, { ...wanted, appointmentId: wish.appointmentId }, giveAction.id)
      : await bookEntries(
          needs,
          { key: seriesKey, personId: wish.personId, typeCode: wish.typeCode, visits: [wanted] },
          giveAction.id,
        )
    if (!outcome.ok) return outcome
    await closeWish(db, actor.clinicId, wishId, 'booked', at)
    audit.write(giveAction.id, {
      personId: wish.personId,
      object: 'waiting-wish',
      objectId: wishId,
      detail: { closed: 'booked' },
    })
    return done(undefined)
  },
}
