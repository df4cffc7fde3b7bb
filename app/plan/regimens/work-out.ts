import {
  compareRegimens,
  type Exposure,
  exposureOf,
  type Person,
  type PopulationJob,
  type PopulationPart,
  type PopulationResult,
  populationPart,
  type Refusal,
  type Simulation,
  simulate,
  simulatePopulationInParts,
  type Warning,
} from '@evenkeel/pharmacokinetics'
import { drawPeople, seedOf, typicalPerson, weightGroups } from './drawn-people.ts'
import { type AskedRegimen, countsByWeight, dosesFor, type RegimenQuestion } from './regimen-question.ts'

/** Lowest and highest of nine people in ten. */
const PERCENTILES = [0.05, 0.95] as const
/** How many drawn people get an exact curve for the spread of figures. */
export const FIGURES_OF = 200
/** People computed between two looks at what else the process has to do. */
const AT_ONCE = 250

/** Exact figures of one person's concentration. */
export type PersonFigures = {
  readonly peakNgPerMl: number
  readonly peakAtMin: number
  readonly areaNgHPerMl: number
  /** Null without a threshold. */
  readonly minutesAbove: number | null
}

export type WorkedRegimen = {
  readonly asked: AskedRegimen
  readonly typical: Simulation
  readonly typicalFigures: PersonFigures
  readonly typicalEffectPeak: { readonly value: number; readonly atMin: number } | null
  readonly bands: PopulationResult
  /** Person k of one regimen is person k of every other with the same model. */
  readonly figures: readonly PersonFigures[]
  readonly warnings: readonly Warning[]
}

export type WorkedQuestion = {
  readonly ok: true
  readonly question: RegimenQuestion
  readonly typical: Person
  readonly regimens: readonly WorkedRegimen[]
}

/** A refusal of the package, with the regimen that it is about. */
export type RegimenRefusal = Refusal & { readonly place: number }

/**
 * Works a question out: typical courses minute by minute, bands of drawn people, exact figures of some of them. Doses in
 * mg/kg are counted for each drawn person's own weight. The same question gives the same answer.
 *
 * @param pause awaited between portions of work, so that a server can answer others meanwhile
 * @param signal work stops with the refusal `stopped` once it is aborted
 */
export async function workOut(
  question: RegimenQuestion,
  pause: () => Promise<void> = async () => {},
  signal?: { readonly aborted: boolean },
): Promise<WorkedQuestion | RegimenRefusal> {
  const typical = typicalPerson(question.people)
  const timesMin = Float64Array.from({ length: question.untilMin + 1 }, (_, minute) => minute)
  const everyone = drawPeople(question.people, question.n, question.seed)
  const some = drawPeople(question.people, FIGURES_OF, seedOf(question.seed, -2))
  const regimens: WorkedRegimen[] = []
  for (const asked of question.regimens) {
    const within = (refusal: Refusal): RegimenRefusal => ({ ...refusal, place: asked.place })
    const doses = dosesFor(asked.rows, typical.weightKg)
    const course = simulate(asked.model, typical, doses, timesMin, { effectSite: question.effectSite })
    if (!course.ok) return within(course)
    const bands = await bandsOf(asked, everyone, timesMin)
    if (!bands.ok) return within(bands)
    const figures: PersonFigures[] = []
    for (const [k, person] of some.entries()) {
      if (k % 5 === 0) await pause()
      const found = figuresOfDrawn(asked, person, seedOf(question.seed, k), question.thresholdNgPerMl)
      if ('ok' in found) return within(found)
      figures.push(found)
    }
    const { concentration, effectSite } = course.curves
    regimens.push({
      asked,
      typical: course,
      typicalFigures: figuresOf(exposureOf(concentration, question.thresholdNgPerMl)),
      typicalEffectPeak: effectSite && exposureOf(effectSite).peak,
      bands,
      figures,
      warnings: warningsOf(asked),
    })
  }
  return { ok: true, question, typical, regimens }

  /** What the model was not made for: of the person, or of the lightest and youngest and the heaviest and oldest. */
  function warningsOf({ model, rows }: AskedRegimen): Warning[] {
    const { people } = question
    const asked =
      people.kind === 'person'
        ? [typical]
        : (['least', 'most'] as const).map((end) => ({
            weightKg: people.weightKg[end],
            ageYears: people.ageYears[end],
          }))
    const found = new Map<string, Warning>()
    for (const person of asked) {
      const course = simulate(model, person, dosesFor(rows, person.weightKg), [0])
      if (course.ok) for (const warning of course.warnings) found.set(warning.words, warning)
    }
    return [...found.values()]
  }

  function bandsOf(
    { model, rows }: AskedRegimen,
    people: readonly Person[],
    timesMin: Float64Array,
  ): Promise<PopulationResult | Refusal> {
    const byWeight = countsByWeight(rows)
    // The package gives everybody the same milligrams; here each weight is a portion of its own with its own doses.
    const portions = byWeight
      ? weightGroups(people)
      : [{ weightKg: typical.weightKg, from: 0, to: people.length }]
    const runner = async (job: PopulationJob) => {
      let sum: PopulationPart | undefined
      for (const { weightKg, from, to } of portions) {
        const own = { ...job, doses: dosesFor(rows, weightKg) }
        for (let start = from; start < to; start += AT_ONCE) {
          await pause()
          const part = populationPart(own, start, Math.min(to, start + AT_ONCE), { signal })
          if ('ok' in part) return part
          sum = sum ? joined(sum, part, job.timesMin.length) : part
        }
      }
      return sum!
    }
    return simulatePopulationInParts(runner, 1, model, people, dosesFor(rows, typical.weightKg), timesMin, {
      n: question.n,
      seed: question.seed,
      effectSite: question.effectSite,
      percentiles: PERCENTILES,
      residualDrawn: 'once-per-person',
    })
  }
}

/** Two neighbouring parts as one: counts are added, kept values are set side by side minute by minute. */
function joined(a: PopulationPart, b: PopulationPart, points: number): PopulationPart {
  const both = (left: Float64Array | Uint32Array, right: Float64Array | Uint32Array) => {
    if (left instanceof Uint32Array) {
      for (let i = 0; i < left.length; i += 1) left[i]! += right[i]!
      return left
    }
    const [m, n] = [a.to - a.from, b.to - b.from]
    const all = new Float64Array(points * (m + n))
    for (let i = 0; i < points; i += 1) {
      all.set(left.subarray(i * m, (i + 1) * m), i * (m + n))
      all.set(right.subarray(i * n, (i + 1) * n), i * (m + n) + m)
    }
    return all
  }
  return {
    from: a.from,
    to: b.to,
    concentration: both(a.concentration, b.concentration),
    effectSite: a.effectSite && b.effectSite && both(a.effectSite, b.effectSite),
  }
}

/** Exact figures of the one person whom a seed draws, without residual: a level is measured, a curve is not. */
function figuresOfDrawn(
  { name, model, rows }: AskedRegimen,
  person: Person,
  seed: number,
  thresholdNgPerMl: number | undefined,
): PersonFigures | Refusal {
  const found = compareRegimens(
    model,
    person,
    person,
    [{ name, doses: dosesFor(rows, person.weightKg) }],
    [0],
    {
      n: 1,
      figuresOf: 1,
      seed,
      residual: 'none',
      effectSite: 'none',
      percentiles: [0.5],
      ...(thresholdNgPerMl === undefined ? {} : { thresholdNgPerMl }),
    },
  )
  if (!found.ok) return found
  const { spread } = found.regimens[0]!
  return {
    peakNgPerMl: spread.peakNgPerMl[0]!,
    peakAtMin: spread.peakAtMin[0]!,
    areaNgHPerMl: spread.totalAreaNgMinPerMl![0]! / 60,
    minutesAbove: spread.minutesAbove?.[0] ?? null,
  }
}

function figuresOf({ peak, totalAreaNgMinPerMl, minutesAbove }: Exposure): PersonFigures {
  return {
    peakNgPerMl: peak?.value ?? 0,
    peakAtMin: peak?.atMin ?? 0,
    areaNgHPerMl: (totalAreaNgMinPerMl ?? 0) / 60,
    minutesAbove,
  }
}
