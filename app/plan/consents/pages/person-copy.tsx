import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { Breadcrumb, PageHead } from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import { readConsents } from '../../plan-access.ts'
import consentsCss from '../consents.css?url'
import { copyOfPerson } from '../copy-page.server.ts'
import { SignedCopyView } from './signed-copy.tsx'

export function links() {
  return [planCss, consentsCss].map((href) => ({ rel: 'stylesheet', href }))
}

export const loader = guardedLoader(readConsents, async (page) => ({
  personId: page.params.id ?? '',
  ...(await copyOfPerson(page)),
}))

export function meta() {
  return [{ title: 'Signed copy' }]
}

export default function PersonCopy() {
  const copy = useLoaderData<typeof loader>()
  const person = `/work/people/${copy.personId}`
  return (
    <article className="consent-copy">
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: person, label: copy.person },
              { href: `${person}/disclosures`, label: 'What was signed' },
            ]}
          />
        }
        kicker={copy.clinic}
        title={copy.document.title}
        lead={`Signed ${copy.signedAt} by ${copy.typedName}.`}
      />
      <SignedCopyView copy={copy} baseHref={`${person}/documents/${copy.signatureId}`} />
    </article>
  )
}
