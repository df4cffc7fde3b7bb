import { useActionData, useLoaderData } from 'react-router'
import { mayDo } from '../../platform/access.ts'
import { runCommand } from '../../platform/command.server.ts'
import { fieldErrors } from '../../platform/form.ts'
import { parseId } from '../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader } from '../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  DataTable,
  ErrorSummary,
  Facts,
  FileField,
  FormActions,
  Notice,
  PageHead,
  RadioGroup,
  Section,
  SelectField,
  TextField,
} from '../../ui/index.ts'
import { type CohortProblem, MOST_ROWS } from '../cohorts/cohort-file.ts'
import { COHORT_KINDS, KIND_WORDS } from '../cohorts/cohort-mapping.ts'
import { counted, countedPeople } from '../cohorts/counted.ts'
import { LARGEST_PAGE_FILE_BYTES } from '../cohorts/file-parcel.server.ts'
import { importCohort } from '../cohorts/import-cohort.server.ts'
import type { LookedFile } from '../cohorts/look-at-file.ts'
import { firstWords, HowReadFields, MappingFields } from '../cohorts/mapping-fields.tsx'
import {
  type CheckReport,
  checkStep,
  lookStep,
  type NewCohortStep,
} from '../cohorts/new-cohort-form.server.ts'
import { PublishedFields } from '../cohorts/published-fields.tsx'
import { importCohortAction, markCohortPublishedAction } from '../measure-access.ts'

export const loader = guardedLoader(importCohortAction, async ({ services, actor }) => ({
  key: services.ids.next<'outside-cohort'>(),
  limitBytes: LARGEST_PAGE_FILE_BYTES,
  rows: MOST_ROWS,
  mayMark: mayDo(actor, markCohortPublishedAction),
}))

export const action = guardedAction<Response | NewCohortStep>({
  look: [importCohortAction, async ({ form }) => lookStep(form)],
  check: [importCohortAction, async ({ form }) => checkStep(form).step],
  'bring-in': [
    importCohortAction,
    async ({ services, actor, form }) => {
      const checked = checkStep(form)
      if (!checked.ok) return checked.step
      const { step, text, mapping, name, published } = checked
      const brought = await runCommand(services, actor, importCohort, {
        key: parseId<'outside-cohort'>(form.get('key')) ?? services.ids.next<'outside-cohort'>(),
        name,
        fileName: step.file?.fileName ?? 'file.csv',
        text,
        mapping,
        ...(mayDo(actor, markCohortPublishedAction) ? { published } : {}),
      })
      if (brought.ok) {
        const { cohortId, already } = brought.value
        return goTo(`/work/measure/cohorts/${cohortId}?done=${already ? 'already' : 'brought-in'}`)
      }
      return { ...step, errors: { form: 'It was not brought in, and nothing was stored. Check it again.' } }
    },
  ],
})

export const handle = { hydrate: true, width: 'wide' as const }

export function meta() {
  return [{ title: 'Bring in an outside cohort' }]
}

export default function NewCohort() {
  const { key, limitBytes, rows, mayMark } = useLoaderData<typeof loader>()
  const step = useActionData<typeof action>()
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/measure', label: 'Results' }]} />}
        kicker="Outside cohort: people of another place, never mixed with our own"
        title={step?.file ? `What is in ${step.file.fileName}?` : 'Bring in an outside cohort'}
        lead={
          step?.file
            ? 'Say which column holds what. Nothing is stored before you bring it in.'
            : 'A CSV file of a published study or of another clinic. First choose it; on the next page you say what its columns mean.'
        }
      />
      <ErrorSummary errors={step ? fieldErrors({ errors: step.errors, values: {} }) : []} />
      {step?.file ? (
        <MapFile step={step} file={step.file} recordKey={String(step.values.key ?? key)} mayMark={mayMark} />
      ) : (
        <ChooseFile step={step} recordKey={key} limitBytes={limitBytes} rows={rows} />
      )}
    </>
  )
}

function ChooseFile({
  step,
  recordKey,
  limitBytes,
  rows,
}: {
  step: NewCohortStep | undefined
  recordKey: string
  limitBytes: number
  rows: number
}) {
  const kind = step?.values.kind
  return (
    <form
      method="post"
      encType="multipart/form-data"
      noValidate
      className="measure"
      // The server's own messages are shown, never the browser's: only a file known to be too large stays here.
      onSubmit={(event) => {
        if (!event.currentTarget.checkValidity()) event.preventDefault()
      }}
    >
      <input type="hidden" name="key" value={recordKey} />
      <FileField
        name="file"
        limitBytes={limitBytes}
        instead="A larger file comes in by the terminal: npm run cohort -- import FILE.csv"
        accept=".csv,.tsv,.txt,text/csv"
        label="The file"
        hint={`CSV in UTF-8, up to ${limitBytes / 1_000_000} MB and ${rows.toLocaleString('en')} rows. No names or addresses: only what the figures need is kept.`}
        error={step?.errors.file}
      />
      <RadioGroup
        name="kind"
        label="What does it hold?"
        optional
        choices={COHORT_KINDS.map((value) => ({ value, ...KIND_WORDS[value] }))}
        {...(typeof kind === 'string' ? { defaultValue: kind } : {})}
      />
      <FormActions>
        <Button name="intent" value="look">
          Look at it
        </Button>
      </FormActions>
    </form>
  )
}

function MapFile({
  step,
  file,
  recordKey,
  mayMark,
}: {
  step: NewCohortStep
  file: NonNullable<NewCohortStep['file']>
  recordKey: string
  mayMark: boolean
}) {
  const form = { looked: file.looked, values: step.values, errors: step.errors }
  const separator = step.values.separator
  return (
    <form method="post" encType="multipart/form-data" noValidate>
      <input type="hidden" name="key" value={recordKey} />
      <input type="hidden" name="parcel" value={file.parcel} />
      <input type="hidden" name="file-name" value={file.fileName} />
      {file.report && <Report report={file.report} />}
      <Section title="The columns of the file">
        <Columns looked={file.looked} />
        <div className="measure">
          <RadioGroup
            name="separator"
            label="Between two cells stands"
            hint={
              file.looked.separatorUnsure
                ? 'The first line could be cut in several ways. Choose, then look at the columns again.'
                : undefined
            }
            layout="inline"
            choices={[
              { value: 'comma', label: 'A comma' },
              { value: 'semicolon', label: 'A semicolon' },
              { value: 'tab', label: 'A tabulator' },
            ]}
            {...(typeof separator === 'string' && separator !== '' ? { defaultValue: separator } : {})}
            error={step.errors.separator}
          />
          <SelectField
            name="kind"
            label="What it holds"
            prompt="Choose a kind"
            options={COHORT_KINDS.map((value) => ({ value, label: KIND_WORDS[value].label }))}
            defaultValue={file.kind ?? ''}
            error={step.errors.kind}
          />
          <FormActions>
            <Button name="intent" value="look" kind="quiet" size="small">
              Show the columns and questions for this
            </Button>
          </FormActions>
        </div>
      </Section>
      {file.kind && (
        <Section title={KIND_WORDS[file.kind].label}>
          <div className="measure stack">
            <p>{KIND_WORDS[file.kind].hint}</p>
            <MappingFields kind={file.kind} form={form} />
            <HowReadFields form={form} />
            <TextField
              name="name"
              label="What the cohort is called here"
              hint="With its source, for instance the first author and year."
              defaultValue={String(step.values.name ?? '')}
              error={step.errors.name}
            />
            {mayMark && (
              <PublishedFields
                ticked={step.values.published !== undefined}
                reference={String(step.values.publishedReference ?? '')}
                errors={step.errors}
              />
            )}
            <FormActions>
              <Button name="intent" value="check" kind={file.report?.ok ? 'quiet' : 'primary'}>
                Check it
              </Button>
              {file.report?.ok && (
                <Button name="intent" value="bring-in">
                  Bring in
                </Button>
              )}
              <ButtonLink kind="plain" href="/work/measure/cohorts/new">
                Choose another file
              </ButtonLink>
            </FormActions>
          </div>
        </Section>
      )}
    </form>
  )
}

function Columns({ looked }: { looked: LookedFile }) {
  return (
    <DataTable
      caption={`${looked.columns.length} columns, ${looked.rows} rows beneath the head`}
      rows={looked.columns.map((column, at) => ({ column, at }))}
      rowKey={({ at }) => String(at)}
      empty={null}
      columns={[
        { key: 'name', head: 'Column', names: true, cell: ({ column }) => column.name || '(no name)' },
        { key: 'first', head: 'First rows', cell: ({ column }) => firstWords(column) },
        {
          key: 'values',
          head: 'Values',
          cell: ({ column }) => column.values?.join(', ') ?? 'many different ones',
        },
        { key: 'empty', head: 'Empty', unit: 'cells', align: 'figure', cell: ({ column }) => column.empty },
      ]}
    />
  )
}

function Report({ report }: { report: CheckReport }) {
  if (report.ok) {
    return (
      <Notice
        state="calm"
        announce="status"
        title={`Every row can be read: ${countedPeople(report.people)} in ${counted(report.rows, 'row', 'rows')}.`}
      >
        <p>
          {report.rowsNotWanted} rows are not asked for, {report.rowsLeftOut} are left out because a cell is
          missing. Nothing is stored yet: look at these numbers, then bring it in at the foot of the page.
        </p>
        <Facts facts={report.groups.map(({ label, says }) => ({ term: label, value: says }))} />
      </Notice>
    )
  }
  return (
    <Notice
      state="due"
      announce="alert"
      title={`The file cannot be brought in like this: ${report.count} ${report.count === 1 ? 'problem' : 'problems'}.`}
    >
      <p>Nothing was stored, and what you chose is still below.</p>
      <Problems rows={report.problems.slice(0, PROBLEMS_AT_ONCE)} />
      {report.problems.length > PROBLEMS_AT_ONCE && (
        <details className="disclosure">
          <summary>
            {report.count > report.problems.length
              ? `More of them, up to the first ${report.problems.length}`
              : 'The others'}
          </summary>
          <Problems rows={report.problems.slice(PROBLEMS_AT_ONCE)} />
        </details>
      )}
    </Notice>
  )
}

const PROBLEMS_AT_ONCE = 8

function Problems({ rows }: { rows: readonly CohortProblem[] }) {
  return (
    <DataTable
      caption="Problems by row and column"
      rows={rows.map((problem, at) => ({ ...problem, at }))}
      rowKey={({ at }) => String(at)}
      empty={null}
      columns={[
        { key: 'line', head: 'Line', align: 'figure', names: true, cell: ({ line }) => line },
        { key: 'column', head: 'Column', cell: ({ column }) => column ?? 'the whole row' },
        { key: 'says', head: 'Problem', cell: ({ says }) => says },
      ]}
    />
  )
}
