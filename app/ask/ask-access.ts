import { action, anyone, role, theSystem } from '../platform/access.ts'

export const readForm = action('request.read-form', anyone)
export const writeDraft = action('request.write-draft', anyone)
export const submit = action('request.submit', anyone, theSystem)
export const readState = action('request.read-state', anyone)
export const forgetDrafts = action('request.forget-drafts', theSystem)

export const readInbox = action('request.read-inbox', role('coordinator', 'manager'))
export const readRequest = action('request.read', role('coordinator', 'manager'))
export const assign = action('request.assign', role('coordinator'))
export const reply = action('request.reply', role('coordinator'))
export const accept = action('request.accept', role('coordinator'))
export const decline = action('request.decline', role('coordinator'))
/** Further links to the state of a request: for who typed its reference and what only its sender knows. */
export const findState = action('request.find-state', anyone)
/** Texts to answer with. */
export const writeTemplates = action('request.write-templates', role('coordinator', 'manager'))
