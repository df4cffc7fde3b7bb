import { useActionData, useLoaderData } from 'react-router'
import { ownPersonId } from '../../platform/actor.ts'
import { phoneHref } from '../../platform/clinic-profile.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { parseForm } from '../../platform/form.ts'
import type { Id } from '../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound } from '../../platform/page.server.ts'
import { dateInWords, localDateOf } from '../../platform/time.ts'
import { Notice, PageHead } from '../../ui/index.ts'
import { CheckInFields } from '../check-in-fields.tsx'
import { CHECK_IN_LISTS, checkInForm, toAnswers, toFormValues } from '../check-in-schema.ts'
import { readOwnCheckIns, submitCheckInAction } from '../follow-up-access.ts'
import { checkInOfDay } from '../follow-up-queries.server.ts'
import { submitCheckIn } from '../submit-check-in.server.ts'

export const loader = guardedLoader(readOwnCheckIns, async ({ services, actor, clinic }) => {
  const personId = ownPersonId(actor) ?? notFound()
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const today = localDateOf(at, clinic.timeZone)
    const earlier = await checkInOfDay(db, clinic.id, personId, today)
    audit.read(readOwnCheckIns.id, { personId, object: 'check-in', objectId: today })
    return {
      formKey: services.ids.next<'check-in'>(),
      day: dateInWords(today),
      earlier: earlier && toFormValues(earlier.checkIn),
      clinicName: clinic.name,
      phoneDisplay: clinic.phoneDisplay,
      phoneHref: phoneHref(clinic.phoneDisplay),
    }
  })
})

export const action = guardedAction({
  'check-in': [
    submitCheckInAction,
    async ({ services, actor, form }) => {
      const parsed = parseForm(checkInForm, form, CHECK_IN_LISTS)
      if (!parsed.ok) return parsed.answer
      const kept = await runCommand(services, actor, submitCheckIn, {
        key: parsed.value.key as Id<'check-in'>,
        answers: toAnswers(parsed.value),
      })
      if (!kept.ok) notFound()
      const help = kept.value.help ? '&help' : ''
      return goTo(`/portal/check-ins?done=${kept.value.corrected ? 'corrected' : 'kept'}${help}`)
    },
  ],
})

export function meta() {
  return [{ title: 'Check-in' }]
}

export default function CheckInPage() {
  const { formKey, day, earlier, ...clinic } = useLoaderData<typeof loader>()
  const given = useActionData<typeof action>()
  const answer = given && 'errors' in given ? given : undefined
  return (
    <>
      <PageHead
        kicker={day}
        title="How are you today?"
        lead="Two minutes. Leave open what you do not want to answer."
      />
      {earlier && !answer && (
        <Notice state="calm" title="You have checked in today">
          <p>
            Your answers are filled in. If something is different now, change it and send it again; the
            earlier entry stays in your history.
          </p>
        </Notice>
      )}
      <CheckInFields
        formKey={formKey}
        values={answer?.values ?? earlier ?? {}}
        answer={answer}
        submitLabel={earlier ? 'Send the change' : 'Send my check-in'}
        {...clinic}
      />
    </>
  )
}
