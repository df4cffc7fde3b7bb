import { useLoaderData } from 'react-router'
import { phoneHref } from '../../platform/clinic-profile.ts'
import { runQuery } from '../../platform/command.server.ts'
import { hrefIn, languageOf } from '../../platform/language.ts'
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
import { draftByHash, requestByHash, requestEvents } from '../ask-queries.server.ts'
import { weekHours } from '../clinic-hours.ts'
import { draftsSince } from '../draft.server.ts'
import { forgetDraft } from '../draft-cookie.ts'
import { linesFor } from '../help-lines.ts'
import { isJustSent } from '../just-sent.ts'
import { requestOfSecret } from '../link-queries.server.ts'
import { publicState } from '../public-state.ts'
import { nextDue, requestStatus } from '../request-events.ts'
import { offerState } from '../time-offer.ts'
import { carriedSecret, isSecure, secretFrom } from '../visitor-draft.server.ts'
import { useWords } from '../words/use-words.ts'
import { wordsIn } from '../words/words-in.ts'
import askCss from './ask.css?url'
import { HelpLines } from './help-lines.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: askCss }]
}

export const loader = guardedLoader(readState, async (page) => {
  const { services, actor, clinic, params, url } = page
  const secret = secretFrom(params.token, clinic.id)
  if (!secret) return notFound()
  const language = languageOf(url.pathname)
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const request = await requestOfSecret(db, clinic.id, secret.hash, at)
    if (!request) {
      const draft = await draftByHash(db, clinic.id, secret.hash, draftsSince(at))
      if (draft) throw goTo(hrefIn(language, `/request/resume/${secret.token}`))
      return notFound()
    }
    audit.read(readState.id, { object: 'request', objectId: request.id })
    const events = await requestEvents(db, clinic.id, request.id)
    const status = requestStatus(events)
    const due = nextDue(events, weekHours(clinic.openingHours), clinic.timeZone)
    const offer = offerState(events)
    const state = publicState(status, offer, wordsIn[language])
    const justSent =
      url.searchParams.get('done') === 'sent' &&
      isJustSent(
        {
          shown: secret.hash,
          carried: carriedSecret(page)?.hash,
          sentWith: (await requestByHash(db, clinic.id, secret.hash)) !== undefined,
          receivedAt: request.receivedAt,
        },
        at,
      )
    return {
      reference: request.reference,
      sent: momentInWords(request.receivedAt, clinic.timeZone, language),
      state,
      chooseHref: offer.kind === 'open' ? `/request/state/${secret.token}/times` : undefined,
      visit: offer.kind === 'chosen' ? momentInWords(offer.startsAt, clinic.timeZone, language) : undefined,
      urgent: status.urgent && !state.decided,
      lines: linesFor(request.answers.safety),
      answerBy: due && !status.urgent ? momentInWords(due.by, clinic.timeZone, language) : undefined,
      late: due !== undefined && due.by <= at && !status.urgent,
      justSent,
      receiptTo: justSent ? request.answers.email : undefined,
      phone: clinic.phoneDisplay,
      phoneLink: phoneHref(clinic.phoneDisplay),
      link: `${services.config.publicUrl ?? url.origin}${url.pathname}`,
    }
  })
})

export const action = guardedAction({
  forget: [
    readState,
    async (page) => forgetDraft(goTo(hrefIn(languageOf(page.url.pathname), '/')), isSecure(page)),
  ],
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
  const { words: all, to } = useWords()
  const words = all.state
  return (
    <div className="state-parts">
      <title>{words.reference(reference)}</title>
      <PageHead
        kicker={words.reference(reference)}
        title={justSent ? words.thanks : state.title}
        lead={justSent ? undefined : state.text}
      />
      {urgent && (
        <>
          <Notice state="amber" title={words.danger}>
            <p>{words.dangerText}</p>
          </Notice>
          <HelpLines lines={lines} />
        </>
      )}
      {late && (
        <Notice state="due" title={words.late}>
          <p>{words.lateText(answerBy ?? '')}</p>
        </Notice>
      )}
      <Facts
        facts={[
          { term: words.referenceTerm, value: <strong>{reference}</strong> },
          { term: words.sentTerm, value: sent },
          ...(visit ? [{ term: words.visitTerm, value: <strong>{words.clinicTime(visit)}</strong> }] : []),
          ...(justSent ? [{ term: words.whereTerm, value: state.title }] : []),
          ...(answerBy && !late ? [{ term: words.answerByTerm, value: words.clinicTime(answerBy) }] : []),
        ]}
      />
      {chooseHref && (
        <FormActions>
          <ButtonLink href={chooseHref}>{words.choose}</ButtonLink>
        </FormActions>
      )}
      {visit && phoneLink && (
        <p>
          {words.cannotCome} <a href={phoneLink}>{phone}</a>, {words.another}
        </p>
      )}
      {state.elsewhere && (
        <Section title={words.elsewhere}>
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
            {receiptTo ? words.receiptTo(receiptTo) : words.writeDown} {words.anyTime}
          </p>
        </div>
      )}
      {justSent && (
        <TextField name="link" label={words.link} hint={words.linkHint} readOnly defaultValue={link} />
      )}
      {phoneLink && (
        <p>
          {words.changed} <a href={phoneLink}>{phone}</a> {words.sayReference}
        </p>
      )}
      <form method="post">
        <FormActions>
          <ButtonLink kind="quiet" href={to('/')}>
            {words.home}
          </ButtonLink>
          <Button kind="plain" name="intent" value="forget">
            {words.forget}
          </Button>
        </FormActions>
      </form>
    </div>
  )
}
