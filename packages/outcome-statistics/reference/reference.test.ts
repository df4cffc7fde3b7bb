import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkFiles, referencePresent } from './check-files.ts'
import { compare } from './compare.ts'

const shared = resolve(import.meta.dirname, '../../..', process.env.EVENKEEL_SHARED ?? '../shared')
const cases = resolve(shared, 'data/reference')
const data = resolve(shared, 'data')
const present = referencePresent(cases, data)
const why = present ? '' : ' (SKIPPED: the reference data is not on this machine)'

describe(`figures of R${why}`, () => {
  const verdicts = present ? checkFiles(cases, data) : []

  const overTime = ['survival.json', 'logrank.json', 'cox.json', 'competing.json']

  it.skipIf(!present)('has cases to compare', () => {
    const counts = overTime.map((file) => verdicts.filter((v) => v.file === file).length)
    expect(counts).toEqual([11, 11, 13, 7])
  })

  it.skipIf(!present).each(verdicts.filter((v) => overTime.includes(v.file)))('$file $id', (v) => {
    expect(v.differing).toEqual([])
    expect(v.missing).toEqual([])
    expect(v.verdict).toBe('passed')
  })

  it.skipIf(!present)('gives every Wilson interval of the proportions', () => {
    const single = verdicts.filter((v) => v.file === 'proportions.json' && v.id.startsWith('prop-'))
    expect(single).toHaveLength(12)
    for (const v of single) {
      expect(v.differing).toEqual([])
      expect(v.missing).not.toContain('wilson')
    }
  })

  it.skipIf(!present)('gives every distribution function', () => {
    const tails = verdicts.filter((v) => v.file === 'distributions.json')
    expect(tails).toHaveLength(12)
    for (const v of tails) expect(v).toMatchObject({ verdict: 'passed', differing: [], missing: [] })
  })
})

describe('compare', () => {
  it('finds what differs and what is missing', () => {
    const expected = { a: 1, list: [1, null, 'Inf'], p: 1e-20, far: { b: 2 } }
    expect(compare(expected, { a: 1, list: [1, null, 'Inf'], p: 1e-20, far: { b: 2 } }, 1e-12)).toEqual({
      agreed: 6,
      differing: [],
      missing: [],
    })
    const off = compare(expected, { a: 1 + 1e-11, list: [1, 1, 'Inf'], p: 1e-20 * (1 + 1e-11) }, 1e-12)
    expect(off.differing).toEqual(['a: 1.00000000001 instead of 1', 'list[1]: 1 instead of null'])
    expect(off.missing).toEqual(['far'])
    expect(compare([1, 2], Float64Array.of(1), 1e-12).differing).toHaveLength(1)
    expect(compare(1, Number.NaN, 1e-12).differing).toHaveLength(1)
    expect(compare(1, null, 1e-12).differing).toHaveLength(1)
  })
})
