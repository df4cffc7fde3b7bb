import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import { Button, PageHead, SelectField } from '../../ui/index.ts'
import { siteContent } from '../content.server.ts'
import { readSite } from '../find-access.ts'
import { chosenStudies, studyFilter, studyRow } from '../study-rows.ts'
import { directionGroupLabels, studyKindLabels, topicLabels } from '../study-words.ts'
import { recordSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'
import { StudyTable } from './study-table.tsx'

export const loader = guardedLoader(readSite, async ({ clinic, url }) => {
  const content = siteContent()
  const filter = studyFilter(url.searchParams)
  return {
    title: 'All studies',
    summary:
      'Every study of ketamine for addiction, and the main ones for related conditions, that we know of. Those that found nothing stand beside those that did.',
    clinicName: clinic.name,
    filter,
    total: content.studies.size,
    rows: chosenStudies(content, filter).map(studyRow),
  }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export const links = recordSheets

const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

export default function Studies() {
  const { title, summary, filter, total, rows } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={title} lead={summary} />
      <p>
        “Unverified” means that we could not check the record in its source; it stays out of every sum. Texts
        are our own words; figures are the studies’.
      </p>
      <form method="get" className="study-filters">
        <SelectField
          name="condition"
          label="Condition"
          prompt="All conditions"
          defaultValue={filter.topic ?? ''}
          options={options(topicLabels)}
        />
        <SelectField
          name="direction"
          label="What was found"
          prompt="Anything"
          defaultValue={filter.direction ?? ''}
          options={options(directionGroupLabels)}
        />
        <SelectField
          name="kind"
          label="Kind of study"
          prompt="All kinds"
          defaultValue={filter.kind ?? ''}
          options={options(studyKindLabels)}
        />
        <Button kind="quiet">Show</Button>
      </form>
      <StudyTable
        shape="list"
        rows={rows}
        caption={
          rows.length === total ? `All ${total} studies, newest first` : `${rows.length} of ${total} studies`
        }
      />
      {rows.length < total && (
        <p>
          <a href="/studies">Show all {total} studies</a>
        </p>
      )}
    </>
  )
}
