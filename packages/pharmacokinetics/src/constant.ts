/**
 * How far to trust a number. P: read in the primary paper. S: read in a secondary transcription that names its source.
 * R: recalled, not verified. C: computed from P or S. D: our own choice or derivation, unpublished.
 */
export type Confidence = 'P' | 'S' | 'R' | 'C' | 'D'

export type Unit =
  | 'L'
  | 'L/kg'
  | 'L/h'
  | 'L/min'
  | 'L/h/kg^0.75'
  | '1/h'
  | '1/min'
  | 'h'
  | 'min'
  | 'share'
  | '1'

/** A number of a model as it was published, with where it comes from. */
export type Constant = {
  readonly value: number
  readonly unit: Unit
  /** DOI where there is one, else the paper or the reasoning in words. */
  readonly source: string
  readonly confidence: Confidence
  readonly interval95?: readonly [number, number]
  readonly note?: string
}

const UNITS: readonly Unit[] = [
  'L',
  'L/kg',
  'L/h',
  'L/min',
  'L/h/kg^0.75',
  '1/h',
  '1/min',
  'h',
  'min',
  'share',
  '1',
]

/**
 * Makes a constant; there is no other way into a model.
 *
 * @throws TypeError without a source or confidence, RangeError for a value that is not finite or below zero
 */
export function constant(
  value: number,
  unit: Unit,
  from: {
    readonly source: string
    readonly confidence: Confidence
    readonly interval95?: readonly [number, number]
    readonly note?: string
  },
): Constant {
  const made: Constant = { value, unit, ...from }
  checkConstant('constant', made)
  return Object.freeze(made)
}

/** @throws TypeError or RangeError naming `name` and what is wrong with it */
export function checkConstant(name: string, { value, unit, source, confidence, interval95 }: Constant): void {
  if (!Number.isFinite(value) || value < 0)
    throw new RangeError(`${name}: ${value} is not a number from zero`)
  if (!UNITS.includes(unit)) throw new TypeError(`${name}: unknown unit ${unit}`)
  if (typeof source !== 'string' || source.trim() === '')
    throw new TypeError(`${name}: ${value} has no source`)
  if (!['P', 'S', 'R', 'C', 'D'].includes(confidence)) {
    throw new TypeError(`${name}: ${value} has no confidence tag (P, S, R, C or D)`)
  }
  if (unit === 'share' && value > 1) throw new RangeError(`${name}: a share of ${value}`)
  if (interval95 && !(interval95[0] <= value && value <= interval95[1])) {
    throw new RangeError(`${name}: ${value} lies outside its interval ${interval95.join(' to ')}`)
  }
}

/** The value in litres, minutes and shares; a per-kilogram volume stays per kilogram. */
export function inMinutes({ value, unit }: Constant): number {
  if (unit === 'L/h' || unit === '1/h' || unit === 'L/h/kg^0.75') return value / 60
  return unit === 'h' ? value * 60 : value
}
