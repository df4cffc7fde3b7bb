import { describe, expect, it } from 'vitest'
import { missingItems, visibleItems } from './by-id.ts'
import { missingItemsBy } from './form-flow.ts'
import type { ScoringDefinition } from './instrument.ts'

const seen = (instrumentId: string, answers: Record<string, unknown>) =>
  visibleItems(instrumentId, answers).map(({ item, visibility }) =>
    visibility === 'shown' ? item.id : `${item.id}?`,
  )

describe('visible items', () => {
  it('are undecided while the question they hang on is open', () => {
    expect(seen('audit', {})).toEqual(['q1', 'q2?', 'q3?', 'q4?', 'q5?', 'q6?', 'q7?', 'q8?', 'q9', 'q10'])
  })

  it('lead past what does not apply', () => {
    expect(seen('audit', { q1: 0 })).toEqual(['q1', 'q9', 'q10'])
    expect(seen('audit', { q1: 2, q2: 0, q3: 0 })).toEqual(['q1', 'q2', 'q3', 'q9', 'q10'])
    expect(seen('audit', { q1: 2, q2: 1 })).toHaveLength(10)
    expect(seen('audit', { q1: 2, q2: 0 })).toContain('q4?')
  })

  it('carry what the page shows', () => {
    const [first] = visibleItems('craving-nrs', {})
    expect(first?.item.prompt).toMatch(/urge/)
    expect(first?.item.range).toMatchObject({ min: 0, max: 10 })
  })
})

describe('missing items', () => {
  it('leave out what is answered, skipped or optional', () => {
    expect(missingItems('audit', { q1: 0 })).toEqual(['q9', 'q10'])
    expect(missingItems('phq-9', { q1: 0, q2: 1, q3: 0, q4: 0, q5: 0, q6: 0, q7: 0, q8: 0 })).toEqual(['q9'])
  })

  it('hold an answer that does not fit', () => {
    expect(missingItems('craving-nrs', { q1: 11 })).toEqual(['q1'])
    expect(missingItems('craving-nrs', { q1: null })).toEqual(['q1'])
    expect(missingItems('craving-nrs', { q1: 0 })).toEqual([])
  })

  it('do not hold the blank one of two of which one is answered', () => {
    const yes = [{ value: 0 }, { value: 1 }]
    const twins: ScoringDefinition = {
      id: 'twins',
      direction: 'higher-worse',
      items: [
        { id: 'less', values: yes },
        { id: 'more', values: yes },
      ],
      subscales: [],
      total: {
        id: 'total',
        label: '',
        method: 'sumOfGroups',
        items: ['less', 'more'],
        missing: { rule: 'strict', source: 'test' },
        groups: [{ op: 'max', items: ['less', 'more'], eitherOr: [['less', 'more']] }],
      },
      flags: [],
      categories: [],
      safetyTriggers: [],
    }
    expect(missingItemsBy(twins, { more: 0 })).toEqual([])
    expect(missingItemsBy(twins, {})).toEqual(['less', 'more'])
  })
})
