import { guardedAction } from '../../platform/page.server.ts'
import { answerIntake } from '../assess-access.ts'
import { postAnswer } from '../intake-page.server.ts'

/** Takes one answer at a time from a page with script; answers in JSON. */
export const action = guardedAction({
  answer: [
    answerIntake,
    async ({ services, actor, url, form }) => postAnswer({ services, actor, url, base: '' }, form),
  ],
})
