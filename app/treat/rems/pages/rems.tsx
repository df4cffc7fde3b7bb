import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  DateField,
  EmptyState,
  ErrorSummary,
  Facts,
  FormActions,
  Notice,
  NumberField,
  PageHead,
  RadioGroup,
  Section,
  StateChip,
  TextField,
} from '../../../ui/index.ts'
import { fieldId, returnedTo } from '../../bedside/bedside-form.tsx'
import { REMS_TITLES } from '../../session/care-words.ts'
import treatCss from '../../treat.css?url'
import { readSession, recordSession } from '../../treat-access.ts'
import { REMS_QUESTIONS, REMS_SEEN } from '../rems-form.ts'
import { loadRems, type RemsPage, recordAnswers, recordSent } from '../rems-page.server.ts'

export const handle = { hydrate: false }

export function links() {
  return [{ rel: 'stylesheet', href: treatCss }]
}

export const loader = guardedLoader(readSession, loadRems)

export const action = guardedAction({
  answers: [recordSession, recordAnswers],
  sent: [recordSession, recordSent],
})

export function meta() {
  return [{ title: 'REMS monitoring form' }]
}

const DONE: Readonly<Record<string, string>> = {
  answers: 'Answers recorded.',
  sent: 'Recorded that the form was sent.',
}

export default function Rems() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  const intent = String(answer?.values.intent ?? 'answers')
  if (page.notAsked) return <NotAsked page={page} route={page.notAsked.route} />
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: `/work/sessions/${page.sessionId}`, label: 'Session' }]} />}
        kicker={page.personName}
        title="REMS monitoring form"
        lead={`A sheet to fill the form from. Fields as known on ${page.form.version}; the form changes often, so compare with the one in force.`}
        state={page.due && <StateChip state={page.due.state} word={page.due.word} size="big" />}
        actions={
          page.sections && (
            <ButtonLink href={`/work/sessions/${page.sessionId}/rems.pdf`} kind="quiet">
              Sheet as PDF
            </ButtonLink>
          )
        }
      />
      {page.done && DONE[page.done] && !answer && (
        <Notice state="calm" announce="status" title={DONE[page.done]} />
      )}
      <ErrorSummary
        errors={fieldErrors(answer).map((error) => ({
          ...error,
          fieldId: fieldId(intent, error.fieldId === 'form' ? 'submit' : error.fieldId),
        }))}
        title="Not recorded yet"
      />
      {page.contradictions.map((text) => (
        <Notice key={text} state="amber" title={text} />
      ))}
      {page.sections ? (
        <>
          {page.missing.length > 0 && (
            <Notice state="unknown" title={`${page.missing.length} fields are not known yet`}>
              <p>{page.missing.join(', ')}.</p>
            </Notice>
          )}
          {page.sections.map(({ title, fields }) => (
            <Section key={title} title={title}>
              <Facts
                facts={fields.map((field) => ({
                  term: field.title,
                  value: field.known ? field.value : <StateChip state="unknown" word={field.value} />,
                }))}
              />
            </Section>
          ))}
        </>
      ) : (
        <EmptyState title="No device given yet">
          The sheet is made once the first device was given. What is known already can be answered below.
        </EmptyState>
      )}
      {page.mayRecord && page.open && <AnswersForm page={page} answer={answer} />}
      {page.sections && !page.open && (
        <p>
          The session is closed: what is still missing goes into an addendum to its note and onto the form.
        </p>
      )}
      {page.sent.length > 0 && (
        <Section title="Sent">
          <ul>
            {page.sent.map(({ id, text }) => (
              <li key={id}>{text}</li>
            ))}
          </ul>
        </Section>
      )}
      {page.mayRecord && page.left && <SentForm page={page} answer={answer} />}
    </>
  )
}

/** Somebody came here by an address or a link of another session: what the page is for, and the way back. */
function NotAsked({ page, route }: { page: RemsPage; route: string }) {
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: `/work/sessions/${page.sessionId}`, label: 'Session' }]} />}
        kicker={page.personName}
        title="REMS monitoring form"
      />
      <EmptyState
        title="The REMS does not concern this session"
        action={
          <ButtonLink href={`/work/sessions/${page.sessionId}`} kind="quiet">
            Back to the session
          </ButtonLink>
        }
      >
        The form is for esketamine sprayed into the nose. The dose of this plan is given otherwise ({route}),
        so there is nothing to answer and nothing to send.
      </EmptyState>
    </>
  )
}

const CHOICES = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
  { value: 'unknown', label: 'Not known' },
]

/** What the log cannot say by itself; each question may stay open. */
function AnswersForm({ page, answer }: { page: RemsPage; answer: FormAnswer | undefined }) {
  const returned = returnedTo('answers', answer)
  const minute = (name: string, label: string, earlier: number | null | undefined) => (
    <NumberField
      name={name}
      id={fieldId('answers', name)}
      label={label}
      unit="min"
      whole
      defaultValue={returned.value(name) ?? (typeof earlier === 'number' ? String(earlier) : undefined)}
      error={returned.error(name)}
    />
  )
  const question = (
    name: (typeof REMS_QUESTIONS)[number] | (typeof REMS_SEEN)[number],
    earlier: string | undefined,
  ) => (
    <RadioGroup
      key={name}
      name={name}
      id={fieldId('answers', name)}
      label={REMS_TITLES[name]}
      layout="inline"
      choices={CHOICES}
      defaultValue={returned.value(name) ?? earlier}
      error={returned.error(name)}
    />
  )
  return (
    <Section title="Answers">
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="answers" />
        <input type="hidden" name="key" value={page.keys.answers} />
        <div className="bedside-steps">
          {REMS_QUESTIONS.map((name) => question(name, page.answers[name]))}
        </div>
        {REMS_SEEN.map((name) => (
          <div key={name}>
            {question(name, page.answers[name]?.seen)}
            <div className="bedside-pair">
              {minute(`${name}From`, 'Began after', page.answers[name]?.onsetMin)}
              {minute(`${name}To`, 'Was over after', page.answers[name]?.resolvedMin)}
            </div>
          </div>
        ))}
        {minute('readyAfterMin', REMS_TITLES.readyAfterMin, page.answers.readyAfterMin)}
        <FormActions>
          <Button type="submit" id={fieldId('answers', 'submit')}>
            Record answers
          </Button>
        </FormActions>
      </form>
    </Section>
  )
}

function SentForm({ page, answer }: { page: RemsPage; answer: FormAnswer | undefined }) {
  const returned = returnedTo('sent', answer)
  const field = (name: string) => ({
    name,
    id: fieldId('sent', name),
    defaultValue: returned.value(name),
    error: returned.error(name),
  })
  return (
    <Section title={page.sent.length > 0 ? 'Sent again' : 'Record that it was sent'}>
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="sent" />
        <input type="hidden" name="key" value={page.keys.sent} />
        <div className="bedside-pair">
          <DateField
            {...field('sentOn')}
            label="Sent on"
            defaultValue={returned.value('sentOn') ?? page.today}
          />
          <TextField
            {...field('confirmation')}
            label="Number of the portal, or time of the fax"
            autoComplete="off"
          />
        </div>
        <RadioGroup
          {...field('how')}
          label="By"
          layout="inline"
          choices={[
            { value: 'portal', label: 'Portal' },
            { value: 'fax', label: 'Fax' },
          ]}
        />
        <FormActions>
          <Button type="submit" kind="quiet" id={fieldId('sent', 'submit')}>
            It was sent
          </Button>
        </FormActions>
      </form>
    </Section>
  )
}
