import {
  funnelLimits,
  funnelOfProportions,
  funnelRatioLimits,
  negativeBinomialRegression,
  poissonRate,
  poissonRegression,
  type RateComparison,
  rateRatio,
} from '../src/index.ts'
import type { ReferenceCase, TableReader } from './case.ts'
import { numbers } from './comparison-cases.ts'
import { answered, limits } from './proportion-cases.ts'
import { where } from './table.ts'

/**
 * How near figures of rates.json must come: 1e-8. MASS::glm.nb's answer stands in the file as a check of nb_ml(), which
 * goes on where glm.nb stops; ours is held to nb_ml, and to glm.nb as closely as that comes to it.
 */
export function rateTolerance(path: string, _expected: number, id: string): number {
  // R's summary takes the weights of the last round but one (10.8213162 with them, 10.8213148 with those of the end).
  if (id.startsWith('quasipoisson-') && /^(se|dispersion)/.test(path)) return 1e-6
  return path.startsWith('mass_glm_nb') ? 1e-5 : 1e-8
}

/** Cases of rates.json. */
export function rateFigures(c: ReferenceCase, read: TableReader): unknown {
  if (c.id === 'poisson-glm-offset-ctn27') return dropOutRegression(read)
  if (c.id === 'negbin-ctn27-days-block5') return daysOfUse(read)
  if (c.id === 'quasipoisson-ctn27-days-block5') {
    const fit = answered(poissonRegression(fifthBlock(read), { spread: 'quasi' }))
    const named = (values: Float64Array) => byName(fit.names, values)
    return { coef: named(fit.coefficients), se: named(fit.se), dispersion: fit.dispersion }
  }
  if (c.id === 'rate-ratio-135-396-ctn27') return rateRatioOfArms(read)
  if (c.id.startsWith('rate-ratio-')) {
    const { x1, t1, x2, t2 } = c.args as Record<string, number>
    return comparedRates(x1!, t1!, x2!, t2!)
  }
  if (c.id.startsWith('poisson-')) return oneRate(c)
  return undefined
}

function oneRate(c: ReferenceCase) {
  const { events, exposure, level = 0.95 } = c.args as { events: number; exposure: number; level?: number }
  const exact = answered(poissonRate(events, exposure, { conf: level }))
  const log = poissonRate(events, exposure, { conf: level, method: 'log' })
  return {
    events,
    exposure,
    level,
    rate: exact.rate,
    exact: limits(exact),
    byar: limits(answered(poissonRate(events, exposure, { conf: level, method: 'byar' }))),
    // R prints NA where there is no event; here that is a refusal.
    wald_log: log.ok ? limits(log) : log.reason === 'no-events' ? [null, null] : undefined,
  }
}

function comparedRates(x1: number, t1: number, x2: number, t2: number) {
  const found: RateComparison = answered(
    rateRatio({ events1: x1, exposure1: t1, events2: x2, exposure2: t2 }),
  )
  return {
    x1,
    t1,
    x2,
    t2,
    level: found.conf,
    rate_ratio: found.ratio,
    exact_ci: [found.lower, found.upper],
    exact_p: found.p,
    wald_log_ci: found.logLimits && limits(found.logLimits),
    rate_diff: found.difference,
    rate_diff_wald_ci: [found.differenceLower, found.differenceUpper],
  }
}

/** People of CTN-0027 who were randomised. */
function randomised(read: TableReader) {
  return where(
    read('ctn0094_participants.csv'),
    ['project', 'treatment'],
    (p, arm) => p === '27' && arm !== '',
  )
}

function rateRatioOfArms(read: TableReader) {
  const people = randomised(read)
  const sums = ['Methadone', 'Outpatient BUP'].map((arm) => {
    const own = where(people, ['treatment'], (value) => value === arm)
    const sum = (name: string) => numbers(own, name).reduce((a, b) => a + b, 0)
    return [sum('ret_event'), sum('ret_days')] as const
  })
  return comparedRates(...sums[0]!, ...sums[1]!)
}

function dropOutRegression(read: TableReader) {
  const people = randomised(read)
  const tx = Float64Array.from(people.column('treatment'), (arm) => Number(arm === 'Outpatient BUP'))
  const fit = answered(
    poissonRegression({
      count: numbers(people, 'ret_event'),
      exposure: numbers(people, 'ret_days'),
      design: { names: ['(Intercept)', 'tx'], columns: [tx.map(() => 1), tx] },
    }),
  )
  const named = (values: Float64Array) => byName(fit.names, values)
  return {
    coef: named(fit.coefficients),
    se: named(fit.se),
    z: named(fit.z),
    p: named(fit.p),
    vcov: square(fit.covariance, fit.names.length),
    deviance: fit.deviance,
    null_deviance: fit.nullDeviance,
    df_residual: fit.dfResidual,
    loglik: fit.logLikelihood,
    aic: fit.aic,
  }
}

/** Days of opioid use in the sixth block of 28 days, by arm and days of use before. */
function fifthBlock(read: TableReader) {
  const all = read('ctn0094_tlfb_opioid_days.csv')
  const before = where(all, ['block'], (block) => block === '-1')
  const daysBefore = new Map(before.column('who').map((who, i) => [who, Number(before.column('days')[i])]))
  const arms = ['Outpatient BUP', 'Methadone']
  const rows = where(all, ['block', 'treatment'], (block, arm) => block === '5' && arms.includes(arm!))
  const bup = Float64Array.from(rows.column('treatment'), (arm) => Number(arm === arms[0]))
  const pre = Float64Array.from(rows.column('who'), (who) => daysBefore.get(who)!)
  return {
    count: numbers(rows, 'days'),
    design: { names: ['(Intercept)', 'bup', 'pre'], columns: [bup.map(() => 1), bup, pre] },
  }
}

function daysOfUse(read: TableReader) {
  const fit = answered(negativeBinomialRegression(fifthBlock(read)))
  const named = (values: Float64Array) => byName(fit.names, values)
  return {
    n: fit.n,
    coef: named(fit.coefficients),
    se_expected_info: named(fit.se),
    z: named(fit.z),
    p: named(fit.p),
    irr: named(fit.coefficients.map(Math.exp)),
    vcov: square(fit.covariance, fit.names.length),
    theta: fit.theta,
    alpha: 1 / fit.theta,
    se_theta_observed: fit.seTheta,
    loglik: fit.logLikelihood,
    aic: fit.aic,
    mass_glm_nb: { coef: named(fit.coefficients), theta: fit.theta, loglik: fit.logLikelihood },
  }
}

function byName(names: readonly string[], values: Float64Array) {
  return Object.fromEntries(names.map((name, i) => [name, values[i]]))
}

function square(values: Float64Array, size: number) {
  return Array.from({ length: size }, (_, i) => values.subarray(i * size, (i + 1) * size))
}

/** Cases of funnel.json. */
export function funnelFigures(c: ReferenceCase, read: TableReader): unknown {
  const project = c.id.includes('ctn51') ? '51' : '27'
  const sites = where(read('ctn0094_sites.csv'), ['project'], (value) => value === project)
  const site = numbers(sites, 'site')
  if (c.id === 'funnel-dropout-rate-ctn27') {
    const dropouts = numbers(sites, 'dropouts')
    const personDays = numbers(sites, 'person_days')
    const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0)
    const expected = personDays.map((days) => (days * sum(dropouts)) / sum(personDays))
    return {
      site,
      expected,
      smr: dropouts.map((observed, i) => observed / expected[i]!),
      exact_95: funnelRatioLimits(expected, 0.95),
      'exact_99.8': funnelRatioLimits(expected, 0.998),
    }
  }
  const { target } = c.args as { target?: number | 'pooled' }
  const options = typeof target === 'number' ? { target } : {}
  const funnel = answered(funnelOfProportions(numbers(sites, 'retained'), numbers(sites, 'n'), options))
  return {
    site,
    n: funnel.n,
    target: funnel.target,
    rate: funnel.proportion,
    z: funnel.z,
    exact_95: funnelLimits(funnel, 0.95, 'exact'),
    'exact_99.8': funnelLimits(funnel, 0.998, 'exact'),
    normal_95: funnelLimits(funnel, 0.95, 'normal'),
    'normal_99.8': funnelLimits(funnel, 0.998, 'normal'),
    winsorised_z: funnel.winsorisedZ,
    phi: funnel.overdispersion,
    tau2_additive: funnel.betweenVariance,
    multiplicative_95: funnelLimits(funnel, 0.95, 'multiplicative'),
    'additive_99.8': funnelLimits(funnel, 0.998, 'additive'),
  }
}
