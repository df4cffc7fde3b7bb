import { useActionData, useLoaderData } from 'react-router'
import { actorOfLink } from '../../identity/index.server.ts'
import { guardedAction, guardedLoader, type PageArgs } from '../../platform/page.server.ts'
import { openIntakeLink } from '../assess-access.ts'
import {
  type IntakeDoor,
  loadIntake,
  postBegin,
  postFinish,
  postScreen,
  postTakeBack,
} from '../intake-page.server.ts'
import { QuestionFlow } from './flow-page.tsx'

/** The bearer of the link, or a page that says in words what to do about a link that no longer works. */
async function door({ services, params, url, clinic }: PageArgs): Promise<IntakeDoor> {
  const token = params.token ?? ''
  const actor = await actorOfLink(services, token, 'intake')
  if (!actor) {
    throw new Response(
      `This link does not work, or no longer does. Everything you answered is kept. Call us${clinic.phoneDisplay ? ` on ${clinic.phoneDisplay}` : ''} and we send you a new one.`,
      { status: 404 },
    )
  }
  return { services, actor, url, base: `/intake/${token}` }
}

export const loader = guardedLoader(openIntakeLink, async (page) =>
  loadIntake(await door(page), page.params.screen),
)

export const action = guardedAction({
  begin: [openIntakeLink, async (page) => postBegin(await door(page), page.form)],
  save: [openIntakeLink, async (page) => postScreen(await door(page), page.params.screen, page.form, false)],
  skip: [openIntakeLink, async (page) => postScreen(await door(page), page.params.screen, page.form, true)],
  'take-back': [
    openIntakeLink,
    async (page) => postTakeBack(await door(page), page.params.screen, page.form),
  ],
  finish: [openIntakeLink, async (page) => postFinish(await door(page), page.form)],
})

export const handle = { hydrate: true }

export function meta() {
  return [{ name: 'robots', content: 'noindex' }]
}

export default function IntakeByLink() {
  const view = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return <QuestionFlow view={view} problem={answer && 'errors' in answer ? answer : undefined} />
}
