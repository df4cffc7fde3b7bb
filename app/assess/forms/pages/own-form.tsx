import { useActionData, useLoaderData } from 'react-router'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import { answerForm, readOwnForms } from '../../assess-access.ts'
import { QuestionFlow } from '../../pages/flow-page.tsx'
import { loadOwnForm, postOwnFinish, postOwnScreen, postOwnTakeBack } from '../own-form-page.server.ts'

export const loader = guardedLoader(readOwnForms, loadOwnForm)

export const action = guardedAction({
  save: [answerForm, async (page) => postOwnScreen(page, false)],
  skip: [answerForm, async (page) => postOwnScreen(page, true)],
  finish: [answerForm, postOwnFinish],
  'take-back': [answerForm, postOwnTakeBack],
})

export const handle = { hydrate: true }

export default function OwnForm() {
  const view = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return <QuestionFlow view={view} problem={answer && 'errors' in answer ? answer : undefined} />
}
