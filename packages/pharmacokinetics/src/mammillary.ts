import { MOST_PERIPHERALS, type System } from './individual.ts'

/**
 * Rates at which a mammillary system decays. Its matrix is an arrow, so each rate λ solves one scalar equation,
 * λ = total exit from central − Σ q/(d − λ) with q = out × back and d = exit of each peripheral, and the answer of the
 * central compartment to a unit put into it is Σ weight·e^(−λt) with weight = 1/(1 + Σ q/(d − λ)²): always positive,
 * never a difference of near-equal numbers.
 *
 * Source: the secular equation of arrowhead matrices (O'Leary & Stewart, J Comput Phys 1990;90:497); a mammillary
 * matrix becomes one after scaling each compartment.
 */
export type Decay = {
  /** Rates per minute, ascending. */
  readonly rates: Float64Array
  /** What each carries of a unit in the central compartment; they add to 1. */
  readonly weights: Float64Array
  count: number
}

export function emptyDecay(): Decay {
  return {
    rates: new Float64Array(MOST_PERIPHERALS + 1),
    weights: new Float64Array(MOST_PERIPHERALS + 1),
    count: 0,
  }
}

const coefficients = new Float64Array(MOST_PERIPHERALS + 2)
const product = new Float64Array(MOST_PERIPHERALS + 1)
/** Exit rates of the peripherals, ascending. */
const exits = new Float64Array(MOST_PERIPHERALS)

/** Fills `decay` for the system. Cost: some hundred nanoseconds; allocates nothing. */
export function decayOf(system: System, decay: Decay): void {
  const n = system.peripherals
  decay.count = n + 1
  if (n === 0) {
    decay.rates[0] = system.lossPerMin
    decay.weights[0] = 1
    return
  }
  const { outPerMin, backPerMin, peripheralLossPerMin } = system
  partExits(system)
  let exit = system.lossPerMin
  let drained = system.lossPerMin
  for (let p = 0; p < n; p += 1) {
    exit += outPerMin[p]!
    drained += (outPerMin[p]! * peripheralLossPerMin[p]!) / (backPerMin[p]! + peripheralLossPerMin[p]!)
  }
  characteristic(system, exit, drained)
  rootsInto(n + 1, decay.rates)
  for (let i = 0; i <= n; i += 1) {
    // One rate lies between each two exits of peripherals, one below all and one above.
    const least = i === 0 ? 0 : exits[i - 1]!
    const most = i < n ? exits[i]! : Number.POSITIVE_INFINITY
    let rate = decay.rates[i]!
    let settled = false
    // Newton on the arrow's own equation gives back the digits that the polynomial's coefficients lost.
    for (let step = 0; step < 3 && !settled && rate > least && rate < most; step += 1) {
      let value = exit - rate
      let slope = -1
      for (let p = 0; p < n; p += 1) {
        const gap = backPerMin[p]! + peripheralLossPerMin[p]! - rate
        const part = (outPerMin[p]! * backPerMin[p]!) / gap
        value -= part
        slope -= part / gap
      }
      const better = rate - value / slope
      settled = Math.abs(better - rate) < 1e-13 * rate
      rate = better
    }
    if (!(settled && rate > least && rate < most)) {
      rate = halved(system, exit, least, Number.isFinite(most) ? most : 2 * (exit + exits[n - 1]!))
    }
    decay.rates[i] = rate
    let sum = 1
    for (let p = 0; p < n; p += 1) {
      const gap = backPerMin[p]! + peripheralLossPerMin[p]! - rate
      sum += (outPerMin[p]! * backPerMin[p]!) / (gap * gap)
    }
    decay.weights[i] = 1 / sum
  }
}

/**
 * Fills `exits`. Two peripherals that empty equally fast cannot be told apart by their rates; then one is moved by a
 * ten-millionth, which no model of a person can notice.
 */
function partExits(system: System): void {
  const { peripherals, backPerMin, peripheralLossPerMin } = system
  for (let p = 0; p < peripherals; p += 1) {
    let exit = backPerMin[p]! + peripheralLossPerMin[p]!
    for (let other = 0; other < p; other += 1) {
      const beside = backPerMin[other]! + peripheralLossPerMin[other]!
      if (Math.abs(exit - beside) < 5e-8 * exit) {
        backPerMin[p]! *= 1 + 1e-7
        peripheralLossPerMin[p]! *= 1 + 1e-7
        exit = backPerMin[p]! + peripheralLossPerMin[p]!
        other = -1
      }
    }
    let place = p
    for (; place > 0 && exits[place - 1]! > exit; place -= 1) exits[place] = exits[place - 1]!
    exits[place] = exit
  }
}

/** The rate between two exits by halving to the last bit, for when Newton left the bracket. */
function halved(system: System, exit: number, least: number, most: number): number {
  let low = least
  let high = most
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return middle
    let value = exit - middle
    for (let p = 0; p < system.peripherals; p += 1) {
      value -=
        (system.outPerMin[p]! * system.backPerMin[p]!) /
        (system.backPerMin[p]! + system.peripheralLossPerMin[p]! - middle)
    }
    // The equation falls from +∞ to −∞ within a bracket.
    if (value > 0) low = middle
    else high = middle
  }
}

/** The coefficients of Π(λᵢ − λ), by ascending power, into `coefficients`. */
function characteristic(system: System, exit: number, drained: number): void {
  const n = system.peripherals
  const { outPerMin, backPerMin, peripheralLossPerMin } = system
  if (n === 2) {
    // The usual three compartments, written out.
    const d0 = backPerMin[0]! + peripheralLossPerMin[0]!
    const d1 = backPerMin[1]! + peripheralLossPerMin[1]!
    coefficients[0] = d0 * d1 * drained
    coefficients[1] =
      outPerMin[0]! * backPerMin[0]! + outPerMin[1]! * backPerMin[1]! - d0 * d1 - exit * (d0 + d1)
    coefficients[2] = exit + d0 + d1
    coefficients[3] = -1
    return
  }
  coefficients.fill(0)
  productWithout(system, -1)
  for (let k = 0; k <= n; k += 1) {
    coefficients[k]! += exit * product[k]!
    coefficients[k + 1]! -= product[k]!
  }
  const whole = product[0]!
  for (let p = 0; p < n; p += 1) {
    productWithout(system, p)
    const q = outPerMin[p]! * backPerMin[p]!
    for (let k = 0; k < n; k += 1) coefficients[k]! -= q * product[k]!
  }
  // The last coefficient is a product; written so it loses nothing when the slowest rate is slow.
  coefficients[0] = whole * drained
}

/** The coefficients of Π(d − λ) over the peripherals without one (−1 for all), into `product`. */
function productWithout(system: System, left: number): void {
  product.fill(0)
  product[0] = 1
  let degree = 0
  for (let p = 0; p < system.peripherals; p += 1) {
    if (p === left) continue
    const d = system.backPerMin[p]! + system.peripheralLossPerMin[p]!
    for (let k = degree + 1; k > 0; k -= 1) product[k] = product[k]! * d - product[k - 1]!
    product[0]! *= d
    degree += 1
  }
}

/** Roots of Π(λᵢ − λ), ascending: Newton from 0 climbs to the smallest without passing it; then divide it out. */
function rootsInto(degree: number, roots: Float64Array): void {
  let left = degree
  let found = 0
  const c = coefficients
  while (left > 2) {
    let x = 0
    for (let step = 0; step < 100; step += 1) {
      let value = c[left]!
      let slope = 0
      for (let k = left - 1; k >= 0; k -= 1) {
        slope = slope * x + value
        value = value * x + c[k]!
      }
      const next = x - value / slope
      if (!(next > x)) break
      const done = next - x < 1e-12 * next
      x = next
      if (done) break
    }
    roots[found] = x
    found += 1
    // Forward division, from the constant term, is the stable one for the smallest root.
    let carry = c[0]! / x
    c[0] = carry
    for (let k = 1; k < left; k += 1) {
      carry = (c[k]! + carry) / x
      c[k] = carry
    }
    left -= 1
  }
  if (left === 1) {
    roots[found] = -c[0]! / c[1]!
    return
  }
  const half = -c[1]! / c[2]! / 2
  const rest = half * half - c[0]! / c[2]!
  const high = half + Math.sqrt(rest > 0 ? rest : 0)
  roots[found] = c[0]! / c[2]! / high
  roots[found + 1] = high
}
