import type { Appointment } from '../app/plan/index.ts'
import { addDays, type Instant, instantAt, type LocalDate, localDateOf } from '../app/platform/time.ts'
import { answerRequest, ask } from './asking.ts'
import { answerIntake, assessInPerson } from './assessing.ts'
import { liveOn, tellTheDaysBefore, testAtAssessment, testBeforeSession } from './calendar-and-tests.ts'
import { changeVisits, remindEveryMorning } from './changing-visits.ts'
import { countStock } from './counted-stock.ts'
import { formsOfEarlier, formsOfTheWeeks } from './filling-forms.ts'
import { checkIn, inviteEveryMorning } from './following-up.ts'
import { type Course, inventPerson } from './invented-person.ts'
import { makePlan } from './planning.ts'
import { publishResults } from './publishing-results.ts'
import { seededRandom } from './random.ts'
import { attendRoom, visitsUnderWay } from './rooms-under-way.ts'
import { attend, stopSeries } from './treating.ts'
import { attendInBundles } from './treating-in-bundles.ts'
import { lookAtAlarms } from './watching-alarms.ts'
import { type Life, minutesAfter, type RoomUnderWay, type World } from './world.ts'

/** How many people take which way, in the demonstration's year. */
const COURSES: readonly (readonly [Course, number])[] = [
  ['declined', 4],
  ['intake-unfinished', 2],
  ['not-eligible', 3],
  ['stopped-early', 6],
  ['whole-course', 25],
]

const ROOMS_UNDER_WAY: readonly RoomUnderWay[] = ['calm', 'high-pressure', 'recovering']

/** People of earlier ask from here to there, in days before the end: those who came last have long enough behind them to count. */
const EARLIER_ASKED = { from: 722, to: 128 } as const

/**
 * A clinic lived through: a year of about forty invented people, and before and beside them those of earlier, driven through the
 * same commands as real ones by a simulated clock. The same seed, people and end make the same story.
 *
 * @param howMany at most this many people of the last year; the mix of ways is kept as far as it goes
 * @param earlier so many people of earlier, all of them with a dose; none when not said. The clinic must have been open
 *   for two years then (`openVirtualClinic`)
 * @param roomsUnderWay whether three rooms are in use at the very end; it takes three nurses and an hour at which the clinic is open
 * @param onProgress told now and then how far the story is
 */
export async function liveThrough(
  world: World,
  options: {
    readonly seed: number
    readonly howMany?: number
    readonly earlier?: number
    readonly roomsUnderWay?: boolean
    readonly onProgress?: (now: Instant) => void
  },
): Promise<readonly Life[]> {
  const clinicRandom = seededRandom(options.seed)
  const today = localDateOf(world.end, world.zone)
  const lives: Life[] = []
  const courses = mixedCourses(clinicRandom.fork(1), options.howMany)
  const { prescribers } = world.staff
  const newLife = (course: Course, brief = false, room?: RoomUnderWay): Life => {
    const number = lives.length
    const life: Life = {
      person: inventPerson(clinicRandom, number, course, today, brief),
      prescriber: prescribers[brief ? number % prescribers.length : 0]!,
      brief,
      ...(room ? { room } : {}),
      random: clinicRandom.fork(10_000 + number),
      personId: world.services.ids.next(),
      patient: undefined,
    }
    lives.push(life)
    return life
  }
  const firstDay = addDays(today, -358)
  for (const [i, course] of courses.entries()) {
    const day = addDays(firstDay, Math.round(((i + 0.5) / courses.length) * 330))
    wholeWay(world, newLife(course), day)
  }
  // Somebody whose session is today, somebody who waits for theirs, and three requests that nobody has answered yet.
  todaysPeople(world, newLife, today, options.roomsUnderWay ?? false)
  const earlier = options.earlier ?? 0
  peopleOfEarlier(world, newLife, today, earlier)
  // Somebody who was decided about yesterday and gets a plan this afternoon.
  wholeWay(world, newLife('waiting'), addDays(today, -5))
  if (options.roomsUnderWay) {
    // They book a day before the others of today, who come at the hours that are left.
    for (const room of ROOMS_UNDER_WAY) wholeWay(world, newLife('waiting', false, room), addDays(today, -8))
  }
  remindEveryMorning(world, today)
  changeVisits(world, lives, today)
  const opened = earlier > 0 ? addDays(today, -EARLIER_ASKED.from) : firstDay
  inviteEveryMorning(world, instantAt(opened, '09:00', world.zone))
  let told = 0
  await world.table.runUntil(world.end, (now, done) => {
    if (done - told >= 500) {
      told = done
      options.onProgress?.(now)
    }
  })
  if (options.roomsUnderWay) await lookAtAlarms(world)
  await countStock(world)
  await publishResults(world)
  return lives
}

/** From the first question to follow-up, as far as the person's course goes. */
function wholeWay(world: World, life: Life, day: LocalDate, pace = 1) {
  const when = (days: number, time: string) =>
    instantAt(addDays(day, Math.round(days * pace)), time, world.zone)
  world.table.at(minutesAfter(when(0, '19:30'), life.random.integer(0, 150)), async () => {
    const requestId = await ask(world, life)
    answerRequest(world, life, requestId, when(1, '09:20'), () => {
      answerIntake(world, life, when(2, '18:40'), () => {
        assessInPerson(world, life, when(4, '13:10'), (assessmentId) => {
          tellTheDaysBefore(world, life, when(4, '14:10'))
          if (!life.brief) testAtAssessment(world, life, when(4, '14:40'))
          makePlan(world, life, assessmentId, when(5, '14:00'), (appointments) => {
            const kept =
              life.person.course === 'stopped-early' ? 1 + (life.person.number % 2) : appointments.length
            for (const [i, appointment] of appointments.slice(0, kept).entries()) {
              if (!life.brief) testBeforeSession(world, life, appointment)
              attendVisit(world, life, appointment, (doseAt) => {
                if (i !== 0) return
                checkIn(world, life, doseAt)
                liveOn(world, life, doseAt)
                if (life.brief) formsOfEarlier(world, life, doseAt)
                else formsOfTheWeeks(world, life, doseAt)
              })
            }
            if (kept < appointments.length) {
              stopSeries(world, appointments.slice(kept), minutesAfter(appointments[kept]!.startsAt, -1_600))
            }
          })
        })
      })
    })
  })
}

/** One visit, told as this person's visits are told. */
function attendVisit(
  world: World,
  life: Life,
  appointment: Appointment,
  afterwards: (doseAt: Instant) => void,
): void {
  const { room } = life
  if (room && visitsUnderWay(world, room)?.[0]?.startsAt === appointment.startsAt)
    attendRoom(world, life, room, appointment, afterwards)
  else (life.brief ? attendInBundles : attend)(world, life, appointment, afterwards)
}

function todaysPeople(world: World, newLife: (course: Course) => Life, today: LocalDate, underWay: boolean) {
  // Asked a week ago; the first session is booked two days after the plan, so it falls on today and tomorrow.
  for (const daysAgo of underWay ? [7, 7, 6, 6] : [7, 7, 7, 6])
    wholeWay(world, newLife('waiting'), addDays(today, -daysAgo))
  for (const [daysAgo, time, safety] of [
    [2, '11:15', 'safe'],
    [0, '00:40', 'thoughts'],
    [1, '21:05', 'not-said'],
  ] as const) {
    const life = newLife('declined')
    world.table.at(instantAt(addDays(today, -daysAgo), time, world.zone), async () => {
      await ask(world, life, safety)
    })
  }
}

/** One in three gives up before the third session. */
function peopleOfEarlier(
  world: World,
  newLife: (course: Course, brief: boolean) => Life,
  today: LocalDate,
  howMany: number,
) {
  const span = EARLIER_ASKED.from - EARLIER_ASKED.to
  for (let i = 0; i < howMany; i++) {
    const daysAgo = EARLIER_ASKED.from - Math.round(((i + 0.5) / howMany) * span)
    wholeWay(world, newLife(i % 3 === 1 ? 'stopped-early' : 'whole-course', true), addDays(today, -daysAgo))
  }
}

function mixedCourses(random: ReturnType<typeof seededRandom>, howMany: number | undefined): Course[] {
  const all = COURSES.flatMap(([course, count]) => Array.from({ length: count }, () => course))
  for (let i = all.length - 1; i > 0; i--) {
    const j = random.integer(0, i)
    const held = all[i]!
    all[i] = all[j]!
    all[j] = held
  }
  return all.slice(0, howMany)
}
