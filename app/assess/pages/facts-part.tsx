import type { FormAnswer } from '../../platform/form.ts'
import {
  Button,
  DataTable,
  DateField,
  EmptyState,
  Fieldset,
  FormActions,
  NumberField,
  RadioGroup,
  Section,
  SelectField,
} from '../../ui/index.ts'
import { FACT_WORDS, factInWords } from '../assess-words.ts'
import type { AssessmentView, ClinicalView } from '../assessment-page.server.ts'
import type { FactKind } from '../fact.ts'
import { FACT_GROUPS, factChoices } from '../fact-form.ts'

/** What is known about the person, and the form with which staff add to it. */
export function FactsPart({
  data,
  facts,
  problem,
}: {
  data: AssessmentView
  facts: ClinicalView['facts']
  problem: FormAnswer | undefined
}) {
  return (
    <Section title="Facts">
      <details className="disclosure" open={facts.length === 0}>
        <summary>{facts.length} kinds of facts, with date and source</summary>
        <DataTable
          caption="The value that holds now"
          captionHidden
          rows={facts}
          rowKey={(fact) => fact.kind}
          phone="stack"
          empty={
            <EmptyState title="Nothing is known yet">
              Facts appear as the person answers, and as you measure or record below.
            </EmptyState>
          }
          columns={[
            { key: 'title', head: 'Fact', names: true, cell: (fact) => fact.title },
            {
              key: 'value',
              head: 'Value',
              cell: (fact) => (fact.disputed ? `${fact.value}, but staff wrote no` : fact.value),
            },
            { key: 'observed', head: 'Observed', cell: (fact) => fact.observed },
            {
              key: 'source',
              head: 'Source',
              cell: (fact) => `${fact.source}${fact.by ? `, ${fact.by}` : ''}`,
            },
            {
              key: 'earlier',
              head: 'Earlier',
              align: 'figure',
              cell: (fact) => (fact.earlier === 0 ? 'none' : fact.earlier),
            },
          ]}
        />
      </details>
      {data.may.recordFact && <FactForm data={data} problem={problem} />}
    </Section>
  )
}

function FactForm({ data, problem }: { data: AssessmentView; problem: FormAnswer | undefined }) {
  const own = problem?.values.intent === 'facts' ? problem : undefined
  const value = (name: string) => String(own?.values[name] ?? '')
  return (
    <details className="disclosure" id="record-facts" open={own !== undefined}>
      <summary>Record facts</summary>
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="facts" />
        <input type="hidden" name="key" value={value('key') || data.keys.facts} />
        {FACT_GROUPS.map((group) => (
          <Fieldset key={group.title} legend={group.title} hint="Leave empty what you do not record now." row>
            {group.kinds.map((kind) => (
              <FactField key={kind} kind={kind} value={value} errors={own?.errors ?? {}} />
            ))}
          </Fieldset>
        ))}
        <Fieldset legend="When and from where">
          <DateField
            name="observedAt"
            label="Observed"
            hint="Day and time at the clinic."
            withTime
            defaultValue={value('observedAt') || data.now}
            error={own?.errors.observedAt}
          />
          <RadioGroup
            name="source"
            label="Source"
            choices={[
              { value: 'measured-here', label: 'Measured, asked or judged here' },
              { value: 'outside-record', label: 'Read in an outside record' },
            ]}
            defaultValue={value('source') || 'measured-here'}
            error={own?.errors.source}
          />
        </Fieldset>
        <FormActions>
          <Button>Record</Button>
        </FormActions>
      </form>
    </details>
  )
}

function FactField({
  kind,
  value,
  errors,
}: {
  kind: FactKind
  value: (name: string) => string
  errors: Readonly<Record<string, string>>
}) {
  const { title, unit } = FACT_WORDS[kind]
  if (kind === 'blood-pressure') {
    return (
      <>
        <NumberField
          name="systolicMmHg"
          label="Systolic pressure"
          unit="mmHg"
          whole
          defaultValue={value('systolicMmHg')}
          error={errors.systolicMmHg}
        />
        <NumberField
          name="diastolicMmHg"
          label="Diastolic pressure"
          unit="mmHg"
          whole
          defaultValue={value('diastolicMmHg')}
          error={errors.diastolicMmHg}
        />
      </>
    )
  }
  const choices = factChoices(kind)
  if (choices) {
    return (
      <SelectField
        name={kind}
        label={title}
        prompt="not recorded now"
        options={choices.map((choice) => ({ value: choice, label: factInWords(kind, choice) }))}
        defaultValue={value(kind)}
        error={errors[kind]}
      />
    )
  }
  return <NumberField name={kind} label={title} unit={unit} defaultValue={value(kind)} error={errors[kind]} />
}
