import { instrumentById } from '@evenkeel/questionnaires'
import {
  assessmentsOfPerson,
  daysOfPerson,
  decisionOf,
  responsesOfPerson,
} from '../../assess/index.server.ts'
import { calendarMonths, currentDays, monthInWords, standardDrinkSource } from '../../assess/index.ts'
import { checkInsOfPerson } from '../../follow-up/index.server.ts'
import { currentCheckIns, daysKept } from '../../follow-up/index.ts'
import { orderById, plansOfPerson, protocolOfPlan } from '../../plan/index.server.ts'
import type { OrderId } from '../../plan/index.ts'
import type { ClinicProfile } from '../../platform/clinic-profile.ts'
import type { ReadNeeds } from '../../platform/command.server.ts'
import type { PersonId } from '../../platform/ids.ts'
import { dateInWords, daysBetween, type Instant, type LocalDate, localDateOf } from '../../platform/time.ts'
import { type SessionSummary, sessionsOfPerson } from '../../treat/index.server.ts'
import type { Definition } from '../dataset/definition.ts'
import { definitionOf, definitions } from '../dataset/definitions.ts'
import { type CravingWeek, cravingWeeks } from './craving-weeks.ts'
import { exposureOf, type GivenDose, mgPerKgOf } from './exposure.ts'
import { comparedScoresDefinition, exposureDefinition, useDaysDefinition } from './person-definitions.ts'
import { type ScoreChange, scoreChange } from './score-change.ts'
import { DRAWN_INSTRUMENTS, dayZeroOf, type ScoreLine, scoreLines } from './score-lines.ts'
import { beforeAndSince, daysOfUse, findingOf, type UseDay } from './use-days.ts'
import { BLADDER_FORMS, watchedThings } from './watched.ts'

/** The question that check-ins ask too. */
const CRAVING = 'craving-nrs'

/** One line of scores with what it says and by which definitions. */
export type ScoreCourse = ScoreLine & {
  readonly change: ScoreChange
  /** Only of craving: its definition takes means of weeks, and single days are not compared. */
  readonly weeks: readonly CravingWeek[] | undefined
  readonly definitions: readonly Definition[]
}

/** A dose with the session in which it was given. */
export type SessionDose = GivenDose & {
  readonly sessionId: string
  /** When it was begun. */
  readonly at: Instant
  /** Whose weight: as it was measured, ideal, or adjusted. */
  readonly weightBasis: string | undefined
  readonly mgPerKg: number | undefined
}

/** Scores, days of use, sessions and exposure of one person, as the team's page, their own and the downloads show them. */
export async function personCourse(
  { db, at, actor }: Pick<ReadNeeds, 'db' | 'at' | 'actor'>,
  personId: PersonId,
  clinic: Pick<ClinicProfile, 'timeZone' | 'gramsPerStandardDrink' | 'standardDrinkSource'>,
) {
  const { clinicId } = actor
  const { timeZone, gramsPerStandardDrink } = clinic
  const today = localDateOf(at, timeZone)
  // A form that was set aside is no result of a treatment, whatever was answered of it.
  const responses = (await responsesOfPerson(db, clinicId, personId, DRAWN_INSTRUMENTS)).filter(
    ({ source }) => source !== 'form-set-aside',
  )
  const checkIns = await checkInsOfPerson(db, clinicId, personId)
  const current = currentCheckIns(checkIns)
  const sessions = await sessionsOfPerson(db, clinicId, personId)
  const doses = await dosesOf({ db, actor }, sessions, timeZone)
  const firstDose = doses[0]?.day
  const dayZero = dayZeroOf(firstDose, responses, checkIns, today, timeZone)
  const lines = scoreLines(responses, checkIns, dayZero.date, timeZone)
  const records = await daysOfPerson(db, clinicId, personId, '0001-01-01' as LocalDate)
  const days = daysOfUse({ checkIns: current, records, doses }, today, gramsPerStandardDrink)
  const { before, since } = beforeAndSince(days)
  const weeks = cravingWeeks(personId, doses, current, today)
  const calendarSince = [...currentDays(records).values()].filter(
    ({ day, state }) => firstDose !== undefined && day >= firstDose && state !== 'unknown',
  )
  return {
    today,
    from: dayZero.from,
    sessions,
    doses,
    checkIns: current,
    kept: daysKept(current, today),
    lines: lines.map((line) => ({
      ...withChange(line, lines, doses, today),
      ...(line.instrumentId === CRAVING ? cravingOf(weeks) : {}),
    })),
    use: {
      days,
      before: findingOf(before),
      since: findingOf(since),
      months: monthsOf(days),
      drink: {
        grams: gramsPerStandardDrink,
        source: standardDrinkSource(gramsPerStandardDrink, clinic.standardDrinkSource),
      },
      definition: useDaysDefinition,
    },
    exposure: { ...exposureOf(doses, today), definition: exposureDefinition },
    watched: watchedThings(
      {
        doses,
        bladderLooked: lines
          .filter(({ instrumentId }) => (BLADDER_FORMS as readonly string[]).includes(instrumentId))
          .flatMap(({ points }) => points.flatMap(({ date, score }) => (score === undefined ? [] : [date])))
          .sort(),
        ketamineOutsideDays: calendarSince.filter(({ entries }) =>
          entries.some(({ substance }) => substance === 'ketamine'),
        ).length,
        calendarDays: calendarSince.length,
      },
      today,
      dateInWords,
    ),
  }
}

export type PersonCourse = Awaited<ReturnType<typeof personCourse>>

/** Doses oldest first, each with the weight of its own order. */
async function dosesOf(
  { db, actor }: Pick<ReadNeeds, 'db' | 'actor'>,
  sessions: readonly SessionSummary[],
  timeZone: string,
): Promise<SessionDose[]> {
  const orders = new Map<string, Awaited<ReturnType<typeof orderById>>>()
  for (const { orderId } of sessions) {
    if (orderId && !orders.has(orderId)) {
      orders.set(orderId, await orderById(db, actor.clinicId, orderId as OrderId))
    }
  }
  return sessions
    .filter((session) => session.doseStartedAt !== undefined)
    .sort((a, b) => (a.doseStartedAt! < b.doseStartedAt! ? -1 : 1))
    .map((session) => {
      const order = session.orderId === undefined ? undefined : orders.get(session.orderId)
      const dose = {
        sessionId: session.id,
        sessionNumber: session.sessionNumber,
        at: session.doseStartedAt!,
        day: localDateOf(session.doseStartedAt!, timeZone),
        mg: session.doseMgGiven,
        weightKg: order?.weightKg,
        weightBasis: order?.weightBasis,
      }
      return { ...dose, mgPerKg: mgPerKgOf(dose) }
    })
}

function withChange(
  line: ScoreLine,
  lines: readonly ScoreLine[],
  doses: readonly SessionDose[],
  today: LocalDate,
): ScoreCourse {
  const [first, last] = [doses[0], doses.at(-1)]
  const times = first &&
    last && {
      firstAt: first.at,
      lastDay: daysBetween(first.day, last.day),
      today: daysBetween(first.day, today),
    }
  const { instrumentId } = line
  const ids = ['response', 'remission', 'reliable-change'].map((what) => `${what}-${instrumentId}`)
  const same = lines.filter((other) => other.instrumentId === instrumentId)
  return {
    ...line,
    change: scoreChange(line, same, times, instrumentById(instrumentId)!),
    weeks: undefined,
    definitions: [comparedScoresDefinition, ...definitions.filter(({ id }) => ids.includes(id))],
  }
}

function cravingOf(weeks: readonly CravingWeek[]): Pick<ScoreCourse, 'weeks' | 'definitions'> {
  return { weeks, definitions: weeks.map(({ day }) => definitionOf(`craving-to-day-${day}`)) }
}

/** The days as months of weeks, oldest first; null where a day belongs to another month or to no day shown. */
function monthsOf(days: readonly UseDay[]) {
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return []
  const byDay = new Map(days.map((one) => [one.day, one]))
  return calendarMonths(first.day, last.day)
    .map(({ id, weeks }) => ({
      id,
      title: monthInWords(id),
      weeks: weeks.map((week) => week.map((day) => (day && byDay.get(day)) ?? null)),
    }))
    .reverse()
}

/** What led to treatment: assessments with their decision, and plans. */
export async function personWay({ db, actor }: Pick<ReadNeeds, 'db' | 'actor'>, personId: PersonId) {
  const assessments = []
  for (const assessment of await assessmentsOfPerson(db, actor.clinicId, personId)) {
    const decision = await decisionOf(db, actor.clinicId, assessment.id)
    assessments.push({
      id: assessment.id,
      openedAt: assessment.openedAt,
      intakeCompletedAt: assessment.intakeCompletedAt,
      decision: decision?.decision,
      decidedAt: decision?.decidedAt,
      stale: decision?.stale ?? false,
    })
  }
  const plans = []
  for (const plan of await plansOfPerson(db, actor.clinicId, personId)) {
    const { title } = await protocolOfPlan(db, actor.clinicId, plan)
    plans.push({ id: plan.id, createdAt: plan.createdAt, title, version: plan.protocolVersion })
  }
  return { assessments, plans }
}
