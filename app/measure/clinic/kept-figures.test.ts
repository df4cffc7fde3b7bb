import { describe, expect, it } from 'vitest'
import { asKept, asShown } from './kept-figures.ts'

describe('figures that are kept', () => {
  it('come back exactly, with what is withheld and what is none', () => {
    const figures = [
      {
        finding: undefined,
        facts: [{ term: 'People', value: undefined }],
        rows: [undefined, null, 0, 0.1 + 0.2],
      },
      { drawing: { steps: [{ time: 90, survival: 1 / 3, lower: null }] }, told: true, words: '' },
    ]
    expect(asShown(JSON.parse(JSON.stringify(asKept(figures))))).toStrictEqual(figures)
  })

  it.each([
    ['infinity', Number.POSITIVE_INFINITY],
    ['what is not a number', Number.NaN],
    ['a zero with a sign', -0],
    ['numbers of another kind', new Float64Array([1])],
    ['a map', new Map()],
    ['a function', () => 1],
    ['the mark itself', { $: 'undefined' }],
  ])('are not kept when they hold %s', (_, value) => expect(() => asKept([{ value }])).toThrow(TypeError))
})
