import { useLoaderData } from 'react-router'
import { studiesOfAddiction } from '../../find/index.server.ts'
import { runQuery } from '../../platform/command.server.ts'
import { guardedLoader } from '../../platform/page.server.ts'
import { Breadcrumb, ButtonLink, PageHead, Section } from '../../ui/index.ts'
import { clinicPage } from '../clinic/clinic-page.server.ts'
import { pointShares } from '../clinic/point-shares.server.ts'
import { readyFigures } from '../clinic/take-snapshot.server.ts'
import { seesStrictFigures } from '../clinic/viewer.ts'
import { POINT_DAY } from '../dataset/definition.ts'
import { abstinenceAtDay90Definition } from '../dataset/definitions.ts'
import { smallCountsFor } from '../dataset/estimate-definitions.ts'
import { DefinitionList } from '../definition-list.tsx'
import { besideStudies } from '../literature/beside-studies.ts'
import { BesideStudiesView } from '../literature/beside-view.tsx'
import { readResults } from '../measure-access.ts'
import { WAY_WORDS } from '../public/release-words.ts'

const WAY_OF = { 'as-use': 'use', 'left-out': 'left-out', 'as-no-use': 'no-use' } as const

export const loader = guardedLoader(readResults, async ({ services, actor, clinic }) => {
  await readyFigures(services, actor)
  return runQuery(services, actor, async (needs) => {
    const { question, invented, period } = await clinicPage(needs, clinic, new URLSearchParams())
    needs.audit.read(readResults.id, { object: 'results' })
    return {
      clinicName: clinic.name,
      invented,
      period,
      beside: besideStudies(studiesOfAddiction()),
      // Read here: in the browser the definitions would bring every instrument along.
      definitions: [abstinenceAtDay90Definition, smallCountsFor(seesStrictFigures(actor))],
      own: (await pointShares(question)).flatMap(({ way, shown }) =>
        way === 'carried-forward' ? [] : [{ way: WAY_WORDS[WAY_OF[way]], shown }],
      ),
    }
  })
})

export const handle = { width: 'wide' as const }

export function meta() {
  return [{ title: 'Beside the literature' }]
}

export default function Literature() {
  const { clinicName, invented, period, beside, own, definitions } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/measure', label: 'Results' }]} />}
        title={`Beside the literature${invented}`}
        lead="The same kind of outcome in published studies, and here. None of them can be held against another; why not stands with each."
        actions={
          <ButtonLink kind="quiet" size="small" href="/work/measure/literature.csv">
            Download the numbers (CSV)
          </ButtonLink>
        }
      />
      <Section title={`Without use at a time${invented}`}>
        <div className="stack">
          {own.length === 0 && (
            <p className="measure">
              There is no own figure: too few people are past day {POINT_DAY} after their first dose, or it
              would tell of fewer than ten.
            </p>
          )}
          <BesideStudiesView beside={beside} own={own} clinicName={clinicName} invented={invented} />
          <p className="measure">Own figure: {period}</p>
        </div>
      </Section>
      <Section title="How our own figure is counted">
        <DefinitionList definitions={definitions} />
      </Section>
    </>
  )
}
