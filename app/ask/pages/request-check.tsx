import { useActionData, useLoaderData } from 'react-router'
import { runCommand } from '../../platform/command.server.ts'
import { type FormAnswer, fieldErrors, formProblem } from '../../platform/form.ts'
import { hrefIn, languageOf } from '../../platform/language.ts'
import { goTo, guardedAction, guardedLoader } from '../../platform/page.server.ts'
import { Button, ButtonLink, ErrorSummary, Facts, FormActions, Notice, PageHead } from '../../ui/index.ts'
import { readForm, submit } from '../ask-access.ts'
import { readDraft, STEPS } from '../request-form.ts'
import { answersInWords } from '../request-words.ts'
import { submitDraft } from '../submit-request.server.ts'
import { LOST, openDraft } from '../visitor-draft.server.ts'
import { useWords } from '../words/use-words.ts'
import { wordsIn } from '../words/words-in.ts'
import askCss from './ask.css?url'
import { WayBack } from './way-back.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: askCss }]
}

export const loader = guardedLoader(readForm, async (page) => {
  const { draft } = await openDraft(page)
  const read = readDraft(draft.answers)
  return read.complete
    ? { lines: answersInWords(read.answers, wordsIn[languageOf(page.url.pathname)]), missing: [] }
    : { lines: undefined, missing: STEPS.filter((step) => read.missing.includes(step.id)) }
})

export const action = guardedAction<FormAnswer | Response>({
  send: [
    submit,
    async (page) => {
      const { services, actor, clinic, form, address } = page
      const { secret } = await openDraft(page)
      const language = languageOf(page.url.pathname)
      const { check } = wordsIn[language]
      const hidden = form.get('website')
      const publicUrl = services.config.publicUrl
      const sent = await runCommand(services, actor, submitDraft, {
        tokenHash: secret.hash,
        hiddenField: typeof hidden === 'string' ? hidden : undefined,
        synthetic: clinic.demonstration,
        stateHref: publicUrl ? publicUrl + hrefIn(language, `/request/state/${secret.token}`) : undefined,
        language,
        address,
      })
      if (!sent.ok && (sent.reason === 'many-by-contact' || sent.reason === 'many-by-address')) {
        const said = sent.reason === 'many-by-contact' ? check.manyByContact : check.manyByAddress
        return formProblem(form, { form: said(clinic.phoneDisplay) })
      }
      const next = sent.ok
        ? `/request/state/${secret.token}?done=sent`
        : sent.reason === 'incomplete'
          ? '/request/check'
          : LOST
      return goTo(hrefIn(language, next))
    },
  ],
})

export default function RequestCheck() {
  const { words, to } = useWords()
  const { lines, missing } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  return (
    <>
      <title>{words.check.tab}</title>
      <PageHead title={words.check.title} lead={lines ? words.check.lead : undefined} />
      <ErrorSummary errors={fieldErrors(problem)} title={words.check.notSent} kept={words.check.kept} />
      {missing.length > 0 && (
        <>
          <Notice state="due" title={words.check.missing}>
            <ul>
              {missing.map((step) => (
                <li key={step.id}>
                  <a href={to(`/request/${step.id}?from=check`)}>{words.steps[step.id]}</a>
                </li>
              ))}
            </ul>
          </Notice>
          <FormActions>
            <ButtonLink href={to(`/request/${missing[0]!.id}?from=check`)}>{words.check.goOn}</ButtonLink>
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
                <a className="change-link" href={to(`/request/${line.step}?from=check`)}>
                  {words.check.change}
                  <span className="hidden">: {line.question}</span>
                </a>
              ),
            }))}
          />
          <form method="post">
            <div className="hidden" aria-hidden="true">
              <label htmlFor="website">{words.check.leaveEmpty}</label>
              <input id="website" name="website" type="text" tabIndex={-1} autoComplete="off" />
            </div>
            <FormActions>
              <Button name="intent" value="send">
                {words.check.send}
              </Button>
            </FormActions>
          </form>
        </>
      )}
      <WayBack href="/request/times" />
    </>
  )
}
