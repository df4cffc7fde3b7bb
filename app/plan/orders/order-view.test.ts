import { expect, it } from 'vitest'
import { parseInstant } from '../../platform/time.ts'
import type { DoseOrder } from './order.ts'
import { orderView } from './order-view.ts'

const order = {
  id: 'o',
  signedBy: 'a',
  signedAt: parseInstant('2026-11-23T15:30:00Z'),
  validUntil: parseInstant('2027-01-04T15:30:00Z'),
  route: 'intravenous',
  given: { kind: 'volume', concentrationMgPerMl: 50, volumeMl: 1, portionsMl: [1] },
  arithmetic: [],
} as unknown as DoseOrder

it('says until which hour an order holds, since it ends at the hour it was signed', () => {
  const { until, state } = orderView(
    order,
    order,
    new Map(),
    'America/New_York',
    parseInstant('2027-01-04T15:00:00Z'),
  )
  expect({ until, state }).toEqual({ until: 'Mon 4 Jan 2027, 10:30', state: 'in force' })
})

it('says why nothing is given by the order in force, and of no other', () => {
  const of = (active: DoseOrder | undefined) =>
    orderView(
      order,
      active,
      new Map(),
      'America/New_York',
      parseInstant('2026-12-04T15:00:00Z'),
      'Not signed',
    ).held
  expect(of(order)).toBe('Not signed')
  expect(of(undefined)).toBe(undefined)
})
