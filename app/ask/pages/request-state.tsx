import { useLoaderData } from 'react-router'
import { phoneHref } from '../../platform/clinic-profile.ts'
import { runQuery } from '../../platform/command.server.ts'
import { goTo, guardedAction, guardedLoader, notFound } from '../../platform/page.server.ts'
import { momentInWords } from '../../platform/time.ts'
import {
  Button,
  ButtonLink,
  Facts,
  FormActions,
  LinkList,
  Notice,
  PageHead,
  Section,
  TextField,
} from '../../ui/index.ts'
import { readState } from '../ask-access.ts'
import { draftByHash, requestEvents } from '../ask-queries.server.ts'
import { weekHours } from '../clinic-hours.ts'
import { draftsSince } from '../draft.server.ts'
import { forgetDraft } from '../draft-cookie.ts'
import { linesFor } from '../help-lines.ts'
import { requestOfSecret } from '../link-queries.server.ts'
import { publicState } from '../public-state.ts'
import { nextDue, requestStatus } from '../request-events.ts'
import { offerState } from '../time-offer.ts'
import { isSecure, secretFrom } from '../visitor-draft.server.ts'
import askCss from './ask.css?url'
import { HelpLines } from './help-lines.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: askCss }]
}

export const loader = guardedLoader(readState, async ({ services, actor, clinic, params, url }) => {
  const secret = secretFrom(params.token, clinic.id)
  if (!secret) return notFound()
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const request = await requestOfSecret(db, clinic.id, secret.hash, at)
    if (!request) {
      const draft = await draftByHash(db, clinic.id, secret.hash, draftsSince(at))
      if (draft) throw goTo(`/request/resume/${secret.token}`)
      return notFound()
    }
    audit.read(readState.id, { object: 'request', objectId: request.id })
    const events = await requestEvents(db, clinic.id, request.id)
    const status = requestStatus(events)
    // What was set aside shows the due time any other would have.
    const due =
      status.kind === 'set-aside'
        ? nextDue(
            [{ kind: 'submitted', at: request.receivedAt, urgent: false }],
            weekHours(clinic.openingHours),
            clinic.timeZone,
          )
        : nextDue(events, weekHours(clinic.openingHours), clinic.timeZone)
    const offer = offerState(events)
    const state = publicState(status, offer)
    return {
      reference: request.reference,
      sent: momentInWords(request.receivedAt, clinic.timeZone),
      state,
      chooseHref: offer.kind === 'open' ? `/request/state/${secret.token}/times` : undefined,
      visit: offer.kind === 'chosen' ? momentInWords(offer.startsAt, clinic.timeZone) : undefined,
      urgent: status.urgent && !state.decided,
      lines: linesFor(request.answers.safety),
      answerBy: due && !status.urgent ? momentInWords(due.by, clinic.timeZone) : undefined,
      late: due !== undefined && due.by <= at && !status.urgent,
      justSent: url.searchParams.get('done') === 'sent',
      receiptTo: request.answers.email,
      phone: clinic.phoneDisplay,
      phoneLink: phoneHref(clinic.phoneDisplay),
      link: `${services.config.publicUrl ?? url.origin}${url.pathname}`,
    }
  })
})

export const action = guardedAction({
  forget: [readState, async (page) => forgetDraft(goTo('/'), isSecure(page))],
})

export default function RequestState() {
  const {
    reference,
    sent,
    state,
    chooseHref,
    visit,
    urgent,
    lines,
    answerBy,
    late,
    justSent,
    receiptTo,
    phone,
    phoneLink,
    link,
  } = useLoaderData<typeof loader>()
  return (
    <div className="state-parts">
      <title>{`Request ${reference}`}</title>
      <PageHead
        kicker={`Request ${reference}`}
        title={justSent ? 'Thank you. Your request has arrived' : state.title}
        lead={justSent ? undefined : state.text}
      />
      {urgent && (
        <>
          <Notice state="amber" title="You told us about danger. Please do not wait for us.">
            <p>
              Your request is marked urgent and will be read first, but nobody here reads requests at night or
              on days when the clinic is closed. These people answer now.
            </p>
          </Notice>
          <HelpLines lines={lines} />
        </>
      )}
      {late && (
        <Notice state="due" title="We are late with this.">
          <p>We meant to answer by {answerBy}. Please call us if you do not want to wait.</p>
        </Notice>
      )}
      <Facts
        facts={[
          { term: 'Reference', value: <strong>{reference}</strong> },
          { term: 'Sent', value: sent },
          ...(visit ? [{ term: 'Your first visit', value: <strong>{visit}, clinic time</strong> }] : []),
          ...(justSent ? [{ term: 'Where it stands', value: state.title }] : []),
          ...(answerBy && !late ? [{ term: 'We aim to answer by', value: `${answerBy}, clinic time` }] : []),
        ]}
      />
      {chooseHref && (
        <FormActions>
          <ButtonLink href={chooseHref}>Choose a time</ButtonLink>
        </FormActions>
      )}
      {visit && phoneLink && (
        <p>
          You cannot come then? Call <a href={phoneLink}>{phone}</a>, and we find another time.
        </p>
      )}
      {state.elsewhere && (
        <Section title="Where else to go">
          <p className="their-words">{state.elsewhere}</p>
          {state.helps && state.helps.length > 0 && (
            <LinkList
              items={state.helps.map(({ name, what, href, label }) => ({
                href,
                title: name,
                text: what,
                meta: label,
              }))}
            />
          )}
        </Section>
      )}
      {justSent && (
        <div className="prose">
          <p>
            {receiptTo
              ? `We also send a short message with the reference to ${receiptTo}. It may take a while.`
              : 'Please write down the reference.'}{' '}
            This page shows at any time where your request stands, and nothing of what you wrote.
          </p>
        </div>
      )}
      {justSent && (
        <TextField
          name="link"
          label="The address of this page"
          hint="Bookmark it, or copy it."
          readOnly
          defaultValue={link}
        />
      )}
      {phoneLink && (
        <p>
          Something changed, or you would rather talk? Call <a href={phoneLink}>{phone}</a> and say the
          reference.
        </p>
      )}
      <form method="post">
        <FormActions>
          <ButtonLink kind="quiet" href="/">
            To the first page
          </ButtonLink>
          <Button kind="plain" name="intent" value="forget">
            Forget this request on this device
          </Button>
        </FormActions>
      </form>
    </div>
  )
}
