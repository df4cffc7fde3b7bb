import { chiSquareQuantile } from '../src/distributions.ts'
import { profileRoot } from '../src/estimating-equations/logistic-regression.ts'
import { type Design, logisticRegression, normalQuantile } from '../src/index.ts'
import type { TableReader } from './case.ts'
import { curveThrough } from './interpolation.ts'
import { where } from './table.ts'

/** The logistic regression of gee.json: a negative urine in week 24, missing counted as use. */
export function logisticFigures(read: TableReader): unknown {
  const table = where(
    read('ctn0094_participants.csv'),
    ['project', 'treatment', 'age', 'male'],
    (project, arm, age, male) => project === '51' && arm !== '' && age !== '' && male !== '',
  )
  const outcome = Float64Array.from(table.column('uds_pattern'), (pattern) => (pattern[23] === '-' ? 1 : 0))
  const design: Design = {
    names: ['(Intercept)', 'tx', 'age', 'male'],
    columns: [
      new Float64Array(table.length).fill(1),
      Float64Array.from(table.column('treatment'), (arm) => (arm === 'Inpatient NR-NTX' ? 1 : 0)),
      Float64Array.from(table.column('age'), Number),
      Float64Array.from(table.column('male'), Number),
    ],
  }
  const fit = logisticRegression({ outcome, design })
  if (!fit.ok) throw new Error(`refused: ${fit.reason}`)
  const named = (values: Float64Array) => Object.fromEntries(fit.names.map((name, j) => [name, values[j]]))
  const p = fit.names.length
  const rough = fit.names.map((name, j) => {
    const best = { estimate: fit.coefficients[j]!, deviance: fit.deviance }
    const limits = asInterpolated(
      profileRoot({ outcome, design }, Uint32Array.from(outcome.keys()), j, best),
      best.estimate,
      fit.standardErrors[j]!,
    )
    ;[fit.lower[j]!, fit.upper[j]!].forEach((exact, side) => {
      const far = Math.abs(exact - limits[side]!) / fit.standardErrors[j]!
      if (!(far < 1e-3)) throw new Error(`${name}: limit ${exact}, interpolated ${limits[side]}`)
    })
    return limits
  })
  return {
    n: fit.observations,
    coef: named(fit.coefficients),
    se: named(fit.standardErrors),
    z: named(fit.z),
    p: named(fit.p),
    vcov: fit.names.map((_, i) => Array.from(fit.covariance.slice(i * p, (i + 1) * p))),
    deviance: fit.deviance,
    null_deviance: fit.nullDeviance,
    df_residual: fit.observations - p,
    loglik: fit.logLikelihood,
    aic: fit.deviance + 2 * p,
    profile_ci: { lower: rough.map(([lower]) => lower), upper: rough.map(([, upper]) => upper) },
  }
}

/**
 * The 95 % limits as R's confint has them: the profile is known at steps of a fifth of the 98.75 % distance, a cubic
 * spline laid through it is read at three times as many places, and between these the limit is a straight line's. The
 * package solves the profile itself.
 */
function asInterpolated(
  root: (value: number) => number | null,
  estimate: number,
  error: number,
): [number, number] {
  const furthest = Math.sqrt(chiSquareQuantile(1 - 0.05 / 4, 1))
  const points: [number, number][] = [[estimate, 0]]
  for (const side of [-1, 1]) {
    let height = 0
    for (let step = 1; step < 10 && Math.abs(height) < furthest; step++) {
      const value = estimate + (side * step * furthest * error) / 5
      height = root(value) ?? Number.NaN
      points.push([value, height])
    }
  }
  points.sort((one, other) => one[0] - other[0])
  const curve = curveThrough(points)
  const count = 3 * points.length
  const [first, last] = [points[0]![0], points[points.length - 1]![0]]
  const fine = Array.from({ length: count }, (_, i) => {
    const value = first + ((last - first) * i) / (count - 1)
    return [value, curve(value)] as const
  })
  const at = (height: number) => {
    const above = fine.findIndex(([, z]) => z >= height)
    const [x0, z0] = fine[above - 1]!
    const [x1, z1] = fine[above]!
    return x0 + ((height - z0) / (z1 - z0)) * (x1 - x0)
  }
  return [at(normalQuantile(0.025)), at(normalQuantile(0.975))]
}
