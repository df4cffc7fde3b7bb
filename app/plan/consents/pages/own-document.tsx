import { useActionData, useLoaderData } from 'react-router'
import type { FormAnswer } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import { Breadcrumb, ErrorSummary, Notice, PageHead, Section } from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import { readOwnDocuments, signConsent, withdrawConsent } from '../../plan-access.ts'
import consentsCss from '../consents.css?url'
import { ownDocumentPage, postOwnSignature, postOwnWithdrawal } from '../own-document-page.server.ts'
import { signErrors } from '../sign-errors.ts'
import { ConsentText } from './consent-text.tsx'
import { SignForm } from './sign-form.tsx'
import { TakeBack, UNDER_WAY_WORDS } from './take-back.tsx'

export const handle = { hydrate: true }

export function links() {
  return [planCss, consentsCss].map((href) => ({ rel: 'stylesheet', href }))
}

export const loader = guardedLoader(readOwnDocuments, ownDocumentPage)

export const action = guardedAction<FormAnswer | Response>({
  sign: [signConsent, postOwnSignature],
  withdraw: [withdrawConsent, postOwnWithdrawal],
})

export function meta() {
  return [{ title: 'Document' }]
}

export default function OwnDocument() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const { document, copies } = data
  const severalTimes = document.form === 'disclosure'
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/portal/documents', label: 'Documents' }]} />}
        title={document.title}
        lead={document.summary}
      />
      {data.done === 'signed' && data.signed && (
        <Notice state="calm" announce="status" title="Thank you. It is signed and kept with your record." />
      )}
      {data.done === 'withdrawn' && (
        <Notice state="calm" announce="status" title="You have taken this back. What it stops has stopped.">
          {data.underWay && <p>{UNDER_WAY_WORDS}</p>}
        </Notice>
      )}
      {data.why === 'newer-version' && (
        <Notice state="due" title="This text has changed since you signed it. Please read it again.">
          {document.need === 'before-dosing' && <p>Until you have signed the new one, no dose is given.</p>}
        </Notice>
      )}
      <ErrorSummary errors={signErrors(problem, document)} />
      <ConsentText document={document} />
      {copies.length > 0 && (
        <Section title="What you signed">
          <ul className="plan-list">
            {copies.map((copy) => (
              <li key={copy.id}>
                <a href={`/portal/documents/${document.id}/copies/${copy.id}`}>
                  {copy.to
                    ? `To ${copy.to}, signed ${copy.signedAt}`
                    : `Version ${copy.version}, signed ${copy.signedAt}`}
                </a>{' '}
                (
                <a
                  href={`/portal/documents/${document.id}/copies/${copy.id}/copy.pdf`}
                  download
                  aria-label={`PDF copy, signed ${copy.signedAt}`}
                >
                  PDF copy
                </a>
                ){copy.withdrawnAt && `; taken back ${copy.withdrawnAt}`}
                {severalTimes && !copy.withdrawnAt && (
                  <TakeBack data={data} signatureId={copy.id} summary={`Take back: ${copy.to}`} />
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {data.signed && !severalTimes ? (
        <Section title={`Signed ${data.signed}`}>
          <TakeBack data={data} summary="Take this back" />
        </Section>
      ) : (
        <SignForm key={data.key} data={data} problem={problem} />
      )}
      {data.olderSigned && !severalTimes && (
        <Section title="Or take back what you signed before">
          <TakeBack data={data} summary="Take this back" />
        </Section>
      )}
    </>
  )
}
