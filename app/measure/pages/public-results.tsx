import { type MetaArgs, useLoaderData } from 'react-router'
import { studiesOfAddiction } from '../../find/index.server.ts'
import { runQuery } from '../../platform/command.server.ts'
import { guardedLoader, notFound } from '../../platform/page.server.ts'
import { dayInWords, localDateOf } from '../../platform/time.ts'
import chartsCss from '../../ui/charts.css?url'
import { ButtonLink, EmptyState, Notice, PageHead, Section } from '../../ui/index.ts'
import { besideStudies } from '../literature/beside-studies.ts'
import { BesideStudiesView } from '../literature/beside-view.tsx'
import { examplePage } from '../public/example-people.ts'
import { readPublicResults } from '../public/release-access.ts'
import { LAG_DAYS } from '../public/release-period.ts'
import { newestRelease, type Release } from '../public/release-queries.server.ts'
import { ReleaseView } from '../public/release-view.tsx'
import { WAY_WORDS } from '../public/release-words.ts'

const summary =
  'What became of people treated here: how many, how many we lost sight of, how sure it is, and what was noted in sessions, good news and bad.'

export const loader = guardedLoader(readPublicResults, async ({ services, actor, clinic, url }) => {
  const asked = url.searchParams.get('example')
  // Invented counts beside a real clinic's name would be a false claim however they are labelled.
  if (asked !== null && !clinic.demonstration) notFound()
  const release =
    asked === null ? await runQuery(services, actor, ({ db }) => newestRelease(db, clinic.id)) : undefined
  const page =
    asked !== null
      ? examplePage(clinic.name, localDateOf(services.clock.now(), clinic.timeZone))
      : release?.withdrawn
        ? undefined
        : release?.page
  return {
    title: `Results${page?.invented ?? ''}`,
    summary,
    clinicName: clinic.name,
    demonstration: clinic.demonstration,
    example: asked !== null,
    page,
    published:
      release && !release.withdrawn
        ? {
            name: releaseName(release),
            on: dayInWords(release.publishedAt, clinic.timeZone),
            by: release.signedName,
          }
        : undefined,
    withdrawn: release?.withdrawn && {
      on: dayInWords(release.withdrawn.at, clinic.timeZone),
      reason: release.withdrawn.reason,
    },
    beside: besideStudies(studiesOfAddiction()),
  }
})

/** "Release 3, a correction of release 2". */
function releaseName({ number, page }: Release): string {
  const corrected = page.corrections?.find(({ correctedBy }) => correctedBy === number)
  return `Release ${number}${corrected ? `, a correction of release ${corrected.release}` : ''}`
}

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  if (loaderData === undefined) return [{ title: 'Not found' }]
  return [
    { title: `${loaderData.title} · ${loaderData.clinicName}` },
    { name: 'description', content: loaderData.summary },
  ]
}

export function links() {
  return [{ rel: 'stylesheet', href: chartsCss }]
}

export default function PublicResults() {
  const { title, page, published, withdrawn, example, demonstration, clinicName, beside } =
    useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title={title}
        lead="What became of people treated here, with how sure it is and with those we lost sight of. It describes; it does not say what caused it."
      />
      {example && (
        <Notice state="unknown" title="An example with invented counts. Nobody was treated.">
          <p>
            It shows how this page looks when more people have been treated.{' '}
            <a href="/results.csv?example">Download these invented numbers (CSV)</a> or go{' '}
            <a href="/results">back to the page as it is published</a>.
          </p>
        </Notice>
      )}
      {!example && !withdrawn && (published || demonstration) && (
        <div className="stack">
          {published && (
            <p className="measure">
              {published.name}, signed by {published.by} and published on {published.on}. It does not change;
              the next one adds whole quarters. <a href="/results.csv">Download the numbers (CSV)</a>
            </p>
          )}
          {demonstration && (
            <p className="measure">
              What is withheld here would show with more people:{' '}
              <a href="/results?example">see the page with invented counts of 320</a>
            </p>
          )}
        </div>
      )}
      {page ? (
        <ReleaseView page={page} />
      ) : (
        <EmptyState
          title={withdrawn ? 'The figures have been taken back' : 'No figures are published yet'}
          action={
            <ButtonLink kind="quiet" href="/studies">
              What studies have found
            </ButtonLink>
          }
        >
          <p>
            {withdrawn
              ? `They were withdrawn on ${withdrawn.on}. The reason given: ${withdrawn.reason}`
              : `They are published once at least ten people have had a first session and ${LAG_DAYS} days have passed since, so that nobody can be recognized in them.`}
          </p>
        </EmptyState>
      )}
      <Section title="Beside published studies">
        <BesideStudiesView
          beside={beside}
          own={(page?.shares ?? []).map(({ missing, ...shown }) => ({ way: WAY_WORDS[missing], shown }))}
          clinicName={clinicName}
          invented={page?.invented ?? ''}
        />
      </Section>
    </>
  )
}
