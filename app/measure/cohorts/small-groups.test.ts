import { expect, it } from 'vitest'
import { hasSmallGroup } from './small-groups.ts'

const people = (group: string, n: number) =>
  Array.from({ length: n }, (_, at) => ({ timeDays: at, event: true, group }))

it('finds a group of fewer than ten people in an outside cohort', () => {
  const timed = (...rows: ReturnType<typeof people>[]) =>
    hasSmallGroup({ kind: 'time-to-event', rows: rows.flat() })
  expect([timed(people('a', 9)), timed(people('a', 10)), timed()]).toEqual([true, false, false])
  expect(timed(people('a', 50), people('b', 3))).toBe(true)
})

it('counts people, not visits or studies', () => {
  const row = (person: number, visit: number) => ({ person, visit, score: 1, baseline: 2, group: 'a' })
  const visits = Array.from({ length: 12 }, (_, visit) => row(1, visit))
  expect(hasSmallGroup({ kind: 'repeated-scores', rows: visits })).toBe(true)
  const arm = (count: number) => ({ study: 's', arm: 'a', events: 1, people: count })
  expect(hasSmallGroup({ kind: 'counts-by-arm', rows: [arm(9), arm(40)] })).toBe(true)
  expect(hasSmallGroup({ kind: 'counts-by-arm', rows: [arm(20), arm(40)] })).toBe(false)
})
