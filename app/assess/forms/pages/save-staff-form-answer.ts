import { guardedAction } from '../../../platform/page.server.ts'
import { layForms } from '../../assess-access.ts'
import { postStaffAnswer } from '../staff-form-page.server.ts'

/** Takes one answer at a time from a page with script; answers in JSON. */
export const action = guardedAction({ answer: [layForms, postStaffAnswer] })
