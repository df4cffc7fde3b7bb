import { useActionData, useLoaderData } from 'react-router'
import type { FormAnswer } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import { Breadcrumb, ErrorSummary, Notice, PageHead } from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import { assistConsent } from '../../plan-access.ts'
import { assistedPage, postAssisted } from '../assisted-page.server.ts'
import consentsCss from '../consents.css?url'
import { signErrors } from '../sign-errors.ts'
import { ConsentText } from './consent-text.tsx'
import { SignForm } from './sign-form.tsx'

export const handle = { hydrate: true }

export function links() {
  return [planCss, consentsCss].map((href) => ({ rel: 'stylesheet', href }))
}

export const loader = guardedLoader(assistConsent, assistedPage)

export const action = guardedAction<FormAnswer | Response>({ sign: [assistConsent, postAssisted] })

export function meta() {
  return [{ title: 'Signing with help' }]
}

/** For somebody who cannot read or write: staff read out and hold the device, a witness signs too. */
export default function AssistedConsent() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/work/plans', label: 'Plans' },
              { href: `/work/plans/${data.planId}`, label: data.name },
            ]}
          />
        }
        kicker={`Signing with help · ${data.name}`}
        title={data.document.title}
        lead="For somebody who cannot read or write. Whoever can, signs by themselves in their portal."
      />
      {data.done === 'signed' && (
        <Notice
          state="calm"
          announce="status"
          title="It is signed, with the witness, and kept with the record."
        />
      )}
      <nav aria-label="Documents">
        <ul className="plan-list">
          {data.documents.map((d) => (
            <li key={d.id}>
              <a href={`?document=${d.id}`} aria-current={d.chosen ? 'page' : undefined}>
                {d.title}
              </a>
              {d.signed && ', signed'}
            </li>
          ))}
        </ul>
      </nav>
      <ErrorSummary errors={signErrors(problem, data.document)} />
      <ConsentText document={data.document} />
      {data.signed ? (
        <Notice state="calm" title="This is signed in the version in force." />
      ) : (
        <SignForm key={data.key} data={data} problem={problem} assisted />
      )}
    </>
  )
}
