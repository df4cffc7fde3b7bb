import { useActionData, useLoaderData } from 'react-router'
import { runCommand } from '../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem } from '../../platform/form.ts'
import { goTo, guardedAction, guardedLoader } from '../../platform/page.server.ts'
import { Button, ButtonLink, ErrorSummary, Facts, FormActions, Notice, PageHead } from '../../ui/index.ts'
import { readForm, submit } from '../ask-access.ts'
import { readDraft, STEPS } from '../request-form.ts'
import { countSending } from '../request-limits.server.ts'
import { answersInWords } from '../request-words.ts'
import { submitDraft } from '../submit-request.server.ts'
import { LOST, openDraft } from '../visitor-draft.server.ts'
import askCss from './ask.css?url'
import { WayBack } from './way-back.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: askCss }]
}

export const loader = guardedLoader(readForm, async (page) => {
  const { draft } = await openDraft(page)
  const read = readDraft(draft.answers)
  return read.complete
    ? { lines: answersInWords(read.answers), missing: [] }
    : { lines: undefined, missing: STEPS.filter((step) => read.missing.includes(step.id)) }
})

export const action = guardedAction<FormAnswer | Response>({
  send: [
    submit,
    async (page) => {
      const { services, actor, clinic, form } = page
      const { secret, draft } = await openDraft(page)
      const read = readDraft(draft.answers)
      if (!read.complete) return goTo('/request/check')
      const stopped = await countSending(page, read.answers)
      if (stopped) return formProblem(form, { form: limitWords(stopped.of, clinic.phoneDisplay) })
      const hidden = form.get('website')
      const publicUrl = services.config.publicUrl
      const sent = await runCommand(services, actor, submitDraft, {
        tokenHash: secret.hash,
        hiddenField: typeof hidden === 'string' ? hidden : undefined,
        synthetic: clinic.demonstration,
        stateHref: publicUrl ? `${publicUrl}/request/state/${secret.token}` : undefined,
      })
      if (sent.ok) return goTo(`/request/state/${secret.token}?done=sent`)
      return goTo(sent.reason === 'incomplete' ? '/request/check' : LOST)
    },
  ],
})

function limitWords(of: 'address' | 'contact', phone: string): string {
  const call = phone ? ` If it cannot wait, call ${phone}.` : ''
  return of === 'contact'
    ? `We already have three requests with this e-mail address or telephone number from today, and will answer them.${call}`
    : `Many requests came from this connection within the hour. Your answers are kept: please try again in an hour.${call}`
}

export default function RequestCheck() {
  const { lines, missing } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  return (
    <>
      <title>Check your answers – Request</title>
      <PageHead
        title="Check your answers"
        lead={lines ? 'Nothing has been sent yet. Change what you like, then send.' : undefined}
      />
      <ErrorSummary
        errors={fieldErrors(problem)}
        title="This could not be sent now"
        kept="Your answers are still here."
      />
      {missing.length > 0 && (
        <>
          <Notice state="due" title="Something is still missing. What you wrote is kept.">
            <ul>
              {missing.map((step) => (
                <li key={step.id}>
                  <a href={`/request/${step.id}?from=check`}>{step.label}</a>
                </li>
              ))}
            </ul>
          </Notice>
          <FormActions>
            <ButtonLink href={`/request/${missing[0]!.id}?from=check`}>Go on</ButtonLink>
          </FormActions>
        </>
      )}
      {lines && (
        <>
          <Facts
            facts={lines.map((line) => ({
              term: line.question,
              value: line.answer,
              source: (
                <a className="change-link" href={`/request/${line.step}?from=check`}>
                  Change<span className="hidden">: {line.question}</span>
                </a>
              ),
            }))}
          />
          <form method="post">
            <div className="hidden" aria-hidden="true">
              <label htmlFor="website">Leave this empty</label>
              <input id="website" name="website" type="text" tabIndex={-1} autoComplete="off" />
            </div>
            <FormActions>
              <Button name="intent" value="send">
                Send the request
              </Button>
            </FormActions>
          </form>
        </>
      )}
      <WayBack href="/request/times" />
    </>
  )
}
