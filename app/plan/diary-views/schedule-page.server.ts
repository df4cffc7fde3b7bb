import { peopleToLookAtAgain } from '../../assess/index.server.ts'
import { people } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { runQuery } from '../../platform/command.server.ts'
import type { Read } from '../../platform/database.server.ts'
import { feedHead } from '../../platform/feed.server.ts'
import { type ClinicId, parseId } from '../../platform/ids.ts'
import type { PageArgs } from '../../platform/page.server.ts'
import {
  addDays,
  addMs,
  DAY_MS,
  dateInWords,
  instantAt,
  localDateOf,
  MINUTE_MS,
  momentInWords,
  msBetween,
  timeInWords,
} from '../../platform/time.ts'
import { consentState } from '../consents/consents-of.server.ts'
import { asSeen } from '../diary/as-seen.ts'
import { begunVisits } from '../diary/begun-visit-queries.server.ts'
import { hoursOfDay } from '../diary/calendar.ts'
import { conflictsOf, conflictWords } from '../diary/conflicts.ts'
import type { DiaryEntry } from '../diary/diary-entry.ts'
import { heldBetween } from '../diary/diary-queries.server.ts'
import { appointmentsOfPlan, entriesBetween, entryById } from '../diary/entry-queries.server.ts'
import { loadDiary } from '../diary/load-diary.server.ts'
import { factsForRoute } from '../diary/needs-by-route.ts'
import { routeOfVisit, rulesOfPlan } from '../diary/session-rules.ts'
import { courseOf } from '../diary/visit-course.server.ts'
import { spacingOf } from '../own-visits/own-visit-page.server.ts'
import { bookVisits, moveAppointment, readSchedule } from '../plan-access.ts'
import { planById } from '../plan-queries.server.ts'
import { allowedDaysWords } from './allowed-days.ts'
import { freeTargets } from './free-targets.server.ts'
import { daysShown, pageOn, readScheduleAddress, scheduleHref } from './schedule-address.ts'
import { type ScheduleColumn, scheduleColumns, spanWords } from './schedule-columns.ts'
import {
  clockMinutes,
  clockWords,
  hoursDrawn,
  layColumn,
  ROW_MIN,
  wallMinute,
  withSlots,
} from './schedule-layout.ts'

/** A view of the schedule, laid out; with a visit in hand, the times to which it can go. */
export function schedulePage({ services, actor, clinic, url }: PageArgs) {
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const { timeZone } = clinic
    const today = localDateOf(at, timeZone)
    const address = readScheduleAddress(url.searchParams, today)
    const days = daysShown(address)
    const from = instantAt(days[0]!, '00:00', timeZone)
    const to = instantAt(addDays(days.at(-1)!, 1), '00:00', timeZone)
    // Read before the diary: what comes in between is then told by the line, never missed.
    const seq = await feedHead(db, clinic.id)
    const entries = await entriesBetween(db, clinic.id, from, to)
    audit.read(readSchedule.id, {
      object: 'schedule',
      detail: { view: address.view, day: address.day, visits: entries.length },
    })
    const facts = await loadDiary(db, clinic.id, from)
    const names = new Map((await people(db, clinic.id)).map((p) => [p.id, p.displayName]))
    const nameOf = (entry: DiaryEntry) => names.get(entry.personId) ?? 'unknown'
    const mayMove = mayDo(actor, moveAppointment)
    const movingId = mayMove ? parseId<'appointment'>(address.moving) : undefined
    const wanted = movingId && (await entryById(db, clinic.id, movingId))
    const stays = wanted && (await courseOf(db, clinic.id, wanted)).course !== 'not-begun'
    const inHand = wanted && !wanted.cancelledAt && !stays && wanted.endsAt > at ? wanted : undefined
    const begun = await begunVisits(
      db,
      clinic.id,
      entries.map(({ id }) => id),
    )
    const columns = scheduleColumns(facts, entries, address.view, days, inHand)
    const { fromMin, rows } = hoursDrawn(drawnSpans(facts, columns))
    const rowOf = (minute: number) => Math.floor((minute - fromMin) / ROW_MIN)
    const labelOf = new Map(columns.map((c) => [c.key, c.label]))
    const targets = inHand
      ? freeTargets(
          factsForRoute(facts, await routeOfVisit(db, clinic.id, inHand)),
          await heldBetween(db, clinic.id, addMs(from, -DAY_MS), addMs(to, 2 * DAY_MS)),
          inHand,
          columns,
          at,
          await spacingOf(db, clinic.id, inHand, timeZone),
        ).filter((t) => !(t.startsAt === inHand.startsAt && columnsOf(columns, inHand).includes(t.column)))
      : []
    const slots = targets.map((t) => {
      const day = columns.find((c) => c.key === t.column)!.day
      return {
        column: t.column,
        startsAt: t.startsAt,
        row: rowOf(wallMinute(t.startsAt, day, timeZone)),
        words: `${timeInWords(t.startsAt, timeZone)}, ${labelOf.get(t.column)}, free`,
      }
    })
    const conflicts = Map.groupBy(conflictsOf(facts, entries), (c) => c.entry.id)
    const unsigned = new Set<string>()
    for (const personId of new Set(
      entries.filter((e) => e.sessionNumber && e.endsAt > at).map((e) => e.personId),
    ))
      if ((await consentState(db, clinic.id, personId)).missing.length > 0) unsigned.add(personId)
    const again = await peopleToLookAtAgain(db, clinic.id, [
      ...new Set(entries.filter((e) => e.sessionNumber && e.endsAt > at).map((e) => e.personId)),
    ])
    const view = (entry: DiaryEntry) => ({
      id: entry.id as string,
      time: spanWords(entry, timeZone),
      name: nameOf(entry),
      what: entry.sessionNumber ? `Session ${entry.sessionNumber}` : entry.typeName,
      who: entry.staff.map((s) => s.name).join(', '),
      place: entry.place?.label ?? 'by telephone',
      // What the grid compares to say what somebody else changed.
      state: asSeen(entry),
      where: `${momentInWords(entry.startsAt, timeZone)}, ${entry.place?.label ?? 'by telephone'}`,
      over: entry.endsAt <= at,
      /** No dose can be given in it until documents are signed. */
      toSign: entry.sessionNumber !== undefined && unsigned.has(entry.personId),
      /** Nor while something has changed that the decision rests on. */
      lookAgain: entry.sessionNumber !== undefined && entry.endsAt > at && again.has(entry.personId),
      // Whose session was opened stays where it is.
      movable: mayMove && entry.endsAt > at && !begun.has(entry.id),
      problem: conflicts.get(entry.id)?.map(conflictWords).join(' '),
    })
    const laid = columns.map((column) => {
      const { visits, ...rest } = column
      return layColumn(
        { ...rest, visits: visits.map((v) => ({ ...v, visit: view(v.visit) })) },
        fromMin,
        rows,
      )
    })
    return {
      ...address,
      moving: inHand && {
        id: inHand.id as string,
        name: nameOf(inHand),
        what: inHand.sessionNumber ? `session ${inHand.sessionNumber}` : inHand.typeName,
        from: `${momentInWords(inHand.startsAt, timeZone)}, ${inHand.place?.label ?? 'by telephone'}`,
        seen: asSeen(inHand),
        rows: Math.ceil(msBetween(inHand.startsAt, inHand.endsAt) / MINUTE_MS / ROW_MIN),
        afterRows: Math.ceil(msBetween(inHand.endsAt, inHand.heldUntil) / MINUTE_MS / ROW_MIN),
        length: `${Math.round(msBetween(inHand.startsAt, inHand.endsAt) / MINUTE_MS)} min${
          inHand.heldUntil > inHand.endsAt
            ? ` and ${Math.round(msBetween(inHand.endsAt, inHand.heldUntil) / MINUTE_MS)} min of cleaning`
            : ''
        }`,
        allowed: await allowedDaysOf(db, clinic.id, inHand, timeZone),
        free: slots.length,
      },
      title:
        address.view === 'week'
          ? `${dateInWords(days[0]!).slice(0, -5)} to ${dateInWords(days[6]!)}`
          : dateInWords(address.day),
      today,
      isToday: days.includes(today),
      now: timeInWords(at, timeZone),
      /** Minutes of the day, and of the first line. */
      nowMin: wallMinute(at, today, timeZone),
      fromMin,
      nowColumns: columns.filter((c) => c.day === today).map((c) => c.key),
      earlier: scheduleHref(pageOn({ ...address, moving: inHand?.id }, -1)),
      later: scheduleHref(pageOn({ ...address, moving: inHand?.id }, 1)),
      visits: entries.length,
      seq,
      mayBook: mayDo(actor, bookVisits),
      mayMove,
      times: Array.from({ length: rows }, (_, i) => clockWords(fromMin + i * ROW_MIN)),
      columns: withSlots(laid, slots, rows),
      moved: url.searchParams.get('moved') ?? undefined,
      hasChairs: facts.chairs.some((c) => !c.retired),
    }
  })
}

/** Which days the protocol leaves to a session in hand, in words. */
async function allowedDaysOf(
  db: Read,
  clinicId: ClinicId,
  { planId, sessionNumber }: DiaryEntry,
  timeZone: string,
): Promise<string | undefined> {
  const plan = planId && (await planById(db, clinicId, planId))
  if (!plan || sessionNumber === undefined) return undefined
  const others = (await appointmentsOfPlan(db, clinicId, plan.id)).filter(
    (each) => !each.cancelledAt && each.sessionNumber !== sessionNumber,
  )
  const { windowBefore } = await rulesOfPlan(db, clinicId, plan)
  return allowedDaysWords(sessionNumber, others, windowBefore, timeZone)
}

export type SchedulePageData = Awaited<ReturnType<typeof schedulePage>>
export type ScheduleVisit = Extract<
  SchedulePageData['columns'][number]['lanes'][number][number],
  { readonly kind: 'visit' }
>['visit']

const columnsOf = (columns: readonly ScheduleColumn[], entry: DiaryEntry) =>
  columns.filter((c) => c.visits.some((v) => v.visit.id === entry.id)).map((c) => c.key)

function drawnSpans(facts: Parameters<typeof scheduleColumns>[0], columns: readonly ScheduleColumn[]) {
  return columns.flatMap(({ day, visits }) => {
    const hours = hoursOfDay({ ...facts.clinic, closures: facts.closures }, day)
    return [
      ...visits,
      ...(typeof hours === 'string'
        ? []
        : [{ fromMin: clockMinutes(hours.opens), untilMin: clockMinutes(hours.closes) }]),
    ]
  })
}
