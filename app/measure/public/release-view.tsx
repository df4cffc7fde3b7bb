import { dateInWords } from '../../platform/time.ts'
import { DataTable, Facts, Figure, IntervalChart, Section } from '../../ui/index.ts'
import { percent, percentRange } from '../percent-words.ts'
import { type CourseFigures, type CurvePoint, NOTED, type PublishedShare } from './public-figures.ts'
import type { ReleasePage } from './release-page.ts'
import {
  correctionWords,
  curveFinding,
  NOTED_WORDS,
  quartersInWords,
  sharesFinding,
  WAY_WORDS,
} from './release-words.ts'

/** A release as everybody sees it: on the public page, and before it is signed. Nothing is computed here. */
export function ReleaseView({ page }: { page: ReleasePage }) {
  const { figures, invented, coursePeriod, curve, shares } = page
  const anyNoted = NOTED.some((what) => figures.noted[what])
  return (
    <>
      <Section title={`Who this is about${invented}`}>
        <div className="stack">
          <p className="measure">
            {figures.people} people had their first session here in {quartersInWords(page.firstSessions)}:
            everybody of whom we knew when they were counted. Counted on {dateInWords(page.countedOn)}.
          </p>
          {page.corrections?.map((correction) => (
            <p className="measure" key={correction.release}>
              {correctionWords(correction)}
            </p>
          ))}
          {page.corrections?.length ? (
            <p className="measure">
              A correction counts the same people again, as far as they began in those quarters. Who came to
              light since is counted with the next quarters.
            </p>
          ) : null}
          {(!figures.course || !anyNoted) && (
            <p className="measure">
              {figures.course || anyNoted ? 'Some of what' : 'What'} became of them is not shown yet, whether
              the news is good or bad: with so few, a figure would speak of fewer than ten people, or could be
              worked out from the others. They wait, and are counted together with those who come later.
            </p>
          )}
          {figures.course && (
            <Facts
              layout="columns"
              facts={[
                { term: 'People whose course is shown', value: figures.course.people },
                {
                  term: 'Not heard from in the week up to day 90',
                  value: figures.course.week.missing,
                  source: 'lost to us for that week; what became of them is not known',
                },
                { term: 'Used in that week, by their own word', value: figures.course.week.use },
              ]}
            />
          )}
        </div>
      </Section>
      {figures.course && coursePeriod && curve && shares && (
        <Course
          course={figures.course}
          curve={curve}
          shares={shares}
          invented={invented}
          about={`${figures.course.people} people whose first session was in ${quartersInWords(coursePeriod)}; counted by ${dateInWords(page.countedOn)}.`}
        />
      )}
      {anyNoted && (
        <Section title={`What was noted in sessions${invented}`}>
          <div className="stack">
            <DataTable
              caption={`People in whom it was noted at least once up to day 90${invented}`}
              rows={NOTED.map((what) => ({ what, noted: figures.noted[what] }))}
              rowKey={({ what }) => what}
              empty={null}
              columns={[
                { key: 'what', head: 'What was noted', names: true, cell: ({ what }) => NOTED_WORDS[what] },
                {
                  key: 'people',
                  head: 'People',
                  align: 'figure',
                  cell: ({ noted }) => (noted ? `${noted.count} of ${noted.people}` : 'not shown yet'),
                },
              ]}
            />
            <p className="measure">
              It tells what staff noted in the log. Where nothing is noted, somebody may still have had it.
            </p>
          </div>
        </Section>
      )}
      {figures.course && (
        <Section title="What this does not say">
          <div className="prose">
            <ul>
              <li>
                It does not say what caused it. There is no comparison group: people also had therapy, stopped
                by themselves, or came at their worst and would have been better later in any case.
              </li>
              <li>
                It does not say how it will be for you. Each figure is about these people together, and each
                has an interval because they are few.
              </li>
              <li>
                It rests on what people tell in check-ins and the use calendar. People who use again may tell
                less, so no single way of counting them is right.
              </li>
              <li>It says nothing of what came after day 90.</li>
            </ul>
          </div>
        </Section>
      )}
      <Section title="How it is counted">
        <details className="disclosure measure">
          <summary>Definitions in words, with their versions</summary>
          <dl className="stack">
            {page.definitions.map(({ id, version, name, text }) => (
              <div key={id}>
                <dt>
                  <strong>{name}</strong> (definition {id}, version {version})
                </dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </details>
      </Section>
    </>
  )
}

function Course({
  course,
  curve,
  shares,
  invented,
  about,
}: {
  course: CourseFigures
  curve: readonly CurvePoint[]
  shares: readonly PublishedShare[]
  invented: string
  about: string
}) {
  const used = curveFinding(curve.at(-1)!, course.people)
  const week = sharesFinding(shares)
  return (
    <>
      <Section title={`First use after the first session${invented}`}>
        <div className="stack">
          <p className="measure">{used}</p>
          <Figure
            title={`No use told yet${invented}`}
            note={`${about} Definitions time-to-first-use and published-curve, below. Between the days shown nothing is told.`}
            table={
              <DataTable
                caption="First use and people lost, between the days shown"
                rows={curve}
                rowKey={({ day }) => String(day)}
                empty={null}
                columns={[
                  { key: 'day', head: 'Up to day', names: true, align: 'figure', cell: ({ day }) => day },
                  {
                    key: 'used',
                    head: 'First use',
                    unit: 'people',
                    align: 'figure',
                    cell: ({ used }) => used,
                  },
                  { key: 'lost', head: 'Lost', unit: 'people', align: 'figure', cell: ({ lost }) => lost },
                  {
                    key: 'left',
                    head: 'Still followed',
                    unit: 'people',
                    align: 'figure',
                    cell: ({ left }) => left,
                  },
                  {
                    key: 'share',
                    head: 'No use told yet',
                    align: 'figure',
                    cell: ({ notYetUsed }) => percent(notYetUsed),
                  },
                  {
                    key: 'limits',
                    head: '95 % interval',
                    align: 'figure',
                    cell: ({ limits }) => percentRange(limits ?? undefined),
                  },
                ]}
              />
            }
          >
            <IntervalChart
              alt={`No use told yet${invented}. ${used}`}
              valueLabel="No use told yet"
              groups={[
                {
                  rows: curve.map(({ day, left, notYetUsed, limits }) => ({
                    key: String(day),
                    label: `Day ${day}`,
                    value: notYetUsed,
                    lower: limits?.lower,
                    upper: limits?.upper,
                    beside: `${left} followed`,
                  })),
                },
              ]}
            />
          </Figure>
        </div>
      </Section>
      <Section title={`No use told in the week up to day 90${invented}`}>
        <div className="stack">
          <p className="measure">{week}</p>
          <Figure
            title={`Without use in the week up to day 90, counted in three ways${invented}`}
            note={`${about} Definition abstinence-at-day-90, below.`}
            table={
              <DataTable
                caption="Three ways of counting who was not heard from"
                rows={shares}
                rowKey={({ missing }) => missing}
                empty={null}
                columns={[
                  {
                    key: 'way',
                    head: 'Way of counting',
                    names: true,
                    cell: ({ missing }) => WAY_WORDS[missing],
                  },
                  {
                    key: 'count',
                    head: 'Without use',
                    align: 'figure',
                    cell: ({ count, of }) => `${count} of ${of}`,
                  },
                  { key: 'share', head: 'Share', align: 'figure', cell: ({ share }) => percent(share) },
                  { key: 'limits', head: '95 % interval', align: 'figure', cell: percentRange },
                ]}
              />
            }
          >
            <IntervalChart
              alt={`Without use in the week up to day 90${invented}. ${week}`}
              valueLabel="Without use in that week"
              groups={[
                {
                  rows: shares.map(({ missing, count, of, share, lower, upper }, at) => ({
                    key: missing,
                    label: WAY_WORDS[missing],
                    series: ([1, 2, 3] as const)[at],
                    value: share,
                    lower,
                    upper,
                    beside: `${count} of ${of}`,
                  })),
                },
              ]}
            />
          </Figure>
        </div>
      </Section>
    </>
  )
}
