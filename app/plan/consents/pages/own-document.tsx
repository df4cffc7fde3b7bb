import { useActionData, useLoaderData } from 'react-router'
import { ownPersonId } from '../../../platform/actor.ts'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem, typedValues } from '../../../platform/form.ts'
import { parseId } from '../../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound, type PageArgs } from '../../../platform/page.server.ts'
import { momentInWords } from '../../../platform/time.ts'
import {
  Breadcrumb,
  Button,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  RadioGroup,
  Section,
  TextField,
} from '../../../ui/index.ts'
import { appointmentsOfPerson } from '../../diary/entry-queries.server.ts'
import planCss from '../../plan.css?url'
import { readOwnDocuments } from '../../plan-access.ts'
import { consentHash } from '../consent-hash.server.ts'
import { consentDocument } from '../consent-library.ts'
import { consentState, signConsent, withdrawConsent } from '../sign-consent.server.ts'

export function links() {
  return [{ rel: 'stylesheet', href: planCss }]
}

const theDocument = ({ params }: Pick<PageArgs, 'params'>) =>
  consentDocument(params.documentId ?? '') ?? notFound()

export const loader = guardedLoader(readOwnDocuments, async (page) => {
  const { services, actor, clinic, url } = page
  const document = theDocument(page)
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const personId = ownPersonId(actor) ?? notFound()
    const state = await consentState(db, clinic.id, personId)
    const signed = state.signed.find((s) => s.id === document.id)
    const visits = await appointmentsOfPerson(db, clinic.id, personId)
    audit.read(readOwnDocuments.id, { personId, object: 'document', objectId: document.id })
    return {
      id: document.id,
      version: document.version,
      title: document.title,
      summary: document.summary,
      reviewPending: document.counselReview === 'pending',
      sections: document.sections.map((s) => ({
        ...s,
        blocks: s.blocks.map((b) => (typeof b === 'string' ? b : [...b])),
      })),
      // The right answers stay here: what a browser is sent, somebody can read before answering.
      questions: document.teachBack.map((q) => ({
        id: q.id,
        question: q.question,
        answers: q.answers.map((a) => ({ ...a })),
      })),
      withdrawal: { stops: [...document.withdrawal.stops], leaves: [...document.withdrawal.leaves] },
      visitsAhead: document.withdrawalCancelsVisits
        ? visits.filter((v) => !v.cancelledAt && v.startsAt > at).length
        : 0,
      textHash: consentHash(document),
      signed: signed && momentInWords(signed.signedAt, clinic.timeZone),
      why: state.missing.find((m) => m.id === document.id)?.why,
      name: actor.kind === 'member' ? actor.name : '',
      key: services.ids.next(),
      done: url.searchParams.get('done') ?? undefined,
    }
  })
})

async function sign(page: PageArgs & { form: FormData }): Promise<FormAnswer | Response> {
  const { services, actor, form } = page
  const document = theDocument(page)
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const typedName = text('typedName').trim().slice(0, 200)
  const teachBack = Object.fromEntries(document.teachBack.map((q) => [q.id, text(`answer-${q.id}`)]))
  const outcome = await runCommand(services, actor, signConsent, {
    key: parseId<'consent-signature'>(form.get('key')) ?? notFound(),
    documentId: document.id,
    version: text('version'),
    textHash: text('textHash'),
    typedName,
    teachBack,
  })
  if (outcome.ok) return goTo(`/portal/documents/${document.id}?done=signed`)
  if (outcome.reason === 'newer-version')
    return {
      errors: { form: 'The text has changed since you opened it. Please read the new one below, then sign.' },
      values: {},
    }
  if (outcome.reason === 'name-missing') return formProblem(form, { typedName: 'Type your name to sign.' })
  if (outcome.reason !== 'teach-back') return notFound()
  const { wrong } = outcome.detail as { wrong: readonly string[] }
  const errors = Object.fromEntries(
    document.teachBack
      .filter((q) => wrong.includes(q.id))
      .map((q) => [`answer-${q.id}`, teachBack[q.id] ? q.explanation : 'Choose an answer.']),
  )
  return { errors, values: typedValues(form) }
}

export const action = guardedAction<FormAnswer | Response>({
  sign: [signConsent.action, sign],
  withdraw: [
    withdrawConsent.action,
    async (page) => {
      const personId = ownPersonId(page.actor) ?? notFound()
      const documentId = theDocument(page).id
      const outcome = await runCommand(page.services, page.actor, withdrawConsent, { personId, documentId })
      return outcome.ok ? goTo(`/portal/documents/${documentId}?done=withdrawn`) : notFound()
    },
  ],
})

export function meta() {
  return [{ title: 'Document' }]
}

export default function OwnDocument() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/portal/documents', label: 'Documents' }]} />}
        title={data.title}
        lead={data.summary}
      />
      {data.done === 'signed' && data.signed && (
        <Notice state="calm" announce="status" title="Thank you. It is signed and kept with your record." />
      )}
      {data.done === 'withdrawn' && !data.signed && (
        <Notice state="calm" announce="status" title="You have taken this back. What it stops has stopped." />
      )}
      {data.why === 'newer-version' && (
        <Notice state="due" title="This text has changed since you signed it. Please read it again." />
      )}
      <ErrorSummary errors={fieldErrors(problem)} />
      <div className="prose consent-text">
        {data.reviewPending && <p>Version {data.version}. Draft: have counsel review before use.</p>}
        {data.sections.map((section) => (
          <section key={section.id}>
            <h2>{section.heading}</h2>
            {section.blocks.map((block) =>
              typeof block === 'string' ? (
                <p key={block}>{block}</p>
              ) : (
                <ul key={block[0]} className="plan-list">
                  {block.map((point) => (
                    <li key={point}>{point}</li>
                  ))}
                </ul>
              ),
            )}
          </section>
        ))}
      </div>
      {data.signed ? <TakeBack data={data} /> : <SignForm data={data} problem={problem} />}
    </>
  )
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>

function SignForm({ data, problem }: { data: Data; problem: FormAnswer | undefined }) {
  const typed = (name: string) => {
    const value = problem?.values[name]
    return typeof value === 'string' ? value : undefined
  }
  return (
    <Section title="Was it clear?">
      <p>These questions test our text, not you. If an answer surprises you, ask us before signing.</p>
      <form method="post" noValidate>
        <input type="hidden" name="key" value={typed('key') ?? data.key} />
        <input type="hidden" name="version" value={data.version} />
        <input type="hidden" name="textHash" value={data.textHash} />
        {data.questions.map((q) => (
          <RadioGroup
            key={q.id}
            name={`answer-${q.id}`}
            label={q.question}
            choices={q.answers}
            defaultValue={typed(`answer-${q.id}`)}
            error={problem?.errors[`answer-${q.id}`]}
          />
        ))}
        <TextField
          name="typedName"
          label="Your name, as your signature"
          hint={`You are signed in as ${data.name}. You may say no, and you may take this back later.`}
          autoComplete="name"
          defaultValue={typed('typedName')}
          error={problem?.errors.typedName}
        />
        <FormActions>
          <Button name="intent" value="sign">
            I have read this and I agree
          </Button>
        </FormActions>
      </form>
    </Section>
  )
}

function TakeBack({ data }: { data: Data }) {
  return (
    <Section title={`Signed ${data.signed}`}>
      <details className="disclosure">
        <summary>Take this back</summary>
        <p>You need no reason. This happens at once:</p>
        <ul className="plan-list">
          {data.withdrawal.stops.map((text) => (
            <li key={text}>{text}</li>
          ))}
          {data.visitsAhead > 0 && (
            <li>
              {data.visitsAhead === 1 ? 'One visit is' : `${data.visitsAhead} visits are`} booked for you now
              and will be cancelled.
            </li>
          )}
        </ul>
        <p>This stays as it is:</p>
        <ul className="plan-list">
          {data.withdrawal.leaves.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
        <form method="post">
          <FormActions>
            <Button name="intent" value="withdraw" kind="danger">
              Take it back now
            </Button>
          </FormActions>
        </form>
      </details>
    </Section>
  )
}
