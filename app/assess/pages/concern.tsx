import { useActionData, useLoaderData } from 'react-router'
import * as z from 'zod'
import { accountNames, members, personById } from '../../identity/index.server.ts'
import { mayDo } from '../../platform/access.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { fieldErrors, formProblem, parseForm } from '../../platform/form.ts'
import { type Id, isUuid, parseId } from '../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  ErrorSummary,
  Facts,
  FormActions,
  Notice,
  PageHead,
  RadioGroup,
  Section,
  StateChip,
  TextArea,
  TextField,
  Timeline,
} from '../../ui/index.ts'
import { layForms, readConcern, respondToConcern as respondAction } from '../assess-access.ts'
import { CONCERN_STATE_WORDS, CONTACT_WORDS, OUTCOME_WORDS, triggerInWords } from '../assess-words.ts'
import { CONTACTS, concernState, OUTCOMES, saysTooMuch, whyNotClose } from '../concern.ts'
import { concernById, concernEvents } from '../concern-queries.server.ts'
import { closeConcern, respondToConcern } from '../respond-to-concern.server.ts'

export const loader = guardedLoader(readConcern, async ({ services, actor, clinic, params, url }) => {
  const id = parseId<'concern'>(params.id) ?? notFound()
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const concern = await concernById(db, clinic.id, id)
    const person = concern && (await personById(db, clinic.id, concern.personId))
    if (!concern || !person) notFound()
    const events = (await concernEvents(db, clinic.id, [id])).get(id) ?? []
    const names = await accountNames(
      db,
      events.map((event) => event.by),
    )
    const owner = (await members(db, clinic.id)).find((m) => m.membershipId === concern.ownerMembershipId)
    audit.read(readConcern.id, { personId: person.id, object: 'concern', objectId: id })
    return {
      key: services.ids.next(),
      person: { id: person.id, name: person.displayName, contact: person.contact },
      ...triggerInWords(concern.trigger),
      where:
        { intake: 'the intake', 'check-in': 'a check-in', form: 'a form' }[concern.source] ?? concern.source,
      mayScreen: mayDo(actor, layForms),
      whereHref: whereOf(concern.source, concern.objectId, person.id),
      state: concernState(concern, events, at),
      closeWhyNot: whyNotClose(events),
      owner: owner?.name,
      raised: momentInWords(concern.raisedAt, clinic.timeZone),
      raisedAt: concern.raisedAt,
      due: momentInWords(concern.dueAt, clinic.timeZone),
      events: events.map((event) => ({
        ...event,
        when: momentInWords(event.at, clinic.timeZone),
        by: names.get(event.by) ?? 'unknown',
      })),
      done: url.searchParams.get('done'),
    }
  })
})

function whereOf(source: string, objectId: string, personId: string): string | undefined {
  if (source === 'intake') return `/work/assessments/${objectId}`
  return source === 'form' ? `/work/people/${personId}/forms/${objectId}` : undefined
}

const responseForm = z
  .object({
    key: z.string().refine(isUuid),
    told: z
      .string({ error: 'Write who has been told, or “nobody yet”.' })
      .max(200, 'Please use at most 200 characters.'),
    contact: z.enum(CONTACTS, { error: 'Choose whether the person was reached.' }),
    outcome: z.enum(OUTCOMES, { error: 'Choose what follows.' }),
    note: z
      .string({ error: 'Write what was said and done.' })
      .min(10, 'Please write a few words more.')
      .max(4_000, 'Please use at most 4,000 characters.'),
  })
  .refine(({ contact, outcome }) => !saysTooMuch(contact, outcome), {
    path: ['outcome'],
    error:
      'This can only be said of somebody who was reached. Try again, or choose the emergency service, other care, or that more must be done.',
  })

export const action = guardedAction({
  respond: [
    respondAction,
    async ({ services, actor, params, form }) => {
      const concernId = parseId<'concern'>(params.id) ?? notFound()
      const parsed = parseForm(responseForm, form)
      if (!parsed.ok) return parsed.answer
      const { key, ...response } = parsed.value
      const result = await runCommand(services, actor, respondToConcern, {
        concernId,
        key: key as Id<'concern-event'>,
        ...response,
      })
      if (!result.ok && result.reason === 'already-closed') {
        return formProblem(form, {
          form: 'Somebody has closed this concern meanwhile. Reload to see what was done.',
        })
      }
      if (!result.ok && result.reason === 'id-taken') {
        return formProblem(form, { form: 'This form was recorded already. Reload the page to record more.' })
      }
      return result.ok ? goTo(`/work/concerns/${concernId}?done=recorded`) : notFound()
    },
  ],
  close: [
    respondAction,
    async ({ services, actor, params, form }) => {
      const concernId = parseId<'concern'>(params.id) ?? notFound()
      const result = await runCommand(services, actor, closeConcern, { concernId })
      if (result.ok) return goTo(`/work/concerns/${concernId}?done=closed`)
      if (result.reason === 'no-such-concern' || result.reason === 'not-allowed') notFound()
      return formProblem(form, { form: WHY_NOT_CLOSE[result.reason] })
    },
  ],
})

const WHY_NOT_CLOSE = {
  'no-response-recorded': 'It cannot be closed before somebody has recorded what was done.',
  'outcome-still-open':
    'The last record says that more must be done. Record what was done since, then close it.',
}

export function meta() {
  return [{ title: 'Safety concern' }]
}

export default function ConcernPage() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const { person, events, state } = data
  const value = (name: string) => String(problem?.values[name] ?? '')
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/concerns', label: 'Safety concerns' }]} />}
        title={person.name}
        kicker={data.title}
        state={<StateChip {...CONCERN_STATE_WORDS[state]} />}
        lead={data.action}
      />
      {data.done === 'recorded' && <Notice state="calm" announce="status" title="Recorded." />}
      {data.done === 'closed' && (
        <Notice state="calm" announce="status" title="Closed, with what was done kept." />
      )}
      <ErrorSummary errors={fieldErrors(problem)} />
      <Facts
        facts={[
          {
            term: 'Answered in',
            value: data.whereHref ? <a href={data.whereHref}>{data.where}</a> : data.where,
            source: data.raised,
          },
          { term: 'First response due', value: data.due },
          { term: 'Named to respond', value: data.owner },
          {
            term: 'Telephone',
            value: person.contact.phone ? (
              <a href={`tel:${person.contact.phone.replace(/[^\d+]/g, '')}`}>{person.contact.phone}</a>
            ) : undefined,
          },
          { term: 'Safe to reach', value: person.contact.safeTimes },
          { term: 'E-mail', value: person.contact.email },
        ]}
      />
      {state !== 'closed' && data.mayScreen && (
        <Section title="Ask about suicide with the person">
          <p>
            The screen says how grave it is and what it asks for. Do it with them, now or by telephone; its
            result stands with the others.
          </p>
          <ButtonLink href={`/work/people/${person.id}/forms?form=c-ssrs-screener`} kind="quiet">
            Begin the suicide screen
          </ButtonLink>
        </Section>
      )}
      <Section title="What was done">
        {events.length === 0 ? (
          <p>Nothing is recorded yet.</p>
        ) : (
          <Timeline
            label="What was done"
            items={events.map((event) =>
              event.kind === 'closed'
                ? { key: event.id, when: event.when, dateTime: event.at, by: event.by, title: 'Closed' }
                : {
                    key: event.id,
                    when: event.when,
                    dateTime: event.at,
                    by: event.by,
                    title: `${CONTACT_WORDS[event.contact]}. ${OUTCOME_WORDS[event.outcome]}.`,
                    body: (
                      <>
                        <p>{event.note}</p>
                        <p>Told: {event.told}</p>
                      </>
                    ),
                  },
            )}
          />
        )}
      </Section>
      {state !== 'closed' && (
        <Section title="Record a response">
          <form method="post" noValidate>
            <input type="hidden" name="intent" value="respond" />
            <input type="hidden" name="key" value={problem ? value('key') || data.key : data.key} />
            <RadioGroup
              name="contact"
              label="Was the person reached?"
              choices={CONTACTS.map((one) => ({ value: one, label: CONTACT_WORDS[one] }))}
              defaultValue={value('contact')}
              error={problem?.errors.contact}
            />
            <RadioGroup
              name="outcome"
              label="What follows?"
              choices={OUTCOMES.map((one) => ({ value: one, label: OUTCOME_WORDS[one] }))}
              defaultValue={value('outcome')}
              error={problem?.errors.outcome}
            />
            <TextField
              name="told"
              label="Who has been told?"
              hint="Colleagues, family with consent, emergency service; or “nobody yet”."
              defaultValue={value('told')}
              error={problem?.errors.told}
            />
            <TextArea
              name="note"
              label="What was said and done"
              defaultValue={value('note')}
              error={problem?.errors.note}
            />
            <FormActions>
              <Button>Record</Button>
            </FormActions>
          </form>
        </Section>
      )}
      {state !== 'closed' && (
        <Section title="Close">
          {data.closeWhyNot ? (
            <p>{WHY_NOT_CLOSE[data.closeWhyNot]}</p>
          ) : (
            <form method="post">
              <input type="hidden" name="intent" value="close" />
              <p>Nothing is deleted; the record stays with the person.</p>
              <FormActions>
                <Button kind="quiet">Close this concern</Button>
              </FormActions>
            </form>
          )}
        </Section>
      )}
    </>
  )
}
