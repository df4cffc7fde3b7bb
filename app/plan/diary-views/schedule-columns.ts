import { dateInWords, type Instant, instantAt, type LocalDate, timeInWords } from '../../platform/time.ts'
import { hoursOfDay, hoursOfWeekday, weekOn } from '../diary/calendar.ts'
import type { DiaryEntry } from '../diary/diary-entry.ts'
import type { DiaryFacts } from '../diary/diary-facts.ts'
import type { WantedWith } from '../diary/place-visit.ts'
import { LEAVE_WORDS } from '../diary/type-words.ts'
import type { ScheduleView } from './schedule-address.ts'
import { type ColumnPlan, clockMinutes, type Shade, wallMinute } from './schedule-layout.ts'

/** A column of the schedule, with what dropping a visit there means: tried in this order; none: it cannot go there. */
export type ScheduleColumn = ColumnPlan<DiaryEntry> & { readonly ways: readonly WantedWith[] }

/**
 * The columns of a view.
 *
 * @param entries live entries of those days
 * @param moving the visit in hand, if there is one
 */
export function scheduleColumns(
  facts: DiaryFacts,
  entries: readonly DiaryEntry[],
  view: ScheduleView,
  days: readonly LocalDate[],
  moving?: DiaryEntry,
): ScheduleColumn[] {
  if (view === 'week')
    return days.map((day) => column(facts, day, `day ${day}`, dateInWords(day).slice(0, -5), entries, [{}]))
  const day = days[0]!
  const needs = moving && facts.types.find((t) => t.code === moving.typeCode)?.needs
  if (view === 'staff') return staffColumns(facts, entries, day, moving)
  if (view === 'rooms') {
    const shown = facts.rooms.filter((r) => !r.retired || entries.some((e) => e.place?.roomId === r.id))
    return [
      ...shown.map((room) => {
        const chairs = facts.chairs.filter((c) => c.roomId === room.id && !c.retired)
        const ways: WantedWith[] =
          needs?.place === 'chair'
            ? chairs.map((c) => ({ chairId: c.id }))
            : needs?.place === 'room'
              ? [{ roomId: room.id }]
              : []
        const inIt = entries.filter((e) => e.place?.roomId === room.id)
        return column(facts, day, `room ${room.id}`, room.name, inIt, ways)
      }),
      ...rest(
        facts,
        day,
        'Without a room',
        entries.filter((e) => !e.place),
        needs?.place === 'none',
      ),
    ]
  }
  const shown = facts.chairs.filter((c) => !c.retired || entries.some((e) => e.place?.id === c.id))
  return [
    ...shown.map((chair) =>
      column(
        facts,
        day,
        `chair ${chair.id}`,
        `${chair.roomName}, ${chair.name}`,
        entries.filter((e) => e.place?.id === chair.id),
        needs?.place === 'chair' ? [{ chairId: chair.id }] : [],
      ),
    ),
    ...rest(
      facts,
      day,
      'Without a chair',
      entries.filter((e) => e.place?.kind !== 'chair'),
      needs !== undefined && needs.place !== 'chair',
    ),
  ]
}

function rest(
  facts: DiaryFacts,
  day: LocalDate,
  label: string,
  entries: readonly DiaryEntry[],
  mayDrop: boolean,
): ScheduleColumn[] {
  return [column(facts, day, 'without', label, entries, mayDrop ? [{}] : [])]
}

function staffColumns(
  facts: DiaryFacts,
  entries: readonly DiaryEntry[],
  day: LocalDate,
  moving: DiaryEntry | undefined,
): ScheduleColumn[] {
  const { timeZone } = facts.clinic
  return facts.staff.map((member) => {
    const part = moving?.staff.find((s) => member.parts.includes(s.part))?.part
    const week = weekOn(facts.weeks, member.membershipId, day)
    const leave = facts.leaves
      .filter((l) => l.membershipId === member.membershipId)
      .filter(
        (l) => l.from < instantAt(day, '23:59', timeZone) && l.until > instantAt(day, '00:00', timeZone),
      )
      .map(
        (l): Shade => ({
          kind: 'away',
          fromMin: wallMinute(l.from, day, timeZone),
          untilMin: wallMinute(l.until, day, timeZone),
          words: LEAVE_WORDS[l.kind],
        }),
      )
    const mine = entries.filter((e) => e.staff.some((s) => s.membershipId === member.membershipId))
    const ways: WantedWith[] = part ? [{ [`${part}MembershipId`]: member.membershipId } as WantedWith] : []
    const own = column(facts, day, `staff ${member.membershipId}`, member.name, mine, ways)
    const off = week
      ? outside(
          hoursOfWeekday(week, day).map(({ from, until }) => [from, until]),
          'off',
          'not at work',
        )
      : []
    return {
      ...own,
      note: [own.note, week ? undefined : 'hours not written down'].filter(Boolean).join('; ') || undefined,
      // People are not held for cleaning.
      visits: own.visits.map((v) => ({ ...v, heldFromMin: v.fromMin, heldUntilMin: v.untilMin })),
      shades: [...leave, ...own.shades, ...off],
    }
  })
}

function column(
  facts: DiaryFacts,
  day: LocalDate,
  key: string,
  label: string,
  entries: readonly DiaryEntry[],
  ways: readonly WantedWith[],
): ScheduleColumn {
  const { timeZone } = facts.clinic
  const minute = (instant: Instant) => wallMinute(instant, day, timeZone)
  const hours = hoursOfDay({ ...facts.clinic, closures: facts.closures }, day)
  const title = facts.closures.find((c) => c.day === day)?.title
  const closed = title ? `closed: ${title}` : 'closed'
  return {
    key,
    label,
    day,
    ways,
    note: hours === 'unknown' ? 'opening hours not written down' : hours === 'closed' ? closed : title,
    shades:
      hours === 'unknown'
        ? []
        : hours === 'closed'
          ? [{ kind: 'closed', fromMin: 0, untilMin: 1440, words: closed }]
          : outside([[hours.opens, hours.closes]], 'closed', 'closed'),
    visits: entries
      .filter((e) => instantAt(day, '00:00', timeZone) <= e.startsAt)
      .filter((e) => minute(e.startsAt) < 1440)
      .map((entry) => ({
        visit: entry,
        heldFromMin: minute(entry.heldFrom),
        fromMin: minute(entry.startsAt),
        untilMin: minute(entry.endsAt),
        heldUntilMin: minute(entry.heldUntil),
      })),
  }
}

/** What lies outside some hours of a day. */
function outside(
  hours: readonly (readonly [from: string, until: string])[],
  kind: Shade['kind'],
  words: string,
): Shade[] {
  const shades: Shade[] = []
  let at = 0
  for (const [from, until] of [...hours].sort(([a], [b]) => a.localeCompare(b))) {
    if (clockMinutes(from) > at) shades.push({ kind, fromMin: at, untilMin: clockMinutes(from), words })
    at = Math.max(at, clockMinutes(until))
  }
  if (at < 1440) shades.push({ kind, fromMin: at, untilMin: 1440, words })
  return shades
}

/** "10:15 to 13:15". */
export function spanWords(
  { startsAt, endsAt }: Pick<DiaryEntry, 'startsAt' | 'endsAt'>,
  timeZone: string,
): string {
  return `${timeInWords(startsAt, timeZone)} to ${timeInWords(endsAt, timeZone)}`
}
