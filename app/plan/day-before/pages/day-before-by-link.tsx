import { useActionData, useLoaderData } from 'react-router'
import { actorOfLink } from '../../../identity/index.server.ts'
import { type Actor, ownPersonId } from '../../../platform/actor.ts'
import { type ClinicProfile, phoneHref } from '../../../platform/clinic-profile.ts'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem } from '../../../platform/form.ts'
import { parseId } from '../../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound, type PageArgs } from '../../../platform/page.server.ts'
import { dayInWords, momentInWords, timeInWords } from '../../../platform/time.ts'
import { Button, ErrorSummary, FormActions, Notice, PageHead } from '../../../ui/index.ts'
import { answerDayBefore } from '../answer-day-before.server.ts'
import { openDayBeforeLink, readOwnDayBefore } from '../day-before-access.ts'
import { gateOpensAt, gatePhase, gateStateOf } from '../gate.ts'
import { GateFields } from '../gate-fields.tsx'
import { byLink, escortTold, gateValues, readGateForm } from '../gate-form.ts'
import { stillOpen } from '../gate-words.ts'
import { nextDosingVisit } from '../load-gate.server.ts'

async function bearer({
  services,
  params,
}: PageArgs): Promise<{ actor: Actor; clinic: ClinicProfile } | undefined> {
  const actor = await actorOfLink(services, params.token ?? '', 'day-before')
  return actor && { actor, clinic: await services.clinicProfile(actor.clinicId) }
}

const callUs = (clinic: ClinicProfile) => ({
  clinicName: clinic.name,
  phone: clinic.phoneDisplay,
  phoneLink: phoneHref(clinic.phoneDisplay),
})

export const loader = guardedLoader(openDayBeforeLink, async (page) => {
  const held = await bearer(page)
  if (!held) return { kind: 'ended', ...callUs(page.clinic) } as const
  const { actor, clinic } = held
  const personId = ownPersonId(actor)!
  return runQuery(page.services, actor, async ({ db, at, audit }) => {
    audit.read(readOwnDayBefore.id, { personId, object: 'day-before' })
    const found = await nextDosingVisit(db, clinic.id, personId, clinic.timeZone, at)
    if (!found) return { kind: 'none', ...callUs(clinic) } as const
    const { visit, answers, dayOf } = found
    const when = {
      day: dayInWords(visit.startsAt, clinic.timeZone),
      time: timeInWords(visit.startsAt, clinic.timeZone),
    }
    if (gatePhase(visit.startsAt, at) !== 'open') {
      const opens = momentInWords(gateOpensAt(visit.startsAt), clinic.timeZone)
      return { kind: 'too-early', ...when, opens, ...callUs(clinic) } as const
    }
    const state = gateStateOf(answers, found, at)
    return {
      kind: 'open',
      ...when,
      ...callUs(clinic),
      place: [...clinic.addressLines, clinic.city].filter(Boolean).join(', '),
      appointmentId: visit.id,
      path: page.url.pathname,
      values: gateValues(answers, true),
      escortTold: escortTold(answers),
      begun: Object.keys(answers).length > 0,
      nobody: answers.escort?.value === 'nobody',
      wantsMove: answers.move?.value === 'yes',
      confirmed: state.kind === 'confirmed',
      looking: state.kind === 'problem',
      missing: state.kind === 'confirmed' ? '' : stillOpen(state.missing),
      dayOf: [...dayOf],
      kept: page.url.searchParams.has('kept'),
      empty: page.url.searchParams.has('empty'),
      help: page.url.searchParams.has('help'),
    } as const
  })
})

export const action = guardedAction<FormAnswer | Response>({
  answer: [
    openDayBeforeLink,
    async (page) => {
      const held = (await bearer(page)) ?? notFound()
      const appointmentId = parseId<'appointment'>(page.form.get('appointmentId')) ?? notFound()
      const told = await runQuery(page.services, held.actor, ({ db, at }) =>
        nextDosingVisit(db, held.clinic.id, ownPersonId(held.actor)!, held.clinic.timeZone, at),
      )
      const sent = byLink(readGateForm(page.form), told !== undefined && escortTold(told.answers))
      if (Object.keys(sent.answers).length === 0 && Object.keys(sent.errors).length === 0)
        return goTo(`${page.url.pathname}?empty`)
      const outcome = await runCommand(page.services, held.actor, answerDayBefore, {
        appointmentId,
        answers: sent.answers,
      })
      if (!outcome.ok) {
        return formProblem(page.form, {
          form:
            outcome.reason === 'over'
              ? 'The visit has begun. Please tell us at the desk, or call.'
              : 'Your visit was changed in the meantime. Open the link again, or call us.',
        })
      }
      if (Object.keys(sent.errors).length > 0) return formProblem(page.form, sent.errors)
      return goTo(`${page.url.pathname}?kept${outcome.value.help ? '&help' : ''}`)
    },
  ],
})

export function meta() {
  return [{ title: 'Before your visit' }]
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

export default function DayBeforeByLink() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? (answered as FormAnswer) : undefined
  if (page.kind === 'ended')
    return (
      <>
        <PageHead
          title="This link has ended"
          lead="Links of this kind end when the visit is over, or when a newer one is made: then the newest opens the questions."
        />
        <p>
          <CallUs page={page} />
        </p>
      </>
    )
  if (page.kind === 'none')
    return (
      <>
        <PageHead title="No visit is booked" lead="There is nothing to answer at the moment." />
        <p>
          <CallUs page={page} />
        </p>
      </>
    )
  if (page.kind === 'too-early')
    return (
      <>
        <PageHead title="Before your visit" lead={`Your next visit is on ${page.day} at ${page.time}.`} />
        <p>
          The questions open on {page.opens}. <CallUs page={page} />
        </p>
      </>
    )
  const help = page.help || answer?.values.harm === 'yes'
  return (
    <>
      {help && <Help page={page} />}
      <PageHead
        kicker={[page.day, page.time, page.place].filter(Boolean).join(', ')}
        title="Before your visit"
        lead="Three minutes, so that your visit can go ahead. You can change everything until it begins."
      />
      <ErrorSummary
        errors={fieldErrors(answer)}
        kept="The other answers were kept. Please look at these again."
      />
      {!answer && page.empty && (
        <Notice
          state="due"
          announce="status"
          title={page.begun ? 'Nothing new was told' : 'Nothing was told yet'}
        >
          <p>
            {page.begun ? 'What you said before stays as it is.' : 'No question was answered.'} Answer what
            you can; each answer counts by itself.
          </p>
        </Notice>
      )}
      {!answer && page.begun && <Standing page={page} />}
      <form method="post" action={page.path} noValidate>
        <input type="hidden" name="intent" value="answer" />
        <input type="hidden" name="appointmentId" value={page.appointmentId} />
        <GateFields
          values={answer?.values ?? page.values}
          errors={answer?.errors ?? {}}
          dayOf={page.dayOf}
          escortTold={page.escortTold}
        />
        {page.begun && (
          <p className="field-hint">
            Some earlier answers are not shown again, since a link may be in other hands. What you leave open
            stays as you said it.
          </p>
        )}
        <p className="spaced">
          Do you need somebody now? <a href="tel:988">Call</a> or <a href="sms:988">text 988</a>, day or
          night.
        </p>
        <FormActions>
          <Button type="submit" wide>
            {page.begun ? 'Send the change' : 'Send my answers'}
          </Button>
        </FormActions>
      </form>
    </>
  )
}

function CallUs({ page }: { page: Page }) {
  if (!page.phone) return null
  return (
    <>
      You reach {page.clinicName} on {page.phoneLink ? <a href={page.phoneLink}>{page.phone}</a> : page.phone}
      .
    </>
  )
}

/** Help at once; says truly that nobody watches. */
function Help({ page }: { page: Page }) {
  return (
    <Notice state="amber" announce="alert" title="You do not have to be alone with this">
      <p>
        <a href="tel:988">Call</a> or <a href="sms:988">text 988</a> now, day or night: someone listens. In
        danger, <a href="tel:911">call 911</a>. A named person here has been asked to reach you; nobody
        watches this page live, so please do not wait for us. <CallUs page={page} />
      </p>
    </Notice>
  )
}

/** Where the answers stand, in words that promise nothing. */
function Standing({ page }: { page: Extract<Page, { kind: 'open' }> }) {
  if (page.nobody)
    return (
      <Notice state="due" announce="status" title="Your visit cannot go ahead without an escort">
        <p>
          Our team has been told and will call you.{' '}
          {page.wantsMove
            ? 'You asked for another day: we look for one with you.'
            : 'If you would rather have another day, say so below.'}{' '}
          If you find somebody, change your answer here. <CallUs page={page} />
        </p>
      </Notice>
    )
  if (page.confirmed)
    return (
      <Notice state="calm" announce="status" title="Thank you, everything is answered">
        <p>We look at your answers before the visit and ask again when you arrive.</p>
      </Notice>
    )
  return (
    <Notice state="due" announce="status" title={page.kept ? 'Thank you, this is kept' : 'Where you stand'}>
      {page.looking && <p>Our team looks at what you said and may call you.</p>}
      {page.missing && <p>Still open: {page.missing}.</p>}
    </Notice>
  )
}
