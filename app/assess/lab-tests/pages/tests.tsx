import { useActionData, useLoaderData } from 'react-router'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import { DataTable, EmptyState, Figure, Notice, ScoreChart, Section, Timeline } from '../../../ui/index.ts'
import { PersonPageHead } from '../../pages/person-page-head.tsx'
import { TEST_KINDS } from '../lab-test.ts'
import { readTests, recordTest } from '../lab-test-access.ts'
import { TestForm } from '../test-form.tsx'
import { loadTests, type TestsView } from '../tests-page.server.ts'
import { postTest, postWithdrawal } from '../tests-post.server.ts'
import testsCss from './tests.css?url'

export const loader = guardedLoader(readTests, loadTests)

export const action = guardedAction({
  record: [recordTest, postTest],
  withdraw: [recordTest, postWithdrawal],
})

export const handle = { width: 'wide' as const }

export function links() {
  return [{ rel: 'stylesheet', href: testsCss }]
}

export function meta({ loaderData }: { loaderData?: { person: { name: string } } }) {
  return [{ title: `Tests of ${loaderData?.person.name ?? 'a person'}` }]
}

const DONE: Readonly<Record<string, string>> = {
  recorded: 'Recorded.',
  withdrawn: 'Taken back. It stays readable below.',
}

export default function TestsPage() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const { person, warning, form } = data
  const path = `/work/people/${person.id}/tests`
  const done = data.done ? DONE[data.done] : undefined
  return (
    <>
      <PersonPageHead
        person={person}
        title="Biological tests"
        lead="Urine, breath and blood. A first test can be wrong both ways; nothing here is a ground for a penalty."
        actions={<a href={`/work/people/${person.id}/calendar`}>Use calendar</a>}
      />
      {done && !problem && <Notice state="calm" announce="status" title={done} />}
      {warning && (
        <Notice state={warning.state} title={warning.title}>
          {warning.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Notice>
      )}
      {form ? (
        <Section title={form.corrects ? `Correct: ${form.title}` : form.title}>
          <TestForm form={form} backTo={path} answer={problem} />
        </Section>
      ) : (
        data.may && (
          <Section title="Record a test">
            <ul className="lab-kinds">
              {TEST_KINDS.map(({ kind, label }) => (
                <li key={kind}>
                  <a href={`${path}?new=${kind}`}>{label}</a>
                </li>
              ))}
            </ul>
          </Section>
        )
      )}
      {!form && <RecordedTests data={data} path={path} />}
    </>
  )
}

function RecordedTests({ data, path }: { data: TestsView; path: string }) {
  return (
    <>
      <PethPart peth={data.peth} />
      <SeriesPart series={data.series} />
      <Section title="All tests">
        {data.tests.length > 0 ? (
          <Timeline
            label="Tests, newest first"
            items={data.tests.map((test) => ({
              key: test.id,
              when: test.when,
              dateTime: test.dateTime,
              title: test.title,
              by: `recorded by ${test.by}`,
              state: test.state,
              body: (
                <>
                  {test.lines.map((line) => (
                    <p key={line}>{line}</p>
                  ))}
                  {test.correction && (
                    <p>
                      Corrected: {test.correction}. Before: {test.earlier.join('; ')}.
                    </p>
                  )}
                  {data.may && (
                    <p>
                      <a
                        href={`${path}?correct=${test.id}`}
                        aria-label={`Correct: ${test.title}, ${test.when}`}
                      >
                        Correct
                      </a>
                    </p>
                  )}
                </>
              ),
            }))}
          />
        ) : (
          <EmptyState title="No test yet">
            <p>Urine screens, breath readings and blood markers stand here, newest first.</p>
          </EmptyState>
        )}
        {data.withdrawn.length > 0 && (
          <>
            <h3>Taken back</h3>
            <Timeline
              label="Tests recorded by mistake"
              items={data.withdrawn.map((one) => ({
                key: one.id,
                when: one.when,
                dateTime: one.dateTime,
                title: one.reason,
                by: one.by,
                body: one.earlier.map((line) => <p key={line}>{line}</p>),
              }))}
            />
          </>
        )}
      </Section>
    </>
  )
}

const PETH_BANDS = [
  { from: 0, label: 'light' },
  { from: 20, label: 'moderate' },
  // The only one with room for its name where the scale is long.
  { from: 200, label: 'heavy' },
] as const

function PethPart({ peth }: { peth: TestsView['peth'] }) {
  if (!peth) return null
  const last = peth.points.at(-1)!
  return (
    <Section title="PEth over time">
      <Figure
        title="Phosphatidylethanol 16:0/18:1 in blood"
        definition={
          <p>
            Bands: below 20 abstinent or light, 20 to 199 moderate, 200 and more heavy consumption (Ulwelling
            and Smith 2018). It shows about the last 2 to 4 weeks.
          </p>
        }
        note={
          peth.belowDetection
            ? 'A result below the limit of detection is drawn at that limit: it is not known how far below it lies.'
            : undefined
        }
        table={
          <DataTable
            caption="PEth by day"
            rows={peth.points}
            rowKey={(point) => `${point.day} ${point.score}`}
            empty={null}
            columns={[
              { key: 'date', head: 'Date', names: true, cell: (point) => point.date },
              { key: 'value', head: 'PEth', align: 'figure', cell: (point) => point.words },
            ]}
          />
        }
      >
        <ScoreChart
          points={peth.points}
          range={[0, peth.top]}
          bands={peth.top <= 300 ? PETH_BANDS : PETH_BANDS.slice(2)}
          lowerIsBetter
          scoreLabel="PEth, ng/mL"
          dayLabel={`Days since ${peth.from}`}
          alt={`PEth: ${peth.points.map(({ date, words }) => `${words} on ${date}`).join(', ')}. Newest: ${last.words}.`}
        />
      </Figure>
    </Section>
  )
}

function SeriesPart({ series }: { series: TestsView['series'] }) {
  if (series.length === 0) return null
  const percent = (value: number | null) => (value === null ? 'not known' : value)
  return (
    <Section title="Urine tests as a series">
      <DataTable
        caption="Of all planned specimens"
        rows={series}
        rowKey={(row) => row.analyte}
        empty={null}
        columns={[
          { key: 'label', head: 'Substance', names: true, cell: (row) => row.label },
          {
            key: 'observed',
            head: 'Observed',
            align: 'figure',
            cell: (row) => `${row.observed} of ${row.scheduled}`,
          },
          { key: 'missing', head: 'Missing or invalid', align: 'figure', cell: (row) => row.missing },
          {
            key: 'neg',
            head: 'Negative of observed',
            unit: '%',
            align: 'figure',
            cell: (row) => percent(row.pctNegativeObserved),
          },
          {
            key: 'itt',
            head: 'Negative of planned',
            unit: '%',
            align: 'figure',
            cell: (row) => percent(row.pctNegativeItt),
          },
          { key: 'tes', head: 'Negative specimens', align: 'figure', cell: (row) => row.tes },
          { key: 'run', head: 'Longest run', align: 'figure', cell: (row) => row.longestNegativeRun },
        ]}
      />
      <p className="lab-note">
        “Negative of planned” takes missing and invalid specimens for positive; the truth lies between the two
        columns. An expected positive counts as negative. The number of negative specimens is the treatment
        effectiveness score (Ling 1997).
      </p>
    </Section>
  )
}
