export { type ConsultationRequest, requestById } from './ask-queries.server.ts'
export { acceptRequest, assignRequest, declineRequest, replyToRequest } from './handle-request.server.ts'
export { forgetDraftsJob } from './jobs.server.ts'
export { submitRequest } from './submit-request.server.ts'
