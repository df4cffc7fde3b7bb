import { useActionData, useLoaderData } from 'react-router'
import * as z from 'zod'
import { offerOfRequest } from '../../../ask/index.server.ts'
import { FEWEST_TIMES, MOST_TIMES, type OfferId } from '../../../ask/index.ts'
import { runCommand, runQuery } from '../../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem, parseForm } from '../../../platform/form.ts'
import { parseId } from '../../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound } from '../../../platform/page.server.ts'
import { momentInWords, parseInstant } from '../../../platform/time.ts'
import {
  Breadcrumb,
  Button,
  ButtonLink,
  CheckboxGroup,
  EmptyState,
  ErrorSummary,
  FormActions,
  Notice,
  PageHead,
} from '../../../ui/index.ts'
import planCss from '../../plan.css?url'
import { FIRST_VISIT, freeTimes, offeredTypes, offerFirstVisit as offerTimes } from '../first-visit.server.ts'
import { offerFirstVisit } from '../first-visit-access.ts'

export function links() {
  return [{ rel: 'stylesheet', href: planCss }]
}

export const loader = guardedLoader(offerFirstVisit, async ({ services, actor, clinic, params, url }) => {
  const id = parseId<'request'>(params.id) ?? notFound()
  return runQuery(services, actor, async (needs) => {
    const { db, at, audit } = needs
    const seen = (await offerOfRequest(needs, id)) ?? notFound()
    audit.read(offerFirstVisit.id, { personId: seen.personId, object: 'request', objectId: id })
    const typeCode = url.searchParams.get('kind') ?? FIRST_VISIT
    const times = await freeTimes(db, clinic.id, seen.personId, typeCode, at)
    const inWords = (start: Parameters<typeof momentInWords>[0]) => momentInWords(start, clinic.timeZone)
    return {
      id,
      key: services.ids.next(),
      reference: seen.reference,
      name: seen.answers.name,
      email: seen.answers.email,
      suits: seen.answers.suits.join(', ').replaceAll('-', ' '),
      typeCode: times?.type.code ?? FIRST_VISIT,
      kinds: (await offeredTypes(needs)).map(({ code, name, lengthMin }) => ({
        code,
        words: `${name}, ${lengthMin} min`,
      })),
      times: (times?.some ?? []).map((start) => ({ value: start as string, label: inWords(start) })),
      before:
        seen.state.kind === 'chosen'
          ? `They have chosen ${inWords(seen.state.startsAt)}. A new offer does not cancel that visit.`
          : seen.state.kind === 'open'
            ? `Offered already: ${seen.state.offer.starts.map(inWords).join(' · ')}. A new offer takes its place.`
            : undefined,
    }
  })
})

const wrongPage = 'This page is out of date. Reload it and try again.'
const howMany = `Choose ${FEWEST_TIMES} to ${MOST_TIMES} times.`
const offerForm = z.object({
  key: z.uuid({ error: wrongPage }).toLowerCase(),
  kind: z.string({ error: wrongPage }).max(60, wrongPage),
  starts: z
    .array(z.iso.datetime({ error: wrongPage }), { error: howMany })
    .min(FEWEST_TIMES, howMany)
    .max(MOST_TIMES, howMany),
})

export const action = guardedAction<FormAnswer | Response>({
  offer: [
    offerFirstVisit,
    async ({ services, actor, params, form }) => {
      const id = parseId<'request'>(params.id) ?? notFound()
      const parsed = parseForm(offerForm, form, ['starts'])
      if (!parsed.ok) return parsed.answer
      const seen = (await runQuery(services, actor, (needs) => offerOfRequest(needs, id))) ?? notFound()
      const result = await runCommand(services, actor, offerTimes, {
        requestId: id,
        key: parsed.value.key as OfferId,
        personId: seen.personId,
        typeCode: parsed.value.kind,
        starts: parsed.value.starts.map(parseInstant),
        linkBase: services.config.linkBase,
      })
      if (result.ok)
        return goTo(`/work/requests/${id}?done=${result.value.mailed ? 'offered' : 'offered-call'}`)
      if (result.reason === 'not-free')
        return formProblem(form, {
          starts: 'Somebody took one of these times meanwhile. The list is new: choose again.',
        })
      return formProblem(form, {
        starts: result.reason === 'how-many' ? howMany : 'These times cannot be offered.',
      })
    },
  ],
})

export default function OfferTimes() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const typed = problem?.values.starts
  return (
    <>
      <title>{`Times for ${data.name}`}</title>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: '/work/requests', label: 'Requests' },
              { href: `/work/requests/${data.id}`, label: data.reference },
              { href: `/work/requests/${data.id}/times`, label: 'Times' },
            ]}
          />
        }
        title={`Offer ${data.name} times`}
        lead={`They choose one by their link, and it is booked. Nothing is held meanwhile.${data.suits ? ` They said: ${data.suits}.` : ''}`}
      />
      <ErrorSummary errors={fieldErrors(problem)} />
      {data.before && <Notice state="due" title={data.before} />}
      <p className="row spaced">
        {data.kinds.map(({ code, words }) =>
          code === data.typeCode ? (
            <strong key={code}>{words}</strong>
          ) : (
            <a key={code} href={`?kind=${code}`}>
              {words}
            </a>
          ),
        )}
      </p>
      {data.times.length === 0 ? (
        <EmptyState
          title="No time is free in the next four weeks"
          action={<ButtonLink href="/work/schedule">Open the diary</ButtonLink>}
        >
          For this kind of visit. Another kind may have times, or working weeks are not written down.
        </EmptyState>
      ) : (
        <form className="plan-form" method="post" noValidate>
          <input type="hidden" name="key" value={data.key} />
          <input type="hidden" name="kind" value={data.typeCode} />
          <CheckboxGroup
            name="starts"
            label={`Free times: choose ${FEWEST_TIMES} to ${MOST_TIMES}`}
            hint={
              data.email
                ? `A neutral e-mail with a link goes to ${data.email}.`
                : 'They gave no e-mail address: call them, or they see the times on the page of their request.'
            }
            choices={data.times}
            defaultValues={typeof typed === 'string' ? [typed] : [...(typed ?? [])]}
            error={problem?.errors.starts}
          />
          <FormActions>
            <Button name="intent" value="offer">
              Offer these times
            </Button>
            <ButtonLink kind="quiet" href={`/work/requests/${data.id}`}>
              Not now
            </ButtonLink>
          </FormActions>
        </form>
      )}
    </>
  )
}
