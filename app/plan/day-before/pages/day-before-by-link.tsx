import { useActionData, useLoaderData } from 'react-router'
import { actorOfLink } from '../../../identity/index.server.ts'
import type { FormAnswer } from '../../../platform/form.ts'
import { guardedAction, guardedLoader, notFound, type PageArgs } from '../../../platform/page.server.ts'
import { PageHead } from '../../../ui/index.ts'
import { openDayBeforeLink } from '../day-before-access.ts'
import { callUs, ownGate, postOwnGate } from '../own-gate.server.ts'
import { CallUs, OwnGate } from '../own-gate.tsx'

/** The request as the bearer of its link makes it, in the clinic of the link. */
async function bearer<Page extends PageArgs>(page: Page): Promise<Page | undefined> {
  const actor = await actorOfLink(page.services, page.params.token ?? '', 'day-before')
  return actor && { ...page, actor, clinic: await page.services.clinicProfile(actor.clinicId) }
}

export const loader = guardedLoader(openDayBeforeLink, async (page) => {
  const held = await bearer(page)
  return held ? ownGate(held) : ({ kind: 'ended', ...callUs(page.clinic) } as const)
})

export const action = guardedAction<FormAnswer | Response>({
  answer: [openDayBeforeLink, async (page) => postOwnGate((await bearer(page)) ?? notFound())],
})

export function meta() {
  return [{ title: 'Before your visit' }]
}

export default function DayBeforeByLink() {
  const page = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  if (page.kind !== 'ended')
    return <OwnGate page={page} answer={answered && 'errors' in answered ? answered : undefined} />
  return (
    <>
      <PageHead
        title="This link has ended"
        lead="Links of this kind end when the visit is over, or when a newer one is made: then the newest opens the questions."
      />
      <p>
        <CallUs page={page} />
      </p>
    </>
  )
}
