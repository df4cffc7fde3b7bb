import {
  type BandKind,
  kaplanMeierByGroup,
  logRank,
  nelsonAalen,
  petoHazardRatio,
  restrictedMean,
  restrictedMeanDifference,
  type SurvivalCurve,
  survivalAt,
  survivalQuantiles,
} from '../src/index.ts'
import type { ReferenceCase, TableReader } from './case.ts'
import { numberedLabels, type Table, where } from './table.ts'

/** Cases of survival.json and logrank.json: what this package computes for them, in the shape of `expect`. */
export function survivalFigures(c: ReferenceCase, read: TableReader): unknown {
  const sample = sampleOf(c, read)
  if (c.id.startsWith('km-')) return kaplanMeierFigures(c, sample)
  if (c.id.startsWith('na-')) return nelsonAalenFigures(sample)
  if (c.id.startsWith('rmst-diff-')) return restrictedMeanFigures(c, sample)
  if (c.id.startsWith('logrank-')) return logRankFigures(c, sample)
  return undefined
}

type Sample = {
  time: Float64Array
  event: Uint8Array
  entry: Float64Array | undefined
  group: Uint8Array
  labels: string[]
  strata: Uint8Array | undefined
}

/** The columns of each data file, where a case leaves them out. */
const usualColumns: Record<string, { time: string; event: string }> = {
  'addicts.csv': { time: 'days', event: 'status' },
  'pharmaco_smoking.csv': { time: 'days', event: 'relapse' },
  'ctn0094_participants.csv': { time: 'ret_days', event: 'ret_event' },
}

function sampleOf(c: ReferenceCase, read: TableReader): Sample {
  const args = c.args as Record<string, string | undefined>
  const file = c.data!
  let table: Table = read(file)
  if (file === 'ctn0094_participants.csv') {
    table = where(table, ['project', 'ret_event'], (project, event) => project === '27' && event !== '')
  }
  if (c.id === 'km-delayed-entry') table = where(table, ['start'], (start) => Number(start) >= 14)
  const usual = usualColumns[file]
  const by = args.by === undefined ? undefined : table.column(args.by)
  const coded = by ? numberedLabels(by) : undefined
  return {
    time: Float64Array.from(table.column(args.time ?? args.stop ?? usual!.time), Number),
    event: Uint8Array.from(table.column(args.event ?? usual!.event), Number),
    entry: args.start === undefined ? undefined : Float64Array.from(table.column(args.start), Number),
    group: coded?.code ?? new Uint8Array(table.length),
    labels: coded ? coded.labels.map((label) => `${args.by}=${label}`) : ['all'],
    strata: args.strata === undefined ? undefined : numberedLabels(table.column(args.strata)).code,
  }
}

function curvesOf(sample: Sample, band: BandKind, conf: number): SurvivalCurve[] {
  const { time, event, entry, group } = sample
  const result = kaplanMeierByGroup({ time, event, group, ...(entry ? { entry } : {}) }, { band, conf })
  if (!result.ok) throw new Error(`refused: ${result.reason} at row ${result.row}`)
  return result.curves.map(({ curve }) => curve)
}

type ExpectedStratum = {
  ci: Record<string, unknown>
  quantiles: { p: number[] }
  rmst?: { tau: number }[]
  at_times?: { time: number[] }
}

function kaplanMeierFigures(c: ReferenceCase, sample: Sample): unknown {
  const conf = (c.args as { level?: number }).level ?? 0.95
  return (c.expect as ExpectedStratum[]).map((expected, g) => {
    const kinds = Object.keys(expected.ci) as BandKind[]
    const byKind = kinds.map((kind) => [kind, curvesOf(sample, kind, conf)[g]!] as const)
    const curve = byKind.find(([kind]) => kind === 'log-log')![1]
    const quantiles = survivalQuantiles(curve, expected.quantiles.p)
    const at = expected.at_times && survivalAt(curve, expected.at_times.time)
    return {
      stratum: sample.labels[g],
      n: curve.n,
      time: curve.time,
      n_risk: curve.atRisk,
      n_event: curve.events,
      n_censor: curve.censored,
      surv: curve.survival,
      se_surv: curve.seSurvival,
      se_log_surv: curve.seLogSurvival,
      ci: Object.fromEntries(
        byKind.map(([kind, { lower, upper, bandKnown }]) => {
          // Before the first event R prints 1 for some bands and NA for others; here no band is known there.
          const mayBeUnknown = kind !== 'plain' && kind !== 'log'
          const known = (limit: Float64Array) =>
            Array.from(limit, (value, i) => (bandKnown[i] === 0 && mayBeUnknown ? null : value))
          return [kind, { lower: known(lower), upper: known(upper) }]
        }),
      ),
      quantiles: {
        p: expected.quantiles.p,
        time: quantiles.map((q) => q.time),
        ci: Object.fromEntries(
          byKind.map(([kind, ofKind]) => {
            const limits = survivalQuantiles(ofKind, expected.quantiles.p)
            return [kind, { lower: limits.map((q) => q.lower), upper: limits.map((q) => q.upper) }]
          }),
        ),
      },
      rmst: expected.rmst?.map(({ tau }) => {
        const figure = restrictedMean(curve, tau)
        if (!figure.ok) throw new Error(figure.reason)
        return { tau, rmst: figure.mean, se: figure.se }
      }),
      at_times: at && {
        time: at.time,
        n_risk: at.atRisk,
        surv: at.survival,
        se_surv: at.seSurvival,
        loglog_lower: at.lower,
        loglog_upper: at.upper,
      },
    }
  })
}

function nelsonAalenFigures(sample: Sample): unknown {
  return sample.labels.map((stratum, g) => {
    const rows = [...sample.group.keys()].filter((row) => sample.group[row] === g)
    const one = {
      time: Float64Array.from(rows, (row) => sample.time[row]!),
      event: Uint8Array.from(rows, (row) => sample.event[row]!),
    }
    const nelson = nelsonAalen(one)
    const harrington = nelsonAalen(one, { ties: 'fleming-harrington' })
    if (!nelson.ok || !harrington.ok) throw new Error('refused')
    return {
      stratum,
      time: nelson.time,
      cumhaz: nelson.cumulativeHazard,
      se_cumhaz: nelson.seCumulativeHazard,
      breslow_surv: nelson.survival,
      cumhaz_fleming_harrington: harrington.cumulativeHazard,
      se_cumhaz_fh: harrington.seCumulativeHazard,
      fh_surv: harrington.survival,
    }
  })
}

function restrictedMeanFigures(c: ReferenceCase, sample: Sample): unknown {
  const { tau } = c.args as { tau: number }
  const [first, second] = curvesOf(sample, 'log-log', 0.95)
  const one = restrictedMean(first!, tau)
  const other = restrictedMean(second!, tau)
  const both = restrictedMeanDifference(first!, second!, tau)
  if (!one.ok || !other.ok || !both.ok) throw new Error('refused')
  return {
    tau,
    groups: sample.labels,
    rmst: [one.mean, other.mean],
    se: [one.se, other.se],
    diff: both.difference,
    se_diff: both.se,
    ci95: [both.lower, both.upper],
    z: both.z,
    p: both.p,
    ratio: both.ratio,
    ratio_ci95: [both.ratioLower, both.ratioUpper],
  }
}

function logRankFigures(c: ReferenceCase, sample: Sample): unknown {
  const { rho = 0 } = c.args as { rho?: number }
  const { time, event, group, strata } = sample
  const test = logRank({ time, event, group, ...(strata ? { strata } : {}) }, { rho })
  if (!test.ok) throw new Error(`refused: ${test.reason}`)
  if (c.id.startsWith('logrank-peto')) {
    const ratio = petoHazardRatio(test)
    if (!ratio.ok) throw new Error(`refused: ${ratio.reason}`)
    return {
      group: sample.labels[0],
      o_minus_e: test.observed[0]! - test.expected[0]!,
      v: test.variance[0],
      peto_hr: ratio.hazardRatio,
      ci95: [ratio.lower, ratio.upper],
    }
  }
  const k = sample.labels.length
  return {
    groups: sample.labels,
    n: test.n,
    observed: test.observed,
    expected: test.expected,
    variance: sample.labels.map((_, g) => Array.from(test.variance.subarray(g * k, (g + 1) * k))),
    chisq: test.chiSquare,
    df: test.df,
    p: test.p,
  }
}
