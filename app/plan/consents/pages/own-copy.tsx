import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { Breadcrumb, PageHead } from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import { readOwnDocuments } from '../../plan-access.ts'
import consentsCss from '../consents.css?url'
import { ownCopy } from '../copy-page.server.ts'
import { SignedCopyView } from './signed-copy.tsx'

export function links() {
  return [planCss, consentsCss].map((href) => ({ rel: 'stylesheet', href }))
}

export const loader = guardedLoader(readOwnDocuments, ownCopy)

export function meta() {
  return [{ title: 'Your signed copy' }]
}

export default function OwnCopy() {
  const copy = useLoaderData<typeof loader>()
  const base = `/portal/documents/${copy.document.id}`
  return (
    <article className="consent-copy">
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/portal/documents', label: 'Documents' },
              { href: base, label: copy.document.title },
            ]}
          />
        }
        kicker={copy.clinic}
        title="Your signed copy"
        lead={`${copy.document.title}. Signed ${copy.signedAt}.`}
      />
      <SignedCopyView copy={copy} baseHref={`${base}/copies/${copy.signatureId}`} />
    </article>
  )
}
