import { useLoaderData } from 'react-router'
import { runQuery } from '../../platform/command.server.ts'
import { WITHHELD } from '../../platform/disclosure.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { dayInWords } from '../../platform/time.ts'
import {
  ButtonLink,
  DataTable,
  EmptyState,
  Facts,
  LinkList,
  Notice,
  PageHead,
  Section,
} from '../../ui/index.ts'
import { clinicResults } from '../clinic/results.server.ts'
import { ClinicSurvivalFigure } from '../clinic/survival-figure.tsx'
import { bringOutcomesUpToDate } from '../dataset/refresh-outcomes.server.ts'
import { DefinitionList } from '../definition-list.tsx'
import {
  abstinenceAtDay90Definition,
  smallCountsDefinition,
  survivalBandDefinition,
  timeToFirstUseDefinition,
} from '../definitions.ts'
import { readResults } from '../measure-access.ts'
import { cohorts } from '../measure-queries.server.ts'
import { percent, percentRange } from '../percent-words.ts'

export const loader = guardedLoader(readResults, async ({ services, actor, clinic, url }) => {
  await bringOutcomesUpToDate(services, clinic.id)
  return runQuery(services, actor, async (needs) => {
    const results = await clinicResults(needs, clinic)
    needs.audit.read(readResults.id, { object: 'results' })
    return {
      ...results,
      withdrawn: url.searchParams.get('done') === 'withdrawn',
      cohorts: (await cohorts(needs.db, clinic.id)).map((cohort) => ({
        href: `/work/measure/cohorts/${cohort.id}`,
        title: cohort.name,
        meta: `${cohort.people} people, from ${cohort.fileName}, brought in ${dayInWords(cohort.importedAt, clinic.timeZone)}`,
      })),
    }
  })
})

export const handle = { width: 'wide' as const }

export function meta() {
  return [{ title: 'Results' }]
}

const STATE_WORDS = {
  used: 'First use seen',
  'still-followed': 'No use seen, still answering',
  'stopped-answering': 'No use seen, stopped answering',
  'never-answered': 'Never answered a check-in',
  'end-of-follow-up': 'No use seen until day 365',
} as const

/** A share that would tell a count below ten. */
const WITHHELD_SHARE = 'withheld'

const MISSING_WORDS = {
  use: 'Missing counted as use',
  'left-out': 'Missing left out',
  'no-use': 'Missing counted as no use',
} as const

export default function Results() {
  const { figure, invented, period, day90, cohorts: list, withdrawn } = useLoaderData<typeof loader>()
  const title = `Time to first use after the first session${invented}`
  return (
    <>
      <PageHead
        title={`Results${invented}`}
        lead="What became of everybody who had a first session here, with the uncertainty and with those we lost sight of. It describes; it does not say what caused it."
      />
      {withdrawn && (
        <Notice
          state="calm"
          announce="status"
          title="The cohort is withdrawn. Its rows are kept but not shown."
        />
      )}
      <Section
        title="Time to first use"
        actions={
          figure.kind === 'curve' && (
            <ButtonLink kind="quiet" size="small" href="/work/measure/time-to-first-use.csv">
              Download the numbers (CSV)
            </ButtonLink>
          )
        }
      >
        <ClinicSurvivalFigure
          figure={figure}
          title={title}
          note={period}
          definition={
            <DefinitionList
              definitions={[timeToFirstUseDefinition, survivalBandDefinition, smallCountsDefinition]}
            />
          }
        />
        {figure.kind === 'curve' && (
          <>
            <Facts
              layout="columns"
              facts={[
                { term: 'People with a first session', value: figure.people ?? WITHHELD },
                {
                  term: 'Half had used by',
                  value: figure.median ? `day ${figure.median.days}` : 'not reached',
                  source: figure.median
                    ? `95 % interval: day ${figure.median.lower ?? 'not known'} to ${figure.median.upper === null ? 'not reached' : `day ${figure.median.upper}`}`
                    : `within the ${figure.untilDay} days that can be shown`,
                },
              ]}
            />
            <DataTable
              caption="Where people stand"
              rows={figure.states}
              rowKey={(row) => row.state}
              empty={null}
              columns={[
                { key: 'state', head: 'State', names: true, cell: (row) => STATE_WORDS[row.state] },
                { key: 'people', head: 'People', align: 'figure', cell: (row) => row.people ?? 'withheld' },
              ]}
            />
          </>
        )}
      </Section>
      <Section title="No use in the week up to day 90">
        {day90 === undefined || day90.every(({ shown }) => shown === undefined) ? (
          <EmptyState title="Too few people to say">
            <p>
              Shares stand here when at least ten people are more than 90 days past their first session, and
              when no share would tell a count below ten: of those who used, those who did not, and those who
              did not answer in the week up to day 90.
            </p>
          </EmptyState>
        ) : (
          <div className="stack">
            <DataTable
              caption={`Three ways of counting who did not answer${invented}`}
              rows={day90}
              rowKey={(row) => row.missing}
              empty={null}
              columns={[
                {
                  key: 'way',
                  head: 'Way of counting',
                  names: true,
                  cell: (row) => MISSING_WORDS[row.missing],
                },
                {
                  key: 'of',
                  head: 'No use',
                  align: 'figure',
                  cell: ({ shown }) => (shown ? `${shown.count} of ${shown.of}` : WITHHELD_SHARE),
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
            <DefinitionList definitions={[abstinenceAtDay90Definition]} />
          </div>
        )}
      </Section>
      <Section title="Outside cohorts">
        {list.length > 0 ? (
          <LinkList items={list} />
        ) : (
          <EmptyState title="No outside cohort yet">
            <p>
              People of another place can be looked at beside our own, never mixed with them. On the server:{' '}
              <code>npm run cohort -- import FILE.csv --time … --event … --group …</code>
            </p>
          </EmptyState>
        )}
      </Section>
    </>
  )
}
