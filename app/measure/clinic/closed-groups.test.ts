import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closedGroups } from './closed-groups.ts'

const closed = (groups: number[][]) => [...closedGroups(groups)].sort((a, b) => a - b)

describe('groups that must not be told', () => {
  it.each([
    [
      'nothing is small',
      [
        [30, 40],
        [25, 13],
        [12, 15],
      ],
      [],
    ],
    [
      'one part is small: the next smallest hides it',
      [
        [30, 40],
        [25, 3],
        [12, 15],
      ],
      [1, 2],
    ],
    [
      'nobody is no small count',
      [
        [30, 0],
        [25, 13],
      ],
      [],
    ],
    [
      'two small ones that together are ten',
      [
        [30, 40],
        [5, 12],
        [6, 15],
      ],
      [1, 2],
    ],
    [
      'two small ones that together are not: a third hides them',
      [
        [30, 40],
        [2, 12],
        [3, 15],
        [50, 60],
      ],
      [0, 1, 2],
    ],
    [
      'a group of nobody hides nothing',
      [
        [30, 40],
        [25, 3],
        [0, 0],
      ],
      [0, 1],
    ],
    ['one group alone', [[3, 40]], [0]],
  ] as const)('%s', (_, groups, expected) => {
    expect(closed(groups.map((parts) => [...parts]))).toEqual([...expected])
  })

  it('closes a second one beside a single one that is closed for another reason', () => {
    const groups = [
      [30, 40],
      [25, 13],
      [12, 15],
    ]
    // Its parts are ten and more, but subtraction would tell them.
    expect([...closedGroups(groups, [0])]).toEqual([0, 2])
  })

  it('never leaves a sum from 1 to 9 over, unless everything is closed', () => {
    const group = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 8 }), (groups) => {
        const hidden = closedGroups(groups)
        const people = groups.filter(([a, b], at) => !hidden.has(at) && a + b > 0)
        for (const part of [0, 1] as const) {
          const left = groups.reduce((sum, parts, at) => (hidden.has(at) ? sum + parts[part] : sum), 0)
          if (people.length > 0) expect(left === 0 || left >= 10).toBe(true)
          for (const parts of people) expect(parts[part] === 0 || parts[part] >= 10).toBe(true)
        }
      }),
    )
  })
})
