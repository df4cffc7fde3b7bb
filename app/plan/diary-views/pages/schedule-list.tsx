import type { SchedulePageData } from '../schedule-page.server.ts'
import { dropValue } from './schedule-items.ts'
import { VisitText } from './visit-text.tsx'

/** The same for a narrow screen: each column as a list, with the free times as buttons while a visit is in hand. */
export function ScheduleList({ data }: { data: SchedulePageData }) {
  return (
    <div className="schedule-list">
      {data.columns.map((column) => {
        const cells = column.lanes.flat()
        const visits = cells
          .flatMap((c) => (c.kind === 'visit' ? [{ row: c.row, visit: c.visit }] : []))
          .sort((a, b) => a.row - b.row)
        const away = [...new Set(cells.flatMap((c) => (c.kind === 'away' ? [c.words] : [])))]
        const slots = cells
          .flatMap((c) => (c.kind === 'free' && c.slot ? [c.slot] : []))
          .sort((a, b) => a.row - b.row)
        return (
          <section key={column.key}>
            <h2>{column.label}</h2>
            {(column.note || away.length > 0) && (
              <p className="schedule-note">{[column.note, ...away].filter(Boolean).join('; ')}</p>
            )}
            {visits.length === 0 ? (
              <p className="schedule-nothing">Nothing booked</p>
            ) : (
              <ul>
                {visits.map(({ visit }) => (
                  <li key={visit.id}>
                    <VisitText visit={visit} />
                  </li>
                ))}
              </ul>
            )}
            {slots.length > 0 && (
              <details className="disclosure" open={data.columns.length === 1}>
                <summary>
                  {slots.length} free {slots.length === 1 ? 'time' : 'times'} here
                </summary>
                <div className="schedule-times">
                  {slots.map((slot) => (
                    <button
                      key={slot.startsAt}
                      type="submit"
                      name="to"
                      value={dropValue(slot)}
                      className="button button-quiet"
                    >
                      {slot.words.slice(0, 5)}
                      <span className="hidden">{slot.words.slice(5)}</span>
                    </button>
                  ))}
                </div>
              </details>
            )}
          </section>
        )
      })}
    </div>
  )
}
