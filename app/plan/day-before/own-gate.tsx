import type { FormAnswer } from '../../platform/form.ts'
import { fieldErrors } from '../../platform/form.ts'
import { Button, ErrorSummary, FormActions, Notice, PageHead } from '../../ui/index.ts'
import { GateFields } from './gate-fields.tsx'
import type { CallUsPage, OwnGatePage } from './own-gate.server.ts'

/**
 * The questions of the day before as the person sees them, by link or in the portal.
 *
 * @param answer what was sent and must be mended
 */
export function OwnGate({ page, answer }: { page: OwnGatePage; answer: FormAnswer | undefined }) {
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
          earlier={page.earlier}
        />
        {page.begun && page.byLink && (
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

/** Where somebody answers the telephone; nothing where no number is known. */
export function CallUs({ page }: { page: CallUsPage }) {
  if (!page.phone) return null
  return (
    <>
      You reach {page.clinicName} on {page.phoneLink ? <a href={page.phoneLink}>{page.phone}</a> : page.phone}
      .
    </>
  )
}

/** Help at once; says truly that nobody watches. */
function Help({ page }: { page: CallUsPage }) {
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
function Standing({ page }: { page: Extract<OwnGatePage, { kind: 'open' }> }) {
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
