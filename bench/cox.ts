import { concordance, coxRegression, linearPredictors } from '@evenkeel/outcome-statistics'
import { type Figure, type Measure, median, timed } from './figure.ts'
import { type GeneratedCohort, generateCohort } from './gen.ts'
import { besideR } from './r-beside.ts'

type Person = { readonly time: number; readonly event: number; readonly x: readonly number[] }

/**
 * Cox's regression with Efron's ties as a textbook writes it: people as objects, sorted from the last to the first; each
 * tied event subtracts its share of the sums in turn; Newton's steps from 0 with the information solved by elimination.
 */
function textbookCox(people: readonly Person[], size: number): number[] {
  const sorted = [...people].sort((a, b) => b.time - a.time)
  let beta = new Array<number>(size).fill(0)
  for (let step = 0; step < 20; step++) {
    const score = new Array<number>(size).fill(0)
    const information = Array.from({ length: size }, () => new Array<number>(size).fill(0))
    const all = sums(size)
    for (let i = 0; i < sorted.length; ) {
      const { time } = sorted[i]!
      const now = sums(size)
      let tied = 0
      for (; i < sorted.length && sorted[i]!.time === time; i++) {
        const { event, x } = sorted[i]!
        const risk = Math.exp(x.reduce((eta, value, j) => eta + value * beta[j]!, 0))
        add(all, risk, x)
        if (event === 0) continue
        add(now, risk, x)
        tied++
        x.forEach((value, j) => {
          score[j]! += value
        })
      }
      for (let l = 0; l < tied; l++) {
        const f = l / tied
        const zero = all.zero - f * now.zero
        const mean = all.one.map((value, j) => (value - f * now.one[j]!) / zero)
        for (let j = 0; j < size; j++) {
          score[j]! -= mean[j]!
          for (let k = 0; k < size; k++) {
            information[j]![k]! += (all.two[j]![k]! - f * now.two[j]![k]!) / zero - mean[j]! * mean[k]!
          }
        }
      }
    }
    const change = eliminated(information, score)
    beta = beta.map((value, j) => value + change[j]!)
    if (Math.max(...change.map(Math.abs)) < 1e-9) break
  }
  return beta
}

type Sums = { zero: number; readonly one: number[]; readonly two: number[][] }

const sums = (size: number): Sums => ({
  zero: 0,
  one: new Array<number>(size).fill(0),
  two: Array.from({ length: size }, () => new Array<number>(size).fill(0)),
})

function add(to: Sums, risk: number, x: readonly number[]): void {
  to.zero += risk
  for (let j = 0; j < x.length; j++) {
    to.one[j]! += risk * x[j]!
    for (let k = 0; k < x.length; k++) to.two[j]![k]! += risk * x[j]! * x[k]!
  }
}

/** The solution of a small system by Gauss. */
function eliminated(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((line, j) => [...line, right[j]!])
  rows.forEach((pivot, j) => {
    rows.forEach((line, k) => {
      if (k === j) return
      const share = line[j]! / pivot[j]!
      for (let l = j; l < line.length; l++) line[l]! -= share * pivot[l]!
    })
  })
  return rows.map((line, j) => line.at(-1)! / line[j]!)
}

const covariatesOf = (cohort: GeneratedCohort): Float64Array[] =>
  [cohort.arm, cohort.severity, cohort.ageYears, cohort.injects, cohort.priorTreatments].map((values) =>
    Float64Array.from(values),
  )

/** A Cox model of five covariates with Efron's ties, a million people in whole days, one thread. */
export const measure: Measure = async ({ smoke }) => {
  const people = smoke ? 5_000 : 1_000_000
  const rounds = smoke ? 2 : 9
  const cohort = generateCohort(people, 20240601)
  const covariates = covariatesOf(cohort)
  const rows = { time: cohort.time, event: cohort.event, covariates }
  const fit = coxRegression(rows)
  if (!fit.ok) throw new Error(`refused: ${fit.reason}`)
  const fitSeconds = median(await timed(rounds, () => coxRegression(rows), 2)) / 1000

  const asObjects = Array.from(cohort.time, (time, row) => ({
    time,
    event: cohort.event[row]!,
    x: covariates.map((values) => values[row]!),
  }))
  const started = performance.now()
  const byTextbook = textbookCox(asObjects, covariates.length)
  const textbookSeconds = (performance.now() - started) / 1000
  fit.coefficients.forEach((value, j) => {
    if (Math.abs(value - byTextbook[j]!) > 1e-7) throw new Error(`coefficient ${j} differs`)
  })

  const predictors = linearPredictors(covariates, fit)
  const name = `Cox, Efron, 5 covariates, ${people.toLocaleString('en')} people`
  const figures: Figure[] = [
    {
      name,
      unit: 's',
      ours: fitSeconds,
      peer: { name: 'textbook loop', value: textbookSeconds },
      how: `target 0.6 s; sort and ${fit.iterations + 1} passes, median of ${rounds}, one thread; the textbook once`,
    },
    {
      name: `concordance with its error, ${people.toLocaleString('en')} people`,
      unit: 's',
      ours: median(await timed(smoke ? 1 : 3, () => concordance(rows, predictors), 1)) / 1000,
      how: 'every comparable pair counted, O(n log n)',
    },
  ]
  const inR = besideR(cohort, (timeInR) =>
    timeInR('coxph(Surv(days, status) ~ arm + severity + age + iv + prior, d)', smoke ? 1 : 3),
  )
  if (inR !== null) {
    figures.push({
      name,
      unit: 's',
      ours: fitSeconds,
      peer: { name: 'R coxph', value: inR },
      how: 'R: processor seconds, formula and model frame included',
    })
  }
  return figures
}
