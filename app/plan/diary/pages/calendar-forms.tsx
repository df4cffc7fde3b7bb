import type { FormAnswer } from '../../../platform/form.ts'
import {
  Button,
  CheckboxGroup,
  DateField,
  Fieldset,
  FormActions,
  SelectField,
  TextField,
} from '../../../ui/index.ts'
import type { CalendarsData } from '../calendars-page.server.ts'
import { LEAVE_KINDS } from '../diary-entry.ts'
import { WEEKDAYS } from '../settings-form.ts'
import { LEAVE_WORDS } from '../type-words.ts'
import { typedFields } from '../typed-field.ts'

type Props = { readonly data: CalendarsData; readonly problem: FormAnswer | undefined }

/** The fields of the form of an intent, with what was typed if it was this one that was sent. */
function typedIn({ problem }: Props, intent: string) {
  return typedFields(problem?.values.intent === intent ? problem : undefined)
}

const members = (data: CalendarsData) => data.staff.map((m) => ({ value: m.id, label: m.name }))

export function WeekForm(props: Props) {
  const { data } = props
  const { typed, wrong, field } = typedIn(props, 'week')
  return (
    <form method="post" id="week" className="panel" noValidate>
      <input type="hidden" name="key" value={typed('key', data.key)} />
      <Fieldset
        legend="Write down a week"
        hint="Such as 08:00 to 12:00, 13:00 to 17:00; empty for a day off. It holds from its first day until another one is written down."
        row
      >
        <SelectField
          {...field('weekMember', data.weekOf?.id)}
          label="Who"
          prompt="Choose"
          options={members(data)}
        />
        <DateField {...field('validFrom', data.today)} label="From" />
        {WEEKDAYS.map((day) => (
          <TextField
            key={day}
            name={day}
            label={day.charAt(0).toUpperCase() + day.slice(1)}
            width="medium"
            defaultValue={typed(day, data.weekOf?.hours[day])}
            error={wrong(day)}
          />
        ))}
      </Fieldset>
      <CheckboxGroup
        name="noHours"
        label="No hours"
        optional
        choices={[{ value: 'yes', label: 'Works at no time from this day on' }]}
        defaultValues={typed('noHours') === 'yes' ? ['yes'] : []}
        error={wrong('noHours')}
      />
      <FormActions>
        <Button name="intent" value="week">
          Save the week
        </Button>
      </FormActions>
    </form>
  )
}

export function LeaveForm(props: Props) {
  const { data } = props
  const { typed, field } = typedIn(props, 'leave')
  return (
    <form method="post" className="panel" noValidate>
      <input type="hidden" name="key" value={typed('key', data.key)} />
      <Fieldset
        legend="Enter leave"
        hint="Why exactly somebody is away does not belong here. Visits in this time are listed as work."
        row
      >
        <SelectField {...field('leaveMember')} label="Who" prompt="Choose" options={members(data)} />
        <DateField withTime {...field('leaveFrom')} label="From" hint={`Clinic time, ${data.timeZone}`} />
        <DateField withTime {...field('leaveUntil')} label="Until" />
        <SelectField
          {...field('leaveKind', 'away')}
          label="Kind"
          options={LEAVE_KINDS.map((kind) => ({ value: kind, label: LEAVE_WORDS[kind] }))}
        />
      </Fieldset>
      <FormActions>
        <Button name="intent" value="leave" kind="quiet">
          Enter the leave
        </Button>
      </FormActions>
    </form>
  )
}

export function HolidayForm(props: Props) {
  const { data, problem } = props
  const { wrong } = typedIn(props, 'holidays')
  if (data.proposed.length === 0) return null
  return (
    <form method="post" className="panel" noValidate>
      <CheckboxGroup
        name="holiday"
        label="Federal holidays of the next year"
        hint="Proposed by rule, on the day they are observed. Tick those on which the clinic is closed."
        choices={data.proposed.map((h) => ({ value: h.day, label: `${h.words}: ${h.title}` }))}
        defaultValues={problem?.values.intent === 'holidays' ? [problem.values.holiday ?? []].flat() : []}
        error={wrong('holiday')}
      />
      <FormActions>
        <Button name="intent" value="holidays" kind="quiet">
          Close on the ticked days
        </Button>
      </FormActions>
    </form>
  )
}

export function ClosedDayForm(props: Props) {
  const { data } = props
  const { typed, field } = typedIn(props, 'closure')
  return (
    <form method="post" className="panel" noValidate>
      <input type="hidden" name="key" value={typed('key', data.key)} />
      <Fieldset legend="Another day" hint="Without times the clinic is closed all day." row>
        <DateField {...field('closedDay')} label="Day" />
        <TextField {...field('closedTitle')} label="Why" width="medium" />
        <TextField {...field('opens')} label="Opens" optional width="short" />
        <TextField {...field('closes')} label="Closes" optional width="short" />
      </Fieldset>
      <FormActions>
        <Button name="intent" value="closure" kind="quiet">
          Enter the day
        </Button>
      </FormActions>
    </form>
  )
}

export function RemoveForm({ intent, id, what }: { intent: string; id: string; what: string }) {
  return (
    <form method="post">
      <input type="hidden" name="id" value={id} />
      <Button name="intent" value={intent} kind="plain" size="small">
        Take back<span className="hidden">: {what}</span>
      </Button>
    </form>
  )
}
