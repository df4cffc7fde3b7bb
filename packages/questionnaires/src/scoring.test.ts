import { describe, expect, it } from 'vitest'
import type { ItemScore, ScoringDefinition, ScoringItem } from './instrument.ts'
import { scoreBy } from './scoring.ts'

const STRICT = { rule: 'strict', source: 'test' } as const
const AVAILABLE = { rule: 'available', source: 'test' } as const

function items(ids: readonly string[], values: readonly number[]): ScoringItem[] {
  return ids.map((id) => ({ id, values: values.map((value) => ({ value })) }))
}

function definition(parts: Partial<ScoringDefinition>): ScoringDefinition {
  return {
    id: 'test',
    direction: 'higher-worse',
    items: items(['a', 'b', 'c'], [0, 1, 2, 3]),
    subscales: [],
    total: null,
    flags: [],
    categories: [],
    safetyTriggers: [],
    ...parts,
  }
}

/** The total of a definition with one score over a, b and c. */
function totalOf(
  score: Record<string, unknown>,
  answers: Record<string, unknown>,
  parts: Partial<ScoringDefinition> = {},
) {
  const total = {
    id: 'total',
    label: 'total',
    items: ['a', 'b', 'c'],
    missing: STRICT,
    ...score,
  } as unknown as ItemScore
  const outcome = scoreBy(definition({ total, ...parts }), answers)
  if (!('scores' in outcome)) throw new Error(JSON.stringify(outcome))
  return outcome.scores.total
}

describe('methods', () => {
  it.each([
    [{ method: 'sum' }, 6],
    [{ method: 'sum', multiply: 4 }, 24],
    [{ method: 'mean', precision: 2 }, 2],
    [{ method: 'max' }, 3],
    [{ method: 'count', countIf: { gte: 2 } }, 2],
    [{ method: 'percentOfRange', rawMin: 0, rawMax: 9, precision: 1 }, 66.7],
    [{ method: 'highestIndex' }, 3],
    [{ method: 'weighted', terms: [{ item: 'a', multiply: 0.1, add: 1 }], items: ['a'], precision: 1 }, 1.1],
    [{ method: 'concat' }, '123'],
    [
      {
        method: 'sumOfGroups',
        groups: [
          { op: 'max', items: ['a', 'b'] },
          { op: 'single', items: ['c'] },
        ],
      },
      5,
    ],
  ])('%j makes %j', (score, value) => {
    expect(totalOf(score, { a: 1, b: 2, c: 3 })).toEqual({ value, status: 'ok' })
  })

  it.each([
    [{ method: 'sum' }, [3, 6]],
    [{ method: 'sum', multiply: 4 }, [12, 24]],
    [{ method: 'mean', precision: 2 }, [1, 2]],
    [{ method: 'count', countIf: { gte: 2 } }, [1, 2]],
    [{ method: 'count', countIf: { lte: 1 } }, [1, 2]],
    [{ method: 'percentOfRange', rawMin: 0, rawMax: 9, precision: 1 }, [33.3, 66.7]],
  ])('%j with one answer missing may still be %j', (score, bounds) => {
    expect(totalOf(score, { a: 1, b: 2 })).toEqual({ value: null, status: 'incomplete', bounds })
  })

  it.each(['max', 'highestIndex', 'concat'])('%s states no bounds', (method) => {
    expect(totalOf({ method }, { a: 1, b: 2 })).toEqual({ value: null, status: 'incomplete' })
  })

  it('works on what is answered where the rule says so, and calls it partial', () => {
    expect(totalOf({ method: 'max', missing: AVAILABLE }, { a: 1, b: 2 })).toEqual({
      value: 2,
      status: 'partial',
    })
    expect(totalOf({ method: 'mean', missing: AVAILABLE }, { a: 1, b: 2 })).toEqual({
      value: 1.5,
      status: 'partial',
    })
    expect(totalOf({ method: 'max', missing: AVAILABLE }, {})).toEqual({ value: null, status: 'incomplete' })
  })

  it('leaves questions that are not scored out of every sum', () => {
    const shown = [...items(['a', 'b'], [0, 1, 2]), { id: 'c', values: [{ value: 3 }], scored: false }]
    expect(totalOf({ method: 'sum' }, { a: 1, b: 2, c: 3 }, { items: shown })).toEqual({
      value: 3,
      status: 'ok',
    })
  })

  it('reverses around the ends of the list', () => {
    const reversed: ScoringItem[] = [
      ...items(['a', 'b'], [0, 1, 2]),
      { ...items(['c'], [1, 2, 5])[0]!, reverse: true },
    ]
    expect(totalOf({ method: 'sum' }, { a: 0, b: 0, c: 5 }, { items: reversed })).toMatchObject({ value: 1 })
    expect(totalOf({ method: 'sum' }, { a: 0, b: 0 }, { items: reversed })).toMatchObject({ bounds: [1, 5] })
  })
})

describe('either-or pairs', () => {
  const score = {
    method: 'sumOfGroups',
    groups: [{ op: 'max', items: ['a', 'b', 'c'], eitherOr: [['a', 'b']] }],
  }

  it('do not miss the blank twin', () => {
    expect(totalOf(score, { a: 1, c: 0 })).toEqual({ value: 1, status: 'ok' })
    expect(totalOf(score, { b: 2, c: 0 })).toEqual({ value: 2, status: 'ok' })
  })

  it('miss both', () => {
    expect(totalOf(score, { c: 1 })).toEqual({ value: null, status: 'incomplete', bounds: [1, 3] })
  })

  it('bound without the blank twin when something else is missing', () => {
    const two = {
      method: 'sumOfGroups',
      groups: [
        { op: 'max', items: ['a', 'b'], eitherOr: [['a', 'b']] },
        { op: 'single', items: ['c'] },
      ],
    }
    expect(totalOf(two, { a: 1 })).toEqual({ value: null, status: 'incomplete', bounds: [1, 4] })
  })
})

describe('ranges', () => {
  const range = (min: number, max: number, step: number) => [{ id: 'a', range: { min, max, step } }]
  const single = { method: 'single', items: ['a'] }

  it.each([
    [0, 100, 0.1, 40.1],
    [-5, 4, 1, -5],
    [0, 2000, 0.1, 1999.9],
    [1, 9, 2, 5],
  ])('from %d to %d by %d accept %d', (min, max, step, value) => {
    expect(totalOf(single, { a: value }, { items: range(min, max, step) })).toEqual({ value, status: 'ok' })
  })

  it.each([
    [0, 100, 0.1, 40.15],
    [0, 10, 1, 6.5],
    [1, 9, 2, 4],
    [0, 10, 1, 10.000001],
    [0, 10, 1, 5e-324],
    [0, 100, 0.1, 0.1 + 0.2],
  ])('from %d to %d by %d refuse %d', (min, max, step, value) => {
    const total = { id: 'total', label: 'total', missing: STRICT, ...single } as ItemScore
    expect(scoreBy(definition({ items: range(min, max, step), total }), { a: value })).toMatchObject({
      valid: false,
    })
  })
})

describe('bands by context', () => {
  const total: ItemScore = {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['a', 'b', 'c'],
    missing: STRICT,
    bands: [
      { min: 0, max: 3, label: 'low', when: { context: 'sex', eq: 'male' } },
      { min: 4, max: 9, label: 'high', when: { context: 'sex', eq: 'male' } },
      { min: 0, max: 2, label: 'low', when: { context: 'sex', notIn: ['male'] } },
      { min: 3, max: 9, label: 'high', when: { context: 'sex', notIn: ['male'] } },
    ],
  }
  const answers = { a: 1, b: 1, c: 1 }

  it.each([
    [{ sex: 'male' }, 'low'],
    [{ sex: 'female' }, 'high'],
    [{ sex: 'other' }, 'high'],
    [{ sex: null }, 'high'],
    [{}, 'high'],
  ])('%j gives %s', (context, band) => {
    expect(scoreBy(definition({ total }), answers, context)).toMatchObject({
      scores: { total: { value: 3, band } },
    })
  })

  it('gives a number and no band where no band applies', () => {
    const bands = [{ min: 0, max: 9, label: 'known', when: { context: 'substance', in: ['alcohol'] } }]
    const outcome = (context: object) =>
      scoreBy(definition({ total: { ...total, bands } }), answers, context as Record<string, unknown>)
    expect(outcome({ substance: 'alcohol' })).toMatchObject({ scores: { total: { band: 'known' } } })
    expect(outcome({ substance: 'ketamine' })).toMatchObject({ scores: { total: { value: 3, band: null } } })
    expect(outcome({})).toMatchObject({ scores: { total: { value: 3, band: null } } })
  })

  it('drops items that a known context excludes, and only then', () => {
    const excluding = {
      ...total,
      bands: undefined,
      excludeIf: [{ items: ['c'], when: { context: 'x', eq: true } }],
    }
    const outcome = (context: object) =>
      scoreBy(definition({ total: excluding }), answers, context as Record<string, unknown>)
    expect(outcome({ x: true })).toMatchObject({ scores: { total: { value: 2 } } })
    expect(outcome({ x: false })).toMatchObject({ scores: { total: { value: 3 } } })
    expect(outcome({})).toMatchObject({ scores: { total: { value: 3 } } })
  })
})

describe('certain despite gaps', () => {
  const total = {
    id: 'total',
    label: 'total',
    method: 'sum',
    items: ['a', 'b', 'c'],
    missing: STRICT,
  } as const
  const withTrigger = definition({
    total,
    flags: [
      { id: 'high', label: 'high', when: { score: 'total', gte: 6 } },
      { id: 'low', label: 'low', when: { not: { score: 'total', gte: 4 } } },
    ],
    safetyTriggers: [{ id: 'high', when: { score: 'total', gte: 6 }, action: 'act', severity: 'critical' }],
  })

  it.each([
    [{ a: 3, b: 3 }, true, false, ['high']],
    [{ a: 0, b: 2 }, false, null, []],
    [{ a: 0, b: 0 }, false, true, []],
    [{ a: 2, b: 3 }, null, false, []],
    [{}, null, null, []],
  ])('%j: high %j, low %j', (answers, high, low, triggers) => {
    expect(scoreBy(withTrigger, answers)).toMatchObject({ flags: { high, low }, triggers })
  })

  it('counts items three-valued', () => {
    const flags = [
      { id: 'two', label: '', when: { countItems: ['a', 'b', 'c'], gte: 2, atLeast: 2 } },
      { id: 'atMostOne', label: '', when: { countItems: ['a', 'b', 'c'], gte: 2, atMost: 1 } },
      {
        id: 'lowerForC',
        label: '',
        when: { countItems: ['a', 'b', 'c'], gte: 2, overrides: { c: 1 }, atLeast: 1 },
      },
    ]
    const of = (answers: Record<string, unknown>) => scoreBy(definition({ flags }), answers)
    expect(of({ a: 2, b: 3 })).toMatchObject({ flags: { two: true, atMostOne: false, lowerForC: true } })
    expect(of({ a: 2, b: 0 })).toMatchObject({ flags: { two: null, atMostOne: null, lowerForC: true } })
    expect(of({ a: 0, b: 0 })).toMatchObject({ flags: { two: false, atMostOne: true, lowerForC: null } })
    expect(of({ a: 0, b: 0, c: 1 })).toMatchObject({
      flags: { two: false, atMostOne: true, lowerForC: true },
    })
  })
})

describe('categories', () => {
  const yesNo = items(['grave', 'asked', 'detail'], [0, 1])
  const screener = definition({
    items: [...yesNo.slice(0, 2), { ...yesNo[2]!, skipIf: { item: 'asked', eq: 0 }, skipMode: 'optional' }],
    categories: [
      {
        id: 'risk',
        label: 'risk',
        firstMatch: [
          {
            id: 'high',
            label: 'high',
            when: {
              any: [
                { item: 'grave', eq: 1 },
                { item: 'detail', eq: 1 },
              ],
            },
          },
          { id: 'low', label: 'low', when: { item: 'asked', eq: 1 } },
          {
            id: 'none',
            label: 'none',
            when: {
              all: [
                { item: 'grave', eq: 0 },
                { item: 'asked', eq: 0 },
              ],
            },
          },
        ],
      },
    ],
    safetyTriggers: [
      { id: 'is-high', when: { category: 'risk', eq: 'high' }, action: '', severity: 'critical' },
      { id: 'is-low', when: { category: 'risk', eq: 'low' }, action: '', severity: 'warning' },
      { id: 'is-open', when: { category: 'risk', unknown: true }, action: '', severity: 'warning' },
    ],
  })

  it.each([
    [{ grave: 1 }, { value: 'high' }, ['is-high']],
    [{ grave: 0, asked: 0 }, { value: 'none' }, []],
    [{ grave: 0, asked: 1, detail: 0 }, { value: 'low' }, ['is-low']],
    [{ asked: 1, detail: 0 }, { value: null, lowerBound: 'low' }, ['is-low', 'is-open']],
    [{}, { value: null, lowerBound: null }, ['is-open']],
  ])('%j: %j', (answers, risk, triggers) => {
    expect(scoreBy(screener, answers)).toMatchObject({ categories: { risk }, triggers })
  })

  it('never drop a positive answer on a question that was to be skipped', () => {
    expect(scoreBy(screener, { grave: 0, asked: 0, detail: 1 })).toMatchObject({
      categories: { risk: { value: 'high' } },
      warnings: ['answered-though-skipped:detail'],
      triggers: ['is-high'],
    })
  })
})

describe('skip logic that depends on a question still open', () => {
  const chained = definition({
    items: [
      ...items(['a'], [0, 1]),
      { ...items(['b'], [0, 1])[0]!, skipIf: { item: 'a', eq: 0 } },
      { ...items(['c'], [0, 1, 2, 3])[0]!, skipIf: { item: 'b', eq: 0 } },
    ],
    total: { id: 'total', label: 'total', method: 'sum', items: ['a', 'b', 'c'], missing: STRICT },
  })

  it('keeps 0 among what a later answer may end as', () => {
    expect(scoreBy(chained, { b: 1, c: 3 })).toMatchObject({ scores: { total: { bounds: [0, 5] } } })
    expect(scoreBy(chained, { a: 0, b: 1, c: 3 })).toMatchObject({
      scores: { total: { value: 0 } },
      warnings: ['ignored-skipped-item:b', 'ignored-skipped-item:c'],
    })
  })
})

describe('definitions that are wrong in themselves throw', () => {
  it.each([
    [{ flags: [{ id: 'f', label: '', when: { item: 'z', eq: 1 } }] }],
    [{ flags: [{ id: 'f', label: '', when: { score: 'total', gte: 1 } }] }],
    [{ flags: [{ id: 'f', label: '', when: { item: 'a' } }] }],
    [{ items: [...items(['a', 'a'], [0, 1])] }],
    [{ items: [{ id: 'a' }] }],
    [{ total: { id: 'total', label: '', method: 'sum', items: ['a', 'z'], missing: STRICT } as ItemScore }],
  ])('%j', (parts) => {
    expect(() => scoreBy(definition(parts), {})).toThrow(/^test: /)
  })
})
