import { runQuery } from '../../platform/command.server.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import { addDays, dateInWords, localDateOf, momentInWords } from '../../platform/time.ts'
import { hoursOfDay, weekOn } from './calendar.ts'
import { conflictRows } from './diary-conflicts.server.ts'
import { loadDiary } from './load-diary.server.ts'
import { hoursWords, WEEKDAYS, weekWords } from './settings-form.ts'
import { LEAVE_WORDS } from './type-words.ts'
import { usFederalHolidays } from './us-holidays.ts'

/** Who works when, who is away, which days are closed, and which booked visits no longer fit. */
export function calendarsPage({ services, actor, clinic, url }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const facts = await loadDiary(db, clinic.id, at)
    const today = localDateOf(at, clinic.timeZone)
    const conflicts = await conflictRows(db, clinic.id, clinic.timeZone, at)
    if (conflicts.length > 0)
      audit.read('plan.read-diary-settings', { object: 'schedule', detail: { visits: conflicts.length } })
    const memberName = new Map(facts.staff.map((m) => [m.membershipId, m.name]))
    const year = Number(today.slice(0, 4))
    const entered = new Set(facts.closures.map((c) => c.day as string))
    const asked = url.searchParams.get('member') ?? undefined
    const chosen = facts.staff.find((m) => m.membershipId === asked)
    const chosenWeek = chosen && weekOn(facts.weeks, chosen.membershipId, today)
    return {
      conflicts,
      staff: facts.staff.map((m) => {
        const week = weekOn(facts.weeks, m.membershipId, today)
        const later = facts.weeks.find((w) => w.membershipId === m.membershipId && w.validFrom > today)
        return {
          id: m.membershipId as string,
          name: m.name,
          week: week && weekWords(week.hours),
          later: later && `other hours from ${dateInWords(later.validFrom)}`,
        }
      }),
      weekOf: chosen && {
        id: chosen.membershipId as string,
        hours: Object.fromEntries(
          WEEKDAYS.map((day, i) => [
            day,
            hoursWords((chosenWeek?.hours ?? []).filter((h) => h.weekday === (i + 1) % 7)),
          ]),
        ),
      },
      leaves: facts.leaves.map((leave) => ({
        id: leave.id as string,
        name: memberName.get(leave.membershipId) ?? 'somebody who no longer works here',
        from: momentInWords(leave.from, clinic.timeZone),
        until: momentInWords(leave.until, clinic.timeZone),
        kind: LEAVE_WORDS[leave.kind],
      })),
      closures: facts.closures.map((c) => ({
        id: c.id as string,
        day: dateInWords(c.day),
        title: c.title,
        hours: c.hours === 'closed' ? 'closed' : `${c.hours.opens} to ${c.hours.closes}`,
      })),
      proposed: [year, year + 1]
        .flatMap((y) => usFederalHolidays(y))
        .filter((h) => h.observed >= today && !entered.has(h.observed))
        // A day that is closed every week needs no entry.
        .filter((h) => hoursOfDay(facts.clinic, h.observed) !== 'closed')
        .filter((h) => h.observed <= addDays(today, 366))
        .map((h) => ({ day: h.observed as string, title: h.title, words: dateInWords(h.observed) })),
      today,
      timeZone: clinic.timeZone,
      key: services.ids.next() as string,
      done: url.searchParams.get('done') ?? undefined,
    }
  })
}

export type CalendarsData = Awaited<ReturnType<typeof calendarsPage>>
