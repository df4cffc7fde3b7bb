import { useLoaderData } from 'react-router'
import { assessmentsOfPerson, formsWaiting, peopleToLookAtAgain } from '../../assess/index.server.ts'
import { appointmentsOfPerson, consentState, plansOfPerson } from '../../plan/index.server.ts'
import { ownPersonId } from '../../platform/actor.ts'
import { runQuery } from '../../platform/command.server.ts'
import { guardedLoader, notFound } from '../../platform/page.server.ts'
import { dayInWords, localDateOf, timeInWords } from '../../platform/time.ts'
import { ButtonLink, EmptyState, LinkList, PageHead, Section } from '../../ui/index.ts'
import { currentCheckIns } from '../check-in.ts'
import { daysKept } from '../days-kept.ts'
import { daysKeptInWords } from '../days-kept-words.ts'
import { openPortal } from '../follow-up-access.ts'
import { checkInsOfPerson } from '../follow-up-queries.server.ts'
import { hasBegun, nextSteps } from '../next-steps.ts'

export const loader = guardedLoader(openPortal, async ({ services, actor, clinic }) => {
  const personId = ownPersonId(actor) ?? notFound()
  return runQuery(services, actor, async ({ db, at, audit }) => {
    const today = localDateOf(at, clinic.timeZone)
    const checkIns = currentCheckIns(await checkInsOfPerson(db, clinic.id, personId))
    const assessments = await assessmentsOfPerson(db, clinic.id, personId)
    const plans = await plansOfPerson(db, clinic.id, personId)
    const consent = await consentState(db, clinic.id, personId)
    const next = (await appointmentsOfPerson(db, clinic.id, personId))
      .filter((visit) => visit.cancelledAt === undefined && visit.endsAt > at)
      .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))[0]
    audit.read(openPortal.id, { personId, object: 'portal' })
    const facts = {
      intakeOpen: assessments.some((assessment) => assessment.intakeCompletedAt === undefined),
      // Documents belong to a treatment: before there is a plan nobody is asked to sign.
      toSign: plans.length > 0 ? consent.missing.map((document) => document.title) : [],
      checkedInToday: checkIns.some((entry) => entry.forDate === today),
      hasPlan: plans.length > 0,
      formsWaiting: await formsWaiting(db, clinic.id, personId),
    }
    return {
      today: dayInWords(at, clinic.timeZone),
      name: actor.kind === 'member' ? actor.name.split(' ')[0] : undefined,
      steps: nextSteps(facts),
      // Whether, not what: what changed is spoken about, not read on a screen.
      looksAgain: plans.length > 0 && (await peopleToLookAtAgain(db, clinic.id, [personId])).size > 0,
      begun: hasBegun(facts) || checkIns.length > 0,
      checkedInToday: facts.checkedInToday,
      kept: daysKeptInWords(daysKept(checkIns, today)),
      next: next && {
        day: dayInWords(next.startsAt, clinic.timeZone),
        from: timeInWords(next.startsAt, clinic.timeZone),
        until: timeInWords(next.endsAt, clinic.timeZone),
        where: next.roomName,
        sessionNumber: next.sessionNumber,
      },
    }
  })
})

export function meta() {
  return [{ title: 'Today' }]
}

export default function PortalToday() {
  const { today, name, steps, next, kept, checkedInToday, begun, looksAgain } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead kicker={today} title={name ? `Hello, ${name}` : 'Hello'} />
      <Section title="Your next steps">
        {steps.length > 0 ? (
          <LinkList items={steps} />
        ) : (
          <EmptyState title="Nothing is waiting for you">
            <p>
              {begun
                ? 'You can always look at your days or write to us by telephone.'
                : 'What there is to do will stand here.'}
            </p>
          </EmptyState>
        )}
      </Section>
      {looksAgain && (
        <Section title="Before your next session">
          <p>
            Something we know about you has changed, so your clinician will look at this again. They will get
            in touch if anything follows from it. You do not have to do anything.
          </p>
        </Section>
      )}
      {next && (
        <Section title="Your next visit">
          <p>
            <strong>{next.day}</strong>, {next.from} to {next.until}, {next.where}. Session{' '}
            {next.sessionNumber}.
          </p>
          <p>
            <a href="/portal/appointments">What to prepare, and how to move it</a>
          </p>
        </Section>
      )}
      <Section title="Your days">
        <div className="stack">
          <p>
            {kept.length > 0 ? kept.join(' ') : 'Your check-ins will tell you here how the days have been.'}
          </p>
          <div className="row">
            {checkedInToday && (
              <ButtonLink kind="quiet" href="/portal/check-in">
                Change today's check-in
              </ButtonLink>
            )}
            <ButtonLink kind="quiet" href="/portal/calendar">
              Your calendar
            </ButtonLink>
            <ButtonLink kind="quiet" href="/portal/progress">
              See how it has been going
            </ButtonLink>
          </div>
        </div>
      </Section>
    </>
  )
}
