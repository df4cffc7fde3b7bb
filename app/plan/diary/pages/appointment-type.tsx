import { useActionData, useLoaderData } from 'react-router'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem, parseForm } from '../../../platform/form.ts'
import { goTo, guardedAction, guardedLoader, notFound } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  Checkbox,
  CheckboxGroup,
  ErrorSummary,
  FormActions,
  NumberField,
  PageHead,
  RadioGroup,
  TextField,
} from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import { readDiarySettings } from '../../plan-access.ts'
import { type AppointmentType, BOOKING_MODES, DOSING, ROOM_KINDS, STAFF_PARTS } from '../appointment-type.ts'
import { appointmentTypes, equipment } from '../resource-queries.server.ts'
import { saveAppointmentType } from '../save-appointment-type.server.ts'
import { typeForm } from '../settings-form.ts'
import { equipmentWords, MODE_WORDS, PART_WORDS, ROOM_KIND_WORDS } from '../type-words.ts'

const NEW: AppointmentType = {
  code: '',
  name: '',
  neutralName: 'Appointment',
  mode: 'off',
  lengthMin: 30,
  beforeMin: 0,
  afterMin: 0,
  needs: { place: 'room', roomKinds: ['consulting'], staff: [], prescriberOnSite: false, equipment: [] },
  revision: 0,
  retired: false,
}

export function links() {
  return [{ rel: 'stylesheet', href: planCss }]
}

export const loader = guardedLoader(readDiarySettings, async ({ services, actor, clinic, params }) =>
  runQuery(services, actor, async ({ db }) => {
    const all = await appointmentTypes(db, clinic.id)
    const type = params.code === 'new' ? NEW : (all.find((t) => t.code === params.code) ?? notFound())
    const items = (await equipment(db, clinic.id)).filter((e) => !e.retired)
    return {
      type: { ...type, code: type.code || services.ids.next() },
      isNew: params.code === 'new',
      dosing: type.code === DOSING,
      equipmentKinds: [...new Set([...items.map((e) => e.kind), ...type.needs.equipment])].map((kind) => ({
        kind,
        count: items.filter((e) => e.kind === kind).length,
      })),
    }
  }),
)

async function save(page: Parameters<Parameters<typeof guardedAction>[0][string][1]>[0], retired: boolean) {
  const { services, actor, form, params } = page
  const code = params.code === 'new' ? String(form.get('code') ?? '') : (params.code ?? '')
  if (!/^[a-z0-9][a-z0-9-]{0,60}$/.test(code)) return notFound()
  const parsed = parseForm(typeForm, form, ['roomKinds', 'staff', 'equipment'])
  if (!parsed.ok) return parsed.answer
  const { place, roomKinds, staff, onSite, equipment, ...fields } = parsed.value
  if (place === 'room' && roomKinds.length === 0)
    return formProblem(form, { roomKinds: 'Choose which rooms will do.' })
  const outcome = await runCommand(services, actor, saveAppointmentType, {
    ...fields,
    code,
    lengthMin: fields.lengthMin,
    needs: { place, roomKinds, staff, prescriberOnSite: onSite === 'yes', equipment },
    retired,
  })
  if (outcome.ok) return goTo('/work/appointment-types?done=saved')
  const words: Readonly<Record<string, FormAnswer['errors']>> = {
    'changed-meanwhile': {
      form: 'Somebody else changed this kind in the meantime. Open it again to see it; what you typed is still here.',
    },
    'name-taken': { name: 'Another kind has this name.' },
    'length-missing': { lengthMin: 'Enter how long it is.' },
    'length-of-dosing': { form: 'A dosing visit is as long as its protocol says.' },
  }
  return formProblem(form, words[outcome.reason] ?? { form: 'You do not have the right to change this.' })
}

export const action = guardedAction<FormAnswer | Response>({
  save: [saveAppointmentType.action, (page) => save(page, false)],
  retire: [saveAppointmentType.action, (page) => save(page, true)],
})

export function meta() {
  return [{ title: 'Kind of appointment' }]
}

export default function AppointmentTypePage() {
  const { type, isNew, dosing, equipmentKinds } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const typed = (name: string, otherwise: string) => String(problem?.values[name] ?? otherwise)
  const typedAll = (name: string, otherwise: readonly string[]) =>
    problem ? [problem.values[name] ?? []].flat() : otherwise
  const errors = problem?.errors ?? {}
  return (
    <>
      <PageHead
        title={isNew ? 'A new kind of appointment' : type.name}
        breadcrumb={
          <Breadcrumb items={[{ href: '/work/appointment-types', label: 'Kinds of appointments' }]} />
        }
        lead={
          !isNew && type.revision === 0
            ? 'These are defaults of the program, to be set by the medical director. Saving makes them yours.'
            : undefined
        }
      />
      <ErrorSummary errors={fieldErrors(problem)} />
      <form method="post" noValidate className="measure">
        <input type="hidden" name="code" value={typed('code', type.code)} />
        <input type="hidden" name="revision" value={typed('revision', String(type.revision))} />
        <TextField
          name="name"
          label="Name"
          width="medium"
          defaultValue={typed('name', type.name)}
          error={errors.name}
        />
        <TextField
          name="neutralName"
          label="What patients, calendars and reminders read"
          hint="It should tell a stranger nothing."
          width="medium"
          defaultValue={typed('neutralName', type.neutralName)}
          error={errors.neutralName}
        />
        <RadioGroup
          name="mode"
          label="Can patients book it?"
          choices={BOOKING_MODES.map((mode) => ({ value: mode, label: capital(MODE_WORDS[mode]) }))}
          defaultValue={typed('mode', type.mode)}
          error={errors.mode}
        />
        {dosing ? (
          <p className="spaced">It is as long as the parts of the visit in the protocol.</p>
        ) : (
          <NumberField
            name="lengthMin"
            label="Length"
            unit="min"
            whole
            defaultValue={typed('lengthMin', String(type.lengthMin ?? ''))}
            error={errors.lengthMin}
          />
        )}
        <NumberField
          name="beforeMin"
          label="Preparing before"
          hint="The place and equipment are held, the people are not."
          unit="min"
          whole
          defaultValue={typed('beforeMin', String(type.beforeMin))}
          error={errors.beforeMin}
        />
        <NumberField
          name="afterMin"
          label="Clearing up after"
          hint={dosing ? 'A chair’s own time between visits counts when it is longer.' : undefined}
          unit="min"
          whole
          defaultValue={typed('afterMin', String(type.afterMin))}
          error={errors.afterMin}
        />
        <RadioGroup
          name="place"
          label="Where"
          choices={[
            { value: 'chair', label: 'In a chair' },
            { value: 'room', label: 'In a room of its own' },
            { value: 'none', label: 'No place: by telephone' },
          ]}
          defaultValue={typed('place', type.needs.place)}
          error={errors.place}
        />
        <CheckboxGroup
          name="roomKinds"
          label="Rooms that will do"
          hint="When it takes place in a room."
          choices={ROOM_KINDS.map((kind) => ({ value: kind, label: capital(ROOM_KIND_WORDS[kind]) }))}
          defaultValues={typedAll('roomKinds', type.needs.roomKinds)}
          error={errors.roomKinds}
        />
        <CheckboxGroup
          name="staff"
          label="Who is with the person"
          hint="And with nobody else at that time."
          choices={STAFF_PARTS.map((part) => ({ value: part, label: capital(PART_WORDS[part]) }))}
          defaultValues={typedAll('staff', type.needs.staff)}
          error={errors.staff}
        />
        <Checkbox
          name="onSite"
          label="A prescriber is in the house the whole time"
          hint="One covers several visits at once."
          defaultChecked={problem ? problem.values.onSite === 'yes' : type.needs.prescriberOnSite}
        />
        {equipmentKinds.length > 0 && (
          <CheckboxGroup
            name="equipment"
            label="Equipment, one of each"
            choices={equipmentKinds.map(({ kind, count }) => ({
              value: kind,
              label: `${capital(equipmentWords(kind))} (there ${count === 1 ? 'is 1' : `are ${count}`})`,
            }))}
            defaultValues={typedAll('equipment', type.needs.equipment)}
            error={errors.equipment}
          />
        )}
        <FormActions>
          <Button name="intent" value="save">
            {type.retired ? 'Save and book it again' : 'Save'}
          </Button>
          {!isNew && !dosing && !type.retired && (
            <Button name="intent" value="retire" kind="quiet">
              Save and no longer book it
            </Button>
          )}
          <ButtonLink kind="plain" href="/work/appointment-types">
            Leave it
          </ButtonLink>
        </FormActions>
      </form>
    </>
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
