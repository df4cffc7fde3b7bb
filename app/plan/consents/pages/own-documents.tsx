import { useLoaderData } from 'react-router'
import { ownPersonId } from '../../../platform/actor.ts'
import { runQuery } from '../../../platform/command.server.ts'
import { guardedLoader, notFound } from '../../../platform/page.server.ts'
import { dayInWords } from '../../../platform/time.ts'
import { LinkList, PageHead, StateChip } from '../../../ui/index.ts'
import { readOwnDocuments } from '../../plan-access.ts'
import { currentDocuments } from '../consent-library.ts'
import { consentState } from '../sign-consent.server.ts'

export const loader = guardedLoader(readOwnDocuments, async ({ services, actor, clinic }) =>
  runQuery(services, actor, async ({ db, audit }) => {
    const personId = ownPersonId(actor) ?? notFound()
    const state = await consentState(db, clinic.id, personId)
    audit.read(readOwnDocuments.id, { personId, object: 'document-list' })
    return {
      waiting: state.missing.length,
      documents: currentDocuments().map((d) => {
        const signed = state.signed.find((s) => s.id === d.id)
        const missing = state.missing.find((m) => m.id === d.id)
        return {
          id: d.id,
          title: d.title,
          summary: d.summary,
          signed: signed && dayInWords(signed.signedAt, clinic.timeZone),
          why: missing && WHY[missing.why],
        }
      }),
    }
  }),
)

const WHY = {
  'never-signed': 'to read and sign',
  'newer-version': 'changed since you signed; to read and sign again',
  withdrawn: 'you took this back',
} as const

export function meta() {
  return [{ title: 'Documents' }]
}

export default function OwnDocuments() {
  const { waiting, documents } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="Your documents"
        lead={
          waiting === 0
            ? 'Everything is signed. You can read it again at any time.'
            : 'Read these in your own time, here or with us. Ask whatever is not clear before you sign.'
        }
      />
      <LinkList
        items={documents.map((d) => ({
          href: `/portal/documents/${d.id}`,
          title: d.title,
          text: d.summary,
          meta: (
            <StateChip
              state={d.signed ? 'calm' : 'due'}
              word={d.signed ? `signed ${d.signed}` : (d.why ?? '')}
            />
          ),
        }))}
      />
    </>
  )
}
