import type { PersonId } from '../../platform/ids.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { AdverseEvent } from '../session/care.ts'

/** An adverse event somebody still looks at, as it stands in the list. */
export type OpenAdverseEvent = {
  readonly event: AdverseEvent
  readonly sessionId: string
  readonly personId: PersonId
}

/**
 * Adverse events that wait for a further look, the one whose day comes first standing first; on the same day the graver
 * one. What needs nothing more is not among them.
 */
export function openAdverseEvents(all: readonly OpenAdverseEvent[]): OpenAdverseEvent[] {
  return all
    .filter(({ event }) => event.followUpBy !== null)
    .sort((a, b) => {
      const [of, than] = [a.event.followUpBy!, b.event.followUpBy!]
      return of === than ? b.event.grade - a.event.grade : of < than ? -1 : 1
    })
}

/** Whether the day by which somebody looks again has passed, is today, or lies ahead. */
export function followUpState(day: LocalDate, today: LocalDate): 'overdue' | 'today' | 'ahead' {
  return day < today ? 'overdue' : day === today ? 'today' : 'ahead'
}
