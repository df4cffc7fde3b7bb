import {
  type CumulativeIncidence,
  cumulativeIncidenceByGroup,
  fineGray,
  grayTest,
  incidenceAt,
  type ProbabilityCurve,
} from '../src/index.ts'
import type { ReferenceCase, TableReader } from './case.ts'
import { coxModelFigures, coxTolerance } from './cox-cases.ts'
import { numberedLabels, type Table, where } from './table.ts'

/** competing.json: 1e-10; what crr iterates to 1e-6; the cause-specific Cox models as Cox models elsewhere. */
export const competingTolerance = (path: string, _expected: number, id: string): number =>
  id.startsWith('finegray') ? 1e-6 : id.startsWith('cause-specific') ? coxTolerance(path) : 1e-10

/** Cases of competing.json: what this package computes for them, in the shape of `expect`. */
export function competingFigures(c: ReferenceCase, read: TableReader): unknown {
  const project51 = where(
    read(c.data!),
    ['project', 'cr_event'],
    (project, event) => project === '51' && event !== '',
  )
  if (c.id.startsWith('aj-')) return incidenceFigures(c, project51)
  if (c.id.startsWith('cuminc-')) return grayFigures(c, project51)
  const complete = where(project51, ['age', 'male'], (age, male) => age !== '' && male !== '')
  return modelFigures(c, complete)
}

function rowsOf(table: Table) {
  return {
    time: Float64Array.from(table.column('cr_week'), Number),
    event: Uint8Array.from(table.column('cr_event'), Number),
  }
}

function curvesBy(table: Table, code: Uint8Array): CumulativeIncidence[] {
  const result = cumulativeIncidenceByGroup({ ...rowsOf(table), group: code })
  if (!result.ok) throw new Error(`refused: ${result.reason}`)
  return result.curves.map(({ curve }) => curve)
}

function incidenceFigures(c: ReferenceCase, table: Table): unknown {
  const { by } = c.args as { by?: string }
  const groups = by === undefined ? null : numberedLabels(table.column(by))
  const curves = curvesBy(table, groups?.code ?? new Uint8Array(table.length))
  return (c.expect as { time: number[] }[]).map(({ time }, g) => {
    const at = incidenceAt(curves[g]!, time)
    const states: ProbabilityCurve[] = [at.eventFree, ...at.causes]
    const each = (figure: (state: ProbabilityCurve, i: number) => number | null) =>
      time.map((_, i) => states.map((state) => figure(state, i)))
    // R has no limits where the probability is 0; where nothing has happened yet both limits are the estimate.
    const limit = (which: 'lower' | 'upper') =>
      each((state, i) => (state.probability[i] === 0 ? null : state[which][i]!))
    return {
      stratum: groups ? `${by}=${groups.labels[g]}` : 'all',
      time,
      n_risk: at.atRisk,
      states: ['(s0)', 'relapse', 'dropout'],
      pstate: each((state, i) => state.probability[i]!),
      se_ij: each((state, i) => state.se[i]!),
      lower_log: limit('lower'),
      upper_log: limit('upper'),
    }
  })
}

function grayFigures(c: ReferenceCase, table: Table): unknown {
  const { times } = c.expect as { times: number[] }
  const { code, labels } = numberedLabels(table.column('treatment'))
  const rows = { ...rowsOf(table), group: code }
  const tests = [1, 2].map((cause) => {
    const test = grayTest(rows, { cause })
    if (!test.ok) throw new Error(`refused: ${test.reason}`)
    return test
  })
  const at = curvesBy(table, code).map((curve) => incidenceAt(curve, times))
  const byCause = [0, 1].flatMap((k) => at.map((figures) => figures.causes[k]!))
  return {
    tests: {
      event: tests.map((test) => String(test.cause)),
      stat: tests.map((test) => test.chiSquare),
      df: tests.map((test) => test.df),
      p: tests.map((test) => test.p),
    },
    curves: [1, 2].flatMap((cause) => labels.map((label) => `${label} ${cause}`)),
    times,
    est: byCause.map((figures) => figures.probability),
    se_delta_aalen: byCause.map((figures) => figures.seDelta),
  }
}

function modelFigures(c: ReferenceCase, table: Table): unknown {
  const { failcode, event_code } = c.args as { failcode?: number; event_code?: number }
  const covariates = [
    Float64Array.from(table.column('treatment'), (arm) => (arm === 'Inpatient NR-NTX' ? 1 : 0)),
    Float64Array.from(table.column('age'), Number),
    Float64Array.from(table.column('male'), Number),
  ]
  const names = ['ntx', 'age', 'male']
  const { time, event } = rowsOf(table)
  if (failcode === undefined) {
    const own = event.map((cause) => (cause === event_code ? 1 : 0))
    return coxModelFigures({ rows: { time, event: own, covariates } }, names)
  }
  const fit = fineGray({ time, event, covariates }, { cause: failcode })
  if (!fit.ok) throw new Error(`refused: ${fit.reason}`)
  const named = (values: Float64Array) => Object.fromEntries(names.map((name, j) => [name, values[j]]))
  return {
    n: fit.n,
    coef: named(fit.coefficients),
    robust_se: named(fit.se),
    loglik: fit.logLikelihood,
    loglik_null: fit.logLikelihoodNull,
    shr: named(fit.hazardRatio),
  }
}
