import { useActionData, useLoaderData } from 'react-router'
import * as z from 'zod'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem, parseForm } from '../../../platform/form.ts'
import { parseId } from '../../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound } from '../../../platform/page.server.ts'
import {
  Button,
  DataTable,
  EmptyState,
  ErrorSummary,
  FormActions,
  Notice,
  NumberField,
  PageHead,
  Section,
  TextField,
} from '../../../ui/index.ts'
import { readChairs } from '../../plan-access.ts'
import { addChair } from '../add-chair.server.ts'
import { chairs } from '../resource-queries.server.ts'

const chairForm = z.object({
  roomName: z.string({ error: 'Name the room.' }).max(60, 'Please keep this under 60 characters.'),
  name: z.string({ error: 'Name the chair.' }).max(60, 'Please keep this under 60 characters.'),
  turnaroundMin: z
    .string({ error: 'Enter the minutes between two visits, such as 15.' })
    .regex(/^\d{1,3}$/, 'Enter whole minutes, such as 15.')
    .transform(Number)
    .refine((minutes) => minutes <= 240, 'Enter at most 240 minutes.'),
})

export const loader = guardedLoader(readChairs, async ({ services, actor, clinic, url }) =>
  runQuery(services, actor, async ({ db }) => ({
    chairs: await chairs(db, clinic.id),
    key: services.ids.next(),
    added: url.searchParams.get('done') === 'added',
  })),
)

export const action = guardedAction<FormAnswer | Response>({
  add: [
    addChair.action,
    async ({ services, actor, form }) => {
      const parsed = parseForm(chairForm, form)
      if (!parsed.ok) return parsed.answer
      const key = parseId<'chair'>(form.get('key')) ?? notFound()
      const outcome = await runCommand(services, actor, addChair, { key, ...parsed.value })
      return outcome.ok
        ? goTo('/work/chairs?done=added')
        : formProblem(form, { name: 'This room has a chair of this name already.' })
    },
  ],
})

export function meta() {
  return [{ title: 'Chairs' }]
}

export default function Chairs() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const typed = (name: string, otherwise = '') => String(problem?.values[name] ?? otherwise)
  return (
    <>
      <PageHead
        title="Rooms and chairs"
        lead="What a visit can be booked in. A chair is never given to two people at once."
      />
      {data.added && <Notice state="calm" announce="status" title="The chair is added." />}
      <ErrorSummary errors={fieldErrors(problem)} />
      <DataTable
        caption={`${data.chairs.length} chairs`}
        rows={data.chairs}
        rowKey={(row) => row.id}
        empty={<EmptyState title="No chair yet">Add the first one below.</EmptyState>}
        columns={[
          { key: 'room', head: 'Room', cell: (row) => row.roomName },
          { key: 'name', head: 'Chair', names: true, cell: (row) => row.name },
          {
            key: 'turnaround',
            head: 'Between visits',
            unit: 'min',
            align: 'figure',
            cell: (row) => row.turnaroundMin,
          },
        ]}
      />
      <Section title="Add a chair">
        <form method="post" noValidate>
          <input type="hidden" name="key" value={typed('key', data.key)} />
          <TextField
            name="roomName"
            label="Room"
            width="medium"
            defaultValue={typed('roomName')}
            error={problem?.errors.roomName}
          />
          <TextField
            name="name"
            label="Chair"
            width="medium"
            defaultValue={typed('name')}
            error={problem?.errors.name}
          />
          <NumberField
            name="turnaroundMin"
            label="Time between two visits"
            hint="For cleaning and preparing; it cannot be booked."
            unit="min"
            whole
            defaultValue={typed('turnaroundMin', '15')}
            error={problem?.errors.turnaroundMin}
          />
          <FormActions>
            <Button name="intent" value="add">
              Add the chair
            </Button>
          </FormActions>
        </form>
      </Section>
    </>
  )
}
