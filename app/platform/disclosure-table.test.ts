import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Published, rangeOf } from '../../tests/linear-attacker.ts'
import { isSmall, NARROWEST_RANGE } from './disclosure.ts'
import { type DisclosedTable, discloseTable, type TableOptions } from './disclosure-table.ts'

const few = undefined

describe('a table with its sums', () => {
  it('is shown whole when nothing in it is small', () => {
    expect(
      discloseTable([
        [10, 20],
        [0, 40],
      ]),
    ).toEqual({
      total: 70,
      rows: [30, 40],
      columns: [10, 60],
      cells: [
        [10, 20],
        [0, 40],
      ],
    })
  })

  it('hides a small cell behind a cell of its row, one of its column, and the one where they meet', () => {
    expect(
      discloseTable([
        [4, 30, 200],
        [30, 50, 200],
        [200, 200, 200],
      ]).cells,
    ).toEqual([
      [few, few, 200],
      [few, few, 200],
      [200, 200, 200],
    ])
  })

  it('withholds a small sum together with another', () => {
    const { rows, total } = discloseTable([
      [2, 3],
      [30, 50],
      [90, 90],
    ])
    expect(total).toBe(265)
    expect(rows[0]).toBe(few)
    expect(rows.filter((row) => row === few).length).toBeGreaterThan(1)
  })

  it('shows nothing of fewer than ten people', () => {
    expect(discloseTable([[2, 3]])).toEqual({
      total: few,
      rows: [few],
      columns: [few, few],
      cells: [[few, few]],
    })
  })

  it('with the cells withheld, hides a sum that would tell one of them', () => {
    // Everybody who used in the week had used before; so of the 26 who had, 26 - 22 = 4 were not heard of that week.
    const counts = [
      [22, 0, 4],
      [0, 30, 40],
    ]
    const told = discloseTable(counts, {
      cells: 'withheld',
      impossible: (row, column) => row === 1 && column === 0,
    })
    expect(told.total).toBe(96)
    expect(told.rows[0] !== undefined && told.columns[0] !== undefined && told.columns[1] !== undefined).toBe(
      // 4 and 0 could be 0 and 4, no more: too narrow, so one of the sums must go.
      false,
    )
  })
})

/** What a reader of the table knows: each count shown, and that counts withheld where others are shown are not 0. */
function published(
  counts: readonly (readonly number[])[],
  told: DisclosedTable,
  options: TableOptions,
): Published {
  const columns = counts[0]!.length
  const at = (row: number, column: number) => row * columns + column
  const across = (row: number) => counts[row]!.map((_, column) => at(row, column))
  const down = (column: number) => counts.map((_, row) => at(row, column))
  const sums = [
    { of: counts.flatMap((_, row) => across(row)), sum: told.total },
    ...counts.map((_, row) => ({ of: across(row), sum: told.rows[row] })),
    ...counts[0]!.map((_, column) => ({ of: down(column), sum: told.columns[column] })),
  ]
  const single = counts.flatMap((line, row) =>
    line.map((_, column) => ({
      of: [at(row, column)],
      sum: options.impossible?.(row, column) ? 0 : told.cells[row]![column],
    })),
  )
  const equations = [...sums, ...single].flatMap(({ of, sum }) => (sum === undefined ? [] : [{ of, sum }]))
  return {
    equations,
    truth: counts.flat(),
    least: told.cells.flat().map((value) => (value === undefined && options.cells !== 'withheld' ? 1 : 0)),
  }
}

function expectNothingSmallIsTold(counts: number[][], options: TableOptions) {
  const told = discloseTable(counts, options)
  if (told.total === undefined) {
    // Nothing but zeros is shown of so few.
    for (const value of [...told.rows, ...told.columns, ...told.cells.flat()]) expect(value ?? 0).toBe(0)
    return
  }
  const known = published(counts, told, options)
  for (const { of, sum } of known.equations)
    expect(of.reduce((all, at) => all + known.truth[at]!, 0)).toBe(sum)
  const columns = counts[0]!.length
  const cells = counts.flat().map((_, at) => [at])
  const rows = counts.map((line, row) => line.map((_, column) => row * columns + column))
  const down = counts[0]!.map((_, column) => counts.map((_line, row) => row * columns + column))
  for (const of of [...cells, ...rows, ...down]) {
    if (!isSmall(of.reduce((sum, at) => sum + known.truth[at]!, 0))) continue
    const { least, most } = rangeOf(known, of)
    expect(most - least).toBeGreaterThanOrEqual(NARROWEST_RANGE - 1e-6)
  }
}

const sparse = fc.oneof(fc.nat(4), fc.nat(12), fc.nat(22))
const tableOf = (rows: number, columns: number) =>
  fc.array(fc.array(sparse, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows })

describe('whoever works with all tables that agree with what is shown narrows no small count', () => {
  it.each([
    ['two by two', 2, 2, 1500],
    ['three by two', 3, 2, 1500],
    ['three by four', 3, 4, 600],
  ] as const)('%s', (_, rows, columns, runs) => {
    fc.assert(
      fc.property(tableOf(rows, columns), (counts) => expectNothingSmallIsTold(counts, {})),
      { seed: 20_261_124, numRuns: runs },
    )
  })

  it('also when only the sums are shown and some cells are known to be empty', () => {
    const impossible = (row: number, column: number) => row === 1 && column === 0
    fc.assert(
      fc.property(tableOf(2, 3), (counts) => {
        counts[1]![0] = 0
        expectNothingSmallIsTold(counts, { cells: 'withheld', impossible })
      }),
      { seed: 20_261_125, numRuns: 800 },
    )
  })
})

describe('the attacker', () => {
  it('finds the range that trying everything finds', () => {
    // A table of two by two of which the sums of the rows and the total are known, and one cell.
    const known: Published = {
      equations: [
        { of: [0, 1], sum: 7 },
        { of: [2, 3], sum: 9 },
        { of: [0, 2], sum: 5 },
      ],
      truth: [3, 4, 2, 7],
      least: [1, 0, 0, 0],
    }
    const tried = []
    for (let a = 1; a <= 7; a++) {
      for (let c = 0; c <= 9; c++) if (a + c === 5) tried.push(a)
    }
    expect(rangeOf(known, [0])).toEqual({ least: Math.min(...tried), most: Math.max(...tried) })
    expect(rangeOf(known, [0, 1])).toEqual({ least: 7, most: 7 })
    expect(rangeOf({ ...known, equations: [] }, [3]).most).toBe(Number.POSITIVE_INFINITY)
  })

  it('breaks a table that hides its one small cell alone', () => {
    const counts = [
      [4, 30],
      [50, 60],
    ]
    const careless: DisclosedTable = {
      total: 144,
      rows: [34, 110],
      columns: [54, 90],
      cells: [
        [few, 30],
        [50, 60],
      ],
    }
    expect(rangeOf(published(counts, careless, {}), [0])).toEqual({ least: 4, most: 4 })
  })
})

describe('what is shown', () => {
  it('is true, and never small, in tables of any size', () => {
    fc.assert(
      fc.property(tableOf(4, 5), fc.constantFrom('shown' as const, 'withheld' as const), (counts, cells) => {
        const told = discloseTable(counts, { cells })
        told.cells.forEach((line, row) => {
          line.forEach((value, column) => {
            if (value === undefined) return
            expect(value).toBe(counts[row]![column])
            expect(isSmall(value)).toBe(false)
          })
        })
        for (const sum of [told.total, ...told.rows, ...told.columns]) expect(isSmall(sum ?? 0)).toBe(false)
        // What is withheld of a row whose sum is shown is nobody or ten people.
        told.cells.forEach((line, row) => {
          if (told.rows[row] === undefined) return
          expect(isSmall(told.rows[row] - line.reduce<number>((sum, value) => sum + (value ?? 0), 0))).toBe(
            false,
          )
        })
      }),
      { seed: 20_261_126, numRuns: 500 },
    )
  })
})
