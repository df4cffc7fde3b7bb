/** One step of the calculation as a person would write it down. */
export type ArithmeticLine = {
  readonly label: string
  readonly working: string
  readonly result: string
}

/** Wider than floating point, narrower than any figure here: 1.0 mg/kg over 40 min is at the ceiling, not over it. */
export const NOTHING = 1e-9

/** Design default: an order whose rounding moves the dose further than this wants another concentration or volume. */
export const MOST_ROUNDING_PERCENT = 5

/** What a syringe of fitting size is marked in: 0.01 mL under one millilitre, 0.1 mL from there. A design default. */
export function syringeStepMl(volumeMl: number): number {
  return volumeMl < 1 ? 0.01 : 0.1
}

export function within(value: number, [low, high]: readonly [number, number]): boolean {
  return Number.isFinite(value) && value >= low && value <= high
}

export function roundTo(value: number, step: number): number {
  return tidy(Math.round(tidy(value / step)) * step)
}

export function floorTo(value: number, step: number): number {
  return tidy(Math.floor(tidy(value / step)) * step)
}

/** Takes off what binary fractions leave behind, far below any digit that matters. */
export function tidy(value: number): number {
  return Number(value.toFixed(9))
}

export function percentOff(got: number, wanted: number): number {
  return (got / wanted - 1) * 100
}

/** A figure as it is written on a line of arithmetic, without trailing zeros. */
export function say(value: number, digits = 2): string {
  return String(Number(value.toFixed(digits)))
}

/** A change in percent with its sign. */
export function signed(percent: number): string {
  const rounded = Number(percent.toFixed(1))
  return rounded > 0 ? `+${rounded}` : String(rounded).replace('-', '−')
}

/** A volume as a syringe can hold it. */
export type DrawnVolume = {
  readonly volumeMl: number
  readonly stepMl: number
  readonly roundedDown: boolean
}

/**
 * The volume as a syringe can hold it: the nearest mark, or the one below when the nearest would carry the dose over a
 * limit that the wanted dose keeps. Pure.
 *
 * @param wantedMg before rounding
 * @param limitsMg no limit that `wantedMg` keeps is passed by rounding
 * @example drawnVolume(56, 50, [70]) // { volumeMl: 1.1, stepMl: 0.1, roundedDown: false }
 */
export function drawnVolume(
  wantedMg: number,
  concentrationMgPerMl: number,
  limitsMg: readonly number[],
): DrawnVolume {
  const exactMl = wantedMg / concentrationMgPerMl
  const stepMl = syringeStepMl(exactMl)
  const nearestMl = roundTo(exactMl, stepMl)
  const nearestMg = nearestMl * concentrationMgPerMl
  const passes = limitsMg.some((limit) => wantedMg <= limit + NOTHING && nearestMg > limit + NOTHING)
  return passes
    ? { volumeMl: floorTo(exactMl, stepMl), stepMl, roundedDown: true }
    : { volumeMl: nearestMl, stepMl, roundedDown: false }
}

/** The two lines every drawn dose has: what is drawn from the vial, and what that holds. */
export function drawnLines(
  wantedMg: number,
  concentrationMgPerMl: number,
  { volumeMl, stepMl, roundedDown }: DrawnVolume,
): ArithmeticLine[] {
  const doseMg = tidy(volumeMl * concentrationMgPerMl)
  const exact = say(wantedMg / concentrationMgPerMl, 3)
  const how = roundedDown
    ? `down to ${say(stepMl)} mL so that rounding passes no ceiling`
    : `to the nearest ${say(stepMl)} mL`
  return [
    {
      label: 'Drawn from the vial',
      working: `${say(wantedMg)} mg ÷ ${concentrationMgPerMl} mg/mL = ${exact} mL, ${how}`,
      result: `${say(volumeMl)} mL`,
    },
    {
      label: 'In the syringe',
      working: `${say(volumeMl)} mL × ${concentrationMgPerMl} mg/mL; rounding ${signed(percentOff(doseMg, wantedMg))} %`,
      result: `${say(doseMg)} mg`,
    },
  ]
}
