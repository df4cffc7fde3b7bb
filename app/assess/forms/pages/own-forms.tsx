import { useLoaderData } from 'react-router'
import { guardedLoader } from '../../../platform/page.server.ts'
import { EmptyState, LinkList, PageHead, Section } from '../../../ui/index.ts'
import { readOwnForms } from '../../assess-access.ts'
import { loadOwnForms } from '../own-form-page.server.ts'
import formsCss from './forms.css?url'

export const loader = guardedLoader(readOwnForms, loadOwnForms)

export function links() {
  return [{ rel: 'stylesheet', href: formsCss }]
}

export function meta() {
  return [{ title: 'Your forms' }]
}

/** What the people who treat somebody ask of them, beside the daily check-in. */
export default function OwnForms() {
  const { waiting, finished } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="Your forms"
        lead="Questions that help you and the people who treat you to see how things change."
      />
      {waiting.length === 0 ? (
        <EmptyState title="Nothing waits for you">
          <p>When somebody who treats you asks for a form, it stands here.</p>
        </EmptyState>
      ) : (
        <LinkList
          items={waiting.map((form) => ({
            href: form.href,
            title: form.title,
            text: form.begun ? 'Begun; your answers are kept.' : `About ${form.minutes} min`,
            meta: `asked ${form.since}`,
          }))}
        />
      )}
      {finished.length > 0 && (
        <Section title="Finished">
          <ul className="form-ended">
            {finished.map((form) => (
              <li key={form.id}>
                {form.title}, {form.finished}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
