import { describe, expect, it } from 'vitest'
import { climbByFactor } from './climb-by-factor.ts'
import { solveRepeatedMeasures } from './repeated-measures.ts'
import { evaluate } from './restricted-likelihood.ts'

/** Visits that nearly repeat each other: the optimum lies close to the edge. */
const outcomes = [
  [20, 20.2, 11],
  [24, 24.1, 19],
  [18, 17.9, 13],
  [27, 27.3, 16],
  [22, 21.8, 21],
  [25, 25.1, 14],
  [19, 19, 9],
]
const flat = outcomes.flatMap((values, person) => values.map((value, visit) => ({ value, person, visit })))
const at = (visit: number) => Float64Array.from(flat, (row) => (row.visit === visit ? 1 : 0))
const rows = {
  outcome: Float64Array.from(flat, ({ value }) => value),
  person: flat.map(({ person }) => person),
  visit: flat.map(({ visit }) => visit),
  design: { names: ['a', 'b', 'c'], columns: [at(0), at(1), at(2)] },
}

describe('climbByFactor', () => {
  it('comes near the optimum that Newton finds, from far away', () => {
    const solved = solveRepeatedMeasures(rows, {})
    if (!solved.ok) throw new Error(solved.reason)
    const there = climbByFactor(solved.model, Float64Array.of(100, 0, 1, 0, 0, 1))!
    const reached = evaluate(solved.model, there)!.minus2LogLikelihood
    expect(reached - solved.optimum.at.minus2LogLikelihood).toBeGreaterThan(-1e-9)
    expect(reached - solved.optimum.at.minus2LogLikelihood).toBeLessThan(1e-2)
  })

  it('has no way from what is no covariance matrix', () => {
    const solved = solveRepeatedMeasures(rows, {})
    if (!solved.ok) throw new Error(solved.reason)
    expect(climbByFactor(solved.model, Float64Array.of(1, 2, 1, 0, 0, 1))).toBeNull()
  })
})
