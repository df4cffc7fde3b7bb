import { dateInWords } from '../../platform/time.ts'
import { DataTable, EmptyState, Facts } from '../../ui/index.ts'
import { DefinedBy } from './defined-by.tsx'
import { type ExposureSpan, rounded, sumInWords } from './exposure.ts'
import type { PersonCourse, SessionDose } from './person-course.server.ts'
import { WATCHED_SOURCE } from './watched.ts'

/** How much was given here in all and of late, with what is not known beside it, and how it is counted. */
export function ExposurePart({ exposure }: { exposure: PersonCourse['exposure'] }) {
  const [all] = exposure.spans
  return (
    <>
      <Facts
        layout="columns"
        facts={[
          { term: 'Sessions with a dose', value: all?.sessions },
          {
            term: 'Since the last dose',
            value: exposure.daysSinceLast === undefined ? 'no dose yet' : daysInWords(exposure.daysSinceLast),
            source: exposure.lastDay && dateInWords(exposure.lastDay),
          },
        ]}
      />
      {exposure.lastDay && (
        <DataTable
          caption="Given here in all, and in the days up to and including today"
          rows={exposure.spans}
          rowKey={(span) => String(span.days)}
          phone="stack"
          empty={null}
          columns={[
            { key: 'days', head: 'Days', names: true, cell: spanInWords },
            { key: 'sessions', head: 'Doses', align: 'figure', cell: (span) => span.sessions },
            {
              key: 'mg',
              head: 'Ketamine',
              unit: 'mg',
              align: 'figure',
              cell: (span) => sumInWords(span.mg, 1),
            },
            {
              key: 'mgPerKg',
              head: 'Ketamine',
              unit: 'mg/kg',
              align: 'figure',
              cell: (span) => sumInWords(span.mgPerKg, 2),
            },
            { key: 'without', head: 'Not in the sums', cell: withoutInWords },
          ]}
        />
      )}
      <DefinedBy definitions={[exposure.definition]} />
    </>
  )
}

function daysInWords(days: number): string {
  return days === 0 ? 'today' : days === 1 ? '1 day' : `${days} days`
}

function spanInWords({ days }: ExposureSpan): string {
  return days === undefined ? 'All so far' : `Last ${days} days`
}

function withoutInWords({ mg, mgPerKg }: ExposureSpan): string {
  if (mgPerKg.without === 0) return 'nothing'
  const amounts = mg.without > 0 ? [`${mg.without} without a recorded amount`] : []
  const weights = mgPerKg.without - mg.without
  return [...amounts, ...(weights > 0 ? [`${weights} without a known weight`] : [])].join(', ')
}

/** Every dose with the weight of its own order. */
export function DoseTable({
  doses,
  linked,
}: {
  doses: readonly SessionDose[]
  /** Whether a session leads to its page, which is the staff's. */
  linked: boolean
}) {
  return (
    <DataTable
      caption="Doses in order"
      rows={doses}
      rowKey={(dose) => dose.sessionId}
      phone="stack"
      empty={
        <EmptyState title="No dose yet">
          <p>Doses stand here once they are begun.</p>
        </EmptyState>
      }
      columns={[
        {
          key: 'number',
          head: 'Session',
          names: true,
          cell: (dose) =>
            linked ? (
              <a href={`/work/sessions/${dose.sessionId}`}>Session {dose.sessionNumber}</a>
            ) : (
              `Session ${dose.sessionNumber}`
            ),
        },
        { key: 'day', head: 'Day', cell: (dose) => dateInWords(dose.day) },
        { key: 'mg', head: 'Given', unit: 'mg', align: 'figure', cell: (dose) => known(dose.mg, 1) },
        {
          key: 'weight',
          head: 'Weight of the order',
          unit: 'kg',
          align: 'figure',
          cell: (dose) =>
            dose.weightKg === undefined
              ? 'not known'
              : `${rounded(dose.weightKg, 1)}${dose.weightBasis ? ` (${dose.weightBasis})` : ''}`,
        },
        {
          key: 'mgPerKg',
          head: 'Given',
          unit: 'mg/kg',
          align: 'figure',
          cell: (dose) => known(dose.mgPerKg, 2),
        },
      ]}
    />
  )
}

function known(value: number | undefined, digits: number): string | number {
  return value === undefined ? 'not known' : rounded(value, digits)
}

const WATCHED_STATES = { 'in-time': 'in time', due: 'due', unknown: 'cannot be told' } as const

/** What is recommended to be watched with repeated doses, and what is known of it here. */
export function WatchedPart({ watched }: { watched: PersonCourse['watched'] }) {
  return (
    <>
      <DataTable
        caption="To be watched when ketamine is given again"
        rows={watched}
        rowKey={(thing) => thing.name}
        phone="stack"
        empty={null}
        columns={[
          { key: 'name', head: 'What', names: true, cell: (thing) => thing.name },
          { key: 'recommended', head: 'How often', cell: (thing) => thing.recommended },
          { key: 'known', head: 'Known here', cell: (thing) => thing.known },
          { key: 'state', head: 'By that', cell: (thing) => WATCHED_STATES[thing.state] },
        ]}
      />
      <p className="chart-figure-note">{WATCHED_SOURCE}</p>
    </>
  )
}
