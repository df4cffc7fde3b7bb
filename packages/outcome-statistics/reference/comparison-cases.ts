import {
  adjustPValues,
  type Correlation,
  crossoverComparison,
  hedgesG,
  kendallTauB,
  kruskalWallis,
  mannWhitney,
  oneWayAnova,
  pairedTTest,
  pearsonCorrelation,
  percentChange,
  pooledTTest,
  type QuantileDefinition,
  type ReliableChange,
  reliableChange,
  sampleQuantiles,
  spearmanRho,
  type TTest,
  welchAnova,
  welchTTest,
  wilcoxonSignedRank,
} from '../src/index.ts'
import type { ReferenceCase, TableReader } from './case.ts'
import { answered, limits } from './proportion-cases.ts'
import { type Table, where } from './table.ts'

/**
 * How near figures of tests.json must come. R searches the shifts of rank tests and the noncentralities numerically, so
 * those are to be compared less closely (README of the data).
 */
export function comparisonTolerance(path: string): number {
  if (/hodges_lehmann|hl_ci95|pseudomedian|ci95_no_cc/.test(path)) return 1e-4
  return /noncentral_t/.test(path) ? 1e-8 : 1e-10
}

/** Cases of tests.json. */
export function comparisonFigures(c: ReferenceCase, read: TableReader): unknown {
  const compute = byId[c.id]
  return compute?.(c, c.data === null ? undefined : read(c.data))
}

const byId: Record<string, (c: ReferenceCase, table: Table | undefined) => unknown> = {
  'ttest-help-cesd-welch': (c, table) => tTest(answered(welchTTest(...twoSamples(c, table!)))),
  'ttest-help-cesd-pooled': (c, table) => tTest(answered(pooledTTest(...twoSamples(c, table!)))),
  'hedges-help-cesd': hedges,
  'hedges-help-mcs-homeless': hedges,
  'mannwhitney-smoking-ties': (c, table) => {
    const test = answered(mannWhitney(...twoSamples(c, table!)))
    return {
      U: test.u,
      p_cc: test.pCorrected,
      p_no_cc: test.p,
      prob_superiority: test.superiority,
      hodges_lehmann: test.shift,
      hl_ci95_no_cc: [test.lower, test.upper],
      median_pairwise_diff: test.shift,
    }
  },
  'mannwhitney-exact': (c) => {
    const { x, y } = c.args as { x: number[]; y: number[] }
    const test = answered(mannWhitney(Float64Array.from(x), Float64Array.from(y)))
    return {
      U: test.u,
      p: test.p,
      p_greater: test.pGreater,
      hodges_lehmann: test.shift,
      ci: [test.lower, test.upper],
      achieved_note: test.method === 'exact' ? 'exact CI, coverage >= .95' : undefined,
    }
  },
  'paired-t-ketamine-madrs': (_, table) => {
    const { ketamine, placebo } = secondDays(table!)
    const test = answered(pairedTTest(ketamine, placebo))
    return {
      n: test.n,
      statistic: test.t,
      p: test.p,
      df: [test.df],
      estimate: [test.difference],
      ci95: limits(test),
      sd_diff: test.sdDifference,
      dz: test.dz,
      gz: test.gz,
      d_av: test.dAverage,
      d_rm: test.dRepeated,
      r: test.correlation,
    }
  },
  'wilcoxon-signed-ketamine-madrs': (_, table) => {
    const { ketamine, placebo } = secondDays(table!)
    const test = answered(wilcoxonSignedRank(ketamine.map((value, i) => value - placebo[i]!)))
    return {
      n: test.n + test.zeros,
      n_zero: test.zeros,
      V: test.v,
      p_cc: test.pCorrected,
      p_no_cc: test.p,
      pseudomedian: test.pseudomedian,
      ci95_no_cc: [test.lower, test.upper],
    }
  },
  'wilcoxon-signed-exact': (c) => {
    const test = answered(wilcoxonSignedRank(Float64Array.from((c.args as { d: number[] }).d)))
    return { V: test.v, p: test.p, pseudomedian: test.pseudomedian, ci: [test.lower, test.upper] }
  },
  'crossover-ketamine-madrs': (_, table) => {
    const { ketamine, placebo, ketamineFirst } = secondDays(table!)
    const found = answered(crossoverComparison(ketamine, placebo, ketamineFirst))
    return {
      n1: found.n1,
      n2: found.n2,
      treatment_effect: found.treatment.effect,
      ci95: limits(found.treatment),
      t: found.treatment.t,
      p: found.treatment.p,
      period_effect: found.period.effect,
      period_t: found.period.t,
      period_p: found.period.p,
      carryover_t: found.carryover.t,
      carryover_p: found.carryover.p,
    }
  },
  'kruskal-help-substance': (c, table) => {
    const test = answered(kruskalWallis(...grouped(c, table!)))
    return { ...test, df: [test.df] }
  },
  'anova-help-substance': (c, table) => ({
    equal_var: answered(oneWayAnova(...grouped(c, table!))),
    welch: answered(welchAnova(...grouped(c, table!))),
  }),
  'correlation-help': (c, table) => {
    const { x, y } = c.args as { x: string; y: string }
    const both = [numbers(table!, x), numbers(table!, y)] as const
    return {
      pearson: pearson(answered(pearsonCorrelation(...both))),
      spearman_rho: answered(spearmanRho(...both)).coefficient,
      kendall_tau_b: answered(kendallTauB(...both)).coefficient,
    }
  },
  'p-adjust': (c) => {
    const { p } = c.args as { p: number[] }
    return {
      bonferroni: adjustPValues(p, 'bonferroni'),
      holm: adjustPValues(p, 'holm'),
      hochberg: adjustPValues(p, 'hochberg'),
      hommel: adjustPValues(p, 'hommel'),
      BH: adjustPValues(p, 'benjamini-hochberg'),
      BY: adjustPValues(p, 'benjamini-yekutieli'),
    }
  },
  'quantiles-type1-9': (c) => {
    const { x, p } = c.args as { x: number[]; p: number[] }
    const types: QuantileDefinition[] = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    return Object.fromEntries(
      types.map((type) => [`type${type}`, answered(sampleQuantiles(Float64Array.from(x), p, type)).values]),
    )
  },
}

/** A column's numbers; rows without one are left out beforehand. */
export function numbers(table: Table, name: string): Float64Array {
  return Float64Array.from(table.column(name), Number)
}

/** The two samples of a case, in its order. */
function twoSamples(c: ReferenceCase, table: Table): [Float64Array, Float64Array] {
  const { outcome, by, order } = c.args as { outcome: string; by: string; order: [string, string] }
  const of = (label: string) =>
    numbers(
      where(table, [by], (value) => value === label),
      outcome,
    )
  return [of(order[0]), of(order[1])]
}

function grouped(c: ReferenceCase, table: Table): [Float64Array, Uint8Array] {
  const { outcome, by } = c.args as { outcome: string; by: string }
  const labels = table.column(by)
  const distinct = [...new Set(labels)].sort()
  return [numbers(table, outcome), Uint8Array.from(labels, (label) => distinct.indexOf(label))]
}

function tTest(test: TTest) {
  return {
    statistic: test.t,
    p: test.p,
    df: [test.df],
    estimate: [test.mean1, test.mean2],
    ci95: limits(test),
  }
}

function pearson(test: Correlation) {
  return { statistic: test.t, p: test.p, df: [test.df], estimate: [test.r], ci95: [test.lower, test.upper] }
}

function hedges(c: ReferenceCase, table: Table | undefined) {
  const found = answered(hedgesG(...twoSamples(c, table!)))
  return {
    n1: found.n1,
    n2: found.n2,
    pooled_sd: found.pooledSd,
    cohen_d: found.d,
    J_exact: found.correction,
    J_approx: found.approximateCorrection,
    hedges_g: found.g,
    hedges_g_approx_J: found.approximateCorrection * found.d,
    d_ci_noncentral_t: [found.dLower, found.dUpper],
    g_ci_noncentral_t: limits(found),
    se_d_large_sample: found.seD,
    se_g_J_times_se_d: found.correction * found.seD,
    g_ci_normal: [found.normalLower, found.normalUpper],
    glass_delta_sd2: found.glassDelta,
  }
}

/** Scores of the depressed two days after ketamine and after placebo, of everybody who has both. */
function secondDays(table: Table) {
  const rows = where(table, ['group', 'madrs'], (group, madrs) => group === 'MDD' && madrs !== '')
  const score = (session: string) => {
    const own = where(rows, ['session'], (value) => value === session)
    return new Map(own.column('participant').map((who, i) => [who, Number(own.column('madrs')[i])]))
  }
  const ketamine = score('d2')
  const placebo = score('p2')
  const sequence = new Map(rows.column('participant').map((who, i) => [who, rows.column('sequence')[i]]))
  const people = [...ketamine.keys()].filter((who) => placebo.has(who)).sort()
  return {
    ketamine: Float64Array.from(people, (who) => ketamine.get(who)!),
    placebo: Float64Array.from(people, (who) => placebo.get(who)!),
    ketamineFirst: Uint8Array.from(people, (who) => Number(sequence.get(who) === 'ketamine-first')),
  }
}

/** Cases of change.json. */
export function changeFigures(c: ReferenceCase, read: TableReader): unknown {
  if (c.id === 'rci-jacobson-truax-1991') {
    const { pre, post, r, sd_pre } = c.args as Record<string, number>
    const found = answered(
      reliableChange(Float64Array.of(pre!), Float64Array.of(post!), {
        reliability: r!,
        sdPre: sd_pre!,
        lowerIsBetter: true,
      }),
    )
    return { sem: found.sem, s_diff: found.seDifference, rci: found.index[0] }
  }
  const { reliability, norm_mean, norm_sd } = c.args as Record<string, number>
  const options = { reliability: reliability!, lowerIsBetter: true }
  if (c.id === 'rci-antidepressant-hamd') {
    const [pre, post] = lastVisits(read(c.data!))
    return changed(
      answered(reliableChange(pre, post, { ...options, norm: { mean: norm_mean!, sd: norm_sd! } })),
    )
  }
  if (c.id === 'rci-ketamine-madrs') {
    const [pre, post] = beforeAndAfterKetamine(read(c.data!))
    const percent = answered(percentChange(pre, post, { remissionAt: 10 }))
    return {
      ...changed(answered(reliableChange(pre, post, options))),
      n: percent.n,
      responders_50pct: percent.responders,
      remitters_le10: percent.remitters,
      pct_change: percent.percent,
    }
  }
  return undefined
}

function changed(found: ReliableChange) {
  return {
    sem: found.sem,
    s_diff: found.seDifference,
    'change_needed_1.96': found.changeNeeded,
    cutoff_a: found.cutOffA,
    cutoff_b: found.cutOffB,
    cutoff_c: found.cutOffC,
    cutoff_used: found.cutOffUsed,
    rci: found.index,
    class: found.classOf,
    counts: found.counts,
  }
}

function lastVisits(table: Table): [Float64Array, Float64Array] {
  const patient = numbers(table, 'patient')
  const week = numbers(table, 'week')
  const last = new Map<number, number>()
  for (const row of patient.keys()) {
    const known = last.get(patient[row]!)
    if (known === undefined || week[row]! > week[known]!) last.set(patient[row]!, row)
  }
  const rows = [...last.entries()].sort(([a], [b]) => a - b).map(([, row]) => row)
  const before = numbers(table, 'hamd17_baseline')
  const after = numbers(table, 'hamd17')
  return [Float64Array.from(rows, (row) => before[row]!), Float64Array.from(rows, (row) => after[row]!)]
}

function beforeAndAfterKetamine(table: Table): [Float64Array, Float64Array] {
  const rows = where(table, ['group', 'madrs'], (group, madrs) => group === 'MDD' && madrs !== '')
  const score = (session: string) => {
    const own = where(rows, ['session'], (value) => value === session)
    return new Map(own.column('participant').map((who, i) => [who, Number(own.column('madrs')[i])]))
  }
  const before = score('b0')
  const after = score('d2')
  const people = [...before.keys()].filter((who) => after.has(who)).sort()
  return [
    Float64Array.from(people, (who) => before.get(who)!),
    Float64Array.from(people, (who) => after.get(who)!),
  ]
}
