import type { Route } from '../protocols/protocol.ts'
import { type BodyFacts, basisWeight, type WeightBasis } from './basis-weight.ts'
import type { ConcentrationMgPerMl, DoseAnswer } from './dose-arithmetic.ts'
import { needsAt, type OrderCeilings } from './order-ceilings.ts'
import {
  type ArithmeticLine,
  drawnLines,
  drawnVolume,
  floorTo,
  MOST_ROUNDING_PERCENT,
  NOTHING,
  percentOff,
  say,
  syringeStepMl,
  tidy,
  within,
} from './rounding.ts'

/** A volume given at once: into a muscle, under the skin, or swallowed as a liquid. */
export type AtOnceChoice =
  | {
      readonly kind: 'at-once-per-kg'
      readonly mgPerKg: number
      readonly weightBasis: WeightBasis
      readonly concentrationMgPerMl: ConcentrationMgPerMl
    }
  | {
      readonly kind: 'at-once-mg'
      readonly mg: number
      readonly concentrationMgPerMl: ConcentrationMgPerMl
    }

export type VolumeFigures = {
  readonly kind: 'volume'
  /** Undefined for a dose that is not counted from a weight. */
  readonly basisWeightKg: number | undefined
  readonly wantedMg: number
  readonly doseMg: number
  readonly volumeMl: number
  /** mL at each place, in order; one place when one holds it. */
  readonly portionsMl: readonly number[]
  readonly roundingErrorPercent: number
  readonly mgPerActualKg: number | undefined
}

/**
 * How much one place may hold and how many places there are. Design defaults, to be set by the medical director; no
 * label states them.
 */
export const SITE_LIMITS: Readonly<Partial<Record<Route, { readonly ml: number; readonly sites: number }>>> =
  {
    intramuscular: { ml: 4, sites: 2 },
    subcutaneous: { ml: 2, sites: 2 },
  }

const PLAUSIBLE = { mgPerKg: [0.05, 7], mg: [1, 500] } as const

/**
 * A dose given at once, from mg/kg or mg to the syringe, shared out to the places that can hold it. Pure. It is drawn
 * undiluted: that 100 mg/mL is diluted is a rule of the vein.
 */
export function workOutAtOnce(
  choice: AtOnceChoice,
  route: Route,
  body: BodyFacts | undefined,
  ceilings: OrderCeilings,
): DoseAnswer<VolumeFigures> {
  const counted = choice.kind === 'at-once-mg' ? 'mg' : 'mg-per-kg'
  if (ceilings.by !== counted) return { ok: false, problems: ['wrong-ceilings'], lines: [] }
  const asked = choice.kind === 'at-once-mg' ? choice.mg : choice.mgPerKg
  const plausible = choice.kind === 'at-once-mg' ? PLAUSIBLE.mg : PLAUSIBLE.mgPerKg
  if (!within(asked, plausible)) return { ok: false, problems: ['implausible-dose'], lines: [] }
  const { concentrationMgPerMl } = choice
  const lines: ArithmeticLine[] = []
  let basisWeightKg: number | undefined
  let wantedMg = asked
  if (choice.kind === 'at-once-per-kg') {
    if (!body) return { ok: false, problems: ['weight-unknown'], lines: [] }
    const basis = basisWeight(body, choice.weightBasis)
    if (!basis.ok) return { ok: false, problems: [basis.problem], lines: basis.lines }
    basisWeightKg = basis.weightKg
    wantedMg = asked * basisWeightKg
    lines.push(...basis.lines, {
      label: 'Dose',
      working: `${say(asked)} mg/kg × ${say(basisWeightKg)} kg`,
      result: `${say(wantedMg)} mg`,
    })
  } else {
    lines.push({ label: 'Dose', working: 'of the protocol, for every weight', result: `${say(asked)} mg` })
  }

  // The ceilings count the actual body; a body that is not known bounds nothing, and nothing is then counted from it.
  const perUnit = choice.kind === 'at-once-per-kg' ? body!.actualWeightKg : 1
  const highestAsked = Math.max(asked, wantedMg / perUnit)
  const kept = [ceilings.soft, ceilings.hard].filter((limit) => highestAsked <= limit + NOTHING)
  const drawn = drawnVolume(
    wantedMg,
    concentrationMgPerMl,
    kept.map((limit) => limit * perUnit),
  )
  const { volumeMl } = drawn
  const doseMg = tidy(volumeMl * concentrationMgPerMl)
  lines.push(...drawnLines(wantedMg, concentrationMgPerMl, drawn))
  if (!(Math.abs(percentOff(doseMg, wantedMg)) <= MOST_ROUNDING_PERCENT))
    return { ok: false, problems: ['rounding-too-large'], lines }

  const limit = SITE_LIMITS[route]
  const places = limit ? Math.max(1, Math.ceil(tidy(volumeMl / limit.ml))) : 1
  if (limit) {
    lines.push({
      label: 'Places',
      working: `${say(volumeMl)} mL ÷ ${limit.ml} mL in one place, at most ${limit.sites} (design defaults)`,
      result: places === 1 ? 'one place' : `${places} places`,
    })
    if (places > limit.sites) return { ok: false, problems: ['too-much-for-sites'], lines }
  }
  const mgPerActualKg = choice.kind === 'at-once-per-kg' ? doseMg / body!.actualWeightKg : undefined
  if (mgPerActualKg !== undefined) {
    lines.push({
      label: 'Per kg of the actual body',
      working: `${say(doseMg)} mg ÷ ${say(perUnit)} kg; reason above ${say(ceilings.soft)}, second prescriber above ${say(ceilings.hard)}`,
      result: `${say(mgPerActualKg, 3)} mg/kg`,
    })
  }
  return {
    ok: true,
    needs: needsAt(Math.max(highestAsked, doseMg / perUnit), ceilings),
    lines,
    figures: {
      kind: 'volume',
      basisWeightKg,
      wantedMg: tidy(wantedMg),
      doseMg,
      volumeMl,
      portionsMl: portions(volumeMl, places),
      roundingErrorPercent: percentOff(doseMg, wantedMg),
      mgPerActualKg,
    },
  }
}

/** The volume in as many parts, each a mark of the syringe, the first ones smaller by no more than a mark. */
function portions(volumeMl: number, places: number): number[] {
  if (places === 1) return [volumeMl]
  const each = floorTo(volumeMl / places, syringeStepMl(volumeMl / places))
  return [...Array.from({ length: places - 1 }, () => each), tidy(volumeMl - each * (places - 1))]
}
