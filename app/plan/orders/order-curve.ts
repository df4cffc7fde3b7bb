import {
  type Dose,
  kamp2020,
  type Model,
  type Person,
  peakOf,
  perezRuixo2021,
  simulate,
  simulatePopulation,
} from '@evenkeel/pharmacokinetics'
import type { Sex } from '../../identity/index.ts'
import type { Route } from '../protocols/protocol.ts'
import type { DoseFigures } from './dose-arithmetic.ts'

/** Whose course it is: what a model needs of a person. */
export type CurvePerson = {
  readonly weightKg: number | undefined
  readonly ageYears: number | undefined
  readonly sex: Sex | undefined
}

export type CurveLine = {
  readonly key: 'blood' | 'effect'
  readonly ngPerMl: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
}

/** The course a model predicts for an order, in ng/mL by minutes from the start of the dose. */
export type OrderCurve =
  | {
      readonly ok: true
      readonly model: Pick<Model, 'id' | 'title' | 'population' | 'sampling' | 'analyte'>
      readonly minutes: Float64Array
      readonly lines: readonly CurveLine[]
      readonly given: readonly { readonly fromMinute: number; readonly toMinute: number }[]
      readonly peak: { readonly ngPerMl: number; readonly atMinute: number } | undefined
      /** What the model says against itself, in words. */
      readonly cautions: readonly string[]
    }
  | { readonly ok: false; readonly why: string }

/** Percentiles are counted, not sorted, from here on; the same everywhere, so server and browser draw the same band. */
const PEOPLE = 1024
const SEED = 20
const END_MIN = 180

/**
 * The course that a model predicts for an order as the pump, syringe or devices will give it: typical levels with a
 * band for nine people in ten. Deterministic.
 *
 * @returns no curve, and why, without a weight, by a route no model here was made for, and for a person outside the
 *   weights and ages the model was made for
 * @example orderCurve(figures, 'intravenous', { weightKg: 70, ageYears: 40, sex: 'female' })
 */
export function orderCurve(
  figures: DoseFigures,
  route: Route,
  { weightKg, ageYears, sex }: CurvePerson,
): OrderCurve {
  const how = dosesOf(figures, route)
  if (!how)
    return { ok: false, why: 'No model here was made for this route, so no curve is drawn for this order.' }
  if (weightKg === undefined)
    return {
      ok: false,
      why: 'No weight is recorded. The same mg are twice the level in half the weight, so no curve is drawn.',
    }
  const { model, doses, given } = how
  const person: Person = {
    weightKg,
    ...(ageYears === undefined ? {} : { ageYears }),
    ...(sex === 'female' || sex === 'male' ? { sex } : {}),
  }
  const minutes = Float64Array.from({ length: END_MIN / 2 + 1 }, (_, at) => at * 2)
  const typical = simulate(model, person, doses, minutes)
  const people = simulatePopulation(model, person, doses, minutes, {
    n: PEOPLE,
    seed: SEED,
    percentiles: [0.05, 0.95],
    residualDrawn: 'once-per-person',
  })
  if (!typical.ok || !people.ok)
    return { ok: false, why: 'These figures are none that the model can compute with.' }
  const outside = typical.warnings.filter(({ reason }) => /^(weight|age)-(below|above)/.test(reason))
  if (outside.length > 0)
    return {
      ok: false,
      why: `${model.title} was not made for this person: ${outside.map(({ words }) => words).join('; ')}. No curve is drawn.`,
    }
  const [low, high] = people.concentrationNgPerMl
  const [effectLow, effectHigh] = people.effectSiteNgPerMl ?? []
  const peak = peakOf(typical.curves.concentration)
  return {
    ok: true,
    model: {
      id: model.id,
      title: model.title,
      population: model.population,
      sampling: model.sampling,
      analyte: model.analyte,
    },
    minutes,
    lines: [
      { key: 'blood', ngPerMl: typical.concentrationNgPerMl, low: low!, high: high! },
      ...(typical.effectSiteNgPerMl && effectLow && effectHigh
        ? [
            {
              key: 'effect' as const,
              ngPerMl: typical.effectSiteNgPerMl,
              low: effectLow,
              high: effectHigh,
            },
          ]
        : []),
    ],
    given,
    peak: peak ? { ngPerMl: peak.value, atMinute: peak.atMin } : undefined,
    cautions: [...typical.warnings.map(({ words }) => words), ...how.cautions],
  }
}

type Given = {
  readonly model: Model
  readonly doses: readonly Dose[]
  readonly given: readonly { readonly fromMinute: number; readonly toMinute: number }[]
  readonly cautions: readonly string[]
}

function dosesOf(figures: DoseFigures, route: Route): Given | undefined {
  if (figures.kind === 'infusion' && route === 'intravenous') {
    let atMin = 0
    const steps = figures.steps.map(({ rateMlPerH, durationMin }) => {
      const step = { atMin, mgPerMin: (rateMlPerH / 60) * figures.finalMgPerMl }
      atMin += durationMin
      return step
    })
    return {
      model: kamp2020,
      doses: [{ route: 'iv-rate', steps: [...steps, { atMin, mgPerMin: 0 }] }],
      given: [{ fromMinute: 0, toMinute: atMin }],
      cautions: [],
    }
  }
  if (figures.kind === 'volume' && route === 'intramuscular') {
    return {
      model: kamp2020,
      doses: [{ route: 'im', atMin: 0, doseMg: figures.doseMg }],
      given: [{ fromMinute: 0, toMinute: 0 }],
      cautions: [
        'How fast a muscle gives the dose on is no part of the published model; its figures here are ours.',
      ],
    }
  }
  if (figures.kind === 'units' && route === 'nasal-esketamine') {
    return {
      model: perezRuixo2021,
      doses: figures.atMin.map((atMin) => ({ route: 'intranasal', atMin, doseMg: figures.unitMg })),
      given: figures.atMin.map((atMin) => ({ fromMinute: atMin, toMinute: atMin })),
      cautions: ['Blood of a vein; a model of arteries stands higher early on and is not to be compared.'],
    }
  }
  return undefined
}
