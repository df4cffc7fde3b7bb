import { dateInWords } from '../../platform/time.ts'
import { classNames, DataTable, EmptyState, Figure } from '../../ui/index.ts'
import { DefinedBy } from './defined-by.tsx'
import type { PersonCourse } from './person-course.server.ts'
import { findingInWords, shadeOf, type UseDay, type UseFinding } from './use-days.ts'

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/**
 * Days with and without use as months of squares, oldest first. What a day is stands in its sign and frame besides its
 * colour; the picture is one image whose alternative text is what it says, and the days are a table below it.
 *
 * @param own for the person themselves
 */
export function UseHeat({
  use,
  note,
  own = false,
}: {
  use: PersonCourse['use']
  note?: string
  own?: boolean
}) {
  const findings = findingsInWords(use)
  if (findings.length === 0) {
    return (
      <EmptyState title="No days yet">
        <p>Days stand here as check-ins and the use calendar tell of them.</p>
      </EmptyState>
    )
  }
  const listed = use.days.filter(
    ({ state, calendar, sessions }) => state !== 'not-told' || calendar || sessions.length > 0,
  )
  return (
    <Figure
      title={own ? 'Your days, as you told them' : 'Days with and without use, as told'}
      note={note}
      definition={
        <>
          {own && (
            <p>
              A day with use is one entry among the others. It takes no other day away, and nothing starts
              again from zero.
            </p>
          )}
          <DefinedBy definitions={[use.definition]} />
        </>
      }
      table={
        <>
          <DataTable
            caption="By month"
            rows={monthRows(use)}
            rowKey={(row) => row.id}
            empty={null}
            columns={[
              { key: 'title', head: 'Month', names: true, cell: (row) => row.title },
              { key: 'days', head: 'Days', align: 'figure', cell: (row) => row.days },
              { key: 'noUse', head: 'No use', align: 'figure', cell: (row) => row.noUse },
              { key: 'use', head: 'Use', align: 'figure', cell: (row) => row.use },
              { key: 'notTold', head: 'Not told', align: 'figure', cell: (row) => row.notTold },
              { key: 'differ', head: 'Tellings differ', align: 'figure', cell: (row) => row.differ },
            ]}
          />
          <div className="heat-days">
            <DataTable
              caption="Days that were told of, and days of sessions; all others were not told"
              rows={listed}
              rowKey={(day) => day.day}
              empty={null}
              columns={[
                { key: 'day', head: 'Day', names: true, cell: (day) => dateInWords(day.day) },
                { key: 'checkIn', head: 'By check-ins', cell: (day) => TOLD[day.checkIn ?? 'nothing'] },
                {
                  key: 'calendar',
                  head: 'By the use calendar',
                  cell: (day) => day.told ?? TOLD.nothing,
                },
                { key: 'counted', head: 'Counted as', cell: countedInWords },
                {
                  key: 'session',
                  head: 'Session',
                  align: 'figure',
                  cell: (day) => (day.sessions.length > 0 ? day.sessions.join(', ') : '–'),
                },
              ]}
            />
          </div>
        </>
      }
    >
      <div className="stack heat-finding">
        {findings.map((finding) => (
          <p key={finding}>{finding}</p>
        ))}
      </div>
      <div className="heat" role="img" aria-label={`Calendar of use. ${findings.join(' ')}`}>
        {use.months.map((month) => (
          <div className="heat-month" key={month.id}>
            <p className="heat-title">{month.title}</p>
            <div className="heat-week heat-head">
              <span />
              {WEEKDAYS.map((name) => (
                <span key={name}>{name.slice(0, 1)}</span>
              ))}
            </div>
            {month.weeks.map((week) => (
              <div className="heat-week" key={week.find(Boolean)?.day}>
                <span className="heat-date">{Number(week.find(Boolean)?.day.slice(8))}</span>
                {WEEKDAYS.map((name, at) => {
                  const day = week[at]
                  return day ? <Square key={name} day={day} /> : <span key={name} />
                })}
              </div>
            ))}
          </div>
        ))}
      </div>
      <Legend drink={use.drink} />
    </Figure>
  )
}

const TOLD = { use: 'use', 'no-use': 'no use', unsure: 'looked at, not known', nothing: 'not told' } as const

function Square({ day }: { day: UseDay }) {
  const shade = shadeOf(day)
  return (
    <span
      className={classNames(
        'heat-day',
        `heat-${day.state}`,
        shade && `heat-${shade}`,
        day.sessions.length > 0 && 'heat-session',
      )}
    >
      {signOf(day)}
    </span>
  )
}

function signOf({ state, differ, drinks, calendar }: UseDay): string {
  if (differ) return '≠'
  if (state === 'no-use') return '·'
  if (state === 'not-told') return calendar === 'unsure' ? '?' : ''
  // Less than half a drink is still drinking.
  return drinks === undefined ? '●' : String(Math.max(1, Math.round(drinks)))
}

function countedInWords({ state, differ }: UseDay): string {
  if (state === 'not-told') return 'not told'
  return `${state === 'use' ? 'use' : 'no use'}${differ ? ', the tellings differ' : ''}`
}

function Legend({ drink }: { drink: PersonCourse['use']['drink'] }) {
  return (
    <ul className="heat-legend">
      <li>
        <span className="heat-day heat-no-use">·</span> no use
      </li>
      <li>
        <span className="heat-day heat-use heat-to-2">2</span>{' '}
        <span className="heat-day heat-use heat-to-5">5</span>{' '}
        <span className="heat-day heat-use heat-above-5">6</span> use, with drinks of {drink.grams} g alcohol
        ({drink.source})
      </li>
      <li>
        <span className="heat-day heat-use heat-no-number">●</span> use of something else, or amount not told
      </li>
      <li>
        <span className="heat-day heat-use heat-no-number">≠</span> check-in and calendar differ; counted as
        use
      </li>
      <li>
        <span className="heat-day heat-not-told" /> not told
      </li>
      <li>
        <span className="heat-day heat-not-told">?</span> looked at, not known
      </li>
      <li>
        <span className="heat-day heat-not-told heat-session" /> thick frame: a session with a dose
      </li>
    </ul>
  )
}

/** One sentence for the days since the first dose and one for those before; those without days are left out. */
function findingsInWords({ before, since }: PersonCourse['use']): string[] {
  const say = (name: string, finding: UseFinding | undefined) =>
    finding
      ? [`${name} (${dateInWords(finding.from)} to ${dateInWords(finding.to)}): ${findingInWords(finding)}`]
      : []
  return [
    ...say('Since the first session', since),
    ...say(since ? 'The 90 days before' : 'The last 90 days', before),
  ]
}

function monthRows({ months }: PersonCourse['use']) {
  return months.map(({ id, title, weeks }) => {
    const days = weeks.flat().filter((day) => day !== null)
    const count = (wanted: UseDay['state']) => days.filter(({ state }) => state === wanted).length
    return {
      id,
      title,
      days: days.length,
      use: count('use'),
      noUse: count('no-use'),
      notTold: count('not-told'),
      differ: days.filter(({ differ }) => differ).length,
    }
  })
}
