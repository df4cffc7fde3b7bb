import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Published, rangeOf } from '../../tests/linear-attacker.ts'
import { isSmall, NARROWEST_RANGE } from './disclosure.ts'
import { isGroupTold } from './disclosure-groups.ts'

describe('a group of cells of which only the sums are shown', () => {
  // Rows: used before, not; columns: used that week, did not. Who used that week had used before.
  const impossible = (row: number, column: number) => row === 1 && column === 0
  const usedBeforeNotNow = (row: number, column: number) => row === 0 && column === 1

  it('is told when it is one subtraction away', () => {
    expect(
      isGroupTold(
        [
          [30, 5],
          [0, 40],
        ],
        impossible,
        usedBeforeNotNow,
      ),
    ).toBe(true)
  })
  it('is not told when nothing is impossible and there is room', () => {
    expect(
      isGroupTold(
        [
          [30, 5],
          [20, 40],
        ],
        () => false,
        usedBeforeNotNow,
      ),
    ).toBe(false)
  })
  it('of nobody or of ten people is no secret', () => {
    expect(
      isGroupTold(
        [
          [30, 10],
          [0, 40],
        ],
        impossible,
        usedBeforeNotNow,
      ),
    ).toBe(false)
    expect(
      isGroupTold(
        [
          [30, 0],
          [0, 40],
        ],
        impossible,
        usedBeforeNotNow,
      ),
    ).toBe(false)
  })

  it('is told exactly when linear algebra tells it', () => {
    const cell = fc.oneof(fc.nat(4), fc.nat(15))
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(table, fc.nat(511), fc.nat(511), (counts, empty, chosen) => {
        const at = (row: number, column: number) => 3 * row + column
        const has = (set: number, row: number, column: number) => ((set >> at(row, column)) & 1) === 1
        const given = counts.map((line, row) =>
          line.map((value, column) => (has(empty, row, column) ? 0 : value)),
        )
        const lines = [0, 1, 2].flatMap((line) => [
          [at(line, 0), at(line, 1), at(line, 2)],
          [at(0, line), at(1, line), at(2, line)],
        ])
        const none = given.flatMap((line, row) =>
          line.flatMap((_, column) => (has(empty, row, column) ? [[at(row, column)]] : [])),
        )
        const truth = given.flat()
        const sumOf = (of: readonly number[]) => of.reduce((sum, place) => sum + truth[place]!, 0)
        const published: Published = {
          equations: [...lines, ...none].map((of) => ({ of, sum: sumOf(of) })),
          truth,
          least: truth.map(() => 0),
        }
        const group = truth.flatMap((_, place) => (((chosen >> place) & 1) === 1 ? [place] : []))
        const { least, most } = rangeOf(published, group)
        const told = isSmall(sumOf(group)) && most - least < NARROWEST_RANGE - 1e-6
        expect(
          isGroupTold(
            given,
            (row, column) => has(empty, row, column),
            (row, column) => has(chosen, row, column),
          ),
        ).toBe(told)
      }),
      { seed: 20_261_131, numRuns: 1500 },
    )
  })
})
