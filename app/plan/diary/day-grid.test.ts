import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMs, MINUTE_MS, parseInstant } from '../../platform/time.ts'
import type { ChairId } from '../plan.ts'
import { chairDay } from './day-grid.ts'

const opens = parseInstant('2026-11-23T13:00:00Z')
const chair = { id: 'one' as ChairId, turnaroundMin: 15 }
const visit = (fromMin: number, lengthMin: number, chairId = 'one') => ({
  chairId: chairId as ChairId,
  startsAt: addMs(opens, fromMin * MINUTE_MS),
  endsAt: addMs(opens, (fromMin + lengthMin) * MINUTE_MS),
})
const draw = (...visits: ReturnType<typeof visit>[]) =>
  chairDay(chair, visits, opens, 16)
    .map((c) => (c.kind === 'visit' ? 'V' : c.kind === 'free' ? '.' : 't').repeat(c.quarters))
    .join('')

describe('a chair’s day in quarters of an hour', () => {
  it.each([
    ['nothing', draw(), '................'],
    ['a visit with its turnaround', draw(visit(30, 60)), '..VVVVt.........'],
    ['off the quarter, rounded outwards', draw(visit(25, 60)), '.VVVVVt.........'],
    ['one after the other', draw(visit(0, 45), visit(60, 60)), 'VVVtVVVVt.......'],
    ['over the end of the day', draw(visit(210, 60)), '..............VV'],
    ['before the beginning', draw(visit(-30, 60)), 'VVt.............'],
    ['another chair', draw(visit(30, 60, 'two')), '................'],
    ['two that touch when rounded', draw(visit(0, 50), visit(65, 50)), 'VVVVtVVVt.......'],
  ])('%s', (_case, got, expected) => {
    expect(got).toBe(expected)
  })

  it('always fills the column exactly', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -100, max: 300 }), fc.integer({ min: 1, max: 200 })), {
          maxLength: 8,
        }),
        (spans) => {
          expect(draw(...spans.map(([from, length]) => visit(from, length)))).toHaveLength(16)
        },
      ),
    )
  })
})
