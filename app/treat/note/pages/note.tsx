import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  Checkbox,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  Section,
  StateChip,
  StepUpField,
  TextArea,
  Timeline,
} from '../../../ui/index.ts'
import treatCss from '../../treat.css?url'
import { cosignNote, readSession, saveNote, signNote } from '../../treat-access.ts'
import { addToNote, cosign, keepNote, loadNote, signTheNote, takeIn } from '../note-page.server.ts'
import { type SinceDrafted, saidSince, sentencesIn, sinceDrafted } from '../since-drafted.ts'

export function links() {
  return [{ rel: 'stylesheet', href: treatCss }]
}

export const loader = guardedLoader(readSession, loadNote)

export const action = guardedAction({
  save: [saveNote, keepNote],
  'take-in': [saveNote, takeIn],
  sign: [signNote, signTheNote],
  add: [signNote, addToNote],
  cosign: [cosignNote, cosign],
})

export function meta() {
  return [{ title: 'Session note' }]
}

const DONE: Readonly<Record<string, string>> = {
  saved: 'Saved. The note is not signed yet.',
  'taken-in': 'What came since is in the note. Read it again; it is saved and not signed yet.',
  signed: 'Signed and locked. The session is closed.',
  added: 'Addendum signed.',
  cosigned: 'You have signed under the note.',
}

type NotePage = Awaited<ReturnType<typeof loadNote>>

export default function SessionNotePage() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  const { note } = page
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/work/board', label: 'Board' },
              { href: `/work/sessions/${page.sessionId}`, label: page.personName },
            ]}
          />
        }
        kicker={`Session ${page.sessionNumber} of ${page.personName}`}
        title="Session note"
        state={
          <StateChip
            state={note?.signed ? 'calm' : 'due'}
            word={note?.signed ? 'Signed and locked' : note ? 'Saved, not signed' : 'Draft from the log'}
          />
        }
      />
      {page.done && DONE[page.done] && !answer && (
        <Notice state="calm" announce="status" title={DONE[page.done]} />
      )}
      <ErrorSummary errors={fieldErrors(answer)} title="Not stored yet" />
      {note?.signed ? <SignedNote page={page} answer={answer} /> : <NoteForm page={page} answer={answer} />}
      <Section
        title="What the log says"
        actions={
          <>
            <ButtonLink href={`/work/sessions/${page.sessionId}/record.pdf`} kind="quiet">
              Record as PDF
            </ButtonLink>
            <ButtonLink href={`/work/sessions/${page.sessionId}/replay`} kind="quiet">
              Look back
            </ButtonLink>
          </>
        }
      >
        <p className="measure">
          Each sentence is drafted from entries of the log, named beside it. A sentence without an entry says
          what is missing.
        </p>
        {page.draft.map(({ heading, ownText, sentences }) => (
          <div key={heading}>
            <h3>{heading}</h3>
            {ownText && (
              <div className="note-sentence">
                <p>{ownText}</p>
                <p className="note-sources">the clinic’s own text</p>
              </div>
            )}
            {sentences.map((sentence) => (
              <div key={sentence.text} className="note-sentence">
                <p>{sentence.text}</p>
                <p className="note-sources">
                  {sentence.sources.length > 0 ? sentence.sources.join(', ') : 'no entry'}
                </p>
              </div>
            ))}
          </div>
        ))}
      </Section>
    </>
  )
}

function NoteForm({ page, answer }: { page: NotePage; answer: FormAnswer | undefined }) {
  if (!page.mayWrite) return page.note ? <p className="note-signed">{page.note.body}</p> : null
  const body = String(answer?.values.body ?? page.note?.body ?? page.draftText)
  // Without a saved note the text began from what the page showed first, not from what the log says by now.
  const shown = page.note ? undefined : answer?.values.shown
  const drafted: readonly string[] = typeof shown === 'string' ? sentencesIn(shown) : page.drafted
  const since = sinceDrafted(
    drafted,
    page.draft.flatMap(({ sentences }) => sentences.map(({ text }) => ({ text, eventIds: [] }))),
    body,
  )
  return (
    <form method="post" noValidate className="note-edit">
      <input type="hidden" name="key" value={page.keys.note} />
      <input type="hidden" name="closingKey" value={page.keys.closing} />
      <input type="hidden" name="revision" value={page.note?.revision ?? 0} />
      <input type="hidden" name="shown" value={JSON.stringify(drafted)} />
      <TextArea
        name="body"
        label="Note"
        hint={
          page.note
            ? `Saved by ${page.note.saved}. Once signed, nobody can change it.`
            : 'Drafted from the log below: read it, change it, add to it. Once signed, nobody can change it.'
        }
        rows={18}
        defaultValue={body}
        error={answer?.errors.body}
      />
      <SaidSince since={since} />
      <FormActions>
        <Button type="submit" name="intent" value="save" kind="quiet">
          Save without signing
        </Button>
      </FormActions>
      {page.over ? (
        <>
          {saidSince(since).length > 0 && (
            <Checkbox
              name="asWritten"
              value={JSON.stringify(saidSince(since))}
              label="Sign as written"
              hint="What is listed above is added under the note as recorded after it was written."
            />
          )}
          <StepUpField label="Your password, to sign" error={answer?.errors.password} />
          <FormActions>
            <Button type="submit" name="intent" value="sign">
              Sign and close the session
            </Button>
          </FormActions>
        </>
      ) : (
        <Notice state="due" title="The note can be signed once the person has left." />
      )}
    </form>
  )
}

/** What the log says otherwise than the text, by name, with the way to take it in. */
function SaidSince({ since }: { since: SinceDrafted }) {
  const { added, gone } = since
  if (added.length === 0 && gone.length === 0) return null
  return (
    <Notice state="amber" title="The log says more than this note">
      {added.length > 0 && (
        <>
          <p>Recorded since the note was drafted, and not in it:</p>
          <ul>
            {added.map(({ text }) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      {gone.length > 0 && (
        <>
          <p>Stands in the note, and the log does not say it any more:</p>
          <ul>
            {gone.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      <FormActions>
        <Button type="submit" name="intent" value="take-in" kind="quiet">
          Take this into the note
        </Button>
      </FormActions>
    </Notice>
  )
}

function CosignForm({ page, answer }: { page: NotePage; answer: FormAnswer | undefined }) {
  const own = answer?.values.intent === 'cosign' ? answer : undefined
  return (
    <Section title="Sign under it">
      <form method="post" noValidate>
        <input type="hidden" name="key" value={page.keys.cosign} />
        <TextArea
          name="remark"
          label="Remark, if any"
          rows={2}
          defaultValue={String(own?.values.remark ?? '')}
          error={own?.errors.remark}
        />
        <StepUpField label="Your password, to sign" error={own?.errors.password} />
        <FormActions>
          <Button type="submit" name="intent" value="cosign" kind="quiet">
            I have read it and sign under it
          </Button>
        </FormActions>
      </form>
    </Section>
  )
}

function SignedNote({ page, answer }: { page: NotePage; answer: FormAnswer | undefined }) {
  return (
    <>
      <p className="note-signed">{page.note?.body}</p>
      <p className="note-sources">
        Signed by {page.note?.signed}. Locked: the database refuses every change.
      </p>
      {page.cosigned.map(({ id, text, remark }) => (
        <p key={id} className="note-sources">
          Signed under it by {text}
          {remark && `: ${remark}`}
        </p>
      ))}
      {page.mayCosign && <CosignForm page={page} answer={answer} />}
      {page.addenda.length > 0 && (
        <Section title="Addenda">
          <Timeline
            label="Addenda in the order they were signed"
            items={page.addenda.map((addendum) => ({
              key: addendum.key,
              when: addendum.when,
              dateTime: addendum.dateTime,
              by: addendum.by,
              title: 'Addendum',
              body: <p className="note-signed">{addendum.body}</p>,
            }))}
          />
        </Section>
      )}
      {page.mayWrite && (
        <Section title="Add to it">
          <form method="post" noValidate>
            <input type="hidden" name="key" value={page.keys.addendum} />
            <TextArea
              name="body"
              label="Addendum"
              rows={4}
              defaultValue={String(answer?.values.body ?? '')}
              error={answer?.errors.body}
            />
            <StepUpField label="Your password, to sign" error={answer?.errors.password} />
            <FormActions>
              <Button type="submit" name="intent" value="add">
                Sign addendum
              </Button>
            </FormActions>
          </form>
        </Section>
      )}
    </>
  )
}
