import type { FormAnswer } from '../../platform/form.ts'
import {
  Button,
  ButtonLink,
  CheckboxGroup,
  FormActions,
  Notice,
  RadioGroup,
  Section,
  SelectField,
  TextArea,
  TextField,
} from '../../ui/index.ts'
import { helpsFor, OTHER_HELPS } from '../other-helps.ts'
import { DECLINE_REASONS, REPLY_CHANNELS } from '../request-events.ts'

type Choice = { readonly value: string; readonly label: string; readonly hint?: string }

type Handled = {
  readonly id: string
  readonly key: string
  /** How an offer of times stands, once accepted. */
  readonly offer: 'none' | 'open' | 'chosen'
  readonly colleagues: readonly Choice[]
  /** People with a record here who may be the one to be treated. */
  readonly known: readonly Choice[]
  readonly texts: readonly { readonly code: string; readonly name: string }[]
  /** The chosen text, its places filled. */
  readonly text: string | undefined
  readonly decided: boolean
  readonly setAside: boolean
  readonly personId: string | undefined
  readonly mine: boolean
  readonly owner: string | undefined
  readonly mayHandle: boolean
  readonly email: string | undefined
  readonly forOther: boolean
  readonly name: string
  readonly person: {
    readonly displayName: string
    readonly contact: { readonly email?: string; readonly phone?: string; readonly safeTimes?: string }
  }
  readonly elsewhereProposal: string
}

/** Fields in which somebody writes more than a word. */
const WRITTEN = ['words', 'mailWords', 'note', 'elsewhere']

/** What somebody was writing while a colleague decided: it can still be copied from here. */
function NotStored({ problem }: { problem: FormAnswer | undefined }) {
  const written = WRITTEN.map((name) => problem?.values[name]).find(
    (value) => typeof value === 'string' && value.trim() !== '',
  )
  if (typeof written !== 'string') return null
  return (
    <TextArea
      name="not-stored"
      label="What you wrote"
      hint="It was not stored. Copy it from here if it is still needed."
      readOnly
      rows={4}
      defaultValue={written}
    />
  )
}

/** The helps that go with a reason when none is chosen. */
function namesOf(reason: (typeof DECLINE_REASONS)[number]['id']): string {
  const names = helpsFor(reason, []).map(({ name }) => name)
  return names.length > 0 ? ` Named: ${names.join(', ')}.` : ''
}

/** The forms by which a coordinator handles a request. Each keeps what was typed when something must be changed. */
export function HandleRequest({ data, problem }: { data: Handled; problem: FormAnswer | undefined }) {
  if (data.decided) {
    return (
      <Section title="Decided">
        <p>Nothing more is done with this request. What happened stays in the list.</p>
        <NotStored problem={problem} />
        {data.personId && (
          <FormActions>
            {data.mayHandle && (
              <ButtonLink
                href={`/work/requests/${data.id}/times`}
                kind={data.offer === 'none' ? 'primary' : 'quiet'}
              >
                {data.offer === 'none' ? 'Offer times for a first visit' : 'Offer other times'}
              </ButtonLink>
            )}
            <ButtonLink
              kind={data.offer === 'none' ? 'quiet' : 'primary'}
              href={`/work/people/${data.personId}`}
            >
              Open the person
            </ButtonLink>
            <ButtonLink kind="quiet" href="/work/assessments">
              Assessments
            </ButtonLink>
          </FormActions>
        )}
      </Section>
    )
  }
  if (!data.mayHandle) {
    return <Notice state="unknown" title="Coordinators answer requests. You can read this one." />
  }
  const posted = problem?.values.intent
  // Only the form that was sent shows what was typed and what is wrong with it.
  const of = (intent: string) => ({
    typed: (name: string, otherwise = '') => {
      const value = posted === intent ? problem?.values[name] : undefined
      return typeof value === 'string' ? value : otherwise
    },
    listed: (name: string): string[] => {
      const value = posted === intent ? problem?.values[name] : undefined
      return typeof value === 'string' ? [value] : [...(value ?? [])]
    },
    wrong: (name: string) => (posted === intent ? problem?.errors[name] : undefined),
    key: posted === intent ? String(problem?.values.key ?? data.key) : data.key,
  })
  const handOver = of('hand-over')
  const note = of('note')
  const mail = of('mail')
  const accept = of('accept')
  const decline = of('decline')
  return (
    <>
      {!data.mine && (
        <Section title="Owner">
          <form method="post">
            <p>{data.owner ? `${data.owner} has this request.` : 'Nobody has this request yet.'}</p>
            <FormActions>
              <Button name="intent" value="assign">
                {data.setAside ? 'Take it up: this is a person' : 'Take it up'}
              </Button>
            </FormActions>
          </form>
        </Section>
      )}
      {data.colleagues.length > 0 && !data.setAside && (
        <details className="request-more" open={posted === 'hand-over'}>
          <summary>Hand it over</summary>
          <form method="post" noValidate>
            <input type="hidden" name="intent" value="hand-over" />
            <SelectField
              name="to"
              label="To"
              prompt="Choose a colleague"
              options={data.colleagues}
              defaultValue={handOver.typed('to')}
              error={handOver.wrong('to')}
            />
            <TextArea
              name="note"
              label="What they should know"
              hint="It stands in what happened; the person does not read it."
              rows={2}
              defaultValue={handOver.typed('note')}
              error={handOver.wrong('note')}
            />
            <FormActions>
              <Button kind="quiet">Hand it over</Button>
            </FormActions>
          </form>
        </details>
      )}
      <Section title="Note a call or message">
        <form method="post" noValidate>
          <input type="hidden" name="intent" value="note" />
          <input type="hidden" name="key" value={note.key} />
          <RadioGroup
            name="channel"
            label="By"
            layout="inline"
            choices={REPLY_CHANNELS.map(({ id, words }) => ({ value: id, label: words }))}
            defaultValue={note.typed('channel') || undefined}
            error={note.wrong('channel')}
          />
          <RadioGroup
            name="reached"
            label="Did you reach them?"
            layout="inline"
            choices={[
              { value: 'yes', label: 'Yes, we talked or wrote' },
              { value: 'no', label: 'No, tried only' },
            ]}
            defaultValue={note.typed('reached') || undefined}
            error={note.wrong('reached')}
          />
          <TextArea
            name="words"
            label="What was said or tried"
            rows={3}
            defaultValue={note.typed('words')}
            error={note.wrong('words')}
          />
          <FormActions>
            <Button>Store the note</Button>
          </FormActions>
        </form>
      </Section>
      {data.email && (
        <details className="request-more" id="mail" open={posted === 'mail' || data.text !== undefined}>
          <summary>Write an e-mail to {data.email}</summary>
          <p className="row">
            <span>Begin with:</span>
            {data.texts.map(({ code, name }) => (
              <a key={code} href={`/work/requests/${data.id}?text=${code}#mail`}>
                {name}
              </a>
            ))}
          </p>
          <form method="post" action={`/work/requests/${data.id}`} noValidate>
            <input type="hidden" name="intent" value="mail" />
            <input type="hidden" name="key" value={mail.key} />
            <TextArea
              name="mailWords"
              label="What the e-mail says"
              hint="Somebody else may read it: name no condition and no treatment. The subject tells nothing either."
              rows={data.text === undefined ? 5 : 12}
              defaultValue={mail.typed('mailWords', data.text)}
              error={mail.wrong('mailWords')}
            />
            <FormActions>
              <Button kind="quiet">Send the e-mail</Button>
            </FormActions>
          </form>
        </details>
      )}
      <Section title="Accept">
        <form method="post" noValidate>
          <input type="hidden" name="intent" value="accept" />
          <input type="hidden" name="key" value={accept.key} />
          <p>
            Makes a record of the person and opens their assessment. It promises no treatment.
            {data.forOther &&
              ` ${data.name} wrote for somebody else: enter what the person to be treated told you, with their agreement.`}
          </p>
          {data.known.length > 0 && (
            <RadioGroup
              name="known"
              label="Do they have a record here?"
              hint="These have the same contact or the same name. For somebody known the fields below change nothing."
              choices={[{ value: 'new', label: 'No, this is a new person' }, ...data.known]}
              defaultValue={accept.typed('known', 'new')}
              error={accept.wrong('known')}
            />
          )}
          <TextField
            name="displayName"
            label="Name of the person to be treated"
            width="medium"
            autoComplete="off"
            defaultValue={accept.typed('displayName', data.person.displayName)}
            error={accept.wrong('displayName')}
          />
          <TextField
            name="email"
            label="Their e-mail address"
            hint="The link to their first questions goes there."
            type="email"
            optional
            width="medium"
            autoComplete="off"
            defaultValue={accept.typed('email', data.person.contact.email)}
            error={accept.wrong('email')}
          />
          <TextField
            name="phone"
            label="Their telephone number"
            type="tel"
            optional
            width="medium"
            autoComplete="off"
            defaultValue={accept.typed('phone', data.person.contact.phone)}
            error={accept.wrong('phone')}
          />
          <TextField
            name="safeTimes"
            label="When it is safe to reach them"
            optional
            autoComplete="off"
            defaultValue={accept.typed('safeTimes', data.person.contact.safeTimes)}
            error={accept.wrong('safeTimes')}
          />
          <FormActions>
            <Button>Accept and open the assessment</Button>
          </FormActions>
        </form>
      </Section>
      <details className="request-more" open={posted === 'decline'}>
        <summary>Decline</summary>
        <form method="post" noValidate>
          <input type="hidden" name="intent" value="decline" />
          <input type="hidden" name="key" value={decline.key} />
          <RadioGroup
            name="reason"
            label="Why"
            choices={DECLINE_REASONS.map(({ id, words, toThem }) => ({
              value: id,
              label: words,
              hint: `They read: “${toThem}”${namesOf(id)}`,
            }))}
            defaultValue={decline.typed('reason') || undefined}
            error={decline.wrong('reason')}
          />
          <TextArea
            name="elsewhere"
            label="Where else to go"
            hint="They read this on the page of their request."
            rows={3}
            defaultValue={decline.typed('elsewhere', data.elsewhereProposal)}
            error={decline.wrong('elsewhere')}
          />
          <CheckboxGroup
            name="helps"
            label="Public helps that their page names"
            hint="When you tick none, those that fit the reason are named."
            optional
            choices={OTHER_HELPS.map(({ id, name, what }) => ({ value: id, label: name, hint: what }))}
            defaultValues={decline.listed('helps')}
            error={decline.wrong('helps')}
          />
          <FormActions>
            <Button kind="quiet">Decline</Button>
          </FormActions>
        </form>
      </details>
    </>
  )
}
