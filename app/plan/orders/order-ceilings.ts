import type { Protocol } from '../protocols/protocol.ts'
import type { DoseNeed } from './dose-arithmetic.ts'
import { NOTHING } from './rounding.ts'

/** The ceilings of a protocol as plain numbers. Above `soft` an order needs a reason, above `hard` a second prescriber. */
export type OrderCeilings =
  | {
      readonly by: 'mg-per-kg'
      readonly soft: number
      readonly hard: number
      /** Infinite for what is given at once. */
      readonly rateMgPerKgPerMin: number
      /** The one step that the protocol itself defines as a bolus, and how fast it may be. */
      readonly bolus: { readonly stepTitle: string; readonly mgPerKgPerMin: number } | undefined
    }
  | { readonly by: 'mg'; readonly soft: number; readonly hard: number }

/**
 * The ceilings an order is held against.
 *
 * @returns undefined while one of them is not known: nothing can be ordered then
 */
export function orderCeilings({ ceilings }: Pick<Protocol, 'ceilings'>): OrderCeilings | undefined {
  if (ceilings.by === 'mg') {
    const { softMg, hardMg } = ceilings
    if (softMg.value === null || hardMg.value === null) return undefined
    return { by: 'mg', soft: softMg.value, hard: hardMg.value }
  }
  const { softMgPerKg, hardMgPerKg, rateMgPerKgPerMin, bolusException } = ceilings
  if (softMgPerKg.value === null || hardMgPerKg.value === null) return undefined
  if (rateMgPerKgPerMin !== null && rateMgPerKgPerMin.value === null) return undefined
  return {
    by: 'mg-per-kg',
    soft: softMgPerKg.value,
    hard: hardMgPerKg.value,
    rateMgPerKgPerMin: rateMgPerKgPerMin?.value ?? Number.POSITIVE_INFINITY,
    bolus: bolusException
      ? { stepTitle: bolusException.stepTitle, mgPerKgPerMin: bolusException.mgPerKgPerMin }
      : undefined,
  }
}

/** Where the ceilings of a protocol come from, as it is said beside them. */
export function ceilingSource({ ceilings }: Pick<Protocol, 'ceilings'>): string {
  const figures =
    ceilings.by === 'mg'
      ? [ceilings.softMg, ceilings.hardMg]
      : [ceilings.softMgPerKg, ceilings.hardMgPerKg, ceilings.rateMgPerKgPerMin]
  const origins = figures.flatMap((figure) => (figure && figure.value !== null ? [figure.origin] : []))
  if (origins.includes('default'))
    return 'Ceilings are defaults of this system, to be set by the medical director.'
  return origins.includes('clinic')
    ? 'Ceilings are set by this clinic in its own version.'
    : 'Ceilings follow the label or the study.'
}

/** What a dose needs by how high it is, in what the ceilings count. Exactly at a ceiling is not above it. */
export function needsAt(amount: number, { soft, hard }: Pick<OrderCeilings, 'soft' | 'hard'>): DoseNeed[] {
  const needs: DoseNeed[] = []
  if (amount > Math.min(soft, hard) + NOTHING) needs.push('reason')
  if (amount > hard + NOTHING) needs.push('second-prescriber')
  return needs
}
