import { lastMinute } from './chosen.ts'
import { type PackedReadings, packed } from './packed-readings.ts'
import { level } from './reading-words.ts'
import type { SessionRouteId } from './route-ids.ts'
import type { SessionCourse } from './session-course.ts'
import type { SessionRoute } from './session-route.ts'

/** One way of giving, ready to be drawn and read; ng/mL, minutes from the start. */
export type PictureView = {
  readonly id: SessionRouteId
  readonly name: string
  readonly given: string
  readonly lineLabel: string
  readonly siteInWords: string
  readonly alt: string
  readonly minutes: readonly number[]
  readonly middle: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
  readonly effect: readonly number[] | null
  readonly doses: readonly { readonly fromMinute: number; readonly toMinute: number }[]
  readonly marks: SessionRoute['marks']
  readonly sureness: string
  /** HTML of our own making. */
  readonly howSure: string
  readonly marksFrom: string
  readonly bandIsSurrogate: boolean
  readonly table: readonly TableRow[]
  readonly readings: PackedReadings
}

export type TableRow = {
  readonly minute: number
  readonly middle: string
  readonly between: string
  readonly effectPercent?: number
}

/** Points of the drawing: dense where lines bend, sparse elsewhere, for a poor connection. */
const drawnMinutes = Array.from({ length: lastMinute + 1 }, (_, minute) => minute).filter((minute) => {
  const bends = minute <= 20 || (minute >= 40 && minute <= 60)
  return minute % (bends ? 2 : minute < 90 ? 5 : 10) === 0
})

const tableMinutes = [0, 10, 20, 30, 40, 60, 90, 120, 180, 240]

const siteWords: Readonly<Record<SessionRoute['blood'], readonly [label: string, sentence: string]>> = {
  artery: ['in the artery', 'Blood on its way to the brain (from an artery), as a published model says.'],
  vein: ['in the vein', 'Blood as a laboratory takes it (from a vein), as a published model says.'],
  'vein-estimated': [
    'in the vein, estimated',
    'Blood as a laboratory would take it (from a vein), estimated: the model is of arteries, and we added the delay of the arm.',
  ],
}

/**
 * Everything the page shows of one way.
 *
 * @param render Markdown with citations to HTML
 */
export function pictureView(
  route: SessionRoute,
  course: SessionCourse,
  render: (markdown: string) => string,
): PictureView {
  const [lineLabel, siteInWords] = siteWords[route.blood]
  const drawn = (values: ArrayLike<number>) => drawnMinutes.map((minute) => tenth(values[minute] ?? 0))
  const shares =
    course.effect && course.effectPeakNgPerMl ? percentOf(course.effect, course.effectPeakNgPerMl) : null
  const peakMinute = Math.round(course.peakMinute)
  return {
    id: route.id,
    name: route.name,
    given: route.given,
    lineLabel,
    siteInWords,
    alt: `${siteInWords} It rises to about ${level(course.peakNgPerMl)} ng/mL at ${peakMinute} minutes and falls to about ${level(course.middle[120]!)} at 2 hours and ${level(course.middle[lastMinute]!)} at 4 hours. The shaded band at the peak reaches from ${level(course.low[peakMinute]!)} to ${level(course.high[peakMinute]!)}.${course.effect ? ' The line of the modelled effect follows with a delay of some minutes.' : ''}`,
    minutes: drawnMinutes,
    middle: drawn(course.middle),
    low: drawn(course.low),
    high: drawn(course.high),
    effect: course.effect && drawn(course.effect),
    doses: route.doses.map((dose) =>
      dose.route === 'iv-infusion'
        ? { fromMinute: dose.startMin, toMinute: dose.startMin + dose.durationMin }
        : { fromMinute: startOf(dose), toMinute: startOf(dose) },
    ),
    marks: route.marks,
    sureness: route.sureness,
    howSure: render(route.howSure),
    marksFrom: render(route.marksFrom),
    bandIsSurrogate: course.variability === 'surrogate',
    table: tableMinutes.map((minute) => ({
      minute,
      middle: minute === 0 ? '0' : level(course.middle[minute]!),
      between: minute === 0 ? '0' : `${level(course.low[minute]!)} to ${level(course.high[minute]!)}`,
      ...(shares ? { effectPercent: Math.round(shares[minute]!) } : {}),
    })),
    readings: {
      low: packed(course.low),
      middle: packed(course.middle),
      high: packed(course.high),
      ...(shares ? { effect: packed(shares) } : {}),
      peak: String(tenth(course.peakNgPerMl)),
      givenUntil: String(route.givenUntilMinute),
      drip: route.id === 'drip' ? 'yes' : 'no',
    },
  }
}

function startOf(dose: Exclude<SessionRoute['doses'][number], { route: 'iv-infusion' }>): number {
  return 'atMin' in dose ? dose.atMin : (dose.steps[0]?.atMin ?? 0)
}

function percentOf(values: Float64Array, whole: number): Float64Array {
  return values.map((value) => (100 * value) / whole)
}

/** A tenth of a unit is finer than the drawing and far finer than the knowledge. */
function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
