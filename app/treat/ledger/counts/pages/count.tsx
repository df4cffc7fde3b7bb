import { useActionData, useLoaderData } from 'react-router'
import type { FormAnswer } from '../../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  DataTable,
  ErrorSummary,
  Fieldset,
  FormActions,
  LinkList,
  Notice,
  NumberField,
  PageHead,
  Section,
  StateChip,
  StepUpField,
  TextArea,
  TextField,
} from '../../../../ui/index.ts'
import { countStock, readCounts } from '../../../treat-access.ts'
import { type CountView, loadCount, postSheet, postStop } from '../count-page.server.ts'
import { ESTIMATE } from '../count-words.ts'
import countsCss from '../counts.css?url'

export function links() {
  return [{ rel: 'stylesheet', href: countsCss }]
}

export const loader = guardedLoader(readCounts, loadCount)

export const action = guardedAction({ sheet: [countStock, postSheet], stop: [countStock, postStop] })

export function meta() {
  return [{ title: 'Count' }]
}

const AGAIN = {
  moved: 'Something of this lot was moved while it was counted. Count it again.',
  differ: 'The two of you saw different amounts. Both count it again, each by themselves.',
} as const

export default function Count() {
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
              { href: '/work/stock/counts', label: 'Counts' },
            ]}
          />
        }
        title={`Count: ${page.title.toLowerCase().startsWith('the ') ? page.title.slice(0, 1).toLowerCase() + page.title.slice(1) : page.title}${page.onlyLot ? `, lot ${page.onlyLot}` : ''}`}
        lead={`Begun ${page.begun}.`}
        state={
          page.end ? (
            <StateChip
              state={page.end.how === 'finished' ? 'calm' : 'unknown'}
              word={page.end.how === 'finished' ? 'finished' : 'stopped'}
            />
          ) : (
            <StateChip state="due" word="under way" />
          )
        }
      />
      {answer && (
        <ErrorSummary
          errors={Object.entries(answer.errors).map(([name, message]) => ({
            fieldId: name === 'form' ? 'besides' : name,
            message,
          }))}
          title="Not signed yet"
        />
      )}
      {page.done && !answer && (
        <Notice state="calm" announce="status" title="Signed. What you entered stays as it is." />
      )}
      {page.end?.how === 'stopped' && (
        <Notice state="unknown" title={`Stopped ${page.end.words}`}>
          <p>{page.end.reason}</p>
        </Notice>
      )}
      {page.discrepancies.length > 0 && <Found page={page} />}
      {page.besides.map((each) => (
        <Notice key={each.id} state="amber" title={`Also seen there by ${each.by}, and on no list`}>
          <p>{each.besides}</p>
        </Notice>
      ))}
      {page.moved.length > 0 && (
        <Notice state="amber" title="Moved here since the count began">
          <ul className="count-list">
            {page.moved.map(({ seq, words }) => (
              <li key={seq}>{words}</li>
            ))}
          </ul>
          <p>A lot that was moved while somebody counted it is counted again.</p>
        </Notice>
      )}
      {page.owed.length > 0 && <Sheet page={page} answer={answer} />}
      {!page.end && page.waiting.length > 0 && (
        <Notice
          state="due"
          title={page.owed.length > 0 ? 'Counted by you' : 'You have counted. A second person counts now.'}
        >
          <p>
            {page.waiting.map(({ lotNumber }) => `Lot ${lotNumber}`).join(', ')}. Figures are shown once both
            have signed.
          </p>
        </Notice>
      )}
      {page.settled.map((lot) => (
        <Section key={lot.lotId} title={`Lot ${lot.lotNumber}`}>
          <DataTable
            caption={`${lot.drug}${lot.rounds > 1 ? `, settled in round ${lot.rounds}` : ''}`}
            rows={lot.items}
            rowKey={(item) => item.code}
            rowTone={(item) => (item.agrees ? undefined : 'amber')}
            phone="stack"
            empty={null}
            columns={[
              { key: 'what', head: 'What', names: true, cell: (item) => item.what },
              {
                key: 'said',
                head: 'Counted',
                cell: (item) => (
                  <>
                    {item.said.map((words) => (
                      <span key={words} className="count-said">
                        {words}
                      </span>
                    ))}
                  </>
                ),
              },
              { key: 'expected', head: 'Ledger', align: 'figure', cell: (item) => item.expected },
              {
                key: 'verdict',
                head: 'So',
                cell: (item) =>
                  item.agrees ? (
                    <StateChip state="calm" word="agrees" />
                  ) : (
                    <StateChip state="amber" word={item.unagreed ? 'counters differ' : 'differs'} />
                  ),
              },
            ]}
          />
        </Section>
      ))}
      {page.signed.length > 0 && (
        <Section title="Signed">
          <ul className="count-list">
            {page.signed.map(({ id, words }) => (
              <li key={id}>{words}</li>
            ))}
          </ul>
        </Section>
      )}
      {!page.end && page.mayCount && <Stop answer={answer} />}
    </>
  )
}

function Found({ page }: { page: CountView }) {
  const open = page.discrepancies.filter(({ closed }) => !closed).length
  return (
    <Section title={open > 0 ? 'Discrepancies found' : 'Discrepancies found, all closed'}>
      <LinkList
        items={page.discrepancies.map(({ id, words, closed }) => ({
          href: `/work/stock/discrepancies/${id}`,
          title: words,
          text: closed ? 'Closed' : 'Open: find out what happened',
        }))}
      />
    </Section>
  )
}

function Sheet({ page, answer }: { page: CountView; answer: FormAnswer | undefined }) {
  const returned = answer?.values.intent === 'sheet' ? answer : undefined
  const field = (name: string) => ({
    name,
    defaultValue: returned?.values[name] as string | undefined,
    error: returned?.errors[name],
  })
  const moved = returned && page.moved.some(({ seq }) => seq > Number(returned.values.seen))
  return (
    <Section title="What you see">
      {moved && (
        <Notice state="amber" title="Something was moved here since you first opened this page">
          <p>Look again at every line before you sign.</p>
        </Notice>
      )}
      <p className="count-rule">
        {ESTIMATE.text} [{ESTIMATE.tag}]
      </p>
      <form method="post" noValidate className="stack">
        <input type="hidden" name="intent" value="sheet" />
        <input type="hidden" name="key" value={page.key} />
        <input type="hidden" name="seen" value={page.seenSeq} />
        {page.owed.map((lot) => (
          <Fieldset
            key={lot.lotId}
            legend={`Lot ${lot.lotNumber}`}
            hint={`${lot.drug}, usable through ${lot.expires}${lot.round > 1 ? `. Round ${lot.round}` : ''}`}
          >
            {lot.why && (
              <p className="count-again">
                <StateChip state="amber" word={AGAIN[lot.why]} />
              </p>
            )}
            <div className="count-items">
              {lot.items.map(({ whole, ml, code, label }) =>
                whole ? (
                  <NumberField key={code} {...field(whole)} label={label} whole />
                ) : (
                  <NumberField key={code} {...field(ml)} label={label} unit="mL" />
                ),
              )}
              {lot.form === 'vial' && (
                <NumberField
                  {...field(`loose-${lot.lotId}`)}
                  label="Opened vials without a number, all together"
                  unit="mL"
                  optional
                />
              )}
            </div>
          </Fieldset>
        ))}
        <TextArea
          {...field('besides')}
          label="Anything else that stands there and is on no line"
          rows={2}
          optional
        />
        <StepUpField label="Your password, as your signature" error={returned?.errors.password} />
        <FormActions>
          <Button>Sign what I saw</Button>
        </FormActions>
      </form>
    </Section>
  )
}

function Stop({ answer }: { answer: FormAnswer | undefined }) {
  const returned = answer?.values.intent === 'stop' ? answer : undefined
  return (
    <Section title="Stop this count">
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="stop" />
        <TextField
          name="reason"
          label="Why it will not be finished"
          defaultValue={returned?.values.reason as string | undefined}
          error={returned?.errors.reason}
        />
        <FormActions>
          <Button kind="quiet">Stop the count</Button>
        </FormActions>
      </form>
    </Section>
  )
}
