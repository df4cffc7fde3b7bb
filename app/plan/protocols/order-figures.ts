import type { Protocol } from './protocol.ts'

/** An infusion as it is ordered: all steps together, and each of them. */
export type InfusionFigures = {
  readonly mgPerKg: number
  readonly durationMin: number
  readonly steps: readonly {
    readonly title: string
    readonly mgPerKg: number
    readonly durationMin: number
  }[]
}

/**
 * The dose of an infusion protocol as plain numbers.
 *
 * @returns undefined for another kind of dose, and while a figure is not known
 * @example infusionFigures(audKare) // { mgPerKg: 0.8, durationMin: 40, steps: [{ title: 'Infusion', … }] }
 */
export function infusionFigures({ dose }: Pick<Protocol, 'dose'>): InfusionFigures | undefined {
  if (dose.kind !== 'infusion-mg-per-kg') return undefined
  const steps: InfusionFigures['steps'][number][] = []
  for (const { title, mgPerKg, durationMin } of dose.steps) {
    if (mgPerKg.value === null || durationMin.value === null) return undefined
    steps.push({ title, mgPerKg: mgPerKg.value, durationMin: durationMin.value })
  }
  return {
    mgPerKg: tidy(steps.reduce((sum, s) => sum + s.mgPerKg, 0)),
    durationMin: steps.reduce((sum, s) => sum + s.durationMin, 0),
    steps,
  }
}

/** Takes off what adding binary fractions leaves behind: 0.11 + 0.6 is 0.71. */
function tidy(value: number): number {
  return Number(value.toFixed(9))
}
