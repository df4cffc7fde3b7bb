import { addDays, daysBetween, type LocalDate } from '../../platform/time.ts'
import { type Calendar, type DayRecord, saysTheSame, type ToldDay, whyNotTell } from './use-day.ts'

/** What to do with days of a range that were told before. Nothing is chosen until the question was asked. */
export type AboutTold = 'ask' | 'keep' | 'replace'

/** A day with the revision somebody saw of it; 0: it was not told. */
export type SeenDay = { readonly day: LocalDate; readonly revision: number }

export type RangePlan =
  | { readonly ok: true; readonly days: readonly SeenDay[] }
  | {
      readonly ok: false
      readonly reason: 'ends-before-it-begins' | 'in-the-future' | 'more-than-a-year-ago'
    }
  | {
      readonly ok: false
      /** `told-meanwhile`: somebody told one of these days after the question was asked. */
      readonly reason: 'already-told' | 'told-meanwhile'
      readonly told: readonly DayRecord[]
    }

/**
 * Which days of a range are written, or why none is. Days that say the same already are left alone; days that say
 * something else are never replaced before somebody was shown them and chose to.
 *
 * @param seen the told days that were shown when the choice was made
 */
export function planRange(
  calendar: Calendar,
  range: { readonly from: LocalDate; readonly to: LocalDate },
  wanted: ToldDay,
  aboutTold: AboutTold,
  seen: readonly SeenDay[],
  today: LocalDate,
): RangePlan {
  if (range.to < range.from) return { ok: false, reason: 'ends-before-it-begins' }
  const against = whyNotTell(range.to, today) ?? whyNotTell(range.from, today)
  if (against) return { ok: false, reason: against }
  const days = daysOf(range)
  const other = days.flatMap((day) => {
    const told = calendar.get(day)
    return told && !saysTheSame(told, wanted) ? [told] : []
  })
  if (other.length > 0 && aboutTold === 'ask') return { ok: false, reason: 'already-told', told: other }
  const unseen = other.filter(
    (told) => !seen.some((one) => one.day === told.day && one.revision === told.revision),
  )
  if (aboutTold === 'replace' && unseen.length > 0) {
    return { ok: false, reason: 'told-meanwhile', told: other }
  }
  return {
    ok: true,
    days: days.flatMap((day) => {
      const told = calendar.get(day)
      if (told && (saysTheSame(told, wanted) || aboutTold !== 'replace')) return []
      return [{ day, revision: told?.revision ?? 0 }]
    }),
  }
}

/** Every day from first to last, both included. */
export function daysOf({ from, to }: { readonly from: LocalDate; readonly to: LocalDate }): LocalDate[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => addDays(from, i))
}

/** `2026-11-01:2 2026-11-05:1`, as a hidden field carries it. */
export function seenAsText(seen: readonly SeenDay[]): string {
  return seen.map(({ day, revision }) => `${day}:${revision}`).join(' ')
}

export function seenFromText(text: string): SeenDay[] {
  return [...text.matchAll(/(\d{4}-\d\d-\d\d):(\d{1,6})/g)].map(([, day, revision]) => ({
    day: day as LocalDate,
    revision: Number(revision),
  }))
}
