import { useActionData, useLoaderData } from 'react-router'
import type { FormAnswer } from '../../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  EmptyState,
  ErrorSummary,
  Facts,
  FormActions,
  Notice,
  PageHead,
  RadioGroup,
  Section,
  StateChip,
  StepUpField,
  TextArea,
  TextField,
  Timeline,
} from '../../../../ui/index.ts'
import { closeDiscrepancy, noteDiscrepancy, readCounts } from '../../../treat-access.ts'
import { MovementTable } from '../../pages/movement-table.tsx'
import stockCss from '../../stock.css?url'
import { AskElsewhereButton } from '../../witness-request/ask-button.tsx'
import { FINDING_WORDS } from '../count-words.ts'
import countsCss from '../counts.css?url'
import { FINDINGS } from '../discrepancy.ts'
import {
  askForClosing,
  type DiscrepancyView,
  loadDiscrepancy,
  postClose,
  postNote,
} from '../discrepancy-page.server.ts'
import { Duties } from '../duties.tsx'

export function links() {
  return [
    { rel: 'stylesheet', href: stockCss },
    { rel: 'stylesheet', href: countsCss },
  ]
}

export const loader = guardedLoader(readCounts, loadDiscrepancy)

export const action = guardedAction({
  note: [noteDiscrepancy, postNote],
  close: [closeDiscrepancy, postClose],
  'ask-witness': [closeDiscrepancy, askForClosing],
})

export function meta() {
  return [{ title: 'Discrepancy' }]
}

const DONE: Readonly<Record<string, string>> = { noted: 'Added to the log.', closed: 'Closed.' }

export default function DiscrepancyPage() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/work/stock', label: 'Stock' },
              { href: '/work/stock/discrepancies', label: 'Discrepancies' },
            ]}
          />
        }
        title={page.title}
        lead={page.place}
        state={<StateChip {...page.chip} />}
      />
      {answer && (
        <ErrorSummary
          errors={Object.entries(answer.errors).map(([name, message]) => ({
            fieldId: name !== 'form' ? name : page.closing ? 'words' : 'closingWords',
            message,
          }))}
          title={
            answer.values.intent === 'note'
              ? 'Not added yet'
              : page.closing
                ? 'Closed before'
                : 'Not closed yet'
          }
        />
      )}
      {page.done && DONE[page.done] && !answer && (
        <Notice state="calm" announce="status" title={DONE[page.done]} />
      )}
      <Facts
        layout="columns"
        facts={[
          { term: 'In the ledger', value: page.expected },
          { term: 'Counted', value: page.counted ?? 'the two counters did not agree' },
          { term: 'Difference', value: page.difference },
          { term: 'Found', value: page.opened, source: page.age },
          { term: 'Due by the end of', value: page.due },
          {
            term: 'Found by',
            value: <a href={`/work/stock/counts/${page.countId}`}>the count</a>,
          },
        ]}
      />
      {page.basis.later && !page.closing && (
        <Notice state={page.basis.agrees ? 'calm' : 'amber'} title="Counted again since">
          <p>
            {page.basis.words}. <a href={`/work/stock/counts/${page.basis.countId}`}>Open that count</a>
          </p>
        </Notice>
      )}
      {page.basis.late.length > 0 && (
        <Section title="Entered since, with a time before the count">
          <p>
            Who counted saw what these had left, and the ledger beside the count did not have them. The
            figures say too much or too little: count this lot again, then close it with that.
          </p>
          <MovementTable caption="In the order of the ledger" rows={page.basis.late} empty={null} ofOneLot />
        </Section>
      )}
      {page.closing ? (
        <Section title="How it was closed">
          <Facts
            facts={[
              { term: 'Finding', value: page.closing.finding },
              { term: 'What happened', value: page.closing.words },
              { term: 'Closed by', value: `${page.closing.by}, ${page.closing.when}` },
              { term: 'Witness', value: page.closing.witness ?? 'none: nothing was moved' },
              {
                term: 'Ledger',
                value: page.closing.moved
                  ? 'A movement of its own set it right.'
                  : 'No movement: a later count agreed, or nothing of it stands there any more.',
              },
            ]}
          />
        </Section>
      ) : null}
      <p className="count-links">
        {!page.closing && (
          <a href={`/work/stock/counts?place=${page.placeCode}&lot=${page.lotId}`}>Count this lot again</a>
        )}
        {page.mayReport && <a href={`/work/stock/loss/discrepancy/${page.id}`}>Draft of a loss report</a>}
      </p>
      <Section title="What was found out">
        {page.notes.length === 0 ? (
          <EmptyState title="Nothing written yet">
            Who was asked, what was looked through, what turned up: each is a line here.
          </EmptyState>
        ) : (
          <Timeline
            label="What was found out, the oldest first"
            items={page.notes.map((note) => ({
              key: note.id,
              when: note.when,
              dateTime: note.at,
              by: note.by,
              title: note.words,
            }))}
          />
        )}
        {page.mayNote && <NoteForm page={page} answer={answer} />}
      </Section>
      {!page.closing && page.mayClose && <CloseForm page={page} answer={answer} />}
      {!page.closing && (
        <Section title="What is asked for">
          <Duties />
        </Section>
      )}
    </>
  )
}

function NoteForm({ page, answer }: { page: DiscrepancyView; answer: FormAnswer | undefined }) {
  const returned = answer?.values.intent === 'note' ? answer : undefined
  // Once it is closed, words for closing it have no other place.
  const words = returned?.values.words ?? (page.closing ? answer?.values.closingWords : undefined)
  return (
    <form method="post" noValidate>
      <input type="hidden" name="intent" value="note" />
      <input type="hidden" name="key" value={page.keys.note} />
      <TextArea
        name="words"
        label="Add what you found out"
        rows={3}
        defaultValue={words as string | undefined}
        error={returned?.errors.words}
      />
      <FormActions>
        <Button kind="quiet">Add</Button>
      </FormActions>
    </form>
  )
}

function CloseForm({ page, answer }: { page: DiscrepancyView; answer: FormAnswer | undefined }) {
  const returned = answer?.values.intent !== 'note' ? answer : undefined
  const field = (name: string) => ({
    name,
    defaultValue: returned?.values[name] as string | undefined,
    error: returned?.errors[name],
  })
  return (
    <Section title="Close it">
      <p>
        It is closed by these figures: {page.basis.words}.{' '}
        {page.basis.change
          ? `The movement would be ${page.basis.change}.`
          : page.basis.late.length > 0
            ? 'They are older than what was entered since: count this lot again first.'
            : 'As it stands, no movement would set this right.'}
      </p>
      <form method="post" noValidate className="stack">
        <input type="hidden" name="key" value={page.keys.close} />
        <input type="hidden" name="basis" value={page.basis.countId} />
        <RadioGroup
          {...field('finding')}
          label="Finding"
          choices={FINDINGS.map((value) => ({
            value,
            label: FINDING_WORDS[value].label,
            hint: FINDING_WORDS[value].does,
          }))}
        />
        <TextArea {...field('closingWords')} label="What happened, as far as it is known" rows={3} />
        <TextField
          {...field('secondEmail')}
          label="Witness: their e-mail address"
          hint="Somebody else, who signs with their own password, here or on a device of their own. Not needed where nothing is moved."
          width="medium"
          autoComplete="off"
        />
        <StepUpField second label="Witness: their password" error={returned?.errors.secondPassword} />
        <StepUpField label="Your password, as your signature" error={returned?.errors.password} />
        <FormActions>
          <Button name="intent" value="close">
            Close with this finding
          </Button>
          <AskElsewhereButton size="normal" />
        </FormActions>
      </form>
    </Section>
  )
}
