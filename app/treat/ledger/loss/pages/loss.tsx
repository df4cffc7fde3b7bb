import { useActionData, useLoaderData } from 'react-router'
import type { FormAnswer } from '../../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ErrorSummary,
  Facts,
  FormActions,
  Notice,
  PageHead,
  Section,
  SelectField,
  TextArea,
  TextField,
} from '../../../../ui/index.ts'
import { writeLossReport } from '../../../treat-access.ts'
import { loadLoss, postLoss } from '../loss-page.server.ts'
import { LOSS_TYPES, type LossField } from '../loss-report.ts'

export const loader = guardedLoader(writeLossReport, loadLoss)

export const action = guardedAction({ save: [writeLossReport, postLoss] })

export function meta() {
  return [{ title: 'Draft of a loss report' }]
}

const ONE_LINE: readonly LossField[] = ['registration', 'contact', 'ndc', 'notice']

export default function Loss() {
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
              { href: page.back, label: 'Discrepancies' },
            ]}
          />
        }
        title="Draft of a loss report"
        lead={
          page.saved
            ? `Saved ${page.saved}. ${page.blanks === 0 ? 'Nothing is blank.' : `${page.blanks} still blank.`}`
            : 'Not saved yet. Blanks may stay until they are known.'
        }
      />
      <Notice state="due" title="Nothing is filed here">
        <p>
          Form 106 is filed at the DEA’s own site, electronically only since 24 July 2023 [S]. This page
          gathers what it asks for, as far as we know from memory [M]; compare with the form in force.
        </p>
      </Notice>
      {answer && (
        <ErrorSummary
          errors={Object.entries(answer.errors).map(([name, message]) => ({
            fieldId: name === 'form' ? 'registration' : name,
            message,
          }))}
          title="Not saved yet"
        />
      )}
      {page.done && !answer && <Notice state="calm" announce="status" title="Saved." />}
      {page.nothingMissing && (
        <Notice state="unknown" title="By the count nothing is missing">
          <p>More was counted than the ledger has. A loss would come from another count.</p>
        </Notice>
      )}
      <Section title="By when">
        <Facts
          layout="columns"
          facts={[
            { term: 'Discovered', value: page.discovered },
            {
              term: 'DEA field office told in writing',
              value: `by ${page.noticeBy}`,
              source: 'of a theft or a significant loss: one business day [S]',
            },
            { term: 'Form 106 complete', value: `by ${page.formBy}`, source: '45 days [M]' },
          ]}
        />
      </Section>
      <Section title="What the ledger knows">
        <Facts
          facts={[
            { term: 'Registrant', value: page.registrant },
            { term: 'Substance', value: page.substance?.drug },
            { term: 'Form', value: page.substance?.form },
            { term: 'Strength', value: page.substance?.strength },
            { term: 'Lot', value: page.substance?.lot },
            { term: 'GTIN on the package', value: page.substance?.gtin ?? 'not recorded' },
            {
              term: 'Missing',
              value: page.substance?.amount
                ? `${page.substance.amount}, ${page.substance.mg}`
                : 'not known: the counters did not agree, or something was entered since with a time before the count',
            },
          ]}
        />
      </Section>
      <Section title="What people have written">
        <Facts facts={page.fields.map(({ label, words }) => ({ term: label, value: words }))} />
        <p>Drawn {page.printed}.</p>
      </Section>
      <div className="screen-only">
        <Section title="Write on">
          <form method="post" noValidate className="stack">
            <input type="hidden" name="intent" value="save" />
            <input type="hidden" name="key" value={page.key} />
            <input type="hidden" name="seen" value={String(answer?.values.seen ?? page.seen ?? '')} />
            {page.fields.map(({ name, label, value }) => {
              const field = {
                name,
                label,
                optional: true,
                defaultValue: String(answer?.values[name] ?? value),
                error: answer?.errors[name],
              }
              if (name === 'type')
                return (
                  <SelectField
                    key={name}
                    {...field}
                    options={[{ value: '', label: 'Not chosen' }, ...LOSS_TYPES]}
                  />
                )
              return ONE_LINE.includes(name) ? (
                <TextField key={name} {...field} autoComplete="off" />
              ) : (
                <TextArea key={name} {...field} rows={3} />
              )
            })}
            <FormActions>
              <Button>Save the draft</Button>
            </FormActions>
          </form>
        </Section>
      </div>
    </>
  )
}
