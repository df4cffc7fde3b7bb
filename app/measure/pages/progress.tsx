import { useLoaderData } from 'react-router'
import { ownPersonId } from '../../platform/actor.ts'
import { runQuery } from '../../platform/command.server.ts'
import { guardedLoader, notFound } from '../../platform/page.server.ts'
import { dateInWords, dayInWords } from '../../platform/time.ts'
import { ButtonLink, PageHead, Section } from '../../ui/index.ts'
import { readOwnProgress } from '../measure-access.ts'
import { personCourse } from '../person/person-course.server.ts'
import { ScoreFigures } from '../person/score-figures.tsx'

export const loader = guardedLoader(readOwnProgress, async ({ services, actor, clinic }) => {
  const personId = ownPersonId(actor) ?? notFound()
  return runQuery(services, actor, async (needs) => {
    const course = await personCourse(needs, personId, clinic.timeZone)
    needs.audit.read(readOwnProgress.id, { personId, object: 'progress' })
    return {
      lines: course.lines,
      marks: course.sessionMarks,
      from: course.dayZero.from,
      kept: course.kept,
      lastUsed: course.kept.lastUsed && dateInWords(course.kept.lastUsed),
      sessions: course.sessions
        .filter((session) => session.doseStartedAt !== undefined)
        .map(
          (session) =>
            `Session ${session.sessionNumber} on ${dayInWords(session.doseStartedAt!, clinic.timeZone)}`,
        ),
    }
  })
})

export function meta() {
  return [{ title: 'How it has been going' }]
}

export default function Progress() {
  const { lines, marks, from, kept, lastUsed, sessions } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="How it has been going"
        lead="Your own answers over time. They go up and down for many reasons; one point says little, the course says more."
      />
      <Section title="Your days">
        <div className="stack">
          {kept.of > 0 ? (
            <p>
              By your check-ins, you have kept <strong>{kept.kept}</strong> of the last {kept.of} days.
              {kept.used > 0 && ` There was use on ${kept.used}${lastUsed ? `, last on ${lastUsed}` : ''}.`}
              {kept.unknown > 0 && ` ${kept.unknown} are not known.`}
            </p>
          ) : (
            <p>Your check-ins will tell you here how the days have been.</p>
          )}
          <p>
            <ButtonLink kind="quiet" href="/portal/check-ins">
              All your check-ins
            </ButtonLink>
          </p>
        </div>
      </Section>
      <Section title="Your scores">
        <ScoreFigures lines={lines} sessions={marks} from={from} />
      </Section>
      {sessions.length > 0 && (
        <Section title="Your sessions">
          <ul>
            {sessions.map((session) => (
              <li key={session}>{session}</li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
