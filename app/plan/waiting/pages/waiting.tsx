import { useActionData, useLoaderData } from 'react-router'
import * as z from 'zod'
import { speaksOfCrisis } from '../../../find/index.ts'
import { people } from '../../../identity/index.server.ts'
import { phoneHref } from '../../../platform/clinic-profile.ts'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem, parseForm } from '../../../platform/form.ts'
import { parseId } from '../../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound } from '../../../platform/page.server.ts'
import {
  addDays,
  dateInWords,
  localDateOf,
  momentInWords,
  msBetween,
  parseLocalDate,
} from '../../../platform/time.ts'
import {
  ageText,
  Button,
  CheckboxGroup,
  DataTable,
  DateField,
  EmptyState,
  ErrorSummary,
  Fieldset,
  FormActions,
  Notice,
  PageHead,
  Section,
  SelectField,
  StateChip,
  TextField,
} from '../../../ui/index.ts'
import { ConflictTable } from '../../diary/conflict-table.tsx'
import { conflictRows } from '../../diary/diary-conflicts.server.ts'
import { refusalWords } from '../../diary/diary-words.ts'
import { entriesOfPerson, entryById } from '../../diary/entry-queries.server.ts'
import { appointmentTypes } from '../../diary/resource-queries.server.ts'
import { typedFields } from '../../diary/typed-field.ts'
import { answerVisitRequest } from '../../own-visits/change-own-visit.server.ts'
import { answerVisitRequest as answerAction } from '../../own-visits/own-visit-access.ts'
import { openRequests } from '../../own-visits/visit-request-queries.server.ts'
import planCss from '../../plan.css?url'
import { enterWish, giveFreed, takeBackWish } from '../give-freed.server.ts'
import { enterWish as enterAction, giveFreed as giveAction, readWaiting } from '../waiting-access.ts'
import { freedWithFitting } from '../waiting-page.server.ts'
import { lapsedWishes, openWishes } from '../waiting-queries.server.ts'

export const handle = { width: 'wide' }

export function links() {
  return [{ rel: 'stylesheet', href: planCss }]
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

export const loader = guardedLoader(readWaiting, async ({ services, actor, clinic, url }) =>
  runQuery(services, actor, async ({ db, at, audit }) => {
    const { timeZone } = clinic
    const today = localDateOf(at, timeZone)
    const everybody = await people(db, clinic.id)
    const personOf = new Map(everybody.map((p) => [p.id, p]))
    const nameOf = (id: (typeof everybody)[number]['id']) => personOf.get(id)?.displayName ?? 'unknown'
    const types = (await appointmentTypes(db, clinic.id)).filter((t) => !t.retired)
    const typeName = (code: string) => types.find((t) => t.code === code)?.name ?? 'Appointment'
    const wishes = await openWishes(db, clinic.id, today)
    const lapsed = await lapsedWishes(db, clinic.id, today)
    const freed = await freedWithFitting(db, clinic.id, at)
    const requests = []
    for (const request of await openRequests(db, clinic.id)) {
      const entry = await entryById(db, clinic.id, request.appointmentId)
      requests.push({
        id: request.id as string,
        name: nameOf(request.personId),
        phone: personOf.get(request.personId)?.contact.phone,
        what: request.kind === 'move' ? 'Another time' : 'To cancel',
        words: request.words,
        visit: entry ? momentInWords(entry.startsAt, timeZone) : '',
        href: `/work/appointments/${request.appointmentId}`,
        age: ageText(msBetween(request.askedAt, at)),
        danger: speaksOfCrisis(request.words),
      })
    }
    const conflicts = await conflictRows(db, clinic.id, timeZone, at)
    audit.read(readWaiting.id, {
      object: 'waiting-list',
      detail: { wishes: wishes.length, requests: requests.length, conflicts: conflicts.length },
    })
    return {
      requests,
      conflicts,
      freed: freed.map(({ freed: time, wishes: fit }) => ({
        id: time.id as string,
        when: momentInWords(time.startsAt, timeZone),
        what: [typeName(time.typeCode), time.place?.label, ...time.staff.map((s) => s.name)]
          .filter(Boolean)
          .join(', '),
        fit: fit.map((wish) => {
          const phone = personOf.get(wish.personId)?.contact.phone
          return {
            id: wish.id as string,
            name: nameOf(wish.personId),
            phone,
            phoneLink: phone && phoneHref(phone),
            waits: ageText(msBetween(wish.enteredAt, at)).replace(' ago', ''),
            moves: wish.appointmentId !== undefined,
            key: services.ids.next() as string,
          }
        }),
      })),
      wishes: [...wishes, ...lapsed].map((wish) => ({
        id: wish.id as string,
        name: nameOf(wish.personId),
        what: `${typeName(wish.typeCode)}${wish.appointmentId ? ', instead of their own' : ''}`,
        when: `${dateInWords(wish.earliest)} to ${dateInWords(wish.latest)}, ${wish.fromTime} to ${wish.untilTime}`,
        days: wish.weekdays.length === 0 ? 'any day' : wish.weekdays.map((d) => DAYS[d]).join(', '),
        since: momentInWords(wish.enteredAt, timeZone),
        over: wish.latest < today,
      })),
      people: everybody.map((p) => ({ value: p.id as string, label: p.displayName })),
      types: types.map((t) => ({ value: t.code, label: t.name })),
      earliest: today,
      latest: addDays(today, 28),
      key: services.ids.next() as string,
      done: url.searchParams.get('done'),
    }
  }),
)

const day = z
  .string({ error: 'Enter a day.' })
  .refine((text) => {
    try {
      return parseLocalDate(text) !== undefined
    } catch {
      return false
    }
  }, 'Enter a day that exists.')
  .transform((text) => parseLocalDate(text))
const clock = z
  .string({ error: 'Enter a time like 09:00.' })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time like 09:00.')

const wishForm = z
  .object({
    person: z.string({ error: 'Choose a person.' }),
    type: z.string({ error: 'Choose a kind of appointment.' }),
    earliest: day,
    latest: day,
    fromTime: clock,
    untilTime: clock,
    weekdays: z.array(z.enum(['0', '1', '2', '3', '4', '5', '6'])),
  })
  .refine((wish) => wish.latest >= wish.earliest, {
    path: ['latest'],
    message: 'The last day lies before the first.',
  })
  .refine((wish) => wish.untilTime > wish.fromTime, {
    path: ['untilTime'],
    message: 'The end lies before the beginning.',
  })

export const action = guardedAction<FormAnswer | Response>({
  enter: [
    enterAction,
    async ({ services, actor, clinic, form }) => {
      const parsed = parseForm(wishForm, form, ['weekdays'])
      if (!parsed.ok) return parsed.answer
      const personId = parseId<'person'>(parsed.value.person)
      if (!personId) return formProblem(form, { person: 'Choose a person.' })
      // Somebody who has such a visit ahead would move the next one; else a new one would be booked.
      const own = await runQuery(services, actor, async ({ db, at }) =>
        (await entriesOfPerson(db, clinic.id, personId)).find(
          (e) => e.typeCode === parsed.value.type && !e.cancelledAt && e.startsAt > at,
        ),
      )
      if (!own && parsed.value.type === 'dosing')
        return formProblem(form, {
          type: 'This person has no dosing visit ahead that could move. Book it from the plan.',
        })
      const outcome = await runCommand(services, actor, enterWish, {
        id: parseId<'waiting-wish'>(form.get('key')) ?? notFound(),
        personId,
        typeCode: parsed.value.type,
        appointmentId: own?.id,
        earliest: parsed.value.earliest,
        latest: parsed.value.latest,
        weekdays: parsed.value.weekdays.map(Number),
        fromTime: parsed.value.fromTime,
        untilTime: parsed.value.untilTime,
      })
      if (outcome.ok) return goTo('/work/waiting?done=entered')
      if (outcome.reason === 'days-over')
        return formProblem(form, { latest: 'This day has passed. Choose today or a later one.' })
      return formProblem(form, { person: 'This person or visit is not there any more.' })
    },
  ],
  'take-back': [
    enterAction,
    async ({ services, actor, form }) => {
      const wishId = parseId<'waiting-wish'>(form.get('wish')) ?? notFound()
      await runCommand(services, actor, takeBackWish, { wishId })
      return goTo('/work/waiting?done=taken-back')
    },
  ],
  give: [
    giveAction,
    async ({ services, actor, clinic, form }) => {
      const outcome = await runCommand(services, actor, giveFreed, {
        wishId: parseId<'waiting-wish'>(form.get('wish')) ?? notFound(),
        freedId: parseId<'appointment'>(form.get('freed')) ?? notFound(),
        seriesKey: parseId<'series'>(form.get('key')) ?? notFound(),
      })
      if (outcome.ok) return goTo('/work/waiting?done=given')
      const gone = outcome.reason === 'no-such-wish' || outcome.reason === 'no-such-time'
      return formProblem(form, {
        form: gone
          ? 'This time or this wish was taken in the meantime.'
          : refusalWords(outcome, clinic.timeZone, 'people and place'),
      })
    },
  ],
  answer: [
    answerAction,
    async ({ services, actor, form }) => {
      const id = parseId<'visit-request'>(form.get('request')) ?? notFound()
      const outcome = form.get('outcome') === 'done' ? 'done' : 'not-possible'
      const answered = await runCommand(services, actor, answerVisitRequest, { id, outcome })
      if (answered.ok) return goTo('/work/waiting?done=answered')
      return formProblem(form, { form: 'Somebody answered this in the meantime.' })
    },
  ],
})

export function meta() {
  return [{ title: 'Waiting' }]
}

const DONE: Readonly<Record<string, string>> = {
  entered: 'The wish is on the list',
  'taken-back': 'The wish is taken from the list',
  given: 'The time is theirs: it is booked and the wish is closed',
  answered: 'The answer is noted',
}

export default function Waiting() {
  const page = useLoaderData<typeof loader>()
  const given = useActionData<typeof action>()
  const answer = given && 'errors' in given ? (given as FormAnswer) : undefined
  return (
    <>
      <PageHead
        title="Waiting"
        lead="Who asks to change a visit, which visits no longer fit, which times became free, and who would take one. Call first: nothing is offered by itself."
      />
      {page.done && DONE[page.done] && <Notice state="calm" announce="status" title={DONE[page.done]} />}
      <ErrorSummary errors={fieldErrors(answer)} />
      <Section title="Asked by patients">
        <DataTable
          caption="Requests, longest waiting first"
          captionHidden
          rows={page.requests}
          rowKey={(row) => row.id}
          phone="stack"
          empty={<EmptyState title="Nobody waits for an answer" />}
          columns={[
            { key: 'name', head: 'Who', names: true, cell: (row) => <a href={row.href}>{row.name}</a> },
            { key: 'visit', head: 'Visit', cell: (row) => row.visit },
            {
              key: 'what',
              head: 'Asks',
              cell: (row) => (
                <>
                  {row.what}, {row.age}
                  {row.danger && (
                    <a href="/work/concerns">
                      <StateChip state="red" word="Words of danger: see the concern" />
                    </a>
                  )}
                  {row.words && <span className="fact-source">{row.words}</span>}
                  <span className="fact-source">{row.phone ?? 'no number known'}</span>
                </>
              ),
            },
            {
              key: 'answer',
              head: 'Answered',
              cell: (row) => (
                <form method="post" className="row">
                  <input type="hidden" name="intent" value="answer" />
                  <input type="hidden" name="request" value={row.id} />
                  <Button type="submit" kind="quiet" name="outcome" value="done">
                    Done<span className="hidden"> for {row.name}</span>
                  </Button>
                  <Button type="submit" kind="quiet" name="outcome" value="not-possible">
                    Not possible<span className="hidden"> for {row.name}</span>
                  </Button>
                </form>
              ),
            },
          ]}
        />
      </Section>
      {page.conflicts.length > 0 && (
        <Section title={`To be moved: ${page.conflicts.length}`}>
          <ConflictTable rows={page.conflicts} />
        </Section>
      )}
      <Section title="Times that became free">
        {page.freed.length === 0 && <EmptyState title="No time ahead became free, or all are taken again" />}
        {page.freed.map((time) => (
          <section key={time.id} className="stack spaced" aria-label={`${time.when}, ${time.what}`}>
            <h3>{time.when}</h3>
            <p>{time.what}</p>
            {time.fit.length === 0 ? (
              <p className="field-hint">Nobody on the list fits.</p>
            ) : (
              <ol>
                {time.fit.map((fit) => (
                  <li key={fit.id}>
                    <form method="post" className="row">
                      <input type="hidden" name="intent" value="give" />
                      <input type="hidden" name="wish" value={fit.id} />
                      <input type="hidden" name="freed" value={time.id} />
                      <input type="hidden" name="key" value={fit.key} />
                      <span>
                        {fit.name}, waiting {fit.waits},{' '}
                        {fit.phoneLink ? (
                          <a href={fit.phoneLink}>{fit.phone}</a>
                        ) : (
                          (fit.phone ?? 'no number known')
                        )}
                        {fit.moves && ', their own visit would move here'}
                      </span>
                      <Button type="submit" kind="quiet">
                        They said yes: book it<span className="hidden"> for {fit.name}</span>
                      </Button>
                    </form>
                  </li>
                ))}
              </ol>
            )}
          </section>
        ))}
      </Section>
      <Section title="On the list">
        <DataTable
          caption="Who would take a time, longest waiting first"
          captionHidden
          rows={page.wishes}
          rowKey={(row) => row.id}
          phone="stack"
          empty={<EmptyState title="Nobody is on the list" />}
          columns={[
            { key: 'name', head: 'Who', names: true, cell: (row) => row.name },
            { key: 'what', head: 'What', cell: (row) => row.what },
            {
              key: 'when',
              head: 'When',
              cell: (row) => (
                <>
                  {row.when}, {row.days}
                  {row.over && (
                    <StateChip state="due" word="these days are over: ask again, or take them off" />
                  )}
                </>
              ),
            },
            { key: 'since', head: 'Since', cell: (row) => row.since },
            {
              key: 'take-back',
              head: 'Change',
              cell: (row) => (
                <form method="post">
                  <input type="hidden" name="intent" value="take-back" />
                  <input type="hidden" name="wish" value={row.id} />
                  <Button type="submit" kind="quiet">
                    Take off<span className="hidden"> {row.name}</span>
                  </Button>
                </form>
              ),
            },
          ]}
        />
      </Section>
      <WishForm page={page} answer={answer} />
    </>
  )
}

function WishForm({
  page,
  answer,
}: {
  page: ReturnType<typeof useLoaderData<typeof loader>>
  answer: FormAnswer | undefined
}) {
  const { field } = typedFields(answer)
  const typedDays = answer?.values.weekdays
  return (
    <Section title="Put somebody on the list">
      <form method="post" noValidate>
        <input type="hidden" name="intent" value="enter" />
        <input type="hidden" name="key" value={page.key} />
        <Fieldset legend="Who and what" row>
          <SelectField {...field('person')} label="Person" prompt="Choose" options={page.people} />
          <SelectField {...field('type')} label="Kind of appointment" prompt="Choose" options={page.types} />
        </Fieldset>
        <Fieldset legend="When" row>
          <DateField {...field('earliest', page.earliest)} label="From day" />
          <DateField {...field('latest', page.latest)} label="To day" />
          <TextField {...field('fromTime', '08:00')} label="Not before" type="time" width="short" />
          <TextField {...field('untilTime', '18:00')} label="Over by" type="time" width="short" />
        </Fieldset>
        <CheckboxGroup
          name="weekdays"
          label="Only on"
          hint="None ticked: any day."
          layout="inline"
          optional
          choices={DAYS.map((label, i) => ({ value: String(i), label }))}
          defaultValues={typeof typedDays === 'string' ? [typedDays] : (typedDays ?? [])}
          error={answer?.errors.weekdays}
        />
        <FormActions>
          <Button type="submit">Put on the list</Button>
        </FormActions>
      </form>
    </Section>
  )
}
