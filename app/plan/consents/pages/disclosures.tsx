import { useLoaderData } from 'react-router'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  CheckboxGroup,
  DataTable,
  EmptyState,
  Facts,
  FormActions,
  Notice,
  PageHead,
  RadioGroup,
  Section,
  StateChip,
  TextField,
} from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import { readConsents, withdrawConsent } from '../../plan-access.ts'
import { ASKED_PURPOSES } from '../asked-purposes.ts'
import { RECORD_PARTS } from '../disclosure-elements.ts'
import { disclosuresPage, postTakenBack } from '../disclosures-page.server.ts'

export function links() {
  return [{ rel: 'stylesheet', href: planCss }]
}

export const loader = guardedLoader(readConsents, disclosuresPage)

export const action = guardedAction({ withdraw: [withdrawConsent, postTakenBack] })

export function meta() {
  return [{ title: 'Sharing and signatures' }]
}

export default function Disclosures() {
  const data = useLoaderData<typeof loader>()
  const { person, disclosures, others } = data
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/work/people', label: 'People' },
              { href: `/work/people/${person.id}`, label: person.name },
            ]}
          />
        }
        kicker={person.name}
        title="Sharing and signatures"
        lead="Nothing about treatment of substance use leaves the clinic without a valid paper here, or an exception of the law."
      />
      {data.done === 'withdrawn' && (
        <Notice state="calm" announce="status" title="It is taken back. Nothing more is given by it." />
      )}
      <Section title="Permissions to share">
        {disclosures.length === 0 && (
          <EmptyState title="None was signed">
            <p>The person signs one in their portal, or with help from their plan’s page.</p>
          </EmptyState>
        )}
        {disclosures.map((d) => (
          <article className="panel" key={d.id}>
            <StateChip state={d.state.kind} word={d.state.word} />
            <Facts
              facts={[
                ...d.elements,
                { term: 'Signed', value: d.signed },
                ...(d.withdrawn ? [{ term: 'Taken back', value: d.withdrawn }] : []),
              ]}
            />
            <p>
              <a href={`/work/people/${person.id}/documents/${d.id}`}>
                The signed paper, with its statements
              </a>
              {' · '}
              <a href={`/work/people/${person.id}/documents/${d.id}/copy.pdf`} download>
                PDF copy, with the notice of 42 CFR 2.32
              </a>
            </p>
            {data.mayWithdraw && !d.withdrawn && (
              <details className="disclosure">
                <summary>{person.name} told me that they take this back</summary>
                <form method="post">
                  <input type="hidden" name="signature" value={d.id} />
                  <p>From this moment nothing more is given by it. What was given before stays given.</p>
                  <FormActions>
                    <Button name="intent" value="withdraw" kind="danger">
                      Record that it is taken back
                    </Button>
                  </FormActions>
                </form>
              </details>
            )}
          </article>
        ))}
      </Section>
      <Ask data={data} />
      <Section title="Everything else that was signed">
        <DataTable
          caption="Signed documents, the newest first"
          captionHidden
          rows={others}
          rowKey={(row) => row.id}
          phone="stack"
          empty={<EmptyState title="Nothing was signed yet" />}
          columns={[
            {
              key: 'title',
              head: 'Document',
              names: true,
              cell: (row) => <a href={`/work/people/${person.id}/documents/${row.id}`}>{row.title}</a>,
            },
            { key: 'version', head: 'Version', align: 'figure', cell: (row) => row.version },
            { key: 'signed', head: 'Signed', cell: (row) => row.signed },
            { key: 'withdrawn', head: 'Taken back', cell: (row) => row.withdrawn ?? 'no' },
          ]}
        />
      </Section>
    </>
  )
}

const ANSWER_WORDS = {
  yes: { state: 'calm', title: 'Yes, a signed paper allows it' },
  no: { state: 'due', title: 'No' },
  unknown: { state: 'unknown', title: 'Not known: do not share until this is settled' },
} as const

/** A question by the address: it changes nothing and shares nothing. */
function Ask({ data }: { data: ReturnType<typeof useLoaderData<typeof loader>> }) {
  const { question, answer } = data
  return (
    <Section title="May I share this?">
      {answer && (
        <Notice
          state={ANSWER_WORDS[answer.may].state}
          announce="status"
          title={ANSWER_WORDS[answer.may].title}
        >
          {answer.may !== 'yes' && <p>{answer.because}</p>}
          {answer.may === 'yes' && (
            <p>
              A notice of 42 CFR 2.32 and a copy of the paper go with it, and it is written down. The PDF copy
              of the paper has the notice on each page.
            </p>
          )}
          {answer.consentId && (
            <p>
              <a href={`/work/people/${data.person.id}/documents/${answer.consentId}`}>The paper</a>
            </p>
          )}
        </Notice>
      )}
      <form method="get">
        <TextField name="to" label="To whom, by name" required defaultValue={question?.to} />
        <RadioGroup
          name="class"
          label="Do they treat the person, pay for it, or help to run this program?"
          layout="inline"
          choices={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
            { value: 'unknown', label: 'Not known' },
          ]}
          defaultValue={
            question?.ofTreatmentClass === undefined ? 'unknown' : question.ofTreatmentClass ? 'yes' : 'no'
          }
        />
        <CheckboxGroup
          name="what"
          label="What, in the words of the papers"
          choices={RECORD_PARTS.map(({ id, label }) => ({ value: id, label }))}
          defaultValues={question?.what ?? []}
        />
        <RadioGroup
          name="purpose"
          label="For what"
          choices={ASKED_PURPOSES}
          defaultValue={question?.purpose ?? 'treatment'}
        />
        <FormActions>
          <Button kind="quiet">Look at the papers</Button>
        </FormActions>
      </form>
    </Section>
  )
}
