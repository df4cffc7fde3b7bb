import {
  baselineHazard,
  type CoxFit,
  type CoxRows,
  concordance,
  coxRegression,
  coxResiduals,
  coxSurvival,
  linearPredictors,
  proportionalHazardsTest,
  survivalAt,
  type TieMethod,
  type TimeTransform,
} from '../src/index.ts'
import type { ReferenceCase, TableReader } from './case.ts'
import { numberedLabels, type Table, where } from './table.ts'

/**
 * cox.json: coefficients, standard errors and likelihoods 1e-9, the tests of proportional hazards 1e-8. A p value in the
 * tail multiplies the difference of its z by about z² + 1 (R stops climbing at 1e-11 of the likelihood), hence 1e-8 too.
 */
export const coxTolerance = (path: string): number =>
  path.startsWith('cox_zph') || /^p\./.test(path) ? 1e-8 : 1e-9

/** A Cox model as a case describes it. `cluster` goes to the fit and to the concordance. */
export type CoxSample = {
  readonly rows: CoxRows
  readonly cluster?: ArrayLike<number>
  readonly ties?: TieMethod | 'exact'
}

/** Cases of cox.json: what this package computes for them, in the shape of `expect`. */
export function coxFigures(c: ReferenceCase, read: TableReader): unknown {
  const sample = sampleOf(c, read)
  const fit = fitOf(sample)
  const expected = c.expect as Expected
  // One case is a prediction and nothing else: its figures then stand at the top.
  const predicted = expected.predict ?? (expected.surv ? (expected as Predicted) : undefined)
  const curves = predicted && curveFigures(sample, fit, predicted)
  if (c.id === 'cox-addicts-survival-curve') {
    const baseline = baselineHazard(sample.rows, fit)
    if (!baseline.ok) throw new Error(`refused: ${baseline.reason}`)
    const [stratum] = baseline.strata
    return {
      ...curves,
      basehaz_uncentered: { time: stratum!.time, hazard: stratum!.cumulativeHazard },
    }
  }
  return {
    ...modelFigures(sample, fit, Object.keys(expected.coef!)),
    n_used: fit.n,
    predict: curves,
    ...(expected.cox_zph ? { cox_zph: zphFigures(sample, fit, expected.cox_zph) } : {}),
    ...(expected.residuals_first ? residualFigures(sample, fit, expected.residuals_first.n) : {}),
  }
}

type Predicted = { newdata: Record<string, number[]>; times: number[] }
type Expected = Partial<Predicted> & {
  coef?: Record<string, number>
  cox_zph?: Record<string, { term: string[] } | null>
  residuals_first?: { n: number }
  predict?: Predicted
  surv?: unknown
}

function fitOf({ rows, cluster, ties = 'efron' }: CoxSample): CoxFit {
  const fit = coxRegression(rows, { ties, ...(cluster ? { cluster } : {}) })
  if (!fit.ok) throw new Error(`refused: ${fit.reason}`)
  return fit
}

/** The figures of a fitted model in R's names; also for the cause-specific models of competing.json. */
export function coxModelFigures(sample: CoxSample, names: readonly string[]): unknown {
  return modelFigures(sample, fitOf(sample), names)
}

function modelFigures({ rows, cluster }: CoxSample, fit: CoxFit, names: readonly string[]) {
  const named = (values: Float64Array) => Object.fromEntries(names.map((name, j) => [name, values[j]]))
  const { time, event, entry } = rows
  const c = concordance(
    { time, event, ...(entry ? { entry } : {}) },
    linearPredictors(rows.covariates, fit),
    { ...(rows.strata ? { strata: rows.strata } : {}), ...(cluster ? { cluster } : {}) },
  )
  if (!c.ok) throw new Error(`refused: ${c.reason}`)
  return {
    n: fit.n,
    n_event: fit.events,
    coef: named(fit.coefficients),
    se: named(fit.se),
    z: named(fit.z),
    p: named(fit.p),
    hr: named(fit.hazardRatio),
    hr_lower95: named(fit.lower),
    hr_upper95: named(fit.upper),
    vcov: squareOf(fit.covariance, names.length),
    loglik_null: fit.logLikelihoodNull,
    loglik: fit.logLikelihood,
    lr_test: {
      stat: fit.likelihoodRatioTest.chiSquare,
      df: fit.likelihoodRatioTest.df,
      p: fit.likelihoodRatioTest.p,
    },
    wald_test: fit.waldTest.chiSquare,
    score_test: fit.scoreTest.chiSquare,
    aic: fit.aic,
    robust_se: fit.robustSe ? named(fit.robustSe) : undefined,
    robust_score_test: fit.robustScoreTest?.chiSquare,
    concordance: {
      c: c.concordance,
      se: c.se,
      concordant: c.concordant,
      discordant: c.discordant,
      tied_x: c.tiedScore,
      tied_y: c.tiedTime,
      tied_xy: c.tiedBoth,
    },
  }
}

const squareOf = (values: Float64Array, size: number) => linesOf(values, size, values.length / size)

const linesOf = (values: Float64Array, size: number, lines: number) =>
  Array.from({ length: lines }, (_, i) => Array.from(values.subarray(i * size, (i + 1) * size)))

function zphFigures({ rows }: CoxSample, fit: CoxFit, expected: NonNullable<Expected['cox_zph']>) {
  return Object.fromEntries(
    Object.entries(expected).map(([transform, figures]) => {
      const test = proportionalHazardsTest(rows, fit, { transform: transform as TimeTransform })
      // R has no answer for the logarithm of a time 0; here it is a refusal.
      if (!test.ok) return [transform, null]
      return [
        transform,
        {
          term: figures?.term,
          chisq: [...test.chiSquare, test.global.chiSquare],
          df: [...test.chiSquare.map(() => 1), test.global.df],
          p: [...test.p, test.global.p],
        },
      ]
    }),
  )
}

function residualFigures({ rows }: CoxSample, fit: CoxFit, n: number) {
  const { martingale, deviance, score, dfbeta, schoenfeld } = coxResiduals(rows, fit)
  const size = rows.covariates.length
  return {
    residuals_first: {
      n,
      martingale: martingale.subarray(0, n),
      deviance: deviance.subarray(0, n),
      score: linesOf(score, size, n),
      dfbeta: linesOf(dfbeta, size, n),
    },
    schoenfeld_first: {
      note: 'one row per event in order of event time',
      rows: linesOf(schoenfeld.residual, size, n),
      scaled: linesOf(schoenfeld.scaled, size, n),
    },
  }
}

function curveFigures({ rows }: CoxSample, fit: CoxFit, { newdata, times }: Predicted) {
  const names = Object.keys(newdata)
  const people = newdata[names[0]!]!.map((_, person) => names.map((name) => newdata[name]![person]!))
  const size = rows.covariates.length
  const at = people.map((values) => {
    const stratum = rows.strata ? { stratum: values[size]! } : {}
    const curve = coxSurvival(rows, fit, { covariates: values.slice(0, size), ...stratum })
    if (!curve.ok) throw new Error(`refused: ${curve.reason}`)
    return survivalAt(curve, times)
  })
  return {
    newdata,
    times,
    surv: at.map((figures) => figures.survival),
    se_surv: at.map((figures) => figures.seSurvival),
    loglog_lower: at.map((figures) => figures.lower),
    loglog_upper: at.map((figures) => figures.upper),
  }
}

function sampleOf(c: ReferenceCase, read: TableReader): CoxSample {
  const args = c.args as { ties?: TieMethod | 'exact'; strata?: string; cluster?: string; robust?: boolean }
  const ties = args.ties ?? 'efron'
  const table = read(c.data!)
  if (c.id === 'cox-addicts-heaviside-365') return { rows: splitAtYear(table), ties }
  if (c.data === 'addicts.csv') {
    const names = args.strata === undefined ? ['clinic', 'prison', 'dose'] : ['prison', 'dose']
    const rows = rowsOf(table, 'days', 'status', names)
    const strata = args.strata === undefined ? {} : { strata: numbers(table, args.strata) }
    return {
      rows: { ...rows, ...strata },
      ties,
      ...(args.robust ? { cluster: numbers(table, 'id') } : {}),
    }
  }
  if (c.data === 'pharmaco_smoking.csv') return { rows: smokingRows(table), ties }
  if (c.data === 'cocaine_relapse_cp.csv') {
    const rows = rowsOf(table, 'stop', 'event', ['needle', 'mood'])
    return {
      rows: { ...rows, entry: numbers(table, 'start') },
      ties,
      ...(args.cluster ? { cluster: numbers(table, args.cluster) } : {}),
    }
  }
  if (c.data === 'help_trial.csv') return { rows: helpRows(table), ties }
  return { rows: retentionRows(table), ties }
}

const numbers = (table: Table, name: string) => Float64Array.from(table.column(name), Number)
const flags = (table: Table, name: string, value: string) =>
  Float64Array.from(table.column(name), (text) => (text === value ? 1 : 0))

function rowsOf(table: Table, time: string, event: string, covariates: readonly string[]): CoxRows {
  return {
    time: numbers(table, time),
    event: Uint8Array.from(table.column(event), Number),
    covariates: covariates.map((name) => numbers(table, name)),
  }
}

function smokingRows(table: Table): CoxRows {
  return {
    ...rowsOf(table, 'days', 'relapse', []),
    covariates: [
      flags(table, 'arm', 'patchOnly'),
      numbers(table, 'age'),
      flags(table, 'employment', 'other'),
      flags(table, 'employment', 'pt'),
    ],
  }
}

function helpRows(all: Table): CoxRows {
  const table = where(all, ['anysub', 'daysanysub'], (any, days) => any !== '' && days !== '')
  return {
    time: numbers(table, 'daysanysub'),
    event: Uint8Array.from(table.column('anysub'), (text) => (text === 'yes' ? 1 : 0)),
    covariates: [
      flags(table, 'treat', 'yes'),
      flags(table, 'sex', 'female'),
      flags(table, 'homeless', 'homeless'),
      flags(table, 'substance', 'cocaine'),
      flags(table, 'substance', 'heroin'),
      numbers(table, 'cesd'),
    ],
  }
}

function retentionRows(all: Table): CoxRows {
  const table = where(
    all,
    ['project', 'ret_event', 'age', 'male', 'iv_use'],
    (project, ...values) => project === '27' && !values.includes(''),
  )
  const rows = rowsOf(table, 'ret_days', 'ret_event', ['age', 'male', 'iv_use'])
  return {
    ...rows,
    covariates: [flags(table, 'treatment', 'Outpatient BUP'), ...rows.covariates],
    strata: numberedLabels(table.column('site')).code,
  }
}

/** Everybody's time cut at day 365, with clinic 2 counted apart before and after. */
function splitAtYear(table: Table): CoxRows {
  const days = numbers(table, 'days')
  const status = numbers(table, 'status')
  const clinic = numbers(table, 'clinic')
  const prison = numbers(table, 'prison')
  const dose = numbers(table, 'dose')
  const pieces = [...days.keys()].flatMap((row) => {
    const second = clinic[row] === 2 ? 1 : 0
    const piece = (entry: number, time: number, event: number, late: boolean) => ({
      entry,
      time,
      event,
      covariates: [prison[row]!, dose[row]!, late ? 0 : second, late ? second : 0],
    })
    const end = days[row]!
    if (end <= 365) return [piece(0, end, status[row]!, false)]
    return [piece(0, 365, 0, false), piece(365, end, status[row]!, true)]
  })
  return {
    time: Float64Array.from(pieces, (piece) => piece.time),
    event: Uint8Array.from(pieces, (piece) => piece.event),
    entry: Float64Array.from(pieces, (piece) => piece.entry),
    covariates: [0, 1, 2, 3].map((j) => Float64Array.from(pieces, (piece) => piece.covariates[j]!)),
  }
}
