import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../platform/page.server.ts'
import { Breadcrumb, type Fact, Facts, Notice, PageHead, Section } from '../../ui/index.ts'
import { siteContent } from '../content.server.ts'
import { readSite } from '../find-access.ts'
import { pageNotFound } from '../page-not-found.server.ts'
import { studyView } from '../study-view.ts'
import { recordSheets } from './page-sheets.ts'
import { pageMeta } from './page-title.ts'

export const loader = guardedLoader(readSite, async ({ clinic, params, url }) => {
  const study = siteContent().studies.get(params.id ?? '')
  if (study === undefined) pageNotFound({ clinic, url })
  const view = studyView(study)
  return { view, title: `${view.citation}: ${view.title}`, summary: view.summary, clinicName: clinic.name }
})

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  return pageMeta(loaderData)
}

export const links = recordSheets

const orNotReported = (facts: readonly { term: string; value: string | null }[]): Fact[] =>
  facts.map(({ term, value }) => ({
    term,
    value: value ?? <span className="not-known">Not reported here</span>,
  }))

export default function StudyPage() {
  const { view } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/studies', label: 'All studies' },
              { href: `/studies?condition=${view.topic.id}`, label: view.topic.label },
            ]}
          />
        }
        kicker={view.citation}
        title={view.title}
        lead={view.summary}
      />
      {view.unverified && (
        <Notice state="unknown" title="Unverified">
          <p>We could not check this record fully in its source. It is kept out of every sum on this site.</p>
        </Notice>
      )}
      <p>
        <strong>{view.direction}.</strong> {view.kind}.
      </p>
      <Section title="What was done">
        <p className="measure">{view.design}</p>
        <Facts facts={orNotReported(view.facts)} />
      </Section>
      {view.arms.length > 0 && (
        <Section title="Who got what">
          <Facts facts={orNotReported(view.arms)} />
        </Section>
      )}
      <Section title="What was found">
        <ul className="finding-list">
          {view.findings.map((finding) => (
            <li key={finding.key} className="finding">
              <p className="finding-outcome">{finding.outcome}</p>
              {finding.text !== null && <p>{finding.text}</p>}
              {finding.figures.length > 0 && <p className="finding-figures">{finding.figures.join(' · ')}</p>}
              {finding.mark !== null && <span className="unverified">{finding.mark}</span>}
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Harms">
        <p className="measure">
          {view.harms ?? 'Not reported here. That does not mean that there were none.'}
        </p>
      </Section>
      <Section title="Limits">
        <p className="measure">{view.limits}</p>
      </Section>
      <Section title="Where this comes from">
        <Facts
          facts={view.references.map(({ term, value, href }) => ({
            term,
            value: href ? <a href={href}>{value}</a> : value,
          }))}
        />
        {view.confidenceNote !== null && <p className="measure">{view.confidenceNote}</p>}
      </Section>
    </>
  )
}
