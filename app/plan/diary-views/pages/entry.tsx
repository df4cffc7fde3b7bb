import { useActionData, useLoaderData } from 'react-router'
import { type FormAnswer, fieldErrors } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  DateField,
  ErrorSummary,
  Facts,
  FormActions,
  Notice,
  PageHead,
  Section,
  SelectField,
  StateChip,
} from '../../../ui/index.ts'
import { CANCEL_REASONS } from '../../diary/cancel-reason.ts'
import { COURSE_CHIPS } from '../../diary/visit-course.ts'
import planCss from '../../plan.css?url'
import { cancelAppointment, moveAppointment, readSchedule } from '../../plan-access.ts'
import { entryPage } from '../entry-page.server.ts'
import { postCancel, postMove } from '../schedule-post.server.ts'

export function links() {
  return [{ rel: 'stylesheet', href: planCss }]
}

export const loader = guardedLoader(readSchedule, entryPage)

export const action = guardedAction<FormAnswer | Response>({
  move: [moveAppointment, postMove],
  cancel: [cancelAppointment, postCancel],
})

export function meta() {
  return [{ title: 'Visit' }]
}

const CHIPS = {
  ...COURSE_CHIPS,
  booked: { state: 'calm', word: 'booked' },
  over: { state: 'unknown', word: 'over' },
  cancelled: { state: 'unknown', word: 'cancelled' },
} as const
const DONE: Readonly<Record<string, string>> = {
  moved: 'Moved.',
  cancelled: 'Cancelled. Its time is free again.',
}

export default function Entry() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const moved = problem?.values.intent === 'move' ? problem : undefined
  const typed = (name: string, otherwise: string) => String(moved?.values[name] ?? otherwise)
  const wrong = (name: string) => problem?.errors[name]
  const done = data.done && DONE[data.done]
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: data.scheduleHref, label: 'Schedule' }]} />}
        kicker={data.title}
        title={data.person.name}
        state={<StateChip {...CHIPS[data.state]} />}
        lead={`${data.when}, ${data.place}`}
      />
      {done && !problem && <Notice state="calm" title={done} announce="status" />}
      <ErrorSummary
        errors={fieldErrors(problem)}
        title="Not changed"
        kept="What you entered is still here."
      />
      {data.lookAgain && (
        <Notice
          state="due"
          title="Facts have changed since the decision: no dose until a prescriber has looked again"
        />
      )}
      {data.atBedside && (
        <Notice state="unknown" title={data.atBedside.words}>
          {data.atBedside.href && (
            <p>
              <a href={data.atBedside.href}>To the session</a>
            </p>
          )}
        </Notice>
      )}
      {data.problems.length > 0 && (
        <Notice state="due" title={`This visit does not fit: ${data.problems.join(' ')}`} />
      )}
      <Facts
        facts={[
          { term: 'When', value: data.when, source: data.held },
          { term: 'Where', value: data.place },
          { term: 'With', value: data.staff.join('; ') || 'nobody in particular' },
          ...(data.onSite ? [{ term: 'Prescriber in the house', value: data.onSite }] : []),
          ...(data.equipment.length > 0 ? [{ term: 'Equipment', value: data.equipment.join(', ') }] : []),
          { term: 'Booked', value: data.booked },
          ...(data.moved ? [{ term: 'Last moved', value: data.moved }] : []),
          ...(data.cancelled ? [{ term: 'Cancelled', value: data.cancelled }] : []),
        ]}
      />
      <p className="row spaced">
        <a href={data.person.href}>{data.person.name}</a>
        {data.planHref && <a href={data.planHref}>Plan</a>}
      </p>
      {data.may.move && (
        <Section
          title="Move"
          actions={
            <ButtonLink kind="quiet" href={data.movingHref}>
              Choose a free time
            </ButtonLink>
          }
        >
          <form method="post" noValidate className="measure">
            <input type="hidden" name="seen" value={data.seen} />
            <DateField
              withTime
              name="start"
              label="Begins"
              hint={`Clinic time, ${data.timeZone}`}
              defaultValue={typed('start', data.start)}
              error={wrong('start')}
            />
            {data.chairs.length > 0 && (
              <SelectField
                name="chair"
                label="Chair"
                options={data.chairs}
                defaultValue={typed('chair', data.placeId)}
                error={wrong('chair')}
              />
            )}
            {data.rooms.length > 0 && (
              <SelectField
                name="room"
                label="Room"
                options={data.rooms}
                defaultValue={typed('room', data.placeId)}
                error={wrong('room')}
              />
            )}
            {data.members.map((m) => (
              <SelectField
                key={m.part}
                name={m.part}
                label={m.label}
                options={m.options}
                defaultValue={typed(m.part, m.chosen)}
                error={wrong(m.part)}
              />
            ))}
            <FormActions>
              <Button name="intent" value="move">
                Move this visit
              </Button>
            </FormActions>
          </form>
        </Section>
      )}
      {data.may.cancel && (
        <Section title="Cancel">
          <form method="post" noValidate className="measure">
            <SelectField
              name="reason"
              label="Because"
              prompt="Choose"
              options={CANCEL_REASONS.map((r) => ({ value: r.id, label: r.label }))}
              error={wrong('reason')}
            />
            <FormActions>
              <Button name="intent" value="cancel" kind="danger">
                Cancel this visit
              </Button>
            </FormActions>
          </form>
        </Section>
      )}
    </>
  )
}
