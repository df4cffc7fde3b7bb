import { type Dose, totalDoseMg } from './dose.ts'
import type { Model, Sampling } from './model.ts'
import { BIN_WIDTH, BINS, countRows, percentilesOf } from './percentile-bins.ts'
import { percentilesInPlace } from './percentile-selection.ts'
import { personCurves } from './population-engine.ts'
import {
  isDistribution,
  jobOf,
  type People,
  type PopulationJob,
  type PopulationOptions,
  USUAL_PERCENTILES,
} from './population-options.ts'
import { type Refusal, refuse } from './refusal.ts'
import { effectSiteOf } from './simulate.ts'
import { type Warning, warningsFor } from './validity.ts'

/** Up to here all curves are kept and percentiles are exact; beyond, they are counted in bins. */
export const EXACT_UP_TO = 1000

export type PopulationResult = {
  readonly ok: true
  readonly modelId: string
  readonly sampling: Sampling
  readonly n: number
  readonly timesMin: Float64Array
  readonly percentiles: readonly number[]
  /** One course for each percentile, at the model's site, with residual: what measured levels would lie between. */
  readonly concentrationNgPerMl: readonly Float64Array[]
  readonly effectSiteNgPerMl: readonly Float64Array[] | null
  /** `exact`, or `binned` with the bound of the relative error of a percentile. */
  readonly method: 'exact' | 'binned'
  readonly relativeErrorBelow: number
  /** Where the differences between people come from; a surrogate must be named beside a band. */
  readonly variability: string
  readonly residual: string
  readonly warnings: readonly Warning[]
}

export type Watching = {
  /** Called now and then with how many people are done. */
  readonly onProgress?: (done: number, n: number) => void
  /** Work stops at the next look once this is aborted; an `AbortSignal` fits. */
  readonly signal?: { readonly aborted: boolean }
}

/** What one part of a population leaves: counts to add up, or the values themselves where few. Plain data. */
export type PopulationPart = {
  readonly from: number
  readonly to: number
  readonly concentration: Uint32Array | Float64Array
  readonly effectSite: Uint32Array | Float64Array | null
}

/** People worked on together; their rows fit the processor's near memory. */
const BLOCK = 64
const LOOK_EVERY = 16 * BLOCK

/** Room for people `from` up to but without `to` of a job, in which nobody is yet. */
export function emptyPart(job: PopulationJob, from: number, to: number): PopulationPart {
  const points = job.timesMin.length
  const room = () =>
    job.options.n <= EXACT_UP_TO ? new Float64Array(points * (to - from)) : new Uint32Array(points * BINS)
  const effect = effectSiteOf(job.model, job.options.effectSite)
  return { from, to, concentration: room(), effectSite: effect === null ? null : room() }
}

/**
 * People `from` up to but without `to` of a job. The parts of a job may be made anywhere and in any order.
 *
 * @param into a part with room for these people, which they are added to; one of their own unless told. One room for
 * many portions spares the memory and the time of a room for each
 */
export function populationPart(
  job: PopulationJob,
  from: number,
  to: number,
  { onProgress, signal }: Watching = {},
  into: PopulationPart = emptyPart(job, from, to),
): PopulationPart | Refusal {
  const points = job.timesMin.length
  const curves = personCurves(job, BLOCK)
  const exact = job.options.n <= EXACT_UP_TO
  const people = to - from
  const roomFor = into.to - into.from
  const { concentration, effectSite } = into
  const words = new Uint32Array(curves.concentration.buffer)
  const effectWords = new Uint32Array(curves.effectSite.buffer)
  for (let start = from; start < to; start += BLOCK) {
    if ((start - from) % LOOK_EVERY === 0) {
      if (signal?.aborted) return refuse('stopped', 'signal', start)
      onProgress?.(start - from, people)
    }
    const rows = Math.min(BLOCK, to - start)
    for (let row = 0; row < rows; row += 1) curves.fill(start + row, row)
    if (exact) {
      keep(curves.concentration, concentration as Float64Array, rows, start - into.from)
      if (effectSite) keep(curves.effectSite, effectSite as Float64Array, rows, start - into.from)
    } else {
      countRows(words, rows, points, concentration as Uint32Array)
      if (effectSite) countRows(effectWords, rows, points, effectSite as Uint32Array)
    }
  }
  onProgress?.(people, people)
  return into

  /** Time by time, so that the values of each can be sorted in place. */
  function keep(block: Float64Array, room: Float64Array, rows: number, column: number): void {
    for (let row = 0; row < rows; row += 1) {
      for (let i = 0; i < points; i += 1) room[i * roomFor + column + row] = block[row * points + i]!
    }
  }
}

/**
 * Bands of a population: percentiles of what would be measured, and of the effect site.
 *
 * Each person is drawn from (seed, number) alone with arithmetic that every engine does alike, so a seed gives the same
 * bits everywhere and in any number of parts. Memory does not grow with `n` beyond `EXACT_UP_TO`.
 *
 * @param people a person, a list gone round, or a distribution
 * @param timesMin strictly ascending; a regular grid is many times faster
 * @example simulatePopulation(kamp2020, { weightKg: 70 }, doses, grid, { n: 1000, seed: 1 })
 */
export function simulatePopulation(
  model: Model,
  people: People,
  doses: readonly Dose[],
  timesMin: ArrayLike<number>,
  options: PopulationOptions & Watching,
): PopulationResult | Refusal {
  const { onProgress, signal, ...plain } = options
  const job = jobOf(model, people, doses, timesMin, plain)
  if ('ok' in job) return job
  const part = populationPart(job, 0, plain.n, { onProgress, signal })
  return 'ok' in part ? part : resultOf(job, [part])
}

/** Makes a part somewhere else, for example on a worker thread. */
export type PartRunner = (job: PopulationJob, from: number, to: number) => Promise<PopulationPart | Refusal>

/**
 * The same, in parts handed to a runner: on worker threads, or on the page with a pause between parts. The result is the
 * same to the bit for any number of parts.
 *
 * @param parts how many pieces to cut the people into; progress is told after each
 */
export async function simulatePopulationInParts(
  runner: PartRunner,
  parts: number,
  model: Model,
  people: People,
  doses: readonly Dose[],
  timesMin: ArrayLike<number>,
  options: PopulationOptions & Watching,
): Promise<PopulationResult | Refusal> {
  const { onProgress, signal, ...plain } = options
  if (!Number.isSafeInteger(parts) || parts < 1) return refuse('not-a-count', 'parts', parts)
  const job = jobOf(model, people, doses, timesMin, plain)
  if ('ok' in job) return job
  const each = Math.ceil(plain.n / parts)
  let done = 0
  const made = await Promise.all(
    Array.from({ length: Math.ceil(plain.n / each) }, async (_, k) => {
      const to = Math.min(plain.n, (k + 1) * each)
      const part = await runner(job, k * each, to)
      done += to - k * each
      onProgress?.(done, plain.n)
      return part
    }),
  )
  if (signal?.aborted) return refuse('stopped', 'signal', done)
  const finished: PopulationPart[] = []
  for (const part of made) {
    if ('ok' in part) return part
    finished.push(part)
  }
  return resultOf(job, finished)
}

function resultOf(job: PopulationJob, parts: readonly PopulationPart[]): PopulationResult | Refusal {
  const { model, options, timesMin } = job
  const { percentiles = USUAL_PERCENTILES, omega = model.variability, residual = model.residual } = options
  const exact = options.n <= EXACT_UP_TO
  const courses = (of: (part: PopulationPart) => Uint32Array | Float64Array) =>
    exact
      ? exactCourses(
          parts,
          of as (part: PopulationPart) => Float64Array,
          timesMin.length,
          options.n,
          percentiles,
        )
      : binnedCourses(
          parts,
          of as (part: PopulationPart) => Uint32Array,
          timesMin.length,
          options.n,
          percentiles,
        )
  const concentrationNgPerMl = courses((part) => part.concentration)
  const effectSiteNgPerMl = parts[0]!.effectSite === null ? null : courses((part) => part.effectSite!)
  for (const course of [...concentrationNgPerMl, ...(effectSiteNgPerMl ?? [])]) {
    if (course.includes(Number.POSITIVE_INFINITY))
      return refuse('beyond-bins', 'doses', totalDoseMg(job.doses))
  }
  return {
    ok: true,
    modelId: model.id,
    sampling: model.sampling,
    n: options.n,
    timesMin,
    percentiles: [...percentiles],
    concentrationNgPerMl,
    effectSiteNgPerMl,
    method: exact ? 'exact' : 'binned',
    relativeErrorBelow: exact ? 0 : BIN_WIDTH,
    variability: omega === 'none' ? 'none' : omega.status,
    residual: residual === 'none' ? 'none' : residual.status,
    warnings: peopleWarnings(job),
  }
}

function exactCourses(
  parts: readonly PopulationPart[],
  of: (part: PopulationPart) => Float64Array,
  points: number,
  n: number,
  percentiles: readonly number[],
): Float64Array[] {
  const courses = percentiles.map(() => new Float64Array(points))
  const column = new Float64Array(n)
  for (let i = 0; i < points; i += 1) {
    for (const part of parts) {
      const people = part.to - part.from
      column.set(of(part).subarray(i * people, (i + 1) * people), part.from)
    }
    percentilesInPlace(column, percentiles, (k, value) => {
      // Before a dose rounding can leave less than nothing.
      courses[k]![i] = Math.max(0, value)
    })
  }
  return courses
}

function binnedCourses(
  parts: readonly PopulationPart[],
  of: (part: PopulationPart) => Uint32Array,
  points: number,
  n: number,
  percentiles: readonly number[],
): Float64Array[] {
  const courses = percentiles.map(() => new Float64Array(points))
  const first = of(parts[0]!)
  const counts = parts.length === 1 ? first : Uint32Array.from(first)
  for (const part of parts.slice(1)) {
    const more = of(part)
    for (let i = 0; i < counts.length; i += 1) counts[i]! += more[i]!
  }
  for (let i = 0; i < points; i += 1) {
    percentilesOf(counts, i * BINS, n, percentiles, (k, value) => {
      courses[k]![i] = value
    })
  }
  return courses
}

/** Each warning once, whoever of the people it is about. */
function peopleWarnings({ model, people, doses }: PopulationJob): Warning[] {
  const asked = isDistribution(people)
    ? [
        { weightKg: people.weightKg.least, ageYears: people.ageYears.least },
        { weightKg: people.weightKg.most, ageYears: people.ageYears.most },
      ]
    : Array.isArray(people)
      ? people
      : [people]
  const seen = new Map<string, Warning>()
  for (const person of asked) {
    for (const warning of warningsFor(model, person, doses))
      seen.set(`${warning.reason} ${warning.value}`, warning)
  }
  return [...seen.values()]
}
