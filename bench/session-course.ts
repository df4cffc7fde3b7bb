import { predictedCourse } from '../app/treat/course/predicted-course.ts'
import type { SessionDose } from '../app/treat/session/session.ts'
import { kamp2020, simulateByOde } from '../packages/pharmacokinetics/src/index.ts'
import { type Figure, type Measure, median, quantile, timed } from './figure.ts'

const START = '2026-11-22T15:00:00.000Z'
const PERSON = { weightKg: 70, ageYears: 40, sex: undefined }
const END_MIN = 180

/** 35 mg over 40 minutes, slowed at a different minute each round so that nothing is computed twice. */
function slowedAt(minute: number): SessionDose {
  return {
    startEventId: 'start',
    orderId: 'order',
    lotId: 'lot',
    drawnMl: 3.5,
    lotConcentrationMgPerMl: 10,
    orderedMg: 35,
    rateMgPerH: 52.5,
    durationMin: 40,
    startedAt: START,
    rateChanges: [
      {
        eventId: 'rate',
        at: new Date(Date.parse(START) + minute * 60_000).toISOString(),
        rateMlPerH: 30,
        rateMgPerH: 30,
      },
    ],
    pauses: [],
    ended: undefined,
  } as unknown as SessionDose
}

/** What the page at the bedside computes when a pump's rate is changed: lines, bands and expected draw over three hours. */
export const measure: Measure = async ({ smoke }) => {
  const rounds = smoke ? 5 : 60
  const minuteOf = (round: number) => 5 + (round % 60) / 2
  const course = await timed(rounds, (round) => {
    const found = predictedCourse(slowedAt(minuteOf(round)), PERSON, END_MIN)
    if (!found.ok) throw new Error(found.reason)
  })
  const grid = Float64Array.from({ length: END_MIN + 1 }, (_, minute) => minute)
  const ode = await timed(rounds, (round) => {
    const at = minuteOf(round)
    const emptyAt = at + (35 - 0.875 * at) / 0.5
    const found = simulateByOde(
      kamp2020,
      { weightKg: 70, ageYears: 40 },
      [
        {
          route: 'iv-rate',
          steps: [
            { atMin: 0, mgPerMin: 0.875 },
            { atMin: at, mgPerMin: 0.5 },
            { atMin: emptyAt, mgPerMin: 0 },
          ],
        },
      ],
      grid,
      { relative: 1e-6, absolute: 1e-6 },
    )
    if (!found.ok) throw new Error(found.reason)
  })
  const figures: Figure[] = [
    {
      name: 'a changed rate: typical lines, band of 1,024 people and expected draw, 181 points, median',
      unit: 'ms',
      ours: median(course),
      peer: { name: 'the typical line alone by a plain ODE run', value: median(ode) },
      how: `median of ${rounds}, one thread; a frame is 16.7 ms`,
    },
    {
      name: 'the same, slowest of ten',
      unit: 'ms',
      ours: quantile(course, 0.9),
      peer: { name: 'the same ODE run', value: quantile(ode, 0.9) },
      how: `p90 of ${rounds}`,
    },
  ]
  return figures
}
