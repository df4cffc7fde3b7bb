import { useActionData, useLoaderData } from 'react-router'
import * as z from 'zod'
import { ownPersonId } from '../../../platform/actor.ts'
import { phoneHref } from '../../../platform/clinic-profile.ts'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem, parseForm } from '../../../platform/form.ts'
import { parseId } from '../../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound } from '../../../platform/page.server.ts'
import { momentInWords, parseInstant } from '../../../platform/time.ts'
import {
  Breadcrumb,
  Button,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
  RadioGroup,
  Section,
  TextArea,
} from '../../../ui/index.ts'
import { asSeen } from '../../diary/as-seen.ts'
import { entriesOfPerson } from '../../diary/entry-queries.server.ts'
import { appointmentTypes } from '../../diary/resource-queries.server.ts'
import { askAboutVisit, cancelOwnVisit, moveOwnVisit } from '../change-own-visit.server.ts'
import { NOTICE_HOURS, ownChange, seriesWords } from '../change-rules.ts'
import { changeOwnVisit, readOwnVisit } from '../own-visit-access.ts'
import { freeTimesFor } from '../own-visit-page.server.ts'
import { openRequests } from '../visit-request-queries.server.ts'

export const loader = guardedLoader(readOwnVisit, async ({ services, actor, clinic, params, url }) => {
  const id = parseId<'appointment'>(params.id) ?? notFound()
  const personId = ownPersonId(actor) ?? notFound()
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const all = await entriesOfPerson(db, clinic.id, personId)
    const entry = all.find((each) => each.id === id) ?? notFound()
    audit.read(readOwnVisit.id, { personId, object: 'visit', objectId: id })
    const mode = (await appointmentTypes(db, clinic.id)).find((t) => t.code === entry.typeCode)?.mode
    const change = ownChange(
      { startsAt: entry.startsAt, cancelled: entry.cancelledAt !== undefined },
      mode ?? 'off',
      at,
    )
    const others = all.filter((e) => e.id !== id && !e.cancelledAt && e.startsAt > at).length
    const asked = (await openRequests(db, clinic.id, personId)).find((r) => r.appointmentId === id)
    return {
      what: entry.sessionNumber ? `Visit ${entry.sessionNumber}` : entry.neutralName,
      when: momentInWords(entry.startsAt, clinic.timeZone),
      change,
      seen: asSeen(entry),
      times:
        change.kind === 'self'
          ? (await freeTimesFor(db, clinic.id, entry, at)).map((start) => ({
              value: start as string,
              label: momentInWords(start, clinic.timeZone),
            }))
          : [],
      moveWords: seriesWords(entry, others, 'move'),
      cancelWords: seriesWords(entry, others, 'cancel'),
      asked: asked && {
        when: momentInWords(asked.askedAt, clinic.timeZone),
        what: asked.kind === 'move' ? 'to move this visit' : 'to cancel this visit',
      },
      key: services.ids.next() as string,
      phone: clinic.phoneDisplay,
      phoneLink: phoneHref(clinic.phoneDisplay),
      done: url.searchParams.get('done'),
      help: url.searchParams.has('help'),
    }
  })
})

const askForm = z.object({
  kind: z.enum(['move', 'cancel'], { error: 'Say what you would like.' }),
  words: z.string().max(1000, 'Keep this under 1000 characters.').optional(),
})

const WHY: Readonly<Record<string, string>> = {
  taken: 'Somebody else took this time in the same moment. Choose another one.',
  spacing: 'This time no longer keeps the days between your visits. Choose another one.',
  'too-late': `Changes are possible until ${NOTICE_HOURS} hours before. Please call us.`,
  'not-by-yourself': 'This visit cannot be changed here. Please call us.',
  'asked-before': 'You have asked about this visit already. We call you.',
  cancelled: 'This visit is cancelled. To have a new one, please call us.',
  'already-over': 'This visit has begun or is over, and stays as it is.',
  'not-offered': 'This time is not free, or not one of those offered. Choose one of the list.',
  'changed-meanwhile': 'This visit was changed in the meantime. Look at it again.',
  'session-open': 'This visit has begun at the clinic. Please talk to the people there, or call.',
  'session-ended': 'This visit has begun at the clinic, so it is not moved here. Please call the clinic.',
  'already-dosed': 'This visit has taken place and stays as it is.',
}
const why = (reason: string) => WHY[reason] ?? 'This time is not free any more. Choose another one.'

export const action = guardedAction<FormAnswer | Response>({
  move: [
    changeOwnVisit,
    async ({ services, actor, params, form, url }) => {
      const appointmentId = parseId<'appointment'>(params.id) ?? notFound()
      const chosen = z.iso.datetime().safeParse(form.get('start'))
      if (!chosen.success) return formProblem(form, { start: 'Choose a time.' })
      const outcome = await runCommand(services, actor, moveOwnVisit, {
        appointmentId,
        startsAt: parseInstant(chosen.data),
        seen: String(form.get('seen') ?? ''),
      })
      if (outcome.ok) return goTo(`${url.pathname}?done=moved`)
      if (outcome.reason === 'no-such-visit') notFound()
      return formProblem(form, { start: why(outcome.reason) })
    },
  ],
  cancel: [
    changeOwnVisit,
    async ({ services, actor, params, form, url }) => {
      const appointmentId = parseId<'appointment'>(params.id) ?? notFound()
      const outcome = await runCommand(services, actor, cancelOwnVisit, { appointmentId })
      if (outcome.ok) return goTo(`${url.pathname}?done=cancelled`)
      if (outcome.reason === 'no-such-visit') notFound()
      return formProblem(form, { form: why(outcome.reason) })
    },
  ],
  ask: [
    changeOwnVisit,
    async ({ services, actor, params, form, url }) => {
      const appointmentId = parseId<'appointment'>(params.id) ?? notFound()
      const key = parseId<'visit-request'>(form.get('key')) ?? notFound()
      const parsed = parseForm(askForm, form)
      if (!parsed.ok) return parsed.answer
      const { kind, words = '' } = parsed.value
      const outcome = await runCommand(services, actor, askAboutVisit, { key, appointmentId, kind, words })
      if (outcome.ok) {
        const { help, asked } = outcome.value
        const said = [...(asked ? ['done=asked'] : []), ...(help ? ['help'] : [])]
        return goTo(`${url.pathname}?${said.join('&')}`)
      }
      if (outcome.reason === 'no-such-visit') notFound()
      return formProblem(form, { form: why(outcome.reason) })
    },
  ],
})

export function meta() {
  return [{ title: 'Change a visit' }]
}

const DONE: Readonly<Record<string, string>> = {
  moved: 'Your visit is moved',
  cancelled: 'Your visit is cancelled',
  asked: 'We have your question and call you',
}

export default function OwnVisit() {
  const page = useLoaderData<typeof loader>()
  const given = useActionData<typeof action>()
  const answer = given && 'errors' in given ? (given as FormAnswer) : undefined
  const { change } = page
  return (
    <>
      {page.help && (
        <Notice state="amber" announce="alert" title="You do not have to be alone with this">
          <p>
            <a href="tel:988">Call</a> or <a href="sms:988">text 988</a> now, day or night: someone listens.
            In danger, <a href="tel:911">call 911</a>. A named person here has been asked to reach you; nobody
            watches this page live, so please do not wait for us.
          </p>
        </Notice>
      )}
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/portal/appointments', label: 'Appointments' }]} />}
        title={page.what}
        lead={page.when}
      />
      {page.done && DONE[page.done] && (
        <Notice state="calm" announce="status" title={DONE[page.done]}>
          {page.done === 'cancelled' && <p>{page.cancelWords}</p>}
        </Notice>
      )}
      <ErrorSummary errors={fieldErrors(answer)} kept="Nothing was changed." />
      {change.kind === 'none' && (
        <p>{change.why === 'cancelled' ? 'This visit is cancelled.' : 'This visit is over.'}</p>
      )}
      {change.kind === 'phone' && (
        <p>
          {change.why === 'too-late'
            ? `Changes here are possible until ${NOTICE_HOURS} hours before a visit. `
            : 'This visit is changed by telephone, since several people and rooms go with it. '}
          <Call page={page} />
        </p>
      )}
      {page.asked && (
        <Notice state="due" title={`On ${page.asked.when} you asked ${page.asked.what}`}>
          <p>We call you. Until then the visit stays as it is.</p>
        </Notice>
      )}
      {change.kind === 'ask' && !page.asked && (
        <Section title="Ask for a change">
          <form method="post" noValidate>
            <input type="hidden" name="intent" value="ask" />
            <input type="hidden" name="key" value={page.key} />
            <RadioGroup
              name="kind"
              label="What would you like?"
              choices={[
                { value: 'move', label: 'Another time', hint: page.moveWords },
                { value: 'cancel', label: 'To cancel it', hint: page.cancelWords },
              ]}
              {...(typeof answer?.values.kind === 'string' ? { defaultValue: answer.values.kind } : {})}
              error={answer?.errors.kind}
            />
            <TextArea
              name="words"
              label="When would suit you, or what should we know?"
              optional
              rows={3}
              maxLength={1000}
              {...(typeof answer?.values.words === 'string' ? { defaultValue: answer.values.words } : {})}
              error={answer?.errors.words}
            />
            <FormActions>
              <Button type="submit">Ask</Button>
            </FormActions>
          </form>
        </Section>
      )}
      {change.kind === 'self' && (
        <>
          <Section title="Move it">
            <p>{page.moveWords}</p>
            {page.times.length === 0 ? (
              <p>
                No other time is free with the same people in the four weeks around it. <Call page={page} />
              </p>
            ) : (
              <form method="post" noValidate>
                <input type="hidden" name="intent" value="move" />
                <input type="hidden" name="seen" value={page.seen} />
                <RadioGroup
                  name="start"
                  label="Free times"
                  hint="Times are those of the clinic."
                  choices={page.times}
                  error={answer?.errors.start}
                />
                <FormActions>
                  <Button type="submit">Move my visit</Button>
                </FormActions>
              </form>
            )}
          </Section>
          <Section title="Cancel it">
            <p>{page.cancelWords}</p>
            <form method="post">
              <input type="hidden" name="intent" value="cancel" />
              <Button type="submit" kind="quiet">
                Cancel this visit
              </Button>
            </form>
          </Section>
        </>
      )}
    </>
  )
}

function Call({ page }: { page: { phone: string; phoneLink: string | undefined } }) {
  if (!page.phone) return <>Please tell us at the clinic.</>
  return <>Please call {page.phoneLink ? <a href={page.phoneLink}>{page.phone}</a> : page.phone}.</>
}
