import {
  type LinearMixedModel,
  linearMixedModel,
  type MixedModelRows,
  visitByArmDesign,
} from '../src/index.ts'
import type { ReferenceCase, TableReader } from './case.ts'
import { type Table, where } from './table.ts'

/** Cases of lmm.json. */
export function mixedModelFigures(c: ReferenceCase, read: TableReader): unknown {
  const sample = sampleOf(c.id, read)
  if (!sample) return undefined
  const fit = linearMixedModel(sample.rows, { method: c.id.endsWith('-ml') ? 'ML' : 'REML' })
  if (!fit.ok) throw new Error(`refused: ${fit.reason}`)
  return figuresOf(fit, sample.group)
}

/**
 * Fixed effects 1e-6, variances 1e-5, degrees of freedom and what hangs on them 1e-4; p values far out follow the
 * degrees of freedom manyfold. A correlation near zero and a person's effects have the digits of the variances.
 */
export function mixedModelTolerance(path: string): number {
  if (/_df\.|_p\.|^p\./.test(path)) return 1e-4
  return /var_components|sigma|theta|ranef|icc/.test(path) ? 1e-5 : 1e-6
}

type Sample = { readonly rows: MixedModelRows; readonly group: string }

function sampleOf(id: string, read: TableReader): Sample | undefined {
  if (id.startsWith('lmm-alcohol-')) return alcohol(id, read('alcohol_use_teens.csv'))
  if (id.startsWith('lmm-help-cesd')) return help(id, read('help_followup.csv'))
  if (id === 'lmm-antidepressant-ri') return antidepressant(read('antidepressant_trial.csv'))
  if (id === 'lmm-ctn27-site') return retentionBySite(read('ctn0094_participants.csv'))
  return undefined
}

const numbers = (table: Table, name: string) => Float64Array.from(table.column(name), Number)
const ones = (table: Table) => new Float64Array(table.length).fill(1)
const times = (a: Float64Array, b: Float64Array) => a.map((value, i) => value * b[i]!)

function alcohol(id: string, table: Table): Sample {
  const outcome = numbers(table, 'alcohol_use')
  const person = numbers(table, 'id')
  if (id.includes('unconditional')) {
    return {
      rows: { outcome, person, design: { names: ['(Intercept)'], columns: [ones(table)] } },
      group: 'id',
    }
  }
  const age14 = numbers(table, 'age').map((age) => age - 14)
  const child = numbers(table, 'child_of_alcoholic')
  const peer = numbers(table, 'peer_alcohol_use')
  return {
    rows: {
      outcome,
      person,
      design: {
        names: [
          '(Intercept)',
          'child_of_alcoholic',
          'age14',
          'peer_alcohol_use',
          'child_of_alcoholic:age14',
          'age14:peer_alcohol_use',
        ],
        columns: [ones(table), child, age14, peer, times(child, age14), times(age14, peer)],
      },
      random: { names: ['(Intercept)', 'age14'], columns: [ones(table), age14] },
    },
    group: 'id',
  }
}

function help(id: string, all: Table): Sample {
  const table = where(all, ['cesd'], (cesd) => cesd !== '')
  const yr = numbers(table, 'month').map((month) => month / 12)
  const tx = Float64Array.from(table.column('treat'), (treat) => (treat === 'yes' ? 1 : 0))
  const rows = {
    outcome: numbers(table, 'cesd'),
    person: numbers(table, 'id'),
    design: { names: ['(Intercept)', 'yr', 'tx', 'yr:tx'], columns: [ones(table), yr, tx, times(yr, tx)] },
  }
  const random = { names: ['(Intercept)', 'yr'], columns: [ones(table), yr] }
  return { rows: id.endsWith('-ri') ? rows : { ...rows, random }, group: 'id' }
}

function antidepressant(all: Table): Sample {
  const table = where(all, ['change'], (change) => change !== '')
  const outcome = numbers(table, 'change')
  const { design } = visitByArmDesign({
    outcome,
    visit: numbers(table, 'week'),
    arm: Float64Array.from(table.column('arm'), (arm) => (arm === 'drug' ? 1 : 0)),
    covariates: [{ name: 'hamd17_baseline', values: numbers(table, 'hamd17_baseline') }],
  })
  const names = design.names.map((name) => name.replace('visit', 'week').replace('arm', 'armdrug'))
  return {
    rows: { outcome, person: numbers(table, 'patient'), design: { ...design, names } },
    group: 'patient',
  }
}

function retentionBySite(all: Table): Sample {
  const table = where(all, ['project', 'treatment'], (project, arm) => project === '27' && arm !== '')
  const tx = Float64Array.from(table.column('treatment'), (arm) => (arm === 'Outpatient BUP' ? 1 : 0))
  return {
    rows: {
      outcome: numbers(table, 'ret_days'),
      person: numbers(table, 'site'),
      design: { names: ['(Intercept)', 'tx'], columns: [ones(table), tx] },
    },
    group: 'site',
  }
}

function figuresOf(fit: LinearMixedModel, group: string): unknown {
  const named = (value: (j: number) => number | undefined) =>
    Object.fromEntries(fit.names.map((name, j) => [name, value(j)]))
  const parameters = fit.names.length + fit.covarianceParameters
  const tests = fit.coefficientTests
  const exact = fit.kenwardRoger
  const components = componentsOf(fit, group)
  const r = fit.randomNames.length
  return {
    reml: fit.method === 'REML',
    fixef: named((j) => fit.coefficients[j]),
    se: named((j) => fit.standardErrors[j]),
    vcov: fit.names.map((_, i) =>
      Array.from(fit.covariance.slice(i * fit.names.length, (i + 1) * fit.names.length)),
    ),
    var_components: components,
    sigma: Math.sqrt(fit.residualVariance),
    theta: relativeFactor(fit),
    loglik: -fit.minus2LogLikelihood / 2,
    deviance_or_remlcrit: fit.minus2LogLikelihood,
    aic: fit.minus2LogLikelihood + 2 * parameters,
    bic: fit.minus2LogLikelihood + Math.log(fit.observations) * parameters,
    ranef_first: {
      id: fit.personLabels.slice(0, 5).map(String),
      values: [0, 1, 2, 3, 4].map((i) => Array.from(fit.conditionalModes.slice(i * r, (i + 1) * r))),
    },
    satterthwaite_df: named((j) => tests[j]?.df),
    t: named((j) => tests[j]?.t),
    p: named((j) => tests[j]?.p),
    kenward_roger_se: named((j) => exact?.[j]?.standardError),
    kenward_roger_df: named((j) => exact?.[j]?.df),
    kenward_roger_p: named((j) => exact?.[j]?.p),
    icc: fit.randomCovariance[0]! / (fit.randomCovariance[0]! + fit.residualVariance),
  }
}

/** In lme4's order: variances, covariance, residual; beside them standard deviations and correlation. */
function componentsOf(fit: LinearMixedModel, group: string) {
  const g = fit.randomCovariance
  const residual = { grp: 'Residual', var1: null, var2: null, vcov: fit.residualVariance }
  const [first, second] = fit.randomNames
  const rows =
    second === undefined
      ? [{ grp: group, var1: first, var2: null, vcov: g[0]! }, residual]
      : [
          { grp: group, var1: first, var2: null, vcov: g[0]! },
          { grp: group, var1: second, var2: null, vcov: g[3]! },
          { grp: group, var1: first, var2: second, vcov: g[1]! },
          residual,
        ]
  return {
    grp: rows.map((row) => row.grp),
    var1: rows.map((row) => row.var1),
    var2: rows.map((row) => row.var2),
    vcov: rows.map((row) => row.vcov),
    sdcor: rows.map((row) => (row.var2 === null ? Math.sqrt(row.vcov) : g[1]! / Math.sqrt(g[0]! * g[3]!))),
  }
}

/** Cholesky's factor of the random effects' covariance over the residual's, column by column. */
function relativeFactor({ randomCovariance: g, residualVariance, randomNames }: LinearMixedModel): number[] {
  const first = Math.sqrt(g[0]! / residualVariance)
  if (randomNames.length === 1) return [first]
  const below = g[1]! / residualVariance / first
  return [first, below, Math.sqrt(g[3]! / residualVariance - below * below)]
}
