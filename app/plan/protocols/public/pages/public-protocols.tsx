import { type MetaArgs, useLoaderData } from 'react-router'
import { guardedLoader } from '../../../../platform/page.server.ts'
import { LinkList, Notice, PageHead, Section } from '../../../../ui/index.ts'
import { readPublicProtocols } from '../../../plan-access.ts'
import { OFFER_WORDS } from '../offer-words.ts'
import { publicProtocolsPage } from '../public-protocols-page.server.ts'

export const loader = guardedLoader(readPublicProtocols, publicProtocolsPage)

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  if (loaderData === undefined) return [{ title: 'Not found' }]
  return [
    { title: `${loaderData.title} · ${loaderData.clinicName}` },
    { name: 'description', content: loaderData.summary },
  ]
}

/** Every protocol by condition; what was found and whether it is offered stand beside each. */
export default function PublicProtocols() {
  const { title, summary, groups, all } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={title} lead={summary} />
      <Notice title="To be read, not to be followed">
        <p>
          Ketamine is approved as an anesthetic only, and esketamine spray for some kinds of depression.
          Everything else here is off label; <a href="/questions#is-it-approved">read why that matters</a>.
          Some of these {all} plans found no benefit. They stand here all the same. A dose is only ever set by
          a prescriber.
        </p>
      </Notice>
      {groups.map((group) => (
        <div key={group.id} id={group.id}>
          <Section title={group.title}>
            <LinkList
              items={group.rows.map((row) => ({
                href: `/protocols/${row.id}`,
                title: row.title,
                text: `${row.condition}. ${row.given}: ${row.sessions}.`,
                meta: `${row.grade} · ${OFFER_WORDS[row.offer].short}`,
              }))}
            />
          </Section>
        </div>
      ))}
    </>
  )
}
