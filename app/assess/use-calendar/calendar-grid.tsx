import { classNames } from '../../ui/index.ts'
import type { CalendarView } from './calendar-page.server.ts'

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

/** Months as tables of days, newest first. Each day is a link; its state is a shape, a word and a colour. */
export function CalendarGrid({ view }: { view: CalendarView }) {
  return (
    <div className="use-months">
      {view.months.map((month) => (
        <table className="use-month" key={month.id}>
          <caption>{month.title}</caption>
          <thead>
            <tr>
              {WEEKDAYS.map((name) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {month.weeks.map((week) => (
              <tr key={week.find(Boolean)?.day}>
                {WEEKDAYS.map((name, i) => {
                  const mark = week[i]
                  return (
                    <td key={name}>
                      {mark && (
                        <a
                          href={`${view.path}?day=${mark.day}#the-day`}
                          className={classNames(
                            'use-day',
                            `use-day-${mark.state}`,
                            mark.today && 'use-day-today',
                            mark.chosen && 'use-day-chosen',
                          )}
                          aria-current={mark.chosen ? 'date' : undefined}
                        >
                          <span className="hidden">{mark.today ? `Today, ${mark.label}` : mark.label}</span>
                          <span className="use-day-number" aria-hidden="true">
                            {mark.number}
                            {mark.noted && <span className="use-day-noted">*</span>}
                          </span>
                          <DayShape state={mark.state} />
                          <span className="use-day-word" aria-hidden="true">
                            {mark.word}
                          </span>
                        </a>
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  )
}

/** What the shapes mean, once for all months. */
export function CalendarLegend({ drink }: { drink: CalendarView['drink'] }) {
  return (
    <ul className="use-legend">
      <li>
        <DayShape state="none" /> no use
      </li>
      <li>
        <DayShape state="used" /> used; “3 dr” is 3 drinks of {drink.grams} g alcohol ({drink.source})
      </li>
      <li>
        <DayShape state="unknown" /> unsure: looked at, not known
      </li>
      <li>
        <DayShape state="open" /> open: not told yet
      </li>
      <li>* a session here or a special day</li>
    </ul>
  )
}

function DayShape({ state }: { state: 'none' | 'used' | 'unknown' | 'open' }) {
  return (
    <svg className="use-shape" viewBox="0 0 16 16" aria-hidden="true">
      {state === 'none' && <circle className="shape-outline" cx="8" cy="8" r="5.5" />}
      {state === 'used' && <circle className="shape-fill" cx="8" cy="8" r="6" />}
      {state === 'unknown' && <circle className="shape-outline shape-dashed" cx="8" cy="8" r="5.5" />}
      {state === 'open' && <path className="shape-outline" d="M4.5 8 H11.5" />}
    </svg>
  )
}
