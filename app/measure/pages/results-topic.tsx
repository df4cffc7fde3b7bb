import { useLoaderData } from 'react-router'
import { runQuery } from '../../platform/command.server.ts'
import { guardedLoader, notFound } from '../../platform/page.server.ts'
import { Breadcrumb, ButtonLink, PageHead, Pager } from '../../ui/index.ts'
import { clinicPage, periodQuery } from '../clinic/clinic-page.server.ts'
import { FigureBlockView, SmallCounts } from '../clinic/figure-block-view.tsx'
import { PeriodForm } from '../clinic/period-form.tsx'
import { readyFigures } from '../clinic/take-snapshot.server.ts'
import { topicBlocks } from '../clinic/topic-blocks.server.ts'
import { TOPICS, topicById } from '../clinic/topics.ts'
import { seesStrictFigures } from '../clinic/viewer.ts'
import { smallCountsFor } from '../dataset/estimate-definitions.ts'
import { readResults } from '../measure-access.ts'

export const loader = guardedLoader(readResults, async ({ services, actor, clinic, params, url }) => {
  const topic = topicById(params.topic) ?? notFound()
  await readyFigures(services, actor)
  return runQuery(services, actor, async (needs) => {
    const { question, ...page } = await clinicPage(needs, clinic, url.searchParams)
    needs.audit.read(readResults.id, { object: 'results', detail: { figures: topic.id } })
    return {
      ...page,
      topic,
      query: page.filter.problems.from || page.filter.problems.to ? '' : periodQuery(page.filter),
      blocks: await topicBlocks(topic.id, question),
      smallCounts: smallCountsFor(seesStrictFigures(actor)),
    }
  })
})

export const handle = { width: 'wide' as const }

export function meta({ loaderData }: { loaderData?: { topic: { title: string }; invented: string } }) {
  return [{ title: loaderData ? `${loaderData.topic.title}${loaderData.invented}` : 'Results' }]
}

export default function ResultsTopic() {
  const { topic, blocks, smallCounts, invented, period, filter, query, strictWords } =
    useLoaderData<typeof loader>()
  const at = TOPICS.findIndex(({ id }) => id === topic.id)
  const [before, after] = [TOPICS[at - 1], TOPICS[at + 1]]
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: `/work/measure${query}`, label: 'Results' }]} />}
        title={`${topic.title}${invented}`}
        lead={topic.lead}
        actions={
          <ButtonLink kind="quiet" size="small" href={`/work/measure/numbers/${topic.id}.csv${query}`}>
            Download the numbers (CSV)
          </ButtonLink>
        }
      />
      <PeriodForm filter={filter} path={`/work/measure/${topic.id}`} />
      {strictWords && <p className="measure">{strictWords}</p>}
      {blocks.map((block) => (
        <FigureBlockView key={block.id} block={block} invented={invented} period={period} />
      ))}
      <SmallCounts definition={smallCounts} />
      <Pager
        position={`${at + 1} of ${TOPICS.length}`}
        label="Figures"
        {...(before
          ? { previousHref: `/work/measure/${before.id}${query}`, previousLabel: before.title }
          : {})}
        {...(after ? { nextHref: `/work/measure/${after.id}${query}`, nextLabel: after.title } : {})}
      />
    </>
  )
}
