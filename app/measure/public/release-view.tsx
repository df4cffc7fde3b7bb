import { dateInWords } from '../../platform/time.ts'
import { DataTable, EmptyState, Facts, Figure, IntervalChart, Section } from '../../ui/index.ts'
import { percent, percentRange } from '../percent-words.ts'
import { NOTED } from './public-figures.ts'
import type { ReleasePage } from './release-page.ts'
import { curveFinding, NOTED_WORDS, quartersInWords, sharesFinding, WAY_WORDS } from './release-words.ts'

const HIDDEN = 'withheld'
const said = (value: number | null | undefined) => value ?? HIDDEN

/** A release as everybody sees it: on the public page, and before it is signed. Nothing is computed here. */
export function ReleaseView({ page }: { page: ReleasePage }) {
  const { figures, invented } = page
  if (isAllWithheld(page)) return <TooFew page={page} />
  const about = `People whose first session was in ${quartersInWords(page.firstSessions)}; counted on ${dateInWords(page.countedOn)}.`
  return (
    <>
      <Section title={`Who this is about${invented}`}>
        <div className="stack">
          <p className="measure">
            Everybody whose first session was in {quartersInWords(page.firstSessions)}, nobody left out, as
            counted on {dateInWords(page.countedOn)}.
          </p>
          <Facts
            layout="columns"
            facts={[
              { term: 'People', value: said(figures.people) },
              {
                term: 'Not heard from in the week up to day 90',
                value: said(figures.week.missing),
                source: 'lost to us for that week; what became of them is not known',
              },
              {
                term: 'Used in that week, by their own word',
                value: said(figures.week.use),
              },
            ]}
          />
          {figures.people !== null && hasWithheld(page) && (
            <p className="measure">
              Some counts are withheld: where fewer than ten people stand behind one, or where one could be
              worked out from the others. That is so whether the news is good or bad.
            </p>
          )}
        </div>
      </Section>
      <Section title={`First use after the first session${invented}`}>
        <FirstUse page={page} about={about} />
      </Section>
      <Section title={`No use in the week up to day 90${invented}`}>
        <WeekShares page={page} about={about} />
      </Section>
      <Section title={`What was noted in sessions${invented}`}>
        <div className="stack">
          <DataTable
            caption={`People in whom it was noted at least once up to day 90, of ${said(figures.people)}`}
            rows={NOTED.map((what) => ({ what, people: figures.noted[what] }))}
            rowKey={({ what }) => what}
            empty={null}
            columns={[
              { key: 'what', head: 'What was noted', names: true, cell: ({ what }) => NOTED_WORDS[what] },
              { key: 'people', head: 'People', align: 'figure', cell: ({ people }) => said(people) },
            ]}
          />
          <p className="measure">
            It tells what staff noted in the log. Where nothing is noted, somebody may still have had it.
          </p>
        </div>
      </Section>
      <Section title="What this does not say">
        <div className="prose">
          <ul>
            <li>
              It does not say what caused it. There is no comparison group: people also had therapy, stopped
              by themselves, or came at their worst and would have been better later in any case.
            </li>
            <li>
              It does not say how it will be for you. Each figure is about these people together, and each has
              an interval because they are few.
            </li>
            <li>
              It rests on what people tell in check-ins, and on those who answer. People who use again may
              answer less, so no single way of counting them is right.
            </li>
            <li>It says nothing of what came after day 90.</li>
          </ul>
        </div>
      </Section>
      <Counted page={page} />
    </>
  )
}

/** So few that nothing but their number can be told. */
function TooFew({ page }: { page: ReleasePage }) {
  return (
    <>
      <Section title={`Too few people to say more${page.invented}`}>
        <p className="measure">
          {page.figures.people === null ? 'Fewer than ten' : page.figures.people} people had their first
          session in {quartersInWords(page.firstSessions)}, as counted on {dateInWords(page.countedOn)}. What
          became of them is withheld, whether the news is good or bad: with so few, each figure would speak of
          fewer than ten people, or could be worked out from the others. More stands here when more people
          have been treated.
        </p>
      </Section>
      <Counted page={page} />
    </>
  )
}

function Counted({ page }: { page: ReleasePage }) {
  return (
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
  )
}

function isAllWithheld({ figures, shares, curve }: ReleasePage): boolean {
  return (
    curve === null &&
    shares.every(({ shown }) => shown === null) &&
    [...Object.values(figures.week), ...Object.values(figures.noted)].every((value) => value === null)
  )
}

function hasWithheld({ figures, shares, curve }: ReleasePage): boolean {
  return (
    curve === null ||
    shares.some(({ shown }) => shown === null) ||
    [...Object.values(figures.week), ...Object.values(figures.noted)].includes(null)
  )
}

function FirstUse({ page: { curve, figures, invented }, about }: { page: ReleasePage; about: string }) {
  const last = curve?.at(-1)
  if (!curve || !last || figures.people === null) {
    return (
      <EmptyState title="Too few people to show this">
        <p>
          Of the people counted, fewer than ten used for the first time, or fewer than ten were lost, between
          two of the days at which this could be shown. It appears when more people have been treated.
        </p>
      </EmptyState>
    )
  }
  const finding = curveFinding(last, figures.people)
  return (
    <div className="stack">
      <p className="measure">{finding}</p>
      <Figure
        title={`Not yet used, as far as is known${invented}`}
        note={`${about} Definitions time-to-first-use and published-curve, below. Between the days shown nothing is told.`}
        table={
          <DataTable
            caption="First use and people lost, between the days shown"
            rows={curve}
            rowKey={({ day }) => String(day)}
            empty={null}
            columns={[
              { key: 'day', head: 'Up to day', names: true, align: 'figure', cell: ({ day }) => day },
              { key: 'used', head: 'First use', unit: 'people', align: 'figure', cell: ({ used }) => used },
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
                head: 'Not yet used',
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
          alt={`Not yet used${invented}. ${finding}`}
          valueLabel="Not yet used"
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
  )
}

function WeekShares({ page: { shares, invented }, about }: { page: ReleasePage; about: string }) {
  const finding = sharesFinding(shares)
  if (finding === undefined) {
    return (
      <EmptyState title="Too few people to show this">
        <p>
          Any share here would tell a count below ten: of those who used in that week, of those who did not,
          or of those not heard from.
        </p>
      </EmptyState>
    )
  }
  return (
    <div className="stack">
      <p className="measure">{finding}</p>
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
              { key: 'way', head: 'Way of counting', names: true, cell: ({ missing }) => WAY_WORDS[missing] },
              {
                key: 'count',
                head: 'Without use',
                align: 'figure',
                cell: ({ shown }) => (shown ? `${shown.count} of ${shown.of}` : HIDDEN),
              },
              {
                key: 'share',
                head: 'Share',
                align: 'figure',
                cell: ({ shown }) => (shown ? percent(shown.share) : '–'),
              },
              {
                key: 'limits',
                head: '95 % interval',
                align: 'figure',
                cell: ({ shown }) => (shown ? percentRange(shown) : '–'),
              },
            ]}
          />
        }
      >
        <IntervalChart
          alt={`Without use in the week up to day 90${invented}. ${finding}`}
          valueLabel="Without use in that week"
          groups={[
            {
              rows: shares.map(({ missing, shown }, at) => ({
                key: missing,
                label: WAY_WORDS[missing],
                series: ([1, 2, 3] as const)[at],
                value: shown?.share,
                lower: shown?.lower,
                upper: shown?.upper,
                beside: shown ? `${shown.count} of ${shown.of}` : undefined,
                instead: HIDDEN,
              })),
            },
          ]}
        />
      </Figure>
    </div>
  )
}
