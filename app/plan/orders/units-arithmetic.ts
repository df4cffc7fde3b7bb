import type { Route } from '../protocols/protocol.ts'
import type { DoseAnswer } from './dose-arithmetic.ts'
import { needsAt, type OrderCeilings } from './order-ceilings.ts'
import { type ArithmeticLine, say, tidy, within } from './rounding.ts'

/** A fixed dose in whole devices, sprays or tablets. */
export type UnitsChoice = {
  readonly kind: 'units'
  readonly mg: number
  /** What one device, spray or tablet holds. Of esketamine always 28. */
  readonly unitMg: number
}

export type UnitsFigures = {
  readonly kind: 'units'
  readonly doseMg: number
  readonly unitMg: number
  readonly units: number
  /** Minutes from the first one at which each is taken; empty where no times are stated. */
  readonly atMin: readonly number[]
}

/** One device of esketamine spray, and how far apart they are taken (label, from memory). */
export const ESKETAMINE_DEVICE = { mg: 28, minutesApart: 5, doses: [56, 84] } as const

/** What one unit is called, and the smallest part of one that can be given. A design default where it is a half. */
export const UNIT_WORDS: Readonly<
  Partial<Record<Route, { readonly one: string; readonly many: string; readonly part: number }>>
> = {
  'nasal-esketamine': { one: 'device', many: 'devices', part: 1 },
  'nasal-racemic': { one: 'spray', many: 'sprays', part: 1 },
  sublingual: { one: 'tablet', many: 'tablets', part: 0.5 },
  oral: { one: 'tablet', many: 'tablets', part: 0.5 },
}

/**
 * A fixed dose counted out in units. Pure. Esketamine is exactly 56 or 84 mg in devices of 28 mg, five minutes apart;
 * nothing between, nothing beside. A dose that is no whole number of units is refused, never rounded.
 *
 * @example workOutUnits({ kind: 'units', mg: 84, unitMg: 28 }, 'nasal-esketamine', ceilings) // 3 devices at 0, 5 and 10 min
 */
export function workOutUnits(
  { mg, unitMg }: UnitsChoice,
  route: Route,
  ceilings: OrderCeilings,
): DoseAnswer<UnitsFigures> {
  if (ceilings.by !== 'mg') return { ok: false, problems: ['wrong-ceilings'], lines: [] }
  const esketamine = route === 'nasal-esketamine'
  const { doses, mg: deviceMg, minutesApart } = ESKETAMINE_DEVICE
  if (esketamine && (!(doses as readonly number[]).includes(mg) || unitMg !== deviceMg))
    return { ok: false, problems: ['not-a-dose-of-devices'], lines: [] }
  if (!within(mg, [1, 1000]) || !within(unitMg, [0.5, 1000]))
    return { ok: false, problems: ['implausible-dose'], lines: [] }
  const { one, many, part } = UNIT_WORDS[route] ?? { one: 'unit', many: 'units', part: 1 }
  const units = tidy(mg / unitMg)
  const lines: ArithmeticLine[] = [
    { label: 'Dose', working: 'of the protocol, for every weight', result: `${say(mg)} mg` },
    {
      label: `Counted in ${many}`,
      working: `${say(mg)} mg ÷ ${say(unitMg)} mg in each ${one}`,
      result: `${say(units, 3)} ${units === 1 ? one : many}`,
    },
  ]
  if (!Number.isInteger(tidy(units / part))) return { ok: false, problems: ['not-whole-units'], lines }
  lines.push({
    label: 'Checked backwards',
    working: `${say(units)} × ${say(unitMg)} mg`,
    result: `${say(units * unitMg)} mg`,
  })
  const atMin = esketamine ? Array.from({ length: units }, (_, n) => n * minutesApart) : []
  if (esketamine) {
    lines.push({
      label: 'When',
      working: `${minutesApart} minutes from one ${one} to the next`,
      result: atMin.map((min) => (min === 0 ? 'at once' : `${min} min`)).join(', '),
    })
  }
  return {
    ok: true,
    needs: needsAt(mg, ceilings),
    lines,
    figures: { kind: 'units', doseMg: tidy(units * unitMg), unitMg, units, atMin },
  }
}
