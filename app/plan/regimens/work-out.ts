import {
  compareRegimens,
  type Exposure,
  emptyPart,
  exposureOf,
  type Person,
  type PopulationJob,
  type PopulationResult,
  populationPart,
  type Refusal,
  type Simulation,
  simulate,
  simulatePopulationInParts,
  type Warning,
} from '@evenkeel/pharmacokinetics'
import { drawPeople, seedOf, typicalPerson, weightGroups } from './drawn-people.ts'
import { FIGURES_OF } from './question-work.ts'
import { type AskedRegimen, countsByWeight, dosesFor, type RegimenQuestion } from './regimen-question.ts'

/** Lowest and highest of nine people in ten. */
const PERCENTILES = [0.05, 0.95] as const
/** People, and exact figures, computed between two looks at what else the process has to do. */
const AT_ONCE = 250
const FIGURES_AT_ONCE = 5

/** What the package says too when nobody waits any more. */
const STOPPED: Refusal = { ok: false, reason: 'stopped', field: 'signal', value: true }

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
      if (k % FIGURES_AT_ONCE === 0) await pause()
      if (signal?.aborted) return within(STOPPED)
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
      const all = emptyPart(job, 0, people.length)
      for (const { weightKg, from, to } of portions) {
        const own = { ...job, doses: dosesFor(rows, weightKg) }
        for (let start = from; start < to; start += AT_ONCE) {
          await pause()
          const part = populationPart(own, start, Math.min(to, start + AT_ONCE), { signal }, all)
          if ('ok' in part) return part
        }
      }
      return all
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
