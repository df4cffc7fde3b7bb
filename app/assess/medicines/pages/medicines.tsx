import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Button,
  DataTable,
  EmptyState,
  ErrorSummary,
  FormActions,
  Notice,
  Section,
  StateChip,
  StepUpField,
  TextField,
  Timeline,
} from '../../../ui/index.ts'
import { PersonPageHead } from '../../pages/person-page-head.tsx'
import { overrideInteraction, readMedicines, recordMedicine } from '../medicine-access.ts'
import { loadMedicines, type MedicinesView } from '../medicines-page.server.ts'
import { postConfirm, postEnd, postMedicine, postNone, postOverride } from '../medicines-post.server.ts'
import { InteractionList } from './interactions-part.tsx'
import { EndForms, MedicineForm, NoneForm } from './medicine-form.tsx'
import medicinesCss from './medicines.css?url'

export const loader = guardedLoader(readMedicines, loadMedicines)

export const action = guardedAction({
  record: [recordMedicine, postMedicine],
  none: [recordMedicine, postNone],
  confirm: [recordMedicine, postConfirm],
  stop: [recordMedicine, postEnd('stopped')],
  withdraw: [recordMedicine, postEnd('withdrawn')],
  override: [overrideInteraction, postOverride],
})

export const handle = { width: 'wide' as const }

export function links() {
  return [{ rel: 'stylesheet', href: medicinesCss }]
}

export function meta({ loaderData }: { loaderData?: { person: { name: string } } }) {
  return [{ title: `Medicines of ${loaderData?.person.name ?? 'a person'}` }]
}

const DONE: Readonly<Record<string, string>> = {
  taken: 'Recorded. Type the next one, or leave the page.',
  'to-start': 'Recorded as to be begun.',
  none: 'Recorded: no medicines.',
  confirmed: 'Confirmed. Everything on the list counts as told now.',
  stopped: 'Recorded as not taken any more.',
  withdrawn: 'Taken back. It stays readable below.',
  'set-aside': 'Signed. It is set aside for today, on this list.',
}

export default function MedicinesPage() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const { person } = data
  const path = `/work/people/${person.id}/medicines`
  const done = data.done && !problem ? DONE[data.done] : undefined
  // After a medicine the page stands at the field for the next one: what was recorded is said there.
  const said = done && <Notice state="calm" announce="status" title={done} />
  const besideField = data.may && data.done !== 'set-aside'
  return (
    <>
      <PersonPageHead
        person={person}
        title="Medicines"
        lead="Everything that is taken, prescribed or not, in the words it was told."
        actions={<a href={`/work/people/${person.id}/work-up`}>Work-up</a>}
      />
      {!besideField && said}
      <ErrorSummary
        errors={fieldErrors(problem).map((one) => ({ ...one, fieldId: fieldOf(problem, one.fieldId) }))}
      />
      <ListPart data={data} path={path} />
      {data.may &&
        (data.changing ? (
          <Section title={`Change: ${data.changing.name}`}>
            {besideField && said}
            <MedicineForm data={data} answer={problem} path={path} />
            <EndForms data={data} answer={problem} />
          </Section>
        ) : (
          <Section title="Add a medicine">
            {besideField && said}
            <MedicineForm data={data} answer={problem} path={path} />
            {data.state === 'unknown' && <NoneForm data={data} />}
          </Section>
        ))}
      <Section title="What it means before ketamine">
        {data.interactions.length > 0 ? (
          <InteractionList rows={data.interactions} />
        ) : (
          <p>
            {data.open
              ? 'Nothing can be said while the list is not known.'
              : 'No interaction of our table applies to this list.'}
          </p>
        )}
        {data.maySetAside && <SetAside data={data} answer={problem} />}
      </Section>
      {data.history.length > 0 && (
        <Section title="Everything recorded">
          <Timeline
            label="What was recorded of medicines, newest first"
            items={data.history.map((row) => ({
              key: row.id,
              when: row.when,
              dateTime: row.dateTime,
              title: row.title,
              by: row.by,
              body: row.reason && <p>{row.reason}</p>,
            }))}
          />
        </Section>
      )}
    </>
  )
}

/** The forms under the first one have ids of their own. */
function fieldOf(problem: FormAnswer | undefined, name: string): string {
  const { intent, rule } = problem?.values ?? {}
  if (name === 'main') return name
  if (intent === 'override') return `${name}-${String(rule)}`
  return intent === 'stop' || intent === 'withdraw' ? `${intent}-${name}` : name
}

function ListPart({ data, path }: { data: MedicinesView; path: string }) {
  return (
    <Section title="Now">
      {data.open && (
        <Notice state="unknown" title="Not known">
          <p>{data.open}</p>
          <p>Until it is known, no dose can be started.</p>
        </Notice>
      )}
      {data.none && (
        <p>
          <StateChip state="calm" word="No medicines" /> {data.none.source}; recorded {data.none.when} by{' '}
          {data.none.by}.
        </p>
      )}
      {data.medicines.length > 0 && (
        <DataTable
          caption={data.medicines.length === 1 ? '1 medicine' : `${data.medicines.length} medicines`}
          rows={data.medicines}
          rowKey={(row) => row.id}
          phone="stack"
          empty={<EmptyState title="None" />}
          columns={[
            {
              key: 'name',
              head: 'Medicine',
              names: true,
              cell: (row) => (
                <>
                  {row.name}
                  {row.planned && ' (to be begun)'}
                  {row.dose && <span className="medicine-note">{row.dose}</span>}
                </>
              ),
            },
            {
              key: 'group',
              head: 'Group',
              cell: (row) => (
                <>
                  {row.open ? <StateChip state="unknown" word="a clinician looks" /> : row.group}
                  <span className="medicine-note">{row.basis}</span>
                </>
              ),
            },
            { key: 'since', head: 'Since', cell: (row) => row.since ?? 'not known' },
            { key: 'last', head: 'Last taken', cell: (row) => row.lastTaken ?? 'not known' },
            {
              key: 'source',
              head: 'Who says so',
              cell: (row) => (
                <>
                  {row.source}
                  <span className="medicine-note">{row.recorded}</span>
                </>
              ),
            },
            ...(data.may
              ? [
                  {
                    key: 'change',
                    head: 'Change',
                    cell: (row: MedicinesView['medicines'][number]) => (
                      <a href={`${path}?change=${row.id}#name`} aria-label={`Change or stop: ${row.name}`}>
                        Change or stop
                      </a>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {data.askToday.length > 0 && (
        <Notice state="unknown" title={`Ask today: ${data.askToday.join(', ')}`}>
          <p>Nobody has asked within 24 hours. Before a dose, ask when it was last taken.</p>
        </Notice>
      )}
      {data.seen.length > 0 && <ConfirmForm data={data} />}
    </Section>
  )
}

/** One press: asked again, everything is as it stands. Anything else is changed row by row. */
function ConfirmForm({ data }: { data: MedicinesView }) {
  return (
    <form method="post" noValidate>
      <input type="hidden" name="intent" value="confirm" />
      <input type="hidden" name="key" value={data.keys.confirm} />
      {data.seen.map((id) => (
        <input key={id} type="hidden" name="seen" value={id} />
      ))}
      <FormActions>
        <Button kind="quiet">Asked again today: nothing has changed</Button>
      </FormActions>
    </form>
  )
}

/** A prescriber's signature under one red interaction, for today. */
function SetAside({ data, answer }: { data: MedicinesView; answer: FormAnswer | undefined }) {
  const returned = answer?.values.intent === 'override' ? answer : undefined
  return data.interactions
    .filter((row) => row.maySetAside && !row.setAside)
    .map((row) => {
      const own = returned?.values.rule === row.id ? returned : undefined
      return (
        <details key={row.id} className="disclosure" open={own !== undefined}>
          <summary>Set aside for today: {row.title}</summary>
          <form method="post" noValidate>
            <input type="hidden" name="intent" value="override" />
            <input type="hidden" name="key" value={data.keys.override} />
            <input type="hidden" name="rule" value={row.id} />
            <input type="hidden" name="shown" value={String(own?.values.shown ?? row.shown)} />
            <TextField
              name="reason"
              id={`reason-${row.id}`}
              label="Why a dose is right all the same"
              hint="It holds until the end of today and for this list only."
              maxLength={300}
              defaultValue={own ? String(own.values.reason ?? '') : undefined}
              error={own?.errors.reason}
            />
            <StepUpField
              id={`password-${row.id}`}
              label="Your password, to sign"
              error={own?.errors.password}
            />
            <FormActions>
              <Button kind="quiet">Sign and set aside</Button>
            </FormActions>
          </form>
        </details>
      )
    })
}
