/** dy/dt of a system, written into `into`. */
export type Derivative = (timeMin: number, y: Float64Array, into: Float64Array) => void

export type OdeControl = {
  /** Error allowed in a step, relative to the value and absolute. */
  readonly relative: number
  readonly absolute: number
  readonly mostSteps?: number
}

// Dormand & Prince, J Comput Appl Math 1980;6:19, table 2: order 5 with an embedded order 4.
const C = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1]
const A = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
]
/** Fifth order minus fourth: the estimated error of a step. */
const E = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40]

/** Carries values from one time to another in place; keeps its working space and its step between calls. */
export type Integrator = (y: Float64Array, fromMin: number, toMin: number) => void

/**
 * Runge–Kutta 5(4) with steps chosen so that each errs by less than the control allows. The derivative must be smooth
 * within a call: end a call at every event and begin another.
 *
 * @throws RangeError for a tolerance that is not above zero, or (when called) when the steps do not suffice
 */
export function integratorOf(
  derivative: Derivative,
  size: number,
  { relative, absolute, mostSteps = 1_000_000 }: OdeControl,
): Integrator {
  if (!(relative > 0)) throw new RangeError(`relative tolerance ${relative}: must be above zero`)
  if (!(absolute > 0)) throw new RangeError(`absolute tolerance ${absolute}: must be above zero`)
  const stages = Array.from({ length: 7 }, () => new Float64Array(size))
  const trial = new Float64Array(size)
  let proposed = 0

  return (y, fromMin, toMin) => {
    if (!(toMin > fromMin)) return
    derivative(fromMin, y, stages[0]!)
    let time = fromMin
    const span = toMin - fromMin
    let step = proposed > 0 ? Math.min(proposed, span) : firstStep(y, stages[0]!, span, relative, absolute)
    for (let taken = 0; taken < mostSteps; taken += 1) {
      const last = time + step * (1 + 1e-12) >= toMin
      if (last) step = toMin - time
      const worst = tryStep(y, time, step)
      const factor = Math.min(5, Math.max(0.2, 0.9 * Math.max(worst, 1e-10) ** -0.2))
      if (worst <= 1) {
        time = last ? toMin : time + step
        y.set(trial)
        // A step that was cut short to end in time says little against the one before it.
        proposed = last ? Math.max(proposed, step * factor) : step * factor
        if (last) return
        // The last stage is the first of the next step.
        stages[0]!.set(stages[6]!)
      } else proposed = 0
      step *= factor
      if (time + step === time) throw new RangeError(`integration stands still at ${time} min`)
    }
    throw new RangeError(`integration needs more than ${mostSteps} steps from ${fromMin} to ${toMin} min`)
  }

  /** Fills `trial` and the stages; gives the worst error as a share of what is allowed. */
  function tryStep(y: Float64Array, time: number, step: number): number {
    for (let s = 1; s < 7; s += 1) {
      const row = A[s]!
      for (let i = 0; i < size; i += 1) {
        let sum = 0
        for (let k = 0; k < s; k += 1) sum += row[k]! * stages[k]![i]!
        trial[i] = y[i]! + step * sum
      }
      derivative(time + C[s]! * step, trial, stages[s]!)
    }
    let worst = 0
    for (let i = 0; i < size; i += 1) {
      let error = 0
      for (let k = 0; k < 7; k += 1) error += E[k]! * stages[k]![i]!
      const allowed = absolute + relative * Math.max(Math.abs(y[i]!), Math.abs(trial[i]!))
      worst = Math.max(worst, Math.abs(step * error) / allowed)
    }
    return worst
  }
}

/** One call of an integrator made for it. */
export function integrate(
  derivative: Derivative,
  y: Float64Array,
  fromMin: number,
  toMin: number,
  control: OdeControl,
): void {
  integratorOf(derivative, y.length, control)(y, fromMin, toMin)
}

function firstStep(
  y: Float64Array,
  slope: Float64Array,
  span: number,
  relative: number,
  absolute: number,
): number {
  let steepest = 0
  for (let i = 0; i < y.length; i += 1) {
    steepest = Math.max(steepest, Math.abs(slope[i]!) / (absolute / relative + Math.abs(y[i]!)))
  }
  return steepest > 0 ? Math.min(span, (0.1 * relative ** 0.2) / steepest) : span / 100
}
