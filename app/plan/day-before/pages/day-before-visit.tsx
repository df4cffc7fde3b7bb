import { useActionData, useLoaderData } from 'react-router'
import { peopleToLookAtAgain } from '../../../assess/index.server.ts'
import { accountNames, personById } from '../../../identity/index.server.ts'
import { mayDo } from '../../../platform/access.ts'
import { phoneHref } from '../../../platform/clinic-profile.ts'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem } from '../../../platform/form.ts'
import { parseId } from '../../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound } from '../../../platform/page.server.ts'
import { momentInWords } from '../../../platform/time.ts'
import {
  Button,
  DataTable,
  EmptyState,
  ErrorSummary,
  Facts,
  FormActions,
  Notice,
  PageHead,
  RadioGroup,
  Section,
  StateChip,
} from '../../../ui/index.ts'
import { entryById } from '../../diary/entry-queries.server.ts'
import planCss from '../../plan.css?url'
import { makeDayBeforeLink, noteCall } from '../answer-day-before.server.ts'
import { makeDayBeforeLink as linkAction, noteDayBefore, readDayBefore } from '../day-before-access.ts'
import { CALL_OUTCOMES, type CallOutcome, callsOfVisits } from '../day-before-queries.server.ts'
import { gatePhase, gateStateOf } from '../gate.ts'
import { GateFields } from '../gate-fields.tsx'
import { callValues, readGateForm, toldEarlier } from '../gate-form.ts'
import { answerWords, FIELD_WORDS, gateChip, gateWords } from '../gate-words.ts'
import { answeredVisits, isAsked } from '../load-gate.server.ts'

export function links() {
  return [{ rel: 'stylesheet', href: planCss }]
}

export const loader = guardedLoader(readDayBefore, async ({ services, actor, clinic, params, url }) => {
  const id = parseId<'appointment'>(params.id) ?? notFound()
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const entry = await entryById(db, clinic.id, id)
    if (!entry || !isAsked(entry)) notFound()
    const person = await personById(db, clinic.id, entry.personId)
    audit.read(readDayBefore.id, { personId: entry.personId, object: 'visit', objectId: id })
    const [answered] = await answeredVisits(db, clinic.id, [entry], clinic.timeZone)
    const { answers, stored, dayOf } = answered!
    const calls = (await callsOfVisits(db, clinic.id, [entry])).get(id) ?? []
    const names = await accountNames(db, [
      ...stored.flatMap((a) => (a.toldBy ? [a.toldBy] : [])),
      ...calls.map((call) => call.by),
    ])
    const state = gateStateOf(answers, answered!, at)
    return {
      name: person?.displayName ?? 'unknown',
      phone: person?.contact.phone,
      phoneLink: person?.contact.phone && phoneHref(person.contact.phone),
      safeTimes: person?.contact.safeTimes,
      when: momentInWords(entry.startsAt, clinic.timeZone),
      place: entry.place?.label ?? '',
      planHref: `/work/plans/${entry.planId}`,
      lookAgain: entry.endsAt > at && (await peopleToLookAtAgain(db, clinic.id, [entry.personId])).size > 0,
      phase: gatePhase(entry.startsAt, at),
      state: gateChip(state),
      words: gateWords(state),
      dayOf: [...dayOf],
      values: callValues(answers),
      earlier: toldEarlier(answers, clinic.timeZone, 'Told'),
      history: [
        ...stored.map((a) => ({
          id: `${a.field} ${a.revision}`,
          at: a.toldAt,
          when: momentInWords(a.toldAt, clinic.timeZone),
          what: FIELD_WORDS[a.field],
          said: answerWords(a.field, a.value),
          by: a.toldBy ? `by telephone to ${names.get(a.toldBy) ?? 'staff'}` : 'by themselves',
        })),
        ...calls.map((call) => ({
          id: `call ${call.at}`,
          at: call.at,
          when: momentInWords(call.at, clinic.timeZone),
          what: 'Call',
          said: OUTCOME_WORDS[call.outcome],
          by: names.get(call.by) ?? 'staff',
        })),
      ].sort((a, b) => b.at.localeCompare(a.at)),
      key: services.ids.next() as string,
      mayNote: mayDo(actor, noteDayBefore),
      done: url.searchParams.has('done'),
      help: url.searchParams.has('help'),
    }
  })
})

const OUTCOME_WORDS: Readonly<Record<CallOutcome, string>> = {
  reached: 'Reached',
  'message-left': 'Message left',
  'not-reached': 'Not reached',
}

export const action = guardedAction<FormAnswer | Response | { readonly path: string }>({
  call: [
    noteDayBefore,
    async ({ services, actor, params, form }) => {
      const appointmentId = parseId<'appointment'>(params.id) ?? notFound()
      const key = parseId<'day-before-call'>(form.get('key')) ?? notFound()
      const outcome = CALL_OUTCOMES.find((each) => each === form.get('outcome'))
      const sent = readGateForm(form)
      const errors = outcome ? sent.errors : { ...sent.errors, outcome: 'Say how the call ended.' }
      if (!outcome || Object.keys(errors).length > 0) return formProblem(form, errors)
      const noted = await runCommand(services, actor, noteCall, {
        key,
        appointmentId,
        outcome,
        answers: sent.answers,
      })
      if (noted.ok) return goTo(`/work/day-before/${appointmentId}?done${noted.value.help ? '&help' : ''}`)
      if (noted.reason === 'no-such-visit') notFound()
      return formProblem(form, {
        form:
          noted.reason === 'over'
            ? 'The visit has begun: record it at the bedside.'
            : 'The questions open 36 hours before the visit.',
      })
    },
  ],
  link: [
    linkAction,
    async ({ services, actor, params, form }) => {
      const appointmentId = parseId<'appointment'>(params.id) ?? notFound()
      const made = await runCommand(services, actor, makeDayBeforeLink, { appointmentId })
      if (made.ok) return { path: `${services.config.linkBase}${made.value.path}` }
      if (made.reason === 'no-such-visit') notFound()
      return formProblem(form, { form: 'The visit has begun: no link is made any more.' })
    },
  ],
})

export function meta() {
  return [{ title: 'Day before a visit' }]
}

export default function DayBeforeVisit() {
  const page = useLoaderData<typeof loader>()
  const given = useActionData<typeof action>()
  const answer = given && 'errors' in given ? (given as FormAnswer) : undefined
  const link = given && 'path' in given ? given.path : undefined
  return (
    <>
      <PageHead
        kicker="Day before"
        title={page.name}
        lead={`${page.when}, ${page.place}`}
        actions={<a href={page.planHref}>To the plan</a>}
      />
      {page.help && (
        <Notice state="red" announce="alert" title="A safety concern was raised">
          <p>It has a named person and stands under Safety concerns. Stay on the line if you can.</p>
        </Notice>
      )}
      {page.done && !answer && <Notice state="calm" announce="status" title="The call is noted" />}
      {link && (
        <Notice state="calm" announce="status" title="The link, shown once">
          <p>
            <code>{link}</code>
          </p>
        </Notice>
      )}
      {page.lookAgain && (
        <Notice
          state="due"
          title="Facts have changed since the decision: no dose until a prescriber has looked again"
        />
      )}
      <ErrorSummary errors={fieldErrors(answer)} />
      <Facts
        facts={[
          { term: 'State', value: <StateChip state={page.state} word={page.words} /> },
          {
            term: 'Telephone',
            value: page.phoneLink ? <a href={page.phoneLink}>{page.phone}</a> : page.phone,
            source: page.safeTimes && `safe: ${page.safeTimes}`,
          },
        ]}
      />
      {page.phase === 'too-early' && <p>The questions open 36 hours before the visit.</p>}
      {page.phase === 'over' && <p>The visit has begun: what counts now is recorded at the bedside.</p>}
      {page.mayNote && page.phase === 'open' && (
        <Section
          title="Call"
          actions={
            <form method="post">
              <input type="hidden" name="intent" value="link" />
              <Button type="submit" kind="quiet">
                Make a link
              </Button>
            </form>
          }
        >
          <form method="post" noValidate>
            <input type="hidden" name="intent" value="call" />
            <input type="hidden" name="key" value={page.key} />
            <RadioGroup
              name="outcome"
              label="How did the call end?"
              hint="Answers below are kept when the person was reached."
              layout="inline"
              choices={CALL_OUTCOMES_CHOICES}
              {...(typeof answer?.values.outcome === 'string' ? { defaultValue: answer.values.outcome } : {})}
              error={answer?.errors.outcome}
            />
            <GateFields
              values={answer?.values ?? page.values}
              errors={answer?.errors ?? {}}
              dayOf={page.dayOf}
              earlier={page.earlier}
            />
            <FormActions>
              <Button type="submit">Note the call</Button>
            </FormActions>
          </form>
        </Section>
      )}
      <Section title="What was said">
        <DataTable
          caption="Every answer and call, newest first"
          captionHidden
          rows={page.history}
          rowKey={(row) => row.id}
          phone="stack"
          empty={<EmptyState title="Nothing yet" />}
          columns={[
            { key: 'when', head: 'When', names: true, cell: (row) => row.when },
            { key: 'what', head: 'What', cell: (row) => row.what },
            { key: 'said', head: 'Answer', cell: (row) => row.said },
            { key: 'by', head: 'How', cell: (row) => row.by },
          ]}
        />
      </Section>
    </>
  )
}

const CALL_OUTCOMES_CHOICES = [
  { value: 'reached', label: 'Reached by telephone' },
  { value: 'message-left', label: 'Left a message' },
  { value: 'not-reached', label: 'Not reached' },
]
