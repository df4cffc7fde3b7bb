/**
 * Seeded invented data for benches: the same seed gives the same rows on every machine.
 *
 *   node bench/gen.ts survival N SEED > rows.csv
 *
 * Rows follow a recipe for which R's answers are known, so that a bench can also check that it computes the right thing.
 */
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'

/** Uniform numbers in [0, 1) by mulberry32 (Tommy Ettinger's 32-bit generator, public domain). */
export function mulberry32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Invented people followed until an event or for 30 to 730 days; one column per property, one entry per person. */
export type GeneratedCohort = {
  readonly time: Float64Array
  readonly event: Uint8Array
  readonly arm: Uint8Array
  readonly severity: Float64Array
  readonly ageYears: Uint8Array
  readonly injects: Uint8Array
  readonly priorTreatments: Uint8Array
  readonly site: Uint8Array
}

/**
 * Survival rows: exponential times with a baseline mean of 300 days and a log hazard linear in arm, severity, age,
 * injecting, prior treatments and site; censoring uniform over 30 to 730 days; times rounded up to whole days.
 *
 * @param count how many people
 * @param seed any 32-bit whole number
 */
export function generateCohort(count: number, seed: number): GeneratedCohort {
  const uniform = mulberry32(seed)
  const exponential = () => -Math.log(1 - uniform())
  const normal = () => {
    const radius = Math.sqrt(2 * exponential())
    return radius * Math.cos(2 * Math.PI * uniform())
  }
  const cohort = {
    time: new Float64Array(count),
    event: new Uint8Array(count),
    arm: new Uint8Array(count),
    severity: new Float64Array(count),
    ageYears: new Uint8Array(count),
    injects: new Uint8Array(count),
    priorTreatments: new Uint8Array(count),
    site: new Uint8Array(count),
  }
  for (let row = 0; row < count; row++) {
    // The order of the draws is part of the recipe.
    const arm = uniform() < 0.5 ? 0 : 1
    const severity = Math.round(normal() * 1000) / 1000
    const ageYears = 18 + Math.floor(53 * uniform())
    const injects = uniform() < 0.35 ? 1 : 0
    const priorTreatments = Math.floor(2 * exponential())
    const site = 1 + Math.floor(20 * uniform())
    const logHazard =
      -0.35 * arm +
      0.25 * severity -
      0.012 * (ageYears - 40) +
      0.3 * injects +
      0.06 * priorTreatments +
      0.02 * (site - 10)
    const eventDay = exponential() / (Math.exp(logHazard) / 300)
    const lastSeenDay = 30 + 700 * uniform()
    cohort.time[row] = Math.max(1, Math.ceil(Math.min(eventDay, lastSeenDay)))
    cohort.event[row] = eventDay <= lastSeenDay ? 1 : 0
    cohort.arm[row] = arm
    cohort.severity[row] = severity
    cohort.ageYears[row] = ageYears
    cohort.injects[row] = injects
    cohort.priorTreatments[row] = priorTreatments
    cohort.site[row] = site
  }
  return cohort
}

async function writeCohort(count: number, seed: number): Promise<void> {
  const c = generateCohort(count, seed)
  const linesAtOnce = 20_000
  let lines = ['id,days,status,arm,severity,age,iv,prior,site']
  for (let row = 0; row < count; row++) {
    lines.push(
      `${row + 1},${c.time[row]},${c.event[row]},${c.arm[row]},${c.severity[row]},${c.ageYears[row]},${c.injects[row]},${c.priorTreatments[row]},${c.site[row]}`,
    )
    if (lines.length >= linesAtOnce || row === count - 1) {
      if (!process.stdout.write(`${lines.join('\n')}\n`)) await once(process.stdout, 'drain')
      lines = []
    }
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [kind, count, seed] = process.argv.slice(2)
  const people = Number(count)
  if (kind === 'survival' && Number.isSafeInteger(people) && people > 0 && Number.isInteger(Number(seed))) {
    await writeCohort(people, Number(seed))
  } else {
    console.error('usage: node bench/gen.ts survival N SEED')
    process.exitCode = 2
  }
}
