import type { CheckIn } from '../../follow-up/index.ts'
import type { PersonId } from '../../platform/ids.ts'
import { daysBetween, type LocalDate } from '../../platform/time.ts'
import { CRAVING_DAYS, type CravingDay } from '../dataset/definitions.ts'
import { outcomeCourses } from '../dataset/outcome-course.ts'

/** The craving of one week, by definition `craving-to-day-…`. */
export type CravingWeek = {
  /** The last day of the week, counted from the first dose. */
  readonly day: CravingDay
  readonly answers: number
  /** Undefined when nobody asked or answered in that week. */
  readonly mean: number | undefined
}

/**
 * The weeks of craving that have passed. A single day's answer goes up and down; the definition takes the mean of a week.
 *
 * @param checkIns those that count (`currentCheckIns`)
 * @returns empty without a dose
 */
export function cravingWeeks(
  personId: PersonId,
  doses: readonly { readonly day: LocalDate }[],
  checkIns: readonly Pick<CheckIn, 'forDate' | 'used' | 'craving0to10'>[],
  today: LocalDate,
): CravingWeek[] {
  const [course] = outcomeCourses({
    doses: doses.map(({ day }) => ({ personId, day, plannedBy: null })),
    checkIns: checkIns.map(({ forDate, used, craving0to10 }) => ({ personId, forDate, used, craving0to10 })),
    calendarDays: [],
  })
  if (!course) return []
  return CRAVING_DAYS.filter((day) => daysBetween(course.firstDoseDay, today) > day).map((day) => {
    const { sum, answers } = course.craving[day]
    return { day, answers, mean: answers === 0 ? undefined : sum / answers }
  })
}
