import { type Refusal, refuse } from './refusal.ts'

/** Who gets the dose. Weight has no default: without it there is no curve. */
export type Person = {
  readonly weightKg: number
  readonly ageYears?: number
  /** No model here uses it; kept so that a list of people can say it. */
  readonly sex?: 'female' | 'male' | 'another'
  /** Ids of `exposureFactors` that hold for this person: they flag and widen, they never rescale. */
  readonly factors?: readonly string[]
}

/** Wider than any person: beyond, only a slip of the pen or of a unit is meant, and powers of weight overflow. */
export const WEIGHT_LIMITS_KG = [0.1, 2000] as const
export const MOST_AGE_YEARS = 150

/** Null when the person can be simulated. `field` is the path to say in a refusal. */
export function checkPerson({ weightKg, ageYears }: Person, field = 'person'): Refusal | null {
  if (typeof weightKg !== 'number' || !Number.isFinite(weightKg)) {
    return refuse('not-a-number', `${field}.weightKg`, weightKg)
  }
  if (weightKg <= 0) return refuse('not-above-zero', `${field}.weightKg`, weightKg)
  if (weightKg < WEIGHT_LIMITS_KG[0] || weightKg > WEIGHT_LIMITS_KG[1]) {
    return refuse('out-of-range', `${field}.weightKg`, weightKg)
  }
  if (ageYears !== undefined) {
    if (!Number.isFinite(ageYears)) return refuse('not-a-number', `${field}.ageYears`, ageYears)
    if (ageYears < 0) return refuse('below-zero', `${field}.ageYears`, ageYears)
    if (ageYears > MOST_AGE_YEARS) return refuse('out-of-range', `${field}.ageYears`, ageYears)
  }
  return null
}
