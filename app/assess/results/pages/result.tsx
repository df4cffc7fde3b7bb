import { useActionData, useLoaderData } from 'react-router'
import * as z from 'zod'
import { runCommand } from '../../../platform/command.server.ts'
import { fieldErrors, formProblem, parseForm } from '../../../platform/form.ts'
import { type Id, isUuid, parseId } from '../../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound } from '../../../platform/page.server.ts'
import { Breadcrumb, ErrorSummary, Notice, PageHead, Pager, Section, StateChip } from '../../../ui/index.ts'
import { readResult, reviewResult as reviewAction } from '../result-access.ts'
import { loadResult } from '../result-page.server.ts'
import { SEVERITY_WORDS } from '../result-words.ts'
import { reviewResult } from '../review-result.server.ts'
import { AnswersPart } from './answers-part.tsx'
import { AskedPart, SourcesPart } from './asked-part.tsx'
import { ChangePart } from './change-part.tsx'
import resultsCss from './results.css?url'
import { ReviewPart } from './review-part.tsx'
import { SaysPart } from './says-part.tsx'

export const loader = guardedLoader(readResult, loadResult)

const NOTE_MAX = 1_000
const reviewForm = z.object({
  key: z.string().refine(isUuid),
  note: z
    .string({ error: 'Write in a few words what you made of it.' })
    .min(3, 'Write in a few words what you made of it.')
    .max(NOTE_MAX, `Please use at most ${NOTE_MAX.toLocaleString('en')} characters.`),
})

export const action = guardedAction({
  review: [
    reviewAction,
    async ({ services, actor, params, form }) => {
      const personId = parseId<'person'>(params.id) ?? notFound()
      const responseId = parseId<'instrument-response'>(params.responseId) ?? notFound()
      const parsed = parseForm(reviewForm, form)
      if (!parsed.ok) return parsed.answer
      const result = await runCommand(services, actor, reviewResult, {
        key: parsed.value.key as Id<'result-review'>,
        personId,
        responseId,
        note: parsed.value.note,
      })
      if (!result.ok && result.reason === 'id-taken') {
        return formProblem(form, { form: 'This form was recorded already. Reload the page to note more.' })
      }
      return result.ok ? goTo(`/work/people/${personId}/results/${responseId}?done=looked`) : notFound()
    },
  ],
})

export const handle = { width: 'wide' }

export function links() {
  return [{ rel: 'stylesheet', href: resultsCss }]
}

export function meta({ loaderData }: { loaderData?: { shortName: string } }) {
  return [{ title: loaderData ? `Result: ${loaderData.shortName}` : 'Result' }]
}

export default function ResultOfPerson() {
  const data = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const { person, waits, line } = data
  const all = `/work/people/${person.id}/results`
  return (
    <>
      <PageHead
        breadcrumb={
          <Breadcrumb
            items={[
              { href: `/work/people/${person.id}`, label: person.name },
              { href: all, label: 'Results' },
            ]}
          />
        }
        kicker={person.name}
        title={data.name}
        state={
          waits ? (
            <StateChip
              state={SEVERITY_WORDS[waits].state}
              word={`${SEVERITY_WORDS[waits].word}, nobody has looked yet`}
            />
          ) : data.reviews.length > 0 ? (
            <StateChip state="calm" word="Looked at" />
          ) : undefined
        }
        lead={`${data.construct ? `About ${data.construct}. ` : ''}${data.result.setAside ? 'Set aside' : 'Finished'} ${data.asked.finished}, answered by ${data.asked.by}.`}
      />
      {data.done && <Notice state="calm" announce="status" title="Kept that you looked at it." />}
      <ErrorSummary errors={fieldErrors(problem)} />
      <SaysPart data={data} />
      {(data.triggers.length > 0 || data.reviews.length > 0) && <ReviewPart data={data} problem={problem} />}
      <ChangePart data={data} />
      <AnswersPart data={data} />
      <AskedPart data={data} />
      <SourcesPart data={data} />
      <Section title="Elsewhere">
        <Pager
          label="Results of this line"
          position={line.position}
          previousHref={line.previous}
          nextHref={line.next}
          previousLabel="Earlier result"
          nextLabel="Later result"
        />
        {data.otherLines > 0 && (
          <p className="soft">
            {data.otherLines === 1 ? 'One more result' : `${data.otherLines} more results`} of this
            questionnaire stand on another line, in other words or with another scoring.{' '}
            <a href={all}>All results</a>
          </p>
        )}
        <p>
          <a href={data.fhirHref} download>
            Download as FHIR (JSON)
          </a>
        </p>
      </Section>
    </>
  )
}
