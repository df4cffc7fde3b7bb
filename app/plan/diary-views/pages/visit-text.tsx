import type { ScheduleVisit } from '../schedule-page.server.ts'

/** A visit in a cell or a list. */
export function VisitText({
  visit,
  linkId,
  tabIndex,
}: {
  visit: ScheduleVisit
  linkId?: string | undefined
  tabIndex?: number | undefined
}) {
  return (
    <>
      <span className="schedule-time">{visit.time}</span>
      <a href={`/work/appointments/${visit.id}`} id={linkId} tabIndex={tabIndex} draggable={false}>
        {visit.name}
      </a>
      <span className="schedule-nurse">
        {visit.what}
        {visit.who && ` · ${visit.who}`} · {visit.place}
      </span>
      {visit.toSign && <span className="schedule-problem">Documents to sign first</span>}
      {visit.lookAgain && <span className="schedule-problem">Decision to be looked at again</span>}
      {visit.problem && <span className="schedule-problem">Does not fit: {visit.problem}</span>}
    </>
  )
}
