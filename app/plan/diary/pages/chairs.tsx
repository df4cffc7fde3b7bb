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
  SelectField,
  StateChip,
  TextField,
} from '../../../ui/index.ts'
import { readChairs } from '../../plan-access.ts'
import { addChair } from '../add-chair.server.ts'
import { ROOM_KINDS } from '../appointment-type.ts'
import { allChairs, equipment, rooms } from '../resource-queries.server.ts'
import { addEquipment, addRoom, retireResource } from '../set-resources.server.ts'
import { equipmentForm, roomForm } from '../settings-form.ts'
import { equipmentWords, ROOM_KIND_WORDS } from '../type-words.ts'
import { typedFields } from '../typed-field.ts'

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
    chairs: await allChairs(db, clinic.id),
    rooms: await rooms(db, clinic.id),
    equipment: await equipment(db, clinic.id),
    key: services.ids.next(),
    done: DONE_WORDS[url.searchParams.get('done') ?? ''],
  })),
)

const DONE_WORDS: Readonly<Record<string, string>> = {
  added: 'The chair is added.',
  room: 'The room is added.',
  item: 'The item is added.',
  changed: 'The change is saved. Visits that are booked stay as they are.',
}

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
  'add-room': [
    addRoom.action,
    async ({ services, actor, form }) => {
      const parsed = parseForm(roomForm, form)
      if (!parsed.ok) return parsed.answer
      const key = parseId<'room'>(form.get('key')) ?? notFound()
      const { room: name, roomKind: kind } = parsed.value
      const outcome = await runCommand(services, actor, addRoom, { key, name, kind })
      return outcome.ok
        ? goTo('/work/chairs?done=room')
        : formProblem(form, { room: 'There is a room of this name already.' })
    },
  ],
  'add-item': [
    addEquipment.action,
    async ({ services, actor, form }) => {
      const parsed = parseForm(equipmentForm, form)
      if (!parsed.ok) return parsed.answer
      const key = parseId<'equipment'>(form.get('key')) ?? notFound()
      const { item: name, itemKind: kind } = parsed.value
      const outcome = await runCommand(services, actor, addEquipment, { key, name, kind })
      return outcome.ok
        ? goTo('/work/chairs?done=item')
        : formProblem(form, { item: 'There is an item of this name already.' })
    },
  ],
  retire: [retireResource.action, (page) => setUse(page, true)],
  restore: [retireResource.action, (page) => setUse(page, false)],
})

async function setUse(
  { services, actor, form }: Parameters<Parameters<typeof guardedAction>[0][string][1]>[0],
  retired: boolean,
) {
  const kind = z.enum(['room', 'chair', 'equipment']).safeParse(form.get('kind'))
  const id = parseId(form.get('id'))
  if (!kind.success || !id) return notFound()
  const outcome = await runCommand(services, actor, retireResource, { kind: kind.data, id, retired })
  return outcome.ok ? goTo('/work/chairs?done=changed') : notFound()
}

export function meta() {
  return [{ title: 'Rooms and chairs' }]
}

export default function Chairs() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const { typed, field } = typedFields(problem)
  const key = <input type="hidden" name="key" value={typed('key', data.key)} />
  return (
    <>
      <PageHead
        title="Rooms and chairs"
        lead="What a visit can be booked in. A chair, a room and an item are never given to two people at once."
      />
      {data.done && <Notice state="calm" announce="status" title={data.done} />}
      <ErrorSummary errors={fieldErrors(problem)} />
      <DataTable
        caption={`${data.chairs.length} chairs`}
        rows={data.chairs}
        rowKey={(row) => row.id}
        phone="stack"
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
          {
            key: 'use',
            head: 'Use',
            cell: (row) => <Use kind="chair" id={row.id} name={row.name} retired={row.retired} />,
          },
        ]}
      />
      <Section title="Rooms">
        <DataTable
          caption="Rooms; one with chairs is booked by its chairs"
          rows={data.rooms}
          rowKey={(row) => row.id}
          phone="stack"
          empty={<EmptyState title="No room yet">Add the first one below.</EmptyState>}
          columns={[
            { key: 'name', head: 'Room', names: true, cell: (row) => row.name },
            { key: 'kind', head: 'For', cell: (row) => ROOM_KIND_WORDS[row.kind] },
            {
              key: 'use',
              head: 'Use',
              cell: (row) => <Use kind="room" id={row.id} name={row.name} retired={row.retired} />,
            },
          ]}
        />
      </Section>
      <Section title="Equipment">
        <DataTable
          caption="Each item is one that can be held"
          rows={data.equipment}
          rowKey={(row) => row.id}
          phone="stack"
          empty={
            <EmptyState title="No equipment yet">
              Kinds of appointments can ask for what is listed here, such as infusion pumps.
            </EmptyState>
          }
          columns={[
            { key: 'kind', head: 'Kind', cell: (row) => equipmentWords(row.kind) },
            { key: 'name', head: 'Item', names: true, cell: (row) => row.name },
            {
              key: 'use',
              head: 'Use',
              cell: (row) => <Use kind="equipment" id={row.id} name={row.name} retired={row.retired} />,
            },
          ]}
        />
      </Section>
      <Section title="Add a chair">
        <form method="post" noValidate>
          {key}
          <TextField {...field('roomName')} label="Room" width="medium" />
          <TextField {...field('name')} label="Chair" width="medium" />
          <NumberField
            {...field('turnaroundMin', '15')}
            label="Time between two visits"
            hint="For cleaning and preparing; it cannot be booked."
            unit="min"
            whole
          />
          <FormActions>
            <Button name="intent" value="add">
              Add the chair
            </Button>
          </FormActions>
        </form>
      </Section>
      <Section title="Add a room">
        <form method="post" noValidate>
          {key}
          <TextField {...field('room')} label="Name" width="medium" />
          <SelectField
            {...field('roomKind')}
            label="What it is for"
            prompt="Choose"
            options={ROOM_KINDS.map((kind) => ({ value: kind, label: ROOM_KIND_WORDS[kind] }))}
          />
          <FormActions>
            <Button name="intent" value="add-room" kind="quiet">
              Add the room
            </Button>
          </FormActions>
        </form>
      </Section>
      <Section title="Add equipment">
        <form method="post" noValidate>
          {key}
          <TextField
            {...field('itemKind')}
            label="What kind"
            hint="The same words for each of a kind, such as infusion pump."
            width="medium"
          />
          <TextField {...field('item')} label="Which one" hint="A name or number on it." width="medium" />
          <FormActions>
            <Button name="intent" value="add-item" kind="quiet">
              Add the item
            </Button>
          </FormActions>
        </form>
      </Section>
    </>
  )
}

function Use({ kind, id, name, retired }: { kind: string; id: string; name: string; retired: boolean }) {
  return (
    <form method="post" className="row">
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="id" value={id} />
      <StateChip state={retired ? 'unknown' : 'calm'} word={retired ? 'not used' : 'in use'} />
      <Button name="intent" value={retired ? 'restore' : 'retire'} kind="plain" size="small">
        {retired ? 'Use again' : 'Take out of use'}
        <span className="hidden">: {name}</span>
      </Button>
    </form>
  )
}
