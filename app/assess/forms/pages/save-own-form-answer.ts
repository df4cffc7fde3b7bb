import { guardedAction } from '../../../platform/page.server.ts'
import { answerForm } from '../../assess-access.ts'
import { postOwnAnswer } from '../own-form-page.server.ts'

/** Takes one answer at a time from a page with script; answers in JSON. */
export const action = guardedAction({ answer: [answerForm, postOwnAnswer] })
