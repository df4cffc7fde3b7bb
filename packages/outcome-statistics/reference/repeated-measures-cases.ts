import {
  type ContrastEstimate,
  mixedModelRepeatedMeasures,
  type RepeatedMeasures,
  type RepeatedMeasuresOptions,
  type RepeatedMeasuresRows,
  studentTQuantile,
  studentTUpperTail,
  visitByArmDesign,
} from '../src/index.ts'
import { eachCoefficient, estimateContrasts, fitted } from '../src/mixed-models/contrast.ts'
import { solveRepeatedMeasures } from '../src/mixed-models/repeated-measures.ts'
import { evaluate } from '../src/mixed-models/restricted-likelihood.ts'
import type { ReferenceCase, TableReader } from './case.ts'
import { richardsonCurvature } from './richardson-curvature.ts'
import { type Table, where } from './table.ts'

/**
 * Cases of mmrm.json. R's degrees of freedom rest on second derivatives by finite differences (`richardsonCurvature`),
 * which are off by up to 5e-4 for an unstructured covariance and so the degrees of freedom by 2e-4; ours are exact. So we
 * repeat R's differences on our likelihood, meet its degrees of freedom with them, and hold the exact ones near. R's own
 * comparison with nlme::gls stands among the expected figures; gls stops at about 1e-5, so its likelihood is met by ours,
 * and of its distance from R's maximum we ask that ours is no larger, and no larger than 1e-5.
 */
export function repeatedMeasuresFigures(c: ReferenceCase, read: TableReader): unknown {
  if (c.id === 'mmrm-ketamine-crossover-us') return crossover(c, read)
  if (!c.id.startsWith('mmrm-antidepressant-')) return undefined
  const { rows, contrasts } = antidepressantTrial(read)
  const covariance = c.id.includes('-ar1')
    ? 'ar1'
    : c.id.endsWith('-cs')
      ? 'compound-symmetry'
      : 'unstructured'
  const method = c.id.endsWith('-ml') ? 'ML' : 'REML'
  const fit = fitOf(rows, { covariance, method, contrasts })
  return method === 'ML'
    ? glsFigures(fit)
    : restrictedFigures(fit, asDifferenced(rows, { covariance, contrasts }, fit), c)
}

/** The contrasts with R's finite differences in place of exact second derivatives. */
function asDifferenced(
  rows: RepeatedMeasuresRows,
  options: RepeatedMeasuresOptions,
  fit: RepeatedMeasures,
): ContrastEstimate[] {
  const solved = solveRepeatedMeasures(rows, options)
  if (!solved.ok) throw new Error(`refused: ${solved.reason}`)
  const { basis, model, optimum } = solved
  const hessian = richardsonCurvature(
    (theta) => evaluate(model, theta)?.minus2LogLikelihood ?? 1e10,
    optimum.theta,
  )
  const rough = fitted(basis, { ...optimum, derivatives: { ...optimum.derivatives, hessian } })
  if (!rough) throw new Error('the differences are not positive definite')
  const estimates = estimateContrasts(
    rough,
    [...eachCoefficient(fit.names), ...(options.contrasts ?? [])],
    0.95,
  )
  if ('ok' in estimates) throw new Error(`refused: ${estimates.reason}`)
  const exact = [...fit.coefficientTests, ...fit.contrasts]
  estimates.forEach(({ name, df }, i) => {
    const far = Math.abs(df / exact[i]!.df - 1)
    if (!(far < 5e-4))
      throw new Error(`${name}: exact ${exact[i]!.df} and differenced ${df} degrees of freedom`)
  })
  return estimates
}

/**
 * 1e-7, limits of less than 1 within 1e-7 of the outcome's unit; degrees of freedom 1e-5; a p value, which moves t² times
 * as far as its t, 5e-7; the ML case, where gls stops early, 5e-5. Off the diagonal of a covariance 1e-6: near zero an
 * entry keeps fewer digits than its neighbours of R's finite-difference optimum. The distance from R's maximum is bounded
 * where it is computed (`distanceFromMaximum`), so beside gls's it needs only be no further off.
 */
export function repeatedMeasuresTolerance(path: string, expected: number, id: string): number {
  if (id.endsWith('-ml')) return 5e-5
  if (path.endsWith('max_abs_coef_diff')) return 1
  const place = /^(?:vcov|cov_visits)\[(\d+)\]\[(\d+)\]$/.exec(path)
  if (place) return place[1] === place[2] ? 1e-7 : 1e-6
  if (path.endsWith('df_satterthwaite')) return 1e-5
  if (path.endsWith('.p')) return 5e-7
  return path.includes('ci95') ? 1e-7 / Math.min(1, Math.abs(expected)) : 1e-7
}

function fitOf(rows: RepeatedMeasuresRows, options: RepeatedMeasuresOptions): RepeatedMeasures {
  const fit = mixedModelRepeatedMeasures(rows, options)
  if (!fit.ok) throw new Error(`refused: ${fit.reason}`)
  return fit
}

/** Text or empty (missing) as a number. */
const numeric = (text: string) => (text === '' ? Number.NaN : Number(text))

function antidepressantTrial(read: TableReader) {
  const table = read('antidepressant_trial.csv')
  const outcome = Float64Array.from(table.column('change'), numeric)
  const visit = Float64Array.from(table.column('week'), Number)
  const arm = Float64Array.from(table.column('arm'), (name) => (name === 'drug' ? 1 : 0))
  const baseline = Float64Array.from(table.column('hamd17_baseline'), Number)
  const person = Float64Array.from(table.column('patient'), Number)
  const { design, differences, means } = visitByArmDesign({
    outcome,
    visit,
    arm,
    covariates: [{ name: 'hamd17_baseline', values: baseline }],
  })
  const names = design.names.map((name) => name.replace('visit', 'week').replace('arm', 'armdrug'))
  const weeks = [1, 2, 4, 6]
  const labelled = [
    ...differences.map((contrast, i) => ({ ...contrast, name: `drug_minus_placebo_week${weeks[i]}` })),
    ...means.map((contrast, i) => ({
      ...contrast,
      name: `lsmean_${i < weeks.length ? 'placebo' : 'drug'}_week${weeks[i % weeks.length]}`,
    })),
  ]
  return { rows: { outcome, person, visit, design: { ...design, names } }, contrasts: labelled }
}

function crossover(c: ReferenceCase, read: TableReader): unknown {
  const all: Table = read('ketamine_moa.csv')
  const baseline = new Map<string, number>()
  const madrs = all.column('madrs')
  const session = all.column('session')
  all.column('participant').forEach((who, row) => {
    if (session[row] === 'b0') baseline.set(who, numeric(madrs[row]!))
  })
  const table = where(
    all,
    ['group', 'session', 'madrs', 'sequence', 'participant'],
    (group, at, score, sequence, who) =>
      group === 'MDD' &&
      at !== 'b0' &&
      score !== '' &&
      sequence !== '' &&
      Number.isFinite(baseline.get(who!)),
  )
  const who = table.column('participant')
  const ketamine = Float64Array.from(table.column('treatment'), (name) => (name === 'ketamine' ? 1 : 0))
  const late = Float64Array.from(table.column('day'), (day) => (day === '10' ? 1 : 0))
  const people = [...new Set(who)]
  const rows: RepeatedMeasuresRows = {
    outcome: Float64Array.from(table.column('madrs'), Number),
    person: who.map((name) => people.indexOf(name)),
    visit: ketamine.map((treated, row) => 2 * treated + late[row]!),
    design: {
      names: ['(Intercept)', 'base', 'per2', 'trketamine', 'dayf10', 'trketamine:dayf10'],
      columns: [
        new Float64Array(table.length).fill(1),
        Float64Array.from(who, (name) => baseline.get(name)!),
        Float64Array.from(table.column('period'), (period) => (period === '2' ? 1 : 0)),
        ketamine,
        late,
        ketamine.map((treated, row) => treated * late[row]!),
      ],
    },
  }
  const fit = fitOf(rows, {})
  return restrictedFigures(fit, asDifferenced(rows, {}, fit), c)
}

function restrictedFigures(
  fit: RepeatedMeasures,
  contrasts: readonly ContrastEstimate[],
  c: ReferenceCase,
): unknown {
  const named = (values: Float64Array) => Object.fromEntries(fit.names.map((name, j) => [name, values[j]]))
  const k = fit.visits.length
  const expected = c.expect as ExpectedFit
  const parameters = fit.names.length + fit.covarianceParameters
  return {
    n_obs: fit.observations,
    n_subjects: fit.people,
    coef: named(fit.coefficients),
    se: named(fit.standardErrors),
    vcov: square(fit.covariance, fit.names.length),
    cov_visits: square(fit.visitCovariance, k),
    minus2_reml_loglik: fit.minus2LogLikelihood,
    params: { sigma2: fit.visitCovariance[0], rho: fit.visitCovariance[1]! / fit.visitCovariance[0]! },
    contrasts: contrasts.map((contrast, i) => contrastFigures(contrast, expected.contrasts[i])),
    gls_check: {
      max_abs_coef_diff: distanceFromMaximum(fit, expected),
      gls_minus2_loglik: fit.minus2LogLikelihood,
      gls_aic: fit.minus2LogLikelihood + 2 * parameters,
      gls_bic: fit.minus2LogLikelihood + Math.log(fit.observations - fit.names.length) * parameters,
    },
  }
}

type ExpectedFit = {
  readonly coef: Readonly<Record<string, number>>
  readonly contrasts: readonly { readonly df_satterthwaite: number }[]
  readonly gls_check?: { readonly max_abs_coef_diff: number }
}

/**
 * How far our coefficients lie from R's maximum at most. Throws beyond 1e-5 of the outcome's unit, and beyond the distance
 * of nlme::gls, which is the figure it stands beside.
 */
function distanceFromMaximum(fit: RepeatedMeasures, { coef, gls_check }: ExpectedFit): number {
  const distance = Math.max(...fit.names.map((name, j) => Math.abs(fit.coefficients[j]! - coef[name]!)))
  const most = Math.min(1e-5, gls_check?.max_abs_coef_diff ?? 1e-5)
  if (!(distance <= most)) throw new Error(`coefficients ${distance} from R's maximum; gls ${most}`)
  return distance
}

/** Our t and standard error judged with R's degrees of freedom, so that p and limits are held as near as those are. */
function contrastFigures(
  contrast: ContrastEstimate,
  expected: ExpectedFit['contrasts'][number] | undefined,
): unknown {
  if (!expected) throw new Error(`${contrast.name}: R has no such contrast`)
  const df = expected.df_satterthwaite
  const { standardError, estimate } = contrast
  const reach = studentTQuantile(0.975, df) * standardError
  const p = 2 * studentTUpperTail(Math.abs(contrast.t), df)
  // What the package itself answers differs by the differenced degrees of freedom alone.
  const own = [contrast.p / p, (contrast.upper - estimate) / reach, (estimate - contrast.lower) / reach]
  if (!own.every((ratio) => Math.abs(ratio - 1) < 1e-5))
    throw new Error(`${contrast.name}: own p and limits ${own}`)
  return {
    name: contrast.name,
    estimate: contrast.estimate,
    se: contrast.standardError,
    df_satterthwaite: contrast.df,
    t: contrast.t,
    p,
    ci95: [estimate - reach, estimate + reach],
  }
}

/** In the form of nlme::gls, which multiplies the covariance of an ML fit by n / (n − p). */
function glsFigures(fit: RepeatedMeasures): unknown {
  const inflation = fit.observations / (fit.observations - fit.names.length)
  const named = (value: (j: number) => number) =>
    Object.fromEntries(fit.names.map((name, j) => [name, value(j)]))
  const parameters = fit.names.length + fit.covarianceParameters
  const se = (j: number) => fit.standardErrors[j]! * Math.sqrt(inflation)
  return {
    method: fit.method,
    n_obs: fit.observations,
    coef: named((j) => fit.coefficients[j]!),
    se: named(se),
    vcov: square(
      fit.covariance.map((value) => value * inflation),
      fit.names.length,
    ),
    sigma: Math.sqrt(fit.visitCovariance[0]!),
    loglik: -fit.minus2LogLikelihood / 2,
    aic: fit.minus2LogLikelihood + 2 * parameters,
    bic: fit.minus2LogLikelihood + Math.log(fit.observations) * parameters,
    t: named((j) => fit.coefficients[j]! / se(j)),
  }
}

function square(values: Float64Array, n: number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from(values.subarray(i * n, (i + 1) * n)))
}
