import { Fragment } from 'react'
import { useLoaderData } from 'react-router'
import { ASSESS_PAGES_OF_PERSON } from '../../assess/index.ts'
import { entriesAboutPerson } from '../../audit/index.server.ts'
import { substanceWord } from '../../follow-up/index.ts'
import { accountNames, personById } from '../../identity/index.server.ts'
import { ageYears } from '../../identity/index.ts'
import { PLAN_PAGES_OF_PERSON } from '../../plan/index.ts'
import { mayDo } from '../../platform/access.ts'
import { runQuery } from '../../platform/command.server.ts'
import { parseId } from '../../platform/ids.ts'
import { guardedLoader, notFound } from '../../platform/page.server.ts'
import { dateInWords, dayInWords, localDateOf, momentInWords } from '../../platform/time.ts'
import {
  Breadcrumb,
  DataTable,
  EmptyState,
  Facts,
  LinkList,
  PageHead,
  Section,
  StateChip,
  Timeline,
} from '../../ui/index.ts'
import { openPersonPage, readChart, readUse } from '../measure-access.ts'
import courseCss from '../person/course.css?url'
import type { CourseFigure } from '../person/course-csv.ts'
import { DoseTable, ExposurePart, WatchedPart } from '../person/exposure-part.tsx'
import { personCourse, personWay } from '../person/person-course.server.ts'
import { recordVisits } from '../person/record-visits.ts'
import { ScoreFigures } from '../person/score-figures.tsx'
import { UseHeat } from '../person/use-heat.tsx'

const VISITS_SHOWN = 12
/** Entries looked at for them. */
const ENTRIES_READ = 200
const CHECK_INS_SHOWN = 14

export const loader = guardedLoader(openPersonPage, async ({ services, actor, clinic, params }) => {
  const id = parseId<'person'>(params.id) ?? notFound()
  return runQuery(services, actor, async (needs) => {
    const { db, at, audit } = needs
    const person = (await personById(db, clinic.id, id)) ?? notFound()
    const zone = clinic.timeZone
    // The manager keeps the house and sees who looked; what is in the record is for those who treat.
    const clinical = mayDo(actor, readChart)
    const course = clinical ? await personCourse(needs, id, clinic) : undefined
    const way = clinical ? await personWay(needs, id) : undefined
    const visits = recordVisits(await entriesAboutPerson(db, clinic.id, id, ENTRIES_READ), zone, VISITS_SHOWN)
    const names = await accountNames(
      db,
      visits.filter((visit) => visit.actorKind === 'member').map((visit) => visit.actorId),
    )
    audit.read((clinical ? readChart : openPersonPage).id, { personId: id, object: 'person', objectId: id })
    return {
      person: {
        id: person.id,
        name: person.displayName,
        synthetic: person.synthetic,
        since: dayInWords(person.createdAt, zone),
        age: ageYears(person.birthDate, localDateOf(at, zone)),
        born: person.birthDate && dateInWords(person.birthDate),
        sex: person.sex,
        email: person.contact.email,
        phone: person.contact.phone,
        safeTimes: person.contact.safeTimes,
      },
      // Only what this reader may open.
      pages: [...ASSESS_PAGES_OF_PERSON, ...PLAN_PAGES_OF_PERSON]
        .filter((page) => mayDo(actor, page.action))
        .map(({ path, title }) => ({ path, title })),
      way: way && {
        assessments: way.assessments.map((assessment) => ({
          href: `/work/assessments/${assessment.id}`,
          title: `Assessment opened ${dayInWords(assessment.openedAt, zone)}`,
          text: assessment.decision
            ? `${assessment.decision === 'eligible' ? 'Eligible' : 'Not eligible'}, decided ${dayInWords(assessment.decidedAt!, zone)}${assessment.stale ? '; something it rests on has changed since' : ''}`
            : assessment.intakeCompletedAt
              ? `Intake finished ${dayInWords(assessment.intakeCompletedAt, zone)}, not decided yet`
              : 'Intake not finished yet',
        })),
        plans: way.plans.map((plan) => ({
          href: `/work/plans/${plan.id}`,
          title: plan.title,
          text: `Version ${plan.version}, made ${dayInWords(plan.createdAt, zone)}`,
        })),
      },
      course: course && {
        lines: course.lines,
        doses: course.doses,
        from: course.from,
        exposure: course.exposure,
        use: mayDo(actor, readUse) ? course.use : undefined,
        watched: mayDo(actor, readUse) ? course.watched : undefined,
        kept: course.kept,
        lastUsed: course.kept.lastUsed && dateInWords(course.kept.lastUsed),
        // With a dose they stand among the doses.
        sessions: course.sessions
          .filter(({ doseStartedAt }) => doseStartedAt === undefined)
          .map((session) => ({
            id: session.id,
            number: session.sessionNumber,
            whenInWords: session.startedAt ? momentInWords(session.startedAt, zone) : 'not begun',
            state: session.state,
          })),
        checkIns: course.checkIns
          .slice(-CHECK_INS_SHOWN)
          .reverse()
          .map((entry) => ({
            id: entry.id,
            day: dateInWords(entry.forDate),
            used: entry.used,
            substances: entry.substances.map(substanceWord).join(', '),
            craving: entry.craving0to10,
            mood: entry.mood0to10,
            words: entry.words,
          })),
        allCheckIns: course.checkIns.length,
      },
      audit: visits.map((visit) => ({
        key: String(visit.seq),
        when: momentInWords(visit.lastAt, zone),
        dateTime: visit.lastAt,
        title: visit.times > 1 ? `${visit.words}, ${visit.times} times that day` : visit.words,
        by:
          visit.actorKind === 'member'
            ? (names.get(visit.actorId) ?? 'an account that is gone')
            : visit.actorKind === 'link'
              ? 'the bearer of a secret link'
              : `the clinic's machinery (${visit.actorId})`,
      })),
    }
  })
})

export const handle = { width: 'wide' as const }

export function links() {
  return [{ rel: 'stylesheet', href: courseCss }]
}

export function meta({ loaderData }: { loaderData?: { person: { name: string } } }) {
  return [{ title: loaderData?.person.name ?? 'Person' }]
}

const SESSION_STATES: Readonly<Record<string, string>> = {
  arrive: 'Waiting for arrival',
  check: 'Checks before the dose',
  dose: 'Ready for the dose',
  monitor: 'Infusion or monitoring',
  recover: 'Recovering',
  leave: 'Ended',
}

/** The numbers behind a section as a file. */
function Numbers({ person, of }: { person: string; of: CourseFigure }) {
  return <a href={`/work/people/${person}/numbers/${of}`}>The numbers as a file (CSV)</a>
}

export default function PersonPage() {
  const { person, pages, way, course, audit } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        breadcrumb={<Breadcrumb items={[{ href: '/work/people', label: 'People' }]} />}
        title={person.name}
        state={person.synthetic ? <StateChip state="unknown" word="Invented person" /> : undefined}
        lead={`Known here since ${person.since}.`}
      />
      <Facts
        layout="columns"
        facts={[
          {
            term: 'Born',
            value: person.born,
            source: person.age === undefined ? undefined : `${person.age} years`,
          },
          { term: 'Sex', value: person.sex === 'unknown' ? undefined : person.sex },
          { term: 'Telephone', value: person.phone, source: person.safeTimes },
          { term: 'E-mail', value: person.email },
        ]}
      />
      {course && way ? (
        <>
          <p>
            {pages.map(({ path, title }) => (
              <Fragment key={path}>
                <a href={`/work/people/${person.id}/${path}`}>{title}</a> ·{' '}
              </Fragment>
            ))}
            <a href={`/work/people/${person.id}/portal`}>Portal access</a>
          </p>
          <Section title="The way here">
            {way.assessments.length + way.plans.length > 0 ? (
              <LinkList items={[...way.plans, ...way.assessments]} />
            ) : (
              <EmptyState title="No assessment yet">
                <p>An accepted request opens one.</p>
              </EmptyState>
            )}
          </Section>
          <Section
            title="Scores over time"
            actions={course.use && <Numbers person={person.id} of="scores" />}
          >
            <div className="columns">
              <ScoreFigures
                lines={course.lines}
                doses={course.doses}
                from={course.from}
                note={person.synthetic ? 'Invented person.' : undefined}
              />
            </div>
          </Section>
          {course.use && (
            <Section title="Use, day by day" actions={<Numbers person={person.id} of="days" />}>
              <UseHeat use={course.use} note={person.synthetic ? 'Invented person.' : undefined} />
            </Section>
          )}
          <Section
            title="Sessions and what was given"
            actions={course.use && <Numbers person={person.id} of="doses" />}
          >
            <ExposurePart exposure={course.exposure} />
            <DoseTable doses={course.doses} linked />
            <DataTable
              caption="Sessions without a dose"
              rows={course.sessions}
              rowKey={(session) => session.id}
              empty={null}
              columns={[
                {
                  key: 'number',
                  head: 'Session',
                  names: true,
                  cell: (session) => <a href={`/work/sessions/${session.id}`}>Session {session.number}</a>,
                },
                { key: 'when', head: 'Arrival', cell: (session) => session.whenInWords },
                {
                  key: 'state',
                  head: 'State',
                  cell: (session) => SESSION_STATES[session.state] ?? session.state,
                },
              ]}
            />
            {course.watched && <WatchedPart watched={course.watched} />}
          </Section>
          <Section title="Check-ins">
            {course.kept.of > 0 && (
              <p>
                By check-ins: kept {course.kept.kept} of the last {course.kept.of} days; use told on{' '}
                {course.kept.used}
                {course.lastUsed && `, last on ${course.lastUsed}`}; {course.kept.unknown} not known.
              </p>
            )}
            <DataTable
              caption={
                course.allCheckIns > course.checkIns.length
                  ? `The last ${course.checkIns.length} of ${course.allCheckIns} check-ins`
                  : 'Newest first'
              }
              rows={course.checkIns}
              rowKey={(entry) => entry.id}
              empty={
                <EmptyState title="No check-ins yet">
                  <p>They come in by the portal or by a link, from the day after the first session.</p>
                </EmptyState>
              }
              columns={[
                { key: 'day', head: 'Day', names: true, cell: (entry) => entry.day },
                {
                  key: 'used',
                  head: 'Used',
                  cell: (entry) =>
                    entry.used === 'unknown'
                      ? 'not said'
                      : entry.used === 'no'
                        ? 'no'
                        : `yes${entry.substances ? `: ${entry.substances}` : ''}`,
                },
                {
                  key: 'craving',
                  head: 'Urge',
                  unit: '0–10',
                  align: 'figure',
                  cell: (entry) => entry.craving ?? 'open',
                },
                {
                  key: 'mood',
                  head: 'Mood',
                  unit: '0–10',
                  align: 'figure',
                  cell: (entry) => entry.mood ?? 'open',
                },
                { key: 'words', head: 'In their words', cell: (entry) => entry.words ?? '–' },
              ]}
            />
          </Section>
        </>
      ) : (
        <Section title="The record">
          <p>What is in the record is shown to those who treat this person.</p>
        </Section>
      )}
      <Section title="Who opened or changed this record lately">
        {audit.length > 0 ? (
          <Timeline label="Reads and changes, newest first" items={audit} />
        ) : (
          <EmptyState title="Nobody yet">
            <p>Every read and change of this record is kept with who and when.</p>
          </EmptyState>
        )}
      </Section>
    </>
  )
}
