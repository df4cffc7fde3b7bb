import {
  type Design,
  type EstimatingEquations,
  type EstimatingOptions,
  type EstimatingRows,
  generalizedEstimatingEquations,
} from '../src/index.ts'
import type { ReferenceCase, TableReader } from './case.ts'
import { logisticFigures } from './logistic-cases.ts'
import { type Table, where } from './table.ts'

/** Cases of gee.json. */
export function estimatingFigures(c: ReferenceCase, read: TableReader): unknown {
  if (c.id.startsWith('logistic-')) return logisticFigures(read)
  const sample = sampleOf(c.id, read)
  if (!sample) return undefined
  const fit = generalizedEstimatingEquations(sample.rows, { ...sample.options, correlationErrors: 'geepack' })
  if (!fit.ok) throw new Error(`refused: ${fit.reason}`)
  return figuresOf(fit)
}

type Sample = { readonly rows: EstimatingRows; readonly options: EstimatingOptions }

function sampleOf(id: string, read: TableReader): Sample | undefined {
  const correlation = id.endsWith('-independence')
    ? 'independence'
    : id.endsWith('-ar1')
      ? 'ar1'
      : 'exchangeable'
  if (id.startsWith('gee-ctn51-')) {
    const rows = weeklyUrine(read('ctn0094_participants.csv'), id.includes('-observed-'))
    return { rows, options: { family: 'binomial', correlation } }
  }
  if (id.startsWith('gee-smoking-tv-')) {
    return { rows: smoking(read('smoking_cessation_tv.csv')), options: { family: 'binomial', correlation } }
  }
  if (id === 'gee-help-cesd-gaussian') {
    return { rows: help(read('help_followup.csv')), options: { family: 'gaussian', correlation } }
  }
  if (id === 'gee-ctn27-days-poisson') {
    return { rows: days(read('ctn0094_tlfb_opioid_days.csv')), options: { family: 'poisson', correlation } }
  }
  return undefined
}

const numbers = (table: Table, name: string) => Float64Array.from(table.column(name), Number)

function designOf(columns: Readonly<Record<string, Float64Array>>, length: number): Design {
  return {
    names: ['(Intercept)', ...Object.keys(columns)],
    columns: [new Float64Array(length).fill(1), ...Object.values(columns)],
  }
}

/** Weeks 1 to 24 of project 51; a week without a sample is missing, or counted as use. */
function weeklyUrine(all: Table, observed: boolean): EstimatingRows {
  const table = where(all, ['project', 'treatment'], (project, arm) => project === '51' && arm !== '')
  const arm = table.column('treatment')
  const who = numbers(table, 'who')
  const n = table.length * 24
  const columns = { tx: new Float64Array(n), t: new Float64Array(n), 'tx:t': new Float64Array(n) }
  const rows = { outcome: new Float64Array(n), person: new Float64Array(n), visit: new Float64Array(n) }
  table.column('uds_pattern').forEach((pattern, i) => {
    for (let week = 1; week <= 24; week++) {
      const at = i * 24 + week - 1
      const sample = pattern[week - 1] ?? 'o'
      rows.outcome[at] = observed && sample === 'o' ? Number.NaN : sample === '-' ? 1 : 0
      rows.person[at] = who[i]!
      rows.visit[at] = week
      columns.tx[at] = arm[i] === 'Inpatient NR-NTX' ? 1 : 0
      columns.t[at] = week / 24
      columns['tx:t'][at] = (columns.tx[at]! * week) / 24
    }
  })
  return { ...rows, design: designOf(columns, n) }
}

function smoking(all: Table): EstimatingRows {
  const table = where(all, ['quit'], (quit) => quit !== '')
  return {
    outcome: numbers(table, 'quit'),
    person: numbers(table, 'id'),
    design: designOf(
      Object.fromEntries(
        ['helmert1', 'helmert2', 'helmert3', 'time'].map((name) => [name, numbers(table, name)]),
      ),
      table.length,
    ),
  }
}

function help(all: Table): EstimatingRows {
  const table = where(all, ['cesd'], (cesd) => cesd !== '')
  const yr = numbers(table, 'month').map((month) => month / 12)
  const tx = Float64Array.from(table.column('treat'), (treat) => (treat === 'yes' ? 1 : 0))
  return {
    outcome: numbers(table, 'cesd'),
    person: numbers(table, 'id'),
    design: designOf({ yr, tx, 'yr:tx': yr.map((value, i) => value * tx[i]!) }, table.length),
  }
}

function days(all: Table): EstimatingRows {
  const table = where(
    all,
    ['block', 'treatment'],
    (block, arm) => Number(block) >= 0 && (arm === 'Methadone' || arm === 'Outpatient BUP'),
  )
  const bup = Float64Array.from(table.column('treatment'), (arm) => (arm === 'Outpatient BUP' ? 1 : 0))
  return {
    outcome: numbers(table, 'days'),
    person: numbers(table, 'who'),
    design: designOf({ bup, block: numbers(table, 'block') }, table.length),
  }
}

function figuresOf(fit: EstimatingEquations): unknown {
  const named = (values: Float64Array) => Object.fromEntries(fit.names.map((name, j) => [name, values[j]]))
  const p = fit.names.length
  return {
    n_obs: fit.observations,
    n_clusters: fit.people,
    coef: named(fit.coefficients),
    robust_se: named(fit.robustErrors),
    robust_vcov: fit.names.map((_, i) => Array.from(fit.robustCovariance.slice(i * p, (i + 1) * p))),
    naive_se: named(fit.naiveErrors),
    wald: named(fit.wald),
    p: named(fit.p),
    alpha: fit.workingCorrelation === null ? [] : [fit.workingCorrelation],
    alpha_robust_se: fit.workingCorrelationError === null ? [] : [fit.workingCorrelationError],
    scale_phi: [fit.scale],
  }
}
