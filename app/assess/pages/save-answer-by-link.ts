import { actorOfLink } from '../../identity/index.server.ts'
import { guardedAction } from '../../platform/page.server.ts'
import { openIntakeLink } from '../assess-access.ts'
import { postAnswer } from '../intake-page.server.ts'

/** Takes one answer at a time from a page with script; answers in JSON. */
export const action = guardedAction({
  answer: [
    openIntakeLink,
    async ({ services, params, url, form }) => {
      const actor = await actorOfLink(services, params.token ?? '', 'intake')
      if (!actor) return Response.json({ saved: false }, { status: 404 })
      return postAnswer({ services, actor, url, base: '' }, form)
    },
  ],
})
