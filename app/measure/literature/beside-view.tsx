import { Fragment } from 'react'
import { DataTable, Figure, IntervalChart, type IntervalRow } from '../../ui/index.ts'
import { percent, percentRange } from '../percent-words.ts'
import { type BesideStudies, notDrawn, type StudyArm } from './beside-studies.ts'

/** The clinic's own share in one way of counting; undefined is withheld. */
export type OwnShare = {
  readonly way: string
  readonly shown:
    | {
        readonly count: number
        readonly of: number
        readonly share: number
        readonly lower: number
        readonly upper: number
      }
    | undefined
}

type TableRow = {
  readonly key: string
  readonly who: string
  readonly href: string | undefined
  readonly what: string
  readonly figure: Pick<StudyArm, 'count' | 'of' | 'share' | 'lower' | 'upper'> | undefined
}

/**
 * The clinic's own shares without use, and beneath them the same outcome in published studies, each with why it is not
 * comparable; then every study without usable figures and why.
 *
 * @param own empty when the clinic has nothing to show
 * @param invented what titles say of people who do not exist
 */
export function BesideStudiesView({
  beside: { points, without, reviews },
  own,
  clinicName,
  invented,
}: {
  beside: BesideStudies
  own: readonly OwnShare[]
  clinicName: string
  invented: string
}) {
  const ours = `${clinicName}${invented}`
  const ownRows: TableRow[] = own.map(({ way, shown }) => ({
    key: way,
    who: ours,
    href: undefined,
    what: `no use in the week up to day 90; ${way.toLowerCase()}`,
    figure: shown,
  }))
  const studyRows: TableRow[] = points.flatMap((point) =>
    point.arms.map((arm) => ({
      key: `${point.key} ${arm.name}`,
      who: point.citation,
      href: point.href,
      what: `${point.outcome}, ${point.when}; ${arm.name.toLowerCase()}`,
      figure: arm,
    })),
  )
  return (
    <div className="stack">
      <Figure
        title={`People without use at a time, ${own.length > 0 ? `here${invented} and ` : ''}in ${new Set(points.map(({ id }) => id)).size} studies: not comparable`}
        note="Points are shares with their 95 % interval (Wilson), computed from the counts that each study prints. They differ in who, what, when and how; the reasons stand beneath."
        table={
          <DataTable
            caption={`The same numbers${invented}`}
            rows={[...ownRows, ...studyRows]}
            rowKey={({ key }) => key}
            empty={null}
            columns={[
              {
                key: 'who',
                head: 'Where',
                names: true,
                cell: ({ who, href }) => (href ? <a href={href}>{who}</a> : who),
              },
              { key: 'what', head: 'What is counted', cell: ({ what }) => what },
              {
                key: 'count',
                head: 'People',
                align: 'figure',
                cell: ({ figure }) => (figure ? `${figure.count} of ${figure.of}` : 'withheld'),
              },
              {
                key: 'share',
                head: 'Share',
                align: 'figure',
                cell: ({ figure }) => (figure ? percent(figure.share) : '–'),
              },
              {
                key: 'limits',
                head: '95 % interval',
                align: 'figure',
                cell: ({ figure }) => (figure ? percentRange(figure) : '–'),
              },
            ]}
          />
        }
      >
        <IntervalChart
          alt={`Shares without use at a time, which are not comparable. ${sayOwn(own, ours)} ${points
            .map(
              ({ label, arms }) =>
                `${label}: ${arms.map((arm) => `${arm.name.toLowerCase()} ${arm.count} of ${arm.of}`).join(', ')}.`,
            )
            .join(' ')}`}
          valueLabel="Without use"
          groups={[
            ...(own.length === 0
              ? []
              : [{ label: `Here${invented}: week up to day 90`, rows: own.map(ownRow) }]),
            ...points.map(({ key, label, arms }) => ({
              label,
              rows: arms.map(
                (arm): IntervalRow => ({
                  key: `${key} ${arm.name}`,
                  label: arm.name,
                  series: arm.name === 'Comparison' ? 3 : 1,
                  value: arm.share,
                  lower: arm.lower,
                  upper: arm.upper,
                  beside: `${arm.count} of ${arm.of}`,
                }),
              ),
            })),
          ]}
        />
      </Figure>
      <p className="measure">
        The picture is brighter than what is known, since trials with other news print no such counts:{' '}
        {notDrawn({ without }).map(({ id, href, citation, direction }, at) => (
          <Fragment key={id}>
            {at > 0 && '; '}
            <a href={href}>{citation}</a>, {lowerFirst(direction)}
          </Fragment>
        ))}
        .
      </p>
      <h3>Why they are not comparable</h3>
      {points.map(({ key, href, citation, outcome, when, direction, notComparable, harms, limits }) => (
        <details className="disclosure measure" key={key}>
          <summary>
            {citation}: {outcome}, {when}
          </summary>
          <div className="prose">
            <ul>
              {notComparable.map((why) => (
                <li key={why}>{why}</li>
              ))}
            </ul>
            <p>What the study found: {direction}.</p>
            <p>
              Harms:{' '}
              {harms ?? 'our record of the study tells of none, which does not mean that there were none.'}
            </p>
            <p>Its limits: {limits}</p>
            <p>
              <a href={href}>The study, with its source: {citation}</a>
            </p>
          </div>
        </details>
      ))}
      <h3>Studies without a point</h3>
      <details className="disclosure">
        <summary>
          {without.length} studies print no usable figure for this outcome: what each found, and why it has no
          point
        </summary>
        <DataTable
          caption={`Why they have no point; ${reviews} reviews tell of the same studies and are not listed`}
          phone="stack"
          rows={without}
          rowKey={({ id }) => id}
          empty={null}
          columns={[
            {
              key: 'study',
              head: 'Study',
              names: true,
              cell: ({ href, citation }) => <a href={href}>{citation}</a>,
            },
            {
              key: 'people',
              head: 'People',
              align: 'figure',
              cell: ({ people }) => people ?? 'not reported',
            },
            { key: 'direction', head: 'What it found', cell: ({ direction }) => direction },
            { key: 'harms', head: 'Harms', cell: ({ harms }) => harms ?? 'none told in our record' },
            { key: 'why', head: 'Why it has no point here', cell: ({ why }) => why },
          ]}
        />
      </details>
    </div>
  )
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}

function ownRow({ way, shown }: OwnShare): IntervalRow {
  return {
    key: way,
    label: way,
    series: 2,
    value: shown?.share,
    lower: shown?.lower,
    upper: shown?.upper,
    beside: shown && `${shown.count} of ${shown.of}`,
    instead: 'withheld',
  }
}

function sayOwn(own: readonly OwnShare[], ours: string): string {
  if (own.length === 0) return `${ours}: nothing to show yet.`
  const said = own.map(
    ({ way, shown }) => `${way.toLowerCase()} ${shown ? `${shown.count} of ${shown.of}` : 'withheld'}`,
  )
  return `${ours}: ${said.join(', ')}.`
}
