import { useActionData, useLoaderData } from 'react-router'
import * as z from 'zod'
import { people } from '../../../identity/index.server.ts'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem, parseForm } from '../../../platform/form.ts'
import { parseId } from '../../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound } from '../../../platform/page.server.ts'
import { localDateOf, timeInWords } from '../../../platform/time.ts'
import {
  Button,
  ButtonLink,
  DateField,
  ErrorSummary,
  FormActions,
  Notice,
  NumberField,
  PageHead,
  SelectField,
} from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import { bookVisits as bookVisitsAction } from '../../plan-access.ts'
import { DOSING } from '../appointment-type.ts'
import { bookVisits } from '../book-series.server.ts'
import { clockProblems, wallInstant, wallTime, wallTimeOf } from '../diary-form.ts'
import { refusalWords } from '../diary-words.ts'
import { loadDiary } from '../load-diary.server.ts'
import { recurring } from '../spacing.ts'
import { needsWords, PART_WORDS } from '../type-words.ts'
import { typedFields } from '../typed-field.ts'

const wholeNumber = (least: number, most: number) =>
  z
    .string({ error: 'Enter a number.' })
    .regex(/^\d{1,2}$/, 'Enter a whole number.')
    .transform(Number)
    .refine((n) => n >= least && n <= most, `Enter ${least} to ${most}.`)

const newAppointmentForm = z.object({
  person: z.string({ error: 'Choose a person.' }),
  type: z.string({ error: 'Choose a kind of appointment.' }),
  start: wallTime,
  member: z.string().optional(),
  room: z.string().optional(),
  times: wholeNumber(1, 26),
  everyDays: wholeNumber(1, 60),
})

export function links() {
  return [{ rel: 'stylesheet', href: planCss }]
}

export const loader = guardedLoader(bookVisitsAction, async ({ services, actor, clinic, url }) =>
  runQuery(services, actor, async ({ db, at, audit }) => {
    const facts = await loadDiary(db, clinic.id, at)
    audit.read(bookVisitsAction.id, { object: 'people-list' })
    return {
      people: (await people(db, clinic.id)).map((p) => ({ value: p.id as string, label: p.displayName })),
      types: facts.types
        .filter((t) => !t.retired && t.code !== DOSING)
        .map((t) => ({
          value: t.code,
          label: `${t.name}, ${t.lengthMin} min`,
          needs: `${t.name}: ${needsWords(t.needs).toLowerCase()}`,
        })),
      staff: facts.staff.map((m) => ({
        value: m.membershipId as string,
        label: `${m.name}, ${m.parts.map((part) => PART_WORDS[part].replace('a ', '')).join(', ')}`,
      })),
      // Where chairs stand, only dosing visits take place.
      rooms: facts.rooms
        .filter((r) => !r.retired && !facts.chairs.some((c) => c.roomId === r.id && !c.retired))
        .map((r) => ({ value: r.id as string, label: r.name })),
      person: url.searchParams.get('person') ?? '',
      member: url.searchParams.get('member') ?? '',
      room: url.searchParams.get('room') ?? '',
      type: url.searchParams.get('type') ?? '',
      start: url.searchParams.get('start') ?? '',
      earliest: wallTimeOf(at, clinic.timeZone),
      timeZone: clinic.timeZone,
      key: services.ids.next() as string,
    }
  }),
)

export const action = guardedAction<FormAnswer | Response>({
  book: [
    bookVisits.action,
    async ({ services, actor, clinic, form }) => {
      const parsed = parseForm(newAppointmentForm, form)
      if (!parsed.ok) return parsed.answer
      const { type, start, times, everyDays } = parsed.value
      const personId = parseId<'person'>(parsed.value.person)
      if (!personId) return formProblem(form, { person: 'Choose a person.' })
      const member = parseId<'membership'>(parsed.value.member)
      const facts = await runQuery(services, actor, ({ db, at }) => loadDiary(db, clinic.id, at))
      const needed = facts.types.find((t) => t.code === type)?.needs.staff ?? []
      const parts = facts.staff.find((m) => m.membershipId === member)?.parts ?? []
      if (member && !needed.some((part) => parts.includes(part)))
        return formProblem(form, { member: 'This kind of appointment needs somebody else. Choose again.' })
      const named = (part: (typeof needed)[number]) =>
        member && needed.includes(part) && parts.includes(part) ? member : undefined
      const roomId = parseId<'room'>(parsed.value.room)
      const place = facts.types.find((t) => t.code === type)?.needs.place
      if (roomId && place !== 'room')
        return formProblem(form, { room: 'This kind of appointment takes no room. Leave this open.' })
      const clock = clockProblems({ start }, clinic.timeZone)
      if (clock.start) return formProblem(form, clock)
      const first = wallInstant(start, clinic.timeZone)
      const starts = recurring(
        { date: localDateOf(first, clinic.timeZone), time: timeInWords(first, clinic.timeZone) },
        times,
        everyDays,
        clinic.timeZone,
      )
      const outcome = await runCommand(services, actor, bookVisits, {
        key: parseId<'series'>(form.get('key')) ?? notFound(),
        personId,
        typeCode: type,
        visits: starts.map((startsAt) => ({
          startsAt,
          roomId,
          nurseMembershipId: named('nurse'),
          therapistMembershipId: named('therapist'),
          prescriberMembershipId: named('prescriber'),
        })),
      })
      if (outcome.ok) return goTo(`/work/schedule?day=${localDateOf(first, clinic.timeZone)}`)
      const { sessionNumber } = (outcome.detail ?? {}) as { readonly sessionNumber?: number }
      const which = times > 1 && sessionNumber ? `Appointment ${sessionNumber} of ${times}: ` : ''
      if (roomId && outcome.reason === 'no-such-room')
        return formProblem(form, {
          room: 'This room is not for this kind of appointment. Choose another, or leave it open.',
        })
      const words = `${which}${refusalWords(outcome, clinic.timeZone, 'people and place')}`
      return formProblem(form, { [FIELD_OF[outcome.reason] ?? 'start']: words })
    },
  ],
})

const FIELD_OF: Readonly<Record<string, string>> = {
  'no-such-person': 'person',
  'no-such-type': 'type',
  'no-such-member': 'member',
  'no-such-nurse': 'member',
  'no-such-room': 'room',
  'no-such-equipment': 'type',
}

export function meta() {
  return [{ title: 'New appointment' }]
}

export default function NewAppointment() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const { typed, field } = typedFields(problem)
  return (
    <>
      <PageHead
        title="New appointment"
        lead="An assessment, therapy or a call. Dosing visits are booked on the person’s plan."
      />
      <ErrorSummary errors={fieldErrors(problem)} />
      {data.people.length === 0 && <Notice state="unknown" title="There is nobody to book for yet." />}
      <form method="post" noValidate className="measure">
        <input type="hidden" name="key" value={typed('key', data.key)} />
        <SelectField {...field('person', data.person)} label="Person" prompt="Choose" options={data.people} />
        <SelectField
          {...field('type', data.type)}
          label="Kind of appointment"
          prompt="Choose"
          options={data.types}
        />
        <DateField
          withTime
          {...field('start', data.start)}
          label="Begins"
          hint={`Clinic time, ${data.timeZone}`}
          min={data.earliest}
        />
        <SelectField
          {...field('member', data.member)}
          label="With"
          hint="Left open, whoever can do it and is free is booked."
          prompt="Whoever is free"
          options={data.staff}
        />
        <SelectField
          {...field('room', data.room)}
          label="Where"
          hint="Left open, a room that suits and is free is chosen."
          prompt="Whichever is free"
          options={data.rooms}
        />
        <NumberField
          {...field('times', '1')}
          label="How many"
          hint="Each can be moved by itself; all are booked, or none."
          whole
        />
        <NumberField
          {...field('everyDays', '7')}
          label="Days from one to the next"
          hint="At the same time on the clock."
          unit="days"
          whole
        />
        <FormActions>
          <Button name="intent" value="book">
            Book
          </Button>
          <ButtonLink kind="plain" href="/work/schedule">
            Leave it
          </ButtonLink>
        </FormActions>
      </form>
      <p className="measure spaced">{data.types.map((t) => t.needs).join('; ')}.</p>
    </>
  )
}
