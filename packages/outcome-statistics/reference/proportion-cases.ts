import {
  agrestiCoullInterval,
  chiSquareTest,
  clopperPearsonInterval,
  fisherExactTest,
  freemanHaltonTest,
  jeffreysInterval,
  mantelHaenszel,
  mcNemarTest,
  midPInterval,
  miettinenNurminenDifference,
  newcombeDifference,
  numberNeededToTreat,
  oddsRatio,
  type ProportionInterval,
  type Refusal,
  riskRatio,
  type TwoGroups,
  trendTest,
  waldDifference,
  waldInterval,
  wilsonCorrectedInterval,
  wilsonInterval,
} from '../src/index.ts'
import type { ReferenceCase, TableReader } from './case.ts'

/** What a function answered, or an error that says why it refused: a case of R always has an answer. */
export function answered<T extends { readonly ok: boolean }>(result: T): Extract<T, { readonly ok: true }> {
  if (!result.ok) throw new Error(`refused: ${(result as T & { readonly reason?: string }).reason}`)
  return result as Extract<T, { readonly ok: true }>
}

/** Both limits as R writes them. */
export const limits = ({ lower, upper }: { readonly lower: number; readonly upper: number }) => [lower, upper]

/**
 * How near figures of proportions.json and itt.json must come: 1e-12, with two exceptions in which the reference itself
 * is less exact than this package (both proved against whole-number arithmetic in src/proportions/fisher-exact.test.ts).
 */
export function proportionTolerance(path: string, expected: number): number {
  // fisher.test searches odds ratios below 1, and the reciprocals of others, to 2^-13 (uniroot's default).
  if (/fisher_or_/.test(path)) return 2 ** -13 * Math.max(expected, 1 / expected)
  // FEXACT adds up logarithms: right to some 4e-12 in the 3 × 2 table.
  if (path === 'fisher_p') return 1e-11
  return 1e-12
}

/** Cases of proportions.json. */
export function proportionFigures(c: ReferenceCase, read: TableReader): unknown {
  if (c.id.startsWith('prop-')) return singleProportion(c)
  if (c.id.startsWith('twoprop-')) {
    const { x1, n1, x2, n2, level = 0.95 } = c.args as Record<string, number>
    return twoProportions({ count1: x1!, n1: n1!, count2: x2!, n2: n2! }, level)
  }
  if (c.id === 'mantel-haenszel-counselling') return counselling(read)
  if (c.id.startsWith('trend-')) {
    const { x, n, score } = c.args as { x: number[]; n: number[]; score: number[] }
    const test = answered(trendTest(x, n, score))
    return { statistic: test.statistic, p: test.p, df: [test.df] }
  }
  if (c.id.startsWith('chisq-')) {
    const { table } = c.args as { table: number[][] }
    const test = answered(chiSquareTest(table))
    return { ...test, fisher_p: answered(freemanHaltonTest(table)).p, cramers_v: test.cramersV }
  }
  if (c.id.startsWith('paired-')) return paired(c)
  return undefined
}

function singleProportion(c: ReferenceCase) {
  const { x, n, level = 0.95 } = c.args as { x: number; n: number; level?: number }
  const by = (f: (count: number, n: number, conf: number) => ProportionInterval | Refusal<string>) =>
    limits(answered(f(x, n, level)))
  return {
    x,
    n,
    level,
    p: answered(wilsonInterval(x, n, level)).proportion,
    wald: by(waldInterval),
    wilson: by(wilsonInterval),
    wilson_cc: by(wilsonCorrectedInterval),
    clopper_pearson: by(clopperPearsonInterval),
    agresti_coull: by(agrestiCoullInterval),
    jeffreys: by(jeffreysInterval),
    mid_p: by(midPInterval),
  }
}

/** All figures on two proportions. Ratios are left out where a cell is empty, as they are in the reference. */
export function twoProportions(groups: TwoGroups, level: number): unknown {
  const { count1, n1, count2, n2 } = groups
  const table = [
    [count1, n1 - count1],
    [count2, n2 - count2],
  ]
  const wald = answered(waldDifference(groups, level))
  const differences = {
    x1: count1,
    n1,
    x2: count2,
    n2,
    level,
    diff: wald.difference,
    diff_se_wald: wald.se,
    diff_wald: limits(wald),
    diff_newcombe: limits(answered(newcombeDifference(groups, level))),
    diff_miettinen_nurminen: limits(answered(miettinenNurminenDifference(groups, level))),
  }
  if (table.flat().includes(0)) return differences
  const risk = answered(riskRatio(groups, level))
  const odds = answered(oddsRatio(groups, level))
  const plain = answered(chiSquareTest(table))
  const yates = answered(chiSquareTest(table, { yates: true }))
  const fisher = answered(fisherExactTest(groups, level))
  return {
    ...differences,
    risk_ratio: risk.ratio,
    rr_se_log: risk.seLog,
    rr_ci_log: limits(risk),
    odds_ratio: odds.ratio,
    or_ci_woolf: limits(odds),
    ...neededToTreat(groups, level),
    chisq: plain.statistic,
    chisq_p: plain.p,
    chisq_yates: yates.statistic,
    chisq_yates_p: yates.p,
    fisher_p_two_sided: fisher.p,
    fisher_p_greater: fisher.pGreater,
    fisher_p_less: fisher.pLess,
    fisher_or_cmle: fisher.oddsRatio,
    fisher_or_ci: [fisher.lower, fisher.upper],
  }
}

/** R prints signed reciprocals; all reference cases have a benefit as their estimate. */
function neededToTreat(groups: TwoGroups, level: number) {
  const nnt = answered(numberNeededToTreat(groups, { event: 'wanted', conf: level }))
  if (nnt.kind === 'through-infinity') {
    return {
      nnt: nnt.estimate?.number,
      nnt_reciprocal_limits: [-nnt.harmFrom, nnt.benefitFrom],
      nnt_spans_infinity: true,
    }
  }
  const side = nnt.kind === 'benefit' ? 1 : -1
  return {
    nnt: side * nnt.number,
    nnt_reciprocal_limits: [nnt.upper, nnt.lower],
    nnt_spans_infinity: false,
  }
}

function counselling(read: TableReader) {
  const trials = read('smoking_counselling_trials.csv')
  const [study, arm, quit, people] = ['study', 'trt', 'xi', 'ni'].map((name) => trials.column(name))
  const strata: (TwoGroups & { study: number })[] = []
  for (const id of [...new Set(study!.map(Number))].sort((a, b) => a - b)) {
    const rowsOf = (name: string) =>
      [...study!.keys()].filter((row) => Number(study![row]) === id && arm![row] === name)
    const [without, ...moreWithout] = rowsOf('no_contact')
    const [counselled, ...moreWith] = rowsOf('ind_counseling')
    if (without === undefined || counselled === undefined || moreWithout.length + moreWith.length > 0)
      continue
    strata.push({
      study: id,
      count1: Number(quit![counselled]),
      n1: Number(people![counselled]),
      count2: Number(quit![without]),
      n2: Number(people![without]),
    })
  }
  const found = answered(mantelHaenszel(strata))
  return {
    strata: strata.map((s) => s.study),
    table: {
      study: strata.map((s) => s.study),
      x1: strata.map((s) => s.count1),
      n1: strata.map((s) => s.n1),
      x0: strata.map((s) => s.count2),
      n0: strata.map((s) => s.n2),
    },
    chisq: found.chiSquare,
    p: found.p,
    mh_odds_ratio: found.oddsRatio.ratio,
    or_ci95: limits(found.oddsRatio),
    chisq_cc: found.chiSquareCorrected,
    mh_risk_ratio: found.riskRatio.ratio,
    ci95: limits(found.riskRatio),
    mh_risk_diff: found.riskDifference,
  }
}

function paired(c: ReferenceCase) {
  const { table } = c.args as { table: [[number, number], [number, number]] }
  const [[both, onlyFirst], [onlySecond, neither]] = table
  const test = answered(mcNemarTest({ both, onlyFirst, onlySecond, neither }))
  return {
    table,
    mcnemar_chisq_cc: test.chiSquareCorrected,
    mcnemar_p_cc: test.pCorrected,
    mcnemar_chisq: test.chiSquare,
    mcnemar_p: test.p,
    exact_p: test.pExact,
    midp_p: test.pMid,
    conditional_or: test.oddsRatio,
    or_exact_ci: [test.oddsLower, test.oddsUpper],
    diff: test.difference,
    diff_wald_ci: [test.differenceLower, test.differenceUpper],
  }
}
