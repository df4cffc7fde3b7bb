import { useActionData, useLoaderData } from 'react-router'
import * as z from 'zod'
import { offerOfSecret } from '../../../ask/index.server.ts'
import type { OfferId } from '../../../ask/index.ts'
import { readSecretToken } from '../../../identity/index.server.ts'
import { phoneHref } from '../../../platform/clinic-profile.ts'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem, parseForm } from '../../../platform/form.ts'
import { goTo, guardedAction, guardedLoader, notFound, type PageArgs } from '../../../platform/page.server.ts'
import { type Instant, momentInWords, parseInstant } from '../../../platform/time.ts'
import { Button, ErrorSummary, FormActions, Notice, PageHead, RadioGroup } from '../../../ui/index.ts'
import { chooseFirstVisit as chooseTime, timesOfOffer } from '../first-visit.server.ts'
import { chooseFirstVisit } from '../first-visit-access.ts'

/** What the link's secret is stored as; 404 for what is no secret of this clinic. */
function hashOf({ params, clinic }: Pick<PageArgs, 'params' | 'clinic'>): string {
  const read = readSecretToken(params.token ?? '')
  return read?.clinicId === clinic.id ? read.hash : notFound()
}

const stateOf = ({ params }: Pick<PageArgs, 'params'>) => `/request/state/${params.token}`

export const loader = guardedLoader(chooseFirstVisit, async (page) => {
  const { services, actor, clinic } = page
  const hash = hashOf(page)
  return runQuery(services, actor, async (needs) => {
    const { db, at, audit } = needs
    const seen = (await offerOfSecret(needs, hash)) ?? notFound()
    audit.read(chooseFirstVisit.id, { personId: seen.personId, object: 'request', objectId: seen.requestId })
    // Whatever there is to know without an offer stands on the page of the request.
    if (seen.state.kind !== 'open') throw goTo(stateOf(page))
    const { offer } = seen.state
    const now = await timesOfOffer(db, clinic.id, seen.personId, offer, at)
    const choice = (start: Instant) => ({
      value: start as string,
      label: momentInWords(start, clinic.timeZone),
    })
    return {
      offerId: offer.id,
      reference: seen.reference,
      free: now.free.map(choice),
      spare: now.spare.map(choice),
      gone: now.gone.map((start) => momentInWords(start, clinic.timeZone)),
      stateHref: stateOf(page),
      phone: clinic.phoneDisplay,
      phoneLink: phoneHref(clinic.phoneDisplay),
    }
  })
})

const outOfDate = 'This page is out of date. Reload it and try again.'
const chooseForm = z.object({
  offerId: z.uuid({ error: outOfDate }).toLowerCase(),
  startsAt: z.iso.datetime({ error: 'Choose a time.' }),
})

export const action = guardedAction<FormAnswer | Response>({
  choose: [
    chooseFirstVisit,
    async (page) => {
      const { services, actor, form } = page
      const hash = hashOf(page)
      const parsed = parseForm(chooseForm, form)
      if (!parsed.ok) return parsed.answer
      const result = await runCommand(services, actor, chooseTime, {
        tokenHash: hash,
        offerId: parsed.value.offerId as OfferId,
        startsAt: parseInstant(parsed.value.startsAt),
      })
      if (result.ok || result.reason === 'already-chosen') return goTo(stateOf(page))
      if (result.reason === 'no-such-request') return notFound()
      if (result.reason === 'not-offered')
        return formProblem(form, { startsAt: 'These times are no longer offered. Choose from those below.' })
      return formProblem(form, {
        startsAt: 'Somebody took this time a moment ago. Choose one of the others: these are free now.',
      })
    },
  ],
})

export default function ChooseTime() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const choices = [...data.free, ...data.spare]
  const call = data.phoneLink && (
    <p>
      None of these will do? Call <a href={data.phoneLink}>{data.phone}</a> and say {data.reference}.
    </p>
  )
  return (
    <div className="stack">
      <title>{`Choose a time – Request ${data.reference}`}</title>
      <PageHead
        kicker={`Request ${data.reference}`}
        title="Choose a time"
        lead="For a first visit. It commits you to nothing, and you can still call and change it."
      />
      <ErrorSummary errors={fieldErrors(problem)} />
      {data.gone.length > 0 && (
        <Notice
          state="due"
          title={data.gone.length === 1 ? 'One time is no longer free.' : 'Some times are no longer free.'}
        >
          <p>
            {data.gone.join(', ')}.{data.spare.length > 0 && ' We show others in their place.'}
          </p>
        </Notice>
      )}
      {choices.length === 0 ? (
        <p>
          All of these times are gone. We are sorry. Please call us
          {data.phoneLink && (
            <>
              {' '}
              at <a href={data.phoneLink}>{data.phone}</a>
            </>
          )}
          , and we find another.
        </p>
      ) : (
        <form method="post" noValidate>
          <input type="hidden" name="offerId" value={data.offerId} />
          <RadioGroup
            name="startsAt"
            label="Which time suits you?"
            hint="Times are those of the clinic's clock."
            layout="big"
            choices={choices}
            error={problem?.errors.startsAt}
          />
          <FormActions>
            <Button name="intent" value="choose">
              Book this time
            </Button>
          </FormActions>
        </form>
      )}
      {choices.length > 0 && call}
      <p>
        <a href={data.stateHref}>Back to where your request stands</a>
      </p>
    </div>
  )
}
