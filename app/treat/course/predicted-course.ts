import {
  boundsOutsideValidity,
  type Dose,
  expectedVenousDraw,
  kamp2020,
  type Person,
  peakOf,
  simulate,
  simulatePopulation,
} from '@evenkeel/pharmacokinetics'
import { dueSteps, type PumpStep, pumpSteps } from '../dose/infusion.ts'
import type { SessionDose } from '../session/session.ts'

/** Whose course it is: what the model needs of a person. The weight is the one measured for the order of the dose. */
export type PredictedPerson = {
  readonly weightKg: number | undefined
  readonly ageYears: number | undefined
  readonly sex: 'female' | 'male' | 'other' | 'unknown' | undefined
}

/** From one instant to another, in minutes since the start. */
export type GivenMinutes = { readonly fromMinute: number; readonly toMinute: number }

export type Band = { readonly low: Float64Array; readonly high: Float64Array }

/** A predicted course in ng/mL, minute by minute since the start of the infusion. */
export type PredictedCourse = {
  readonly ok: true
  readonly minutes: Float64Array
  readonly arterial: Float64Array
  readonly arterialBand: Band
  readonly effect: Float64Array
  readonly effectBand: Band
  /** What a laboratory would find in a vein: an estimate of ours, and a published venous model beside it. */
  readonly venous: Float64Array
  readonly venousBand: Band
  readonly venousPublished: Float64Array | undefined
  /** When the pump gave or will give the drug. */
  readonly given: readonly GivenMinutes[]
  /** mg of the whole course, and how they are known. */
  readonly totalMg: number
  /** Set when the mg on record are not those by rate and times: the rates were multiplied so that the total is on record. */
  readonly scaled: { readonly recordedMg: number; readonly byRateMg: number } | undefined
  /** What the lines take the pump to do from the newest entry on. */
  readonly pump: 'runs-on' | 'stands' | 'ended'
  /** When the pump will be empty if it runs on; undefined once ended and while it stands. */
  readonly plannedEndMinute: number | undefined
  readonly peak: { readonly ngPerMl: number; readonly atMinute: number } | undefined
  /** What the model was not made for, in words; empty within its range. */
  readonly warnings: readonly string[]
  /** Highest typical level under every belief about this person; only outside the model's range. */
  readonly peakBounds: { readonly lowNgPerMl: number; readonly highNgPerMl: number } | undefined
}

export type NoPrediction = {
  readonly ok: false
  readonly reason: 'weight-unknown' | 'other-route' | 'cannot-be-computed'
}

/** The model behind every line of a session, for the words beside them. */
export const COURSE_MODEL = kamp2020

/** Just above what is kept person by person: percentiles are counted, which takes a third of the time. */
const PEOPLE = 1024
/** The same everywhere, so that the server and every browser draw the same band. */
const SEED = 20
/** Minutes within which two instants of the pump are one: far below a second, far above rounding. */
const SAME_MIN = 1e-6
/** Recorded and computed mg that differ by less than this share are the same. */
const SAME_MG = 0.005

/**
 * The course that a session's pump predicts for a person: typical levels in the artery and at the effect site with a
 * band for nine people in ten, and the expected draw from a vein.
 *
 * Built from what the log says: start, rates, pauses and the end. The mg recorded at the end count: where they differ
 * from rate × time, every rate is multiplied so that the total is what was recorded. A running pump goes on at its rate
 * until the ordered mg have run in; one that stands goes on standing. Deterministic: the same dose gives the same bits.
 *
 * @param endMinute last minute of the lines, at least 1
 * @returns no curve without a weight, and for what was not pumped
 * @example predictedCourse(dose, { weightKg: 70, ageYears: 40, sex: 'female' }, 180) // 35 mg over 40 min: 253 ng/mL at 40
 */
export function predictedCourse(
  dose: SessionDose,
  { weightKg, ageYears, sex }: PredictedPerson,
  endMinute: number,
): PredictedCourse | NoPrediction {
  // Injections, tablets and devices never went through a pump, and esketamine is another drug than the model's.
  if (dose.atOnce || dose.units) return { ok: false, reason: 'other-route' }
  if (weightKg === undefined) return { ok: false, reason: 'weight-unknown' }
  const person: Person = {
    weightKg,
    ...(ageYears === undefined ? {} : { ageYears }),
    ...(sex === 'female' || sex === 'male' ? { sex } : {}),
  }
  const { doses, given, totalMg, scaled, plannedEndMinute } = asGiven(dose)
  const minutes = Float64Array.from({ length: Math.max(1, Math.ceil(endMinute)) + 1 }, (_, minute) => minute)
  const typical = simulate(COURSE_MODEL, person, doses, minutes)
  const people = simulatePopulation(COURSE_MODEL, person, doses, minutes, {
    n: PEOPLE,
    seed: SEED,
    percentiles: [0.05, 0.95],
    // The band is one of courses; scatter from one minute to the next would look like the body's.
    residualDrawn: 'once-per-person',
  })
  const vein = expectedVenousDraw(COURSE_MODEL, person, doses, minutes)
  if (!typical.ok || !people.ok || !vein.ok || !typical.effectSiteNgPerMl || !people.effectSiteNgPerMl) {
    return { ok: false, reason: 'cannot-be-computed' }
  }
  const peak = peakOf(typical.curves.concentration)
  return {
    ok: true,
    minutes,
    arterial: typical.concentrationNgPerMl,
    arterialBand: bandOf(people.concentrationNgPerMl),
    effect: typical.effectSiteNgPerMl,
    effectBand: bandOf(people.effectSiteNgPerMl),
    venous: vein.estimatedNgPerMl,
    venousBand: { low: vein.lowerNgPerMl, high: vein.upperNgPerMl },
    venousPublished: vein.published?.concentrationNgPerMl,
    given,
    totalMg,
    scaled,
    pump: dose.ended ? 'ended' : plannedEndMinute === undefined ? 'stands' : 'runs-on',
    plannedEndMinute,
    peak: peak && peak.value > 0 ? { ngPerMl: peak.value, atMinute: peak.atMin } : undefined,
    warnings: typical.warnings.map(({ words }) => words),
    peakBounds: typical.warnings.some(({ widens }) => widens)
      ? peakBounds(person, doses, minutes)
      : undefined,
  }
}

function bandOf([low, high]: readonly Float64Array[]): Band {
  return { low: low!, high: high! }
}

function peakBounds(person: Person, doses: readonly Dose[], minutes: Float64Array) {
  const bounds = boundsOutsideValidity(COURSE_MODEL, person, doses, minutes)
  if (!bounds.ok) return undefined
  return { lowNgPerMl: Math.max(...bounds.lowerNgPerMl), highNgPerMl: Math.max(...bounds.upperNgPerMl) }
}

type AsGiven = Pick<PredictedCourse, 'given' | 'totalMg' | 'scaled' | 'plannedEndMinute'> & {
  readonly doses: readonly Dose[]
}

/** The pump's log as doses: steps in mg/min that end when the ordered mg are in, scaled to what was recorded. */
function asGiven(dose: SessionDose): AsGiven {
  const zeroMs = Date.parse(dose.startedAt)
  const logged = [...pumpSteps(dose), ...stepsAhead(dose)].map(({ atMs, mgPerH }) => ({
    atMin: (atMs - zeroMs) / 60_000,
    mgPerMin: mgPerH / 60,
  }))
  const { steps, mg: byRateMg, emptyAtMin } = untilEmpty(logged, dose.orderedMg)
  const recordedMg = dose.ended?.mgGiven
  if (recordedMg !== undefined && recordedMg > 0 && byRateMg === 0) {
    // Ended within the instant it began: no rate and time to scale, so what was recorded went in at once.
    return {
      doses: [{ route: 'iv-bolus', atMin: 0, doseMg: recordedMg }],
      given: [{ fromMinute: 0, toMinute: 0 }],
      totalMg: recordedMg,
      scaled: { recordedMg, byRateMg },
      plannedEndMinute: undefined,
    }
  }
  const factor = recordedMg === undefined || byRateMg === 0 ? 1 : recordedMg / byRateMg
  return {
    doses: [
      { route: 'iv-rate', steps: steps.map((step) => ({ ...step, mgPerMin: step.mgPerMin * factor })) },
    ],
    given: recordedMg === 0 ? [] : stretches(steps),
    totalMg: recordedMg ?? byRateMg,
    scaled:
      recordedMg !== undefined && Math.abs(factor - 1) > SAME_MG
        ? { recordedMg, byRateMg: Math.round(byRateMg * 100) / 100 }
        : undefined,
    plannedEndMinute: dose.ended ? undefined : emptyAtMin,
  }
}

/** Steps of the order after the last entry of a running pump, taken as ordered until the log says otherwise. */
function stepsAhead(dose: SessionDose): PumpStep[] {
  const last = pumpSteps(dose).at(-1)
  if (!last || last.mgPerH === 0) return []
  return dueSteps(dose, last.atMs)
    .filter(({ atMs }) => atMs > last.atMs)
    .map(({ step, atMs }) => ({ atMs, mgPerH: step.rateMgPerH }))
}

type MinuteStep = { readonly atMin: number; readonly mgPerMin: number }

/** Steps up to the moment in which `mostMg` have run in; those of a pump that stands at the end stay as they are. */
function untilEmpty(
  logged: readonly MinuteStep[],
  mostMg: number,
): { readonly steps: readonly MinuteStep[]; readonly mg: number; readonly emptyAtMin: number | undefined } {
  const steps: MinuteStep[] = []
  let mg = 0
  for (const [index, step] of logged.entries()) {
    steps.push(step)
    if (step.mgPerMin === 0) continue
    const nextMin = logged[index + 1]?.atMin ?? Number.POSITIVE_INFINITY
    const emptyAtMin = step.atMin + (mostMg - mg) / step.mgPerMin
    if (emptyAtMin < nextMin + SAME_MIN) {
      // Whatever is written of an empty pump afterwards gives nothing; an entry on the instant of the last mg is that instant.
      const atMin = Math.abs(emptyAtMin - nextMin) < SAME_MIN ? nextMin : emptyAtMin
      return { steps: [...steps, { atMin, mgPerMin: 0 }], mg: mostMg, emptyAtMin: atMin }
    }
    mg += step.mgPerMin * (nextMin - step.atMin)
  }
  return { steps, mg, emptyAtMin: undefined }
}

function stretches(steps: readonly MinuteStep[]): GivenMinutes[] {
  const found: GivenMinutes[] = []
  for (const [index, { atMin, mgPerMin }] of steps.entries()) {
    const toMinute = steps[index + 1]?.atMin
    if (mgPerMin > 0 && toMinute !== undefined) found.push({ fromMinute: atMin, toMinute })
  }
  return found
}

/** The levels of the whole minute that has begun, for words and tables; undefined before the start and after the lines' end. */
export function levelsAt(course: PredictedCourse, minute: number) {
  const index = Math.floor(minute)
  if (index < 0 || index >= course.minutes.length) return undefined
  return {
    arterial: course.arterial[index]!,
    arterialLow: course.arterialBand.low[index]!,
    arterialHigh: course.arterialBand.high[index]!,
    effect: course.effect[index]!,
    effectLow: course.effectBand.low[index]!,
    effectHigh: course.effectBand.high[index]!,
    venous: course.venous[index]!,
  }
}

/**
 * Since when the syringe must be empty by rate and times although no end is on record. What the lines show from there on is
 * taken, not known: the pump may still run, or may have been refilled.
 */
export function endMissingSince(
  { pump, plannedEndMinute }: Pick<PredictedCourse, 'pump' | 'plannedEndMinute'>,
  nowMinute: number,
): number | undefined {
  if (pump !== 'runs-on' || plannedEndMinute === undefined) return undefined
  return plannedEndMinute < nowMinute ? plannedEndMinute : undefined
}
