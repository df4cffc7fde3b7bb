import { useActionData, useLoaderData } from 'react-router'
import { runCommand } from '../../platform/command.server.ts'
import { type FormAnswer, fieldErrors } from '../../platform/form.ts'
import { hrefIn, languageOf } from '../../platform/language.ts'
import { goTo, guardedAction, guardedLoader, notFound, type PageArgs } from '../../platform/page.server.ts'
import { Button, ErrorSummary, FormActions, ProgressSteps } from '../../ui/index.ts'
import { readForm, writeDraft } from '../ask-access.ts'
import { saveStep } from '../draft.server.ts'
import {
  isStep,
  pageAfter,
  pageBefore,
  readStep,
  STEPS,
  type StepId,
  type Typed,
  typedOfStep,
} from '../request-form.ts'
import { LOST, openDraft } from '../visitor-draft.server.ts'
import { useWords } from '../words/use-words.ts'
import askCss from './ask.css?url'
import { stepFields } from './step-fields.tsx'
import { WayBack } from './way-back.tsx'

export function links() {
  return [{ rel: 'stylesheet', href: askCss }]
}

const fromCheck = (url: URL) => url.searchParams.get('from') === 'check'

function stepOf(page: Pick<PageArgs, 'params'>): StepId {
  const { step } = page.params
  return isStep(step) ? step : notFound()
}

export const loader = guardedLoader(readForm, async (page) => {
  const step = stepOf(page)
  const { draft } = await openDraft(page)
  const typed: Typed = draft.answers[step] ?? {}
  return {
    step,
    typed,
    forOther: draft.answers.who?.forWhom === 'other',
    back: fromCheck(page.url) ? '/request/check' : pageBefore(step),
  }
})

/** Keeps what was typed, whatever it is worth. @returns the form as it is now */
async function save(page: PageArgs & { form: FormData }) {
  const step = stepOf(page)
  const { secret } = await openDraft(page)
  const typed = typedOfStep(step, page.form)
  const saved = await runCommand(page.services, page.actor, saveStep, { tokenHash: secret.hash, step, typed })
  if (!saved.ok) throw goTo(hrefIn(languageOf(page.url.pathname), LOST))
  return { step, typed, draft: saved.value }
}

export const action = guardedAction<FormAnswer | Response>({
  continue: [
    writeDraft,
    async (page) => {
      const { step, typed, draft } = await save(page)
      const language = languageOf(page.url.pathname)
      const read = readStep(step, typed, language)
      if (!read.ok) return read.answer
      return goTo(hrefIn(language, pageAfter(step, draft.answers, fromCheck(page.url))))
    },
  ],
  later: [
    writeDraft,
    async (page) => {
      const { step } = await save(page)
      return goTo(hrefIn(languageOf(page.url.pathname), `/request/later?at=${step}`))
    },
  ],
})

export default function RequestStep() {
  const { step, typed, forOther, back } = useLoaderData<typeof loader>()
  const { words, to } = useWords()
  const answer = useActionData<typeof action>()
  const problem = answer && 'errors' in answer ? answer : undefined
  const index = STEPS.findIndex((one) => one.id === step)
  const fields = stepFields[step]
  return (
    <>
      <title>{words.step.tab(words.steps[step], index + 1, STEPS.length, problem !== undefined)}</title>
      <ProgressSteps
        label={words.step.pages}
        steps={STEPS.map(({ id }) => ({ label: words.steps[id], href: to(`/request/${id}`) }))}
        current={index}
      />
      <ErrorSummary errors={fieldErrors(problem)} />
      <form method="post" noValidate>
        {fields({ typed: problem ? problem.values : typed, errors: problem?.errors ?? {}, forOther, words })}
        <FormActions>
          <Button name="intent" value="continue">
            {words.step.onward}
          </Button>
          <Button kind="plain" name="intent" value="later">
            {words.step.later}
          </Button>
        </FormActions>
      </form>
      <WayBack href={back} />
    </>
  )
}
