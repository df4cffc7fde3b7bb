import type { ReactNode } from 'react'
import { WITHHELD } from '../../platform/disclosure.ts'
import { DataTable, EmptyState, Figure, SurvivalChart } from '../../ui/index.ts'
import { FEWEST_FOR_A_CURVE } from '../dataset/definition.ts'
import { percent, percentRange } from '../percent-words.ts'
import type { ClinicFigure } from './clinic-figure.ts'

const WHY_NO_CURVE = {
  'too-few-people': `A curve is drawn when at least ${FEWEST_FOR_A_CURVE} people have had a first session: with fewer, one person's course could be read from it, and the uncertainty would be larger than anything it says.`,
  'too-few-followed':
    'Enough people have had a first session, but fewer than ten of them have answered check-ins for a week. The curve appears when they have.',
} as const

/** The clinic's own curve of time to first use, or why there is none. */
export function ClinicSurvivalFigure({
  figure,
  title,
  definition,
  note,
}: {
  figure: ClinicFigure
  title: string
  definition?: ReactNode
  note?: ReactNode
}) {
  if (figure.kind === 'no-curve') {
    return (
      <EmptyState title="No curve yet">
        <p>{WHY_NO_CURVE[figure.why]}</p>
      </EmptyState>
    )
  }
  const last = figure.points.at(-1)!
  return (
    <Figure
      title={title}
      definition={definition}
      note={note}
      table={
        <DataTable
          caption="Not yet used, at round days"
          rows={figure.points}
          rowKey={(point) => String(point.day)}
          empty={null}
          columns={[
            { key: 'day', head: 'Day', align: 'figure', names: true, cell: (point) => point.day },
            {
              key: 'risk',
              head: 'Still observed',
              unit: 'people',
              align: 'figure',
              cell: (point) => point.atRisk ?? WITHHELD,
            },
            {
              key: 'share',
              head: 'Not yet used',
              align: 'figure',
              cell: (point) => percent(point.without),
            },
            {
              key: 'limits',
              head: '95 % interval',
              align: 'figure',
              cell: (point) => percentRange(point.limits),
            },
          ]}
        />
      }
    >
      <SurvivalChart
        groups={[figure.drawn]}
        alt={`${title}. Of ${figure.drawn.n} people, ${percent(last.without)} had not yet used by day ${last.day} (95 % interval ${percentRange(last.limits)}).`}
        timeLabel="Days since the first dose"
        survivalLabel="Not yet used"
        bandLabel="Band: 95 % interval"
      />
    </Figure>
  )
}
