import { dateInWords, daysBetween, type LocalDate } from '../../platform/time.ts'
import { DataTable, EmptyState, Figure, ScoreChart } from '../../ui/index.ts'
import type { CravingWeek } from './craving-weeks.ts'
import { DefinedBy } from './defined-by.tsx'
import { rounded } from './exposure.ts'
import type { ScoreCourse, SessionDose } from './person-course.server.ts'
import type { Comparison } from './score-change.ts'
import { comparisonInWords } from './score-change-words.ts'
import type { ScorePointOfDay } from './score-lines.ts'

/**
 * A person's scores: one chart a line with the days of doses marked, and what definitions make of the change. What was
 * answered only once stands in a table of its own.
 *
 * @param from what day 0 is
 * @param own for the person themselves: named by what it is about, without names of ranges
 */
export function ScoreFigures({
  lines,
  doses,
  from,
  note,
  own = false,
}: {
  lines: readonly ScoreCourse[]
  doses: readonly SessionDose[]
  from: 'first-session' | 'first-result'
  note?: string
  own?: boolean
}) {
  if (lines.length === 0) {
    return (
      <EmptyState title="No scores yet">
        <p>Questionnaires of the intake and the urges of check-ins are drawn here as they come in.</p>
      </EmptyState>
    )
  }
  const drawn = lines.filter(({ points }) => points.length > 1)
  const once = lines.filter(({ points }) => points.length === 1)
  return (
    <>
      {drawn.map((line) => (
        <ScoreFigure key={line.key} line={line} doses={doses} from={from} note={note} own={own} />
      ))}
      <DataTable
        caption="Answered once so far"
        rows={once}
        rowKey={(line) => line.key}
        phone="stack"
        empty={null}
        columns={[
          { key: 'name', head: 'Questionnaire', names: true, cell: (line) => titleOf(line, own) },
          { key: 'date', head: 'Date', cell: (line) => dateInWords(line.points[0]!.date) },
          { key: 'score', head: 'Score', align: 'figure', cell: (line) => scoreInWords(line.points[0]!) },
          { key: 'range', head: 'Range', align: 'figure', cell: ({ range }) => `${range[0]}–${range[1]}` },
        ]}
      />
    </>
  )
}

function ScoreFigure({
  line,
  doses,
  from,
  note,
  own,
}: {
  line: ScoreCourse
  doses: readonly SessionDose[]
  from: 'first-session' | 'first-result'
  note: string | undefined
  own: boolean
}) {
  return (
    <Figure
      title={titleOf(line, own)}
      note={note}
      definition={
        <>
          <p>{readingsInWords(line.points)}</p>
          {line.weeks ? <WeekTable weeks={line.weeks} /> : <ChangeTable line={line} />}
          {line.definitions.length > 0 && <DefinedBy definitions={line.definitions} />}
        </>
      }
      table={
        <DataTable
          caption={`${line.shortName} and doses by day`}
          rows={scoreRows(line.points, doses)}
          rowKey={(row) => row.key}
          empty={null}
          columns={[
            { key: 'date', head: 'Date', names: true, cell: (row) => dateInWords(row.date) },
            {
              key: 'score',
              head: line.shortName,
              unit: `${line.range[0]}–${line.range[1]}`,
              align: 'figure',
              cell: (row) => (row.point ? scoreInWords(row.point) : '–'),
            },
            {
              key: 'session',
              head: 'Session',
              align: 'figure',
              cell: (row) => row.dose?.sessionNumber ?? '–',
            },
            {
              key: 'mg',
              head: 'Given',
              unit: 'mg',
              align: 'figure',
              cell: (row) => (row.dose ? amountInWords(row.dose.mg, 1) : '–'),
            },
            {
              key: 'mgPerKg',
              head: 'Given',
              unit: 'mg/kg',
              align: 'figure',
              cell: (row) => (row.dose ? amountInWords(row.dose.mgPerKg, 2) : '–'),
            },
          ]}
        />
      }
    >
      <ScoreChart
        points={line.points}
        sessions={doses.map(({ day, sessionNumber }) => ({
          // Where there are doses, day 0 is that of the first.
          day: daysBetween(doses[0]!.day, day),
          label: String(sessionNumber),
        }))}
        range={line.range}
        bands={own ? [] : line.bands}
        lowerIsBetter={line.lowerIsBetter}
        scoreLabel={`${line.shortName}, ${line.range[0]} to ${line.range[1]}`}
        dayLabel={from === 'first-session' ? 'Days since the first session' : 'Days since the first result'}
        alt={sayLine(line, doses.length)}
      />
    </Figure>
  )
}

/** Both comparisons side by side; sentences where neither can be told or no source defines anything. */
function ChangeTable({ line }: { line: ScoreCourse }) {
  const { baseline, afterTreatment, newest } = line.change
  const told = newest.told ? newest : afterTreatment.told ? afterTreatment : undefined
  if (!told || !baseline) {
    const why = [newest, afterTreatment].flatMap((one) => (one.told ? [] : [one.why]))
    return <p>{[...new Set(why)].join(' ')}</p>
  }
  const defined = told.readings.some(({ verdict }) => verdict !== 'not-defined')
  // Where the newest result is the one after treatment, one column says it all.
  const isNewest = afterTreatment.told && newest.told && afterTreatment.after.at === newest.after.at
  const said = (comparison: Comparison, at: number) =>
    comparison.told ? comparison.readings[at]!.words : 'not told'
  return (
    <>
      <DataTable
        caption={`Compared with baseline: ${baseline.score} on ${dateInWords(baseline.date)}`}
        rows={[
          {
            key: 'values',
            name: 'Change',
            rule: undefined,
            after: valuesInWords(afterTreatment),
            newest: valuesInWords(newest),
          },
          ...(defined ? told.readings : []).map(({ name, rule }, at) => ({
            key: `${name} ${rule}`,
            name,
            rule,
            after: said(afterTreatment, at),
            newest: said(newest, at),
          })),
        ]}
        rowKey={(row) => row.key}
        phone="stack"
        empty={null}
        columns={[
          {
            key: 'name',
            head: 'Definition',
            names: true,
            cell: (row) => (
              <>
                {row.name}
                {row.rule && <span className="change-rule">{row.rule}</span>}
              </>
            ),
          },
          {
            key: 'after',
            head: isNewest ? 'After treatment, and newest' : 'After treatment',
            cell: (row) => row.after,
          },
          ...(isNewest
            ? []
            : [{ key: 'newest', head: 'Newest result', cell: (row: { newest: string }) => row.newest }]),
        ]}
      />
      {!defined && <p>No source defines response, remission or reliable change for it.</p>}
    </>
  )
}

function WeekTable({ weeks }: { weeks: readonly CravingWeek[] }) {
  return (
    <DataTable
      caption="Mean of a week, by check-ins"
      rows={weeks}
      rowKey={(week) => String(week.day)}
      empty={<p>The first week after the first dose has not passed yet, so no mean is told.</p>}
      columns={[
        { key: 'day', head: 'Week up to day', names: true, cell: (week) => week.day },
        { key: 'answers', head: 'Answers', align: 'figure', cell: (week) => week.answers },
        { key: 'mean', head: 'Mean', unit: '0–10', align: 'figure', cell: meanInWords },
      ]}
    />
  )
}

function meanInWords({ mean }: CravingWeek): string | number {
  return mean === undefined ? 'not known' : rounded(mean, 1)
}

function valuesInWords(comparison: Comparison): string {
  return comparison.told ? `${comparison.moved}, ${dateInWords(comparison.after.date)}` : comparison.why
}

type ScoreRow = {
  readonly key: string
  readonly date: LocalDate
  readonly point?: ScorePointOfDay
  readonly dose?: SessionDose
}

/** Results and doses in one order of days; a dose stands after the results of its day. */
function scoreRows(points: readonly ScorePointOfDay[], doses: readonly SessionDose[]): ScoreRow[] {
  return [
    ...points.map((point, at) => ({ key: `result ${at}`, date: point.date, point })),
    ...doses.map((dose) => ({ key: dose.sessionId, date: dose.day, dose })),
  ].sort((a, b) => a.date.localeCompare(b.date))
}

function titleOf({ name, about, edition }: ScoreCourse, own: boolean): string {
  const title = own ? about : name
  return edition ? `${title} (${edition})` : title
}

function scoreInWords({ score, estimate }: ScorePointOfDay): string {
  return score === undefined ? 'not finished' : `${score}${estimate ? ' (estimate)' : ''}`
}

function amountInWords(amount: number | undefined, digits: number): string | number {
  return amount === undefined ? 'not known' : rounded(amount, digits)
}

/** "7 finished results and 1 that was not, Fri 20 Feb 2026 to Mon 3 Aug 2026." */
function readingsInWords(points: readonly ScorePointOfDay[]): string {
  const finished = points.filter(({ score }) => score !== undefined).length
  const open = points.length - finished
  const [first, last] = [points[0]!, points.at(-1)!]
  const not = open === 0 ? '' : ` and ${open} that ${open === 1 ? 'was' : 'were'} not`
  return `${finished} finished ${finished === 1 ? 'result' : 'results'}${not}, ${dateInWords(first.date)} to ${dateInWords(last.date)}.`
}

function sayLine({ name, points, range, change, weeks }: ScoreCourse, doses: number): string {
  const known = points.filter((point) => point.score !== undefined)
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last) return `${name}: no finished answers yet.`
  const course = `${name} (${range[0]} to ${range[1]}): ${known.length} results from ${first.score} on day ${first.day} to ${last.score} on day ${last.day}, ${doses} ${doses === 1 ? 'dose' : 'doses'} marked.`
  if (weeks) {
    return `${course}${weeks.map((week) => ` Week up to day ${week.day}: mean ${meanInWords(week)}, ${week.answers} answers.`).join('')}`
  }
  const { afterTreatment, newest } = change
  if (afterTreatment.told) return `${course} After treatment, ${comparisonInWords(afterTreatment)}`
  if (newest.told) return `${course} Baseline to the newest result, ${comparisonInWords(newest)}`
  return `${course} ${newest.why}`
}
