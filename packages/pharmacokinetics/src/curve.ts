import type { ExponentialSum } from './exponential-sum.ts'
import { exp, meanDecay, meanOfMeanDecay } from './portable-math.ts'

/** An amount at once, or a change of a constant rate, into an input whose answer is known. */
export type CurveEvent = {
  readonly atMin: number
  readonly input: number
  readonly bolus: number
  readonly rateChange: number
}

/**
 * A whole time course in closed form: between two events, value(t) = Σ amount·e^(−rate·τ) + feed·(1 − e^(−rate·τ))/rate.
 * Times before the first event have value 0.
 */
export type Curve = {
  /** Start of each piece; the last has no end. */
  readonly startsMin: Float64Array
  /** Per minute, the same in all pieces. */
  readonly rates: Float64Array
  /** Piece by piece: amount of each rate at the start, and what feeds it during the piece. */
  readonly amounts: Float64Array
  readonly feeds: Float64Array
}

/** The curve of events through inputs, each with its answer to a unit. Events at one time act together. */
export function curveOf(answers: readonly ExponentialSum[], events: readonly CurveEvent[]): Curve {
  const ordered = [...events].sort((a, b) => a.atMin - b.atMin)
  // Inputs share the rates of the body: one term for each different rate, so that a curve costs what it must.
  const placeOf = new Map<number, number>()
  for (const answer of answers)
    for (const rate of answer.rates) if (!placeOf.has(rate)) placeOf.set(rate, placeOf.size)
  const rates = [...placeOf.keys()]
  const places = answers.map((answer) => answer.rates.map((rate) => placeOf.get(rate)!))
  const starts = [...new Set(ordered.map((event) => event.atMin))]
  const terms = rates.length
  const amounts = new Float64Array(starts.length * terms)
  const feeds = new Float64Array(starts.length * terms)
  // Rates of input are summed per input and compared with what was ever fed, so a stopped pump leaves exactly nothing.
  const fed = new Float64Array(answers.length)
  const mostFed = new Float64Array(answers.length)
  let next = 0
  for (let piece = 0; piece < starts.length; piece += 1) {
    const row = piece * terms
    if (piece > 0) {
      const span = starts[piece]! - starts[piece - 1]!
      for (let m = 0; m < terms; m += 1) {
        const x = rates[m]! * span
        amounts[row + m] = amounts[row - terms + m]! * exp(-x) + feeds[row - terms + m]! * span * meanDecay(x)
      }
    }
    for (; next < ordered.length && ordered[next]!.atMin === starts[piece]; next += 1) {
      const { input, bolus, rateChange } = ordered[next]!
      fed[input]! += rateChange
      mostFed[input] = Math.max(mostFed[input]!, Math.abs(fed[input]!))
      if (bolus === 0) continue
      const { weights } = answers[input]!
      for (let m = 0; m < weights.length; m += 1) amounts[row + places[input]![m]!]! += bolus * weights[m]!
    }
    for (const [input, { weights }] of answers.entries()) {
      if (Math.abs(fed[input]!) < 1e-13 * mostFed[input]!) fed[input] = 0
      if (fed[input] === 0) continue
      for (let m = 0; m < weights.length; m += 1)
        feeds[row + places[input]![m]!]! += fed[input]! * weights[m]!
    }
  }
  return { startsMin: Float64Array.from(starts), rates: Float64Array.from(rates), amounts, feeds }
}

/** Which piece holds a time: the last that starts at or before it; −1 before all. */
function pieceAt({ startsMin }: Curve, timeMin: number): number {
  let low = 0
  let high = startsMin.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (startsMin[middle]! <= timeMin) low = middle + 1
    else high = middle
  }
  return low - 1
}

function valueIn({ rates, amounts, feeds }: Curve, piece: number, elapsed: number): number {
  const row = piece * rates.length
  let value = 0
  for (let m = 0; m < rates.length; m += 1) {
    const x = rates[m]! * elapsed
    const amount = amounts[row + m]!
    const feed = feeds[row + m]!
    if (amount !== 0) value += amount * exp(-x)
    if (feed !== 0) value += feed * elapsed * meanDecay(x)
  }
  return value
}

/** The value at a time; at an event, the value just after it. */
export function valueAt(curve: Curve, timeMin: number): number {
  const piece = pieceAt(curve, timeMin)
  return piece < 0 ? 0 : Math.max(0, valueIn(curve, piece, timeMin - curve.startsMin[piece]!))
}

/** How fast the value changes per minute within a piece. */
export function slopeAt({ rates, amounts, feeds }: Curve, piece: number, elapsed: number): number {
  const row = piece * rates.length
  let slope = 0
  for (let m = 0; m < rates.length; m += 1) {
    slope += (feeds[row + m]! - rates[m]! * amounts[row + m]!) * exp(-rates[m]! * elapsed)
  }
  return slope
}

function areaIn({ rates, amounts, feeds }: Curve, piece: number, elapsed: number): number {
  const row = piece * rates.length
  let area = 0
  for (let m = 0; m < rates.length; m += 1) {
    const x = rates[m]! * elapsed
    area +=
      amounts[row + m]! * elapsed * meanDecay(x) + feeds[row + m]! * elapsed * elapsed * meanOfMeanDecay(x)
  }
  return area
}

/** Area under the curve from its beginning to each of the ascending times, in value × minutes. */
export function areasTo(curve: Curve, timesMin: ArrayLike<number>): Float64Array {
  const areas = new Float64Array(timesMin.length)
  const pieces = curve.startsMin.length
  let piece = 0
  let before = 0
  for (let i = 0; i < timesMin.length; i += 1) {
    const time = timesMin[i]!
    if (pieces === 0 || time < curve.startsMin[0]!) continue
    while (piece + 1 < pieces && curve.startsMin[piece + 1]! <= time) {
      before += areaIn(curve, piece, curve.startsMin[piece + 1]! - curve.startsMin[piece]!)
      piece += 1
    }
    areas[i] = before + areaIn(curve, piece, time - curve.startsMin[piece]!)
  }
  return areas
}

/** Area to the end of time; null while something is still fed in. */
export function totalArea(curve: Curve): number | null {
  const pieces = curve.startsMin.length
  if (pieces === 0) return 0
  const last = pieces - 1
  const row = last * curve.rates.length
  let area = areasTo(curve, [curve.startsMin[last]!])[0]!
  for (let m = 0; m < curve.rates.length; m += 1) {
    if (curve.feeds[row + m] !== 0) return null
    area += curve.amounts[row + m]! / curve.rates[m]!
  }
  return area
}
