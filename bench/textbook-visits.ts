import { designOf, type GeneratedVisits } from './gen-visits.ts'

/**
 * Models of repeated visits as a textbook writes them: one matrix for each person, inverted in full, people one after the
 * other at every step. Peers for the benches; they must agree with ours before a figure counts.
 */
type Matrix = number[][]
type TextbookPerson = {
  readonly y: readonly number[]
  readonly x: Matrix
  readonly visit: readonly number[]
}

/** The rows of each person by themselves, with one of the outcomes. */
export function byPerson(visits: GeneratedVisits, outcome: Float64Array): TextbookPerson[] {
  const { columns } = designOf(visits)
  const people = new Map<number, { y: number[]; x: number[][]; visit: number[] }>()
  visits.person.forEach((who, row) => {
    const own = people.get(who) ?? { y: [], x: [], visit: [] }
    people.set(who, own)
    own.y.push(outcome[row]!)
    own.x.push(columns.map((column) => column[row]!))
    own.visit.push(visits.visit[row]! - 1)
  })
  return [...people.values()]
}

const zeros = (rows: number, columns: number): Matrix =>
  Array.from({ length: rows }, () => new Array<number>(columns).fill(0))

const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((line) => b[0]!.map((_, j) => line.reduce((sum, value, l) => sum + value * b[l]![j]!, 0)))

const transposed = (a: Matrix): Matrix => a[0]!.map((_, j) => a.map((line) => line[j]!))

const trace = (a: Matrix, b: Matrix): number =>
  a.reduce((sum, line, i) => sum + line.reduce((part, value, j) => part + value * b[j]![i]!, 0), 0)

/** The inverse by Gauss and Jordan. */
function inverse(a: Matrix): Matrix {
  const n = a.length
  const work = a.map((line, i) => [...line, ...line.map((_, j) => (i === j ? 1 : 0))])
  for (let i = 0; i < n; i++) {
    const pivot = work[i]![i]!
    work[i] = work[i]!.map((value) => value / pivot)
    for (let k = 0; k < n; k++) {
      const share = work[k]![i]!
      if (k !== i && share !== 0) work[k] = work[k]!.map((value, j) => value - share * work[i]![j]!)
    }
  }
  return work.map((line) => line.slice(n))
}

const add = (to: Matrix, what: Matrix) => {
  what.forEach((line, i) => {
    line.forEach((value, j) => {
      to[i]![j]! += value
    })
  })
}

/** Logistic estimating equations with an exchangeable working correlation; coefficients and their robust errors. */
export function textbookEquations(people: readonly TextbookPerson[]): {
  coefficients: number[]
  errors: number[]
} {
  const p = people[0]!.x[0]!.length
  let beta = new Array<number>(p).fill(0)
  let alpha = 0
  let bread = zeros(p, p)
  let meat = zeros(p, p)
  for (let step = 0; step < 50; step++) {
    let squares = 0
    let rows = 0
    let products = 0
    let pairs = 0
    const fitted = people.map(({ y, x }) => {
      const mu = x.map(
        (line) => 1 / (1 + Math.exp(-line.reduce((sum, value, j) => sum + value * beta[j]!, 0))),
      )
      const r = y.map((value, i) => (value - mu[i]!) / Math.sqrt(mu[i]! * (1 - mu[i]!)))
      r.forEach((one, i) => {
        squares += one * one
        rows++
        for (let j = i + 1; j < r.length; j++) {
          products += one * r[j]!
          pairs++
        }
      })
      return mu
    })
    if (step > 0) alpha = products / pairs / (squares / rows)
    const information = zeros(p, p)
    const score = zeros(p, 1)
    meat = zeros(p, p)
    people.forEach(({ y, x }, at) => {
      const mu = fitted[at]!
      const root = mu.map((value) => Math.sqrt(value * (1 - value)))
      const v = root.map((one, i) => root.map((other, j) => one * other * (i === j ? 1 : alpha)))
      const d = x.map((line, i) => line.map((value) => value * root[i]! ** 2))
      const left = product(transposed(d), inverse(v))
      const own = product(
        left,
        y.map((value, i) => [value - mu[i]!]),
      )
      add(information, product(left, d))
      add(score, own)
      add(meat, product(own, transposed(own)))
    })
    bread = inverse(information)
    const move = product(bread, score).map(([value]) => value!)
    beta = beta.map((value, j) => value + move[j]!)
    if (step > 1 && Math.max(...move.map(Math.abs)) < 1e-9) break
  }
  const robust = product(product(bread, meat), bread)
  return { coefficients: beta, errors: robust.map((line, j) => Math.sqrt(line[j]!)) }
}

/** REML of an unstructured covariance by Fisher's scoring; the coefficients. */
export function textbookRepeatedMeasures(people: readonly TextbookPerson[], visits: number): number[] {
  const p = people[0]!.x[0]!.length
  const places: [number, number][] = []
  for (let i = 0; i < visits; i++) for (let j = 0; j <= i; j++) places.push([i, j])
  let theta: number[] = places.map(([i, j]) => (i === j ? 30 : 15))
  let beta: number[] = []
  for (let step = 0; step < 60; step++) {
    const sigma = zeros(visits, visits)
    places.forEach(([i, j], r) => {
      sigma[i]![j] = theta[r]!
      sigma[j]![i] = theta[r]!
    })
    const inverses = people.map(({ visit }) => inverse(visit.map((i) => visit.map((j) => sigma[i]![j]!))))
    const information = zeros(p, p)
    const right = zeros(p, 1)
    people.forEach(({ y, x }, at) => {
      const left = product(transposed(x), inverses[at]!)
      add(information, product(left, x))
      add(
        right,
        product(
          left,
          y.map((value) => [value]),
        ),
      )
    })
    const phi = inverse(information)
    beta = product(phi, right).map(([value]) => value!)
    const gradient = zeros(places.length, 1)
    const expected = zeros(places.length, places.length)
    people.forEach(({ y, x, visit }, at) => {
      const a = inverses[at]!
      const e = y.map((value, i) => [value - x[i]!.reduce((sum, part, j) => sum + part * beta[j]!, 0)])
      const spread = product(product(x, phi), transposed(x))
      add(spread, product(e, transposed(e)))
      const bent = product(product(a, spread), a)
      const turned = places.map(([i, j]) => {
        const d = visit.map((v) => visit.map((w) => ((v === i && w === j) || (v === j && w === i) ? 1 : 0)))
        return { d, ad: product(a, d) }
      })
      turned.forEach(({ d, ad }, r) => {
        gradient[r]![0]! += trace(a, d) - trace(bent, d)
        for (let s = 0; s <= r; s++) {
          const value = trace(ad, turned[s]!.ad)
          expected[r]![s]! += value
          if (s !== r) expected[s]![r]! += value
        }
      })
    })
    const move = product(inverse(expected), gradient).map(([value]) => value!)
    theta = theta.map((value, r) => value - move[r]!)
    if (Math.max(...move.map(Math.abs)) < 1e-7) break
  }
  return beta
}
