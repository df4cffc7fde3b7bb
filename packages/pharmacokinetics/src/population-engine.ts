import { planDoses } from './dose.ts'
import { drawerOf } from './drawn-person.ts'
import { emptySystem, fillPath, type PathValues, scaleClearance } from './individual.ts'
import { decayOf, emptyDecay } from './mammillary.ts'
import type { PopulationJob } from './population-options.ts'
import { exp } from './portable-math.ts'
import { normalQuantile } from './random.ts'

/** Most exponentials of one curve: five of the disposition and one of each path. */
const MOST_RATES = 16
/** A first-order rate this near (relatively) to another is moved aside; the answer moves by a millionth at most. */
const ASIDE = 1e-6
/** A power of two; small, so that the table stays in the fastest memory. */
const RESIDUAL_BITS = 10
const RESIDUAL_STEPS = 1 << RESIDUAL_BITS
const NG_PER_ML = 1000

/** Between two events: which grid points lie in it and how far they are from its ends. */
type Piece = {
  readonly firstPoint: number
  readonly points: number
  /** From the event to the first point. */
  readonly leadMin: number
  readonly spanMin: number
  /** The end falls on the point after the last, so the recurrence arrives there by itself. */
  readonly endsOnGrid: boolean
}

/** One thing that happens, before a person's share is known. */
type Happening = {
  readonly atMin: number
  readonly use: number
  readonly bolusMg: number
  readonly mgPerMin: number
}

export type PersonCurves = {
  /** With residual, on the grid, a row for each person of a block; reused for the next block. */
  readonly concentration: Float64Array
  readonly effectSite: Float64Array
  readonly hasEffectSite: boolean
  /** Fills a row of both for a person by number. */
  readonly fill: (person: number, row: number) => void
}

/**
 * Curves of drawn people on a grid, a block of them at a time into the same two arrays.
 *
 * Each person costs some exponentials for rates and weights; each point of a regular grid costs one multiplication per
 * exponential (the recurrence), so nothing is evaluated point by point. On an irregular grid each point is.
 */
export function personCurves(job: PopulationJob, rows: number): PersonCurves {
  const { model, timesMin, options } = job
  const plan = planDoses(model, job.doses)
  const { compiled, drawn, draw } = drawerOf(job, plan)
  const uses = plan.uses.length
  const paths: PathValues[] = plan.uses.map(() => ({
    share: 1,
    ratePerMin: 0,
    releasedOverMin: 0,
    lagMin: 0,
  }))
  const system = emptySystem()
  const decay = emptyDecay()
  const points = timesMin.length
  const concentration = new Float64Array(points * rows)
  const effectSite = new Float64Array(points * rows)
  const step = regularStep(timesMin)
  const residual = options.residual ?? model.residual
  const residualTable =
    residual === 'none' || residual.sd === 0 ? null : residualFactors(residual.form, residual.sd)

  const oncePerPerson = options.residualDrawn === 'once-per-person'

  const rates = new Float64Array(MOST_RATES)
  const weights = new Float64Array(MOST_RATES * Math.max(1, uses))
  const amounts = new Float64Array(MOST_RATES)
  const feeds = new Float64Array(MOST_RATES)
  const moving = new Float64Array(MOST_RATES)
  const steps = new Float64Array(MOST_RATES)
  const effectShare = new Float64Array(MOST_RATES)
  const effectWeights = new Float64Array(Math.max(1, uses))

  let happenings: readonly Happening[] = []
  let pieces: readonly Piece[] = []
  let timesDiffer = false
  let planned = false

  /** Where the row being filled begins. */
  let base = 0

  function fill(person: number, row: number): void {
    base = row * points
    draw(person)
    compiled.fill(drawn.parameters, system)
    scaleClearance(system, drawn.clearance)
    decayOf(system, decay)
    let variable = false
    for (let u = 0; u < uses; u += 1) {
      const before = paths[u]!.releasedOverMin + paths[u]!.lagMin
      fillPath(compiled, plan.uses[u]!, drawn.parameters, system, paths[u]!)
      if (paths[u]!.releasedOverMin + paths[u]!.lagMin !== before) variable = true
      if (plan.uses[u]!.path.swallowed) {
        paths[u]!.share = Math.min(1, paths[u]!.share * drawn.swallowedShare)
      }
    }
    timesDiffer = variable
    if (!planned || timesDiffer) {
      happenings = happeningsOf()
      pieces = piecesOf(happenings, timesMin, step)
      planned = true
    }
    const before = pieces[0]?.firstPoint ?? points
    concentration.fill(0, base, base + before)
    effectSite.fill(0, base, base + before)
    const count = weigh()
    course(count)
    finish()
  }

  function happeningsOf(): Happening[] {
    const list: Happening[] = []
    for (const input of plan.inputs) {
      const { releasedOverMin, lagMin } = paths[input.use]!
      const atMin = input.atMin + lagMin
      if (input.kind === 'rate') {
        list.push({ atMin, use: input.use, bolusMg: 0, mgPerMin: input.changeMgPerMin })
      } else if (releasedOverMin > 0) {
        const mgPerMin = input.doseMg / releasedOverMin
        list.push({ atMin, use: input.use, bolusMg: 0, mgPerMin })
        list.push({ atMin: atMin + releasedOverMin, use: input.use, bolusMg: 0, mgPerMin: -mgPerMin })
      } else list.push({ atMin, use: input.use, bolusMg: input.doseMg, mgPerMin: 0 })
    }
    return list.sort((a, b) => a.atMin - b.atMin)
  }

  /** Rates and, for each path, what a milligram into it gives each of them, in ng/mL. Returns how many rates. */
  function weigh(): number {
    const own = decay.count
    for (let m = 0; m < own; m += 1) rates[m] = decay.rates[m]!
    let count = own
    const liver = system.peripherals - 1
    weights.fill(0)
    for (let u = 0; u < uses; u += 1) {
      const row = u * MOST_RATES
      const { share, ratePerMin } = paths[u]!
      const unit = (NG_PER_ML / system.volumeL) * share
      const intoLiver = plan.uses[u]!.path.into === 'liver'
      let depot = -1
      let rate = ratePerMin
      if (rate > 0) {
        for (let m = 0; m < own; m += 1) {
          if (Math.abs(rate - rates[m]!) < ASIDE * rate) rate *= 1 + 2 * ASIDE
        }
        depot = count
        count += 1
        rates[depot] = rate
      }
      let left = 0
      for (let m = 0; m < own; m += 1) {
        let weight = unit * decay.weights[m]!
        if (intoLiver) {
          const exit = system.backPerMin[liver]! + system.peripheralLossPerMin[liver]!
          weight *= system.backPerMin[liver]! / (exit - rates[m]!)
        }
        if (depot >= 0) {
          weight *= rate / (rate - rates[m]!)
          left -= weight
        }
        weights[row + m] = weight
      }
      if (depot >= 0) weights[row + depot] = left
    }
    let ke0 = drawn.ke0PerMin
    if (ke0 > 0) {
      for (let m = 0; m < count; m += 1) {
        if (Math.abs(ke0 - rates[m]!) < ASIDE * ke0) ke0 *= 1 + 2 * ASIDE
      }
      for (let m = 0; m < count; m += 1) {
        effectShare[m] = (drawn.effectFactor * ke0) / (ke0 - rates[m]!)
      }
      for (let u = 0; u < uses; u += 1) {
        let own0 = 0
        for (let m = 0; m < count; m += 1) own0 -= effectShare[m]! * weights[u * MOST_RATES + m]!
        effectWeights[u] = own0
      }
    }
    // The effect site's own rate stands last; it is not part of the concentration.
    rates[count] = ke0
    return count
  }

  function course(count: number): void {
    const withEffect = drawn.ke0PerMin > 0
    amounts.fill(0)
    feeds.fill(0)
    if (step > 0) for (let m = 0; m <= count; m += 1) steps[m] = exp(-rates[m]! * step)
    for (let m = count + 1; m < 5; m += 1) steps[m] = 0
    for (let p = 0; p < pieces.length; p += 1) {
      const { firstPoint, points: inPiece, leadMin, spanMin, endsOnGrid } = pieces[p]!
      const { use, bolusMg, mgPerMin } = happenings[p]!
      const row = use * MOST_RATES
      for (let m = 0; m < count; m += 1) {
        const weight = weights[row + m]!
        amounts[m]! += bolusMg * weight
        feeds[m]! += mgPerMin * weight
      }
      if (withEffect) {
        amounts[count]! += bolusMg * effectWeights[use]!
        feeds[count]! += mgPerMin * effectWeights[use]!
      }
      if (spanMin === 0) continue
      // Split each part into where it would settle under this feed and what still moves towards that.
      let settled = 0
      let effectSettled = 0
      for (let m = 0; m <= count; m += 1) {
        const rate = rates[m]!
        const level = rate > 0 ? feeds[m]! / rate : 0
        moving[m] = amounts[m]! - level
        if (m < count) {
          settled += level
          effectSettled += effectShare[m]! * level
        } else effectSettled += level
      }
      if (step > 0 && inPiece > 0) {
        if (leadMin > 0) for (let m = 0; m <= count; m += 1) moving[m]! *= exp(-rates[m]! * leadMin)
        if (withEffect) both(base + firstPoint, inPiece, count, settled, effectSettled)
        else single(base + firstPoint, inPiece, count, settled)
      } else if (inPiece > 0) {
        pointwise(firstPoint, inPiece, count, settled, effectSettled, happenings[p]!.atMin)
      }
      if (spanMin === Number.POSITIVE_INFINITY) break
      const arrived = step > 0 && inPiece > 0 && endsOnGrid
      for (let m = 0; m <= count; m += 1) {
        const rate = rates[m]!
        const level = rate > 0 ? feeds[m]! / rate : 0
        amounts[m] = arrived ? moving[m]! + level : level + (amounts[m]! - level) * exp(-rate * spanMin)
      }
    }
  }

  /** Concentration and effect site over a regular stretch: three rates in registers, others added after. */
  function both(first: number, inPiece: number, count: number, settled: number, effectSettled: number): void {
    const f0 = steps[0]!
    const f1 = count > 1 ? steps[1]! : 0
    const f2 = count > 2 ? steps[2]! : 0
    const fe = steps[count]!
    const s0 = effectShare[0]!
    const s1 = count > 1 ? effectShare[1]! : 0
    const s2 = count > 2 ? effectShare[2]! : 0
    let y0 = moving[0]!
    let y1 = count > 1 ? moving[1]! : 0
    let y2 = count > 2 ? moving[2]! : 0
    let ye = moving[count]!
    const end = first + inPiece
    for (let i = first; i < end; i += 1) {
      concentration[i] = settled + y0 + y1 + y2
      effectSite[i] = effectSettled + s0 * y0 + (s1 * y1 + s2 * y2) + ye
      y0 *= f0
      y1 *= f1
      y2 *= f2
      ye *= fe
    }
    moving[0] = y0
    if (count > 1) moving[1] = y1
    if (count > 2) moving[2] = y2
    for (let m = 3; m < count; m += 1) {
      const f = steps[m]!
      const s = effectShare[m]!
      let y = moving[m]!
      for (let i = first; i < end; i += 1) {
        concentration[i]! += y
        effectSite[i]! += s * y
        y *= f
      }
      moving[m] = y
    }
    moving[count] = ye
  }

  /** The same without an effect site. */
  function single(first: number, inPiece: number, count: number, settled: number): void {
    const f0 = steps[0]!
    const f1 = count > 1 ? steps[1]! : 0
    const f2 = count > 2 ? steps[2]! : 0
    let y0 = moving[0]!
    let y1 = count > 1 ? moving[1]! : 0
    let y2 = count > 2 ? moving[2]! : 0
    const end = first + inPiece
    for (let i = first; i < end; i += 1) {
      concentration[i] = settled + y0 + y1 + y2
      y0 *= f0
      y1 *= f1
      y2 *= f2
    }
    moving[0] = y0
    if (count > 1) moving[1] = y1
    if (count > 2) moving[2] = y2
    for (let m = 3; m < count; m += 1) {
      const f = steps[m]!
      let y = moving[m]!
      for (let i = first; i < end; i += 1) {
        concentration[i]! += y
        y *= f
      }
      moving[m] = y
    }
  }

  function pointwise(
    first: number,
    inPiece: number,
    count: number,
    settled: number,
    effectSettled: number,
    startMin: number,
  ): void {
    for (let i = first; i < first + inPiece; i += 1) {
      const elapsed = timesMin[i]! - startMin
      let level = settled
      let effect = effectSettled
      for (let m = 0; m < count; m += 1) {
        const y = moving[m]! * exp(-rates[m]! * elapsed)
        level += y
        effect += effectShare[m]! * y
      }
      concentration[base + i] = level
      effectSite[base + i] = drawn.ke0PerMin > 0 ? effect + moving[count]! * exp(-rates[count]! * elapsed) : 0
    }
  }

  /** Residuals of levels. That of the effect site is drawn once per person (nobody measures it, yet it is not sure). */
  function finish(): void {
    const end = base + points
    if (residualTable === null) return
    // Golden steps from a place of the person's own: even over the table in time, independent between people at a time.
    let chance = drawn.residualSeed
    if (oncePerPerson) {
      const factor = residualTable[chance >>> (32 - RESIDUAL_BITS)]!
      for (let i = base; i < end; i += 1) concentration[i]! *= factor
      return
    }
    for (let i = base; i < end; i += 1) {
      chance = (chance + 0x9e3779b9) | 0
      concentration[i]! *= residualTable[chance >>> (32 - RESIDUAL_BITS)]!
    }
  }

  return { concentration, effectSite, hasEffectSite: drawn.ke0PerMin > 0, fill }
}

/** Equally likely factors by which a measured level differs: the middles of 1,024 equal shares of the distribution. */
function residualFactors(form: 'proportional' | 'log-normal', sd: number): Float64Array {
  const factors = new Float64Array(RESIDUAL_STEPS)
  for (let k = 0; k < RESIDUAL_STEPS; k += 1) {
    const z = normalQuantile((k + 0.5) / RESIDUAL_STEPS)
    factors[k] = form === 'log-normal' ? exp(sd * z) : Math.max(0, 1 + sd * z)
  }
  return factors
}

/** The step of a regular grid; 0 for one that is not. */
function regularStep(timesMin: Float64Array): number {
  const last = timesMin.length - 1
  if (last < 1) return 0
  const step = (timesMin[last]! - timesMin[0]!) / last
  for (let i = 1; i <= last; i += 1) {
    if (Math.abs(timesMin[i]! - timesMin[0]! - i * step) > 1e-9 * step) return 0
  }
  return step
}

/** One piece after each happening; several at one time leave pieces without length. */
function piecesOf(happenings: readonly Happening[], timesMin: Float64Array, step: number): Piece[] {
  const near = step > 0 ? step * 1e-9 : 0
  let point = 0
  return happenings.map(({ atMin }, at) => {
    const next = happenings[at + 1]?.atMin ?? Number.POSITIVE_INFINITY
    while (point < timesMin.length && timesMin[point]! < atMin - near) point += 1
    const firstPoint = point
    while (point < timesMin.length && timesMin[point]! < next - near) point += 1
    const lead = firstPoint < timesMin.length ? timesMin[firstPoint]! - atMin : 0
    return {
      firstPoint,
      points: point - firstPoint,
      leadMin: lead > near ? lead : 0,
      spanMin: next - atMin,
      endsOnGrid: point < timesMin.length && Math.abs(timesMin[point]! - next) <= near,
    }
  })
}
