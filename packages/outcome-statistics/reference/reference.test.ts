import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkFiles, referencePresent } from './check-files.ts'
import { compare } from './compare.ts'
import { repeatedMeasuresTolerance } from './repeated-measures-cases.ts'

const shared = resolve(import.meta.dirname, '../../..', process.env.EVENKEEL_SHARED ?? '../shared')
const cases = resolve(shared, 'data/reference')
const data = resolve(shared, 'data')
const present = referencePresent(cases, data)
const why = present ? '' : ' (SKIPPED: the reference data is not on this machine)'

/** The reference files of which every case must pass, and how many cases each has. */
const complete: Record<string, number> = {
  'agreement.json': 8,
  'change.json': 3,
  'competing.json': 7,
  'cox.json': 13,
  'distributions.json': 12,
  'endpoints.json': 22,
  'funnel.json': 3,
  'gee.json': 9,
  'groupseq.json': 7,
  'itt.json': 3,
  'lmm.json': 7,
  'logrank.json': 11,
  'mmrm.json': 5,
  'power.json': 10,
  'proportions.json': 25,
  'randomisation.json': 7,
  'rates.json': 9,
  'survival.json': 11,
  'tests.json': 15,
}

describe(`figures of R${why}`, () => {
  const verdicts = present ? checkFiles(cases, data) : []

  it.skipIf(!present)('has cases to compare', () => {
    const counts = Object.keys(complete).map((file) => [file, verdicts.filter((v) => v.file === file).length])
    expect(Object.fromEntries(counts)).toEqual(complete)
  })

  it.skipIf(!present).each(verdicts.filter((v) => v.file in complete))('$file $id', (v) => {
    expect(v.differing).toEqual([])
    expect(v.missing).toEqual([])
    expect(v.verdict).toBe('passed')
  })
})

describe('repeated measures', () => {
  it('hold p and limits as near as the README says', () => {
    const differing = (figure: object, off: object) =>
      compare(figure, off, (path, expected) => repeatedMeasuresTolerance(path, expected, 'mmrm')).differing
        .length
    const figure = { contrasts: [{ p: 0.02, ci95: [0.02, 5], df_satterthwaite: 20 }] }
    const near = { contrasts: [{ p: 0.02 + 9e-9, ci95: [0.02 + 9e-8, 5 + 4e-7], df_satterthwaite: 20.0001 }] }
    expect(differing(figure, near)).toBe(0)
    const far = { contrasts: [{ p: 0.02 + 2e-8, ci95: [0.02 + 2e-7, 5 + 1e-6], df_satterthwaite: 20.001 }] }
    expect(differing(figure, far)).toBe(4)
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
