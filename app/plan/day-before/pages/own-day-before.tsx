import { useActionData, useLoaderData } from 'react-router'
import type { FormAnswer } from '../../../platform/form.ts'
import { guardedAction, guardedLoader } from '../../../platform/page.server.ts'
import { answerDayBefore, readOwnDayBefore } from '../day-before-access.ts'
import { ownGate, postOwnGate } from '../own-gate.server.ts'
import { OwnGate } from '../own-gate.tsx'

export const loader = guardedLoader(readOwnDayBefore, (page) => ownGate(page))

export const action = guardedAction<FormAnswer | Response>({
  answer: [answerDayBefore, (page) => postOwnGate(page)],
})

export function meta() {
  return [{ title: 'Before your visit' }]
}

export default function OwnDayBefore() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  return <OwnGate page={page} answer={answered && 'errors' in answered ? answered : undefined} />
}
