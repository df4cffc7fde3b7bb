import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { LotId } from '../session/session-event.ts'
import { added } from './balances-through.server.ts'
import { balancesOf, type CabinetId, type ContainerId, type Place, SAFE } from './movement.ts'

const PLACES: readonly Place[] = [
  SAFE,
  { at: 'cabinet', id: 'c1' as CabinetId },
  { at: 'cabinet', id: 'c2' as CabinetId },
  { at: 'supplier' },
]
const side = fc
  .record({
    place: fc.constantFrom(...PLACES),
    container: fc.constantFrom(undefined, 'v1' as ContainerId, 'v2' as ContainerId),
  })
  .map(({ place, container }) => ({ place, ...(container ? { container } : {}) }))
const movement = fc.record({
  lotId: fc.constantFrom('l1' as LotId, 'l2' as LotId),
  from: side,
  to: side,
  hundredths: fc.integer({ min: 1, max: 3 }),
})

it('sums in two parts are the sum of all, in one order', () => {
  fc.assert(
    fc.property(fc.array(movement), fc.array(movement), (before, since) => {
      const whole = balancesOf([...before, ...since])
      const inParts = added(balancesOf(before), balancesOf(since))
      expect(new Set(inParts.map((each) => JSON.stringify(each)))).toEqual(
        new Set(whole.map((each) => JSON.stringify(each))),
      )
      if (before.length > 0 && balancesOf(since).length > 0 && balancesOf(before).length > 0) {
        expect(inParts).toEqual(added(balancesOf([...before].reverse()), balancesOf([...since].reverse())))
        expect(inParts.map(({ lotId }) => lotId)).toEqual(inParts.map(({ lotId }) => lotId).toSorted())
      }
    }),
  )
})
