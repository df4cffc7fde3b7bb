import { type BodyFacts, basisWeight, type WeightBasis } from './basis-weight.ts'
import type { ConcentrationMgPerMl, DoseAnswer, DoseProblem } from './dose-arithmetic.ts'
import { needsAt, type OrderCeilings } from './order-ceilings.ts'
import {
  type ArithmeticLine,
  drawnLines,
  drawnVolume,
  floorTo,
  MOST_ROUNDING_PERCENT,
  NOTHING,
  percentOff,
  roundTo,
  say,
  tidy,
  within,
} from './rounding.ts'

/** One stretch of an infusion at one speed, as it is asked for. */
export type ChosenStep = { readonly title: string; readonly mgPerKg: number; readonly durationMin: number }

export type InfusionChoice = {
  readonly kind: 'infusion'
  /** One after the other, from one syringe: one step, or a bolus and then an infusion. */
  readonly steps: readonly ChosenStep[]
  readonly weightBasis: WeightBasis
  readonly concentrationMgPerMl: ConcentrationMgPerMl
  /** Drug and diluent together, as the pump will infuse it. */
  readonly totalVolumeMl: number
}

/** One step as the pump is set for it. */
export type PumpedStep = ChosenStep & {
  /** What the pump gives in it, counted back from its rate and time. */
  readonly doseMg: number
  readonly volumeMl: number
  readonly rateMlPerH: number
}

export type InfusionFigures = {
  readonly kind: 'infusion'
  readonly basisWeightKg: number
  /** Wanted, before rounding to what a syringe can hold. */
  readonly wantedMg: number
  readonly doseMg: number
  readonly volumeMl: number
  readonly totalVolumeMl: number
  readonly diluentMl: number
  readonly finalMgPerMl: number
  readonly durationMin: number
  readonly steps: readonly PumpedStep[]
  /** How far `doseMg`, the rounded syringe, lies from the wanted dose, in percent; the pump's own lines say its mg. */
  readonly roundingErrorPercent: number
  /** The dose in the syringe, per kg of the actual body: the ceilings look at the higher of this and the asked one. */
  readonly mgPerActualKg: number
  /** Of the fastest step. */
  readonly mgPerKgPerMin: number
}

const PLAUSIBLE = { mgPerKg: [0.05, 3], durationMin: [5, 240] } as const
/** The label: a push into a vein is never faster than 60 seconds. */
const SHORTEST_STEP_MIN = 1
/**
 * What a pump can be set to, and the most it is given to infuse. Design defaults: a bag of 250 mL is the largest in
 * common use for this, and most syringe and volumetric pumps end at 999 mL/h. More of either is a slip of the hand.
 */
export const PUMP = { stepMlPerH: 0.1, mostMlPerH: 999, mostMl: 250 } as const
/** How far pump and syringe may lie apart when counted backwards. A design default. */
const MOST_MISMATCH_PERCENT = 1

/**
 * An infusion of one step or several from one syringe, from mg/kg to the pump and back, each step on its own. Pure.
 *
 * 100 mg/mL is diluted at least one to one. No step is faster than the rate ceiling but the one the protocol itself
 * defines as a bolus, and that one not faster than the protocol says. Rounding never passes a ceiling that the asked
 * dose keeps.
 */
export function workOutInfusion(
  choice: InfusionChoice,
  body: BodyFacts,
  ceilings: OrderCeilings,
): DoseAnswer<InfusionFigures> {
  if (ceilings.by !== 'mg-per-kg') return { ok: false, problems: ['wrong-ceilings'], lines: [] }
  const { steps, concentrationMgPerMl, totalVolumeMl, weightBasis } = choice
  const { actualWeightKg } = body
  const mgPerKg = tidy(steps.reduce((sum, s) => sum + s.mgPerKg, 0))
  const durationMin = tidy(steps.reduce((sum, s) => sum + s.durationMin, 0))

  const basis = basisWeight(body, weightBasis)
  const implausible: DoseProblem[] = []
  if (!basis.ok && basis.problem.startsWith('implausible')) implausible.push(basis.problem)
  if (!within(mgPerKg, PLAUSIBLE.mgPerKg) || steps.some((s) => !(s.mgPerKg > 0)))
    implausible.push('implausible-dose')
  if (!within(durationMin, PLAUSIBLE.durationMin)) implausible.push('implausible-duration')
  else if (steps.some((s) => !(s.durationMin >= SHORTEST_STEP_MIN))) implausible.push('push-too-fast')
  if (implausible.length > 0) return { ok: false, problems: implausible, lines: [] }
  if (!basis.ok) return { ok: false, problems: [basis.problem], lines: basis.lines }

  const basisWeightKg = basis.weightKg
  const lines: ArithmeticLine[] = [...basis.lines]
  const several = steps.length > 1
  const nameOf = (label: string, step: ChosenStep) => (several ? `${label}, ${step.title}` : label)
  const limitOf = (step: ChosenStep) =>
    ceilings.bolus && several && ceilings.bolus.stepTitle === step.title
      ? ceilings.bolus.mgPerKgPerMin
      : ceilings.rateMgPerKgPerMin

  const wantedMg = mgPerKg * basisWeightKg
  if (several) {
    lines.push({
      label: 'All steps',
      working: steps.map((s) => `${say(s.mgPerKg)} mg/kg in ${say(s.durationMin)} min`).join(' + '),
      result: `${say(mgPerKg)} mg/kg`,
    })
  }
  lines.push({
    label: 'Dose',
    working: `${say(mgPerKg)} mg/kg × ${say(basisWeightKg)} kg`,
    result: `${say(wantedMg)} mg`,
  })

  // Each limit as mg of the whole dose per kg of the actual body.
  const limits = [
    ceilings.soft,
    ceilings.hard,
    ...steps.map((s) => (limitOf(s) * s.durationMin * mgPerKg) / s.mgPerKg),
  ]
  const askedMgPerKg = Math.max(mgPerKg, wantedMg / actualWeightKg)
  const kept = limits.filter((limit) => askedMgPerKg <= limit + NOTHING)
  const drawn = drawnVolume(
    wantedMg,
    concentrationMgPerMl,
    kept.map((limit) => limit * actualWeightKg),
  )
  const { volumeMl } = drawn
  const doseMg = tidy(volumeMl * concentrationMgPerMl)
  lines.push(...drawnLines(wantedMg, concentrationMgPerMl, drawn))
  const drawnError = percentOff(doseMg, wantedMg)

  if (totalVolumeMl > PUMP.mostMl) return { ok: false, problems: ['volume-too-large'], lines }
  const diluentMl = tidy(totalVolumeMl - volumeMl)
  if (!Number.isFinite(totalVolumeMl) || diluentMl < -NOTHING)
    return { ok: false, problems: ['volume-too-small'], lines }
  if (concentrationMgPerMl === 100 && diluentMl + NOTHING < volumeMl)
    return { ok: false, problems: ['must-be-diluted'], lines }
  const finalMgPerMl = doseMg / totalVolumeMl
  lines.push({
    label: 'Diluted',
    working: `${say(volumeMl)} mL drug + ${say(diluentMl)} mL diluent = ${say(totalVolumeMl)} mL; ${say(doseMg)} mg ÷ ${say(totalVolumeMl)} mL`,
    result: `${say(finalMgPerMl, 3)} mg/mL`,
  })

  const problems: DoseProblem[] = []
  let inStep: number | undefined
  const note = (problem: DoseProblem, step?: number) => {
    if (!problems.includes(problem)) problems.push(problem)
    inStep ??= step
  }
  const highestMgPerKg = Math.max(askedMgPerKg, doseMg / actualWeightKg)
  const pumped: PumpedStep[] = []
  const speeds: number[] = []
  const speedLines: ArithmeticLine[] = []
  for (const [index, step] of steps.entries()) {
    const share = step.mgPerKg / mgPerKg
    const stepMl = totalVolumeMl * share
    const exactRate = (stepMl / step.durationMin) * 60
    const speedAt = (mlPerH: number) => ((mlPerH / 60) * finalMgPerMl) / actualWeightKg
    const limit = limitOf(step)
    const nearest = roundTo(exactRate, PUMP.stepMlPerH)
    const down = speedAt(exactRate) <= limit + NOTHING && speedAt(nearest) > limit + NOTHING
    const rateMlPerH = down ? floorTo(exactRate, PUMP.stepMlPerH) : nearest
    lines.push({
      label: nameOf('Pump rate', step),
      working: `${several ? `${say(totalVolumeMl)} mL × ${say(step.mgPerKg)} ÷ ${say(mgPerKg)} = ${say(stepMl, 3)} mL; ` : ''}${say(stepMl, 3)} mL ÷ ${say(step.durationMin)} min × 60, ${down ? 'down to' : 'to the nearest'} 0.1 mL/h`,
      result: `${say(rateMlPerH)} mL/h`,
    })
    // Back from what stands on the pump: were a figure mistyped or misplaced, the two ways would not meet.
    const backMg = (rateMlPerH / 60) * step.durationMin * finalMgPerMl
    const backMin = rateMlPerH > 0 ? (stepMl / rateMlPerH) * 60 : Number.POSITIVE_INFINITY
    lines.push({
      label: nameOf('Checked backwards', step),
      working: `${say(rateMlPerH)} mL/h × ${say(step.durationMin)} min × ${say(finalMgPerMl, 3)} mg/mL; ${say(stepMl, 3)} mL ÷ ${say(rateMlPerH)} mL/h = ${say(backMin, 1)} min`,
      result: `${say(backMg, 1)} mg`,
    })
    const off = [percentOff(backMg, doseMg * share), percentOff(backMin, step.durationMin)]
    if (rateMlPerH > PUMP.mostMlPerH) note('pump-rate-too-high', index)
    if (off.some((percent) => !(Math.abs(percent) <= MOST_MISMATCH_PERCENT))) note('pump-mismatch', index)
    const stepHighest = highestMgPerKg * share
    const speed = Math.max(stepHighest / step.durationMin, speedAt(rateMlPerH))
    speedLines.push({
      label: nameOf('Speed', step),
      working: `${say(stepHighest)} mg/kg ÷ ${say(step.durationMin)} min; ceiling ${say(limit, 3)}${limit === ceilings.rateMgPerKgPerMin ? '' : ', the bolus of the protocol'}`,
      result: `${say(speed, 4)} mg/kg per min`,
    })
    if (speed > limit + NOTHING) note('rate-ceiling', index)
    speeds.push(speed)
    pumped.push({ ...step, doseMg: tidy(backMg), volumeMl: tidy(stepMl), rateMlPerH })
  }
  const pumpedMg = pumped.reduce((sum, s) => sum + s.doseMg, 0)
  if (several) {
    lines.push({
      label: 'All steps, backwards',
      working: pumped.map((s) => `${say(s.doseMg, 1)} mg`).join(' + '),
      result: `${say(pumpedMg, 1)} mg`,
    })
  }
  if (Math.abs(percentOff(pumpedMg, doseMg)) > MOST_MISMATCH_PERCENT) note('pump-mismatch')
  if (Math.abs(drawnError) > MOST_ROUNDING_PERCENT) note('rounding-too-large')

  const mgPerActualKg = doseMg / actualWeightKg
  lines.push(...speedLines, {
    label: 'Per kg of the actual body',
    working: `${say(doseMg)} mg ÷ ${say(actualWeightKg)} kg; reason above ${say(ceilings.soft)}, second prescriber above ${say(ceilings.hard)}`,
    result: `${say(mgPerActualKg, 3)} mg/kg`,
  })
  if (problems.length > 0) return { ok: false, problems, ...(inStep === undefined ? {} : { inStep }), lines }
  return {
    ok: true,
    needs: needsAt(highestMgPerKg, ceilings),
    lines,
    figures: {
      kind: 'infusion',
      basisWeightKg,
      wantedMg: tidy(wantedMg),
      doseMg,
      volumeMl,
      totalVolumeMl,
      diluentMl,
      finalMgPerMl,
      durationMin,
      steps: pumped,
      roundingErrorPercent: drawnError,
      mgPerActualKg,
      mgPerKgPerMin: Math.max(...speeds),
    },
  }
}
