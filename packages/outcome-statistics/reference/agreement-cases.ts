import {
  cohensKappa,
  concordanceCorrelation,
  cronbachsAlpha,
  fleissKappa,
  type IntraclassForm,
  intraclassCorrelation,
  type KappaWeights,
  limitsOfAgreement,
} from '../src/index.ts'
import type { ReferenceCase, TableReader } from './case.ts'
import { numbers } from './comparison-cases.ts'
import { answered, limits } from './proportion-cases.ts'
import { type Table, where } from './table.ts'

/** Cases of agreement.json. */
export function agreementFigures(c: ReferenceCase, read: TableReader): unknown {
  switch (c.id) {
    case 'icc-shrout-fleiss': {
      const { ratings } = c.args as { ratings: number[][] }
      return intraclass(Float64Array.from(ratings.flat()), ratings[0]!.length)
    }
    case 'icc-ketamine-placebo-days':
      return intraclass(placeboDays(read(c.data!)), 2)
    case 'kappa-response-madrs-hamd':
      return kappas(responses(bothScales(read(c.data!))), ['unweighted'])
    case 'kappa-weighted-4x4':
      return kappas((c.args as { table: number[][] }).table, ['unweighted', 'linear', 'quadratic'])
    case 'ccc-madrs-hamd': {
      const { madrs, hamdOn60 } = bothScales(read(c.data!))
      const found = answered(concordanceCorrelation(madrs, hamdOn60))
      return {
        n: found.n,
        ccc_population_var: found.concordance,
        epiR_ccc: found.concordance,
        epiR_lower: found.lower,
        epiR_upper: found.upper,
        scale_shift: found.scaleShift,
        location_shift: found.locationShift,
        C_b: found.accuracy,
        pearson: found.precision,
      }
    }
    case 'bland-altman-madrs-hamd': {
      const { madrs, hamdOn60 } = bothScales(read(c.data!))
      const found = answered(limitsOfAgreement(madrs, hamdOn60))
      return {
        n: found.n,
        bias: found.bias,
        sd: found.sd,
        bias_ci: limits(found.biasLimits),
        loa: limits(found),
        loa_lower_ci: limits(found.lowerLimits),
        loa_upper_ci: limits(found.upperLimits),
      }
    }
    case 'fleiss-kappa': {
      const found = answered(fleissKappa((c.args as { counts: number[][] }).counts))
      return { kappa: found.kappa, p_bar: found.agreement, p_e: found.expected }
    }
    case 'cronbach-alpha': {
      const table = read(c.data!)
      const mcs = numbers(table, 'mcs').map((value) => 60 - value)
      return answered(cronbachsAlpha([numbers(table, 'cesd'), mcs, numbers(table, 'indtot')]))
    }
  }
  return undefined
}

function intraclass(ratings: Float64Array, raters: number) {
  const found = answered(intraclassCorrelation(ratings, raters))
  const { oneWay, twoWayRandom, twoWayMixed } = found
  const forms = [
    oneWay.single,
    twoWayRandom.single,
    twoWayMixed.single,
    oneWay.average,
    twoWayRandom.average,
    twoWayMixed.average,
  ]
  const each = (figure: (form: IntraclassForm) => number) => forms.map(figure)
  return {
    type: ['ICC1', 'ICC2', 'ICC3', 'ICC1k', 'ICC2k', 'ICC3k'],
    icc: each((form) => form.icc),
    f: each((form) => form.f),
    df1: each((form) => form.df1),
    df2: each((form) => form.df2),
    p: each((form) => form.p),
    lower: each((form) => form.lower),
    upper: each((form) => form.upper),
  }
}

function kappas(table: number[][], kinds: KappaWeights[]) {
  const found = kinds.map((weights) => [weights, answered(cohensKappa(table, { weights }))] as const)
  return {
    table,
    ...Object.fromEntries(
      found.map(([weights, kappa]) => [weights, { kappa: kappa.kappa, ase: kappa.se, ci95: limits(kappa) }]),
    ),
    percent_agreement: found[0]![1].agreement,
  }
}

/** Values of one column by person, of the rows of a session of the depressed in which it is known. */
function bySession(table: Table, session: string, column: string): Map<string, number> {
  const own = where(
    table,
    ['group', 'session', column],
    (group, at, value) => group === 'MDD' && at === session && value !== '',
  )
  return new Map(own.column('participant').map((who, i) => [who, Number(own.column(column)[i])]))
}

function placeboDays(table: Table): Float64Array {
  const [d2, d10, p2, p10] = ['d2', 'd10', 'p2', 'p10'].map((session) => bySession(table, session, 'hamd17'))
  const people = [...p2!.keys()].filter((who) => d2!.has(who) && d10!.has(who) && p10!.has(who)).sort()
  return Float64Array.from(people.flatMap((who) => [p2!.get(who)!, p10!.get(who)!]))
}

/** Sessions two days after an infusion with both scales known then and before treatment. */
function bothScales(table: Table) {
  const before = { madrs: bySession(table, 'b0', 'madrs'), hamd: bySession(table, 'b0', 'hamd17') }
  const rows: { madrs: number; hamd: number; madrsBefore: number; hamdBefore: number }[] = []
  for (const session of ['d2', 'p2']) {
    const hamd = bySession(table, session, 'hamd17')
    for (const [who, madrs] of bySession(table, session, 'madrs')) {
      const row = {
        madrs,
        hamd: hamd.get(who)!,
        madrsBefore: before.madrs.get(who)!,
        hamdBefore: before.hamd.get(who)!,
      }
      if (Object.values(row).every((value) => value !== undefined)) rows.push(row)
    }
  }
  return {
    rows,
    madrs: Float64Array.from(rows, (row) => row.madrs),
    // Both scales in 60 points, so that they can be compared.
    hamdOn60: Float64Array.from(rows, (row) => (row.hamd * 60) / 52),
  }
}

/** Response (half or less of the score before) by the first scale in rows, by the second in columns; yes first. */
function responses({ rows }: ReturnType<typeof bothScales>): number[][] {
  const table = [
    [0, 0],
    [0, 0],
  ]
  for (const row of rows) {
    const first = row.madrs <= row.madrsBefore / 2 ? 0 : 1
    const second = row.hamd <= row.hamdBefore / 2 ? 0 : 1
    table[first]![second]!++
  }
  return table
}
