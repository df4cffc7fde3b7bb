import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Button,
  ErrorSummary,
  Facts,
  FormActions,
  Notice,
  PageHead,
  Section,
  TextField,
} from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import { readDocuments, releaseDocument } from '../../plan-access.ts'
import consentsCss from '../consents.css?url'
import { documentsPage, postRelease } from '../documents-page.server.ts'
import { ConsentText } from './consent-text.tsx'

export function links() {
  return [planCss, consentsCss].map((href) => ({ rel: 'stylesheet', href }))
}

export const loader = guardedLoader(readDocuments, documentsPage)

export const action = guardedAction<FormAnswer | Response>({ release: [releaseDocument, postRelease] })

export function meta() {
  return [{ title: 'Documents' }]
}

/** The clinic's documents, and putting another version in force. */
export default function Documents() {
  const { documents, mayRelease, done } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  return (
    <>
      <PageHead
        title="Documents"
        lead="What people read and sign here. Only a signature of the version in force counts. All are drafts of our own: have counsel review them before use."
      />
      {done === 'released' && (
        <Notice
          state="calm"
          announce="status"
          title="It is in force. Whoever signed another version is asked again."
        />
      )}
      <ErrorSummary errors={fieldErrors(problem)} />
      {documents.map(({ view, need, since, reason, versions, history }) => (
        <Section key={view.id} title={view.title}>
          <Facts
            layout="columns"
            facts={[
              {
                term: 'In force',
                value: `Version ${view.version}`,
                source: since ?? 'as the program brought it',
              },
              { term: 'Signed', value: need },
              { term: 'Lawyer', value: view.reviewPending ? 'has not reviewed it' : 'reviewed' },
              ...(reason ? [{ term: 'Why', value: reason }] : []),
            ]}
          />
          <details className="disclosure">
            <summary>Read version {view.version}</summary>
            <ConsentText document={view} />
          </details>
          {versions.map((version) => {
            const field = `reason-${view.id}-${version.version}`
            const wrong = problem?.errors[field]
            const typed = wrong === undefined ? undefined : problem?.values.reason
            return (
              <details className="disclosure" key={version.version} open={wrong !== undefined}>
                <summary>Version {version.version}, not in force</summary>
                <ConsentText document={version} />
                {(version.newSections.length > 0 || version.newStatements.length > 0) && (
                  <>
                    <p>Other than in the version in force:</p>
                    <ul className="plan-list">
                      {[...version.newSections, ...version.newStatements].map((text) => (
                        <li key={text}>{text}</li>
                      ))}
                    </ul>
                  </>
                )}
                {mayRelease && (
                  <form method="post" className="panel" noValidate>
                    <input type="hidden" name="key" value={version.key} />
                    <input type="hidden" name="document" value={view.id} />
                    <input type="hidden" name="version" value={version.version} />
                    <p>
                      {version.asksAgain === 0
                        ? 'Nobody has signed another version.'
                        : `${version.asksAgain === 1 ? 'One person has' : `${version.asksAgain} people have`} signed another version and will be asked again.`}
                      {need === 'before any dose' && ' Until they have signed, they are given no dose.'}
                    </p>
                    <TextField
                      name="reason"
                      id={field}
                      label="Why it is put in force"
                      maxLength={400}
                      defaultValue={typeof typed === 'string' ? typed : undefined}
                      {...(wrong === undefined ? {} : { error: wrong })}
                    />
                    <FormActions>
                      <Button name="intent" value="release" kind="danger">
                        Put version {version.version} in force now
                      </Button>
                    </FormActions>
                  </form>
                )}
              </details>
            )
          })}
          {history.length > 0 && (
            <details className="disclosure">
              <summary>What was put in force before</summary>
              <ul className="plan-list">
                {history.map(({ words }) => (
                  <li key={words}>{words}</li>
                ))}
              </ul>
            </details>
          )}
        </Section>
      ))}
    </>
  )
}
