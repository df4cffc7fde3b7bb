import { useActionData, useLoaderData } from 'react-router'
import { fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  DataTable,
  EmptyState,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  RadioGroup,
  Section,
  SelectField,
  TextField,
} from '../../../ui/index.ts'
import { layForms, readForms } from '../../assess-access.ts'
import { PHASES } from '../condition-track.ts'
import { loadPersonForms, postLay } from '../person-forms-page.server.ts'
import formsCss from './forms.css?url'

export const loader = guardedLoader(readForms, loadPersonForms)

export const action = guardedAction({ one: [layForms, postLay], set: [layForms, postLay] })

export function links() {
  return [{ rel: 'stylesheet', href: formsCss }]
}

export function meta() {
  return [{ title: 'Forms' }]
}

const DONE: Readonly<Record<string, string>> = {
  laid: 'Laid. What the person answers on their own stands in their portal now.',
  aside: 'Set aside. What was answered is kept.',
}

/** The forms of one person: what waits, what can be laid, what was done. */
export default function PersonForms() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const done = data.done ? DONE[data.done] : undefined
  const typed = (name: string) => String(problem?.values[name] ?? '')
  const who = (id: string) => (
    <>
      <RadioGroup
        name="respondent"
        id={`${id}-respondent`}
        label="Who answers what people answer about themselves?"
        choices={[
          { value: 'self', label: 'The person', hint: 'In their portal, or read out to them here.' },
          { value: 'proxy', label: 'Somebody for the person' },
        ]}
        defaultValue={typed('respondent') || 'self'}
        error={problem?.errors.respondent}
      />
      <TextField
        name="proxy"
        id={`${id}-proxy`}
        label="If somebody else: who, and how they know the person"
        defaultValue={typed('proxy')}
        error={problem?.errors.proxy}
      />
    </>
  )
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb items={[{ href: `/work/people/${data.person.id}`, label: data.person.name }]} />
        }
        title="Forms"
        kicker={`Track: ${data.track}`}
        actions={
          <ButtonLink href={`/work/people/${data.person.id}/results`} kind="quiet">
            Results
          </ButtonLink>
        }
      />
      {done && <Notice state="calm" announce="status" title={done} />}
      <ErrorSummary errors={fieldErrors(problem)} />
      <Section title="Waiting">
        <DataTable
          caption="Forms that are laid and not finished"
          captionHidden
          rows={data.waiting}
          rowKey={(row) => row.id}
          phone="stack"
          empty={<EmptyState title="No form waits" />}
          columns={[
            {
              key: 'name',
              head: 'Form',
              names: true,
              cell: (row) => (
                <>
                  <a href={`/work/people/${data.person.id}/forms/${row.id}`}>{row.name}</a>
                  <span className="form-construct">{row.construct}</span>
                </>
              ),
            },
            { key: 'phase', head: 'When', cell: (row) => row.phase },
            { key: 'by', head: 'Answered by', cell: (row) => row.answeredBy },
            { key: 'progress', head: 'Answered', align: 'figure', cell: (row) => row.progress },
            { key: 'since', head: 'Laid', cell: (row) => `${row.since}, ${row.by}` },
          ]}
        />
      </Section>
      <Section title="Lay one form">
        <form method="post" noValidate className="measure">
          <input type="hidden" name="intent" value="one" />
          <input type="hidden" name="key" value={data.key} />
          <input type="hidden" name="now" value="yes" />
          <SelectField
            name="form"
            label="Form"
            prompt="Choose a form"
            options={data.forms}
            defaultValue={typed('form') || data.chosen}
            error={problem?.errors.form}
          />
          <SelectField
            name="phase"
            label="When in treatment"
            options={PHASES.map(({ id, title }) => ({ value: id, label: title }))}
            defaultValue={typed('phase') || data.likelyPhase}
            error={problem?.errors.phase}
          />
          {who('one')}
          <FormActions>
            <Button>Lay and open</Button>
          </FormActions>
        </form>
      </Section>
      <Section title="Lay a whole set">
        <form method="post" noValidate>
          <input type="hidden" name="intent" value="set" />
          <input type="hidden" name="key" value={data.key} />
          <RadioGroup
            name="phase"
            id="set-phase"
            label="Set"
            choices={data.sets.map((set) => ({
              value: set.phase,
              label: `${set.title}, about ${set.minutes} min`,
              hint: set.forms || 'no forms',
            }))}
            error={problem?.errors.phase}
          />
          {who('set')}
          <FormActions>
            <Button kind="quiet">Lay the set</Button>
          </FormActions>
        </form>
      </Section>
      {data.ended.length > 0 && (
        <Section title="Ended">
          <DataTable
            caption="Forms that are finished or set aside"
            captionHidden
            rows={data.ended}
            rowKey={(row) => row.id}
            phone="stack"
            empty={null}
            columns={[
              { key: 'name', head: 'Form', names: true, cell: (row) => row.name },
              { key: 'phase', head: 'When', cell: (row) => row.phase },
              {
                key: 'end',
                head: 'End',
                cell: (row) => (row.kind === 'finished' ? 'finished' : `set aside: ${row.reason}`),
              },
              { key: 'at', head: 'On', cell: (row) => `${row.when}, ${row.by}` },
            ]}
          />
        </Section>
      )}
    </>
  )
}
