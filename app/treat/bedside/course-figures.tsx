import { memo } from 'react'
import { ConcentrationChart, DataTable, Figure, Notice } from '../../ui/index.ts'
import {
  COURSE_MODEL,
  endMissingSince,
  levelsAt,
  type NoPrediction,
  type PredictedCourse,
  type PredictedPerson,
} from '../course/predicted-course.ts'
import type { AxisEvent, SessionAxis } from '../course/session-axis.ts'

type Drawn = {
  readonly course: PredictedCourse
  readonly axis: SessionAxis
  readonly events: readonly AxisEvent[]
  /** The present or chosen minute: lines are solid up to it and dotted from it on. */
  readonly nowMinute: number
}

/** Why there is no curve, and what to do about it. */
export function NoCourse({ reason }: { reason: NoPrediction['reason'] }) {
  if (reason === 'other-route') {
    return (
      <Notice title="No curve: this dose was not pumped">
        <p>
          The lines of a session are those of ketamine from a pump. How fast a muscle, the skin, the nose or
          the mouth gives a dose on is not known well enough to draw it here.
        </p>
      </Notice>
    )
  }
  return reason === 'weight-unknown' ? (
    <Notice title="No curve: the weight behind this dose is not on record here">
      <p>
        The same mg are twice the level in half the weight, so without it no line is drawn. Weigh the person
        and record it with the assessment; the next order then carries a weight. What is measured below
        stands.
      </p>
    </Notice>
  ) : (
    <Notice title="No curve: these figures cannot be computed with">
      <p>Weight, rate or times of this infusion are not figures a model can use. Look at the log below.</p>
    </Notice>
  )
}

/** Predicted levels in artery and effect with their bands, how they are meant, and the same as a table. */
export const CourseFigure = memo(function CourseFigure({
  course,
  axis,
  events,
  nowMinute,
  person,
  clock,
}: Drawn & { person: PredictedPerson; clock: (instant: string) => string }) {
  const planned = { plannedFromMinute: nowMinute }
  return (
    <Figure
      title="Predicted ketamine in blood of the artery, and its effect"
      definition={
        <CourseWords
          course={course}
          person={person}
          ahead={nowMinute < axis.endMinute}
          nowMinute={nowMinute}
        />
      }
      tableLabel="The predicted levels as a table"
      table={<LevelsTable course={course} axis={axis} nowMinute={nowMinute} clock={clock} />}
    >
      <ConcentrationChart
        heading="Artery and effect, predicted"
        lines={[
          {
            key: 'artery',
            label: 'artery',
            minutes: course.minutes,
            ngPerMl: course.arterial,
            band: course.arterialBand,
            series: 1,
            ...planned,
          },
          {
            key: 'effect',
            label: 'effect',
            minutes: course.minutes,
            ngPerMl: course.effect,
            band: course.effectBand,
            series: 2,
            ...planned,
          },
        ]}
        startMinute={axis.startMinute}
        endMinute={axis.endMinute}
        events={events}
        given={course.given}
        nowMinute={nowMinute}
        alt={altOf(course, nowMinute)}
      />
    </Figure>
  )
})

function altOf(course: PredictedCourse, nowMinute: number): string {
  const now = levelsAt(course, nowMinute)
  const peak = course.peak
    ? `highest about ${Math.round(course.peak.ngPerMl)} ng/mL at minute ${Math.round(course.peak.atMinute)}`
    : 'nothing was given'
  return `Predicted course over the session: ${peak}${now ? `; at minute ${Math.floor(nowMinute)} about ${Math.round(now.arterial)} in the artery and ${Math.round(now.effect)} at the site of effect` : ''}.`
}

/** What the lines are, whose, how sure, and what they leave out. */
function CourseWords({
  course,
  person,
  ahead,
  nowMinute,
}: {
  course: PredictedCourse
  person: PredictedPerson
  nowMinute: number
  /** Whether part of the picture lies in the future. */
  ahead: boolean
}) {
  const { default: effect } = COURSE_MODEL.effectSites
  const [low, high] = effect?.halfLifeMin.interval95 ?? []
  return (
    <>
      <p>
        <strong>Not a dosing instruction.</strong> A model is a handful of numbers found in other people; the
        lines are its typical person of {person.weightKg} kg
        {person.ageYears === undefined ? ', age not known' : ` and ${person.ageYears} years`}, given what this
        log says. The person in the chair may lie elsewhere: look at them first.
      </p>
      <p>
        {COURSE_MODEL.title} ({COURSE_MODEL.population}), blood of the artery, as the brain sees it; a
        laboratory draws from a vein, which is shown apart. The effect follows with a half-life of{' '}
        {effect?.halfLifeMin.value} min ({low?.toFixed(1)} to {high?.toFixed(1)}). Shaded: between these
        levels lie nine people in ten, if the model is right; how much people differ is a surrogate, as the
        model’s own figures were not available. Not accounted for: other drugs, the liver, anything taken
        before.{ahead && ` Dotted: from now on, ${futureWords(course, nowMinute)}.`}
      </p>
    </>
  )
}

function futureWords(course: PredictedCourse, nowMinute: number): string {
  const { pump, plannedEndMinute = 0 } = course
  if (pump === 'ended' || endMissingSince(course, nowMinute) !== undefined) return 'if nothing more is given'
  if (pump === 'stands') return 'while the pump stands'
  return `if the pump runs on as it is set and is empty at minute ${Math.round(plannedEndMinute)}`
}

/** What stands above the picture when the log or the person asks for it. */
export function CourseRemarks({ course, nowMinute }: { course: PredictedCourse; nowMinute: number }) {
  const { scaled, warnings, peakBounds } = course
  const empty = endMissingSince(course, nowMinute)
  return (
    <>
      {empty !== undefined && (
        <Notice title="No end of the infusion is on record">
          <p>
            By rate and times the syringe is empty since minute {Math.round(empty)}, and the lines are drawn
            so. If the pump still runs, they are too low. Record the end as it was.
          </p>
        </Notice>
      )}
      {warnings.length > 0 && (
        <Notice title="Read the lines with more doubt">
          {warnings.map((words) => (
            <p key={words}>{words[0]!.toUpperCase() + words.slice(1)}.</p>
          ))}
          {peakBounds && (
            <p>
              The shaded bands are wider for it. The highest typical level may lie anywhere from{' '}
              {Math.round(peakBounds.lowNgPerMl)} to {Math.round(peakBounds.highNgPerMl)} ng/mL, depending on
              what is believed.
            </p>
          )}
        </Notice>
      )}
      {scaled && (
        <p className="bedside-hint">
          {scaled.recordedMg} mg are on record as given; rate and times make {scaled.byRateMg} mg. The record
          counts: the lines are drawn for {scaled.recordedMg} mg.
        </p>
      )}
    </>
  )
}

/** The draw from a vein that a laboratory would find: an estimate, in a picture of its own. */
export const VenousFigure = memo(function VenousFigure({ course, axis, events, nowMinute }: Drawn) {
  const planned = { plannedFromMinute: nowMinute }
  const now = levelsAt(course, nowMinute)
  return (
    <Figure
      title="Expected lab draw (venous, estimated)"
      definition="The line of the artery through a delay of the arm that was chosen here so that a standard infusion ends at 185 ng/mL; shaded: the range of that delay, not of people. Nobody published it. Beside it, as “Clements”, a published one from venous blood of five healthy people (Clements 1981). Not to be held against the artery’s line."
    >
      <ConcentrationChart
        heading="Vein, estimated"
        lines={[
          {
            key: 'vein',
            label: 'estimate',
            minutes: course.minutes,
            ngPerMl: course.venous,
            band: course.venousBand,
            series: 3,
            ...planned,
          },
          ...(course.venousPublished
            ? [
                {
                  key: 'clements',
                  label: 'Clements',
                  minutes: course.minutes,
                  ngPerMl: course.venousPublished,
                  series: 4 as const,
                  ...planned,
                },
              ]
            : []),
        ]}
        startMinute={axis.startMinute}
        endMinute={axis.endMinute}
        events={events}
        given={course.given}
        nowMinute={nowMinute}
        alt={`Estimated draw from a vein${now ? `: about ${Math.round(now.venous)} ng/mL at minute ${Math.floor(nowMinute)}` : ''}.`}
      />
    </Figure>
  )
})

const TABLE_EVERY_MIN = 10

function LevelsTable({
  course,
  axis,
  nowMinute,
  clock,
}: {
  course: PredictedCourse
  axis: SessionAxis
  nowMinute: number
  clock: (instant: string) => string
}) {
  const rows = Array.from({ length: Math.floor(axis.endMinute / TABLE_EVERY_MIN) + 1 }, (_, index) => ({
    minute: index * TABLE_EVERY_MIN,
    levels: levelsAt(course, index * TABLE_EVERY_MIN),
  }))
  type Row = (typeof rows)[number]
  const figure = (key: string, head: string, cell: (levels: NonNullable<Row['levels']>) => string) => ({
    key,
    head,
    unit: 'ng/mL',
    align: 'figure' as const,
    cell: ({ levels }: Row) => (levels ? cell(levels) : 'not drawn'),
  })
  const span = (low: number, high: number) => `${Math.round(low)}–${Math.round(high)}`
  return (
    <DataTable
      caption="Predicted levels every ten minutes"
      captionHidden
      rows={rows}
      rowKey={({ minute }) => String(minute)}
      empty={null}
      columns={[
        { key: 'minute', head: 'Minute', align: 'figure', names: true, cell: ({ minute }: Row) => minute },
        {
          key: 'time',
          head: 'Time',
          cell: ({ minute }: Row) => clock(new Date(axis.zeroMs + minute * 60_000).toISOString()),
        },
        figure('artery', 'Artery', ({ arterial }) => String(Math.round(arterial))),
        figure('artery-band', 'Artery, 9 in 10', (l) => span(l.arterialLow, l.arterialHigh)),
        figure('effect', 'Effect', ({ effect }) => String(Math.round(effect))),
        figure('effect-band', 'Effect, 9 in 10', (l) => span(l.effectLow, l.effectHigh)),
        figure('vein', 'Vein, estimated', ({ venous }) => String(Math.round(venous))),
        {
          key: 'known',
          head: 'Given',
          cell: ({ minute }: Row) => givenWords(course, minute, nowMinute),
        },
      ]}
    />
  )
}

/** How it is known what had been given by a minute. */
function givenWords(course: PredictedCourse, minute: number, nowMinute: number): string {
  const empty = endMissingSince(course, nowMinute)
  if (empty !== undefined && minute > empty) return 'taken to be empty'
  return minute <= nowMinute ? 'as recorded' : 'if it goes on so'
}
