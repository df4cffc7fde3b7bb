import { personById } from '../../identity/index.server.ts'
import type { Command } from '../../platform/command.server.ts'
import type { Id, PersonId } from '../../platform/ids.ts'
import { done, refused } from '../../platform/outcome.ts'
import { localDateOf } from '../../platform/time.ts'
import { exposuresOfPerson } from '../lab-tests/lab-test-queries.server.ts'
import { recordResponse } from '../record-response.server.ts'
import { keepFigures as keepFiguresAction } from './calendar-access.ts'
import { type CalendarFigures, calendarFigures, tlfbAnswers, tlfbContext } from './calendar-figures.ts'
import { lastDayOf, neededFrom, spanOf, type WindowId } from './calendar-window.ts'
import { daysOfPerson } from './use-calendar-queries.server.ts'
import { currentDays } from './use-day.ts'

/**
 * Keeps the figures of a window as results of `tlfb` and `who-rdl`, with the days they rest on. Sending the form twice
 * keeps them once. Nothing is kept that the days do not carry: both results name a level of drinking, so enough days
 * must be known, and `tlfb` would leave a drinking day of unknown amount out of its shares.
 */
export const keepFigures: Command<
  {
    readonly personId: PersonId
    readonly key: Id<'kept-figures'>
    readonly window: WindowId
    readonly timeZone: string
    readonly gramsPerDrink: number
  },
  { readonly kept: readonly string[] },
  'no-such-person' | 'no-days' | NonNullable<CalendarFigures['whyNotKept']>
> = {
  action: keepFiguresAction,
  async run(needs, { personId, key, window, timeZone, gramsPerDrink }) {
    const { db, at, actor, ids } = needs
    const person = await personById(db, actor.clinicId, personId)
    if (!person) return refused('no-such-person')
    const today = localDateOf(at, timeZone)
    const doses = (await exposuresOfPerson(db, actor.clinicId, personId)).map(({ dosedAt }) =>
      localDateOf(dosedAt, timeZone),
    )
    const calendar = currentDays(await daysOfPerson(db, actor.clinicId, personId, neededFrom(doses, today)))
    const span = spanOf(window, doses, lastDayOf(calendar, today))
    if (!span) return refused('no-days')
    const context = { sex: person.sex, gramsPerDrink }
    const { gramsPerDay, whyNotKept } = calendarFigures(calendar, span, context)
    if (whyNotKept !== null || gramsPerDay === null) return refused(whyNotKept ?? 'nothing-known')
    const base = {
      personId,
      source: 'use-calendar',
      objectId: key,
      context: tlfbContext(context),
      timeZone,
      respondent: 'clinician' as const,
    }
    const results = [
      { instrumentId: 'tlfb', answers: tlfbAnswers(calendar, span) },
      { instrumentId: 'who-rdl', answers: { gramsPerDay: gramsPerDay.value } },
    ]
    for (const result of results) await recordResponse(needs, { ...base, ...result, id: ids.next() })
    needs.tell('figures.kept', { personId })
    return done({ kept: results.map(({ instrumentId }) => instrumentId) })
  },
}
