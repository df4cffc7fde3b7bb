import { useActionData, useLoaderData } from 'react-router'
import { actorOfLink } from '../../identity/index.server.ts'
import { type Actor, ownPersonId } from '../../platform/actor.ts'
import { type ClinicProfile, phoneHref } from '../../platform/clinic-profile.ts'
import { runCommand, runQuery } from '../../platform/command.server.ts'
import { parseForm } from '../../platform/form.ts'
import { type Id, parseId } from '../../platform/ids.ts'
import { goTo, guardedAction, guardedLoader, notFound, type PageArgs } from '../../platform/page.server.ts'
import { dateInWords, localDateOf } from '../../platform/time.ts'
import { Button, ButtonLink, FormActions, Notice, PageHead, Section } from '../../ui/index.ts'
import { CheckInFields } from '../check-in-fields.tsx'
import { CHECK_IN_LISTS, checkInForm, toAnswers } from '../check-in-schema.ts'
import { openCheckInLink, readOwnCheckIns } from '../follow-up-access.ts'
import { checkInOfDay, saidStop } from '../follow-up-queries.server.ts'
import { resumeInvitations, stopInvitations } from '../invitations.server.ts'
import { submitCheckIn } from '../submit-check-in.server.ts'
import { WordsOfDanger } from '../words-of-danger.tsx'

/** Who holds this link, and the clinic it belongs to, which need not be the one that answers at this address. */
async function bearer({
  services,
  params,
}: PageArgs): Promise<{ actor: Actor; clinic: ClinicProfile } | undefined> {
  const actor = await actorOfLink(services, params.token ?? '', 'check-in')
  return actor && { actor, clinic: await services.clinicProfile(actor.clinicId) }
}

export const loader = guardedLoader(openCheckInLink, async (page) => {
  const held = await bearer(page)
  if (!held) {
    return {
      known: false,
      phoneDisplay: page.clinic.phoneDisplay,
      phoneHref: phoneHref(page.clinic.phoneDisplay),
    } as const
  }
  const { actor, clinic } = held
  const { services, url } = page
  const personId = ownPersonId(actor)!
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const today = localDateOf(at, clinic.timeZone)
    audit.read(readOwnCheckIns.id, { personId, object: 'check-in', objectId: today })
    // What was said earlier is not shown here: a link may be in other hands than the person's.
    const answered = (await checkInOfDay(db, clinic.id, personId, today)) !== undefined
    return {
      known: true,
      done: url.searchParams.get('done'),
      help: url.searchParams.has('help'),
      again: url.searchParams.has('again'),
      path: url.pathname,
      formKey: services.ids.next<'check-in'>(),
      choiceKey: services.ids.next<'check-in-choice'>(),
      day: dateInWords(today),
      answered,
      stopped: await saidStop(db, clinic.id, personId),
      clinicName: clinic.name,
      phoneDisplay: clinic.phoneDisplay,
      phoneHref: phoneHref(clinic.phoneDisplay),
    } as const
  })
})

const choose = (command: typeof stopInvitations, code: string) =>
  [
    openCheckInLink,
    async (page: PageArgs & { form: FormData }) => {
      const held = (await bearer(page)) ?? notFound()
      const key = parseId<'check-in-choice'>(page.form.get('key')) ?? notFound()
      const outcome = await runCommand(page.services, held.actor, command, { key })
      if (!outcome.ok) notFound()
      return goTo(`${page.url.pathname}?done=${code}`)
    },
  ] as const

export const action = guardedAction({
  'check-in': [
    openCheckInLink,
    async (page) => {
      const held = (await bearer(page)) ?? notFound()
      const parsed = parseForm(checkInForm, page.form, CHECK_IN_LISTS)
      if (!parsed.ok) return parsed.answer
      const kept = await runCommand(page.services, held.actor, submitCheckIn, {
        key: parsed.value.key as Id<'check-in'>,
        answers: toAnswers(parsed.value),
      })
      if (!kept.ok) notFound()
      const help = kept.value.help ? '&help' : ''
      return goTo(`${page.url.pathname}?done=${kept.value.corrected ? 'corrected' : 'kept'}${help}`)
    },
  ],
  stop: choose(stopInvitations, 'stopped'),
  'go-on': choose(resumeInvitations, 'going-on'),
})

export function meta() {
  return [{ title: 'Two minutes for you' }]
}

export default function LinkCheckIn() {
  const page = useLoaderData<typeof loader>()
  const given = useActionData<typeof action>()
  const answer = given && 'errors' in given ? given : undefined
  if (!page.known) {
    return (
      <>
        <PageHead
          title="This link has ended"
          lead="Links of this kind are good for eight days. Nothing you sent before is lost."
        />
        <p>
          The next message brings a new one, or you can <a href="/sign-in?next=/portal/check-in">sign in</a>
          {page.phoneHref && (
            <>
              {' '}
              or call us on <a href={page.phoneHref}>{page.phoneDisplay}</a>
            </>
          )}
          .
        </p>
      </>
    )
  }
  const { done, help, path } = page
  const thanks = done === 'kept' || done === 'corrected'
  return (
    <>
      {help && <WordsOfDanger />}
      {thanks && (
        <>
          <PageHead
            title="Thank you"
            lead={
              done === 'kept'
                ? 'Your check-in is kept.'
                : 'Your change is kept; the earlier entry stays in the history.'
            }
          />
          <p>You can close this page now.</p>
          <FormActions>
            <ButtonLink kind="quiet" href={`${path}?again`}>
              Change what I sent
            </ButtonLink>
            <ButtonLink kind="plain" href="/portal">
              Sign in and see my days
            </ButtonLink>
          </FormActions>
        </>
      )}
      {done === 'stopped' && (
        <Notice state="calm" announce="status" title="We will not ask you any more">
          <p>This link still opens the check-in whenever you want it.</p>
        </Notice>
      )}
      {done === 'going-on' && (
        <Notice state="calm" announce="status" title="We will ask you again from now on." />
      )}
      {!thanks && (
        <>
          <PageHead
            kicker={page.day}
            title="How are you today?"
            lead="Two minutes. Leave open what you do not want to answer."
          />
          {page.answered && !page.again && !answer && (
            <Notice state="calm" title="Today's check-in has come in already">
              <p>Sending another one corrects it; the earlier one stays in the history.</p>
            </Notice>
          )}
          <CheckInFields
            formKey={page.formKey}
            values={answer?.values ?? {}}
            answer={answer}
            submitLabel={page.answered ? 'Send the change' : 'Send my check-in'}
            clinicName={page.clinicName}
            phoneDisplay={page.phoneDisplay}
            phoneHref={page.phoneHref}
          />
        </>
      )}
      <AboutBeingAsked stopped={page.stopped} choiceKey={page.choiceKey} action={path} />
    </>
  )
}

function AboutBeingAsked({
  stopped,
  choiceKey,
  action,
}: {
  stopped: boolean
  choiceKey: string
  action: string
}) {
  return (
    <Section title="Being asked" tone="plain">
      <div className="stack">
        <p>
          {stopped
            ? 'You said that you do not want to be asked. You can check in whenever you like.'
            : 'We ask every day for four weeks, then twice a week until three months, then once a week for a year.'}
        </p>
        <form method="post" action={action}>
          <input type="hidden" name="intent" value={stopped ? 'go-on' : 'stop'} />
          <input type="hidden" name="key" value={choiceKey} />
          <Button kind="quiet" type="submit">
            {stopped ? 'Ask me again' : 'Do not ask me any more'}
          </Button>
        </form>
      </div>
    </Section>
  )
}
