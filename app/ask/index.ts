export type { RequestAnswers, RequestId } from './request.ts'
