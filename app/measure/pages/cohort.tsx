import { useLoaderData } from 'react-router'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  DataTable,
  Facts,
  Figure,
  PageHead,
  Section,
  SurvivalChart,
  TextField,
} from '../../ui/index.ts'
import { readDays } from '../chosen-days.ts'
import type { CohortGroup } from '../cohort-figures.ts'
import { cohortWithFigures } from '../cohort-page.server.ts'
import { DefinitionList } from '../definition-list.tsx'
import { survivalBandDefinition, timeToFirstUseDefinition } from '../definitions.ts'
import { withdrawCohort } from '../import-cohort.server.ts'
import { readResults, withdrawCohortAction } from '../measure-access.ts'
import { percent, percentRange, pValue } from '../percent-words.ts'
import { clinicResults } from '../clinic/results.server.ts'
import { ClinicSurvivalFigure } from '../clinic/survival-figure.tsx'

export const loader = guardedLoader(readResults, async ({ services, actor, clinic, params, url }) => {
  const id = parseId<'outside-cohort'>(params.id) ?? notFound()
  const asked = url.searchParams.get('days')
  const { days, problem } = readDays(asked)
  return runQuery(services, actor, async (needs) => {
    const found = (await cohortWithFigures(needs, id, days)) ?? notFound()
    const { cohort, figures } = found
    needs.audit.read(readResults.id, { object: 'outside-cohort', objectId: id })
    return {
      cohort: { ...cohort, importedAt: momentInWords(cohort.importedAt, clinic.timeZone) },
      figures,
      asked: asked ?? days.join(', '),
      problem,
      days: days.join(','),
      mayWithdraw: mayDo(actor, withdrawCohortAction),
      own: await clinicResults(needs, clinic),
      clinicName: clinic.name,
    }
  })
})

export const action = guardedAction({
  withdraw: [
    withdrawCohortAction,
    async ({ services, actor, params }) => {
      const cohortId = parseId<'outside-cohort'>(params.id) ?? notFound()
      const withdrawn = await runCommand(services, actor, withdrawCohort, { cohortId })
      if (!withdrawn.ok) notFound()
      return goTo('/work/measure?done=withdrawn')
    },
  ],
})

export const handle = { width: 'wide' as const }

export function meta({ loaderData }: { loaderData?: { cohort: { name: string } } }) {
  return [{ title: loaderData ? `${loaderData.cohort.name} · outside cohort` : 'Outside cohort' }]
}

/** The chart tells four lines apart. */
const LINES_IN_A_CHART = 4

export default function Cohort() {
  const { cohort, figures, asked, problem, days, own, clinicName, mayWithdraw } =
    useLoaderData<typeof loader>()
  const { groups, comparison } = figures
  const endTime = Math.max(1, ...groups.map((group) => group.drawn.untilTime ?? 0))
  const charts = Array.from({ length: Math.ceil(groups.length / LINES_IN_A_CHART) }, (_, at) =>
    groups.slice(at * LINES_IN_A_CHART, (at + 1) * LINES_IN_A_CHART),
  )
  const points = groups.flatMap((group) => group.points.map((point) => ({ group, point })))
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/measure', label: 'Results' }]} />}
        kicker="Outside cohort: people of another place, never mixed with our own"
        title={cohort.name}
        lead={`${cohort.people} people from ${cohort.fileName}. Not yet: the event in the column “${cohort.eventColumn}”.`}
        actions={
          <ButtonLink
            kind="quiet"
            size="small"
            href={`/work/measure/cohorts/${cohort.id}/curves.csv?days=${days}`}
          >
            Download the numbers (CSV)
          </ButtonLink>
        }
      />
      <Section title="The outside cohort">
        {charts.map((part) => (
          <Figure
            key={part[0]!.label}
            title={`Share without the event (“${cohort.eventColumn}”) over time, outside data`}
            definition={<DefinitionList definitions={[survivalBandDefinition]} />}
            note={`Source: ${cohort.fileName}, columns ${cohort.timeColumn} (in ${cohort.timeUnit}), ${cohort.eventColumn}${cohort.groupColumn ? `, ${cohort.groupColumn}` : ''}; brought in on ${cohort.importedAt}.`}
          >
            <SurvivalChart
              groups={part.map((group) => group.drawn)}
              alt={sayGroups(part)}
              timeLabel="Days"
              survivalLabel="Event not seen yet"
              bandLabel="Band: 95 % interval"
              endTime={endTime}
            />
          </Figure>
        ))}
        <form method="get" className="row">
          <TextField
            name="days"
            label="Days to tell"
            hint="Numbers with commas between them"
            width="medium"
            defaultValue={asked}
            error={problem}
          />
          <Button kind="quiet">Show these days</Button>
        </form>
        <DataTable
          caption="Share without the event at the chosen days"
          rows={points}
          rowKey={({ group, point }) => `${group.label} ${point.day}`}
          empty={null}
          columns={[
            { key: 'group', head: 'Group', names: true, cell: ({ group }) => group.label },
            { key: 'day', head: 'Day', align: 'figure', cell: ({ point }) => point.day },
            {
              key: 'risk',
              head: 'Still observed',
              unit: 'people',
              align: 'figure',
              cell: ({ point }) => point.atRisk,
            },
            {
              key: 'share',
              head: 'Without the event',
              align: 'figure',
              cell: ({ point }) => (
                <>
                  {percent(point.survival)}
                  {point.beyondFollowUp && (
                    <span className="fact-source">last known value; nobody was followed so long</span>
                  )}
                </>
              ),
            },
            {
              key: 'limits',
              head: '95 % interval',
              align: 'figure',
              cell: ({ point }) => percentRange(point.limits),
            },
          ]}
        />
        <Facts
          layout="columns"
          facts={groups.map((group) => ({
            term: group.label,
            value: `${group.events} of ${group.n} people had the event`,
            source: group.median
              ? `half by day ${round(group.median.days)}`
              : 'fewer than half within what is known',
          }))}
        />
      </Section>
      <Section title="Do the groups differ?">
        {comparison.ok ? (
          <div className="stack">
            <Facts
              layout="columns"
              facts={[
                { term: 'Log-rank χ²', value: comparison.chiSquare.toFixed(6) },
                { term: 'Degrees of freedom', value: comparison.df },
                { term: 'p', value: pValue(comparison.p) },
              ]}
            />
            <p>
              p is the chance of a difference at least this large if the groups had the same hazard. It says
              nothing about why they differ: people were not assigned to these groups at random unless the
              source says so.
            </p>
          </div>
        ) : (
          <p>{WHY_NO_TEST[comparison.reason] ?? 'The groups cannot be compared.'}</p>
        )}
      </Section>
      <Section title={`Beside it: ${clinicName}${own.invented}`}>
        <p>
          Not comparable as it stands: the event is another one (here: first use after the first dose), the
          people came by other ways, and follow-up was done differently. It is shown so that the shape and the
          uncertainty can be seen side by side.
        </p>
        <ClinicSurvivalFigure
          figure={own.figure}
          title={`Time to first use after the first session${own.invented}`}
          note={own.period}
          definition={<DefinitionList definitions={[timeToFirstUseDefinition]} />}
        />
      </Section>
      {mayWithdraw && (
        <Section title="Withdraw this cohort">
          <div className="stack">
            <p>For instance when the wrong columns were read. It leaves the pages; its rows are kept.</p>
            <form method="post">
              <input type="hidden" name="intent" value="withdraw" />
              <Button kind="quiet">Withdraw</Button>
            </form>
          </div>
        </Section>
      )}
    </>
  )
}

const WHY_NO_TEST: Readonly<Record<string, string>> = {
  'one-group': 'There is one group, so there is nothing to compare.',
  'no-events': 'Nobody had the event, so there is nothing to compare.',
  'groups-never-at-risk-together':
    'The groups were never observed at the same time, so they cannot be compared.',
}

function round(days: number): string {
  return Number.isInteger(days) ? String(days) : days.toFixed(1)
}

function sayGroups(groups: readonly CohortGroup[]): string {
  return groups
    .map((group) => {
      const last = group.points.at(-1)
      return `${group.label}: ${group.n} people${last ? `, ${percent(last.survival)} without the event at day ${last.day}` : ''}.`
    })
    .join(' ')
}
