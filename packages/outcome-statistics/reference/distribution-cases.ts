import {
  betaQuantile,
  binomialLowerTail,
  binomialProbability,
  binomialUpperTail,
  chiSquareLowerTail,
  chiSquareQuantile,
  chiSquareUpperTail,
  digamma,
  fLowerTail,
  fQuantile,
  fUpperTail,
  hypergeometricProbability,
  hypergeometricTails,
  logGamma,
  negativeBinomialProbability,
  negativeBinomialTails,
  noncentralTLowerTail,
  normalLogLowerTail,
  normalQuantile,
  normalUpperTail,
  poissonLowerTail,
  poissonProbability,
  poissonUpperTail,
  regularizedIncompleteBeta,
  studentizedRangeLowerTail,
  studentTLowerTail,
  studentTQuantile,
  studentTUpperTail,
  trigamma,
} from '../src/index.ts'
import type { ReferenceCase } from './case.ts'

type Columns = Record<string, number[]>

/** The values of a function of the named columns, row by row. */
function rows(columns: Columns, names: readonly string[], f: (...values: number[]) => number): number[] {
  return columns[names[0]!]!.map((_, i) => f(...names.map((name) => columns[name]![i]!)))
}

const byCase: Record<string, (args: Record<string, unknown>) => unknown> = {
  normal: (args) => {
    const { p, x } = args as { p: number[]; x: number[] }
    return {
      q: p.map(normalQuantile),
      cdf: x.map((value) => normalUpperTail(-value)),
      sf: x.map(normalUpperTail),
      logcdf: x.map(normalLogLowerTail),
    }
  },
  'student-t': ({ q_args, cdf_args }) => ({
    q: rows(q_args as Columns, ['p', 'df'], studentTQuantile),
    cdf: rows(cdf_args as Columns, ['t', 'df'], studentTLowerTail),
    sf: rows(cdf_args as Columns, ['t', 'df'], studentTUpperTail),
  }),
  'chi-square': ({ q_args, cdf_args }) => ({
    q: rows(q_args as Columns, ['p', 'df'], chiSquareQuantile),
    cdf: rows(cdf_args as Columns, ['x', 'df'], chiSquareLowerTail),
    sf: rows(cdf_args as Columns, ['x', 'df'], chiSquareUpperTail),
  }),
  f: (args) => ({
    q: rows(args as Columns, ['p', 'd1', 'd2'], (p: number, d1: number, d2: number) => fQuantile(p, d1, d2)),
    cdf: rows(args as Columns, ['x', 'd1', 'd2'], fLowerTail),
    sf: rows(args as Columns, ['x', 'd1', 'd2'], fUpperTail),
  }),
  beta: ({ q_args, cdf_args }) => {
    const tails = cdf_args as Columns
    return {
      q: rows(q_args as Columns, ['p', 'a', 'b'], betaQuantile),
      cdf: rows(tails, ['a', 'b', 'x'], (a, b, x) => regularizedIncompleteBeta(a, b, x).lower),
      sf: rows(tails, ['a', 'b', 'x'], (a, b, x) => regularizedIncompleteBeta(a, b, x).upper),
    }
  },
  binomial: (args) => ({
    pmf: rows(args as Columns, ['k', 'n', 'p'], binomialProbability),
    cdf: rows(args as Columns, ['k', 'n', 'p'], binomialLowerTail),
    sf: rows(args as Columns, ['k', 'n', 'p'], binomialUpperTail),
  }),
  poisson: (args) => ({
    pmf: rows(args as Columns, ['k', 'lambda'], poissonProbability),
    cdf: rows(args as Columns, ['k', 'lambda'], poissonLowerTail),
    sf: rows(args as Columns, ['k', 'lambda'], poissonUpperTail),
  }),
  hypergeometric: (args) => {
    const bag = (m: number, n: number, k: number) => ({ marked: m, unmarked: n, drawn: k })
    const names = ['x', 'm', 'n', 'k']
    return {
      pmf: rows(args as Columns, names, (x, m, n, k) => hypergeometricProbability(x!, bag(m!, n!, k!))),
      cdf: rows(args as Columns, names, (x, m, n, k) => hypergeometricTails(x!, bag(m!, n!, k!)).lower),
    }
  },
  'noncentral-t': (args) => ({ cdf: rows(args as Columns, ['t', 'df', 'ncp'], noncentralTLowerTail) }),
  'lgamma-digamma': ({ x }) => ({
    lgamma: (x as number[]).map(logGamma),
    digamma: (x as number[]).map(digamma),
    trigamma: (x as number[]).map(trigamma),
  }),
  'negative-binomial': (args) => ({
    pmf: rows(args as Columns, ['k', 'size', 'mu'], negativeBinomialProbability),
    cdf: rows(
      args as Columns,
      ['k', 'size', 'mu'],
      (k, size, mu) => negativeBinomialTails(k, size, mu).lower,
    ),
  }),
  'studentized-range': (args) => ({
    cdf: rows(args as Columns, ['q', 'k', 'df'], studentizedRangeLowerTail),
  }),
}

/** Cases of distributions.json. */
export function distributionFigures(c: ReferenceCase): unknown {
  return byCase[c.id]?.(c.args as Record<string, unknown>)
}

/** How near a figure of distributions.json must come, relative, where the notes there say less than 1e-12. */
export function distributionTolerance(path: string, expected: number, id: string): number {
  if (id === 'noncentral-t') return 1e-11 / Math.abs(expected)
  if (id === 'studentized-range') return 1e-10 / Math.abs(expected)
  // At p = 1 − 1e-12 R's qchisq undoes its own pchisq only to 5e-10 of the tail, ours to 1e-14 (distributions.test.ts).
  if (id === 'chi-square' && /^q\[(5|11|17|23|29)\]$/.test(path)) return 2e-11
  return 1e-12
}
