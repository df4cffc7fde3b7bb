import { useLoaderData } from 'react-router'
import { personById } from '../../identity/index.server.ts'
import { ownPersonId } from '../../platform/actor.ts'
import { runQuery } from '../../platform/command.server.ts'
import { guardedLoader, notFound } from '../../platform/page.server.ts'
import { dateInWords } from '../../platform/time.ts'
import { ButtonLink, PageHead, Section } from '../../ui/index.ts'
import { readOwnProgress } from '../measure-access.ts'
import courseCss from '../person/course.css?url'
import type { CourseFigure } from '../person/course-csv.ts'
import { DoseTable, ExposurePart } from '../person/exposure-part.tsx'
import { personCourse } from '../person/person-course.server.ts'
import { ScoreFigures } from '../person/score-figures.tsx'
import { UseHeat } from '../person/use-heat.tsx'

export const loader = guardedLoader(readOwnProgress, async ({ services, actor, clinic }) => {
  const personId = ownPersonId(actor) ?? notFound()
  return runQuery(services, actor, async (needs) => {
    const person = (await personById(needs.db, clinic.id, personId)) ?? notFound()
    const course = await personCourse(needs, personId, clinic)
    needs.audit.read(readOwnProgress.id, { personId, object: 'progress' })
    return {
      synthetic: person.synthetic,
      lines: course.lines,
      doses: course.doses,
      from: course.from,
      use: course.use,
      exposure: course.exposure,
      kept: course.kept,
      lastUsed: course.kept.lastUsed && dateInWords(course.kept.lastUsed),
    }
  })
})

export function links() {
  return [{ rel: 'stylesheet', href: courseCss }]
}

export function meta() {
  return [{ title: 'How it has been going' }]
}

export default function Progress() {
  const { synthetic, lines, doses, from, use, exposure, kept, lastUsed } = useLoaderData<typeof loader>()
  const note = synthetic ? 'Invented person.' : undefined
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
          <UseHeat use={use} note={note} own />
          <Numbers of="days" />
          <p className="row">
            <ButtonLink kind="quiet" href="/portal/calendar">
              Tell or change a day
            </ButtonLink>
            <ButtonLink kind="quiet" href="/portal/check-ins">
              All your check-ins
            </ButtonLink>
          </p>
        </div>
      </Section>
      <Section title="Your scores">
        <ScoreFigures lines={lines} doses={doses} from={from} note={note} own />
        {lines.length > 0 && <Numbers of="scores" />}
      </Section>
      {doses.length > 0 && (
        <Section title="What you were given here">
          <ExposurePart exposure={exposure} />
          <DoseTable doses={doses} linked={false} />
          <p>
            Ketamine that is given again and again can irritate the bladder and dull memory, and some people
            come to like it for itself. Your team asks about all three; tell them at any time what you notice.
          </p>
          <Numbers of="doses" />
        </Section>
      )}
    </>
  )
}

/** The numbers behind a section as a file. */
function Numbers({ of }: { of: CourseFigure }) {
  return (
    <p>
      <a href={`/portal/progress/numbers/${of}`}>These numbers as a file (CSV)</a>
    </p>
  )
}
