import type { ReactNode } from 'react'
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
import { personCourse, type ScoreCourse } from '../person/person-course.server.ts'
import { ScoreFigures } from '../person/score-figures.tsx'
import type { ScorePointOfDay } from '../person/score-lines.ts'
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
  const drawn = lines.filter(({ points }) => points.length > 1)
  const once = lines.filter(({ points }) => points.length === 1)
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
              In your check-ins you told of no use on <strong>{kept.kept}</strong> of the last {kept.of}{' '}
              {kept.of === 1 ? 'day' : 'days'}.
              {kept.used > 0 && ` There was use on ${kept.used}${lastUsed ? `, last on ${lastUsed}` : ''}.`}
              {kept.unknown > 0 && ` ${kept.unknown} are not known.`}
            </p>
          ) : (
            <p>Your check-ins will tell you here how the days have been.</p>
          )}
          <More summary="Day by day">
            <UseHeat use={use} note={note} own />
            <Numbers of="days" />
          </More>
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
        <div className="stack">
          {lines.length === 0 ? (
            <ScoreFigures lines={[]} doses={doses} from={from} note={note} own />
          ) : (
            <p className="measure">The first and the newest answer of each. Open one to see its course.</p>
          )}
          {drawn.map((line) => (
            <More key={line.key} summary={line.about} beside={firstAndNewest(line)}>
              <ScoreFigures lines={[line]} doses={doses} from={from} note={note} own />
            </More>
          ))}
          {once.length > 0 && (
            <More summary="Answered once so far" beside={`${once.length} of your questionnaires`}>
              <ScoreFigures lines={once} doses={doses} from={from} note={note} own />
            </More>
          )}
          {lines.length > 0 && <Numbers of="scores" />}
        </div>
      </Section>
      {doses.length > 0 && (
        <Section title="What you were given here">
          <div className="stack">
            <p>
              {doses.length === 1 ? 'One session' : `${doses.length} sessions`} with a dose so far, the last
              on {dateInWords(doses.at(-1)!.day)}.
            </p>
            <p className="measure">
              Ketamine that is given again and again can irritate the bladder and dull memory, and some people
              come to like it for itself. Your team asks about all three; tell them at any time what you
              notice.
            </p>
            <More summary="Every dose, and how much in all">
              <ExposurePart exposure={exposure} />
              <DoseTable doses={doses} linked={false} />
              <Numbers of="doses" />
            </More>
          </div>
        </Section>
      )}
    </>
  )
}

/** What is folded away until somebody opens it; printed opened. */
function More({ summary, beside, children }: { summary: string; beside?: string; children: ReactNode }) {
  return (
    <details className="disclosure">
      <summary>
        <span>
          {summary}
          {beside !== undefined && <span className="summary-beside">{beside}</span>}
        </span>
      </summary>
      {children}
    </details>
  )
}

/** "0 to 27, lower is better: 11 on Mon 15 Jun 2026, 3 on Sat 18 Jul 2026"; answers that were not finished have no number. */
function firstAndNewest({ points, range, lowerIsBetter }: ScoreCourse): string {
  const known = points.filter(({ score }) => score !== undefined)
  const [first, newest] = [known[0], known.at(-1)]
  if (!first || !newest) return 'no finished answers yet'
  const said = ({ score, date }: ScorePointOfDay) => `${score} on ${dateInWords(date)}`
  const scale = `${range[0]} to ${range[1]}, ${lowerIsBetter ? 'lower' : 'higher'} is better`
  return `${scale}: ${first === newest ? said(first) : `${said(first)}, ${said(newest)}`}`
}

/** The numbers behind a section as a file. */
function Numbers({ of }: { of: CourseFigure }) {
  return (
    <p>
      <a href={`/portal/progress/numbers/${of}`}>These numbers as a file (CSV)</a>
    </p>
  )
}
