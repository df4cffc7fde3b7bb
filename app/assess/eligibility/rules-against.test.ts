import { describe, expect, it } from 'vitest'
import { rulesAgainst } from './rules-against.ts'

const rule = (
  ruleId: string,
  ruleClass: 'absolute' | 'relative' | 'hold-today',
  truth: 'met' | 'not-met' | 'unknown',
  never = false,
) => ({ ruleId, ruleClass, truth, never, title: ruleId, settle: 'ask' })

describe('rules against a dose', () => {
  it.each([
    ['hold-today', 'met', [], []],
    ['hold-today', 'not-met', ['r'], []],
    ['hold-today', 'unknown', ['r'], []],
    ['absolute', 'met', [], []],
    ['absolute', 'not-met', [], ['r']],
    ['absolute', 'unknown', [], ['r']],
    ['relative', 'met', [], []],
    ['relative', 'not-met', [], ['r']],
    ['relative', 'unknown', [], ['r']],
  ] as const)('%s, %s', (ruleClass, truth, held, old) => {
    const against = rulesAgainst([rule('r', ruleClass, truth)], [])
    expect(against.heldBy.map(({ title }) => title)).toEqual(held)
    expect(against.tooOld.map(({ title }) => title)).toEqual(old)
  })

  it('count an override for the rule it names, and none where nobody may override', () => {
    const results = [
      rule('a', 'absolute', 'unknown'),
      rule('b', 'relative', 'not-met'),
      rule('c', 'absolute', 'not-met', true),
      rule('d', 'relative', 'not-met'),
    ]
    expect(rulesAgainst(results, ['a', 'b', 'c']).tooOld.map(({ title }) => title)).toEqual(['c', 'd'])
  })
})
