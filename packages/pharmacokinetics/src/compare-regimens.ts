import { concentrationAnswers, personalPlan } from './absorption.ts'
import { type Curve, curveOf } from './curve.ts'
import { type Dose, planDoses } from './dose.ts'
import { drawerOf } from './drawn-person.ts'
import { emptySystem, scaleClearance } from './individual.ts'
import { decayOf, emptyDecay } from './mammillary.ts'
import type { Model } from './model.ts'
import { sortedPercentile } from './percentile-bins.ts'
import type { Person } from './person.ts'
import { jobOf, type People, type PopulationOptions, USUAL_PERCENTILES } from './population-options.ts'
import { type Refusal, refuse } from './refusal.ts'
import { type Exposure, exposureOf, type Simulation, simulate } from './simulate.ts'
import { type PopulationResult, simulatePopulation } from './simulate-population.ts'

export type Regimen = {
  readonly name: string
  readonly doses: readonly Dose[]
  /** The comparison's model unless told: nasal spray and infusion may need different ones. */
  readonly model?: Model
}

/** Percentiles, in the order asked for, of one figure over drawn people. */
export type Spread = readonly number[]

export type RegimenResult = {
  readonly name: string
  readonly modelId: string
  readonly sampling: Model['sampling']
  readonly typical: Simulation
  readonly figures: Exposure
  readonly bands: PopulationResult
  /** Of each drawn person's own exact curve, without residual. Null where a pump runs without end. */
  readonly spread: {
    readonly peakNgPerMl: Spread
    readonly peakAtMin: Spread
    readonly totalAreaNgMinPerMl: Spread | null
    readonly minutesAbove: Spread | null
  }
}

export type Comparison = {
  readonly ok: true
  readonly percentiles: readonly number[]
  readonly thresholdNgPerMl: number | null
  readonly regimens: readonly RegimenResult[]
  /** Said when regimens are computed with models of different sites: their lines must not be read against each other. */
  readonly sitesDiffer: boolean
}

export type CompareOptions = PopulationOptions & {
  readonly thresholdNgPerMl?: number
  /** How many of the people get an exact curve for the spread of figures; 300 unless told. */
  readonly figuresOf?: number
}

/**
 * Two or more regimens in the same people: typical courses, bands, exact figures and their spread. Every regimen of a
 * model meets the same drawn people, so differences are those of the regimens. Not a recommendation of either.
 *
 * @param typical who the single lines are for; `people` are who the bands are for
 */
export function compareRegimens(
  model: Model,
  typical: Person,
  people: People,
  regimens: readonly Regimen[],
  timesMin: ArrayLike<number>,
  options: CompareOptions,
): Comparison | Refusal {
  if (regimens.length === 0) return refuse('nothing-given', 'regimens', regimens)
  const { thresholdNgPerMl, figuresOf = 300, ...population } = options
  if (thresholdNgPerMl !== undefined && !(thresholdNgPerMl > 0 && Number.isFinite(thresholdNgPerMl))) {
    return refuse('not-above-zero', 'options.thresholdNgPerMl', thresholdNgPerMl)
  }
  if (!Number.isSafeInteger(figuresOf) || figuresOf < 1) {
    return refuse('not-a-count', 'options.figuresOf', figuresOf)
  }
  const percentiles = options.percentiles ?? USUAL_PERCENTILES
  const results: RegimenResult[] = []
  for (const [at, { name, doses, model: own = model }] of regimens.entries()) {
    const within = (refusal: Refusal) => ({ ...refusal, field: `regimens[${at}].${refusal.field}` })
    const course = simulate(own, typical, doses, timesMin, { effectSite: options.effectSite })
    if (!course.ok) return within(course)
    const bands = simulatePopulation(own, people, doses, timesMin, population)
    if (!bands.ok) return within(bands)
    const figures = figuresOfPeople(own, people, doses, timesMin, population, figuresOf, thresholdNgPerMl)
    if ('ok' in figures) return within(figures)
    const spreadOf = (values: readonly (number | null)[]) => {
      if (values.some((value) => value === null)) return null
      const sorted = Float64Array.from(values as number[]).sort()
      return percentiles.map((share) => sortedPercentile(sorted, share))
    }
    results.push({
      name,
      modelId: own.id,
      sampling: own.sampling,
      typical: course,
      figures: exposureOf(course.curves.concentration, thresholdNgPerMl),
      bands,
      spread: {
        peakNgPerMl: spreadOf(figures.map(({ peak }) => peak?.value ?? 0))!,
        peakAtMin: spreadOf(figures.map(({ peak }) => peak?.atMin ?? 0))!,
        totalAreaNgMinPerMl: spreadOf(figures.map((f) => f.totalAreaNgMinPerMl)),
        minutesAbove: thresholdNgPerMl === undefined ? null : spreadOf(figures.map((f) => f.minutesAbove)),
      },
    })
  }
  return {
    ok: true,
    percentiles: [...percentiles],
    thresholdNgPerMl: thresholdNgPerMl ?? null,
    regimens: results,
    sitesDiffer: new Set(results.map((result) => result.sampling)).size > 1,
  }
}

function figuresOfPeople(
  model: Model,
  people: People,
  doses: readonly Dose[],
  timesMin: ArrayLike<number>,
  options: PopulationOptions,
  count: number,
  threshold: number | undefined,
): Exposure[] | Refusal {
  const job = jobOf(model, people, doses, timesMin, options)
  if ('ok' in job) return job
  const plan = planDoses(model, doses)
  const { compiled, drawn, draw } = drawerOf(job, plan)
  const system = emptySystem()
  const decay = emptyDecay()
  return Array.from({ length: Math.min(count, options.n) }, (_, person) => {
    draw(person)
    compiled.fill(drawn.parameters, system)
    scaleClearance(system, drawn.clearance)
    decayOf(system, decay)
    const personal = personalPlan(compiled, plan, drawn.parameters, system, drawn.swallowedShare)
    const curve: Curve = curveOf(concentrationAnswers(plan, personal, system, decay), personal.events)
    return exposureOf(curve, threshold)
  })
}
