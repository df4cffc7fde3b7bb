import { useActionData, useLoaderData } from 'react-router'
import { guardedAction, guardedLoader, type PageArgs } from '../../platform/page.server.ts'
import { answerIntake, readOwnIntake } from '../assess-access.ts'
import {
  type IntakeDoor,
  loadIntake,
  postBegin,
  postFinish,
  postScreen,
  postTakeBack,
} from '../intake-page.server.ts'
import { QuestionFlow } from './flow-page.tsx'

function door({ services, actor, url }: PageArgs): IntakeDoor {
  return { services, actor, url, base: '/portal/intake' }
}

export const loader = guardedLoader(readOwnIntake, async (page) => loadIntake(door(page), page.params.screen))

export const action = guardedAction({
  begin: [answerIntake, async (page) => postBegin(door(page), page.form)],
  save: [answerIntake, async (page) => postScreen(door(page), page.params.screen, page.form, false)],
  skip: [answerIntake, async (page) => postScreen(door(page), page.params.screen, page.form, true)],
  'take-back': [answerIntake, async (page) => postTakeBack(door(page), page.params.screen, page.form)],
  finish: [answerIntake, async (page) => postFinish(door(page), page.form)],
})

export const handle = { hydrate: true }

export default function IntakeInPortal() {
  const view = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return <QuestionFlow view={view} problem={answer && 'errors' in answer ? answer : undefined} />
}
