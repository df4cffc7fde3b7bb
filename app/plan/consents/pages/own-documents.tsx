import { useLoaderData } from 'react-router'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import { LinkList, Notice, PageHead, Section, StateChip } from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import { readOwnDocuments, withdrawConsent } from '../../plan-access.ts'
import { postOwnWithdrawalOfAll } from '../own-document-page.server.ts'
import { ownDocumentsPage } from '../own-documents-page.server.ts'
import { TakeBack, UNDER_WAY_WORDS } from './take-back.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: planCss }]
}

export const loader = guardedLoader(readOwnDocuments, ownDocumentsPage)

export const action = guardedAction({ 'withdraw-all': [withdrawConsent, postOwnWithdrawalOfAll] })

export function meta() {
  return [{ title: 'Documents' }]
}

export default function OwnDocuments() {
  const { waiting, needed, others, all, underWay, done } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="Your documents"
        lead={
          waiting === 0
            ? 'Everything that treatment needs is signed. You can read it again at any time.'
            : 'Read these in your own time, here or with us. Ask whatever is not clear before you sign.'
        }
      />
      {done === 'withdrawn' && (
        <Notice state="calm" announce="status" title="You have taken everything back. It has stopped.">
          {underWay && <p>{UNDER_WAY_WORDS}</p>}
        </Notice>
      )}
      <Documents items={needed} />
      <Section title="Your choice">
        <div className="stack">
          <p>None of these is needed for your treatment.</p>
          <Documents items={others} />
        </div>
      </Section>
      {all && (
        <Section title="Take everything back">
          <TakeBack data={all} summary="Take back everything you signed" intent="withdraw-all" />
        </Section>
      )}
    </>
  )
}

function Documents({ items }: { items: ReturnType<typeof useLoaderData<typeof loader>>['needed'] }) {
  return (
    <LinkList
      items={items.map((d) => ({
        href: `/portal/documents/${d.id}`,
        title: d.title,
        text: d.summary,
        meta: <StateChip state={d.state} word={d.word} />,
      }))}
    />
  )
}
