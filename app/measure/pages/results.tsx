import { useLoaderData } from 'react-router'
import { mayDo } from '../../platform/access.ts'
import { runQuery } from '../../platform/command.server.ts'
import { WITHHELD } from '../../platform/disclosure.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { dayInWords } from '../../platform/time.ts'
import { ButtonLink, DataTable, EmptyState, LinkList, Notice, PageHead, Section } from '../../ui/index.ts'
import { clinicPage, periodQuery } from '../clinic/clinic-page.server.ts'
import { countInWords } from '../clinic/numbers-words.ts'
import { PeriodForm } from '../clinic/period-form.tsx'
import { readyFigures } from '../clinic/take-snapshot.server.ts'
import { overviewBlocks } from '../clinic/topic-blocks.server.ts'
import { TOPICS } from '../clinic/topics.ts'
import { cohorts } from '../cohorts/cohort-queries.server.ts'
import { importCohortAction, readResults } from '../measure-access.ts'
import { readRelease } from '../public/release-access.ts'

export const loader = guardedLoader(readResults, async ({ services, actor, clinic, url }) => {
  await readyFigures(services, actor)
  return runQuery(services, actor, async (needs) => {
    const { question, ...page } = await clinicPage(needs, clinic, url.searchParams)
    const blocks = await overviewBlocks(question)
    needs.audit.read(readResults.id, { object: 'results' })
    return {
      ...page,
      query: page.filter.problems.from || page.filter.problems.to ? '' : periodQuery(page.filter),
      lines: blocks.map(({ topic, block: { id, title, line, definitions } }) => ({
        key: `${topic} ${id}`,
        href: `/work/measure/${topic}`,
        id,
        title,
        line,
        definition: definitions[0] && `${definitions[0].id} v${definitions[0].version}`,
      })),
      mayImport: mayDo(actor, importCohortAction),
      mayRelease: mayDo(actor, readRelease),
      // Invented counts are shown beside no real clinic's name.
      mayExample: clinic.demonstration,
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

export function meta({ loaderData }: { loaderData?: { invented: string } }) {
  return [{ title: `Results${loaderData?.invented ?? ''}` }]
}

export default function Results() {
  const {
    lines,
    invented,
    period,
    filter,
    query,
    cohorts: list,
    withdrawn,
    mayRelease,
    mayExample,
    mayImport,
    strictWords,
  } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title={`Results${invented}`}
        lead="What became of everybody who had a first dose here, with the uncertainty and with those we lost sight of. It describes; it does not say what caused it."
      />
      {withdrawn && (
        <Notice
          state="calm"
          announce="status"
          title="The cohort is withdrawn. Its rows are kept but not shown."
        />
      )}
      <PeriodForm filter={filter} path="/work/measure" />
      {strictWords && (
        <div className="stack">
          <p className="measure">{strictWords}</p>
          {mayExample && lines.filter(({ line }) => !line?.figure).length > lines.length / 2 && (
            <p className="measure">
              <a href="/results?example">What can be told of more people: the public page, invented counts</a>
            </p>
          )}
        </div>
      )}
      <Section title={`Outcomes in one line each${invented}`}>
        <div className="stack">
          <DataTable
            caption={period}
            phone="stack"
            rows={lines}
            rowKey={({ key }) => key}
            empty={null}
            columns={[
              {
                key: 'outcome',
                head: 'Outcome',
                names: true,
                cell: ({ href, id, title, definition }) => (
                  <>
                    <a href={`${href}${query}#${id}`}>{title}</a>
                    <span className="fact-source">{definition}</span>
                  </>
                ),
              },
              {
                key: 'figure',
                head: 'What is seen',
                cell: ({ line }) =>
                  line?.figure ?? (
                    <span className="not-known">{strictWords ? 'withheld' : 'too few people to say'}</span>
                  ),
              },
              { key: 'interval', head: '95 % interval', cell: ({ line }) => line?.interval ?? '–' },
              {
                key: 'people',
                head: 'People',
                align: 'figure',
                cell: ({ line }) => (line ? (line.people ?? (strictWords ? 'withheld' : WITHHELD)) : '–'),
              },
              {
                key: 'lost',
                head: 'Not known',
                align: 'figure',
                cell: ({ line }) => (line ? (line.lost === null ? '–' : countInWords(line.lost)) : '–'),
              },
            ]}
          />
          <p className="measure">
            There is no single rate of success: each line counts something else, of other people, and says of
            how many nothing is known; of being in touch, how many lost touch.
          </p>
        </div>
      </Section>
      <Section title="Each of them whole">
        <LinkList
          columns
          items={TOPICS.map(({ id, title, lead }) => ({
            href: `/work/measure/${id}${query}`,
            title,
            text: lead,
          }))}
        />
      </Section>
      <Section title="Beside others, and in public">
        <LinkList
          columns
          items={[
            {
              href: '/work/measure/literature',
              title: 'Beside the literature',
              text: 'The same kind of outcome in published studies, and why none is comparable.',
            },
            mayRelease
              ? {
                  href: '/work/measure/release',
                  title: 'What we publish',
                  text: 'Look at the next release as everybody will see it, sign it, or withdraw one.',
                }
              : { href: '/results', title: 'What we publish', text: 'The results page that everybody sees.' },
          ]}
        />
      </Section>
      <Section
        title="Outside cohorts"
        actions={
          mayImport && (
            <ButtonLink kind="quiet" size="small" href="/work/measure/cohorts/new">
              Bring one in
            </ButtonLink>
          )
        }
      >
        {list.length > 0 ? (
          <LinkList items={list} />
        ) : (
          <EmptyState title="No outside cohort yet">
            <p>People of another place can be looked at beside our own, never mixed with them.</p>
          </EmptyState>
        )}
      </Section>
    </>
  )
}
