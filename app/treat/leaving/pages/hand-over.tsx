import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { Breadcrumb, ButtonLink, Facts, PageHead, Section, StateChip } from '../../../ui/index.ts'
import { readSession } from '../../treat-access.ts'
import { loadHandOver } from '../sheets-page.server.ts'

export const loader = guardedLoader(readSession, loadHandOver)

export function meta() {
  return [{ title: 'Hand-over' }]
}

export default function HandOver() {
  const page = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: `/work/sessions/${page.sessionId}`, label: 'Session' }]} />}
        kicker={`Session ${page.sessionNumber} · ${page.when}`}
        title={`Hand-over: ${page.personName}`}
        lead="From the log as it stands. What the log does not say is unknown."
        actions={
          <>
            <ButtonLink href={`/work/sessions/${page.sessionId}/hand-over.pdf`} kind="quiet">
              As PDF
            </ButtonLink>
            <ButtonLink href={`/work/sessions/${page.sessionId}/take-home`} kind="quiet">
              For the way home
            </ButtonLink>
          </>
        }
      />
      {page.parts.map(({ title, lines }) => (
        <Section key={title} title={title}>
          <Facts
            facts={lines.map(({ term, value }) => ({
              term,
              value: value ?? <StateChip state="unknown" word="unknown" />,
            }))}
          />
        </Section>
      ))}
    </>
  )
}
