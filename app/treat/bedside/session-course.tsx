import { type ReactNode, useMemo } from 'react'
import { Section } from '../../ui/index.ts'
import {
  levelsAt,
  type PredictedCourse,
  type PredictedPerson,
  predictedCourse,
} from '../course/predicted-course.ts'
import { pumpEvents, type SessionAxis, sessionAxis } from '../course/session-axis.ts'
import type { SessionDose, SessionState } from '../session/session.ts'
import { CourseFigure, CourseRemarks, NoCourse, VenousFigure } from './course-figures.tsx'
import { VitalsCourse } from './vitals-panel.tsx'

/** The line of the present moves this often; everything else waits for the next entry of the log. */
const NOW_STEP_MIN = 0.5

/**
 * The session over its minutes: where the person probably is on the ketamine curve, and beneath it, over the same
 * minutes, what was measured. Computed anew only when the pump's part of the log changes; a tick moves one line.
 */
export function SessionCourse({
  state,
  person,
  nowMs,
  clock,
  axis: given,
  actions,
}: {
  /** The fold of the log; the same object while no entry was added. */
  state: SessionState
  person: PredictedPerson
  nowMs: number
  clock: (instant: string) => string
  /** The minutes to draw over; those of the log as it stands unless told. */
  axis?: SessionAxis
  actions?: ReactNode
}) {
  const axis = useMemo(() => given ?? sessionAxis(state), [given, state])
  const events = useMemo(
    () => (state.dose && axis ? pumpEvents(state.dose, axis.endMinute - axis.startMinute) : []),
    [state, axis],
  )
  const { weightKg, ageYears, sex } = person
  const whose = useMemo(() => ({ weightKg, ageYears, sex }), [weightKg, ageYears, sex])
  // By what the pump did, not by the fold: a reading changes no line.
  const pump = state.dose && JSON.stringify(state.dose)
  const endMinute = axis?.endMinute
  const course = useMemo(
    () =>
      pump && endMinute !== undefined
        ? predictedCourse(JSON.parse(pump) as SessionDose, whose, endMinute)
        : undefined,
    [pump, endMinute, whose],
  )
  if (!axis || !course) return <VitalsCourse state={state} axis={axis} events={events} clock={clock} />
  const sinceMin = Math.min((nowMs - axis.zeroMs) / 60_000, axis.endMinute + 1)
  const nowMinute = Math.floor(sinceMin / NOW_STEP_MIN) * NOW_STEP_MIN
  const drawn = course.ok ? { course, axis, events, nowMinute } : undefined
  return (
    <Section
      title={state.phase === 'leave' ? 'The course of this session' : 'Where the person probably is'}
      actions={actions}
    >
      {drawn ? (
        <>
          <NowWords course={drawn.course} nowMinute={nowMinute} />
          <CourseRemarks course={drawn.course} nowMinute={nowMinute} />
          <CourseFigure {...drawn} person={whose} clock={clock} />
        </>
      ) : (
        !course.ok && <NoCourse reason={course.reason} />
      )}
      <VitalsCourse state={state} axis={axis} events={events} clock={clock} />
      {drawn && (
        <details className="disclosure">
          <summary>Expected lab draw (venous, estimated)</summary>
          <VenousFigure {...drawn} />
        </details>
      )}
    </Section>
  )
}

/** The typical levels at this minute in a sentence, rounded as far as they deserve. */
function NowWords({ course, nowMinute }: { course: PredictedCourse; nowMinute: number }) {
  const now = levelsAt(course, nowMinute)
  if (!now) return null
  if (Math.round(now.arterialHigh) === 0) {
    return (
      <p className="course-now">
        Minute {Math.floor(nowMinute)}: nothing to speak of in the blood yet. Predicted, not measured.
      </p>
    )
  }
  const rough = (ngPerMl: number) => (ngPerMl < 20 ? Math.round(ngPerMl) : Math.round(ngPerMl / 5) * 5)
  return (
    <p className="course-now">
      Minute {Math.floor(nowMinute)}: about <strong>{rough(now.arterial)} ng/mL</strong> in the artery (nine
      people in ten: {rough(now.arterialLow)} to {rough(now.arterialHigh)}), about{' '}
      <strong>{rough(now.effect)}</strong> at the site of effect ({rough(now.effectLow)} to{' '}
      {rough(now.effectHigh)}). Predicted, not measured.
    </p>
  )
}
